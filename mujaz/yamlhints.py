"""YAML hints: what a parser's complaint means to the author.

Enters: a YAML text and the place where parsing failed. Leaves: one problem in plain words, placed
where the slip was made and not where a parser noticed it. Never parses YAML itself, and never shows
a parser's own message.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mujaz import yamlscalars as slips
from mujaz.characters import refusal
from mujaz.problems import Problem, problem
from mujaz.text import printable

if TYPE_CHECKING:
    from mujaz.yamlevents import Event, Excerpt


class Failure(NamedTuple):
    """Where parsing failed, as offsets in the text.

    ``context`` is where the thing being read began, ``scanning`` says that characters and not their
    order were wrong, ``last`` is the last scalar that was read, ``flow`` the innermost bracket or
    brace still open.
    """

    at: int
    context: int | None
    scanning: bool
    last: Event | None
    flow: int | None


def explain(excerpt: Excerpt, failure: Failure) -> Problem:
    """Return what the author did, as far as the text around the failure tells."""
    detectors = (_quote, _tab, _mark, _arabic_comma, _after_quote, _first_character)
    for detect in (*detectors, _brackets, _line, _colon, _dash):
        if found := detect(excerpt, failure):
            return found
    return _unknown(excerpt, failure)


def _told(excerpt: Excerpt, offset: int, what: str, hint: str) -> Problem:
    return problem("yaml-syntax", excerpt.at(offset), what, hint)


def _char(excerpt: Excerpt, offset: int | None) -> str:
    return "" if offset is None else excerpt.text[offset : offset + 1]


# --- quotes ----------------------------------------------------------------------------------

_ESCAPE = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u(?P<four>[0-9A-Fa-f]{4})|U(?P<eight>[0-9A-Fa-f]{8})"
    r"|[0abt\tnvfre \"/\\N_LP\n]|(?P<bad>))"
)
_UNICODE_END = 0x110000


def _quote(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """A text in quotes that does not end, or holds an escape that does not exist."""
    start = failure.context
    if not failure.scanning or start is None or _char(excerpt, start) not in {'"', "'"}:
        return None
    if _char(excerpt, start) == '"':
        for found in _ESCAPE.finditer(excerpt.text, start, failure.at + 10):
            code = int(found["four"] or found["eight"] or "0", 16)
            if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - the surrogates
                return refusal(chr(code), excerpt.at(start))
            if found["bad"] is not None or code >= _UNICODE_END:
                sign = printable(excerpt.text[found.start() : found.start() + 2])
                what = f"{sign} between double quotes begins an escape that does not exist"
                hint = r"write \\ for a backslash, or use single quotes"
                return _told(excerpt, found.start(), what, hint)
    return slips.unclosed_quote(excerpt, start)


def _after_quote(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """Text behind the quote that closes a text."""
    last = failure.last
    if last is None or last.style not in {'"', "'"} or _char(excerpt, failure.at) in "]}\n":
        return None
    between = excerpt.text[last.end : failure.at]
    if failure.at < last.end or between.strip(" "):
        return None
    what = f"the quote {last.style} closes the text here, and more text follows"
    hint = "use «» or “” inside the text, or put the other kind of quote around it"
    return _told(excerpt, last.end - 1, what, hint)


# --- characters ------------------------------------------------------------------------------

_INVISIBLE = slips.INVISIBLE
_MARKED_LINE = re.compile(
    rf" *([{_INVISIBLE}])[ {_INVISIBLE}]*(?:-(?: |$)|[\"']?[A-Za-z_][\w-]*[\"']?:|#)"
)
_NEVER_FIRST = frozenset("@`%*&!|>,")


def _tab(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """A tab where only spaces can stand."""
    if _char(excerpt, failure.at) != "\t":
        return None
    start, line = excerpt.line(failure.at)
    if line[: failure.at - start].strip():
        return _told(excerpt, failure.at, "a tab cannot stand here", "use a space instead")
    return _told(excerpt, failure.at, "a tab cannot indent", "indent with spaces")


def _mark(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """An invisible character before the key or the hyphen of a line."""
    context = failure.context if failure.scanning else None
    for offset in (failure.at if context is None else context, failure.at):
        start, line = excerpt.line(offset)
        if found := _MARKED_LINE.match(line):
            return slips.hidden_mark(excerpt, start + found.start(1), "at the start of the line")
    return None


def _first_character(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """A text without quotes that begins with a sign of YAML's own."""
    for offset in (failure.context if failure.scanning else None, failure.at):
        char = _char(excerpt, offset)
        if offset is not None and char in _NEVER_FIRST and (char != "," or not failure.flow):
            what = f"a text without quotes cannot begin with {char}"
            return _told(excerpt, offset, what, "put quotes around the whole text")
    return None


# --- brackets and commas ---------------------------------------------------------------------

_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'")
_CLOSER = {"[": "]", "{": "}"}


def _opener(excerpt: Excerpt, failure: Failure) -> int | None:
    """Return the offset of the innermost bracket or brace that is open."""
    if failure.flow is None and not failure.scanning and _char(excerpt, failure.context) in _CLOSER:
        return failure.context
    return failure.flow


def _arabic_comma(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """An Arabic comma or semicolon where , separates."""
    opener = _opener(excerpt, failure)
    if opener is None:
        return None
    inside = excerpt.text[opener : failure.at + 1]
    inside = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), inside)
    found = re.search("[،؛]", inside)
    return slips.foreign_comma(excerpt, opener + found.start()) if found else None


def _brackets(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """A bracket or brace that is not closed or not opened, or items without a comma."""
    opener, char = _opener(excerpt, failure), _char(excerpt, failure.at)
    if opener is None:
        return _closed(excerpt, failure.at)
    bracket = excerpt.text[opener]
    closer = _CLOSER.get(bracket, "]")
    if "\n" in excerpt.text[opener : failure.at].rstrip() or not excerpt.text[failure.at :].strip():
        what = f"the {bracket} that opens here is not closed"
        return _told(excerpt, opener, what, f"add {closer} after the last item")
    if char == ":":
        return _colon_in_text(excerpt, failure.at)
    if char == ",":
        return _told(excerpt, failure.at, "there is no item before this comma", "delete the comma")
    what = f"the items between {bracket} and {closer} are not separated here"
    return _told(excerpt, failure.at, what, "put , between the items, or quotes around a text")


def _closed(excerpt: Excerpt, offset: int) -> Problem | None:
    """A bracket or brace too many, or text behind the last one."""
    start, line = excerpt.line(offset)
    char, before = _char(excerpt, offset), line[: offset - start].rstrip(" ")
    if char and char in "]}":
        hint = "delete it, or open it where its list begins"
        return _told(excerpt, offset, f"{char} closes nothing", hint)
    if char and before and before[-1] in "]}":
        hint = "put quotes around the whole text"
        return _told(excerpt, offset, f"more text follows the {before[-1]}", hint)
    return None


# --- lines -----------------------------------------------------------------------------------

_TIGHT_DASH = re.compile(r" *-[^\s-]")
_FOREIGN_DASH = re.compile(r" *([–—−‐‑•·])")
_TIGHT_COLON = re.compile(r" *(?:- +)*[\"']?[^\W\d][\w-]*[\"']?:(?!//)[^ \t]")
_FOREIGN_COLON = re.compile(r" *(?:- +)*[^\W\d][\w-]* ?([：︰﹕ː])")
_KEY_AND_VALUE = re.compile(r" *+(?:- ++)*+[^:]++: ++\S")
_WORD_KEY = re.compile(r" *[A-Za-z_][\w-]*$")


def _slip(excerpt: Excerpt, offset: int) -> Problem | None:
    """A line that shows by itself what is wrong with it."""
    start, line = excerpt.line(offset)
    indent = start + len(line) - len(line.lstrip(" "))
    if _TIGHT_DASH.match(line):
        return slips.tight_dash(excerpt, indent)
    if found := _FOREIGN_DASH.match(line):
        what = f"{found[1]} (U+{ord(found[1]):04X}) is not the hyphen that begins a list item"
        return _told(excerpt, indent, what, "write - and a space")
    if _TIGHT_COLON.match(line):
        return slips.tight_colon(excerpt, indent)
    if found := _FOREIGN_COLON.match(line):
        what = f"{found[1]} (U+{ord(found[1]):04X}) is not the colon that ends a key"
        return _told(excerpt, start + found.start(1), what, "write : and a space")
    return None


def _line(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """A line that is neither a key, nor an item, nor the rest of a text."""
    if failure.scanning and failure.context is not None:
        return _slip(excerpt, failure.context) or _keyless(excerpt, failure.context)
    start, line = excerpt.line(failure.at)
    if line[: failure.at - start].strip(" "):
        return None
    return _slip(excerpt, failure.at)


def _keyless(excerpt: Excerpt, offset: int) -> Problem:
    """Return the problem of a line without a colon."""
    what = f"no colon follows {_shown(excerpt, offset)}, so it is neither a key nor a list item"
    hint = "write key: text; indent the line if it continues the text above"
    return _told(excerpt, offset, what, hint)


def _shown(excerpt: Excerpt, offset: int) -> str:
    """Return the beginning of a text for a message."""
    most = 30
    start, line = excerpt.line(offset)
    text = line[offset - start :].strip()
    return printable(text if len(text) <= most else text[:most] + "…")


def _colon(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """A colon where no key can end."""
    if _char(excerpt, failure.at) != ":":
        return None
    start, line = excerpt.line(failure.at)
    before = line[: failure.at - start]
    if _KEY_AND_VALUE.match(before):
        return _colon_in_text(excerpt, failure.at)
    if not before.strip(" -"):
        hint = "write a word before the colon"
        return _told(excerpt, failure.at, "the key before the colon is missing", hint)
    above = excerpt.text[:start].rstrip()
    return _below(excerpt, failure.at, len(above)) if above else None


def _below(excerpt: Excerpt, colon: int, above: int) -> Problem:
    """Return the problem of the first colon of a line that the line above leaves no room for."""
    offset, previous = excerpt.line(above)
    if found := _slip(excerpt, offset):
        return found
    if ":" not in previous:
        return _keyless(excerpt, offset + len(previous) - len(previous.lstrip(" ")))
    start, line = excerpt.line(colon)
    if not _WORD_KEY.match(line[: colon - start]):
        return _colon_in_text(excerpt, colon)
    what = "this line is indented deeper than the one above, which already has its text"
    hint = "indent it like the line above, or put quotes around a text that runs over both"
    return _told(excerpt, start + len(line) - len(line.lstrip(" ")), what, hint)


def _colon_in_text(excerpt: Excerpt, offset: int) -> Problem:
    """Return the problem of a colon and a blank inside a text without quotes."""
    what = "a colon with a space after it ends a key, but here it stands inside a text"
    return _told(excerpt, offset, what, "put quotes around the whole text")


def _dash(excerpt: Excerpt, failure: Failure) -> Problem | None:
    """A list on the line of its key."""
    start, line = excerpt.line(failure.at)
    if _char(excerpt, failure.at) != "-" or not line[: failure.at - start].strip(" "):
        return None
    hint = "put each item on a line of its own, or use [a, b]; put quotes around a text"
    return _told(excerpt, failure.at, "a list cannot begin on the line of its key", hint)


def _unknown(excerpt: Excerpt, failure: Failure) -> Problem:
    """Return the problem of a line that shows nothing special: mostly, its indentation is wrong."""
    offset = min(failure.at, len(excerpt.text.rstrip()))
    start, line = excerpt.line(offset)
    first = start + len(line) - len(line.lstrip(" "))
    if offset == first and offset == failure.at and not failure.scanning:
        what = "this line is not indented like the keys or items it belongs to"
        return _told(excerpt, first, what, "begin it in the same column as they do")
    hint = "look at its indentation, colons and quotes, and at the line above"
    return _told(excerpt, first, "this line cannot be read as YAML", hint)
