"""Load: a file of ``content/`` → a ``RawDocument``, everything in it still text with places.

Enters: a file that ``walk`` has found. Leaves: a document, and problems. The only reader of
``content/``: a file is read once, whole. Never judges what a key or a text means.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

from mujaz.characters import check_characters, check_isolates, count_signs, crowded
from mujaz.decode import decode
from mujaz.frontmatter import LIMIT, read_yaml, split_front_matter
from mujaz.model import Kind, RawDocument, YamlList
from mujaz.problems import Location, Problem, problem
from mujaz.walk import LARGEST_FILE, File, too_large, unreadable

if TYPE_CHECKING:
    from mujaz.model import YamlNode

MOST_SIGNS = 20_000
"""How many signs of Markdown, line breaks among them, the text under front matter may hold."""


def read(file: File) -> tuple[RawDocument, list[Problem]]:
    """Return one file as a document, and what is wrong with it."""
    problems: list[Problem] = []
    text, digest = _text(file, problems)
    data: YamlNode | None = None
    body, body_line = "", 1
    if text is not None and file.place.language is None:
        data = _record(file, text, problems)
    elif text is not None:
        parts = split_front_matter(text, file.path)
        body, body_line = parts.body, parts.body_line
        problems += parts.problems
        if parts.yaml is not None:
            data, found = read_yaml(parts.yaml, file.path, parts.yaml_line)
            problems += found
            text = body
        first_line = body_line if parts.yaml is not None else 1
        problems += check_characters(text, file.path, first_line)
        problems += check_isolates(text, file.path, first_line)
        if trouble := _too_dense(file, text, first_line):
            problems.append(trouble)
        if trouble or crowded(text) is not None:
            data, body = None, ""
    kind, name, language, _ = file.place
    if kind is None:
        raise TypeError(file.path)
    return RawDocument(kind, file.path, name, language, data, body, body_line, digest), problems


def _record(file: File, text: str, problems: list[Problem]) -> YamlNode | None:
    """Return the value of a YAML file; a list of names may be empty."""
    data, found = read_yaml(text, file.path)
    problems += found
    if data is None and not found:
        if file.place.kind is Kind.NAMES:
            return YamlList((), Location(file.path))
        what = "the file is empty"
        problems.append(problem("yaml-syntax", Location(file.path), what, "write its keys"))
    return data


def _text(file: File, problems: list[Problem]) -> tuple[str | None, str]:
    """Return the text of a file, None where it is too large, unreadable or not UTF-8.

    Beside it stands the SHA-256 of the bytes, "" where they were not read.
    """
    try:
        with open(file.disk, "rb", buffering=0) as stream:  # noqa: PTH123 - three times as fast
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(LARGEST_FILE + 1) if size <= LARGEST_FILE else b""
            size = max(size, len(data))  # it may have grown
    except OSError as error:
        problems.append(unreadable(file.path, error))
        return None, ""
    if trouble := _beyond(file, size):
        problems.append(trouble)
        return None, ""
    text, found = decode(data, file.path)
    problems += found
    return text, sha256(data).hexdigest()


def _beyond(file: File, size: int) -> Problem | None:
    """Return the problem of a file beyond the limit of its kind."""
    if size > LARGEST_FILE:
        return too_large(file.path)
    if size <= LIMIT or file.place.kind not in {Kind.SOURCE, Kind.SETTINGS}:
        return None
    what = f"the file is larger than the limit of {LIMIT // 1024} KiB"
    return problem("front-matter-too-large", Location(file.path), what, "make its texts shorter")


def _too_dense(file: File, body: str, line: int) -> Problem | None:
    """Return the problem of a text that has more signs of Markdown than are read."""
    if len(body) <= MOST_SIGNS or count_signs(body) <= MOST_SIGNS:
        return None
    what = f"the text has more than {MOST_SIGNS:,} line breaks and signs such as * [ |"
    return problem("file-too-large", Location(file.path, line), what, "split it")
