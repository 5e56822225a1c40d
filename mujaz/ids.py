"""IDs: whether a text is an article ID, and if not, in which way it differs from one.

Enters: a string. Leaves: None, or the end of a sentence for the author. Never knows which IDs exist
and never repairs one: an ID is exactly 16 lower-case hexadecimal digits.
"""

from __future__ import annotations

import re
import unicodedata

LENGTH = 16
_FEWEST = 10  # hex digits that make a text an attempt at an ID
_SPARE = 8  # characters that an attempt may have too many
_WELL_FORMED = re.compile(r"[0-9a-f]{16}")
_HEX = frozenset("0123456789abcdefABCDEF")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp", "Zs"})
_MISREAD = {"o": "0", "O": "0", "l": "1", "I": "1", "i": "1"}
# Letters of other alphabets that look like a hex digit.
_LOOKS = dict(zip("асеАСЕВΑΒΕДԁᴅ", "aceACEBABEDdd", strict=True))


def explain_id(text: str) -> str | None:
    """Return None for a well-formed ID, else what is wrong: ``has 15 hex digits, not 16``.

    The first wrong character is named with its place (characters count from 1), then a wrong
    length, then capital letters.
    """
    if _WELL_FORMED.fullmatch(text):
        return None
    if not text:
        return "is empty"
    for place, char in enumerate(text, 1):
        if char not in _HEX:
            return f"has {_stranger(char)} at character {place}"
    if len(text) != LENGTH:
        digits = "digit" if len(text) == 1 else "digits"
        return f"has {len(text)} hex {digits}, not {LENGTH}"
    return "has capital letters"


def resembles_id(text: str) -> bool:
    """Say whether a text was meant as an ID: some 16 characters, most of them hex digits."""
    digits = sum(char in _HEX or char.isdigit() for char in text)
    return digits >= _FEWEST and len(text) <= LENGTH + _SPARE


def _stranger(char: str) -> str:
    """Return the words for one character that is not a hex digit."""
    name = unicodedata.name(char, "control character").lower()
    point = f"U+{ord(char):04X}"
    category = unicodedata.category(char)
    if char == " " or (char.isascii() and char.isprintable() and not char.isalpha()):
        return "a space" if char == " " else char
    if category in _HIDDEN:
        return f"{point} ({name})"
    if char in _LOOKS:
        return f"{point} ({name}), which only looks like {_LOOKS[char]},"
    if char.isascii():
        meant = f" (meant as the digit {_MISREAD[char]}?)" if char in _MISREAD else ""
        return f"the letter {char}{meant}"
    return f"{char} ({name})" if category == "Nd" else f"{char} ({point}, {name})"
