"""Citations: ``[@id, ¶ 3: «words»]`` as an inline rule of markdown-it.

Enters: the inline state at ``[`` or ``@``. Leaves: one ``citation_group`` token for a group that
parses and one ``flaw`` token for everything that looks like a citation and is not one, so that no
attempt at a citation ever becomes silent text. The grammar stands in ``grammar``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from mujaz.ids import explain_id
from mujaz.markdown.flaws import push_flaw
from mujaz.markdown.grammar import ARTICLE, ATTEMPT, BLANK, Group, Malformed, read_group

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_BARE = re.compile(
    r"@(?:[0-9A-Fa-f]{16}|(?=[a-f]*[0-9])[0-9a-f]{15}|(?=[a-f]*[0-9])[0-9a-f]{17})(?![0-9A-Za-z])"
)
_UNSIGNED = re.compile(rf"\[{BLANK}((?=[a-f]*[0-9])[0-9a-f]{{16}})(?![0-9A-Za-z])")
_URL_BEFORE = re.compile(r"(?:://|[A-Za-z0-9]\.[A-Za-z]{2,}(?::[0-9]+)?/)\S*\Z")
_LOCAL_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]*[A-Za-z0-9_%+-])?\Z")
_LONGEST = 500  # an address longer than this is none
_DOMAIN = re.compile(r"[A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+")


def citation_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Turn a citation group at ``[`` into a token; report a group that does not parse."""
    if not ATTEMPT.match(state.src, state.pos, state.posMax):
        return False
    start = state.pos
    text = state.src[: state.posMax]
    read = _read(text, start)
    if not _is_whole(read) and _is_link(state, text, start):
        return False
    if isinstance(read, Group):
        state.pos = read.end
        if not silent:
            _push_group(state, read, start)
        return True
    end = text.find("]", read.offset)
    state.pos = state.posMax if end < 0 else end + 1
    if not silent:
        written = text[start : state.pos]
        push_flaw(state, read.offset, written, "citation-malformed", read.what, read.hint)
    return True


def _read(text: str, start: int) -> Group | Malformed:
    try:
        return read_group(text, start)
    except Malformed as error:
        return error


def _is_whole(read: Group | Malformed) -> bool:
    """Say whether a group parses and every ID in it is well-formed: then it is no link."""
    return isinstance(read, Group) and not any(explain_id(item.source) for item in read.items)


def _push_group(state: StateInline, group: Group, start: int) -> None:
    if _is_target(state, group.end):
        push_flaw(
            state,
            start,
            state.src[start : group.end],
            "citation-in-link",
            "a citation cannot be the text of a link",
            "put a blank between ] and what follows, or write the link apart",
        )
        return
    token = state.push("citation_group", "", 0)
    token.content = state.src[start : group.end]
    token.meta = {"offset": start, "items": group.items, "waivers": group.waivers}


def _is_link(state: StateInline, text: str, start: int) -> bool:
    """Say whether ``[@handle…]`` is a link that holds no article ID, to be left alone."""
    if state.linkLevel:
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    if end < 0 or ARTICLE.search(text, start, end):
        return False
    return _is_target(state, end + 1) or _is_defined(state, text[start + 1 : end])


def _is_target(state: StateInline, position: int) -> bool:
    """Say whether the address of a link, or the name of a defined one, begins here."""
    if state.src.startswith("(", position):
        return True
    found = re.compile(r"\[([^\[\]]+)\]").match(state.src, position, state.posMax)
    return found is not None and _is_defined(state, found.group(1))


def _is_defined(state: StateInline, label: str) -> bool:
    return normalizeReference(label) in state.env.get("references", {})


def cited_link_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Report a link with a citation in its text: markdown-it would show it as plain text."""
    if state.src[state.pos] != "[" or state.pos > _last_article(state.src):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    found = ARTICLE.search(state.src, state.pos, max(end, state.pos))
    if not found or not _is_target(state, end + 1):
        return False
    if not silent:
        push_flaw(
            state,
            found.start(),
            state.src[state.pos : end + 1],
            "citation-in-link",
            "a citation stands inside a link",
            "put it behind the link",
        )
    state.pos = end + 1
    return True


@lru_cache(maxsize=1)
def _last_article(text: str) -> int:
    """Return where the last article ID of a text stands; -1 without one."""
    return max((found.start() for found in ARTICLE.finditer(text)), default=-1)


def unsigned_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Report a group whose ID has lost its ``@``."""
    found = _UNSIGNED.match(state.src, state.pos, state.posMax)
    end = state.md.helpers.parseLinkLabel(state, state.pos) if found else -1
    if not found or end < 0 or _is_target(state, end + 1):
        return False
    if _is_defined(state, state.src[state.pos + 1 : end]):
        return False
    if not silent:
        push_flaw(
            state,
            found.start(1),
            state.src[state.pos : end + 1],
            "citation-malformed",
            f"the article ID {found.group(1)} has no @ before it",
            f"write [@{found.group(1)}], or \\[ for a plain bracket",
        )
    state.pos = end + 1
    return True


def bare_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    """Report ``@`` and an article ID that stand outside a group."""
    found = _BARE.match(state.src, state.pos, state.posMax)
    if not found or _in_address(state.src, found):
        return False
    if not silent:
        written = found.group()
        sign = "@id" if explain_id(written[1:]) else written
        push_flaw(
            state,
            state.pos,
            written,
            "citation-bare",
            f"the article ID {written} stands outside a citation",
            f"write [{sign}] or [{sign}, ¶ 3]",
        )
    state.pos = found.end()
    return True


def _in_address(text: str, found: re.Match[str]) -> bool:
    """Say whether an ``@`` stands in a URL, or between the two parts of an e-mail address."""
    word = re.split(r"\s", text[max(0, found.start() - _LONGEST) : found.start()])[-1]
    if _URL_BEFORE.search(word):
        return True
    return bool(_LOCAL_PART.search(word) and _DOMAIN.match(text, found.end()))
