"""Structured data: a page as schema.org JSON-LD, and a briefing as ``citation_*`` meta tags.

Enters: documents and sources of a ``Site``. Leaves: mappings ready for ``json.dumps``. Unknown
facts are left out; every node with a text says its language (``inLanguage``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mujaz import routes
from mujaz.model import Briefing
from mujaz.text import strip_controls
from mujaz.views.references import known_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mujaz.model import Document, Language, Route, Source
    from mujaz.views.edition import Edition

Node = dict[str, object]

CONTEXT = "https://schema.org"


def _url(edition: Edition, route: Route) -> str:
    base = edition.site.settings.base_url
    return routes.permalink(base, route) if base else ""


def _node(kind: str, values: Mapping[str, object]) -> Node:
    """Return a node without its empty values; its texts without invisible controls."""
    clean = {k: strip_controls(v) if isinstance(v, str) else v for k, v in values.items()}
    return {"@type": kind, **{key: value for key, value in clean.items() if value}}


def _top(kind: str, values: Mapping[str, object]) -> Node:
    return {"@context": CONTEXT, **_node(kind, values)}


def website(edition: Edition) -> Node:
    """Return the home page of a language as a ``WebSite``."""
    tagline = edition.localized(edition.site.settings.tagline)
    return _top(
        "WebSite",
        {
            "name": edition.title.text,
            "description": tagline.text if tagline else "",
            "inLanguage": str(edition.language),
            "url": _url(edition, routes.home(edition.language)),
            "publisher": _publisher(edition),
        },
    )


def gateway(edition: Edition) -> Node:
    """Return the gateway as a ``WebSite`` in several languages."""
    return _top(
        "WebSite",
        {
            "name": edition.title.text,
            "inLanguage": [str(each) for each in edition.site.settings.languages],
            "url": _url(edition, routes.GATEWAY),
        },
    )


def collection(edition: Edition, name: str, route: Route) -> Node:
    """Return a page that lists things as a ``CollectionPage``."""
    return _top(
        "CollectionPage",
        {
            "name": name,
            "inLanguage": str(edition.language),
            "url": _url(edition, route),
            "isPartOf": _part_of(edition),
        },
    )


def web_page(edition: Edition, name: str, language: Language, route: Route) -> Node:
    """Return any other page as a ``WebPage``."""
    return _top(
        "WebPage",
        {
            "name": name,
            "inLanguage": str(language),
            "url": _url(edition, route),
            "isPartOf": _part_of(edition),
        },
    )


def briefing(document: Briefing, edition: Edition) -> Node:
    """Return a briefing as an ``AnalysisNewsArticle`` that cites its sources."""
    cited = dict.fromkeys(each.source for each in edition.site.citations(document.path))
    return _top(
        "AnalysisNewsArticle",
        {
            "headline": document.title,
            "description": document.summary,
            "datePublished": document.date.isoformat(),
            "dateModified": document.updated.isoformat(),
            "inLanguage": str(document.language),
            "url": _url(edition, routes.document(document)),
            "author": [_node("Person", {"name": each}) for each in document.authors],
            "citation": [_cited(edition.site.known_source(key)) for key in cited],
            "workTranslation": _translations(document, edition),
            "isPartOf": _part_of(edition),
            "publisher": _publisher(edition),
            "license": _licence(edition),
        },
    )


def _licence(edition: Edition) -> str:
    value = edition.site.settings.licence
    return value if value.startswith("https://") else ""


def _cited(source: Source) -> Node:
    return _node(
        "NewsArticle",
        {
            "identifier": source.id,
            "name": source.title or "",
            "inLanguage": str(source.language) if source.language else "",
            "datePublished": known_day(source),
            "url": source.url or "",
        },
    )


def _translations(document: Document, edition: Edition) -> list[Node]:
    return [
        _node(
            "AnalysisNewsArticle",
            {
                "headline": each.title,
                "inLanguage": str(each.language),
                "url": _url(edition, routes.document(each)),
            },
        )
        for each in map(edition.site.document, edition.site.versions(document).values())
        if each.language != document.language
    ]


def _part_of(edition: Edition) -> Node | None:
    if not edition.title.text:
        return None
    return _node(
        "WebSite",
        {
            "name": edition.title.text,
            "inLanguage": str(edition.language),
            "url": _url(edition, routes.home(edition.language)),
        },
    )


def _publisher(edition: Edition) -> Node | None:
    name = edition.localized(edition.site.settings.publisher)
    return _node("Organization", {"name": name.text}) if name else None


def citation_meta(document: Briefing, edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return the Highwire ``citation_*`` tags that reference managers read."""
    publisher = edition.localized(edition.site.settings.publisher)
    pairs = [
        ("citation_title", strip_controls(document.title)),
        *(("citation_author", strip_controls(each)) for each in document.authors),
        ("citation_publication_date", document.date.isoformat()),
        ("citation_language", str(document.language)),
        ("citation_technical_report_institution", publisher.text if publisher else ""),
        ("citation_public_url", _url(edition, routes.document(document))),
    ]
    return tuple((name, value) for name, value in pairs if value)
