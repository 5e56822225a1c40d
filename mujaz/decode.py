"""Decode: the bytes of a file → text with line feeds, or the first byte that is not UTF-8.

Enters: bytes. Leaves: text without byte order mark, every line ending a line feed; or None with the
problem ``encoding``. Never guesses an encoding to read a file with it: a guess only makes the hint.
"""

from __future__ import annotations

import codecs

from mujaz.characters import place
from mujaz.problems import Location, Problem, problem

_SAMPLE = 4096
_LETTERS = 3
_RESAVE = "save the file as UTF-8"
_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a UTF-8 file (RFC 3629), or None and where it stops being UTF-8."""
    if other := _wide_encoding(data):
        what = f"the file is {other}, not UTF-8"
        return None, [problem("encoding", Location(path), what, _RESAVE)]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_first_bad_byte(data, error, path)]
    return _line_feeds(text), []


def _line_feeds(text: str) -> str:
    """Return the text with CRLF and CR as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _wide_encoding(data: bytes) -> str | None:
    """Return ``UTF-16`` or ``UTF-32`` where a byte order mark or the pattern of NULs says so."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    if not sample or sample.count(0) * 10 < len(sample):
        return None
    if len(sample) > 4 and any(_decodes(sample, f"utf-32-{end}") for end in ("le", "be")):  # noqa: PLR2004
        return "UTF-32"
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    return "UTF-16" if (odd == 0) != (even == 0) and odd + even > 1 else None


def _decodes(sample: bytes, encoding: str) -> bool:
    """Return whether the bytes are text in an encoding, and text without NUL."""
    try:
        return "\0" not in sample[: len(sample) // 4 * 4].decode(encoding)
    except UnicodeDecodeError:
        return False


def _first_bad_byte(data: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    """Return the problem of a file that is not UTF-8: place, byte, and what it probably is."""
    before = _line_feeds(data[: error.start].decode("utf-8"))
    location = place(before, len(before), path)
    what = f"byte 0x{data[error.start]:02X} is not UTF-8: {_reason(data[error.start :])}"
    if _looks_arabic_windows(data):
        return problem("encoding", location, what, f"looks like Windows-1256; {_RESAVE}")
    return problem("encoding", location, what, f"{_RESAVE}, or type the character again")


def _reason(rest: bytes) -> str:
    """Return what is wrong with the byte sequence at the start of ``rest``."""
    lead = rest[0]
    second = rest[1] if len(rest) > 1 else 0
    overlong = {0xC0: 0xC0, 0xC1: 0xC0, 0xE0: 0xA0, 0xF0: 0x90}.get(lead, 0)
    if 0x80 <= second < overlong:  # noqa: PLR2004 - the bytes of RFC 3629, section 4
        return "an overlong form"
    if lead == 0xED and 0xA0 <= second <= 0xBF:  # noqa: PLR2004
        return "a surrogate"
    if 0xC2 <= lead <= 0xF4:  # noqa: PLR2004
        return "a character cut short"
    return "no character begins with it"


def _looks_arabic_windows(data: bytes) -> bool:
    """Return whether the bytes are hardly UTF-8, and mostly Arabic letters as Windows-1256."""
    sample = data[: 16 * _SAMPLE]
    lenient = sample.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    good = sum(char > "\x7f" for char in lenient) - bad
    if good >= bad:
        return False
    strange = [char for char in sample.decode("cp1256", "replace") if char > "\x7f"]
    arabic = sum("\u0600" <= char <= "\u06ff" for char in strange)
    return arabic >= _LETTERS and arabic * 10 > len(strange) * 7
