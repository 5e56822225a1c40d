"""Sources: the index of all articles, and an article as a line of a list.

Enters: an ``Edition``. Leaves: ``View`` values.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mujaz.model import Language, Route, Source
from mujaz.views import drawings, lists, structured
from mujaz.views.edition import Edition, Place, group
from mujaz.views.frame import About, home_anchor, make_frame, section_title
from mujaz.views.references import source_line
from mujaz.views.values import Phrase, SourceGroup, SourceLine, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mujaz.index import Entry
    from mujaz.views.lists import Slice

UNDATED = "undated"


class Filter(NamedTuple):
    """By what a list can be filtered: "topics", "origins" or "language", and value → label."""

    name: str
    choices: tuple[tuple[str, Phrase], ...]


def year(entry: Entry) -> str:
    """Return the year under which the index lists an article: that of its lower bound."""
    undated, bound = entry[:2]
    return UNDATED if undated else str(date.fromordinal(-bound).year)


def index_slices(edition: Edition) -> tuple[Slice, ...]:
    """Return the pages of the index: a long one has a page per year, the undated at the end."""
    return lists.slices(edition.site.list("sources"), year, edition.language, "sources")


# --- the index --------------------------------------------------------------------------------


def _heading(edition: Edition, name: str) -> str:
    if name == UNDATED:
        return edition.locale.gettext("No date stated")
    return edition.locale.digits(name)


def index_view(number: int, edition: Edition) -> View:
    """Return one page of the index of sources, counted from 0."""
    pages = index_slices(edition)
    part = pages[number]
    parts = lists.part_links(pages, part, lambda name: _heading(edition, name), edition)
    place = Place(part.route)
    title = section_title(edition, "sources")
    if part.name:
        title = f"{title}: {_heading(edition, part.name)}"
    about = About(
        route=part.route,
        title=title,
        summary="",
        versions=_same_part(edition, part.route),
        section="sources",
        crumbs=(home_anchor(edition, place),),
        data=structured.collection(edition, title, part.route),
    )
    entries = edition.site.list("sources")
    cited = {entry[-1] for entry in entries if edition.site.list("citing", entry[-1])}
    keys = [entry[-1] for entry in part.entries]
    briefings = [entry[-1] for entry in edition.briefings]
    never = [key for key in keys if key not in cited]
    values = {
        "frame": make_frame(about, edition),
        "title": title,
        "parts": parts,
        "count": edition.count(entry[-1] for entry in entries),
        "undated": sum(year(entry) == UNDATED for entry in entries),
        "groups": _groups(part.entries, edition, place),
        "axis": drawings.axis(keys, edition),
        "coverage": drawings.coverage(keys, briefings, edition, place),
        "filters": filters(keys, edition),
        "never": tuple(source_line(key, edition, place) for key in never),
        "never_count": len(entries) - len(cited),
    }
    return View(part.route, "sources.html", edition.language, values)


def _same_part(edition: Edition, route: Route) -> dict[Language, Route]:
    """Return the same part of the index in every language: all list the same articles."""
    tail = route.removeprefix(f"{edition.language}/")
    return {each: Route(f"{each}/{tail}") for each in edition.site.settings.languages}


def _groups(entries: tuple[Entry, ...], edition: Edition, place: Place) -> tuple[SourceGroup, ...]:
    years = group((year(entry), entry[-1]) for entry in entries)
    return tuple(
        SourceGroup(
            _heading(edition, name), f"y-{name}", tuple(line(key, edition, place) for key in own)
        )
        for name, own in years.items()
    )


def filters(keys: Sequence[str], edition: Edition) -> tuple[Filter, ...]:
    """Return by what the articles of a list can be told apart."""
    found = [_filter_by(name, keys, edition) for name in ("topics", "origins", "language")]
    return tuple(each for each in found if len(each.choices) > 1)


def _filter_by(name: str, keys: Sequence[str], edition: Edition) -> Filter:
    sources = [edition.site.known_source(key) for key in keys]
    if name == "language":
        labels = {
            str(each.language): edition.own(language_name(each, edition))
            for each in sources
            if each.language
        }
    elif name == "topics":
        topics = [edition.topic(key) for each in sources for key in each.topics]
        labels = {each.slug: edition.own(each.title) for each in topics if each}
    else:
        names = [edition.site.name(key) for each in sources for key in each.origins]
        labels = {
            each.id: label
            for each in names
            if each and (label := edition.localized(each.preferred))
        }
    return Filter(name, tuple(labels.items()))


def line(key: str, edition: Edition, place: Place) -> SourceLine:
    """Return an article as a line of a list, with the number of documents that cite it."""
    documents = {(entry[0], entry[-2]) for entry in edition.site.list("citing", key)}
    return source_line(key, edition, place, cited=len(documents))


def language_name(source: Source, edition: Edition) -> str:
    """Return the language of an article in words; "" where none is stated."""
    names = {
        Language.AR: edition.locale.gettext("Arabic"),
        Language.EN: edition.locale.gettext("English"),
    }
    return names[source.language] if source.language else ""
