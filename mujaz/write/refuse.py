"""Refuse: whether a folder may become the site.

Enters: the folder of the site and the folder of its sources. Leaves: problems. Touches nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

from mujaz.problems import Location, Problem, problem
from mujaz.routes import MANIFEST
from mujaz.write.places import WORKSHOP

_ELSEWHERE = "name another with -o"


def refuse_output(destination: Path, root: Path) -> list[Problem]:
    """Return why a folder must not become the site: it is not ours, or holds what we read."""
    name = os.path.relpath(destination, root).replace(os.sep, "/")
    try:
        reason = _refusal(destination, root)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}", _ELSEWHERE
    if reason is None:
        return []
    what, hint = reason
    return [problem("output-refused", Location(name), f"{name} {what}", hint)]


def _refusal(destination: Path, root: Path) -> tuple[str, str] | None:
    """Return what is wrong with a folder, and the way out."""
    if destination.is_symlink() or (destination.exists() and not destination.is_dir()):
        return "is not a folder", _ELSEWHERE
    if what := _purpose(destination.resolve(), root.resolve()):
        return what, "name a folder of its own with -o"
    if not destination.exists() or (destination / MANIFEST).is_file():
        return None
    if any(destination.iterdir()):
        hint = "empty it yourself, or name another folder with -o"
        return "holds files that mujaz did not make", hint
    return None


def _purpose(target: Path, root: Path) -> str:
    """Return what a folder is for, if it is for something else; "" if it is for nothing."""
    within = {target, *target.parents}
    sources = [(root / name).resolve() for name in ("content", "templates", "static")]
    if target in {root, *root.parents} or any(each in within for each in sources):
        return "holds the site's own sources"
    if root / WORKSHOP in within:
        return "is where mujaz keeps what the next build needs"
    if target == Path(os.path.expanduser("~")).resolve():  # Path.home() may raise
        return "is your home folder"
    return ""
