"""Attributes: ``{#id .class}`` behind a heading, a link, a picture, code or ``[a span]``.

Enters: block tokens before the inline rules. Leaves: headings with their written id and classes.
Only ids and classes are allowed; anything else is a flaw, never dropped without a word.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mdit_py_plugins.attrs.parse import ParseError, parse

from mujaz.markdown.flaws import BlockFlaw

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

ALLOWED = ("id", "class")
_TRAILING = re.compile(r"(?:^|[ \t]+)(\{[^{}\n]*\})[ \t]*$")


def heading_rule(state: StateCore) -> None:
    """Take the attributes at the end of a heading from its text and give them to the heading."""
    for opening, inline in pairwise(state.tokens):
        if opening.type != "heading_open":
            continue
        found = _TRAILING.search(inline.content)
        if not found:
            continue
        try:
            _, attributes = parse(found.group(1))
        except ParseError:
            continue
        inline.content = inline.content[: found.start()]
        opening.attrs.update({k: v for k, v in attributes.items() if k in ALLOWED})
        refused = {k: v for k, v in attributes.items() if k not in ALLOWED}
        if refused:
            opening.meta["insecure_attrs"] = refused


def refusal_rule(state: StateCore) -> None:
    """Report every attribute that is neither an id nor a class."""
    for token in state.tokens:
        line = token.map[0] if token.map else 0
        for each in (token, *(token.children or [])):
            for name in each.meta.get("insecure_attrs", ()):
                where = each.meta.get("place")
                flaws: list[BlockFlaw] = state.env.setdefault("flaws", [])
                flaws.append(
                    BlockFlaw(
                        where[0] - 1 if where else line,
                        "attribute-unknown",
                        f"the attribute {name} is not allowed in braces",
                        "only {#id} and {.class} are",
                    )
                )


def classes_and_id(token: Token) -> str:
    """Return the author's id of a token, or ""."""
    return str(token.attrs.get("id", ""))
