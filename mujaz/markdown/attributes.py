"""Attributes: ``{#id .class}`` behind a heading, a link, a picture, code or ``[a span]``.

Enters: block and inline states, and block tokens before the inline rules. Leaves: tokens with their
written id and classes. Only ids and classes are allowed; anything else is a flaw, never dropped
without a word, and braces that hold something else, such as ``{% … %}``, are plain text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from mdit_py_plugins.attrs.parse import ParseError, parse

from mujaz.markdown.flaws import BlockFlaw

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.ruler import Ruler
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    InlineRule = Callable[[StateInline, bool], bool]
    BlockRule = Callable[[StateBlock, int, int, bool], bool]

RuleT = TypeVar("RuleT")

ALLOWED = ("id", "class")
# The plugin takes {% … %} for a comment, and a line for attributes that only begins with them.
_BRACES = re.compile(r"\{[^{}%\n]*\}")
_LINE = re.compile(r"\{[^{}%\n]*\}[ \t]*")
_BLANKS = " \t"


def braces_rule(rule: InlineRule) -> InlineRule:
    """Return the plugin's rule for braces behind something, kept to braces of attributes."""

    def guarded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
        if not _BRACES.match(state.src, state.pos, state.posMax):
            return False
        return rule(state, silent)

    return guarded


def span_rule(rule: InlineRule) -> InlineRule:
    """Return the plugin's rule for ``[a span]{.class}``, kept to braces of attributes."""

    def guarded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
        if state.src[state.pos] != "[" or state.pos > _last_span(state.src):
            return False
        end = state.md.helpers.parseLinkLabel(state, state.pos)
        if end < 0 or not _BRACES.match(state.src, end + 1, state.posMax):
            return False
        return rule(state, silent)

    return guarded


@lru_cache(maxsize=1)
def _last_span(text: str) -> int:
    """Return where the last brackets of a text close against braces; -1 without any."""
    return text.rfind("]{")


def line_rule(rule: BlockRule) -> BlockRule:
    """Return the plugin's rule for a line of attributes, kept to lines of nothing else."""

    def guarded(
        state: StateBlock,
        start: int,
        end: int,
        silent: bool,  # noqa: FBT001 - markdown-it's form
    ) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if not _LINE.fullmatch(state.src, begin, state.eMarks[start]):
            return False
        return rule(state, start, end, silent)

    return guarded


def rule_named(ruler: Ruler[RuleT], name: str) -> RuleT:
    """Return a rule of markdown-it by its name."""
    return next(rule.fn for rule in ruler.__rules__ if rule.name == name)


def heading_rule(state: StateCore) -> None:
    """Take the attributes at the end of a heading from its text and give them to the heading."""
    for opening, inline in pairwise(state.tokens):
        if opening.type != "heading_open":
            continue
        written = inline.content.rstrip(_BLANKS)
        braces = written.rfind("{")
        text = inline.content[: max(braces, 0)].rstrip(_BLANKS)
        if not _BRACES.fullmatch(written, max(braces, 0)) or len(text) == braces > 0:
            continue
        try:
            _, attributes = parse(written[braces:])
        except ParseError:
            continue
        inline.meta["attributes"] = inline.content[len(text) :]
        inline.content = text
        opening.attrs.update({k: v for k, v in attributes.items() if k in ALLOWED})
        refused = {k: v for k, v in attributes.items() if k not in ALLOWED}
        if refused:
            opening.meta["insecure_attrs"] = refused


def refusal_rule(state: StateCore) -> None:
    """Report every attribute that is neither an id nor a class."""
    for token in state.tokens:
        for each in (token, *token.children) if token.children else (token,):
            for name in each.meta.get("insecure_attrs", ()) if each.meta else ():
                line = (token.map[0] + 1 if token.map else 1, 1)
                flaws: list[BlockFlaw] = state.env.setdefault("flaws", [])
                flaws.append(
                    BlockFlaw(
                        each.meta.get("place", line),
                        "attribute-unknown",
                        f"the attribute {name} is not allowed in braces",
                        "only {#id} and {.class} are",
                    )
                )
