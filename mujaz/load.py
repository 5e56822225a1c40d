"""Load: ``content/`` → ``RawDocument`` values, everything in them still text with places.

Enters: the folder of a site. Leaves: documents, the names of pictures, and problems. The only
reader of ``content/``: every file is read once, whole; links are never followed, hidden files never
opened. Never judges what a key or a text means.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mujaz import filenames
from mujaz.characters import check_characters, check_isolates, count_signs, crowded
from mujaz.decode import decode
from mujaz.frontmatter import LIMIT, read_yaml, split_front_matter
from mujaz.model import Kind, RawDocument, YamlList
from mujaz.problems import Location, Problem, Severity, problem
from mujaz.svg import check_svg
from mujaz.text import printable

if TYPE_CHECKING:
    from pathlib import Path

    from mujaz.filenames import Place
    from mujaz.model import YamlNode

CONTENT = "content"
LARGEST_FILE = 1024 * 1024
"""The greatest size in bytes of a file that is read; one record has front matter's."""

MOST_SIGNS = 20_000
"""How many signs of Markdown, line breaks among them, the text under front matter may hold."""


@dataclass(frozen=True)
class Loaded:
    """What lies in ``content/``: documents and pictures by path, and what was left out.

    ``images`` are paths below ``content/images/``, ``skipped`` are hidden files and editors'
    copies; both with slashes.
    """

    documents: tuple[RawDocument, ...]
    images: tuple[str, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


def load(root: Path) -> Loaded:
    """Return everything that lies in ``root/content``, in the same order on every system."""
    folder = root / CONTENT
    tree = _Tree()
    if folder.is_symlink():
        tree.problems.append(_symlink(CONTENT))
    elif not folder.is_dir():
        what = "there is no folder content/ here"
        hint = "go to the folder that holds content/"
        tree.problems.append(problem("content-missing", Location(CONTENT), what, hint))
    else:
        tree.walk(str(folder))
        _require_settings(tree)
    documents = [_document(file, tree.problems) for file in tree.files]
    return Loaded(
        documents=tuple(sorted(documents, key=lambda document: document.path)),
        images=tuple(sorted(tree.images)),
        skipped=tuple(sorted(tree.skipped)),
        problems=tuple(tree.problems),
    )


# --- the folder ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read: where it is on the disk, its path for messages, what it is."""

    disk: str
    path: str
    place: Place


@dataclass
class _Tree:
    """What a walk through the folder has found so far."""

    files: list[_File] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def walk(self, folder: str) -> None:
        """Look at every entry below a folder once; folders with a wrong name only for links."""
        waiting: list[tuple[str, tuple[str, ...], bool]] = [(folder, (), True)]
        while waiting:
            disk, parts, known = waiting.pop()
            for entry in self._entries(disk, parts):
                below = (*parts, entry.name)
                path = _path(below)
                if filenames.is_skipped(entry.name):
                    self.skipped.append(path)
                elif entry.is_symlink():
                    self.problems.append(_symlink(path))
                elif trouble := filenames.check_name(entry.name, path):
                    self.problems.append(trouble)
                elif entry.is_dir(follow_symlinks=False):
                    trouble = filenames.check_folder(below, path) if known else None
                    self.problems += [trouble] if trouble else []
                    waiting.append((entry.path, below, known and trouble is None))
                elif not entry.is_file(follow_symlinks=False):
                    what = "this is neither a file nor a folder"
                    self.problems.append(problem("file-unexpected", Location(path), what))
                elif known:
                    self._file(entry.path, below, path)

    def _entries(self, disk: str, parts: tuple[str, ...]) -> list[os.DirEntry[str]]:
        """Return the entries of a folder by name; two that some systems take for one are told."""
        try:
            with os.scandir(disk) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(_unreadable(_path(parts), error))
            return []
        first: dict[str, str] = {}
        for entry in entries:
            if filenames.is_skipped(entry.name):
                continue
            other = first.setdefault(filenames.same_name(entry.name), entry.name)
            if other != entry.name:
                self.problems.append(_one_name((*parts, entry.name), other))
        return entries

    def _file(self, disk: str, parts: tuple[str, ...], path: str) -> None:
        """Keep what a file is, and the problems of its name."""
        place, problems = filenames.recognise(parts, path)
        self.problems += problems
        if place.picture:
            self._picture(disk, parts, path)
        elif place.kind:
            self.files.append(_File(disk, path, place))

    def _picture(self, disk: str, parts: tuple[str, ...], path: str) -> None:
        """Keep a picture that can be opened, so that it can be copied later; look into an SVG."""
        is_drawing = path.lower().endswith(".svg")
        try:
            with open(disk, "rb", buffering=0) as stream:  # noqa: PTH123 - as in _text
                data = stream.read(LARGEST_FILE + 1) if is_drawing else b""
        except OSError as error:
            self.problems.append(_unreadable(path, error))
            return
        self.images.append("/".join(parts[1:]))
        if len(data) > LARGEST_FILE:
            self.problems.append(_large(path))
        elif is_drawing and (trouble := check_svg(data, path)):
            self.problems.append(trouble)


def _path(parts: tuple[str, ...]) -> str:
    """Return a path for messages: bytes of a name that are not UTF-8 stand in it escaped."""
    path = "/".join((CONTENT, *parts))
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _symlink(path: str) -> Problem:
    what = "symbolic links are not followed"
    return problem("symlink", Location(path), what, "copy the file here in place of the link")


def _one_name(parts: tuple[str, ...], one: str) -> Problem:
    """Return the problem of two names that are one on systems that ignore case or composition."""
    other = parts[-1]
    how = "in how their letters are composed (NFC and NFD)"
    if one.casefold() == other.casefold():
        how = "in capital letters"
    what = f"{printable(one)} and {printable(other)} differ only {how}"
    return problem("path-conflict", Location(_path(parts)), what, "rename or delete one of the two")


def _unreadable(path: str, error: OSError) -> Problem:
    what = f"this cannot be read: {error.strerror or type(error).__name__}"
    return problem("file-unreadable", Location(path), what, "check its permissions")


def _require_settings(tree: _Tree) -> None:
    """Tell that there is no ``site.yaml``, unless its own problem has been told."""
    path = f"{CONTENT}/site.yaml"
    told = {each.location.path for each in tree.problems if each.severity is Severity.ERROR}
    if all(file.path != path for file in tree.files) and not told & {CONTENT, path}:
        what, hint = "the settings of the site are missing", f"write {path}"
        tree.problems.append(problem("content-missing", Location(path), what, hint))


# --- the files -------------------------------------------------------------------------------


def _document(file: _File, problems: list[Problem]) -> RawDocument:
    """Return one file as a document; what is wrong with it is added to ``problems``."""
    text = _text(file, problems)
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
    return RawDocument(kind, file.path, name, language, data, body, body_line)


def _record(file: _File, text: str, problems: list[Problem]) -> YamlNode | None:
    """Return the value of a YAML file; a list of names may be empty."""
    data, found = read_yaml(text, file.path)
    problems += found
    if data is None and not found:
        if file.place.kind is Kind.NAMES:
            return YamlList((), Location(file.path))
        what = "the file is empty"
        problems.append(problem("yaml-syntax", Location(file.path), what, "write its keys"))
    return data


def _text(file: _File, problems: list[Problem]) -> str | None:
    """Return the text of a file, None where it is too large, unreadable or not UTF-8."""
    try:
        with open(file.disk, "rb", buffering=0) as stream:  # noqa: PTH123 - three times as fast
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(LARGEST_FILE + 1) if size <= LARGEST_FILE else b""
            size = max(size, len(data))  # it may have grown
    except OSError as error:
        problems.append(_unreadable(file.path, error))
        return None
    if trouble := _too_large(file, size):
        problems.append(trouble)
        return None
    text, found = decode(data, file.path)
    problems += found
    return text


def _too_large(file: _File, size: int) -> Problem | None:
    """Return the problem of a file beyond the limit of its kind."""
    if size > LARGEST_FILE:
        return _large(file.path)
    if size <= LIMIT or file.place.kind not in {Kind.SOURCE, Kind.SETTINGS}:
        return None
    what = f"the file is larger than the limit of {LIMIT // 1024} KiB"
    return problem("front-matter-too-large", Location(file.path), what, "make its texts shorter")


def _large(path: str) -> Problem:
    what = f"the file is larger than the limit of {LARGEST_FILE // 1024**2} MiB"
    return problem("file-too-large", Location(path), what, "split it")


def _too_dense(file: _File, body: str, line: int) -> Problem | None:
    """Return the problem of a text that has more signs of Markdown than are read."""
    if len(body) <= MOST_SIGNS or count_signs(body) <= MOST_SIGNS:
        return None
    what = f"the text has more than {MOST_SIGNS:,} line breaks and signs such as * [ |"
    return problem("file-too-large", Location(file.path, line), what, "split it")
