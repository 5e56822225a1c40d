"""YAML scalars: slips of an author that YAML itself accepts without a word.

Enters: a YAML text and one scalar event of it. Leaves: problems at the exact character. Never says
anything of keys and types: here a scalar is only the way it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from mujaz.characters import (
    MOST,
    crowd,
    crowded,
    describe,
    forbidden,
    has_isolates,
    imbalance,
    isolates,
    refusal,
    unbalanced,
)
from mujaz.model import YamlText
from mujaz.problems import Problem, problem
from mujaz.text import printable

if TYPE_CHECKING:
    from mujaz.yamlevents import Event, Excerpt

INVISIBLE = "\u00a0\u00ad\u061c\u1680\u2000-\u200f\u202f\u205f\u2060\u2066-\u2069\u3000\ufeff"
"""Invisible characters and odd spaces, as the inside of a character class."""

_MARKED_DASH = re.compile(rf"[ \t]*([{INVISIBLE}])[ \t{INVISIBLE}]*-(?:[ \t]|$)")
_TIGHT_DASH = re.compile(r"-(?![\d.])[^\s-]")
_TIGHT_COLON = re.compile(r"[^\W\d][\w-]*:(?!//)[^ \t\n]")
_KEY = re.compile(r"^( *(?:- +)*)[\"']?[^\W\d][\w-]*[\"']?:(?: |$)", re.MULTILINE)
_FOREIGN_COMMA = re.compile("[،؛]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Pieces(NamedTuple):
    """A list item that was meant to be several, with the problem of its first foreign comma."""

    problem: Problem
    items: list[YamlText]


def check_scalar(excerpt: Excerpt, event: Event) -> list[Problem]:
    """Return what an author has probably not meant with one scalar.

    The code ``yaml-syntax`` says that the scalar swallowed what should have been read apart.
    """
    value = event.value
    if not event.style:
        if value.isascii() and not event.several and value[:1] != "-" and ":" not in value:
            return []
        return [*_check_hidden(excerpt, event), *_check_plain(excerpt, event)]
    problems = _check_hidden(excerpt, event)
    if event.style in "|>":
        return problems + _check_block(excerpt, event)
    return problems + (_check_quoted(excerpt, event) if event.several else [])


def surrogate(text: str) -> str | None:
    """Return the first lone surrogate of a text."""
    found = _SURROGATE.search(text)
    return found[0] if found else None


def _check_hidden(excerpt: Excerpt, event: Event) -> list[Problem]:
    """No escape makes a forbidden character, and isolates are closed within the scalar.

    What stands in the text itself has its own place; what an escape makes has the scalar's.
    """
    value, start = event.value, event.start
    typed = excerpt.of(event)
    problems = []
    if "\\" in typed:
        if lone := surrogate(value):
            return [refusal(lone, excerpt.at(start))]
        made = [char for char in dict.fromkeys(forbidden(value)) if char not in typed]
        problems += [refusal(char, excerpt.at(start)) for char in made]
        if crowded(value) is not None and crowded(typed) is None:
            problems.append(crowd(excerpt.at(start)))
    if has_isolates(value):
        if isolates(typed) == isolates(value):
            problems += [
                imbalance(typed[i], excerpt.at(start + i)) for i in unbalanced(typed)[:MOST]
            ]
        else:
            problems += [imbalance(value[i], excerpt.at(start)) for i in unbalanced(value)[:MOST]]
    return problems


def _check_plain(excerpt: Excerpt, event: Event) -> list[Problem]:
    """Return the first sign that a scalar without quotes was meant as a list or a mapping."""
    start, typed = event.start, excerpt.of(event)
    before = excerpt.line(start)[1][: event.column]
    first, *others = typed.split("\n")
    if not before.strip(" "):
        if _TIGHT_DASH.match(first) or (first[:1] == "-" and any(_dash(line) for line in others)):
            return [tight_dash(excerpt, start)]
        if _TIGHT_COLON.match(first):
            return [tight_colon(excerpt, start)]
    elif others and not before.strip(" -") and all(_tight(line) for line in (first, *others)):
        return [tight_colon(excerpt, start)]
    offset = start
    for line in (first, *others):
        if (offset > start or not before.strip(" ")) and (found := _MARKED_DASH.match(line)):
            return [hidden_mark(excerpt, offset + found.start(1), "before the hyphen of an item")]
        offset += len(line) + 1
    return []


def _dash(line: str) -> bool:
    return line.lstrip().startswith("-")


def _tight(line: str) -> bool:
    return _TIGHT_COLON.match(line.lstrip(" ")) is not None


def _check_quoted(excerpt: Excerpt, event: Event) -> list[Problem]:
    """A text in quotes does not run over lines that look like the next keys."""
    start, typed = event.start, excerpt.of(event)
    own = _KEY.match(excerpt.line(start)[1])
    column = len(own[1]) if own else 0
    for found in _KEY.finditer(typed, typed.index("\n") + 1):
        if len(found[1]) <= column:
            return [unclosed_quote(excerpt, start)]
    return []


def _check_block(excerpt: Excerpt, event: Event) -> list[Problem]:
    """A text opened by ``|`` or ``>`` follows on deeper lines."""
    if event.value.strip("\n"):
        return []
    own = excerpt.line(event.start)[1]
    rest = excerpt.text[event.start :].split("\n", 1)
    below = rest[1].lstrip("\n").split("\n", 1)[0] if rest[1:] else ""
    if _indent(below) > _indent(own):
        return []  # the parser will complain about that line
    what = f"no text follows on deeper lines after {event.style}"
    hint = "put quotes around it if the sign itself is meant"
    return [problem("value-invalid", excerpt.at(event.start), what, hint)]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


# --- slips with one wording ------------------------------------------------------------------


def tight_dash(excerpt: Excerpt, offset: int) -> Problem:
    """Return the problem of a hyphen without the blank that makes it the sign of a list item."""
    what = "a list item needs a space after its hyphen"
    return problem("yaml-syntax", excerpt.at(offset), what, "write: - item")


def tight_colon(excerpt: Excerpt, offset: int) -> Problem:
    """Return the problem of the first colon behind ``offset`` that no space follows."""
    colon = excerpt.text.index(":", offset)
    after = excerpt.text[colon + 1]
    key = excerpt.text[offset:colon].strip("\"' -")
    what = f"a space is missing after the colon of {printable(key)}"
    if unicodedata.category(after) in {"Cf", "Zs"}:
        what += f"; {describe(after)} is no ordinary space"
    return problem("yaml-syntax", excerpt.at(colon), what, f"write: {printable(key)}: …")


def unclosed_quote(excerpt: Excerpt, offset: int) -> Problem:
    """Return the problem of the quote at ``offset``."""
    quote = excerpt.text[offset]
    what = f"the quote {quote} that opens here is not closed on its line"
    return problem("yaml-syntax", excerpt.at(offset), what, f"add {quote} at the end of the text")


def hidden_mark(excerpt: Excerpt, offset: int, where: str) -> Problem:
    """Return the problem of an invisible character at ``offset``."""
    what = f"an invisible {describe(excerpt.text[offset])} stands {where}"
    return problem("yaml-syntax", excerpt.at(offset), what, "delete it")


def foreign_comma(excerpt: Excerpt, offset: int) -> Problem:
    """Return the problem of an Arabic comma or semicolon that should separate items."""
    what = f"{excerpt.text[offset]} (U+{ord(excerpt.text[offset]):04X}) does not separate items"
    hint = "use , between them, or put quotes around a text that contains the mark"
    return problem("value-invalid", excerpt.at(offset), what, hint)


# --- lists and keys --------------------------------------------------------------------------


def foreign_commas(excerpt: Excerpt, event: Event) -> Pieces | None:
    """Return an unquoted item of ``[…]`` cut at its Arabic commas and semicolons, if it has any."""
    if not event.plain or event.value.isascii():
        return None
    start, typed = event.start, excerpt.of(event)
    found = _FOREIGN_COMMA.search(typed)
    if found is None:
        return None
    items = [
        YamlText(" ".join(piece[0].split()), plain=True, location=excerpt.at(start + piece.start()))
        for piece in re.finditer(r"[^\s،؛][^،؛]*", typed)
    ]
    return Pieces(foreign_comma(excerpt, start + found.start()), items)


def missing_space(excerpt: Excerpt, key: Event) -> Problem | None:
    """Return the problem of a key in ``{…}`` without a value that has one stuck to its colon."""
    if not key.plain or not _TIGHT_COLON.match(excerpt.of(key)):
        return None
    return tight_colon(excerpt, key.start)


def follows_question_mark(excerpt: Excerpt, key: Event) -> bool:
    """Return whether a key is written in YAML's long form, ``? key``."""
    return excerpt.line(key.start)[1][: key.column].rstrip(" ").endswith("?")


def invisible_in_key(excerpt: Excerpt, event: Event) -> Problem | None:
    """Return the problem of the first invisible character before, in or behind a key."""
    if event.value.isascii():
        return None
    typed = excerpt.of(event)
    for offset, char in enumerate(typed):
        if re.match(f"[{INVISIBLE}]", char):
            side = "before" if offset == 0 else "after" if offset == len(typed) - 1 else "in"
            where = f"{side} the key {printable(without_invisible(event.value))}"
            return hidden_mark(excerpt, event.start + offset, where)
    return None


def without_invisible(key: str) -> str:
    """Return a key without invisible characters."""
    return key if key.isascii() else re.sub(f"[{INVISIBLE}]", "", key).strip(" ")
