"""A site put together in memory: what the pipeline does with files, done with values.

Enters: settings, documents with their bodies, records. Leaves: a ``Site`` that is resolved, and its
problems.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mujaz import index
from mujaz.claims import check_claims
from mujaz.index import Cell, Contribution, Scope
from mujaz.load import read
from mujaz.model import (
    Body,
    Briefing,
    Document,
    Language,
    Name,
    Page,
    RawDocument,
    Settings,
    Source,
    Topic,
)
from mujaz.problems import Problem
from mujaz.resolve import check_logo, check_nav, check_source, resolve
from mujaz.site import Site, shelved
from mujaz.walk import walk


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything valid, nothing linked; ``images`` are paths below ``content/images/``."""

    settings: Settings
    documents: Sequence[tuple[Document, Body]] = ()
    sources: Sequence[Source] = ()
    names: Sequence[Name] = ()
    images: Sequence[str] = ()
    static: Sequence[str] = ()

    @property
    def briefings(self) -> tuple[Briefing, ...]:
        """Return the briefings."""
        return tuple(each for each, _ in self.documents if isinstance(each, Briefing))

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return the topics."""
        return tuple(each for each, _ in self.documents if isinstance(each, Topic))

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return the plain pages."""
        return tuple(each for each, _ in self.documents if isinstance(each, Page))


def assemble(library: Library, *, drafts: bool = False) -> tuple[Site, list[Problem]]:
    """Return the site, and everything in it that leads nowhere."""
    scope = Scope(library.settings.languages, drafts)
    lists = index.make_lists(contributions(library, scope))
    shelf: dict[Cell, Any] = {("source", each.id): each for each in library.sources}
    shelf |= {("name", each.id): each for each in library.names}
    for document, body in library.documents:
        shelf |= {(k, document.path): v for k, v in shelved(document, body).items()}
    site = Site(library.settings, scope, lists, shelf)
    problems = [
        *check_claims(lists),
        *check_nav(library.settings, site),
        *check_logo(library.settings, site),
    ]
    for source in library.sources:
        problems += check_source(source, site)
    for document, _ in library.documents:
        if scope.holds(document):
            shelf["linked", document.path], found = resolve(document, site)
            problems += found
    return site, problems


def contributions(library: Library, scope: Scope) -> Iterator[Contribution]:
    """Return what everything in a library adds to the lists."""
    yield from index.of_settings(library.settings)
    for document, body in library.documents:
        cited = Counter(each.source for each in body.citations)
        yield from index.of_document(document, cited, scope)
    for source in library.sources:
        yield from index.of_source(source, scope)
    for name in library.names:
        yield from index.of_name(name)
    for image in library.images:
        yield from index.of_image(image)
    for static in library.static:
        yield from index.of_static(static)


def briefings(site: Site) -> tuple[Briefing, ...]:
    """Return the briefings of a site in every language, newest first, then by slug."""
    entries = [e for each in site.scope.languages for e in site.list("briefings", each)]
    return tuple(site.briefing(entry[-1]) for entry in sorted(entries))


def documents(site: Site) -> tuple[Document, ...]:
    """Return every document of a site, by path."""
    return tuple(map(site.document, site.names("documents")))


def language_of(path: str) -> Language:
    """Return the language of a document by its path."""
    return Language(path.split(".")[-2])


@dataclass(frozen=True)
class Loaded:
    """What lies in ``content/``: documents and pictures by path, and what was left out.

    ``images`` are paths below ``content/images/``, ``skipped`` are hidden files and editors'
    copies; both with slashes.
    """

    documents: tuple[RawDocument, ...]
    images: tuple[str, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


def load(root: Path) -> Loaded:
    """Return everything that lies in ``root/content``, in the same order on every system."""
    tree = walk(root)
    read_all = [read(file) for file in tree.files]
    return Loaded(
        documents=tuple(document for document, _ in read_all),
        images=tuple(image.name for image in tree.images),
        skipped=tuple(tree.skipped),
        problems=(*tree.problems, *(each for _, found in read_all for each in found)),
    )
