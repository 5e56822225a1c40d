"""Sources: the catalogue card of an article, and the index of all.

Enters: an ``Edition``. Leaves: ``View`` values. A source page exists in every language of the site
and shows every sentence that cites it, in whatever language that sentence was written.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mujaz import routes
from mujaz.model import Language, Route, Source
from mujaz.views import lists, structured
from mujaz.views.edition import Edition, Place, group
from mujaz.views.frame import About, home_anchor, make_frame, section_anchor, section_title
from mujaz.views.references import (
    locator,
    mark_anchor,
    quote,
    source_line,
    source_title,
)
from mujaz.views.values import (
    CitingDocument,
    Phrase,
    SourceGroup,
    SourceLine,
    Statement,
    View,
)

if TYPE_CHECKING:
    from mujaz.index import Entry
    from mujaz.views.lists import Slice

UNDATED = "undated"


def year(entry: Entry) -> str:
    """Return the year under which the index lists an article: that of its lower bound."""
    undated, bound = entry[:2]
    return UNDATED if undated else str(date.fromordinal(-bound).year)


def index_slices(edition: Edition) -> tuple[Slice, ...]:
    """Return the pages of the index: a long one has a page per year, the undated at the end."""
    return lists.slices(edition.site.list("sources"), year, edition.language, "sources")


# --- the index --------------------------------------------------------------------------------


def _heading(edition: Edition, name: str) -> str:
    if name == UNDATED:
        return edition.locale.gettext("No date stated")
    return edition.locale.digits(name)


def index_view(number: int, edition: Edition) -> View:
    """Return one page of the index of sources, counted from 0."""
    pages = index_slices(edition)
    part = pages[number]
    parts = lists.part_links(pages, part, lambda name: _heading(edition, name), edition)
    place = Place(part.route)
    title = section_title(edition, "sources")
    if part.name:
        title = f"{title}: {_heading(edition, part.name)}"
    about = About(
        route=part.route,
        title=title,
        summary="",
        versions=_same_part(edition, part.route),
        section="sources",
        crumbs=(home_anchor(edition, place),),
        data=structured.collection(edition, title, part.route),
    )
    entries = edition.site.list("sources")
    cited = {entry[-1] for entry in entries if edition.site.list("citing", entry[-1])}
    never = [entry[-1] for entry in part.entries if entry[-1] not in cited]
    values = {
        "frame": make_frame(about, edition),
        "title": title,
        "parts": parts,
        "count": edition.count(entry[-1] for entry in entries),
        "undated": sum(year(entry) == UNDATED for entry in entries),
        "groups": _groups(part.entries, edition, place),
        "never": tuple(source_line(key, edition, place) for key in never),
        "never_count": len(entries) - len(cited),
    }
    return View(part.route, "sources.html", edition.language, values)


def _same_part(edition: Edition, route: Route) -> dict[Language, Route]:
    """Return the same part of the index in every language: all list the same articles."""
    tail = route.removeprefix(f"{edition.language}/")
    return {each: Route(f"{each}/{tail}") for each in edition.site.settings.languages}


def _groups(entries: tuple[Entry, ...], edition: Edition, place: Place) -> tuple[SourceGroup, ...]:
    years = group((year(entry), entry[-1]) for entry in entries)
    return tuple(
        SourceGroup(
            _heading(edition, name), f"y-{name}", tuple(_line(key, edition, place) for key in own)
        )
        for name, own in years.items()
    )


def _line(key: str, edition: Edition, place: Place) -> SourceLine:
    documents = {(entry[0], entry[-2]) for entry in edition.site.list("citing", key)}
    return source_line(key, edition, place, cited=len(documents))


# --- the page ---------------------------------------------------------------------------------


def source_view(source: Source, edition: Edition) -> View:
    """Return the page of a source: its record as a catalogue card, and who cites it."""
    route = routes.source(edition.language, source.id)
    place = Place(route)
    title, ours = source_title(source, edition)
    name = f"[{title.text}]" if ours else title.text
    summary = edition.localized(source.summary)
    languages = edition.site.settings.languages
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
        "source": _line(source.id, edition, place),
        "type": type_name(source.type, edition),
        "written_in": _language_name(source, edition),
        "summary": summary,
        "descriptor": edition.localized(source.descriptor),
        "topics": edition.topic_anchors(place, source.topics),
        "paragraphs": source.paragraphs,
        "chars": source.chars,
        "digest": source.text_sha256 or "",
        "is_span": source.issued_is_span,
        "citing": citing(source, edition, place),
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


def _language_name(source: Source, edition: Edition) -> str:
    names = {
        Language.AR: edition.locale.gettext("Arabic"),
        Language.EN: edition.locale.gettext("English"),
    }
    return names[source.language] if source.language else ""


def citing(source: Source, edition: Edition, place: Place) -> tuple[CitingDocument, ...]:
    """Return every sentence that cites a source, by document, this language's documents first."""
    entries = edition.site.list("citing", source.id)
    ordered = sorted(entries, key=lambda entry: entry[-3] != edition.language)
    return tuple([_citing_document(entry[-1], source, edition, place) for entry in ordered])


def _citing_document(path: str, source: Source, edition: Edition, place: Place) -> CitingDocument:
    document = edition.site.document(path)
    page = place.to(routes.document(document))
    statements = [
        Statement(
            href=f"{page}#{mark_anchor(each.number)}",
            sentence=Phrase(each.sentence, document.language),
            locator=locator(each.paragraphs, edition.locale),
            quote=quote(each.quotation, source, document.language),
        )
        for each in edition.site.citations(path)
        if each.source == source.id
    ]
    return CitingDocument(edition.anchor(place, document), tuple(statements))
