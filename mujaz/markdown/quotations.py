"""Quotations: how deep they may stand in each other.

Enters: the block state at ``>``. Leaves: a quotation, or nothing where there are enough around it:
each level looks at every line again. What is deeper stays text, and ``facts`` reports the depth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_block.blockquote import blockquote

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

DEEPEST = 20
"""How many lists and quotations may stand inside each other."""


def quotation_rule(
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001 - markdown-it's form
) -> bool:
    """Read a quotation, unless one more than is allowed is open already."""
    depth: int = state.env.get("quotations", 0)
    if depth > DEEPEST:
        return False
    state.env["quotations"] = depth + 1
    matched = blockquote(state, start, end, silent)
    state.env["quotations"] = depth
    return matched
