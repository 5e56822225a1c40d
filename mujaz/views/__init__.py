"""Views: a ``Site`` → what each of its pages has to say, as values that templates receive.

Enters: a ``Site`` and a ``Locale`` per language. Leaves: ``Wanted`` values, one for every page, and
for each of them a ``View``. Never looks at a disk, never makes HTML: ``render`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mujaz import routes
from mujaz.model import Kind
from mujaz.views import briefing, plain, source, sources, topics
from mujaz.views.edition import Edition
from mujaz.views.values import View, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mujaz.locale import Locale
    from mujaz.model import Language, Page, Topic
    from mujaz.site import Site

    Editions = Mapping[Language, Edition]

__all__ = ["Edition", "View", "Wanted", "make_editions", "make_view", "views", "wanted_pages"]


def make_editions(site: Site, locales: Mapping[Language, Locale]) -> dict[Language, Edition]:
    """Return the site in each of its languages, in the order of the site."""
    return {each: Edition(site, each, locales) for each in site.settings.languages}


def wanted_pages(editions: Editions) -> Iterator[Wanted]:
    """Return every page of a site, in a fixed order."""
    first = next(iter(editions))
    yield Wanted(routes.GATEWAY, "gateway", first)
    for language, edition in editions.items():
        yield Wanted(routes.home(language), "home", language)
        for number, part in enumerate(briefing.index_slices(edition)):
            yield Wanted(part.route, "briefings", language, str(number))
        for entry in edition.briefings:
            yield Wanted(routes.briefing(language, entry[1]), "briefing", language, entry[-1])
        yield Wanted(routes.section(language, "topics"), "topics", language)
        for slug, path in _slugs(edition, Kind.TOPIC):
            yield Wanted(routes.topic(language, slug), "topic", language, path)
        for number, part in enumerate(sources.index_slices(edition)):
            yield Wanted(part.route, "sources", language, str(number))
        for slug, path in _slugs(edition, Kind.PAGE):
            yield Wanted(routes.page(language, slug), "page", language, path)
        for alias, path in edition.site.list("aliases", language):
            yield Wanted(routes.briefing(language, alias), "alias", language, alias, path)
    for key in editions[first].site.names("sources"):  # both languages ask for the same documents
        for language in editions:
            yield Wanted(routes.source(language, key), "source", language, key)
    yield Wanted(routes.NOT_FOUND, "not found", first)


def _slugs(edition: Edition, kind: Kind) -> Iterator[tuple[str, str]]:
    """Return slug and path of this language's documents of a kind."""
    for slug, language, path in edition.site.list("slugs", kind.value):
        if language == edition.language:
            yield slug, path


def make_view(wanted: Wanted, editions: Editions) -> View:
    """Return what a page has to say."""
    if wanted.kind == "gateway":
        return plain.gateway_view(editions)
    if wanted.kind == "not found":
        return plain.not_found_view(editions)
    return _VIEWS[wanted.kind](wanted, editions[wanted.language])


_VIEWS: dict[str, Callable[[Wanted, Edition], View]] = {
    "home": lambda _, edition: plain.home_view(edition),
    "briefings": lambda wanted, edition: briefing.index_view(int(wanted.name), edition),
    "briefing": lambda wanted, edition: briefing.briefing_view(
        edition.site.briefing(wanted.name), edition
    ),
    "topics": lambda _, edition: topics.index_view(edition),
    "topic": lambda wanted, edition: topics.topic_view(
        cast("Topic", edition.site.document(wanted.name)), edition
    ),
    "sources": lambda wanted, edition: sources.index_view(int(wanted.name), edition),
    "source": lambda wanted, edition: source.source_view(
        edition.site.known_source(wanted.name), edition
    ),
    "page": lambda wanted, edition: plain.page_view(
        cast("Page", edition.site.document(wanted.name)), edition
    ),
    "alias": lambda wanted, edition: plain.stub_view(
        wanted.name, edition.site.briefing(wanted.of), edition
    ),
}


def views(site: Site, locales: Mapping[Language, Locale]) -> Iterator[View]:
    """Return every page of a site."""
    editions = make_editions(site, locales)
    return (make_view(each, editions) for each in wanted_pages(editions))
