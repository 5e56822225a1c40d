"""Footnotes: that each can be read, and that none leads back to itself.

Enters: the tokens of one document, and what the footnote rules noted. Leaves: reports, each with a
code, a place in the body, what is wrong and the way out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it.token import Token


def check_footnotes(
    tokens: list[Token],
    environment: dict[str, Any],
    report: Callable[[str, tuple[int, int], str, str], None],
) -> None:
    """Report footnotes that nothing refers to, and footnotes that lead back to themselves."""
    lines: dict[str, int] = environment.get("footnote_lines", {})
    numbers: dict[str, int] = environment.get("footnotes", {}).get("refs", {})
    for name, line in lines.items():
        if numbers.get(f":{name}", -1) < 0:
            report(
                "footnote-unused",
                (line + 1, 1),
                f"nothing refers to the footnote [^{name}]",
                "its text is not shown",
            )
    edges: dict[str, dict[str, None]] = {}
    current = None
    for token in tokens:
        if token.type == "footnote_open":
            current = token.meta["label"]
        elif token.type == "footnote_close":
            current = None
        for child in token.children or []:
            if current is not None and child.type == "footnote_ref":
                edges.setdefault(current, {})[child.meta["label"]] = None
    for name in _loops(edges):
        report(
            "footnote-loop",
            (lines.get(name, 0) + 1, 1),
            f"the footnote [^{name}] leads back to itself",
            "take the reference out of the footnote",
        )


def _loops(edges: dict[str, dict[str, None]]) -> list[str]:
    """Return of each loop the footnote that is met first when all references are followed."""
    met: dict[str, None] = {}
    seen: set[str] = set()
    for start in edges:
        way: dict[str, Iterator[str]] = {}  # the footnotes passed, with what is left to follow
        name: str | None = start
        while name is not None:
            if name in way:
                met[name] = None
            elif name not in seen:
                seen.add(name)
                way[name] = iter(edges.get(name, ()))
            name = None
            while way and (name := next(way[next(reversed(way))], None)) is None:
                way.popitem()
    return list(met)
