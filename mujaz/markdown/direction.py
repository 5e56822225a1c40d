"""Direction: a block in the other script says so with ``lang`` and ``dir``.

Enters: inline tokens and ``env["language"]``. Leaves: ``lang`` and ``dir`` on paragraphs, and on a
span inside list items, cells and headings, whose own ``dir`` must stay that of their list or table
(UAX #9 bases; markers and alignment follow ``dir``). A block counts as the other script's when at
least 60 % of its letters are.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.token import Token

from mujaz.model import Language

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_SHARE = 0.6
_READ = {"text", "flaw", "raw_html"}


class _Kinds(dict[int, str]):
    """Character → R for a letter written right to left, L for one left to right, N for others."""

    def __missing__(self, character: int) -> str:
        kind = unicodedata.bidirectional(chr(character))
        self[character] = "R" if kind in {"AL", "R"} else "L" if kind == "L" else "N"
        return self[character]


_KINDS = _Kinds()


def direction_rule(state: StateCore) -> None:
    """Mark every block whose letters are mostly of the other direction."""
    tag = state.env.get("language")
    if tag is None:
        return
    page = Language(tag)
    other = next(each for each in Language if each.direction != page.direction)
    for opening, inline in pairwise(state.tokens):
        if inline.type != "inline" or not inline.children:
            continue
        if not _is_mostly(other, inline.children):
            continue
        attributes: dict[str, str | int | float] = {"lang": other.value, "dir": other.direction}
        if opening.type == "paragraph_open" and not opening.hidden:
            opening.attrs.update(attributes)
        else:
            start = Token("span_open", "span", 1, attrs=attributes)
            inline.children = [start, *inline.children, Token("span_close", "span", -1)]


def _is_mostly(language: Language, children: list[Token]) -> bool:
    text = "".join([each.content for each in children if each.type in _READ])
    kinds = text.translate(_KINDS)
    right, left = kinds.count("R"), kinds.count("L")
    wanted = right if language.direction == "rtl" else left
    return wanted > 0 and wanted >= _SHARE * (right + left)
