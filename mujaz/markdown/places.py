"""Places: the exact line and column of what stands inside a paragraph.

Enters: the token stream after the inline rules, with ``meta["offset"]`` on every token that
matters. Leaves: ``meta["place"] = (line, column)`` on those tokens, both from 1, in the body.
markdown-it gives inline tokens no place; the offset in the block's content and the block's first
line give it exactly, also inside lists, quotations and tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    InlineRule = Callable[[StateInline, bool], bool]


def located(rule: InlineRule, types: tuple[str, ...]) -> InlineRule:
    """Return the rule, made to note the offset at which its first token of ``types`` stood."""

    def with_offset(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
        start, before = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[before:]:
                if token.type in types:
                    token.meta.setdefault("offset", start)
                    break
        return matched

    return with_offset


def place_rule(state: StateCore) -> None:
    """Turn offsets into places, for every inline token of the document."""
    lines = state.src.split("\n")
    ends: dict[int, int] = {}
    opener = ""
    for token in state.tokens:
        if token.type != "inline":
            opener = token.type
            continue
        if not token.map:
            continue
        starts = _line_starts(token, lines, opener, ends)
        token.meta["place"] = (token.map[0] + 1, starts[0] + 1)
        for child in token.children or []:
            _place(child, token, starts)


def _place(child: Token, inline: Token, starts: list[int]) -> None:
    offset = child.meta.get("offset")
    if offset is None or not inline.map:
        return
    child.meta["place"] = _at(offset, inline, starts)
    if "items" in child.meta:
        child.meta["places"] = [_at(item.offset, inline, starts) for item in child.meta["items"]]
    for inner in child.children or []:  # the alternative text of a picture
        inner.meta["place"] = child.meta["place"]


def _at(offset: int, inline: Token, starts: list[int]) -> tuple[int, int]:
    row = inline.content.count("\n", 0, offset)
    line_start = inline.content.rfind("\n", 0, offset) + 1
    first = inline.map[0] if inline.map else 0
    return first + row + 1, starts[min(row, len(starts) - 1)] + offset - line_start + 1


def _line_starts(inline: Token, lines: list[str], opener: str, ends: dict[int, int]) -> list[int]:
    """Return for each line of the content the column (from 0) at which it stands in its line.

    A line of a paragraph is the end of its source line; a heading or a cell stands inside it, so
    it is looked for, a cell behind the cell before it.
    """
    first = inline.map[0] if inline.map else 0
    starts = []
    for row, content in enumerate(inline.content.split("\n")):
        line = lines[first + row] if first + row < len(lines) else ""
        if opener in {"th_open", "td_open"}:
            start = line.find(content, ends.get(first, 0))
            start = start if start >= 0 else ends.get(first, 0)
            ends[first] = start + len(content)
        elif opener == "heading_open":
            start = line.find(content)
        else:
            start = line.rfind(content.rstrip())
        starts.append(max(start, 0))
    return starts
