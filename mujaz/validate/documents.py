"""Documents: Markdown files → ``Briefing``, ``Topic`` and ``Page``.

Enters: raw documents. Leaves: a typed document, its body parsed once, and problems.
"""

from __future__ import annotations

from datetime import date

from mujaz.fields import Fields, Item
from mujaz.filenames import explain_slug
from mujaz.markdown import parse
from mujaz.model import (
    Body,
    Briefing,
    Correction,
    Kind,
    Language,
    Page,
    RawDocument,
    Topic,
)
from mujaz.problems import Location, Problem

BRIEFING_KEYS = (
    "title",
    "date",
    "lastmod",
    "summary",
    "topics",
    "sources",
    "authors",
    "draft",
    "aliases",
    "corrections",
)
TOPIC_KEYS = ("label", "summary", "order", "gaps")
PAGE_KEYS = ("title", "summary")


def validate_briefing(
    document: RawDocument, language: Language, languages: tuple[Language, ...]
) -> tuple[Briefing, Body, list[Problem]]:
    """Return one version of a briefing."""
    fields, body, problems = _open(document, BRIEFING_KEYS, language, languages)
    topics = fields.texts("topics", required=True)
    sources = fields.texts("sources", required=True)
    aliases = _slugs(fields)
    written_on = fields.date("date", required=True) or date.min
    briefing = Briefing(
        path=document.path,
        slug=document.name,
        language=language,
        title=fields.text("title", required=True),
        summary=fields.text("summary", required=True),
        date=written_on,
        lastmod=_lastmod(fields, written_on),
        topics=tuple(name for name, _ in topics),
        sources=tuple(name for name, _ in sources),
        authors=tuple(name for name, _ in fields.texts("authors")),
        draft=fields.boolean("draft"),
        aliases=tuple(alias for alias, _ in aliases),
        corrections=_corrections(fields),
        places={
            **{f"topics.{name}": where for name, where in topics},
            **{f"sources.{name}": where for name, where in sources},
            **{f"aliases.{name}": where for name, where in aliases},
            "title": fields.place("title"),
        },
    )
    return briefing, body, problems


def validate_topic(
    document: RawDocument, language: Language, languages: tuple[Language, ...]
) -> tuple[Topic, Body, list[Problem]]:
    """Return one version of a topic."""
    fields, body, problems = _open(document, TOPIC_KEYS, language, languages)
    order = fields.integer("order")
    topic = Topic(
        path=document.path,
        slug=document.name,
        language=language,
        title=fields.text("label", required=True),
        summary=fields.text("summary", required=True),
        order=order if order is not None else 10**9,
        gaps=tuple(text for text, _ in fields.texts("gaps")),
    )
    return topic, body, problems


def validate_page(
    document: RawDocument, language: Language, languages: tuple[Language, ...]
) -> tuple[Page, Body, list[Problem]]:
    """Return one version of a plain page."""
    fields, body, problems = _open(document, PAGE_KEYS, language, languages)
    page = Page(
        path=document.path,
        slug=document.name,
        language=language,
        title=fields.text("title", required=True),
        summary=fields.text("summary"),
    )
    return page, body, problems


def _open(
    document: RawDocument,
    keys: tuple[str, ...],
    language: Language,
    languages: tuple[Language, ...],
) -> tuple[Fields, Body, list[Problem]]:
    """Parse the body and open the front matter."""
    body, problems = parse(document.body, document.path, document.body_line, language)
    fields = Fields(document.data, Location(document.path), keys, languages, problems)
    if language not in languages:
        fields.report(
            "language-unknown",
            fields.start,
            f"the site has no language {language}",
            "add it to languages: in site.yaml, or move the file away",
        )
    return fields, body, problems


def _slugs(fields: Fields) -> list[Item]:
    aliases = fields.texts("aliases")
    for alias, where in aliases:
        if flaw := explain_slug(alias, Kind.BRIEFING):
            what, hint = flaw
            fields.report("slug-invalid", where, f"alias: {what}", hint)
    return aliases


def _lastmod(fields: Fields, written_on: date) -> date | None:
    lastmod = fields.date("lastmod")
    if lastmod and lastmod < written_on:
        fields.report(
            "value-invalid",
            fields.place("lastmod"),
            f"lastmod {lastmod} is before date {written_on}",
            "correct one of them",
        )
    return lastmod


def _corrections(fields: Fields) -> tuple[Correction, ...]:
    found = []
    for node in fields.items("corrections"):
        entry = Fields(node, node.location, ("date", "note"), fields.languages, fields.problems)
        on = entry.date("date", required=True)
        found.append(Correction(on or date.min, entry.text("note", required=True)))
    return tuple(sorted(found, key=lambda each: each.date, reverse=True))
