"""Raw HTML: shown as the text that it is, with a warning.

Enters: the inline state at ``<``. Leaves: a ``raw_html`` token holding the tag as text. Content is
data: nothing an author writes adds mark-up to a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.html_re import HTML_TAG_RE

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_BEGINNING = re.compile(r"<[A-Za-z/!?]")
_LOOSE = re.compile(
    r"<!--|</?(?:script|style|iframe|object|embed|svg|img|a|div|span|p|br|b|i|em|"
    r"strong|u|sup|sub|table|tr|td|details|summary|font|center|hr)(?=[\s/>]|\Z)",
    re.IGNORECASE,
)


def raw_html_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Turn an HTML tag, or the beginning of one, into a token of text."""
    if not _BEGINNING.match(state.src, state.pos, state.posMax):
        return False
    text = state.src[state.pos : state.posMax]
    found = HTML_TAG_RE.match(text) or _LOOSE.match(text)
    if not found:
        return False
    if not silent:
        token = state.push("raw_html", "", 0)
        token.content = found.group()
        token.meta = {"offset": state.pos}
    state.pos += found.end()
    return True
