"""The body of a document as one page shows it: HTML with holes, links as seen from the page, marks.

Enters: a document and the page it stands on. Leaves: ``RichText``. Never fills a hole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mujaz.markdown import PREFIX
from mujaz.model import Route
from mujaz.views.references import marks
from mujaz.views.values import Heading, Phrase, RichText

if TYPE_CHECKING:
    from mujaz.model import Document
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
    return RichText(html, links, marks(document, edition, place), "")


def contents(document: Document, edition: Edition) -> tuple[Heading, ...]:
    """Return the list of contents; empty when the document has too few headings for one."""
    headings = edition.site.text(document.path).headings
    if len(headings) < CONTENTS_FROM:
        return ()
    return tuple(
        Heading(f"#{PREFIX}{each.id}", each.level, Phrase(each.text, document.language))
        for each in headings
    )
