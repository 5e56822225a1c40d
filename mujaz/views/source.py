"""The page of a source: its record as a catalogue card, and what was made of the article.

Enters: a record and an ``Edition``. Leaves: a ``View``. The page exists in every language of the
site and shows every sentence that cites the article, in whatever language it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mujaz import routes
from mujaz.model import Source
from mujaz.views import sources, structured
from mujaz.views.edition import Edition, Place, group
from mujaz.views.frame import About, home_anchor, make_frame, section_anchor
from mujaz.views.references import locator, mark_anchor, quote, source_title
from mujaz.views.values import CitingDocument, Phrase, Statement, View

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PARAGRAPHS = 300
"""A longer text is not drawn as a row of its paragraphs."""


class Paragraph(NamedTuple):
    """A paragraph of an article: the way to what rests on it, "" where nothing does.

    ``boilerplate`` is not the article's own.
    """

    number: int
    href: str
    boilerplate: bool


class Passage(NamedTuple):
    """Paragraphs of an article, and the statements that rest on just these; "": on all of it."""

    locator: str
    anchor: str
    statements: tuple[Statement, ...]


def source_view(source: Source, edition: Edition) -> View:
    """Return the page of a source: its record as a catalogue card, and who cites it."""
    route = routes.source(edition.language, source.id)
    place = Place(route)
    title, ours = source_title(source, edition)
    name = f"[{title.text}]" if ours else title.text
    summary = edition.localized(source.summary)
    languages = edition.site.settings.languages
    found = citing(source, edition, place)
    passages = make_passages(each for each in found if _is_own(each, edition))
    about = About(
        route=route,
        title=name,
        summary=summary.text if summary else "",
        versions={each: routes.source(each, source.id) for each in languages},
        section="sources",
        crumbs=(home_anchor(edition, place), section_anchor(edition, place, "sources")),
        data=structured.web_page(edition, name, title.language or edition.language, route),
    )
    values = {
        "frame": make_frame(about, edition),
        "source": sources.line(source.id, edition, place),
        "type": type_name(source.type, edition),
        "written_in": sources.language_name(source, edition),
        "summary": summary,
        "descriptor": edition.localized(source.descriptor),
        "topics": edition.topic_anchors(place, source.topics),
        "paragraphs": source.paragraphs,
        "chars": source.chars,
        "digest": source.text_sha256 or "",
        "numbers": paragraph_row(source, passages),
        "passages": passages,
        "elsewhere": tuple(each for each in found if not _is_own(each, edition)),
        "statements": sum(len(each.statements) for each in passages),
    }
    return View(route, "source.html", edition.language, values)


def type_name(kind: str | None, edition: Edition) -> str:
    """Return the word for a CSL 1.0.2 item type; "" where none is stated.

    An unusual type is named as CSL names it.
    """
    locale = edition.locale
    words = {
        "article": locale.gettext("Article"),
        "article-newspaper": locale.gettext("News article"),
        "article-magazine": locale.gettext("Magazine article"),
        "article-journal": locale.gettext("Journal article"),
        "post": locale.gettext("Post"),
        "post-weblog": locale.gettext("Blog post"),
        "report": locale.gettext("Report"),
        "speech": locale.gettext("Speech"),
        "interview": locale.gettext("Interview"),
        "webpage": locale.gettext("Web page"),
    }
    return words.get(kind, kind) if kind else ""


def citing(source: Source, edition: Edition, place: Place) -> tuple[CitingDocument, ...]:
    """Return every sentence that cites a source, by document, this language's documents first."""
    entries = edition.site.list("citing", source.id)
    ordered = sorted(entries, key=lambda entry: entry[-3] != edition.language)
    return tuple([_citing_document(entry[-1], source, edition, place) for entry in ordered])


def _citing_document(path: str, source: Source, edition: Edition, place: Place) -> CitingDocument:
    document = edition.site.document(path)
    page = place.to(routes.document(document))
    anchor = edition.anchor(place, document)
    statements = [
        Statement(
            href=f"{page}#{mark_anchor(each.number)}",
            sentence=Phrase(each.sentence, document.language),
            locator=locator(each.paragraphs, edition.locale),
            quote=quote(each.quotation, source, document.language),
            document=anchor,
            paragraphs=tuple(
                n for span in each.paragraphs for n in range(span.first, span.last + 1)
            ),
        )
        for each in edition.site.citations(path)
        if each.source == source.id
    ]
    return CitingDocument(anchor, tuple(statements))


def _is_own(found: CitingDocument, edition: Edition) -> bool:
    return found.document.label.language == edition.language


def make_passages(found: Iterable[CitingDocument]) -> tuple[Passage, ...]:
    """Return statements by what they rest on, in the order of the article; its whole at the end."""
    statements = [each for document in found for each in document.statements]
    ordered = sorted(statements, key=lambda each: (not each.paragraphs, each.paragraphs))
    grouped = group((each.paragraphs, each) for each in ordered)
    return tuple(
        Passage(own[0].locator, f"passage-{number}", own)
        for number, own in enumerate(grouped.values(), 1)
    )


def paragraph_row(source: Source, passages: Iterable[Passage]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article, each with the way to the first passage it is part of."""
    ways: dict[int, str] = {}
    for passage in passages:
        for number in passage.statements[0].paragraphs:
            ways.setdefault(number, f"#{passage.anchor}")
    numbers = range(1, source.paragraphs + 1) if source.paragraphs <= MOST_PARAGRAPHS else ()
    return tuple(Paragraph(n, ways.get(n, ""), n in source.boilerplate) for n in numbers)
