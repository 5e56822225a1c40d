"""The site: everything that pages are made of, looked up by name.

Enters: settings, the lists of the index, and a shelf of values that may lie in memory or on the
disk. Leaves: documents, records and lists, each when it is asked for. The site remembers what was
asked, so that whoever makes something from it also knows what it was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar, cast

from mujaz import routes
from mujaz.index import Cell, Entry, Lists, Scope
from mujaz.model import (
    Body,
    Briefing,
    Citation,
    Document,
    Heading,
    Image,
    Language,
    Link,
    Name,
    Piece,
    Route,
    Settings,
    Source,
)
from mujaz.problems import Location


class Text(NamedTuple):
    """What the page of a document shows of its body."""

    html: tuple[Piece, ...]
    headings: tuple[Heading, ...]


class Facts(NamedTuple):
    """What a body asks of other files: links, pictures, the places of its citations.

    ``attempts`` are article IDs in citations that could not be read.
    """

    links: tuple[Link, ...]
    images: tuple[Image, ...]
    places: tuple[Location, ...]
    attempts: frozenset[str]


class Haven(NamedTuple):
    """Where links to a document lead: its page, and the ids on it."""

    route: Route
    anchors: frozenset[str]


class Linked(NamedTuple):
    """What resolving a document has found, in plain values.

    ``targets``: address as written → route and fragment; ``related``: paths of briefings.
    """

    targets: Mapping[str, tuple[str, str]]
    related: tuple[str, ...]


Thing = TypeVar("Thing")
Shelf = Mapping[Cell, Any]
"""``(kind, name)`` → value. ``shelved`` says what lies there of a document or record."""


def shelved(document: Document, body: Body) -> dict[str, object]:
    """Return kind → value of everything that lies on the shelf under the path of a document."""
    return {
        "document": document,
        "text": Text(body.html, body.headings),
        "citations": body.citations,
        "facts": Facts(body.links, body.images, body.places, body.attempts),
        "anchors": body.anchors,
    }


class Site:
    """Complete and never changed; ``reads`` are the names of all that was looked up so far."""

    def __init__(self, settings: Settings, scope: Scope, lists: Lists, shelf: Shelf) -> None:
        self.settings = settings
        self.scope = scope
        self.reads: set[Cell] = set()
        self._made: dict[tuple[str, ...], tuple[object, set[Cell]]] = {}
        self._lists = lists
        self._shelf = shelf

    def list(self, *cell: str) -> tuple[Entry, ...]:
        """Return the entries of a list in their order; an unknown list is empty."""
        self.reads.add(cell)
        return self._lists.get(cell, ())

    def names(self, *cell: str) -> tuple[str, ...]:
        """Return what the entries of a list name: paths, IDs or keys."""
        return tuple([entry[-1] for entry in self.list(*cell)])

    def get(self, *cell: str) -> Any:  # noqa: ANN401 - what lies on a shelf depends on its name
        """Return a value from the shelf, None where there is none."""
        self.reads.add(cell)
        return self._shelf.get(cell)

    def once(self, name: tuple[str, ...], make: Callable[[], Thing]) -> Thing:
        """Return what was made under this name before, or make it; its reads count every time."""
        found = self._made.get(name)
        if found is None:
            outer, self.reads = self.reads, set()
            found = self._made[name] = (make(), self.reads)
            self.reads = outer
        self.reads |= found[1]
        return cast("Thing", found[0])

    # --- documents ---------------------------------------------------------------------------

    def document(self, path: str) -> Document:
        """Return a document by its path, without its body."""
        return cast("Document", self.get("document", path))

    def briefing(self, path: str) -> Briefing:
        """Return a briefing by its path."""
        return cast("Briefing", self.document(path))

    def text(self, path: str) -> Text:
        """Return the body of a document as its page shows it."""
        return cast("Text", self.get("text", path))

    def citations(self, path: str) -> tuple[Citation, ...]:
        """Return the citations of a document in reading order."""
        return cast("tuple[Citation, ...]", self.get("citations", path))

    def facts(self, path: str) -> Facts:
        """Return what the body of a document asks of other files."""
        return cast("Facts", self.get("facts", path))

    def haven(self, path: str) -> Haven | None:
        """Return where links to a document lead; None where it is not part of the site."""
        document = self.get("document", path)
        if not isinstance(document, Document) or not self.scope.holds(document):
            return None
        return Haven(routes.document(document), self.get("anchors", path))

    def linked(self, path: str) -> Linked:
        """Return where the links of a document lead, and the briefings related to it."""
        return cast("Linked", self.get("linked", path))

    def versions(self, document: Document) -> dict[Language, str]:
        """Return language → path of every version of a document, itself included."""
        found = self.list("versions", routes.kind(document).value, document.slug)
        return {Language(entry[1]): entry[2] for entry in found}

    # --- records -----------------------------------------------------------------------------

    def source(self, key: str) -> Source | None:
        """Return the record of an article."""
        return cast("Source | None", self.get("source", key))

    def known_source(self, key: str) -> Source:
        """Return the record of an article that has been cited without a problem."""
        return cast("Source", self.source(key))

    def name(self, key: str) -> Name | None:
        """Return a record of ``names.yaml``."""
        return cast("Name | None", self.get("name", key))
