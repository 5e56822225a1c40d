"""An edition: the site in one language, with the look-ups that its pages share.

Enters: a ``Site`` and the locales. Leaves: an ``Edition`` per language, and ``Place``, which makes
the links of one page. Never formats anything and never looks at a disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from mujaz import routes
from mujaz.model import Briefing, Document, Language, Localized, Route, Site, Source, Topic
from mujaz.views.values import Anchor, Count, Moment, Phrase

if TYPE_CHECKING:
    from mujaz.locale import Locale

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Place:
    """A page as the start of links: relative ones, or absolute ones below ``base``."""

    route: Route
    base: str = ""

    def to(self, end: Route, fragment: str = "") -> str:
        """Return the URL of ``end`` as written on this page."""
        if self.base:
            return routes.permalink(self.base, end) + (f"#{fragment}" if fragment else "")
        return routes.href(self.route, end, fragment)


@dataclass(frozen=True)
class Index:
    """Look-ups over a site, made once; every sequence keeps the site's order of display.

    - ``versions``: kind of document and slug → language → document
    - ``by_topic``, ``topic_sources``: language and topic, or topic → briefings, sources
    - ``by_source``: language and source → the briefings that cite it
    """

    sources: Mapping[str, Source]
    versions: Mapping[tuple[type[Document], str], Mapping[Language, Document]]
    briefings: Mapping[Language, tuple[Briefing, ...]]
    topics: Mapping[Language, tuple[Topic, ...]]
    by_topic: Mapping[tuple[Language, str], tuple[Briefing, ...]]
    topic_sources: Mapping[str, tuple[Source, ...]]
    by_source: Mapping[tuple[Language, str], tuple[Briefing, ...]]


def group(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Return the values under each key, in the order they came."""
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def make_index(site: Site) -> Index:
    """Return the look-ups of a site."""
    documents: tuple[Document, ...] = (*site.briefings, *site.topics, *site.pages)
    versions: dict[tuple[type[Document], str], dict[Language, Document]] = {}
    for language in site.settings.languages:
        for each in documents:
            if each.language == language:
                versions.setdefault((type(each), each.slug), {})[language] = each
    return Index(
        sources={s.id: s for s in site.sources},
        versions=versions,
        briefings=group((b.language, b) for b in site.briefings),
        topics=group((t.language, t) for t in site.topics),
        by_topic=group(((b.language, t), b) for b in site.briefings for t in b.topics),
        topic_sources=group((t, s) for s in site.sources for t in s.topics),
        by_source=group(((b.language, s), b) for b in site.briefings for s in b.sources),
    )


@dataclass(frozen=True)
class Edition:
    """The site in one language."""

    site: Site
    language: Language
    locales: Mapping[Language, Locale]
    index: Index

    @property
    def locale(self) -> Locale:
        """Return how this language writes numbers, dates and the words of the interface."""
        return self.locales[self.language]

    @property
    def title(self) -> Phrase:
        """Return the site's title in this language."""
        return self.localized(self.site.settings.title) or Phrase("", self.language)

    @property
    def briefings(self) -> tuple[Briefing, ...]:
        """Return the briefings of this language, newest first."""
        return self.index.briefings.get(self.language, ())

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return the topics of this language, in their order."""
        return self.index.topics.get(self.language, ())

    @property
    def others(self) -> tuple[Language, ...]:
        """Return the other languages, in the order of the site."""
        return tuple(each for each in self.site.settings.languages if each != self.language)

    def versions(self, document: Document) -> Mapping[Language, Document]:
        """Return every language version of a document, itself included."""
        return self.index.versions[(type(document), document.slug)]

    def topic(self, slug: str) -> Topic | None:
        """Return this language's version of a topic, if it has one."""
        versions = self.index.versions.get((Topic, slug), {})
        found = versions.get(self.language)
        return found if isinstance(found, Topic) else None

    def own(self, text: str) -> Phrase:
        """Return a text of this language."""
        return Phrase(text, self.language)

    def localized(self, texts: Localized | None) -> Phrase | None:
        """Return the text in this language, or in the first language that has one."""
        for language in (self.language, *self.site.settings.languages):
            if texts and texts.get(language):
                return Phrase(texts[language], language)
        return None

    def moment(self, day: date) -> Moment:
        """Return a known day in the words of this language."""
        return Moment(self.locale.date(day), day.isoformat())

    def anchor(self, place: Place, document: Document) -> Anchor:
        """Return a link to a document, in the document's language."""
        label = Phrase(document.title, document.language)
        return Anchor(place.to(routes.document(document)), label)

    def topic_anchors(self, place: Place, slugs: Iterable[str]) -> tuple[Anchor, ...]:
        """Return links to topics, those without a version in this language left out."""
        found = (self.topic(slug) for slug in slugs)
        return tuple(self.anchor(place, topic) for topic in found if topic)

    def count(self, ids: Iterable[str]) -> Count:
        """Return how many articles these are, from how many origins, and how many state none."""
        articles = set(ids)
        named = {each: self.site.origins.get(each, ()) for each in articles}
        origins = {name.id for names in named.values() for name in names}
        return Count(len(articles), len(origins), sum(not names for names in named.values()))
