"""Publication: a new site grows file by file, and takes the place of the old one in one step.

Enters: the bytes of files. Leaves: the new site, or, after any failure, the old one as it was.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from mujaz.model import Output, Route
from mujaz.routes import MANIFEST
from mujaz.write.carry import carry_over
from mujaz.write.clean import forget
from mujaz.write.contents import Contents, contents, manifest_of
from mujaz.write.exchange import exchange, put_back, sync_folder, synchronise
from mujaz.write.folders import demolish, demolish_if_possible
from mujaz.write.lock import Lock
from mujaz.write.memory import Entry, recall, remember, stamp_of
from mujaz.write.places import Places, places
from mujaz.write.staging import Staging


def publish(
    destination: Path,
    root: Path,
    *,
    keep_spare: bool = True,
    waiting: Callable[[], object] = lambda: None,
) -> Publication:
    """Return a publication of the site that is made from ``root`` into ``destination``.

    Without ``keep_spare`` nothing is remembered and nothing is kept for the next build.
    ``waiting`` is called once if another build of the folder is not done within a second.
    """
    return Publication(places(destination, root), keep_spare=keep_spare, waiting=waiting)


class Publication:
    """A new site on its way. A context manager: without ``commit`` the old site stays as it was.

    Entering waits for other builds of the folder and clears up after dead ones; nothing is staged
    before there is something to stage. ``OSError`` from any method leaves the old site, and
    ``FileExistsError`` names a foreign file in the way.
    """

    def __init__(self, where: Places, *, keep_spare: bool, waiting: Callable[[], object]) -> None:
        self._where = where
        self._keep_spare = keep_spare
        self._waiting = waiting
        self._lock: Lock | None = None
        self._staging: Staging | None = None
        self._takes_spare = False
        self._made: list[str] = []
        self._process = os.getpid()

    def __enter__(self) -> Self:
        where = self._where
        self._make_parents()
        self._lock = Lock([where.parent, where.root], self._waiting)
        try:
            put_back(where)
            for path in (where.old, where.beside, where.staging):
                demolish_if_possible(path)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if os.getpid() != self._process:  # a forked child that ends leaves all as it is
            return
        try:
            with contextlib.suppress(OSError):  # litter waits for the next build
                self._tidy()
        finally:
            if self._lock:
                self._lock.release()

    # --- the old site ------------------------------------------------------------------------

    @cached_property
    def _old(self) -> Contents:
        """What lies in the old site."""
        return contents(self._where.site, self._memory)

    @cached_property
    def _memory(self) -> Mapping[str, Entry]:
        """What is remembered of the files that were written last."""
        return recall(self._where.memory, self._where.site) if self._keep_spare else {}

    @cached_property
    def present(self) -> Mapping[Route, str]:
        """The digests of all files of the old site that are still as mujaz wrote them."""
        unaltered = self._old.unaltered.items()
        return {Route(name): entry.digest for name, entry in unaltered if name != MANIFEST}

    @property
    def foreign(self) -> Sequence[str]:
        """What lies in the old site and is not ours; folders have a final slash."""
        return self._old.foreign

    def holds(self, digests: Mapping[Route, str]) -> bool:
        """Say whether the site is exactly this already, so that there is nothing to commit."""
        whole = len(self._old.unaltered) == len(self._memory)
        return whole and MANIFEST in self._memory and self.present == digests

    # --- the new site ------------------------------------------------------------------------

    def prepare(self) -> Staging:
        """Make the staging folder, once. A process that will be forked does so before."""
        if self._staging is None:
            where, old = self._where, self._old
            path = where.beside
            if self._keep_spare and self._has_workshop():
                path = where.staging
                self._take_spare()
            self._staging = Staging(path, where.site, old)
            self._staging.prepare()
        return self._staging

    def place(self, route: Route, data: bytes) -> str:
        """Write a file of the new site, and return the SHA-256 of its bytes in hex.

        Forked processes may place different files at once.
        """
        from hashlib import sha256

        self.prepare().place(route, data)
        return sha256(data).hexdigest()

    def commit(self, digests: Mapping[Route, str]) -> list[str]:
        """Put the new site in the place of the old one; return what is not ours and was kept.

        ``digests`` are those of all its files; one that was not placed must be ``present``.
        """
        where, staging = self._where, self.prepare()
        if os.path.isdir(where.site) and not _is_writable(where.site):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), where.site)
        entries, placed = staging.complete(digests)
        foreign = contents(where.site, named=self._old.ours).foreign
        carry_over(foreign, where.site, staging.path)
        staging.place(MANIFEST, manifest_of(digests))
        status = os.lstat(f"{staging.path}/{MANIFEST}")
        entries[MANIFEST] = Entry("", stamp_of(status))
        synchronise(staging.path, [*placed, MANIFEST])
        left = exchange(staging.path, where)
        with contextlib.suppress(OSError):  # the new site stands, whatever becomes of the old one
            sync_folder(where.parent)
            self._settle(left, entries, foreign)
        return foreign

    def _settle(self, left: str, entries: Mapping[str, Entry], carried: Sequence[str]) -> None:
        """Make the old site the spare, or remove it; keep what others put there just now."""
        where = self._where
        if left:
            found = contents(left, named=self._old.ours).foreign
            carry_over([name for name in found if name not in carried], left, where.site)
            for name in found:
                demolish(f"{left}/{name}".rstrip("/"))
        if not self._keep_spare:
            forget(where)
            return
        if left and self._staging and self._staging.path == where.staging:
            os.rename(left, where.spare)
        remember(where.memory, where.site, entries)

    # --- before and after --------------------------------------------------------------------

    def _make_parents(self) -> None:
        """Make the folders that the site's folder is to lie in."""
        folder, missing = self._where.parent, []
        while not os.path.isdir(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        if missing:
            os.makedirs(self._where.parent, exist_ok=True)
        self._made = missing

    def _has_workshop(self) -> bool:
        """Say whether the workshop can hold the staging folder, and make it if it is not there."""
        path = self._where.workshop
        try:
            os.mkdir(path)
            self._made.insert(0, path)
        except FileExistsError:
            pass
        except OSError:
            return False
        status = os.lstat(path)
        near = status.st_dev == os.stat(self._where.parent).st_dev
        return near and stat.S_ISDIR(status.st_mode) and _is_writable(path)

    def _take_spare(self) -> None:
        """Let the staging folder begin as the spare; a crash then leaves nothing like a spare."""
        where = self._where
        if os.path.islink(where.spare) or not os.path.isdir(where.spare):
            demolish(where.spare)
            return
        os.rename(where.spare, where.staging)
        self._takes_spare = True

    def _tidy(self) -> None:
        """Leave the old site and the spare, and nothing else of what was begun."""
        where = self._where
        put_back(where)
        if self._takes_spare and not os.path.lexists(where.spare):
            with contextlib.suppress(OSError):  # it is gone, or is removed instead
                os.rename(where.staging, where.spare)
        for path in (where.old, where.beside, where.staging):
            demolish(path)
        for folder in self._made:
            with contextlib.suppress(OSError):  # not empty
                os.rmdir(folder)


def write(outputs: Iterable[Output], destination: Path) -> list[str]:
    """Replace the site in ``destination``; return what was there and is not ours.

    ``OSError`` leaves the old site as it was; ``FileExistsError`` names a foreign file in the way.
    """
    with publish(destination, destination.parent, keep_spare=False) as publication:
        return publication.commit(
            {each.route: publication.place(each.route, _read(each)) for each in outputs}
        )


def _read(output: Output) -> bytes:
    """Return the bytes of an output; a file that it is a copy of may have gone meanwhile."""
    content = output.content
    if isinstance(content, bytes):
        return content
    try:
        return content.read_bytes()
    except OSError as error:
        raise OSError(f"{content.name} cannot be read: {error.strerror or error}") from error


def _is_writable(path: str) -> bool:
    """Say whether the system lets us change what lies in a folder."""
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK | os.X_OK, effective_ids=effective)
