"""The site map (sitemaps.org 0.9, with Google's alternates) and robots.txt.

Enters: an ``Edition``. Leaves: the bytes of each. Only pages that exist are named; ``lastmod``
comes from the dates that the content states, never from a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mujaz import routes
from mujaz.model import Kind
from mujaz.views import briefing, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mujaz.model import Language, Route
    from mujaz.site import Site
    from mujaz.views import Edition

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Place:
    """Something with versions: language → page, the page for all others, and its date if known."""

    versions: Mapping[Language, Route]
    default: Route | None = None
    changed: date | None = None


def sitemap(edition: Edition) -> bytes:
    """Return the map of a site that has a ``base_url``."""
    root = Element("urlset", {"xmlns": NAMESPACE, "xmlns:xhtml": XHTML})
    base = edition.site.settings.base_url
    for place in places(edition):
        pages = [*place.versions.values()]
        for route in [place.default, *pages] if place.default else pages:
            url = SubElement(root, "url")
            SubElement(url, "loc").text = routes.permalink(base, route)
            if place.changed:
                SubElement(url, "lastmod").text = place.changed.isoformat()
            _alternates(url, place, base)
    indent(root, space="")
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _alternates(url: Element, place: Place, base: str) -> None:
    pairs = [(str(language), route) for language, route in place.versions.items()]
    default = place.default or routes.default_version(place.versions)
    if default is not None:
        pairs.append(("x-default", default))
    for tag, route in pairs:
        href = routes.permalink(base, route)
        SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": tag, "href": href})


def places(edition: Edition) -> Iterator[Place]:
    """Return everything that has a page, in a fixed order."""
    site = edition.site
    languages = site.settings.languages
    changed: dict[str, date] = {}
    for slug, _, day in site.list("updated"):
        changed[slug] = max(date.fromordinal(day), changed.get(slug, date.min))
    newest = max(changed.values(), default=None)
    yield Place({each: routes.home(each) for each in languages}, routes.GATEWAY, newest)
    yield Place({each: routes.section(each, "topics") for each in languages})
    yield from _indexes(edition)
    for kind, make in (
        (Kind.BRIEFING, routes.briefing),
        (Kind.TOPIC, routes.topic),
        (Kind.PAGE, routes.page),
    ):
        for slug, versions in _versions(site, kind).items():
            pages = {each: make(each, slug) for each in languages if each in versions}
            yield Place(pages, changed=changed.get(slug) if kind is Kind.BRIEFING else None)
    for key in site.names("sources"):
        yield Place({each: routes.source(each, key) for each in languages})


def _versions(site: Site, kind: Kind) -> dict[str, set[str]]:
    """Return slug → languages of the documents of a kind."""
    found: dict[str, set[str]] = {}
    for slug, language, _ in site.list("slugs", kind.value):
        found.setdefault(slug, set()).add(language)
    return found


def _indexes(edition: Edition) -> Iterator[Place]:
    """Return the index pages of briefings and sources, and the parts of those that are long."""
    editions = {each: replace(edition, language=each) for each in edition.site.settings.languages}
    yield Place({each: routes.section(each, "briefings") for each in editions})
    for language, each in editions.items():
        for part in briefing.index_slices(each)[1:]:
            yield Place({language: part.route})
    for same in zip(*map(sources.index_slices, editions.values()), strict=True):
        pairs = zip(editions, same, strict=True)
        yield Place({language: part.route for language, part in pairs})


def robots(base: str) -> bytes:
    """Return ``robots.txt`` (RFC 9309): everything may be read."""
    lines = ["User-agent: *", "Allow: /"]
    if base:
        lines.append(f"Sitemap: {routes.permalink(base, routes.SITEMAP)}")
    return ("\n".join(lines) + "\n").encode()
