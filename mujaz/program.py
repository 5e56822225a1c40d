"""Program: what tells this mujaz, its Python and its libraries from any other.

Enters: what lies beside this file, and where Python looks. Leaves: a key; what was remembered
under another is not believed.
"""

from __future__ import annotations

import contextlib
import os
import sys
from hashlib import sha256

from mujaz import __version__


def program_key() -> str:
    """Return what tells this program and its libraries from any other."""
    parts = [__version__, sys.version, *_distributions()]
    for folder, folders, names in os.walk(os.path.dirname(__file__)):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))
                parts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _distributions() -> list[str]:
    """Return what is installed where Python looks, with the versions."""
    found: set[str] = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found.update(name for name in os.listdir(folder) if name.endswith(".dist-info"))
    return sorted(found)
