"""Exports: what a ``Site`` gives to machines: feeds, the site map, the theme.

Enters: a ``Site`` in its languages. Leaves: ``Wanted`` values, one for every file, and for each of
them its bytes, which depend on nothing else. Never knows Jinja.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mujaz import routes
from mujaz.exports.atom import feed, topic_feed
from mujaz.exports.sitemap import robots, sitemap
from mujaz.model import Kind, Language, Output
from mujaz.theme import theme
from mujaz.views import Edition, Wanted, make_editions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mujaz.locale import Locale
    from mujaz.model import Topic
    from mujaz.site import Site

__all__ = ["exports", "is_export", "make_export", "wanted_exports"]


def wanted_exports(editions: Mapping[Language, Edition]) -> Iterator[Wanted]:
    """Return every file of a site that is no page and no copy."""
    for language in editions:
        yield Wanted(routes.feed(language), "feed", language)
    first, edition = next(iter(editions.items()))
    for slug, tag, path in edition.site.list("slugs", Kind.TOPIC.value):
        language = Language(tag)
        yield Wanted(routes.topic_feed(language, slug), "topic feed", language, path)
    if edition.site.settings.base_url:
        yield Wanted(routes.SITEMAP, "sitemap", first)
    yield Wanted(routes.ROBOTS, "robots", first)
    yield Wanted(routes.NOJEKYLL, "nojekyll", first)
    yield Wanted(routes.THEME, "theme", first)


_EXPORTS: dict[str, Callable[[Edition, str], bytes]] = {
    "feed": lambda edition, _: feed(edition),
    "topic feed": lambda edition, path: topic_feed(
        cast("Topic", edition.site.document(path)), edition
    ),
    "sitemap": lambda edition, _: sitemap(edition),
    "robots": lambda edition, _: robots(edition.site.settings.base_url),
    "nojekyll": lambda *_: b"",
    "theme": lambda edition, _: theme(edition.site.settings.accent),
}


def is_export(wanted: Wanted) -> bool:
    """Say whether a file is made here and not from a template."""
    return wanted.kind in _EXPORTS


def make_export(wanted: Wanted, editions: Mapping[Language, Edition]) -> bytes:
    """Return the bytes of one of the files."""
    return _EXPORTS[wanted.kind](editions[wanted.language], wanted.name)


def exports(site: Site, locales: Mapping[Language, Locale]) -> Iterator[Output]:
    """Return every file of a site that is no page and no copy."""
    editions = make_editions(site, locales)
    wanted = wanted_exports(editions)
    return (Output(each.route, make_export(each, editions)) for each in wanted)
