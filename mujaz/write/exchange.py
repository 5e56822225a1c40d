"""Exchange: what is staged takes the place of the site, in one step where the system can.

Enters: two folders on one disk. Leaves: the new site under the name of the old one; a failure
leaves the old one there. Written for Linux and macOS, with two renamings everywhere else.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mujaz.write.places import Places

if TYPE_CHECKING:
    import ctypes

_AT_FDCWD, _EXCHANGE = -100, 2
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a system answers that cannot exchange two folders, or a disk on which it cannot."""


def exchange(staging: str, places: Places) -> str:
    """Put what is staged in the place of the site; return where the old one is, "" for none."""
    if not os.path.lexists(places.site):
        os.rename(staging, places.site)
        return ""
    if _in_one_step(staging, places.site):
        return staging
    try:
        os.rename(places.site, places.old)
        os.rename(staging, places.site)
    except BaseException:
        put_back(places)
        raise
    return places.old


def put_back(places: Places) -> None:
    """Give the site its name again, where a build ended between two renamings."""
    if os.path.isdir(places.old) and not os.path.lexists(places.site):
        os.rename(places.old, places.site)


def synchronise(folder: str, files: Iterable[str]) -> None:
    """Have everything in a folder written to the disk itself; ``files`` are those newly written."""
    if not _sync_whole_disk(folder):
        for name in files:
            _sync(f"{folder}/{name}")
        for path, _, _ in os.walk(folder):
            sync_folder(path)


def sync_folder(path: str) -> None:
    """Have the names in a folder written to the disk; systems that cannot need not."""
    if sys.platform != "win32":
        _sync(path)


def _sync(path: str) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(opened)


def _in_one_step(one: str, other: str) -> bool:
    """Exchange two folders; return False where the system cannot."""
    libc = _libc()
    names = os.fsencode(one), os.fsencode(other)
    if libc is None:
        return False
    if hasattr(libc, "renameat2"):
        done = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
    elif hasattr(libc, "renamex_np"):  # macOS; RENAME_SWAP is 2 as well
        done = libc.renamex_np(*names, _EXCHANGE)
    else:
        return False
    return _answered(done)


def _sync_whole_disk(folder: str) -> bool:
    """Have the system write the whole disk out, faster than file by file; or return False."""
    libc = _libc()
    if libc is None or not hasattr(libc, "syncfs"):
        return False
    opened = os.open(folder, os.O_RDONLY)
    try:
        return _answered(libc.syncfs(opened))
    finally:
        os.close(opened)


def _libc() -> ctypes.CDLL | None:
    """Return the functions of the system's C library; None on Windows."""
    if sys.platform == "win32":
        return None
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


def _answered(done: int) -> bool:
    """Return whether a call of the system was done; ``OSError`` where it could be and failed."""
    import ctypes

    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number))
