"""Text: what Unicode knows about Arabic and Latin strings.

Enters: strings. Leaves: strings, keys and directions, all counted in code points. Never
reads a file, never knows the language of a page: everything follows from the characters alone.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Direction = Literal["rtl", "ltr"]

LRM, RLM = "\u200e", "\u200f"
_LRI, _RLI, _FSI, _PDI = "\u2066", "\u2067", "\u2068", "\u2069"

# Default_Ignorable_Code_Point (UAX #44): bidi controls, zero width, soft hyphen, fillers.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_TO_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_TO_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_SAME_LETTER = str.maketrans("أإآٱىیةک", "اااايي\u0647ك")
_SAME_PLACE = str.maketrans("پچژڤگ", "بجزفك")  # letters for foreign sounds
_LOOKS_LATIN = str.maketrans("асеорхуіѕјһ", "aceopxyisjh")  # Cyrillic, after case folding


def strip_controls(text: str) -> str:
    """Return the text without bidi controls, zero-width and other invisible characters."""
    return text if text.isascii() else _IGNORABLE.sub("", text)


def printable(text: str) -> str:
    """Return the text with every control, format, surrogate and line-separating character shown.

    Such a character (Cc, Cf, Cs, Zl, Zp; tab and line feed too) becomes ``<U+202E>``, so that a
    message on a terminal can be neither reordered nor broken by what it quotes.
    """
    if text.isprintable():
        return text
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in hidden else c for c in text)


def escaped(text: str) -> str:
    """Return the text for HTML and XML, also between quotation marks; the same as MarkupSafe."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


def ascii_digits(text: str) -> str:
    """Return the text with Arabic-Indic (U+0660) and Persian (U+06F0) digits as ASCII digits."""
    return text if text.isascii() else text.translate(_TO_ASCII)


def to_digits(text: str, system: str) -> str:
    """Return the text with all its digits in one CLDR number system: ``latn`` or ``arab``.

    Signs and separators stay as they are. Raises ``ValueError`` for any other system.
    """
    if system not in {"latn", "arab"}:
        raise ValueError(f"no number system {system!r}; write latn or arab")
    latin = ascii_digits(text)
    return latin if system == "latn" else latin.translate(_TO_ARABIC)


def fold(text: str) -> str:
    """Return the text as search and loose comparison see it; folding twice changes nothing.

    NFKC and full case folding; marks (Mn), tatweel and invisible characters go; أإآٱ → ا, ى and the
    Persian ی → ي, ة → ه, ک → ك; Arabic-Indic and Persian digits → ASCII.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = _without_marks(folded).translate(_SAME_LETTER).translate(_TO_ASCII)
    return unicodedata.normalize("NFKC", folded)


def _without_marks(text: str) -> str:
    """Return the text without combining marks (Mn), tatweel and invisible characters."""
    text = strip_controls(text).replace("ـ", "")
    return "".join(c for c in text if unicodedata.category(c) != "Mn")


# --- order -----------------------------------------------------------------------------------

_ARTICLE = re.compile(r"[اٱ]ل(?=\w\w)")
# Words whose first ال belongs to the word: God, verbs and verbal nouns of the eighth form of roots
# in ل (التزم، التزام), and foreign names often written without their hamza.
_NOT_ARTICLE = re.compile(
    r"(?:الله|اللهم"
    r"|الت(?:زم|زام|قى|قت|قاء|قط|قاط|حق|حاق|حم|حام|مس|ماس|فت|فات|ف|فاف|بس|باس|هب|هاب|صق|صاق"
    r"|وى|واء|جأ|جاء|ئام)"
    r"|البانيا|المانيا|الاسكا|الياس|الكسندر|الكسندرا|الكسي|اليكسي|الينا|اليزابيث"
    r"|الكترون|الكتروني|الكترونية)"
    r"(?:ات|ان|ين|ت|ا|وا|ه|ها|هم|نا)?(?!\w)"
)


def sort_key(text: str) -> tuple[str, str]:
    """Return the key of dictionary order: numbers, Latin, Arabic; equal only for equal texts.

    Case, accents, harakat, tatweel, hamza forms, punctuation and a leading article ال count for
    nothing; runs of digits compare as numbers; the text itself decides between equals. The article
    is looked for before hamza is folded, so ألمانيا stays whole; words like التزام are listed.
    """
    bare = _without_marks(unicodedata.normalize("NFKC", text))
    bare = re.sub(r"^[\W_]+", "", bare)
    if _ARTICLE.match(bare) and not _NOT_ARTICLE.match(bare):
        bare = bare[2:]
    letters = _without_marks(unicodedata.normalize("NFKD", bare))
    words = re.sub(r"[\W_]+", " ", fold(letters).translate(_SAME_PLACE))
    return re.sub("[0-9]+", lambda run: run[0].zfill(12), words).strip(), text


# --- direction -------------------------------------------------------------------------------

_URL = re.compile(r"(?:https?://|www\.)\S+")
_DOMAIN_DOT = re.compile(r"\.\w")


def first_strong(text: str) -> Direction | None:
    """Return the direction of the first strong character, None without one (UAX #9, rule P2).

    What stands between an isolate initiator and its PDI is skipped, as the rule asks.
    """
    depth = 0
    for char in text:
        if char in (_LRI, _RLI, _FSI):
            depth += 1
        elif char == _PDI:
            depth = max(0, depth - 1)
        elif depth == 0 and (found := _strong(char)):
            return found
    return None


def _strong(char: str) -> Direction | None:
    """Return the direction of one character by its Bidi_Class: L, or R and AL; else None."""
    kind = unicodedata.bidirectional(char)
    return "ltr" if kind == "L" else "rtl" if kind in {"R", "AL"} else None


def base_direction(text: str) -> Direction:
    """Return ``rtl`` where at least 40 % of the words begin with a right-to-left letter.

    Words without a letter and addresses do not count; a text without words is ``ltr``; a text that
    is one whole RLI…PDI or LRI…PDI has the direction it declares.
    """
    if len(text) > 1 and text[0] in (_LRI, _RLI) and text.find(_PDI) == len(text) - 1:
        return "rtl" if text[0] == _RLI else "ltr"
    words = _URL.sub(" ", strip_controls(text)).split()
    found = [next(filter(None, map(_strong, word)), None) for word in words if not _is_mail(word)]
    rtl, ltr = found.count("rtl"), found.count("ltr")
    return "rtl" if rtl and rtl * 10 >= (rtl + ltr) * 4 else "ltr"


def _is_mail(word: str) -> bool:
    """Return whether a word without blanks holds an e-mail address."""
    at = word.find("@", 1)
    return at > 0 and _DOMAIN_DOT.search(word, at + 2) is not None


def plain_title(text: str, direction: str) -> str:
    """Return a title for places without markup that readers will show in its ``direction``.

    One RLM (or LRM) is put in front exactly where the first strong character would mislead (UAX #9,
    P2–P3: without any, the text is ``ltr``). It is never wrapped whole: that hides its letters.
    """
    if not text or (first_strong(text) or "ltr") == direction:
        return text
    return (RLM if direction == "rtl" else LRM) + text


# --- identifiers and suggestions -------------------------------------------------------------


def heading_id(text: str) -> str:
    """Return the fragment id of a heading: NFC, lower case, words joined by ``-``; may be "".

    Marks (Mn), tatweel and invisible characters go, ZWNJ and every run of other characters than
    letters and digits become one ``-``; Arabic letters stay. A heading without any gives "".
    """
    text = unicodedata.normalize("NFC", text).lower().replace("\u200c", "-")
    text = unicodedata.normalize("NFC", _without_marks(text))
    kept = (c if c.isalnum() or unicodedata.category(c) == "Mc" else " " for c in text)
    return "-".join("".join(kept).split())


def nearest(word: str, candidates: Iterable[str], limit: int | None = None) -> str | None:
    """Return the candidate that was probably meant, or None; of equals the first.

    An edit is a wrong, missing or extra character or two swapped neighbours (optimal string
    alignment); case, folded Arabic forms and Cyrillic look-alikes are no edits. ``limit`` is the
    greatest number of edits: by default 0 below 3 characters, 1 below 6, else 2.
    """
    sought = _outline(word)
    size = len(sought)
    left = limit if limit is not None else (size > 2) + (size > 5)  # noqa: PLR2004 - the rule above
    # An edit touches at most two of the pieces, so one of them stands untouched in the candidate.
    count = 2 * left + 1
    pieces = {sought[size * i // count : size * (i + 1) // count] for i in range(count)}
    best = None
    for candidate in candidates:
        other = _outline(candidate)
        if abs(len(other) - size) <= left and any(piece in other for piece in pieces):
            edits = _edits(sought, other, left)
            if edits == 0:
                return candidate
            if edits <= left:
                best, left = candidate, edits - 1
    return best


def _outline(word: str) -> str:
    """Return the word with everything equal that is easily taken for one another."""
    return word.lower() if word.isascii() else fold(word).translate(_LOOKS_LATIN)


def _edits(one: str, other: str, limit: int) -> int:
    """Return the optimal string alignment distance, or some number above ``limit``."""
    same = sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(one, other, strict=False)))
    one, other = one[same:], other[same:]
    beyond = limit + 1
    older: list[int] = []
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, x in enumerate(one):
        older, before, row = before, row, [i + 1] + [beyond] * len(other)
        for j in range(max(0, i - limit), min(len(other), i + beyond)):
            y = other[j]
            cost = min(before[j + 1] + 1, row[j] + 1, before[j] + (x != y))
            if i and j and x == other[j - 1] and y == one[i - 1]:
                cost = min(cost, older[j - 1] + 1)
            row[j + 1] = cost
        if min(row) > limit and min(before) >= limit:
            return beyond
    return row[-1]
