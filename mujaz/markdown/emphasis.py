"""Emphasis where Arabic touches it: ``و**«…»**`` and ``**نص:**تتمة``.

Enters: the inline state at ``*`` or ``_``. Leaves: delimiters that may open or close. CommonMark's
flanking rule asks for white space or punctuation around a run of ``*``; Arabic writes a prefix
letter against it. Where an Arabic letter touches the run, a ``*`` that has no blank on its inner
side may open, or close, as if the letter were punctuation; everything else is CommonMark 0.31.2.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from markdown_it.rules_inline.state_inline import Delimiter

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline


def _is_arabic(character: str) -> bool:
    return character != "" and unicodedata.bidirectional(character) == "AL"


def _letter_before(text: str, position: int) -> str:
    """Return the character before a position, a letter rather than the vowel signs on it."""
    while position and unicodedata.combining(text[position - 1]):
        position -= 1
    return text[position - 1 : position]


def emphasis_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Push a run of ``*`` or ``_`` as delimiters, Arabic neighbours counted as punctuation."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    end = state.pos + scanned.length
    before = _letter_before(state.src, state.pos)
    after = state.src[end : end + 1]
    if marker == "*" and end <= state.posMax:
        blank_after = after == "" or after.isspace() or end == state.posMax
        blank_before = before == "" or before.isspace()
        opens = opens or (_is_arabic(before) and not blank_after)
        closes = closes or (_is_arabic(after) and not blank_before)
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True
