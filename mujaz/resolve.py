"""Resolve: a ``Library`` → a ``Site`` in which everything leads where it says.

Enters: the library, and whether drafts are built. Leaves: the complete site and a problem for
every topic, article, origin or paragraph that does not exist. A name that failed to load is still
a name: nothing is reported twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mujaz.citing import check_citations, check_listing
from mujaz.links import resolve_links
from mujaz.model import (
    Backlink,
    Briefing,
    Citation,
    Document,
    Language,
    Library,
    Reference,
    Route,
    Site,
    Source,
    Topic,
)
from mujaz.problems import Location, Problem, problem
from mujaz.text import nearest, sort_key

NAMES = "content/names.yaml"


def resolve(
    library: Library, routes: Mapping[Route, str], *, drafts: bool = False
) -> tuple[Site, list[Problem]]:
    """Return the site, and everything in it that leads nowhere."""
    problems: list[Problem] = []
    sources = {source.id: source for source in library.sources}
    briefings = _briefings(library, drafts=drafts)
    topics = _topics(library)
    documents: list[Document] = [*briefings, *topics, *library.pages]
    for document in documents:
        problems.extend(check_citations(document, sources))
    for briefing in briefings:
        problems.extend(check_listing(briefing, sources))
        problems.extend(_check_topics(briefing, library))
    for source in library.sources:
        problems.extend(_check_source(source, library))
    problems.extend(_check_nav(library))
    targets, broken = resolve_links(documents, library, drafts=drafts)
    problems.extend(broken)
    names = {name.id: name for name in library.names}
    site = Site(
        settings=library.settings,
        briefings=briefings,
        topics=topics,
        pages=library.pages,
        sources=tuple(sorted(library.sources, key=_source_order)),
        images=library.images,
        references={each.path: _references(each, sources) for each in documents},
        backlinks=_backlinks(documents, sources),
        targets=targets,
        origins={
            source.id: tuple(names[key] for key in source.origins if key in names)
            for source in library.sources
        },
        routes=routes,
        drafts=frozenset(each.path for each in library.briefings if each.draft and not drafts),
    )
    return site, problems


def _briefings(library: Library, *, drafts: bool) -> tuple[Briefing, ...]:
    """Return the briefings to build, newest first, then by slug and language."""
    order = list(library.settings.languages)
    built = [each for each in library.briefings if drafts or not each.draft]
    known = [each for each in built if each.language in order]
    return tuple(
        sorted(known, key=lambda b: (-b.date.toordinal(), b.slug, order.index(b.language)))
    )


def _topics(library: Library) -> tuple[Topic, ...]:
    order = list(library.settings.languages)
    known = [each for each in library.topics if each.language in order]
    return tuple(
        sorted(known, key=lambda t: (order.index(t.language), t.order, sort_key(t.title), t.slug))
    )


def _source_order(source: Source) -> tuple[object, ...]:
    """Sort by the earliest day a source can be from; sources without a date come last."""
    start = source.issued.start if source.issued else None
    return (source.issued is None, start or date.min, source.id)


def _references(document: Document, sources: Mapping[str, Source]) -> tuple[Reference, ...]:
    """Number the cited sources of a document in the order of their first mark."""
    marks: dict[str, list[Citation]] = {}
    for citation in document.body.citations:
        if citation.source in sources:
            marks.setdefault(citation.source, []).append(citation)
    return tuple(
        Reference(number, sources[key], tuple(found))
        for number, (key, found) in enumerate(marks.items(), 1)
    )


def _backlinks(
    documents: list[Document], sources: Mapping[str, Source]
) -> dict[str, tuple[Backlink, ...]]:
    found: dict[str, list[Backlink]] = {key: [] for key in sources}
    for document in documents:
        for citation in document.body.citations:
            if citation.source in found:
                found[citation.source].append(Backlink(document, citation))
    return {key: tuple(links) for key, links in found.items()}


def _check_topics(briefing: Briefing, library: Library) -> Iterator[Problem]:
    versions = {(each.slug, each.language) for each in library.topics}
    keys = sorted({each.slug for each in library.topics})
    for key in briefing.topics:
        where = briefing.places[f"topics.{key}"]
        if key not in keys:
            yield _unknown_topic(key, keys, where, briefing.language)
        elif (key, briefing.language) not in versions:
            yield problem(
                "topic-untranslated",
                where,
                f"the topic {key} has no version in {briefing.language}",
                f"add content/topics/{key}.{briefing.language}.md",
            )


def _check_source(source: Source, library: Library) -> Iterator[Problem]:
    """The origins of a source are names marked as origins, and its topics exist."""
    origins = {name.id for name in library.names if name.origin}
    for key in source.origins:
        if key not in origins and NAMES not in library.unread:
            known = any(name.id == key for name in library.names)
            close = nearest(key, sorted(origins))
            yield problem(
                "origin-unknown",
                source.places[f"origins.{key}"],
                f"no origin {key}",
                "add origin: true to its record in names.yaml"
                if known
                else f"did you mean {close}?"
                if close
                else "add it to content/names.yaml",
            )
    topics = sorted({each.slug for each in library.topics})
    for key in source.topics:
        if key not in topics:
            where = source.places[f"topics.{key}"]
            yield _unknown_topic(key, topics, where, library.settings.languages[0])


def _unknown_topic(key: str, known: list[str], where: Location, language: Language) -> Problem:
    close = nearest(key, known)
    hint = f"did you mean {close}?" if close else f"add content/topics/{key}.{language}.md"
    return problem("topic-unknown", where, f"no topic {key}", hint)


def _check_nav(library: Library) -> Iterator[Problem]:
    """An entry of nav is a section or a plain page."""
    known = ["briefings", "topics", "sources", *sorted({page.slug for page in library.pages})]
    for name in library.settings.nav:
        if name not in known:
            close = nearest(name, known)
            yield problem(
                "nav-unknown",
                library.settings.places[f"nav.{name}"],
                f"nav names {name}, which is neither a section nor a page",
                f"did you mean {close}?" if close else f"write one of {', '.join(known)}",
            )
