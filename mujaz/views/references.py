"""References: sources and citations as a reader sees them, in either language.

Enters: sources, citations, an ``Edition``. Leaves: ``SourceLine``, ``Mark``, ``ReferenceEntry``.
What a record does not state stays empty here and is called "not stated" on the page; nothing is
ever guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mujaz import routes
from mujaz.dates import Precision
from mujaz.model import Citation, Document, Language, ParagraphRange, Quotation, Reference, Source
from mujaz.views.edition import group
from mujaz.views.values import Mark, Moment, Phrase, Quote, ReferenceEntry, SourceLine, Way

if TYPE_CHECKING:
    from mujaz.locale import Locale
    from mujaz.site import Site
    from mujaz.views.edition import Edition, Place


def mark_anchor(number: int) -> str:
    """Return the id of a citation mark."""
    return f"cite-{number}"


def reference_anchor(number: int) -> str:
    """Return the id of an entry of the reference list."""
    return f"ref-{number}"


def locator(paragraphs: Sequence[ParagraphRange], locale: Locale) -> str:
    """Return the paragraphs cited, e.g. ``¶ 3`` or ``¶¶ 3–5``; "" for a whole article."""
    if not paragraphs:
        return ""
    spans = [_span(each, locale) for each in paragraphs]
    number = sum(each.last - each.first + 1 for each in paragraphs)
    words = locale.ngettext("¶ %(paragraphs)s", "¶¶ %(paragraphs)s", number)
    return words % {"paragraphs": locale.list(spans)}


def _span(paragraphs: ParagraphRange, locale: Locale) -> str:
    """Return one range; an en dash between numbers reads in the direction of the text."""
    first = locale.digits(str(paragraphs.first))
    if paragraphs.first == paragraphs.last:
        return first
    return f"{first}–{locale.digits(str(paragraphs.last))}"


def issued(source: Source, edition: Edition) -> Moment | None:
    """Return when an article appeared: a day, a bound in words, or None where nothing is known."""
    if source.issued is None:
        return None
    words = edition.locale.edtf(source.issued, span=source.issued_is_span)
    return Moment(words, known_day(source))


def known_day(source: Source) -> str:
    """Return the day an article appeared as ISO 8601; "" unless exactly one day is stated."""
    value = source.issued
    if value is None or value.is_interval or source.issued_reason is not None:
        return ""
    day = value.first
    if day is None or day.precision is not Precision.DAY or day.qualified or day.unspecified:
        return ""
    return day.earliest.isoformat()


def source_title(source: Source, edition: Edition) -> tuple[Phrase, bool]:
    """Return the title of an article; without one our own label, and True."""
    if source.title is not None:
        return Phrase(source.title, source.language), False
    label = edition.localized(source.label)
    return (label or Phrase(source.id, None)), True


def source_line(key: str, edition: Edition, place: Place, *, cited: int = 0) -> SourceLine:
    """Return a source as one line of a list, seen from a page."""
    name = ("source line", edition.language, place.folder, key)
    line = edition.site.once(name, lambda: _source_line(key, edition, place))
    return line._replace(cited=cited) if cited else line


def _source_line(key: str, edition: Edition, place: Place) -> SourceLine:
    source = edition.site.known_source(key)
    title, ours = source_title(source, edition)
    label = edition.localized(source.label)
    foreign = not ours and title.language != edition.language
    names = [edition.site.name(each) for each in edition.site.names("origins", key)]
    origins = [edition.localized(name.preferred) for name in names if name]
    return SourceLine(
        id=source.id,
        href=place.to(routes.source(edition.language, source.id)),
        title=title,
        ours=ours,
        gloss=label if foreign else None,
        language=source.language,
        publisher=Phrase(source.publisher, None) if source.publisher else None,
        origins=tuple(origin for origin in origins if origin),
        issued=issued(source, edition),
        reason=edition.localized(source.issued_reason),
        url=source.url or "",
        archive_url=source.archive_url or "",
        archive_date=edition.moment(source.archive_date) if source.archive_date else None,
        accessed=edition.moment(source.accessed) if source.accessed else None,
        keys=_keys(source),
    )


def _keys(source: Source) -> tuple[tuple[str, str], ...]:
    """Return by what a list of articles can be filtered and sorted."""
    start = source.issued.start or source.issued.end if source.issued else None
    return (
        ("topics", " ".join(source.topics)),
        ("origins", " ".join(source.origins)),
        ("language", str(source.language or "")),
        ("issued", start.isoformat() if start else ""),
    )


def quote(quotation: Quotation | None, source: Source, language: Language) -> Quote | None:
    """Return quoted words in the article's language, and our translation in the document's."""
    if quotation is None:
        return None
    words = Phrase(quotation.text, source.language)
    given = quotation.translation
    return Quote(words, Phrase(given, language) if given else None)


def make_references(document: Document, site: Site) -> tuple[Reference, ...]:
    """Number the cited sources of a document in the order of their first mark."""
    marks = group((each.source, each) for each in site.citations(document.path))
    return tuple(
        Reference(number, site.known_source(key), found)
        for number, (key, found) in enumerate(marks.items(), 1)
    )


def reference_list(
    document: Document, edition: Edition, place: Place
) -> tuple[ReferenceEntry, ...]:
    """Return a document's reference list: one entry per source, with a way back to every mark."""
    references = make_references(document, edition.site)
    return tuple(_entry(each, edition, place) for each in references)


def _entry(reference: Reference, edition: Edition, place: Place) -> ReferenceEntry:
    ways = tuple(
        Way(f"#{mark_anchor(each.number)}", n) for n, each in enumerate(reference.citations, 1)
    )
    return ReferenceEntry(reference.number, source_line(reference.source.id, edition, place), ways)


def marks(document: Document, edition: Edition, place: Place) -> dict[int, Mark]:
    """Return the mark of every citation of a document, by the number of the citation."""
    found: dict[int, Mark] = {}
    for reference in make_references(document, edition.site):
        line = source_line(reference.source.id, edition, place)
        for each in reference.citations:
            found[each.number] = _mark(each, reference, line, document, edition)
    return found


def _mark(
    citation: Citation,
    reference: Reference,
    line: SourceLine,
    document: Document,
    edition: Edition,
) -> Mark:
    return Mark(
        number=citation.number,
        reference=reference.number,
        locator=locator(citation.paragraphs, edition.locale),
        quote=quote(citation.quotation, reference.source, document.language),
        source=line,
        first=False,
    )
