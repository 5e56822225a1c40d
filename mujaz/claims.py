"""Claims: which file claims which path of the site.

Enters: the library and the names of static files. Leaves: every route of the site with the file it
comes from, and a problem where two files claim one path – also where paths differ only in case or
in Unicode form, which some disks cannot tell apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from mujaz import routes
from mujaz.model import Document, Library, Route, Settings
from mujaz.problems import Location, Problem, problem

Claim = tuple[Route, Location]


def claim_routes(
    library: Library, static: Sequence[str], *, drafts: bool
) -> tuple[dict[Route, str], list[Problem]]:
    """Return route → file, and the conflicts."""
    claimed: dict[Route, str] = {}
    places: dict[str, Location] = {}
    problems: list[Problem] = []
    for route, where in _claims(library, static, drafts=drafts):
        key = unicodedata.normalize("NFC", route).casefold()
        if key in places:
            problems.append(
                problem(
                    "path-conflict",
                    where,
                    f"{where.path} and {places[key].path} both become {route}",
                    "rename one of them",
                )
            )
            continue
        places[key] = where
        claimed[route] = where.path
    return claimed, problems


def _claims(library: Library, static: Sequence[str], *, drafts: bool) -> Iterator[Claim]:
    """Yield every path of the site: what mujaz makes itself, documents, records, files."""
    yield from _own(library.settings)
    built = [each for each in library.briefings if drafts or not each.draft]
    documents: list[Document] = [*built, *library.topics, *library.pages]
    for document in documents:
        yield routes.document(document), Location(document.path)
    for source in library.sources:
        for language in library.settings.languages:
            yield routes.source(language, source.id), Location(source.path)
    for briefing in built:
        for alias in briefing.aliases:
            yield routes.briefing(briefing.language, alias), briefing.places[f"aliases.{alias}"]
    for image in library.images:
        yield routes.image(image), Location(f"content/images/{image}")
    for name in static:
        yield routes.static(name), Location(f"static/{name}")


def _own(settings: Settings) -> Iterator[Claim]:
    """Yield the paths that every site has."""
    where = settings.places["site"]
    for route in routes.OWN:
        yield route, where
    for language in settings.languages:
        yield routes.home(language), where
        yield routes.feed(language), where
        for section in routes.SECTIONS:
            yield routes.section(language, section), where
