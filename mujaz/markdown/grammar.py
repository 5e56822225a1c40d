"""Grammar: the text of a citation group → its items, or where it breaks the grammar.

Enters: a text and the offset of a ``[``. Leaves: a ``Group``, or ``Malformed`` with the offset,
what is wrong and the way out. Knows no source: whether an ID exists is not asked, and one that is
nearly an ID is kept as written, for ``resolve`` to name the source that was meant.

The form is Pandoc's, with Arabic punctuation, digits and locator words::

    group   = "[" item { (";" | "؛") item } "]" [ "{" ok-name="reason" … "}" ]
    item    = ["-"] "@" 16hex [ ("," | "،") locator ] [ ":" quote [ "=" quote ] ]
    locator = ("¶" | "¶¶" | "para." | "الفقرة" | "الفقرات" | "ف" | "ف.") range { ("," | "،") range }
    range   = n [ ("-" | "–") n ]
    quote   = «…» (nesting balanced) | “…” | "…"
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mujaz.ids import explain_id, resembles_id
from mujaz.model import ParagraphRange, Quotation
from mujaz.text import ascii_digits

BLANK = r"[ \t\n\u00a0\u200e\u200f]*+"
DIGITS = "[0-9\u0660-\u0669\u06f0-\u06f9]"

ARTICLE = re.compile(r"@[0-9A-Fa-f]{16}(?![0-9A-Za-z])")
ATTEMPT = re.compile(rf"\[{BLANK}-?{BLANK}@")
_AT = re.compile(rf"{BLANK}-?{BLANK}@{BLANK}")
_WORD = re.compile(r"[^\s\]\[;؛,،:@«“\"{}()\u200e\u200f]*")
_LOCATOR = re.compile(rf"{BLANK}(?:¶¶?|(?:para\.|الفقرات|الفقرة|ف\.?)(?![^\W\d_]))")
_RANGE = re.compile(rf"{BLANK}({DIGITS}{{1,6}})(?:{BLANK}[-–]{BLANK}({DIGITS}{{1,6}}))?")
_COMMA = re.compile(rf"{BLANK}[,،]")
_NEXT = re.compile(rf"{BLANK}[;؛]")
_COLON = re.compile(rf"{BLANK}:{BLANK}")
_EQUALS = re.compile(rf"{BLANK}={BLANK}")
_END = re.compile(rf"{BLANK}\]")
_WAIVERS = re.compile(r"\{((?:\s*ok-[a-z-]+=\"[^\"{}]+\")+)\s*\}")
_WAIVER = re.compile(r"(ok-[a-z-]+)=\"([^\"{}]+)\"")
_PAGE_LIKE = re.compile(rf"{BLANK}(?:pp?\.|ص\.?|صفحة|paras?\b|paragraphs?\b|فقرة|§|{DIGITS})")

_CLOSING = {"“": "”", '"': '"'}


@dataclass(frozen=True, slots=True)
class Item:
    """One cited article in a group; ``offset`` is the place of its ``@`` in the inline text."""

    source: str
    paragraphs: tuple[ParagraphRange, ...]
    quotation: Quotation | None
    offset: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group that parses: its items, its waivers (name → reason), and where it ends."""

    items: tuple[Item, ...]
    waivers: dict[str, str]
    end: int


class Malformed(Exception):  # noqa: N818 - it names what the text is, and never leaves this module
    """A group that breaks the grammar at ``offset``."""

    def __init__(self, offset: int, what: str, hint: str) -> None:
        super().__init__(what)
        self.offset, self.what, self.hint = offset, what, hint


def read_group(text: str, start: int) -> Group:
    """Return the citation group that opens at ``text[start]``; raise ``Malformed`` otherwise."""
    position = start + 1
    items: list[Item] = []
    while True:
        item, position = _read_item(text, position)
        items.append(item)
        if following := _NEXT.match(text, position):
            position = following.end()
            continue
        if closing := _END.match(text, position):
            waivers, end = _read_waivers(text, closing.end())
            return Group(tuple(items), waivers, end)
        raise _unexpected(text, position)


def _read_item(text: str, position: int) -> tuple[Item, int]:
    at = _AT.match(text, position)
    if not at:
        raise Malformed(
            position, "a citation needs @ and an article ID here", "write [@id, ¶ 3] or [@id; @id]"
        )
    offset = text.rindex("@", at.start(), at.end())
    word = _WORD.match(text, at.end())
    written = word.group() if word else ""
    flaw = explain_id(written)
    if flaw and not resembles_id(written):
        raise Malformed(
            offset,
            f"@{written} is not an article ID: it {flaw}"
            if written
            else "the article ID after @ is missing",
            "write @ and the 16 hex digits of the article, or \\[ for a plain bracket",
        )
    position = at.end() + len(written)
    paragraphs, position = _read_locator(text, position)
    quotation, position = _read_quotation(text, position)
    return Item(written, paragraphs, quotation, offset), position


def _read_locator(text: str, position: int) -> tuple[tuple[ParagraphRange, ...], int]:
    comma = _COMMA.match(text, position)
    if not comma:
        if _LOCATOR.match(text, position):
            raise Malformed(position, "a comma is missing before the paragraph", "write [@id, ¶ 3]")
        return (), position
    word = _LOCATOR.match(text, comma.end())
    if not word:
        hint = "write [@id, ¶ 3]; for ¶ also para., الفقرة, الفقرات or ف."
        if _PAGE_LIKE.match(text, comma.end()):
            raise Malformed(comma.end(), "the paragraph number has no ¶ before it", hint)
        raise Malformed(comma.end(), "after the comma comes the paragraph", hint)
    ranges: list[ParagraphRange] = []
    position = word.end()
    while True:
        found = _RANGE.match(text, position)
        if not found:
            raise Malformed(position, "a paragraph number is missing", "write ¶ 3 or ¶ 3-5")
        first = int(ascii_digits(found.group(1)))
        last = int(ascii_digits(found.group(2) or found.group(1)))
        if not 1 <= first <= last:
            raise Malformed(
                found.start(1),
                f"paragraphs {first}-{last} are not a range",
                "paragraphs count from 1, the smaller number first",
            )
        ranges.append(ParagraphRange(first, last))
        position = found.end()
        comma = _COMMA.match(text, position)
        if not comma:
            return tuple(ranges), position
        position = comma.end()


def _read_quotation(text: str, position: int) -> tuple[Quotation | None, int]:
    colon = _COLON.match(text, position)
    if not colon:
        return None, position
    words, position = _read_quote(text, colon.end())
    equals = _EQUALS.match(text, position)
    if not equals:
        return Quotation(words, None), position
    translation, position = _read_quote(text, equals.end())
    return Quotation(words, translation), position


def _read_quote(text: str, start: int) -> tuple[str, int]:
    """Return the words between quotation marks, runs of white space as one blank."""
    opening = text[start : start + 1]
    hint = 'write «…», “…” or "…"'
    if opening == "«":
        end = _balanced_end(text, start)
    elif opening in _CLOSING:
        end = text.find(_CLOSING[opening], start + 1)
    else:
        raise Malformed(start, "after the colon come the quoted words in quotation marks", hint)
    if end < 0:
        raise Malformed(start, f"the quotation mark {opening} is not closed", hint)
    words = " ".join(text[start + 1 : end].split())
    if not words:
        raise Malformed(
            start, "the quotation is empty", "write the exact words, or leave out the :"
        )
    return words, end + 1


def _balanced_end(text: str, start: int) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == "«") - (text[index] == "»")
        if depth == 0:
            return index
    return -1


def _read_waivers(text: str, position: int) -> tuple[dict[str, str], int]:
    found = _WAIVERS.match(text, position)
    if found:
        return dict(_WAIVER.findall(found.group(1))), found.end()
    if text.startswith("{ok", position):
        raise Malformed(
            position,
            "the waiver after the citation cannot be read",
            'write {ok-negation="the reason"}',
        )
    return {}, position


def _unexpected(text: str, position: int) -> Malformed:
    blank = re.compile(BLANK).match(text, position)
    place = blank.end() if blank else position
    if text.find("]", place) < 0:
        return Malformed(position, "the citation is not closed", "write ] behind it")
    return Malformed(
        place,
        f"unexpected {text[place]!r} in a citation",
        "write [@id, ¶ 3], [@id, ¶ 3: «words»] or [@id; @id]",
    )
