"""Dispatch: only the inline rules that can begin with a character are asked at it.

Enters: the rules of a parser. Leaves: a parser of running text that gives the same tokens as that
of markdown-it, which asks every rule at every sign, in about half the time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.parser_inline import ParserInline

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_inline import StateInline

    Rule = Callable[[StateInline, bool], bool]

BEGINNINGS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "emphasis": "*_",
    "citation": "[",
    "bare_citation": "@",
    "unsigned_citation": "[",
    "link": "[",
    "cited_link": "[",
    "footnote_ref": "[",
    "undefined": "[",
    "span": "[",
    "image": "!",
    "attr": "{",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""Rule → the characters it can begin with. A rule that is in use must stand here, but for ``text``."""


class DispatchingInline(ParserInline):
    """markdown-it's parser of running text, with a table from character to rules."""

    def prepare(self) -> None:
        """Make the table from the rules in use; none may be added afterwards."""
        self._table: dict[str, list[Rule]] = {}
        active = set(self.ruler.get_active_rules()) - {"text"}
        for rule in self.ruler.__rules__:
            if rule.name in active:
                for sign in BEGINNINGS[rule.name]:
                    self._table.setdefault(sign, []).append(rule.fn)
        # Where a run of text may end; labels of links are measured up to their ].
        self.terminator_re = re.compile(f"[{re.escape(''.join([*self._table, ']']))}]")

    def tokenize(self, state: StateInline) -> None:
        """Generate the tokens of a range."""
        table, search = self._table, self.terminator_re.search
        source, end = state.src, state.posMax
        deepest = state.md.options["maxNesting"]
        while state.pos < end:
            position = state.pos
            if state.level < deepest:
                for rule in table.get(source[position], ()):
                    if rule(state, False):  # noqa: FBT003 - markdown-it's form
                        break
                else:
                    found = search(source, position + 1, end)
                    state.pos = found.start() if found else end
                    state.append_pending(source[position : state.pos])
            else:
                state.append_pending(source[position])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """Step over one token, without making any."""
        position, cache = state.pos, state.cache
        if position in cache:
            state.pos = cache[position]
            return
        if state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax
        elif not self._skips(state):
            found = self.terminator_re.search(state.src, position + 1, state.posMax)
            state.pos = found.start() if found else state.posMax
        cache[position] = state.pos

    def _skips(self, state: StateInline) -> bool:
        """Say whether a rule has stepped over something."""
        for rule in self._table.get(state.src[state.pos], ()):
            state.level += 1
            done = rule(state, True)  # noqa: FBT003 - markdown-it's form
            state.level -= 1
            if done:
                return True
        return False
