"""Verify: whether a folder is, byte for byte, the site that its manifest lists.

Enters: a folder. Leaves: where it differs. Writes nothing; names come from the disk, so that no
manifest leads outside, and no link is followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from mujaz.model import Route
from mujaz.routes import MANIFEST
from mujaz.write.contents import manifest_of, parents_of, read_manifest

KINDS = ("altered", "missing", "added", "unreadable")

_LOOK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Difference(NamedTuple):
    """One thing that is not as it was built; a folder has a final slash.

    - altered: other bytes, or no longer a file; of the manifest: not as mujaz writes it
    - missing: in the manifest, and not there
    - added: there, and not in the manifest; a folder of which nothing is in it stands once
    - unreadable: the system does not let us look
    """

    kind: str
    name: str


def verify(site: Path) -> tuple[int, list[Difference]] | None:
    """Return how many files the manifest lists, and what differs; None where there is none."""
    path = os.path.realpath(site)
    try:
        if not stat.S_ISREG(os.lstat(f"{path}/{MANIFEST}").st_mode):
            return None
        with open(os.open(f"{path}/{MANIFEST}", _LOOK), "rb") as file:
            written = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    digests = read_manifest(written)
    found = list(_differences(path, digests))
    if written != manifest_of({Route(name): digest for name, digest in digests.items()}):
        found.append(Difference("altered", MANIFEST))
    return len(digests), sorted(found, key=lambda each: (KINDS.index(each.kind), each.name))


def _differences(site: str, digests: Mapping[str, str]) -> Iterator[Difference]:
    """Yield what lies in the folder and is not as the manifest says, then what does not lie there.

    Of a folder that cannot be read nothing more is said.
    """
    parents = parents_of(digests)
    missing = set(digests)
    waiting = [""]
    while waiting:
        within = waiting.pop()
        try:
            with os.scandir(f"{site}/{within}") as scan:
                entries = list(scan)
        except OSError:
            yield Difference("unreadable", within or "./")
            missing = {name for name in missing if not name.startswith(within)}
            continue
        for entry in entries:
            name = within + entry.name
            folder = entry.is_dir(follow_symlinks=False)
            if name in digests:
                missing.discard(name)
                kind = _kind(entry.path, digests[name])
            elif folder and f"{name}/" in parents:
                waiting.append(f"{name}/")
                continue
            else:
                kind = "" if name == MANIFEST else "added"
            if kind:
                yield Difference(kind, name + "/" * folder)
    yield from (Difference("missing", name) for name in missing)


def _kind(path: str, digest: str) -> str:
    """Return how a file differs from what its digest says, "" if it does not."""
    from hashlib import file_digest

    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return "altered"
        with open(os.open(path, _LOOK), "rb") as file:
            return "" if file_digest(file, "sha256").hexdigest() == digest else "altered"
    except OSError:
        return "unreadable"
