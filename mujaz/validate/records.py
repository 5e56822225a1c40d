"""Records: ``sources/*.yaml`` and ``names.yaml`` → ``Source`` and ``Name``.

Enters: raw documents. Leaves: typed records and problems. Unknown is a value: a key that is null
or absent becomes None where the record allows it, and nothing is ever guessed.
"""

from __future__ import annotations

import re

from mujaz.fields import Fields
from mujaz.ids import explain_id
from mujaz.model import Language, Name, RawDocument, Source, YamlList
from mujaz.problems import Location, Problem, problem

SOURCE_KEYS = (
    "id",
    "type",
    "language",
    "title",
    "label",
    "publisher",
    "origins",
    "issued",
    "issued_reason",
    "span",
    "url",
    "archive_url",
    "archive_date",
    "accessed",
    "text_sha256",
    "chars",
    "paragraphs",
    "boilerplate",
    "summary",
    "descriptor",
    "topics",
)
NAME_KEYS = ("id", "kind", "origin", "ar", "en", "variants")
NAME_KINDS = ("person", "organisation", "place", "term")
TYPES = (
    "article-newspaper",
    "article-magazine",
    "article-journal",
    "article",
    "webpage",
    "post",
    "post-weblog",
    "broadcast",
    "report",
    "interview",
    "speech",
    "document",
    "legislation",
    "legal_case",
    "manuscript",
    "book",
    "chapter",
    "motion_picture",
    "song",
    "dataset",
)


def validate_source(
    document: RawDocument, languages: tuple[Language, ...]
) -> tuple[Source, list[Problem]]:
    """Return one source record."""
    problems: list[Problem] = []
    fields = Fields(document.data, Location(document.path), SOURCE_KEYS, languages, problems)
    paragraphs = _paragraphs(fields)
    topics = fields.texts("topics")
    origins = fields.texts("origins")
    blank = dict.fromkeys(languages, "")
    language = fields.choice("language", [str(each) for each in Language])
    source = Source(
        path=document.path,
        id=_id(fields, document.name),
        type=fields.choice("type", TYPES) or None,
        language=Language(language) if language else None,
        title=fields.optional("title"),
        label=fields.localized("label", required=True) or blank,
        publisher=fields.optional("publisher"),
        origins=tuple(name for name, _ in origins),
        issued=fields.edtf("issued"),
        issued_reason=fields.localized("issued_reason"),
        issued_is_span=fields.boolean("span"),
        url=_url(fields, "url"),
        archive_url=_url(fields, "archive_url"),
        archive_date=fields.date("archive_date"),
        accessed=fields.date("accessed"),
        text_sha256=_digest(fields),
        chars=fields.integer("chars"),
        paragraphs=paragraphs or 0,
        boilerplate=_boilerplate(fields, paragraphs),
        summary=fields.localized("summary") or blank,
        descriptor=fields.localized("descriptor") or blank,
        topics=tuple(name for name, _ in topics),
        places={
            **{f"topics.{name}": where for name, where in topics},
            **{f"origins.{name}": where for name, where in origins},
        },
    )
    return source, problems


def validate_names(
    document: RawDocument, languages: tuple[Language, ...]
) -> tuple[tuple[Name, ...], list[Problem]]:
    """Return the names: a list of records, each id once."""
    if document.data is None:
        return (), []
    if not isinstance(document.data, YamlList):
        return (), [
            problem(
                "type-wrong",
                document.data.location,
                f"{document.path} must be a list of records",
                "begin each record with - {id: …}",
            )
        ]
    names: dict[str, Name] = {}
    problems: list[Problem] = []
    for node in document.data.items:
        fields = Fields(node, node.location, NAME_KEYS, languages, problems)
        name = _name(fields, languages)
        if name.id and name.id in names:
            fields.report(
                "id-duplicate",
                fields.place("id"),
                f"the id {name.id} is used twice",
                "give one of the records another id",
            )
        names.setdefault(name.id, name)
    return tuple(names.values()), problems


def _name(fields: Fields, languages: tuple[Language, ...]) -> Name:
    name = fields.text("id", required=True)
    if name and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        fields.report(
            "value-invalid",
            fields.place("id"),
            f"the id {name} is not a key",
            "write lower-case letters, digits and hyphens",
        )
    variants = fields.mapping("variants", [str(each) for each in Language])
    return Name(
        id=name,
        kind=fields.choice("kind", NAME_KINDS, required=True),
        origin=fields.boolean("origin"),
        preferred={each: fields.text(each, required=True) for each in languages},
        variants={
            each: tuple(text for text, _ in variants.texts(each)) if variants else ()
            for each in languages
        },
    )


def _id(fields: Fields, file_name: str) -> str:
    written = fields.text("id", required=True)
    if not written:
        return file_name
    if flaw := explain_id(written):
        fields.report(
            "id-malformed",
            fields.place("id"),
            f"the id {written} {flaw}",
            f"the file name says {file_name}",
        )
    elif written != file_name and not explain_id(file_name):
        fields.report(
            "id-mismatch",
            fields.place("id"),
            f"the id {written} is not the file's name {file_name}",
            "rename the file, or correct the id",
        )
    return file_name


def _url(fields: Fields, key: str) -> str | None:
    url = fields.optional(key)
    if url and not re.fullmatch(r"https?://[^\s<>\"\\]+", url):
        fields.report(
            "value-invalid",
            fields.place(key),
            f"{key} {url} is not a web address",
            "write https://…, or null if the article states none",
        )
    return url


def _digest(fields: Fields) -> str | None:
    digest = fields.optional("text_sha256")
    if digest and not re.fullmatch(r"[0-9a-f]{64}", digest):
        fields.report(
            "value-invalid",
            fields.place("text_sha256"),
            "text_sha256 is not a SHA-256 digest",
            "write 64 lower-case hex digits",
        )
    return digest


def _paragraphs(fields: Fields) -> int | None:
    number = fields.integer("paragraphs", required=True)
    if number == 0:
        fields.report(
            "value-invalid",
            fields.place("paragraphs"),
            "paragraphs cannot be 0",
            "count the lines of the article's text that are not empty",
        )
    return number or None


def _boilerplate(fields: Fields, paragraphs: int | None) -> frozenset[int]:
    found = set()
    for text, where in fields.texts("boilerplate"):
        number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
        if number < 1:
            fields.report(
                "type-wrong",
                where,
                f"boilerplate {text} is not a paragraph number",
                "write numbers from 1, such as [1, 8]",
            )
        elif paragraphs is not None and number > paragraphs:
            fields.report(
                "value-invalid",
                where,
                f"boilerplate names paragraph {number} of {paragraphs}",
                "correct the number, or paragraphs:",
            )
        found.add(number)
    return frozenset(found - {0})
