"""Characters: which ones no text of an author may hold, and where they stand.

Enters: decoded text. Leaves: problems with exact places. Never changes what an author wrote, save
that ``cleaned`` gives a copy that cannot break a terminal, a parser or a file.

Forbidden are control characters (tab and line feed excepted), line and paragraph separators,
surrogates, noncharacters, and the embeddings and overrides of UAX #9 with their closing mark. The
isolates must be balanced (UAX #9, BD9); the marks LRM, RLM and ALM are free.
"""

from __future__ import annotations

import re
import unicodedata
from unicodedata import combining

from mujaz.problems import Location, Problem, problem

MARKS = 30
"""Combining marks that may follow one letter: the limit of stream-safe text (UAX #15)."""

MOST = 20
"""Forbidden characters reported one by one in a text; the rest is counted in one problem."""

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_CONTROL = re.compile(f"[{_CONTROLS}]")
_FORBIDDEN = re.compile(f"[{_CONTROLS}\u202a-\u202e]")
_CROWD = re.compile(r"[^\w\s\x00-\x7f]{31,}")  # marks are no word characters
_SIGN = re.compile(r"[\n!#$%&*+\-:<=>@\[\\\]^_`{|}~]")
_ISOLATE = re.compile("[\u2066-\u2069]")
# A blank line ends a block, and so does a line on which an item, a heading or a table row begins.
_ISOLATE_OR_BLANK = re.compile(
    "[\u2066-\u2069]|\n[ \t]*(?=\n|(?:[-*+]|[0-9]{1,3}[.)]|#{1,6})[ \t]|\\|)"
)
_PDI = "\u2069"
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_NAMES = {0x00: "null", 0x07: "bell", 0x08: "backspace", 0x0B: "vertical tab", 0x0C: "form feed"}
_NAMES |= {0x0D: "carriage return", 0x1B: "escape", 0x7F: "delete", 0x85: "next line"}


def describe(char: str) -> str:
    """Return the code point and the name of a character: ``U+202E (right-to-left override)``."""
    kind = {"Cs": "lone surrogate", "Cn": "noncharacter"}.get(unicodedata.category(char))
    name = _NAMES.get(ord(char)) or kind or unicodedata.name(char, "control character").lower()
    return f"U+{ord(char):04X} ({name})"


def place(text: str, offset: int, path: str, first_line: int = 1) -> Location:
    """Return where an offset of a text stands in its file; ``first_line`` is the text's line."""
    line = first_line + text.count("\n", 0, offset)
    return Location(path, line, offset - text.rfind("\n", 0, offset))


def cleaned(text: str) -> str:
    """Return the text with U+FFFD for every control character, surrogate and noncharacter.

    So do all marks of a letter that has too many: putting them in order takes their square in time.
    """
    text = text if text.isprintable() else _CONTROL.sub("\ufffd", text)
    while (offset := crowded(text)) is not None:
        end = next((n for n in range(offset, len(text)) if not combining(text[n])), len(text))
        text = text[:offset] + "\ufffd" * (end - offset) + text[end:]
    return text


def crowded(text: str) -> int | None:
    """Return the offset of the first mark on the first letter that has more than ``MARKS``."""
    for found in _CROWD.finditer(text):
        count = 0
        for offset in range(found.start(), found.end()):
            count = count + 1 if combining(text[offset]) else 0
            if count > MARKS:
                return offset - MARKS
    return None


def crowd(location: Location) -> Problem:
    """Return the problem of a letter with too many marks."""
    what = f"more than {MARKS} combining marks stand on one letter"
    return problem("marks-too-many", location, what, "delete them")


def count_signs(text: str) -> int:
    """Return how many characters of a text may mean something in Markdown, line breaks too."""
    return len(_SIGN.findall(text))


def forbidden(text: str) -> list[str]:
    """Return the forbidden characters of a text, in order."""
    return _FORBIDDEN.findall(text)


def has_isolates(text: str) -> bool:
    """Return whether the text has any isolate initiator or its closing mark."""
    return _ISOLATE.search(text) is not None


def isolates(text: str) -> list[str]:
    """Return the isolate initiators and their closing marks, in order."""
    return _ISOLATE.findall(text)


def check_characters(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """Every forbidden character is a problem at its place; beyond ``MOST`` only counted.

    So is the first letter that has too many marks.
    """
    offset = None if text.isascii() else crowded(text)
    problems = [] if offset is None else [crowd(place(text, offset, path, first_line))]
    for count, match in enumerate(_FORBIDDEN.finditer(text)):
        location = place(text, match.start(), path, first_line)
        if count == MOST:
            rest = len(_FORBIDDEN.findall(text, match.start()))
            what = f"{rest} more forbidden characters follow, the first is {describe(match[0])}"
            problems.append(problem("control-character", location, what, "is this a text file?"))
            break
        problems.append(refusal(match[0], location))
    return problems


def refusal(char: str, location: Location) -> Problem:
    """Return the problem of one forbidden character."""
    if char in _OVERRIDES:
        what = f"{describe(char)} is not allowed: it can show words in a false order"
        hint = "delete it; words are set apart with U+2066 or U+2067 before and U+2069 after them"
        return problem("bidi-control", location, what, hint)
    hint = "write an ordinary line break" if char in "\x85\u2028\u2029\r" else "delete it"
    return problem("control-character", location, f"{describe(char)} cannot stand in a text", hint)


def check_isolates(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """Every isolate is closed in its block: a paragraph, an item, a row (UAX #9, BD9).

    Beyond ``MOST`` they are only counted.
    """
    if not has_isolates(text):
        return []
    offsets = unbalanced(text, _ISOLATE_OR_BLANK)
    problems = [imbalance(text[at], place(text, at, path, first_line)) for at in offsets[:MOST]]
    if rest := offsets[MOST:]:
        what = f"{len(rest)} more isolates follow that are not balanced"
        location = place(text, rest[0], path, first_line)
        problems.append(problem("bidi-unbalanced", location, what, "close or delete each of them"))
    return problems


def unbalanced(text: str, pattern: re.Pattern[str] = _ISOLATE) -> list[int]:
    """Return the offsets of isolates without their end and of ends without an isolate.

    A match of ``pattern`` that is no isolate ends a block.
    """
    found: list[int] = []
    opened: list[int] = []
    for match in pattern.finditer(text):
        if match[0][0] == "\n":
            found += opened
            opened = []
        elif match[0] != _PDI:
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            found.append(match.start())
    return sorted(found + opened)


def imbalance(char: str, location: Location) -> Problem:
    """Return the problem of one isolate that is not closed, or of an end that closes nothing."""
    if char == _PDI:
        return problem("bidi-unbalanced", location, f"{describe(char)} closes nothing", "delete it")
    what = f"{describe(char)} is not closed in its paragraph"
    hint = "put U+2069 (pop directional isolate) after the words it belongs to, or delete it"
    return problem("bidi-unbalanced", location, what, hint)
