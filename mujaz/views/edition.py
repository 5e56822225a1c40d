"""An edition: the site in one language, with what its pages share.

Enters: a ``Site`` and the locales. Leaves: an ``Edition`` per language, and ``Place``, which makes
the links of one page. Never makes HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from mujaz import routes
from mujaz.index import Entry
from mujaz.model import Document, Kind, Language, Localized, Route, Topic
from mujaz.site import Site
from mujaz.views.values import Anchor, Count, Moment, Phrase

if TYPE_CHECKING:
    from mujaz.locale import Locale

Key = TypeVar("Key")
Value = TypeVar("Value")


class Place(NamedTuple):
    """A page as the start of links: relative ones, or absolute ones below ``base``."""

    route: Route
    base: str = ""

    @property
    def folder(self) -> str:
        """Return what the links of all pages beside this one have in common."""
        return f"{self.base}{self.route.rpartition('/')[0]}"

    def to(self, end: Route, fragment: str = "") -> str:
        """Return the URL of ``end`` as written on this page."""
        if self.base:
            return routes.permalink(self.base, end) + (f"#{fragment}" if fragment else "")
        return routes.href(self.route, end, fragment)


def group(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Return the values under each key, in the order they came."""
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


@dataclass(frozen=True)
class Edition:
    """The site in one language."""

    site: Site
    language: Language
    locales: Mapping[Language, Locale]

    @property
    def locale(self) -> Locale:
        """Return how this language writes numbers, dates and the words of the interface."""
        return self.locales[self.language]

    @property
    def title(self) -> Phrase:
        """Return the site's title in this language."""
        return self.localized(self.site.settings.title) or Phrase("", self.language)

    @property
    def briefings(self) -> tuple[Entry, ...]:
        """Return the list of this language's briefings, newest first."""
        return self.site.list(Kind.BRIEFING.value, self.language)

    @property
    def topics(self) -> Iterator[Topic]:
        """Return the topics of this language, in their order."""
        for path in self.site.names(Kind.TOPIC.value, self.language):
            yield cast("Topic", self.site.document(path))

    @property
    def others(self) -> tuple[Language, ...]:
        """Return the other languages, in the order of the site."""
        return tuple(each for each in self.site.settings.languages if each != self.language)

    def routes(self, document: Document) -> dict[Language, Route]:
        """Return the page of every language version of a document, itself included."""
        return {each: routes.document(document, each) for each in self.site.versions(document)}

    def on_topic(self, slug: str) -> tuple[Entry, ...]:
        """Return the list of this language's briefings on a topic, newest first."""
        return self.site.list("on topic", self.language, slug)

    def topic(self, slug: str) -> Topic | None:
        """Return this language's version of a topic, if it has one."""
        for entry in self.site.list("versions", Kind.TOPIC.value, slug):
            if entry[1] == self.language:
                return cast("Topic", self.site.document(entry[-1]))
        return None

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
        found = [self._topic_anchor(place, slug) for slug in slugs]
        return tuple([each for each in found if each])

    def _topic_anchor(self, place: Place, slug: str) -> Anchor | None:
        def make() -> Anchor | None:
            topic = self.topic(slug)
            return self.anchor(place, topic) if topic else None

        return self.site.once(("topic anchor", self.language, place.folder, slug), make)

    def count(self, ids: Iterable[str]) -> Count:
        """Return how many articles these are, from how many origins, and how many state none."""
        named = [self.site.names("origins", each) for each in set(ids)]
        origins = {key for keys in named for key in keys}
        return Count(len(named), len(origins), sum(not keys for keys in named))
