"""Dispatch: only the rules that can begin with a character are asked at it.

Enters: the rules of a parser. Leaves: parsers of blocks and of running text that give the same
tokens as those of markdown-it, which ask every rule at every line and sign, in less time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    InlineRule = Callable[[StateInline, bool], bool]
    BlockRule = Callable[[StateBlock, int, int, bool], bool]

BLOCK_BEGINNINGS = {
    "attr": "{",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
}
"""Rule → the characters with which a line must begin, behind its indent; other rules take any."""

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
"""Rule → the characters it can begin with; a rule that is in use must stand here, save ``text``."""


class DispatchingBlock(ParserBlock):
    """markdown-it's parser of blocks, with a table from character to rules."""

    def prepare(self) -> None:
        """Make the table from the rules in use; none may be added afterwards."""
        self._any: list[BlockRule] = []
        self._table: dict[str, list[BlockRule]] = {}
        active = [rule for rule in self.ruler.__rules__ if rule.enabled]
        self._any = [rule.fn for rule in active if rule.name not in BLOCK_BEGINNINGS]
        for sign in {sign for signs in BLOCK_BEGINNINGS.values() for sign in signs}:
            self._table[sign] = [
                rule.fn for rule in active if sign in BLOCK_BEGINNINGS.get(rule.name, sign)
            ]

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - markdown-it's names
        """Generate the tokens of a range of lines."""
        line, after_empty = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= state.md.options.maxNesting:
                state.line = endLine
                break
            sign = state.src[state.bMarks[line] + state.tShift[line]]
            for rule in self._table.get(sign, self._any):
                if rule(state, line, endLine, False):  # noqa: FBT003 - markdown-it's form
                    break
            state.tight = not after_empty
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):
                after_empty = True
            if line < endLine and state.isEmpty(line):
                after_empty = True
                line += 1
                state.line = line


class DispatchingInline(ParserInline):
    """markdown-it's parser of running text, with a table from character to rules."""

    def prepare(self) -> None:
        """Make the table from the rules in use; none may be added afterwards."""
        self._table: dict[str, list[InlineRule]] = {}
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
            if state.src[position] not in self._table:
                found = self.terminator_re.search(state.src, position + 1, state.posMax)
                state.pos = found.start() if found else state.posMax
            else:  # a sign that means nothing here: a label counts its brackets one by one
                state.pos += 1
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
