"""Write: outputs → the folder of the site. The only place that creates or deletes its files.

Enters: outputs and a folder. Leaves: the folder, with ``manifest.sha256`` (as ``sha256sum -c``
reads it) naming every file that mujaz made. Everything is written beside the old site first and
then exchanged with it by renaming. What mujaz did not make is never deleted: it is copied into the
new site, or, where it stands in the way, the old site is left as it is. Links are never followed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mujaz.model import Output
from mujaz.problems import Location, Problem, problem
from mujaz.routes import MANIFEST

_FILE_MODE, _FOLDER_MODE = 0o644, 0o755
_DIGEST_LENGTH = 64
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
    target, home = destination.resolve(), root.resolve()
    kept = [(home / name).resolve() for name in ("content", "templates", "static")]
    if target in {home, *home.parents} or any(each in {target, *target.parents} for each in kept):
        return "holds the site's own sources", "name a folder of its own with -o"
    if not destination.exists() or (destination / MANIFEST).is_file():
        return None
    if any(destination.iterdir()):
        hint = "empty it yourself, or name another folder with -o"
        return "holds files that mujaz did not make", hint
    return None


def write(outputs: Iterable[Output], destination: Path) -> list[str]:
    """Replace the site in ``destination``; return what was there and is not ours.

    ``OSError`` leaves the old site as it was; ``FileExistsError`` names a foreign file in the way.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{destination.name}-new-", dir=destination.parent))
    old = staging.with_name(staging.name.replace("-new-", "-old-", 1))
    try:
        _stage(outputs, staging)
        foreign = _contents(destination).foreign if destination.exists() else []
        _carry_over(foreign, destination, staging)
        _exchange(staging, destination, old)
    finally:  # what cannot be removed here is litter, and no reason to call the build a failure
        shutil.rmtree(staging, ignore_errors=True)
        if destination.exists():
            shutil.rmtree(old, ignore_errors=True)
    return foreign


def clean(destination: Path) -> list[str] | None:
    """Remove what mujaz made; return what is not ours and stays, or None if there was no site."""
    if not (destination / MANIFEST).is_file():
        return None
    found = _contents(destination)
    for name in (*found.owned, MANIFEST):
        (destination / name).unlink()
    for name in (*reversed(found.folders), ""):
        if not any((destination / name).iterdir()):
            (destination / name).rmdir()
    return found.foreign


# --- the new site ----------------------------------------------------------------------------


def _stage(outputs: Iterable[Output], staging: Path) -> None:
    """Write every output below ``staging``, and the manifest of their digests."""
    staging.chmod(_FOLDER_MODE)
    digests: dict[str, str] = {}
    folders = {staging}
    for output in outputs:
        data = _read(output)
        path = staging / output.route
        _make_folders(path.parent, folders)
        with path.open("xb") as file:
            file.write(data)
        path.chmod(_FILE_MODE)
        digests[output.route] = hashlib.sha256(data).hexdigest()
    lines = [f"{digests[name]}  {name}\n" for name in sorted(digests)]
    manifest = staging / MANIFEST
    manifest.write_bytes("".join(lines).encode())
    manifest.chmod(_FILE_MODE)


def _read(output: Output) -> bytes:
    """Return the bytes of an output; a file that it is a copy of may have gone meanwhile."""
    content = output.content
    if isinstance(content, bytes):
        return content
    try:
        return content.read_bytes()
    except OSError as error:
        raise OSError(f"{content.name} cannot be read: {error.strerror or error}") from error


def _make_folders(folder: Path, known: set[Path]) -> None:
    """Make a folder and those above it that are missing; ``known`` are there already."""
    missing = []
    while folder not in known:
        missing.append(folder)
        known.add(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        each.chmod(_FOLDER_MODE)


def _carry_over(names: Iterable[str], destination: Path, staging: Path) -> None:
    """Copy what is not ours into the new folder; where it stands in the way it is an error."""
    for name in names:
        path = staging / name
        above = [each for each in path.parents if each.is_relative_to(staging)]
        if name.endswith("/") and path.is_dir():
            _carry_over(_below(name, destination), destination, staging)
            continue
        if os.path.lexists(path) or any(each.is_file() for each in above):
            raise FileExistsError(f"{name} is not ours and stands in the way; move it away")
        _make_folders(path.parent, {each for each in above if each.is_dir()})
        try:
            if name.endswith("/"):
                shutil.copytree(destination / name, path, symlinks=True)
            else:
                shutil.copy2(destination / name, path, follow_symlinks=False)
        except shutil.Error as error:  # of the things that cannot be copied, the first
            raise OSError(f"{name} cannot be kept: {error.args[0][0][2]}") from error


def _below(folder: str, destination: Path) -> list[str]:
    """Return what lies in a folder of the old site, folders with a final slash."""
    with os.scandir(destination / folder) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    slash = {True: "/", False: ""}
    return [f"{folder}{each.name}{slash[each.is_dir(follow_symlinks=False)]}" for each in entries]


def _exchange(staging: Path, destination: Path, old: Path) -> None:
    """Put the new folder in the place of the old one; undo the first step if the second fails."""
    if not destination.exists():
        staging.rename(destination)
        return
    try:
        destination.rename(old)
        staging.rename(destination)
    except BaseException:
        if old.exists() and not destination.exists():
            old.rename(destination)
        raise


# --- the old site ----------------------------------------------------------------------------


class _Contents(NamedTuple):
    """What lies in the folder of a site; ``folders`` are ours, each after the one it lies in.

    A folder in which nothing is ours stands among ``foreign`` once, with a final slash.
    """

    owned: list[str]
    foreign: list[str]
    folders: list[str]


def _contents(destination: Path) -> _Contents:
    """Sort out what mujaz made and what it did not; the manifest itself is left out.

    Names come from the disk, so that a manifest cannot name anything outside the folder.
    """
    names = _manifest(destination)
    parents = {f"{each}/" for name in names for each in PurePosixPath(name).parents}
    found = _Contents([], [], [])
    waiting = [""]
    while waiting:
        for name in _below(waiting.pop(), destination):
            if name in parents:
                found.folders.append(name)
                waiting.append(name)
            elif name in names and not (destination / name).is_symlink():
                found.owned.append(name)
            elif name != MANIFEST:
                found.foreign.append(name)
    found.foreign.sort()
    return found


def _manifest(destination: Path) -> set[str]:
    """Return the names in the manifest; one that is missing or no text names nothing."""
    try:
        text = (destination / MANIFEST).read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return set()
    after = _DIGEST_LENGTH + 2
    lines = text.split("\n")
    return {line[after:] for line in lines if line[_DIGEST_LENGTH:after] == "  "}
