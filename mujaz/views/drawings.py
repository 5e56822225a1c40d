"""Drawings: what a picture says of the evidence, as numbers that templates draw.

Enters: IDs of articles, paths of briefings, an ``Edition``. Leaves: positions and radii in units
of the drawing, counted from the start of the line; a page that reads from right to left mirrors
them. A drawing never says what the words beside it do not say as well.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from mujaz.dates import parse_edtf
from mujaz.views.references import source_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mujaz.model import Source
    from mujaz.views.edition import Edition, Place
    from mujaz.views.values import Anchor, SourceLine

AXIS = 1000
"""How long the axis of time is."""

MOST_ROWS, MOST_COLUMNS = 24, 12
"""A coverage table of more sources or briefings than these says less than a list."""

LARGEST = 9.0
"""The radius of the largest dot of a coverage table."""


class Span(NamedTuple):
    """Where a date lies on the axis of a drawing, in thousandths from its start.

    ``certain`` when the article states it; an open side reaches the end of the axis.
    """

    start: int
    end: int
    certain: bool
    open_start: bool
    open_end: bool


class Axis(NamedTuple):
    """The time that a drawing shows: its two ends in words, and each article's place on it."""

    first: str
    last: str
    spans: Mapping[str, Span]


class Use(NamedTuple):
    """A source at work: how many statements rest on it, and that in hundredths of the most."""

    source: SourceLine
    statements: int
    share: int


class Dot(NamedTuple):
    """How many statements of a briefing rest on a source; the radius of a dot of that area."""

    statements: int
    radius: float


class Row(NamedTuple):
    """A row of a coverage table: a source, and a dot for each briefing."""

    source: SourceLine
    dots: tuple[Dot, ...]


class Coverage(NamedTuple):
    """Which briefing rests on which source."""

    briefings: tuple[Anchor, ...]
    rows: tuple[Row, ...]


def undated(keys: Iterable[str], edition: Edition) -> int:
    """Return how many of these articles state no date from which even a bound could be drawn."""
    found = [edition.site.source(key) for key in keys]
    return sum(each is not None and each.issued is None for each in found)


def axis(keys: Sequence[str], edition: Edition) -> Axis | None:
    """Return when these articles appeared; None where they span no time."""
    sources = [edition.site.known_source(key) for key in keys]
    sides = [(each.issued.start, each.issued.end) for each in sources if each.issued]
    days = [day for side in sides for day in side if day]
    if not days or min(days) == max(days):
        return None
    first, last = min(days), max(days)
    spans = {each.id: span for each in sources if (span := _span(each, first, last))}
    words = [_month(day, edition) for day in (first, last)]
    if words[0] == words[1]:
        words = [edition.locale.date(day) for day in (first, last)]
    return Axis(words[0], words[1], spans)


def _month(day: date, edition: Edition) -> str:
    return edition.locale.edtf(parse_edtf(f"{day:%Y-%m}"))


def _span(source: Source, first: date, last: date) -> Span | None:
    if source.issued is None:
        return None
    start, end = source.issued.start, source.issued.end
    whole = (last - first).days
    return Span(
        start=round(AXIS * ((start or first) - first).days / whole),
        end=round(AXIS * ((end or last) - first).days / whole),
        certain=source.issued_is_span or _is_stated(source),
        open_start=start is None,
        open_end=end is None,
    )


def _is_stated(source: Source) -> bool:
    """Say whether an article states its date, to the day or less exactly."""
    value = source.issued
    if value is None or source.issued_reason is not None:
        return False
    return not (value.is_interval or value.approximate or value.uncertain)


def statements(key: str, edition: Edition) -> dict[str, int]:
    """Return path → how many statements of a document of this language rest on an article."""
    entries = edition.site.list("citing", key)
    return {entry[-1]: entry[-4] for entry in entries if entry[-3] == edition.language}


def uses(edition: Edition, place: Place, number: int) -> tuple[Use, ...]:
    """Return the articles on which most statements of this language rest, the most used first."""
    counts = {key: sum(statements(key, edition).values()) for key in edition.site.names("sources")}
    used = sorted((key for key in counts if counts[key]), key=lambda key: -counts[key])[:number]
    return tuple(
        Use(
            source_line(key, edition, place),
            counts[key],
            max(1, round(100 * counts[key] / counts[used[0]])),
        )
        for key in used
    )


def coverage(
    keys: Sequence[str], paths: Sequence[str], edition: Edition, place: Place
) -> Coverage | None:
    """Return which of the briefings rest on which of the articles; None for too many, or one."""
    if not (1 < len(keys) <= MOST_ROWS and 1 < len(paths) <= MOST_COLUMNS):
        return None
    counts = {key: statements(key, edition) for key in keys}
    most = max((each.get(path, 0) for each in counts.values() for path in paths), default=0)
    if not most:
        return None
    return Coverage(
        tuple(edition.anchor(place, edition.site.briefing(path)) for path in paths),
        tuple(
            Row(
                source_line(key, edition, place),
                tuple(_dot(counts[key].get(path, 0), most) for path in paths),
            )
            for key in keys
        ),
    )


def _dot(number: int, most: int) -> Dot:
    """Return a dot whose area is to the largest as its number to the most."""
    return Dot(number, round(LARGEST * sqrt(number / most), 1))
