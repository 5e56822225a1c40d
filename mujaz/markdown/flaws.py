"""Flaws: what a rule found wrong in the Markdown, kept as a token until its place is known.

Enters: an inline state, an offset, a problem without place. Leaves: a ``flaw`` token that shows
the author's text unchanged. Rules stay functions of the text: nothing is raised and nothing lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline


@dataclass(frozen=True, slots=True)
class BlockFlaw:
    """A flaw found by a block rule: its line and column in the body, both from 1."""

    place: tuple[int, int]
    code: str
    what: str
    hint: str


def push_flaw(state: StateInline, offset: int, text: str, code: str, what: str, hint: str) -> None:  # noqa: PLR0913, PLR0917 - a problem has this many parts
    """Push the text as it stands, with what is wrong at ``offset`` of the inline text."""
    token = state.push("flaw", "", 0)
    token.content = text
    token.meta = {"offset": offset, "code": code, "what": what, "hint": hint}


def add_block_flaw(state: StateBlock, offset: int, code: str, what: str, hint: str) -> None:
    """Remember what is wrong at an offset of the body."""
    line = state.src.count("\n", 0, offset) + 1
    column = offset - state.src.rfind("\n", 0, offset)
    flaws: list[BlockFlaw] = state.env.setdefault("flaws", [])
    flaws.append(BlockFlaw((line, column), code, what, hint))
