"""Dates: strict calendar dates, and EDTF level 1 values with their bounds and order.

Enters: text as an author wrote it. Leaves: ``datetime.date`` and ``Edtf`` values, or a
``ValueError`` whose message is one plain sentence with a way out. Never guesses: what is not
stated stays open, and words for readers are the business of ``locale``.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR, LAST_YEAR = 1900, 2100
_HIJRI_YEARS = range(1300, 1600)
_SEASONS = range(21, 42)  # EDTF writes them in the place of the month


class Precision(StrEnum):
    """The smallest unit that a date states."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """One date of EDTF: the first and the last day it can mean, and how it was qualified.

    ``unspecified`` is true where the author wrote ``X`` for digits that are not known.
    """

    earliest: date
    latest: date
    precision: Precision
    approximate: bool = False
    uncertain: bool = False
    unspecified: bool = False

    @property
    def qualified(self) -> bool:
        """Return whether the date is approximate, uncertain or both."""
        return self.approximate or self.uncertain


@dataclass(frozen=True, slots=True)
class Edtf:
    """A value of EDTF level 1 (ISO 8601-2): one date, or an interval between two.

    ``first`` and ``last`` are the same date where it is no interval; None is an open or unknown
    side of one, and never both. Whether an interval bounds one unknown date or covers a span is
    not in the value; the record says it.
    """

    text: str
    first: EdtfDate | None
    last: EdtfDate | None
    is_interval: bool = False

    @property
    def start(self) -> date | None:
        """Return the earliest day the value allows, None where that side is open."""
        return self.first.earliest if self.first else None

    @property
    def end(self) -> date | None:
        """Return the latest day the value allows, None where that side is open."""
        return self.last.latest if self.last else None

    @property
    def precision(self) -> tuple[Precision | None, Precision | None]:
        """Return the precision of both sides, None for an open one."""
        return (
            self.first.precision if self.first else None,
            self.last.precision if self.last else None,
        )

    @property
    def approximate(self) -> bool:
        """Return whether a side is marked ``~`` or ``%``."""
        return any(side.approximate for side in (self.first, self.last) if side)

    @property
    def uncertain(self) -> bool:
        """Return whether a side is marked ``?`` or ``%``."""
        return any(side.uncertain for side in (self.first, self.last) if side)

    @property
    def sort_key(self) -> tuple[date, date, bool, str]:
        """Return the key of time order, equal only for values written alike.

        The lower bound decides; an open start has none, so its last possible day stands for it.
        Of equal bounds the one known more exactly comes first, an open end after every other.
        """
        bound = self.start or self.end or date.min
        return bound, self.end or date.max, self.start is None, self.text


_DATE_FORM = "YYYY-MM-DD, as in 2025-11-26"
_EDTF_FORM = "YYYY, YYYY-MM, YYYY-MM-DD or an interval, as in 2025-11/2025-12"
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_SIDE = r"(?:\d{4}(?:-(?:\d\d(?:-(?:\d\d|XX))?|XX(?:-XX)?))?|\d{3}X|\d\dXX)[?~%]?"
_EDTF = re.compile(rf"{_SIDE}|(?:{_SIDE}|\.\.)?/(?:{_SIDE}|\.\.)?", re.ASCII)
_NEARLY = re.compile(
    r"(?<!\d)(\d{4})([-/.‐‑–−])(\d\d?)(?:\2(\d\d?))?(?!\d)(?:[T ]\d\d:.*)?",
    re.ASCII | re.DOTALL,
)


def parse_date(text: str) -> date:
    """Return the day that ``YYYY-MM-DD`` names (ISO 8601, ASCII digits, years 1900–2100).

    Raises ``ValueError`` with a sentence that says what does not hold and what to write.
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise _misspelt(text, parse_date, f"is not a date; write {_DATE_FORM}")
    year, month, day = (int(part) for part in match.groups())
    return _day(text, year, month, day)


def parse_edtf(text: str) -> Edtf:
    """Return the EDTF level 1 value that the text writes (ISO 8601-2, years 1900–2100).

    Taken: a year, month or day; ``X`` for its last digits where they are not known; ``?``, ``~`` or
    ``%`` after it; intervals, ``..`` or nothing for one open side. Not taken: seasons, times of
    day, longer years. Raises ``ValueError`` with a sentence like ``parse_date``.
    """
    if not _EDTF.fullmatch(text):
        raise _misspelt(text, parse_edtf, f"is not an EDTF date; write {_EDTF_FORM}")
    one, slash, other = text.partition("/")
    if not slash:
        only = _edtf_date(one)
        return Edtf(text, only, only)
    if "X" in text:
        raise ValueError(f"“{text}” has unknown digits in an interval; write its bounds in full")
    first, last = (None if side in {"", ".."} else _edtf_date(side) for side in (one, other))
    if first is None and last is None:
        raise ValueError(f"“{text}” states no date; give one side, or leave the date unknown")
    if first and last and first.earliest > last.latest:
        raise ValueError(f"“{text}” ends before it starts; write {other}/{one}")
    return Edtf(text, first, last, is_interval=True)


def _edtf_date(text: str) -> EdtfDate:
    """Return one side of a value that has the form of one; raise where it cannot exist."""
    plain = text.rstrip("?~%")
    mark = text[len(plain) :]
    year, month, day = [*plain.split("-"), "XX", "XX"][:3]
    since, until = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month == "XX":
        unit = (Precision.YEAR, Precision.DECADE, Precision.CENTURY)[year.count("X")]
        earliest, latest = _day(plain, since, 1, 1), _day(plain, until, 12, 31)
    elif day == "XX":
        unit = Precision.MONTH
        earliest = _day(plain, since, int(month), 1)
        latest = earliest.replace(day=monthrange(since, int(month))[1])
    else:
        unit = Precision.DAY
        earliest = latest = _day(plain, since, int(month), int(day))
    return EdtfDate(
        earliest,
        latest,
        unit,
        approximate=mark in {"~", "%"},
        uncertain=mark in {"?", "%"},
        unspecified="X" in plain,
    )


def _day(text: str, year: int, month: int, day: int) -> date:
    """Return the day, or raise with the reason why what the author wrote cannot be meant."""
    if year in _HIJRI_YEARS:
        raise ValueError(f"“{text}”: {year} looks like a Hijri year; write the Gregorian date")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"“{text}” is not between {FIRST_YEAR} and {LAST_YEAR}; check the year")
    if month in _SEASONS and text.count("-") == 1:
        raise ValueError(f"“{text}” names a season; write its months, as in 2025-03/2025-05")
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise ValueError(f"“{text}” does not exist: there is no month {month:02}; write YYYY-MM-DD")
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        reason = f"{year}-{month:02} has {days} days"
        raise ValueError(f"“{text}” does not exist: {reason}; correct the day")
    return date(year, month, day)


def _misspelt(text: str, parse: Callable[[str], object], otherwise: str) -> ValueError:
    """Return the error for a text of the wrong form: with the right one where it can be told.

    Told are other digits, separators, blanks, invisible characters, single digits and times; what
    is wrong with the date so written (``parse`` raises) is said first.
    """
    shown = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)
    plain = "".join(str(unicodedata.decimal(c, c)) for c in text if c.isprintable())
    plain = _NEARLY.sub(_dashed, re.sub(r"\s*(/|$|^)\s*", r"\1", plain))
    plain = re.sub(r"(?<=[\dXx-])x", "X", plain)
    if plain == text:
        return ValueError(f"“{shown}” {otherwise}")
    parse(plain)
    return ValueError(f"“{shown}” is not written as dates are; write {plain}")


def _dashed(match: re.Match[str]) -> str:
    """Return a date of which the year stands first, written with dashes and two digits."""
    return "-".join(part.zfill(2) for part in match.group(1, 3, 4) if part)
