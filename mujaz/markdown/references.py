"""References: link definitions and footnotes that lead nowhere, or are not what they seem.

Enters: block and inline states, and the tokens made of them. Leaves: flaws for an article ID used
as a link definition, for a footnote defined twice or not at all, for ``[text][reference]`` without
a definition, and for definitions whose text nobody would see.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.rules_block.reference import reference
from mdit_py_plugins.footnote.index import footnote_def

from mujaz.markdown.flaws import add_block_flaw, push_flaw

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_ARTICLE = re.compile(r"\[(?:[^\[\]\\]|\\.)*?@[0-9A-Fa-f]{16}(?![0-9A-Za-z])", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([^\s\]]{1,500})\](?!:)")
_REFERRING = {"link_open", "image"}
_FULL = re.compile(r"\[([^\[\]\n]+)\]\[([^\[\]\n]*)\]")


def definition_rule(
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001 - markdown-it's form
) -> bool:
    """Read a link definition; refuse one that would swallow a citation."""
    begin = state.bMarks[start] + state.tShift[start]
    if _ARTICLE.match(state.src, begin):
        if not silent and reference(state, start, end, True):  # noqa: FBT003
            add_block_flaw(
                state,
                begin,
                "citation-in-link",
                "a link definition cannot have an article ID as its name",
                "put the citation at the end of its sentence, not before a colon",
            )
        return False
    return reference(state, start, end, silent)


def footnote_definition_rule(
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001 - markdown-it's form
) -> bool:
    """Read a footnote definition; report one whose name is already taken."""
    begin = state.bMarks[start] + state.tShift[start]
    found = re.compile(r"\[\^([^\s\]]+)\]:").match(state.src, begin, state.eMarks[start])
    taken: dict[str, int] = state.env.setdefault("footnote_lines", {})
    if found and not silent:
        name = found.group(1)
        if name in taken:
            add_block_flaw(
                state,
                begin,
                "footnote-duplicate",
                f"the footnote [^{name}] is defined twice",
                "give one of them another name",
            )
        taken.setdefault(name, start)
    return footnote_def(state, start, end, silent)


def nested_footnote_rule(state: StateCore) -> None:
    """Move a footnote defined inside another behind it: the plugin would lose the outer's text."""
    whole: list[Token] = []
    waiting: list[Token] = []
    open_ones: list[list[Token]] = []
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            open_ones.append([])
        (open_ones[-1] if open_ones else whole).append(token)
        if token.type == "footnote_reference_close":
            waiting = [*open_ones.pop(), *waiting]
            if not open_ones:
                whole += waiting
                waiting = []
    state.tokens = whole


def undefined_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Report a footnote or a link reference that nothing defines."""
    if state.src[state.pos] != "[":
        return False
    if found := _FOOTNOTE.match(state.src, state.pos, state.posMax):
        what = f"the footnote [^{found.group(1)}] is not defined"
        hint = f"add a line [^{found.group(1)}]: with its text"
    elif (found := _FULL.match(state.src, state.pos, state.posMax)) and "@" not in found.group():
        what = f"the link reference [{found.group(2) or found.group(1)}] is not defined"
        hint = "write [text](address), or \\[ for a plain bracket"
    else:
        return False
    if not silent:
        push_flaw(state, state.pos, found.group(), "reference-undefined", what, hint)
    state.pos = found.end()
    return True


def check_references(
    tokens: list[Token],
    environment: dict[str, Any],
    report: Callable[[str, tuple[int, int], str, str], None],
) -> None:
    """Report link definitions whose name is taken or never used: no page shows their words."""
    for each in environment.get("duplicate_refs", ()):
        what = f"the link reference [{each['label'].lower()}] is defined twice"
        hint = "give one of them another name"
        report("reference-duplicate", (each["map"][0] + 1, 1), what, hint)
    defined: dict[str, dict[str, Any]] = environment.get("references", {})
    if not defined:
        return
    texts = [child for token in tokens for child in token.children or ()]
    inner = (each for child in texts for each in (child, *(child.children or ())))
    used = {each.meta.get("label") for each in inner if each.type in _REFERRING}
    for name in defined.keys() - used:
        what = f"nothing refers to the link reference [{name.lower()}]"
        hint = "its line is not shown; write \\[ if it belongs to the text"
        report("reference-unused", (defined[name]["map"][0] + 1, 1), what, hint)
