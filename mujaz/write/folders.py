"""Folders: a tree is pruned, removed, or given its folders. Links are removed, never followed.

Enters: paths in folders that mujaz made. Leaves: nothing but what was to be kept.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable

FOLDER_MODE = 0o755


def prune(folder: str, keep: Callable[[str, os.DirEntry[str]], bool], within: str = "") -> bool:
    """Remove every file that is not to be kept, and empty folders; return if anything is left.

    ``keep`` gets a file's path below the folder, with slashes, and its entry.
    """
    path = f"{folder}/{within}"
    if os.lstat(path).st_mode & 0o777 != FOLDER_MODE:
        os.chmod(path, FOLDER_MODE)
    left = False
    with os.scandir(path) as scan:
        entries = list(scan)
    for entry in entries:
        name = within + entry.name
        if entry.is_dir(follow_symlinks=False):
            if prune(folder, keep, f"{name}/"):
                left = True
            else:
                os.rmdir(entry.path)
        elif keep(name, entry):
            left = True
        else:
            os.unlink(entry.path)
    return left


def demolish(path: str) -> None:
    """Remove what lies at a path, whatever it is; nothing there is well."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except OSError:
        if os.path.islink(path) or not os.path.isdir(path):
            raise
        prune(path, lambda _name, _entry: False)
        os.rmdir(path)


def demolish_if_possible(path: str) -> None:
    """Remove what lies at a path; what the system does not let us remove waits for the next build.

    Litter is no reason to call a build a failure.
    """
    with contextlib.suppress(OSError):
        demolish(path)


def make_folders(root: str, folder: str, known: set[str]) -> None:
    """Make a folder below ``root`` and those above it; ``known`` are there already.

    A file that is in the way is an error; other processes may make the same folders meanwhile.
    """
    if folder in known:
        return
    make_folders(root, folder.rpartition("/")[0], known)
    path = f"{root}/{folder}"
    try:
        os.mkdir(path, FOLDER_MODE)
    except FileExistsError:
        if os.path.islink(path) or not os.path.isdir(path):
            raise
    else:
        os.chmod(path, FOLDER_MODE)  # whatever the umask
    known.add(folder)
