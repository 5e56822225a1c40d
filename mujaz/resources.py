"""Resources: where templates, catalogues and static files come from.

Enters: the folder of a site. Leaves: paths. An installed mujaz carries ``templates/`` and
``static/`` inside the package, a source tree has them beside it; a site's own file of the same
name comes first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from mujaz.problems import Location, Problem, problem


def folders(root: Path, name: str) -> list[Path]:
    """Return the site's folder of that name and ours, the site's first, each once."""
    package = Path(__file__).resolve().parent
    ours = package / name if (package / name).is_dir() else package.parent / name
    own = root / name
    if not own.is_dir() or own.resolve() == ours:
        return [ours]
    return [own, ours]


def static_files(root: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Return name below ``static/`` → file, sorted; hidden files are left out, links refused."""
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for folder in reversed(folders(root, "static")):
        for name, entry in _walk(folder, ""):
            if entry.is_symlink():
                problems.append(
                    problem(
                        "symlink",
                        Location(f"static/{name}"),
                        "symbolic links are not allowed",
                        "copy the file",
                    )
                )
            elif entry.is_file():
                found[name] = Path(entry.path)
    return dict(sorted(found.items())), problems


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry
