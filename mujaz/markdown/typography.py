"""Typography: straight quotation marks and apostrophes become those of the page's language.

Enters: inline tokens after all inline rules; ``env["language"]``. Leaves: the same text with
``"…"`` as «…» in Arabic and “…” in English. Marks pair within one block; a block with an odd number
is left alone, as is code. Only text tokens are touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MARKS = {"ar": "«»", "en": "“”"}
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])|(?<=s)'(?=\s)")


def quotes_rule(state: StateCore) -> None:
    """Replace straight marks, block by block."""
    marks = MARKS.get(str(state.env.get("language", "")))
    if not marks:
        return
    for inline in state.tokens:
        if inline.type == "inline":
            texts = [child for child in inline.children or [] if child.type == "text"]
            _replace(texts, marks)


def _replace(texts: list[Token], marks: str) -> None:
    if sum(token.content.count('"') for token in texts) % 2 == 0:
        turn = 0
        for token in texts:
            pieces = token.content.split('"')
            token.content = pieces[0]
            for piece in pieces[1:]:
                token.content += marks[turn] + piece
                turn = 1 - turn
    if marks == MARKS["en"]:
        for token in texts:
            token.content = _APOSTROPHE.sub("’", token.content)
