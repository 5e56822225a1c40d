"""Sources: the catalogue card of each article, and the index of all.

Enters: an ``Edition``. Leaves: ``View`` values. A source page exists in every language of the site
and shows every sentence that cites it, in whatever language that sentence was written.
"""

from __future__ import annotations

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
    Part,
    Phrase,
    SourceGroup,
    SourceLine,
    Statement,
    View,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mujaz.model import Backlink
    from mujaz.views.lists import Slice

UNDATED = "undated"


def newest_first(sources: Iterable[Source]) -> list[Source]:
    """Return sources by lower bound of their date, newest first, those without a date last."""
    dated = sorted(
        (each for each in sources if each.issued is not None),
        key=lambda each: (each.issued.sort_key if each.issued else (), each.id),
        reverse=True,
    )
    return dated + sorted((s for s in sources if s.issued is None), key=lambda s: s.id)


def year(source: Source) -> str:
    """Return the year under which the index lists an article: that of its lower bound."""
    value = source.issued
    bound = value and (value.start or value.end)
    return str(bound.year) if bound else UNDATED


def index_slices(sources: Iterable[Source], language: Language) -> tuple[Slice[Source], ...]:
    """Return the pages of the index: a long one has a page per year, the undated at the end."""
    return lists.slices(newest_first(sources), year, language, "sources")


def source_views(edition: Edition) -> Iterator[View]:
    """Return the index of sources, and the page of each, in one language."""
    pages = index_slices(edition.site.sources, edition.language)
    for each in pages:
        parts = lists.part_links(pages, each, lambda name: _heading(edition, name), edition)
        yield _index_view(edition, each, parts)
    for source in edition.site.sources:
        yield source_view(source, edition)


# --- the index --------------------------------------------------------------------------------


def _heading(edition: Edition, name: str) -> str:
    if name == UNDATED:
        return edition.locale.gettext("No date stated")
    return edition.locale.digits(name)


def _index_view(edition: Edition, part: Slice[Source], parts: tuple[Part, ...]) -> View:
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
    sources = edition.site.sources
    never = [each for each in part.things if not edition.site.backlinks.get(each.id)]
    values = {
        "frame": make_frame(about, edition),
        "title": title,
        "parts": parts,
        "count": edition.count(each.id for each in sources),
        "undated": sum(each.issued is None for each in sources),
        "groups": _groups(part.things, edition, place),
        "never": tuple(source_line(each, edition, place) for each in never),
        "never_count": sum(not edition.site.backlinks.get(each.id) for each in sources),
    }
    return View(part.route, "sources.html", edition.language, values)


def _same_part(edition: Edition, route: Route) -> dict[Language, Route]:
    """Return the same part of the index in every language: all list the same articles."""
    tail = route.removeprefix(f"{edition.language}/")
    return {each: Route(f"{each}/{tail}") for each in edition.site.settings.languages}


def _groups(sources: tuple[Source, ...], edition: Edition, place: Place) -> tuple[SourceGroup, ...]:
    years = group((year(each), each) for each in sources)
    return tuple(
        SourceGroup(
            _heading(edition, name), f"y-{name}", tuple(_line(each, edition, place) for each in own)
        )
        for name, own in years.items()
    )


def _line(source: Source, edition: Edition, place: Place) -> SourceLine:
    links = edition.site.backlinks.get(source.id, ())
    documents = {(type(each.document), each.document.slug) for each in links}
    return source_line(source, edition, place, cited=len(documents))


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
        "source": _line(source, edition, place),
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
    by_path = group(
        (each.document.path, each) for each in edition.site.backlinks.get(source.id, ())
    )
    ordered = sorted(
        by_path.values(), key=lambda links: links[0].document.language != edition.language
    )
    return tuple(_citing_document(links, source, edition, place) for links in ordered)


def _citing_document(
    links: tuple[Backlink, ...], source: Source, edition: Edition, place: Place
) -> CitingDocument:
    document = links[0].document
    route = routes.document(document)
    statements = tuple(
        Statement(
            href=place.to(route, mark_anchor(each.citation.number)),
            sentence=Phrase(each.citation.sentence, document.language),
            locator=locator(each.citation.paragraphs, edition.locale),
            quote=quote(each.citation.quotation, source, document.language),
        )
        for each in links
    )
    return CitingDocument(edition.anchor(place, document), statements)
