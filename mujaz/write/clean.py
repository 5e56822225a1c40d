"""Clean: what mujaz made is removed, and only that.

Enters: the folder of a site and that of its sources. Leaves: what is not ours.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from mujaz.routes import MANIFEST
from mujaz.write.contents import contents
from mujaz.write.exchange import put_back
from mujaz.write.folders import demolish
from mujaz.write.lock import Lock
from mujaz.write.places import Places, places


def clean(destination: Path, root: Path) -> list[str] | None:
    """Remove what mujaz made; return what is not ours and stays, or None if there was no site.

    The manifest goes last: what an interrupted run leaves is still known to be ours.
    """
    where = places(destination, root)
    if not os.path.isdir(where.parent):
        return None
    lock = Lock([where.parent, where.root], lambda: None)
    try:
        put_back(where)
        foreign = _clean_site(where.site)
        for path in (where.beside, where.old):
            demolish(path)
        forget(where)
    finally:
        lock.release()
    return foreign


def forget(where: Places) -> None:
    """Remove what was kept for the next build; what others keep in the workshop stays."""
    if not os.path.isdir(where.workshop) or os.path.islink(where.workshop):
        return
    for path in (where.memory, f"{where.memory}.new", where.spare, where.staging):
        demolish(path)
    with contextlib.suppress(OSError):  # not empty
        os.rmdir(where.workshop)


def _clean_site(site: str) -> list[str] | None:
    """Remove our files and the folders that this leaves empty."""
    if not os.path.isfile(f"{site}/{MANIFEST}"):
        return None
    found = contents(site)
    for name in (*found.owned, MANIFEST):
        os.unlink(f"{site}/{name}")
    for name in (*reversed(found.folders), ""):
        if not os.listdir(f"{site}/{name}"):
            os.rmdir(f"{site}/{name}")
    return found.foreign
