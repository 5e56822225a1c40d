"""The site map (sitemaps.org 0.9, with Google's alternates) and robots.txt.

Enters: a ``Site``. Leaves: one ``Output`` each. Only pages that exist are named; ``lastmod`` comes
from the dates that the content states, never from a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mujaz import routes
from mujaz.model import Briefing, Output
from mujaz.views import briefing, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mujaz.model import Document, Language, Route, Site

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Place:
    """Something with versions: language → page, the page for all others, and its date if known."""

    versions: Mapping[Language, Route]
    default: Route | None = None
    changed: date | None = None


def sitemap(site: Site) -> Output:
    """Return the map of a site that has a ``base_url``."""
    root = Element("urlset", {"xmlns": NAMESPACE, "xmlns:xhtml": XHTML})
    base = site.settings.base_url
    for place in places(site):
        pages = [*place.versions.values()]
        for route in [place.default, *pages] if place.default else pages:
            url = SubElement(root, "url")
            SubElement(url, "loc").text = routes.permalink(base, route)
            if place.changed:
                SubElement(url, "lastmod").text = place.changed.isoformat()
            _alternates(url, place, base)
    indent(root, space="")
    return Output(routes.SITEMAP, tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _alternates(url: Element, place: Place, base: str) -> None:
    pairs = [(str(language), route) for language, route in place.versions.items()]
    default = place.default or routes.default_version(place.versions)
    if default is not None:
        pairs.append(("x-default", default))
    for tag, route in pairs:
        href = routes.permalink(base, route)
        SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": tag, "href": href})


def places(site: Site) -> Iterator[Place]:
    """Return everything that has a page, in a fixed order."""
    languages = site.settings.languages
    newest = max((each.updated for each in site.briefings), default=None)
    yield Place({each: routes.home(each) for each in languages}, routes.GATEWAY, newest)
    yield Place({each: routes.section(each, "topics") for each in languages})
    yield from _indexes(site)
    yield from _documents(site, site.briefings)
    yield from _documents(site, site.topics)
    for source in site.sources:
        yield Place({each: routes.source(each, source.id) for each in languages})
    yield from _documents(site, site.pages)


def _indexes(site: Site) -> Iterator[Place]:
    """Return the index pages of briefings and sources, and the parts of those that are long."""
    yield Place({each: routes.section(each, "briefings") for each in site.settings.languages})
    for language in site.settings.languages:
        briefings = [each for each in site.briefings if each.language == language]
        for part in briefing.index_slices(briefings, language)[1:]:
            yield Place({language: part.route})
    pages = {each: sources.index_slices(site.sources, each) for each in site.settings.languages}
    for same in zip(*pages.values(), strict=True):
        yield Place({language: part.route for language, part in zip(pages, same, strict=True)})


def _documents(site: Site, documents: tuple[Document, ...]) -> Iterator[Place]:
    """Return documents with their versions, each slug once."""
    by_slug: dict[str, dict[Language, Document]] = {}
    for each in documents:
        by_slug.setdefault(each.slug, {})[each.language] = each
    for versions in by_slug.values():
        ordered = {each: versions[each] for each in site.settings.languages if each in versions}
        dates = [each.updated for each in ordered.values() if isinstance(each, Briefing)]
        changed = max(dates, default=None)
        yield Place({k: routes.document(v) for k, v in ordered.items()}, changed=changed)


def robots(site: Site) -> Output:
    """Return ``robots.txt`` (RFC 9309): everything may be read."""
    base = site.settings.base_url
    lines = ["User-agent: *", "Allow: /"]
    if base:
        lines.append(f"Sitemap: {routes.permalink(base, routes.SITEMAP)}")
    return Output(routes.ROBOTS, ("\n".join(lines) + "\n").encode())
