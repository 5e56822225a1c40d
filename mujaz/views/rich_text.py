"""The body of a document as one page shows it: HTML with holes, links as seen from the page, marks.

Enters: a document and the page it stands on. Leaves: ``RichText``. Never fills a hole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mujaz.markdown import PREFIX
from mujaz.model import Route
from mujaz.views.references import marks
from mujaz.views.values import Heading, Mark, Phrase, RichText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mujaz.model import Document, Piece
    from mujaz.views.edition import Edition, Place

CONTENTS_FROM = 4
"""How many headings a document needs before it gets a list of contents."""


def rich_text(document: Document, edition: Edition, place: Place) -> RichText:
    """Return a document's body with every internal link as written on this page."""
    links = {
        written: place.to(Route(route), fragment)
        for written, (route, fragment) in edition.site.linked(document.path).targets.items()
    }
    html = edition.site.text(document.path).html
    return RichText(html, links, _introduced(marks(document, edition, place), html), "")


def _introduced(found: dict[int, Mark], html: Iterable[Piece]) -> dict[int, Mark]:
    """Say which marks name their source first; those in a table have no margin to do it in."""
    known: set[str] = set()
    for number in sorted(found.keys() - _in_tables(html)):
        mark = found[number]
        if mark.source.id not in known:
            known.add(mark.source.id)
            found[number] = mark._replace(first=True)
    return found


def _in_tables(html: Iterable[Piece]) -> set[int]:
    """Return the numbers of the marks that stand in tables."""
    numbers: set[int] = set()
    inside = False
    for piece in html:
        if isinstance(piece, str):
            inside = inside and "</table>" not in piece
        elif piece.kind == "table":
            inside = True
        elif piece.kind == "mark" and inside:
            numbers.update(piece.value)
    return numbers


def contents(document: Document, edition: Edition) -> tuple[Heading, ...]:
    """Return the list of contents; empty when the document has too few headings for one."""
    headings = edition.site.text(document.path).headings
    if len(headings) < CONTENTS_FROM:
        return ()
    return tuple(
        Heading(f"#{PREFIX}{each.id}", each.level, Phrase(each.text, document.language))
        for each in headings
    )
