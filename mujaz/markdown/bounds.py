"""Bounds: how much Markdown one block of running text may hold.

Enters: block tokens. Leaves: the same with their inline tokens; the text of a block beyond a limit
stands as it was typed, and is a flaw. A parser that looks for the end of each bracket needs time
that grows with their square, so no text is read that would keep an author waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from mujaz.characters import count_signs
from mujaz.markdown.flaws import BlockFlaw

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

MOST_BRACKETS = 500
"""How many ``[`` one paragraph, heading or cell may hold."""

MOST_SIGNS = 10_000
"""How many signs of Markdown it may hold."""


def inline_rule(state: StateCore) -> None:
    """Read the text of every block that is not beyond the limits."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if flaw := _beyond(token):
            state.env.setdefault("flaws", []).append(flaw)
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _beyond(token: Token) -> BlockFlaw | None:
    text = token.content
    what = None
    if text.count("[") > MOST_BRACKETS:
        what = f"more than {MOST_BRACKETS:,} opening brackets stand in one block"
    elif len(text) > MOST_SIGNS and count_signs(text) > MOST_SIGNS:
        what = f"more than {MOST_SIGNS:,} signs of Markdown stand in one block"
    if what is None:
        return None
    place = (token.map[0] + 1 if token.map else 1, token.meta.get("start", 0) + 1)
    return BlockFlaw(place, "block-too-dense", what, "divide it with blank lines, or put it in ```")
