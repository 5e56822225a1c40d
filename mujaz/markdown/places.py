"""Places: the exact line and column of what stands inside a paragraph.

Enters: the token stream after the inline rules, with ``meta["offset"]`` on every token that
matters. Leaves: ``meta["place"] = (line, column)`` on those tokens, both from 1, in the body.
markdown-it gives inline tokens no place; the offset in the block's content and the block's first
line give it exactly, also inside lists, quotations and tables.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from markdown_it.common.utils import MD_TRIM_CHARS as _BLANKS

from mujaz.characters import has_isolates
from mujaz.markdown.tables import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    InlineRule = Callable[[StateInline, bool], bool]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a block's content: its offset there, its line and column in the source from 0.

    ``column`` may be negative where white space before the text is longer here than in the source.
    """

    offset: int
    line: int
    column: int
    text: str
    is_cell: bool = False

    def before(self, offset: int) -> str:
        """Return what stands in the source between the row's beginning and an offset."""
        text = self.text[: offset - self.offset]
        return written(text) if self.is_cell else text


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
    opener = None
    for token in state.tokens:
        if token.type != "inline":
            opener = token
            continue
        if not token.map or not _is_placed(token, opener):
            continue
        rows = _rows(token, opener, lines)
        token.meta["place"] = _at(0, rows)
        for child in token.children or []:
            _place(child, rows)


def _is_placed(inline: Token, opener: Token | None) -> bool:
    """Say whether somebody will ask where something in a block stands."""
    if "&" in inline.content or has_isolates(inline.content):
        return True
    if opener is not None and opener.type == "heading_open":
        return True
    return any("offset" in child.meta for child in inline.children or ())


def _place(child: Token, rows: list[_Row]) -> None:
    offset = child.meta.get("offset")
    if offset is None:
        return
    child.meta["place"] = _at(offset, rows)
    if "items" in child.meta:
        child.meta["places"] = [_at(item.offset, rows) for item in child.meta["items"]]
    for inner in child.children or []:  # the alternative text of a picture
        inner.meta["place"] = child.meta["place"]


def _at(offset: int, rows: list[_Row]) -> tuple[int, int]:
    row = rows[bisect_right(rows, offset, key=attrgetter("offset")) - 1]
    return row.line + 1, row.column + len(row.before(offset)) + 1


def _without_closing(line: str) -> str:
    """Return the line of a heading without the ``#`` that may close it."""
    bare = line.rstrip("#")
    return bare if bare.endswith((" ", "\t")) else line


def _rows(inline: Token, opener: Token | None, lines: list[str]) -> list[_Row]:
    """Return the lines of a block's content: where each stands in the source.

    A line of a paragraph is the end of its source line, so it is measured from there: white space
    at the beginning may have been cut off or, for a tab, replaced.
    """
    line = inline.map[0] if inline.map else 0
    if "start" in inline.meta:
        return [_Row(0, line, inline.meta["start"], inline.content, is_cell=True)]
    contents = (inline.content + inline.meta.get("attributes", "")).split("\n")
    while line + 1 < len(lines) and contents[0].rstrip(_BLANKS) not in lines[line]:
        line += 1  # lines of white space alone are cut off
    is_atx = opener is not None and opener.markup.startswith("#")
    rows = []
    offset = 0
    for number, content in enumerate(contents, line):
        source = lines[number] if number < len(lines) else content
        if is_atx:
            source = _without_closing(source.rstrip(" \t"))
        column = len(source.rstrip(_BLANKS)) - len(content.rstrip(_BLANKS))
        rows.append(_Row(offset, number, column, content))
        offset += len(content) + 1
    return rows
