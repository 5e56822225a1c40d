"""Memory: what mujaz wrote into the site, and how to tell that a file is still that.

Enters: routes, digests and what the system says of files. Leaves: one index file in ``.mujaz/``,
its own digest in the first line.
An index that is broken, of another site or of another version of mujaz remembers nothing; what is
not remembered is written anew, so that a lost index costs time and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from mujaz.write.folders import demolish_if_possible

_VERSION = 1


class Stamp(NamedTuple):
    """What the system says of a file; a file that was altered or replaced has another one.

    ``mode`` has the type of the file too, so a link in its place differs. Not seen is only a file
    altered in place to the same size whose time was then put back; ``mujaz verify`` sees it.
    """

    mode: int
    size: int
    modified: int
    inode: int


class Entry(NamedTuple):
    """A file as it was written: the SHA-256 of its bytes in hex, and its stamp."""

    digest: str
    stamp: Stamp


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return Stamp(status.st_mode, status.st_size, status.st_mtime_ns, status.st_ino)


def remember(index: str, site: str, entries: Mapping[str, Entry]) -> None:
    """Write the index in one step; ``site`` says which folder it is about."""
    import json
    from hashlib import sha256

    text = json.dumps([_VERSION, site, entries], separators=(",", ":")).encode("ascii")
    growing = f"{index}.new"
    try:
        with open(growing, "wb") as file:
            file.write(b"%s\n%s" % (sha256(text).hexdigest().encode("ascii"), text))
        os.replace(growing, index)
    except BaseException:
        demolish_if_possible(growing)
        raise


def recall(index: str, site: str) -> dict[str, Entry]:
    """Return what the index says of a site: nothing, where it is not wholly as we write it."""
    import json
    from hashlib import sha256

    try:
        with open(index, "rb") as file:
            digest, _, text = file.read().partition(b"\n")
        if digest != sha256(text).hexdigest().encode("ascii"):
            return {}
        version, about, entries = json.loads(text)
        if (version, about) != (_VERSION, site):
            return {}
        return {name: _entry(*value) for name, value in entries.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _entry(digest: object, stamp: object) -> Entry:
    """Return an entry of the index; ``TypeError`` where it has another shape."""
    if not isinstance(digest, str) or not isinstance(stamp, list):
        raise TypeError
    return Entry(digest, Stamp(*stamp))
