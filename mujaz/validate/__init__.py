"""Validate: raw documents → a ``Library`` in which every value has its type.

Enters: what ``load`` read. Leaves: a library and problems. Nothing is looked up in another file
here; that is ``resolve``'s work.
"""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.model import (
    Briefing,
    Kind,
    Library,
    Name,
    Page,
    RawDocument,
    Source,
    Topic,
)
from mujaz.problems import Problem
from mujaz.validate.documents import validate_briefing, validate_page, validate_topic
from mujaz.validate.records import validate_names, validate_source
from mujaz.validate.settings import parse_base_url, validate_settings

__all__ = ["parse_base_url", "validate"]


def validate(
    documents: Sequence[RawDocument], images: Sequence[str]
) -> tuple[Library, list[Problem]]:
    """Return the library and everything that does not hold within a single file."""
    raw = next((each for each in documents if each.kind is Kind.SETTINGS), None)
    settings, problems = validate_settings(raw)
    briefings: list[Briefing] = []
    topics: list[Topic] = []
    pages: list[Page] = []
    sources: list[Source] = []
    names: list[Name] = []
    for document in documents:
        found: Sequence[Problem] = ()
        match document.kind, document.language:
            case Kind.SOURCE, _:
                source, found = validate_source(document, settings.languages)
                sources.append(source)
            case Kind.NAMES, _:
                records, found = validate_names(document, settings.languages)
                names.extend(records)
            case Kind.BRIEFING, language if language:
                briefing, found = validate_briefing(document, language, settings.languages)
                briefings.append(briefing)
            case Kind.TOPIC, language if language:
                topic, found = validate_topic(document, language, settings.languages)
                topics.append(topic)
            case Kind.PAGE, language if language:
                page, found = validate_page(document, language, settings.languages)
                pages.append(page)
        problems.extend(found)
    library = Library(
        settings=settings,
        briefings=tuple(briefings),
        topics=tuple(topics),
        pages=tuple(pages),
        sources=tuple(sources),
        names=tuple(names),
        images=tuple(images),
        unread=frozenset(each.path for each in documents if each.data is None),
    )
    return library, problems
