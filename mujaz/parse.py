"""Parse: a file of content → its values as the store keeps them, and what they add to the lists.

Enters: a file and the scope of the site. Leaves: a ``Parsed``. It depends on nothing else, so files
are parsed in any order and in any process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mujaz import index
from mujaz.index import Cell, Contribution, Scope
from mujaz.load import read
from mujaz.model import Document, Name, Source
from mujaz.problems import PlainProblem, to_plain
from mujaz.site import shelved
from mujaz.store import encode
from mujaz.validate import validate
from mujaz.walk import File


class Parsed(NamedTuple):
    """One file, parsed; ``values`` are encoded, ``problems`` plain."""

    path: str
    digest: str
    values: tuple[tuple[Cell, bytes], ...]
    problems: tuple[PlainProblem, ...]
    citations: int
    contributions: tuple[Contribution, ...]


def parse_file(file: File, scope: Scope) -> Parsed:
    """Read, validate and encode one file."""
    raw, problems = read(file)
    valid = validate(raw, scope.languages)
    values: dict[Cell, object] = {}
    if raw.data is None:
        values["unread", file.path] = True
    for thing in valid.things:
        if isinstance(thing, Document) and valid.body:
            values |= {(kind, thing.path): v for kind, v in shelved(thing, valid.body).items()}
        elif isinstance(thing, Source):
            values["source", thing.id] = thing
        elif isinstance(thing, Name):
            values["name", thing.id] = thing
    found = [*problems, *valid.problems]
    return Parsed(
        file.path,
        raw.digest,
        tuple((cell, encode(value)) for cell, value in values.items()),
        tuple(map(to_plain, found)),
        len(valid.body.citations) if valid.body else 0,
        tuple(contributions(values, scope)),
    )


def contributions(values: Mapping[Cell, Any], scope: Scope) -> Iterator[Contribution]:
    """Yield what the values of one file add to the lists."""
    for (kind, name), value in values.items():
        if kind == "document":
            cited = Counter(each.source for each in values["citations", name])
            yield from index.of_document(value, cited, scope)
        elif kind == "source":
            yield from index.of_source(value, scope)
        elif kind == "name":
            yield from index.of_name(value)
        elif kind == "unread":
            yield ("unread",), (name,)
