"""Raw HTML: shown as the text that it is, with a warning.

Enters: the inline state at ``<``. Leaves: a ``raw_html`` token holding the tag as text. Content is
data: nothing an author writes adds mark-up to a page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it.common.html_re import HTML_TAG_RE

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_TAG = re.compile(HTML_TAG_RE.pattern.removeprefix("^"))  # `^` would hold at no other place
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<!": ">", "<?": "?>"}
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
    found = None
    if _may_end(state.src, state.pos):
        found = _TAG.match(state.src, state.pos, state.posMax)
    found = found or _LOOSE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("raw_html", "", 0)
        token.content = found.group()
        token.meta = {"offset": state.pos}
    state.pos = found.end()
    return True


def _may_end(text: str, start: int) -> bool:
    """Say whether the sign that ends a comment or an instruction stands behind its beginning."""
    ends = (end for beginning, end in _ENDS.items() if text.startswith(beginning, start))
    return all(_last(text, end) > start for end in ends)


@lru_cache(maxsize=len(_ENDS))
def _last(text: str, end: str) -> int:
    return text.rfind(end)
