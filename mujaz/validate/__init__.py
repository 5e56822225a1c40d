"""Validate: a raw document → values that have their types.

Enters: one file as ``load`` read it. Leaves: what it holds, and problems. Nothing is looked up in
another file here; that is ``resolve``'s work.
"""

from __future__ import annotations

from typing import NamedTuple

from mujaz.model import Body, Document, Kind, Language, Name, RawDocument, Source
from mujaz.problems import Problem
from mujaz.validate.documents import validate_briefing, validate_page, validate_topic
from mujaz.validate.records import validate_names, validate_source
from mujaz.validate.settings import parse_base_url, validate_settings

__all__ = ["Valid", "parse_base_url", "validate", "validate_settings"]

_DOCUMENTS = {
    Kind.BRIEFING: validate_briefing,
    Kind.TOPIC: validate_topic,
    Kind.PAGE: validate_page,
}


class Valid(NamedTuple):
    """What one file holds; a Markdown document also has a body."""

    things: tuple[Document | Source | Name, ...]
    body: Body | None
    problems: list[Problem]


def validate(raw: RawDocument, languages: tuple[Language, ...]) -> Valid:
    """Return what a file holds, and everything that does not hold within it."""
    if raw.kind is Kind.SOURCE:
        source, problems = validate_source(raw, languages)
        return Valid((source,), None, problems)
    if raw.kind is Kind.NAMES:
        names, problems = validate_names(raw, languages)
        return Valid(names, None, problems)
    if raw.language is None:
        raise TypeError(raw.path)
    document, body, problems = _DOCUMENTS[raw.kind](raw, raw.language, languages)
    return Valid((document,), body, problems)
