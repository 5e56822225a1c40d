"""Plain text: what a block of running text says, without its marks.

Enters: block tokens. Leaves: ``Passage`` values – the inline tokens of one block, its plain text,
and where in that text each citation stands. A row of a table is one sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_SILENT = {"citation_group", "footnote_ref", "footnote_anchor"}


@dataclass(frozen=True)
class Passage:
    """One block of running text, and its ``source``, the Markdown that it was made of.

    ``marks`` has the offset in ``text`` of every citation group.
    """

    children: tuple[Token, ...]
    text: str
    marks: dict[int, int]
    place: tuple[int, int]
    row: str
    source: str

    def sentence(self, group: Token, spans: list[tuple[int, int]]) -> str:
        """Return the sentence that a citation group closes, or opens where nothing precedes it."""
        if self.row:
            return self.row
        offset = self.marks[id(group)]
        before = bisect_left(spans, (offset, 0)) - 1
        span = spans[max(before, 0)] if spans else (0, 0)
        return " ".join(self.text[span[0] : span[1]].split())


def passages(tokens: list[Token]) -> Iterator[Passage]:
    """Yield every block of running text in reading order."""
    row = ""
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            row = _row(tokens, index)
        elif token.type == "tr_close":
            row = ""
        elif token.type == "inline":
            text, marks = plain_text(token.children or [])
            place = token.meta.get("place", (token.map[0] + 1 if token.map else 1, 1))
            yield Passage(tuple(token.children or []), text, marks, place, row, token.content)


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


def _row(tokens: list[Token], start: int) -> str:
    cells = []
    while (token := tokens[start]).type != "tr_close":
        if token.type == "inline":
            cells.append(plain_text(token.children or [])[0].strip())
        start += 1
    return " · ".join(cell for cell in cells if cell)
