"""Write: outputs → the folder of the site. The only place that creates or deletes its files.

Enters: outputs and a folder. Leaves: the folder, with ``manifest.sha256`` (as ``sha256sum -c``
reads it) naming every file that mujaz made. Everything is written beside the old site first and
then exchanged with it by renaming. A file that mujaz did not make is never deleted: it moves into
the new site, or, where it stands in the way, the old site is left as it is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from mujaz.model import Output
from mujaz.problems import Location, Problem, problem
from mujaz.routes import MANIFEST

_FILE_MODE, _FOLDER_MODE = 0o644, 0o755


def refuse_output(destination: Path, root: Path) -> list[Problem]:
    """Return why a folder must not become the site: it is not ours, or holds what we read."""
    where = Location(os.path.relpath(destination, root).replace(os.sep, "/"))
    target = destination.resolve()
    if destination.is_symlink() or (destination.exists() and not destination.is_dir()):
        return [
            problem(
                "output-refused", where, f"{where.path} is not a folder", "name another with -o"
            )
        ]
    kept = [root / name for name in ("content", "templates", "static")]
    if target in (root, *root.parents) or any(target == k or k in target.parents for k in kept):
        return [
            problem(
                "output-refused",
                where,
                f"{where.path} holds the site's own sources",
                "name a folder of its own with -o",
            )
        ]
    if (
        destination.is_dir()
        and any(destination.iterdir())
        and not (destination / MANIFEST).is_file()
    ):
        return [
            problem(
                "output-refused",
                where,
                f"{where.path} holds files that mujaz did not make",
                "empty it yourself, or name another folder with -o",
            )
        ]
    return []


def write(outputs: Iterable[Output], destination: Path) -> list[str]:
    """Replace the site in ``destination``; return the foreign files that were carried over.

    ``OSError`` leaves the old site as it was; ``FileExistsError`` names a foreign file in the way.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{destination.name}-new-", dir=destination.parent))
    try:
        _stage(outputs, staging)
        foreign = _foreign(destination)
        _carry_over(foreign, destination, staging)
        _exchange(staging, destination)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return foreign


def clean(destination: Path) -> list[str] | None:
    """Remove what mujaz made; return the foreign files left, or None if there was no site."""
    if not (destination / MANIFEST).is_file():
        return None
    foreign = _foreign(destination)
    for name in [*_owned(destination), str(MANIFEST)]:
        (destination / name).unlink(missing_ok=True)
    for folder, _, _ in os.walk(destination, topdown=False):
        if not any(Path(folder).iterdir()):
            Path(folder).rmdir()
    return foreign


def _carry_over(names: list[str], destination: Path, staging: Path) -> None:
    """Copy foreign files into the new folder; one that stands in the way is an error."""
    for name in names:
        path = staging / name
        if path.exists():
            raise FileExistsError(f"{name} is not ours and stands in the way; move it away")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(destination / name, path)


def _stage(outputs: Iterable[Output], staging: Path) -> None:
    """Write every output below ``staging``, and the manifest of their digests."""
    staging.chmod(_FOLDER_MODE)
    digests: dict[str, str] = {}
    folders = {staging}
    for output in outputs:
        content = output.content
        data = content if isinstance(content, bytes) else content.read_bytes()
        path = staging / output.route
        if path.parent not in folders:
            _make_folders(path.parent, folders)
        with path.open("xb", buffering=0) as file:
            file.write(data)
        path.chmod(_FILE_MODE)
        digests[output.route] = hashlib.sha256(data).hexdigest()
    lines = [f"{digests[name]}  {name}\n" for name in sorted(digests)]
    manifest = staging / MANIFEST
    manifest.write_bytes("".join(lines).encode())
    manifest.chmod(_FILE_MODE)


def _make_folders(folder: Path, known: set[Path]) -> None:
    missing = []
    while folder not in known:
        missing.append(folder)
        known.add(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        each.chmod(_FOLDER_MODE)


def _exchange(staging: Path, destination: Path) -> None:
    """Put the new folder in the place of the old one; undo the first step if the second fails."""
    if not destination.exists():
        staging.rename(destination)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{destination.name}-old-", dir=destination.parent))
    destination.rename(old)
    try:
        staging.rename(destination)
    except OSError:
        old.rename(destination)
        raise
    shutil.rmtree(old)


def _owned(destination: Path) -> list[str]:
    """Return the files that the manifest names; a name that leads outside is nobody's."""
    try:
        lines = (destination / MANIFEST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    names = [line[66:] for line in lines if line[64:66] == "  "]
    return [name for name in names if ".." not in name.split("/") and not name.startswith("/")]


def _foreign(destination: Path) -> list[str]:
    """Return the files in the folder that mujaz did not make."""
    owned = {*_owned(destination), str(MANIFEST)}
    found = []
    for folder, _, files in os.walk(destination):
        for file in files:
            name = (Path(folder) / file).relative_to(destination).as_posix()
            if name not in owned:
                found.append(name)
    return sorted(found)
