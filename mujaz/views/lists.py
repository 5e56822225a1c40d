"""Lists of briefings: one item, related ones, and how a long list is split.

Enters: briefings and an ``Edition``. Leaves: ``Item`` values and groups of them. The order is
always the site's order of display.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from mujaz import routes
from mujaz.model import Language, Route
from mujaz.views.edition import Place, group
from mujaz.views.values import Anchor, Group, Item, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mujaz.model import Briefing
    from mujaz.views.edition import Edition

LONG = 100
"""A list of more entries than this is split."""

RELATED = 5
"""How many related briefings a briefing names at most."""

CONSIDERED = 100
"""How many of the newest briefings of a source or topic are looked at for related ones."""

Thing = TypeVar("Thing")


def item(briefing: Briefing, edition: Edition, place: Place) -> Item:
    """Return a briefing as a line of a list."""
    return Item(
        link=edition.anchor(place, briefing),
        date=edition.moment(briefing.date),
        summary=edition.own(briefing.summary),
        topics=edition.topic_anchors(place, briefing.topics),
        count=edition.count(briefing.sources),
    )


def items(briefings: Sequence[Briefing], edition: Edition, place: Place) -> tuple[Item, ...]:
    """Return briefings as lines of a list."""
    return tuple(item(each, edition, place) for each in briefings)


def year_groups(briefings: Sequence[Briefing], edition: Edition, place: Place) -> tuple[Group, ...]:
    """Return one group without a heading, or a group per year for a long list."""
    if len(briefings) <= LONG:
        return (Group("", "", items(briefings, edition, place)),) if briefings else ()
    years = group((each.date.year, each) for each in briefings)
    return tuple(
        Group(edition.locale.digits(str(year)), f"y-{year}", items(found, edition, place))
        for year, found in years.items()
    )


@dataclass(frozen=True, slots=True)
class Slice(Generic[Thing]):
    """A page of a list: its name ("" where the list is not split), its place, what it lists."""

    name: str
    route: Route
    things: tuple[Thing, ...]


def slices(
    things: Sequence[Thing], name: Callable[[Thing], str], language: Language, section: str
) -> tuple[Slice[Thing], ...]:
    """Return the pages of a section's list, in its order; the first lies at the section's index.

    A list that is not long is one page.
    """
    long = len(things) > LONG
    named = group((name(each), each) for each in things) if long else {"": tuple(things)}
    return tuple(
        Slice(key, _slice_route(language, section, key if position else ""), found)
        for position, (key, found) in enumerate(named.items())
    )


def _slice_route(language: Language, section: str, name: str) -> Route:
    if not name:
        return routes.section(language, section)
    return routes.section_part(language, section, name)


def part_links(
    pages: Sequence[Slice[Thing]],
    current: Slice[Thing],
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
            len(each.things),
        )
        for each in pages
    )


def related(briefing: Briefing, edition: Edition) -> tuple[Briefing, ...]:
    """Return the briefings that share most with this one: a source weighs 2, a topic 1.

    Equal ones stand newest first; a single shared topic alone is enough.
    """
    shared: Counter[str] = Counter()
    known: dict[str, Briefing] = {}
    language = briefing.language
    for weight, found in (
        *((2, edition.index.by_source.get((language, s), ())) for s in briefing.sources),
        *((1, edition.index.by_topic.get((language, t), ())) for t in briefing.topics),
    ):
        for each in found[:CONSIDERED]:
            if each.path != briefing.path:
                shared[each.path] += weight
                known[each.path] = each
    ranked = sorted(known.values(), key=lambda b: (-shared[b.path], -b.date.toordinal(), b.path))
    return tuple(ranked[:RELATED])
