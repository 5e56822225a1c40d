"""Plain text: what a block of running text says, without its marks.

Enters: block tokens. Leaves: ``Passage`` values – the inline tokens of one block, its plain text,
and the sentence that a citation in it supports. A row of a table is one sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mujaz.sentences import sentences

if TYPE_CHECKING:
    from markdown_it.token import Token

_SILENT = {"citation_group", "footnote_ref", "footnote_anchor"}


@dataclass(frozen=True)
class Passage:
    """One block of running text; ``row`` are the tokens of its table row, where it is in one.

    What is plain text is worked out only where it is asked for.
    """

    block: Token
    row: tuple[Token, ...] = ()

    @property
    def children(self) -> list[Token]:
        """Return the inline tokens of the block."""
        return self.block.children or []

    @property
    def place(self) -> tuple[int, int]:
        """Return the line and column of the block."""
        line = self.block.map[0] + 1 if self.block.map else 1
        found: tuple[int, int] = self.block.meta.get("place", (line, 1))
        return found

    @cached_property
    def plain(self) -> tuple[str, dict[int, int]]:
        """Return the plain text, and the offset in it of every citation group."""
        return plain_text(self.children)

    @property
    def text(self) -> str:
        """Return the plain text."""
        return self.plain[0]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return sentences(self.text)

    @property
    def row_text(self) -> str:
        """Return the plain text of the table row."""
        cells = (plain_text(cell.children or [])[0].strip() for cell in self.row)
        return " · ".join(cell for cell in cells if cell)

    def sentence(self, group: Token) -> str:
        """Return the sentence that a citation group closes, or opens where nothing precedes it."""
        if self.row:
            return self.row_text
        spans, offset = self._spans, self.plain[1][id(group)]
        before = bisect_left(spans, (offset, 0)) - 1
        span = spans[max(before, 0)] if spans else (0, 0)
        return " ".join(self.text[span[0] : span[1]].split())


def passages(tokens: list[Token]) -> Iterator[Passage]:
    """Yield every block of running text in reading order."""
    row: tuple[Token, ...] = ()
    for index, token in enumerate(tokens):
        if token.type == "inline":
            yield Passage(token, row)
        elif token.type == "tr_open":
            row = _row(tokens, index)
        elif token.type == "tr_close":
            row = ()


def plain_text(children: list[Token]) -> tuple[str, dict[int, int]]:
    """Return the text a reader reads, and the offset of every citation group in it.

    A citation leaves nothing behind, not even the blank before it.
    """
    text = ""
    marks: dict[int, int] = {}
    for child in children:
        if child.type in _SILENT:
            text = text.rstrip()
            marks[id(child)] = len(text)
        elif child.type in {"softbreak", "hardbreak"}:
            text += " "
        elif child.type == "image":
            text += plain_text(child.children or [])[0]
        else:
            text += child.content
    return text, marks


def _row(tokens: list[Token], start: int) -> tuple[Token, ...]:
    cells = []
    while (token := tokens[start]).type != "tr_close":
        if token.type == "inline":
            cells.append(token)
        start += 1
    return tuple(cells)
