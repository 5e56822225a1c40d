"""Routes: a thing → its path in the site; two paths → a relative link.

Enters: languages, slugs, IDs. Leaves: ``Route`` values. Never looks at a disk. Every page is a flat
``.html`` file and every link between pages is relative, so the site opens from a folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote

from mujaz.model import Briefing, Document, Kind, Language, Page, Route, Topic

_UNRESERVED = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch  # what stays as it is (RFC 3986)

GATEWAY = Route("index.html")
NOT_FOUND = Route("404.html")
SITEMAP = Route("sitemap.xml")
ROBOTS = Route("robots.txt")
NOJEKYLL = Route(".nojekyll")
MANIFEST = Route("manifest.sha256")
THEME = Route("static/css/theme.css")
OWN = (GATEWAY, NOT_FOUND, SITEMAP, ROBOTS, NOJEKYLL, MANIFEST, THEME)
"""The files that every site has once, whatever its languages."""

SECTIONS = ("briefings", "topics", "sources")
"""The sections that every language has; each has an index page of that name."""


def home(language: Language) -> Route:
    """Return the home page of a language."""
    return Route(f"{language}/index.html")


def section(language: Language, name: str) -> Route:
    """Return the index page of one of ``SECTIONS``."""
    return Route(f"{language}/{name}/index.html")


def section_part(language: Language, name: str, part: str) -> Route:
    """Return a further page of a section's list; no document can lie in a folder of its own."""
    return Route(f"{language}/{name}/{part}/index.html")


def briefing(language: Language, slug: str) -> Route:
    """Return the page of a briefing; an alias of it lies at the same kind of path."""
    return Route(f"{language}/briefings/{slug}.html")


def topic(language: Language, slug: str) -> Route:
    """Return the page of a topic."""
    return Route(f"{language}/topics/{slug}.html")


def source(language: Language, source_id: str) -> Route:
    """Return the page of a source in a language."""
    return Route(f"{language}/sources/{source_id}.html")


def page(language: Language, slug: str) -> Route:
    """Return the page of a plain page."""
    return Route(f"{language}/{slug}.html")


def feed(language: Language) -> Route:
    """Return the Atom feed of a language."""
    return Route(f"{language}/feed.xml")


def topic_feed(language: Language, slug: str) -> Route:
    """Return the Atom feed of a topic in a language; it lies beside the topic's page."""
    return Route(f"{language}/topics/{slug}.xml")


def kind(value: Document) -> Kind:
    """Return what a Markdown document is."""
    match value:
        case Briefing():
            return Kind.BRIEFING
        case Topic():
            return Kind.TOPIC
        case Page():
            return Kind.PAGE
    raise TypeError(type(value).__name__)


def document(value: Document, language: Language | None = None) -> Route:
    """Return the page of any Markdown document, or of its version in another language."""
    makers = {Kind.BRIEFING: briefing, Kind.TOPIC: topic, Kind.PAGE: page}
    return makers[kind(value)](language or value.language, value.slug)


def image(name: str) -> Route:
    """Return where a picture of ``content/images/`` is copied to."""
    return Route(f"images/{name}")


def static(name: str) -> Route:
    """Return where a file of ``static/`` is copied to."""
    return Route(f"static/{name}")


def href(start: Route, end: Route, fragment: str = "") -> str:
    """Return the relative URL of ``end`` seen from the page ``start``, percent-encoded (RFC 3986).

    Letters beyond ASCII stay readable in a fragment (RFC 3987); a link to the page itself with a
    fragment is the fragment alone.
    """
    anchor = f"#{fragment}" if fragment else ""
    if start == end and anchor:
        return anchor
    here, there = start.split("/")[:-1], end.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    steps = [".."] * (len(here) - shared) + there[shared:]
    path = "/".join(steps)
    return (path if _UNRESERVED(path) else quote(path)) + anchor


def default_version(versions: Mapping[Language, Route]) -> Route | None:
    """Return the version for readers of any other language: the first in the site's order.

    A page that exists in one language only needs none.
    """
    return next(iter(versions.values())) if len(versions) > 1 else None


def permalink(base_url: str, route: Route) -> str:
    """Return the absolute URL of a route; ``index.html`` is left out, as servers answer it.

    ``base_url`` ends in a slash.
    """
    path = route.removesuffix("index.html") if posixpath.basename(route) == "index.html" else route
    return base_url + quote(path)
