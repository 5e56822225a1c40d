"""Sentences: where those of an Arabic or English text begin and end.

Enters: a text. Leaves: spans in code points. Never reads a file and never knows the language: the
signs and the abbreviations of both are looked for in either.
"""

from __future__ import annotations

import re
from itertools import pairwise

_CLOSING = "»›”’\"')\\]}\u200e\u200f\u061c\u2069"
_SENTENCE_END = re.compile(
    rf"(?<![.!?؟…۔])(?P<mark>[.!?؟…۔]++)(?P<closed>(?:[{_CLOSING}]|\[[^\[\]\n]*\])*+)(?=\s|$)"
    r"|\n[^\S\n]*+(?=\n)"
)
_OPENING = " \t\n«‹“‘\"'([\u200e\u200f\u061c\u2066\u2067\u2068"
_TITLE = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Sgt|Capt|Sen|Rep|Gov|Pres|St|Rev|Hon|[Vv]s|[Cc]f"
    r"|[Ee]g|[Ii]e|[Cc]a|viz)$"
)
_BEFORE_NUMBER = re.compile(
    r"(?<!\w)(?:Nos?|Arts?|pp?|Vol|Figs?|Paras?|Sec|Ch|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|approx)$",
    re.IGNORECASE,
)
_ARABIC_LETTER = re.compile(r"(?<![\w\u064b-\u0652])و?[ء-ي]ـ?$")
_AFTER_NUMBER = re.compile(r"\d\s*[ء-ي]ـ?$")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?)*[^\W\d_]ـ?$")
_STARTER = re.compile(
    r"(?:The|An?|This|That|These|Those|It|Its|He|She|They|We|You|His|Her|Their|There|In|On|At|By"
    r"|For|From|But|And|Or|If|When|While|After|Before|As|Since|However|Both|Many|Some|Most)\b"
)


_LETTER = re.compile(r"[^\W\d_]")  # before it: a list number, a lone ellipsis
_LONG = 7
"""A word of so many letters is no abbreviation."""

_FAR = 60
"""How many characters before a full stop are looked at for an abbreviation."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans (start, end in code points) of the sentences of Arabic or English text.

    A sentence ends at ``. ! ? ؟ …``, with the quotation marks and brackets that close after it,
    before a space or the end, and at an empty line; not at ``؛``, in numbers, after abbreviations
    and initials (U.S., Mr., No. 5, د.), at ``[…]``, nor before a small letter. The spans have no
    outer space, stand in order and cover every other character.
    """
    cuts = [0]
    letter = -1  # where the first letter behind the last cut stands
    for match in _SENTENCE_END.finditer(text):
        if letter < cuts[-1]:
            found = _LETTER.search(text, cuts[-1])
            letter = found.start() if found else len(text)
        head = text[max(cuts[-1], match.start() - _FAR) : match.start()]
        if match["mark"] is None or (letter < match.start() and _ends(head, match)):
            cuts.append(match.end())
    cuts.append(len(text))
    spans = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if not piece.isspace() and piece:
            lead = len(piece) - len(piece.lstrip())
            spans.append((start + lead, start + len(piece.rstrip())))
    return spans


def _ends(head: str, match: re.Match[str]) -> bool:
    """Return whether the punctuation found ends the sentence whose last signs are ``head``."""
    mark, closed = match["mark"], match["closed"]
    rest = match.string[match.end() : match.end() + 40].lstrip(_OPENING)
    if head.endswith(("[", "(")):
        return False  # a gap in a quotation
    if rest[:1].islower():
        return not closed and mark.strip("!?؟") == ""
    return mark != "." or not _abbreviates(head, rest)


def _abbreviates(head: str, rest: str) -> bool:
    """Return whether a full stop between ``head`` and ``rest`` belongs to an abbreviation."""
    if head[-_LONG:].isalpha() and len(head) > _LONG:
        return False
    if _TITLE.search(head) or (_BEFORE_NUMBER.search(head) and rest[:1].isdecimal()):
        return True
    if _ARABIC_LETTER.search(head):
        return not _AFTER_NUMBER.search(head)  # «1990 م.» ends, «د. سامي» does not
    return bool(_INITIALS.search(head) and rest and not _STARTER.match(rest))
