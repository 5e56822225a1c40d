"""Typography: straight quotation marks and apostrophes become those of the page's language.

Enters: inline tokens after all inline rules; ``env["language"]``. Leaves: the same text with
``"…"`` as «…» in Arabic and “…” in English. Marks pair within one block and may be nested; a block
with an odd number is left alone, as is code. Only text tokens are touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MARKS = {"ar": "«»", "en": "“”"}
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])|(?<=s)'(?=\s)")
_MARK = re.compile(r'(?P<inner>(?<=[\s([«“])"(?=\S))|"')
_SIGNS = re.compile("[\"'&]")  # the marks themselves, and the beginning of an entity
_BREAKS = {"softbreak", "hardbreak"}
_ATOMS = {"code_inline", "image", "citation_group", "flaw", "raw_html", "footnote_ref"}


def quotes_rule(state: StateCore) -> None:
    """Replace straight marks, block by block."""
    marks = MARKS.get(str(state.env.get("language", "")))
    if not marks:
        return
    for inline in state.tokens:
        if inline.type == "inline" and _SIGNS.search(inline.content):
            _replace(inline.children or [], marks)


def _replace(children: list[Token], marks: str) -> None:
    texts = [child for child in children if child.type == "text"]
    pairs = sum(child.content.count('"') for child in texts) % 2 == 0
    turned = iter(_turned(children, marks)) if pairs else iter(())
    for child in texts:
        if pairs:
            child.content = re.sub('"', lambda _: next(turned), child.content)
        if marks == MARKS["en"]:
            child.content = _APOSTROPHE.sub("’", child.content)


def _turned(children: list[Token], marks: str) -> list[str]:
    """Return for each straight mark of a block the one to write.

    A mark opens where none is open, and inside another where a blank stands before it and none
    behind it; where that leaves one open they take turns.
    """
    flat = "".join(
        child.content
        if child.type == "text"
        else " "
        if child.type in _BREAKS
        else "x"
        if child.type in _ATOMS
        else ""
        for child in children
    )
    turned = []
    depth = 0
    for found in _MARK.finditer(flat):
        opens = depth == 0 or found["inner"] is not None
        depth += 1 if opens else -1
        turned.append(marks[0] if opens else marks[1])
    return turned if depth == 0 else [marks[n % 2] for n in range(len(turned))]
