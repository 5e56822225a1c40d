"""Staging: the folder in which a new site grows, until it is complete.

Enters: the bytes of new files, and the old site. Leaves: a folder that holds the new site and
nothing else. A file that did not change is a second link to the one in the old site; one that did
is a new file, so that nothing is ever written into the old site through such a link.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from mujaz.model import Route
from mujaz.write.carry import link_or_copy
from mujaz.write.contents import Contents
from mujaz.write.folders import FOLDER_MODE, demolish, make_folders, prune
from mujaz.write.memory import Entry, Stamp, stamp_of

_FILE_MODE = 0o644
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Staging:
    """A staging folder. ``old`` is what lies in the old site, the folder ``site``."""

    def __init__(self, path: str, site: str, old: Contents) -> None:
        self.path = path
        self._site = site
        self._old = old.unaltered
        self._folders = {""}

    def prepare(self) -> None:
        """Make the folder, or leave in one that is there only what is the old site's very file."""
        try:
            os.mkdir(self.path)
        except FileExistsError:
            prune(self.path, lambda name, entry: self._is_old(name, entry.inode()))
        os.chmod(self.path, FOLDER_MODE)

    def place(self, name: str, data: bytes) -> None:
        """Write a new file; what lies in its way is of the old site."""
        path = f"{self.path}/{name}"
        try:
            make_folders(self.path, name.rpartition("/")[0], self._folders)
            opened = os.open(path, _NEW_FILE, _FILE_MODE)
        except (FileExistsError, NotADirectoryError):
            self._make_way(name)
            opened = os.open(path, _NEW_FILE, _FILE_MODE)
        try:
            os.fchmod(opened, _FILE_MODE)  # whatever the umask
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(opened, rest) :]
        finally:
            os.close(opened)

    def complete(self, digests: Mapping[Route, str]) -> tuple[dict[str, Entry], list[str]]:
        """Remove what is not wanted, link to what did not change; return all, and what is new."""
        wanted = {str(name): digest for name, digest in digests.items()}
        entries: dict[str, Entry] = {}
        placed: list[str] = []

        def keep(name: str, entry: os.DirEntry[str]) -> bool:
            digest = wanted.get(name)
            if digest is None:
                return False
            known = self._old.get(name)
            if known and known.stamp.inode == entry.inode():
                if known.digest != digest:
                    return False
                entries[name] = known
            else:
                entries[name] = Entry(digest, stamp_of(entry.stat(follow_symlinks=False)))
                placed.append(name)
            return True

        prune(self.path, keep)
        self._folders = {""}
        for name in sorted(wanted.keys() - entries.keys()):
            entries[name] = Entry(wanted[name], self._keep(name, wanted[name]))
        return entries, placed

    def _is_old(self, name: str, inode: int) -> bool:
        """Say whether a file here is the very file of the old site."""
        known = self._old.get(name)
        return known is not None and known.stamp.inode == inode

    def _keep(self, name: str, digest: str) -> Stamp:
        """Take a file of the old site into the new one; it must be as it was when we looked."""
        known = self._old.get(name)
        if known is None or known.digest != digest:
            raise ValueError(f"{name} was not placed, and the old site has no such file")
        make_folders(self.path, name.rpartition("/")[0], self._folders)
        link_or_copy(f"{self._site}/{name}", f"{self.path}/{name}")
        stamp = stamp_of(os.lstat(f"{self.path}/{name}"))
        if stamp._replace(inode=0) != known.stamp._replace(inode=0):
            raise OSError(f"{name} was changed while the site was built; build it again")
        return stamp

    def _make_way(self, name: str) -> None:
        """Remove what was a file and becomes a folder, or the other way round, or changed."""
        parts = name.split("/")
        for end in range(1, len(parts)):
            path = f"{self.path}/{'/'.join(parts[:end])}"
            if os.path.lexists(path) and not os.path.isdir(path):
                demolish(path)
        demolish(f"{self.path}/{name}")
        self._folders = {""}
        make_folders(self.path, name.rpartition("/")[0], self._folders)
