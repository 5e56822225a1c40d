"""Resolve: every name in a file leads to something, or a problem says that it does not.

Enters: a document, a record or the settings, and the site. Leaves: for a document where its links
lead and what is related to it; for everything a problem where a topic, article, origin, paragraph
or page does not exist. A name that failed to load is still a name: nothing is reported twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import nlargest

from mujaz.citing import check_citations, check_listing
from mujaz.index import Entry
from mujaz.links import resolve_links
from mujaz.model import Briefing, Document, Kind, Language, Settings, Source
from mujaz.problems import Location, Problem, problem
from mujaz.site import Linked, Site
from mujaz.text import nearest

NAMES = "content/names.yaml"

RELATED = 5
"""How many related briefings a briefing has at most."""

CONSIDERED = 100
"""How many of the newest briefings of a source or topic are looked at for related ones."""


class _Sources(Mapping[str, Source]):
    """The records of a site by ID, each looked up when it is asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __getitem__(self, key: str) -> Source:
        if source := self._site.source(key):
            return source
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._site.names("sources")))

    def __len__(self) -> int:
        return len(self._site.list("sources"))


def resolve(document: Document, site: Site) -> tuple[Linked, list[Problem]]:
    """Return where a document leads, and everything in it that leads nowhere."""
    sources = _Sources(site)
    facts = site.facts(document.path)
    citations = tuple(zip(site.citations(document.path), facts.places, strict=True))
    problems = list(check_citations(citations, sources))
    related: tuple[str, ...] = ()
    if isinstance(document, Briefing):
        problems += check_listing(document, citations, facts.attempts, sources)
        problems += _check_topics(document, site)
        related = find_related(document, site)
    targets, broken = resolve_links(document, site)
    return Linked(targets, related), [*problems, *broken]


def find_related(briefing: Briefing, site: Site) -> tuple[str, ...]:
    """Return the briefings that share most with this one: a source weighs 2, a topic 1.

    Equal ones stand newest first; a single shared topic alone is enough.
    """
    weights: dict[str, int] = {}
    places: dict[str, Entry] = {}
    language = briefing.language.value
    lists = [(2, ("from source", language, each)) for each in briefing.sources]
    lists += [(1, ("on topic", language, each)) for each in briefing.topics]
    for weight, cell in lists:
        for entry in site.list(*cell)[:CONSIDERED]:
            path = entry[-1]
            weights[path] = weights.get(path, 0) + weight
            places[path] = entry
    weights.pop(briefing.path, None)
    least = min(nlargest(RELATED, weights.values()), default=0)
    ranked = sorted((-n, places[path]) for path, n in weights.items() if n >= least)
    return tuple(entry[-1] for _, entry in ranked[:RELATED])


def _check_topics(briefing: Briefing, site: Site) -> Iterator[Problem]:
    for key in briefing.topics:
        where = briefing.places[f"topics.{key}"]
        languages = {entry[1] for entry in site.list("versions", Kind.TOPIC.value, key)}
        if not languages:
            yield _unknown_topic(key, site, where, briefing.language)
        elif briefing.language not in languages:
            yield problem(
                "topic-untranslated",
                where,
                f"the topic {key} has no version in {briefing.language}",
                f"add content/topics/{key}.{briefing.language}.md",
            )


def check_source(source: Source, site: Site) -> Iterator[Problem]:
    """The origins of a source are names marked as origins, and its topics exist."""
    for key in source.origins:
        name = site.name(key)
        if not (name and name.origin) and NAMES not in site.names("unread"):
            close = nearest(key, site.names("names of origins"))
            yield problem(
                "origin-unknown",
                source.places[f"origins.{key}"],
                f"no origin {key}",
                "add origin: true to its record in names.yaml"
                if name
                else f"did you mean {close}?"
                if close
                else "add it to content/names.yaml",
            )
    for key in source.topics:
        if not site.list("versions", Kind.TOPIC.value, key):
            where = source.places[f"topics.{key}"]
            yield _unknown_topic(key, site, where, site.settings.languages[0])


def _unknown_topic(key: str, site: Site, where: Location, language: Language) -> Problem:
    known = dict.fromkeys(entry[0] for entry in site.list("slugs", Kind.TOPIC.value))
    close = nearest(key, known)
    hint = f"did you mean {close}?" if close else f"add content/topics/{key}.{language}.md"
    return problem("topic-unknown", where, f"no topic {key}", hint)


def check_logo(settings: Settings, site: Site) -> Iterator[Problem]:
    """The logo is a picture of ``content/images/``."""
    known = {each.removeprefix("content/images/") for each in site.names("images")}
    if settings.logo and settings.logo not in known:
        close = nearest(settings.logo, known)
        yield problem(
            "image-missing",
            settings.places["logo"],
            f"there is no picture {settings.logo}",
            f"did you mean {close}?" if close else "put it into content/images/",
        )


def check_nav(settings: Settings, site: Site) -> Iterator[Problem]:
    """An entry of nav is a section or a plain page."""
    pages = dict.fromkeys(entry[0] for entry in site.list("slugs", Kind.PAGE.value))
    known = ["briefings", "topics", "sources", *pages]
    for name in settings.nav:
        if name not in known:
            close = nearest(name, known)
            yield problem(
                "nav-unknown",
                settings.places[f"nav.{name}"],
                f"nav names {name}, which is neither a section nor a page",
                f"did you mean {close}?" if close else f"write one of {', '.join(known)}",
            )
