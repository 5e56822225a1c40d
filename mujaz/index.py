"""The index: what each thing of a site adds to the lists that others look things up in.

Enters: documents, records, names of files. Leaves: contributions, each a ``Cell`` (the name of a
list) and an ``Entry`` of it, and the lists that they make. A contribution depends on its thing and
the ``Scope`` alone, so the lists can be mended where one thing has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mujaz import routes
from mujaz.filenames import same_name
from mujaz.model import (
    Briefing,
    Document,
    Kind,
    Language,
    Name,
    Route,
    Settings,
    Source,
    Topic,
)
from mujaz.problems import Location
from mujaz.text import sort_key

Cell = tuple[str, ...]
Entry = tuple[Any, ...]
"""Entries sort as they are displayed; the last item is what an entry names."""

Contribution = tuple[Cell, Entry]
_RANK = {Kind.BRIEFING.value: 0, Kind.TOPIC.value: 1, Kind.PAGE.value: 2}
Lists = dict[Cell, tuple[Entry, ...]]


class Scope(NamedTuple):
    """What of a site is built: its languages in their order, and whether drafts are."""

    languages: tuple[Language, ...]
    drafts: bool = False

    def holds(self, document: Document) -> bool:
        """Say whether a document is part of the site."""
        draft = isinstance(document, Briefing) and document.draft and not self.drafts
        return document.language in self.languages and not draft


def make_lists(contributions: Iterable[Contribution]) -> Lists:
    """Return every list, sorted."""
    found: dict[Cell, list[Entry]] = {}
    for cell, entry in contributions:
        found.setdefault(cell, []).append(entry)
    return {cell: tuple(sorted(set(entries))) for cell, entries in found.items()}


def mend_lists(
    lists: Lists, old: Iterable[Contribution], new: Iterable[Contribution]
) -> Iterator[Cell]:
    """Take contributions from the lists, add others, and yield each list that this has changed."""
    gone, come = set(old), set(new)
    changes: dict[Cell, tuple[set[Entry], set[Entry]]] = {}
    for cell, entry in gone - come:
        changes.setdefault(cell, (set(), set()))[0].add(entry)
    for cell, entry in come - gone:
        changes.setdefault(cell, (set(), set()))[1].add(entry)
    for cell, (less, more) in changes.items():
        kept = (each for each in lists.get(cell, ()) if each not in less)
        lists[cell] = tuple(sorted({*kept, *more}))
        if not lists[cell]:
            del lists[cell]
        yield cell


# --- documents -------------------------------------------------------------------------------


def of_document(
    document: Document, cited: Mapping[str, int], scope: Scope
) -> Iterator[Contribution]:
    """Yield what a document adds; ``cited``: article → how many statements of it rest on that."""
    if not scope.holds(document):
        yield ("left out",), (document.path,)
        return
    kind, language, slug = routes.kind(document).value, document.language.value, document.slug
    path, rank = document.path, scope.languages.index(document.language)
    order = _order(document, rank)
    yield ("documents",), (path,)
    yield (kind, language), (*order, path)
    yield ("versions", kind, slug), (rank, language, path)
    yield ("slugs", kind), (slug, language, path)
    yield _claim(routes.document(document), 1, Location(path))
    for key, statements in cited.items():
        yield ("citing", key), (_RANK[kind], *order, statements, language, slug, path)
    if isinstance(document, Topic):
        yield _claim(routes.topic_feed(document.language, slug), 1, Location(path))
    if isinstance(document, Briefing):
        yield from _of_briefing(document, order)


def _order(document: Document, rank: int) -> Entry:
    """Return the order of display within a kind: briefings newest first, topics as they ask."""
    match document:
        case Briefing():
            return -document.date.toordinal(), document.slug, rank
        case Topic():
            return rank, document.order, sort_key(document.title), document.slug
    return (document.slug, rank)


def _of_briefing(briefing: Briefing, order: Entry) -> Iterator[Contribution]:
    language, path = briefing.language.value, briefing.path
    for topic in briefing.topics:
        yield ("on topic", language, topic), (*order, path)
    for source in briefing.sources:
        yield ("from source", language, source), (*order, path)
    for number, each in enumerate(briefing.corrections):
        yield ("corrections", language), (-each.date.toordinal(), *order, number, path)
    for alias in briefing.aliases:
        yield _claim(
            routes.briefing(briefing.language, alias), 3, briefing.places[f"aliases.{alias}"]
        )
        yield ("aliases", language), (alias, path)
    updated = briefing.updated.toordinal()
    yield ("updated",), (briefing.slug, language, updated)
    if not briefing.draft:
        for feed in (("feed", language), *(("feed", language, each) for each in briefing.topics)):
            yield feed, (-updated, *order, path)


# --- records ---------------------------------------------------------------------------------


def of_source(source: Source, scope: Scope) -> Iterator[Contribution]:
    """Yield what the record of an article adds."""
    order = _source_order(source)
    yield ("sources",), (*order, source.id)
    for number, key in enumerate(source.origins):
        yield ("origins", source.id), (number, key)
    for topic in source.topics:
        yield ("sources on topic", topic), (*order, source.id)
    for language in scope.languages:
        yield _claim(routes.source(language, source.id), 2, Location(source.path))


def _source_order(source: Source) -> Entry:
    """Return the order of articles: newest first by the lower bound, those without a date last.

    Of equal bounds the one known more exactly comes last.
    """
    value = source.issued
    if value is None:
        return True, 0, 0, True
    bound, end, has_open_start, _ = value.sort_key
    return False, -bound.toordinal(), -end.toordinal(), not has_open_start


def of_name(name: Name) -> Iterator[Contribution]:
    """Yield what a name adds."""
    yield ("names",), (name.id,)
    if name.origin:
        yield ("names of origins",), (name.id,)


# --- files and the site itself ---------------------------------------------------------------


def of_image(name: str) -> Iterator[Contribution]:
    """Yield what a picture of ``content/images/`` adds."""
    path = f"content/images/{name}"
    yield ("images",), (path,)
    yield ("image", path), (path,)
    yield _claim(routes.image(name), 4, Location(path))


def of_static(name: str) -> Iterator[Contribution]:
    """Yield what a file of ``static/`` adds."""
    yield _claim(routes.static(name), 5, Location(f"static/{name}"))


def of_settings(settings: Settings) -> Iterator[Contribution]:
    """Yield the paths that every site has."""
    where = settings.places["site"]
    for route in routes.OWN:
        yield _claim(route, 0, where)
    for language in settings.languages:
        yield _claim(routes.home(language), 0, where)
        yield _claim(routes.feed(language), 0, where)
        for section in routes.SECTIONS:
            yield _claim(routes.section(language, section), 0, where)


def _claim(route: Route, rank: int, where: Location) -> Contribution:
    """Return the claim of one path; ``rank`` says who may keep it: the lower."""
    return ("claims", same_name(route)), (rank, where.path, where.line, where.column, route)
