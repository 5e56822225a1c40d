"""Walk: ``content/`` → what lies in it, with a signature of every file, and nothing opened.

Enters: the folder of a site. Leaves: files to read, pictures, what was left out, and problems.
Links are never followed, hidden files never looked at; only SVG pictures are looked into, because
they are copied as they are.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mujaz import filenames
from mujaz.problems import Location, Problem, Severity, problem
from mujaz.text import printable

if TYPE_CHECKING:
    from pathlib import Path

    from mujaz.filenames import Place

CONTENT = "content"
LARGEST_FILE = 1024 * 1024
"""The greatest size in bytes of a file that is read; one record has front matter's."""

Signature = tuple[int, int, int, int]
"""What the system says of a file: size in bytes, times of its bytes and of itself (ns), number."""


def signature(status: os.stat_result) -> Signature:
    """Return what must stay the same as long as nobody touches a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


class File(NamedTuple):
    """A file to read: its path for messages, where it is on the disk, what it is."""

    path: str
    disk: str
    place: Place
    signature: Signature


class Picture(NamedTuple):
    """A picture: its path below ``content/images/``, and where it is on the disk."""

    name: str
    disk: str
    signature: Signature


def walk(root: Path) -> Tree:
    """Return what lies in ``root/content``, without opening a document."""
    folder = root / CONTENT
    tree = Tree()
    if folder.is_symlink():
        tree.problems.append(_symlink(CONTENT))
    elif not folder.is_dir():
        what = "there is no folder content/ here"
        hint = "go to the folder that holds content/"
        tree.problems.append(problem("content-missing", Location(CONTENT), what, hint))
    else:
        tree.walk(str(folder))
        _require_settings(tree)
    tree.files.sort(key=lambda file: file.path)
    tree.images.sort()
    tree.skipped.sort()
    return tree


@dataclass
class Tree:
    """What a walk through the folder has found so far."""

    files: list[File] = field(default_factory=list)
    images: list[Picture] = field(default_factory=list)
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
                    hint = "delete it, or move it out of content/"
                    self.problems.append(problem("file-unexpected", Location(path), what, hint))
                elif known:
                    self._file(entry, below, path)

    def _entries(self, disk: str, parts: tuple[str, ...]) -> list[os.DirEntry[str]]:
        """Return the entries of a folder by name; two that some systems take for one are told."""
        try:
            with os.scandir(disk) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(unreadable(_path(parts), error))
            return []
        first: dict[str, str] = {}
        for entry in entries:
            if filenames.is_skipped(entry.name):
                continue
            other = first.setdefault(filenames.same_name(entry.name), entry.name)
            if other != entry.name:
                self.problems.append(_one_name((*parts, entry.name), other))
        return entries

    def _file(self, entry: os.DirEntry[str], parts: tuple[str, ...], path: str) -> None:
        """Keep what a file is, and the problems of its name."""
        place, problems = filenames.recognise(parts, path)
        self.problems += problems
        if place.picture:
            self._picture(entry, parts, path)
        elif place.kind:
            status = signature(entry.stat(follow_symlinks=False))
            self.files.append(File(path, entry.path, place, status))

    def _picture(self, entry: os.DirEntry[str], parts: tuple[str, ...], path: str) -> None:
        """Keep a picture that can be opened, so that it can be copied later; look into an SVG."""
        is_drawing = path.lower().endswith(".svg")
        try:
            with open(entry.path, "rb", buffering=0) as stream:  # noqa: PTH123 - as in _text
                data = stream.read(LARGEST_FILE + 1) if is_drawing else b""
        except OSError as error:
            self.problems.append(unreadable(path, error))
            return
        status = signature(entry.stat(follow_symlinks=False))
        self.images.append(Picture("/".join(parts[1:]), entry.path, status))
        if len(data) > LARGEST_FILE:
            self.problems.append(too_large(path))
        elif is_drawing:
            from mujaz.svg import check_svg

            trouble = check_svg(data, path)
            self.problems += [trouble] if trouble else []


def _path(parts: tuple[str, ...]) -> str:
    """Return a path for messages: bytes of a name that are not UTF-8 stand in it escaped."""
    path = "/".join((CONTENT, *parts))
    return (
        path
        if path.isascii()
        else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    )


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


def _require_settings(tree: Tree) -> None:
    """Tell that there is no ``site.yaml``, unless its own problem has been told."""
    path = f"{CONTENT}/site.yaml"
    told = {each.location.path for each in tree.problems if each.severity is Severity.ERROR}
    if all(file.path != path for file in tree.files) and not told & {CONTENT, path}:
        what, hint = "the settings of the site are missing", f"write {path}"
        tree.problems.append(problem("content-missing", Location(path), what, hint))


def unreadable(path: str, error: OSError) -> Problem:
    """Return the problem of a file or folder that the system does not let us read."""
    what = f"this cannot be read: {error.strerror or type(error).__name__}"
    gone = isinstance(error, FileNotFoundError)
    hint = "it has just been moved or deleted; run mujaz again" if gone else "check its permissions"
    return problem("file-unreadable", Location(path), what, hint)


def too_large(path: str) -> Problem:
    """Return the problem of a file beyond the limit."""
    what = f"the file is larger than the limit of {LARGEST_FILE // 1024**2} MiB"
    return problem("file-too-large", Location(path), what, "split it")
