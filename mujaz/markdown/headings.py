"""Headings: the page's title is its only first-level heading.

Enters: heading tokens. Leaves: the same, one level lower where the author used the first level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_LOWEST = 6


def level_rule(state: StateCore) -> None:
    """Lower all headings of a text by one level if it uses ``#`` itself."""
    headings = [token for token in state.tokens if token.type.startswith("heading_")]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(int(token.tag[1]) + 1, _LOWEST)}"
