"""Lists of briefings: one item, and how a long list is split.

Enters: briefings and an ``Edition``. Leaves: ``Item`` values and groups of them. The order is
always the site's order of display.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mujaz import routes
from mujaz.model import Language, Route
from mujaz.views.edition import Place, group
from mujaz.views.values import Anchor, Group, Item, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mujaz.index import Entry
    from mujaz.model import Briefing
    from mujaz.views.edition import Edition

LONG = 100
"""A list of more entries than this is split."""


def item(briefing: Briefing, edition: Edition, place: Place) -> Item:
    """Return a briefing as a line of a list."""
    return Item(
        link=edition.anchor(place, briefing),
        date=edition.moment(briefing.date),
        summary=edition.own(briefing.summary),
        topics=edition.topic_anchors(place, briefing.topics),
        count=edition.count(briefing.sources),
    )


def items(paths: Iterable[str], edition: Edition, place: Place) -> tuple[Item, ...]:
    """Return briefings as lines of a list."""
    return tuple([item(edition.site.briefing(path), edition, place) for path in paths])


def year(entry: Entry) -> str:
    """Return the year of a briefing in a list that stands newest first."""
    return str(date.fromordinal(-entry[0]).year)


def year_groups(entries: Sequence[Entry], edition: Edition, place: Place) -> tuple[Group, ...]:
    """Return one group without a heading, or a group per year for a long list."""
    if not entries:
        return ()
    if len(entries) <= LONG:
        return (Group("", "", items([entry[-1] for entry in entries], edition, place)),)
    years = group((year(entry), entry[-1]) for entry in entries)
    return tuple(
        Group(edition.locale.digits(each), f"y-{each}", items(found, edition, place))
        for each, found in years.items()
    )


class Slice(NamedTuple):
    """A page of a list: its name ("" where the list is not split), its place, what it lists."""

    name: str
    route: Route
    entries: tuple[Entry, ...]


def slices(
    entries: Sequence[Entry], name: Callable[[Entry], str], language: Language, section: str
) -> tuple[Slice, ...]:
    """Return the pages of a section's list, in its order; the first lies at the section's index.

    A list that is not long is one page.
    """
    long = len(entries) > LONG
    named = group((name(each), each) for each in entries) if long else {"": tuple(entries)}
    return tuple(
        Slice(key, _slice_route(language, section, key if position else ""), found)
        for position, (key, found) in enumerate(named.items())
    )


def _slice_route(language: Language, section: str, name: str) -> Route:
    if not name:
        return routes.section(language, section)
    return routes.section_part(language, section, name)


def part_links(
    pages: Sequence[Slice],
    current: Slice,
    label: Callable[[str], str],
    edition: Edition,
) -> tuple[Part, ...]:
    """Return links from one page of a list to all of them; none where the list is not split."""
    if len(pages) == 1:
        return ()
    place = Place(current.route)
    return tuple(
        Part(
            Anchor(
                place.to(each.route),
                edition.own(label(each.name)),
                "page" if each.route == current.route else "",
            ),
            len(each.entries),
        )
        for each in pages
    )
