"""Contents: what lies in the folder of a site, sorted out into what is ours and what is not.

Enters: a folder, its manifest, and what is remembered of it. Leaves: names with slashes, folders
with a final one. Names come from the disk, so that no manifest can name anything outside.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from mujaz.model import Route
from mujaz.routes import MANIFEST
from mujaz.write.memory import Entry, stamp_of

_DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Contents:
    """What lies in the folder of a site; the manifest itself is in neither list.

    - ``owned``: files of ours; ``folders``: folders of ours, each after the one it lies in
    - ``foreign``: the rest; a folder in which nothing is ours stands there once
    - ``unaltered``: what is remembered of those files, the manifest too, that still are that
    """

    owned: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    unaltered: dict[str, Entry] = field(default_factory=dict)

    @property
    def ours(self) -> set[str]:
        """Return the names of all that is ours; a folder is even if its files have gone."""
        return {*self.owned, *self.folders}


def contents(
    site: str, memory: Mapping[str, Entry] | None = None, named: Collection[str] | None = None
) -> Contents:
    """Sort out what mujaz made and what it did not; an absent folder holds nothing.

    Ours is what the manifest names, and what is exactly as we remember to have written it. Whoever
    has looked before gives the names that are ours instead.
    """
    found = Contents()
    if not os.path.isdir(site):
        return found
    remembered = dict(memory or {})
    if named is None:
        named = _named(site, remembered, found)
    parents = parents_of([*named, *remembered])
    waiting = [""]
    while waiting:
        within = waiting.pop()
        with os.scandir(f"{site}/{within}") as scan:
            entries = list(scan)
        for entry in entries:
            name = within + entry.name
            known = remembered.get(name)
            if known and stamp_of(entry.stat(follow_symlinks=False)) == known.stamp:
                found.unaltered[name] = known
                found.owned.append(name)
            elif name in named and entry.is_file(follow_symlinks=False):
                found.owned.append(name)
            elif f"{name}/" in parents and entry.is_dir(follow_symlinks=False):
                found.folders.append(f"{name}/")
                waiting.append(f"{name}/")
            elif name != MANIFEST:
                found.foreign.append(name + "/" * entry.is_dir(follow_symlinks=False))
    found.foreign.sort()
    return found


def read_manifest(data: bytes) -> dict[str, str]:
    """Return the names in a manifest and their digests; one that is no text names nothing."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return {}
    after = _DIGEST_LENGTH + 2
    lines = text.split("\n")
    good = (line for line in lines if line[_DIGEST_LENGTH:after] == "  ")
    return {line[after:]: line[:_DIGEST_LENGTH] for line in good}


def manifest_of(digests: Mapping[Route, str]) -> bytes:
    """Return the manifest of a site, as ``sha256sum -c`` reads it."""
    return "".join([f"{digests[name]}  {name}\n" for name in sorted(digests)]).encode()


def _named(site: str, remembered: dict[str, Entry], found: Contents) -> Collection[str]:
    """Return the names in the manifest, without reading it where it is as we remember it."""
    known = remembered.pop(MANIFEST, None)
    try:
        status = os.lstat(f"{site}/{MANIFEST}")
    except FileNotFoundError:
        return set()
    if known and stamp_of(status) == known.stamp:
        found.unaltered[MANIFEST] = known
        return remembered
    with open(f"{site}/{MANIFEST}", "rb") as file:
        return read_manifest(file.read())


def parents_of(names: Iterable[str]) -> set[str]:
    """Return every folder that one of the files lies in."""
    found: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and f"{folder}/" not in found:
            found.add(f"{folder}/")
            folder = folder.rpartition("/")[0]
    return found
