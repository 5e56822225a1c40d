"""Resources: where templates, catalogues and static files come from.

Enters: the folder of a site. Leaves: paths. An installed mujaz carries ``templates/`` and
``static/`` inside the package, a source tree has them beside it; a site's own file of the same
name comes first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from mujaz.filenames import check_name, check_portable_name, is_skipped
from mujaz.problems import Location, Problem, problem


def folders(root: Path, name: str) -> list[Path]:
    """Return the site's folder of that name and ours, the site's first, each once."""
    package = Path(__file__).resolve().parent
    ours = package / name if (package / name).is_dir() else package.parent / name
    own = root / name
    if not own.is_dir() or own.resolve() == ours:
        return [ours]
    return [own, ours]


def template_files(root: Path) -> dict[str, Path]:
    """Return name below ``templates/`` → file, sorted; the site's own come first."""
    found: dict[str, Path] = {}
    for folder in reversed(folders(root, "templates")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def static_files(root: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Return name below ``static/`` → file, sorted; hidden files are left out, links refused.

    The site's own templates are looked at too: a link among them would be followed.
    """
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for folder in reversed(folders(root, "static")):
        problems += _walk(folder, "static/", found)
    if (root / "templates").is_dir():
        problems += _walk(root / "templates", "templates/", {})
    found = {name.removeprefix("static/"): file for name, file in found.items()}
    for name in ("static", "templates"):
        if (root / name).is_symlink():
            hint = "copy the folder here in place of the link"
            problems.append(problem("symlink", Location(name), f"{name} is a symbolic link", hint))
    return dict(sorted(found.items())), problems


def _walk(folder: Path, prefix: str, found: dict[str, Path]) -> Iterator[Problem]:
    """Add the files below a folder to ``found``, and yield what cannot be copied."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda each: each.name)
    except OSError as error:
        yield _unreadable(prefix.rstrip("/"), error)
        return
    for entry in entries:
        name = f"{prefix}{entry.name}"
        where = Location(name)
        if is_skipped(entry.name):
            continue
        if entry.is_symlink():
            hint = "copy the file here in place of the link"
            yield problem("symlink", where, "symbolic links are not followed", hint)
        elif trouble := (
            check_name(entry.name, where.path) or check_portable_name(entry.name, where.path)
        ):
            yield trouble
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{name}/", found)
        elif entry.is_file(follow_symlinks=False):
            found[name] = Path(entry.path)
            yield from _try(found[name], where.path)
        else:
            what = "this is neither a file nor a folder"
            yield problem("file-unexpected", where, what, "delete it, or move it out of static/")


def _try(file: Path, path: str) -> Iterator[Problem]:
    """Yield a problem if a file cannot be opened."""
    try:
        file.open("rb", buffering=0).close()
    except OSError as error:
        yield _unreadable(path, error)


def _unreadable(path: str, error: OSError) -> Problem:
    what = f"this cannot be read: {error.strerror or error}"
    return problem("file-unreadable", Location(path), what, "check its permissions")
