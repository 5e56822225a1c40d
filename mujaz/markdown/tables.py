"""Tables: where each cell stands in its line, and that no cell is lost.

Enters: the block state at a table. Leaves: ``meta["start"]`` on the text of every cell, its column
from 0 in the source line, and a flaw for every cell beyond the last column, which the table of
markdown-it drops without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block.table import escapedSplit, table

from mujaz.markdown.flaws import add_block_flaw

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


def written(text: str) -> str:
    r"""Return the text of a cell as its author wrote it: a ``|`` inside needs a ``\``."""
    return text.replace("|", "\\|")


def table_rule(
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001 - markdown-it's form
) -> bool:
    """Read a table, and look at each of its rows again."""
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent:
        rows: dict[int, list[Token]] = {}
        for token in state.tokens[before:]:
            if token.type == "inline" and token.map:
                rows.setdefault(token.map[0], []).append(token)
        for line, cells in rows.items():
            _read_row(state, line, cells)
    return True


def _read_row(state: StateBlock, line: int, cells: list[Token]) -> None:
    begin = state.bMarks[line] + state.tShift[line]
    line_start = state.src.rfind("\n", 0, begin) + 1
    row = mdTrim(state.src[begin : state.eMarks[line]])
    texts = escapedSplit(row)
    if texts and not texts[0]:
        texts.pop(0)
    position = begin
    for index, text in enumerate(map(mdTrim, texts)):
        at = max(state.src.find(written(text), position), position)
        position = at + len(written(text))
        if index < len(cells):
            cells[index].meta["start"] = at - line_start
        elif text:
            add_block_flaw(
                state,
                at,
                "table-cell",
                f"the table has {len(cells)} columns, and this is a cell beyond them",
                "write \\| for a | inside a cell",
            )
