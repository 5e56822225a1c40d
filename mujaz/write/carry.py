"""Carry: files go on into the new site as they are.

Enters: names in a folder. Leaves: the same files in another, by a second link to them, or copied
where the disk has no links. Links of users are carried as links, never followed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable

from mujaz.write.folders import make_folders

_NO_LINKS = {
    errno.EACCES,
    errno.EMLINK,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EPERM,
    errno.EXDEV,
}
"""What a system answers where a file can be copied, but not linked to."""


def link_or_copy(source: str, target: str) -> None:
    """Give a file a second name, or copy it with its mode and times; the target is new."""
    try:
        if os.link in os.supports_follow_symlinks:
            os.link(source, target, follow_symlinks=False)
        else:
            os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copy(source, target)


def carry_over(names: Iterable[str], source: str, target: str) -> None:
    """Take along what is not ours, folders whole; where it stands in the way it is an error.

    What has gone meanwhile is none of our business any more.
    """
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            os.lstat(f"{source}/{name}")
            _carry(name, source, target)


def _carry(name: str, source: str, target: str) -> None:
    """Take one thing along, and what lies in it."""
    try:
        make_folders(target, name.rstrip("/").rpartition("/")[0], {""})
        if not name.endswith("/"):
            link_or_copy(f"{source}/{name}", f"{target}/{name}")
            return
        theirs = not os.path.lexists(f"{target}/{name.rstrip('/')}")
        make_folders(target, name.rstrip("/"), {""})
        with os.scandir(f"{source}/{name}") as scan:
            below = [
                name + each.name + "/" * each.is_dir(follow_symlinks=False)
                for each in sorted(scan, key=lambda entry: entry.name)
            ]
    except FileExistsError as error:
        raise FileExistsError(f"{name} is not ours and stands in the way; move it away") from error
    except OSError as error:
        raise OSError(f"{name} cannot be kept: {error.strerror or error}") from error
    carry_over(below, source, target)
    if theirs:
        _copy_status(f"{source}/{name}", f"{target}/{name}")


def _copy(source: str, target: str) -> None:
    """Copy a file or a link; anything else cannot be."""
    import shutil

    mode = os.lstat(source).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise OSError("it is neither a file nor a link")
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target)
    shutil.copy2(source, target, follow_symlinks=False)


def _copy_status(source: str, target: str) -> None:
    """Give a folder the mode and the times of another."""
    import shutil

    shutil.copystat(source, target)
