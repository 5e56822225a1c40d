"""The program as a user starts it, and what it leaves on the disk.

Enters: a folder, arguments and an environment. Leaves: how the process ended, files with their
bytes. Everything that only a process of its own can show is run from here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
Files = Mapping[str, str | bytes | None]
KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP")


def environment(**changes: str | None) -> dict[str, str]:
    """Return a bare environment in which this repository's mujaz is found; None leaves one out."""
    found: dict[str, str | None] = {key: os.environ.get(key) for key in KEPT}
    found |= {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1", **changes}
    return {key: value for key, value in found.items() if value is not None}


def command(*arguments: str, flags: Sequence[str] = ()) -> list[str]:
    """Return the words that start mujaz with this Python."""
    return [sys.executable, *flags, "-m", "mujaz", *arguments]


def start(
    root: Path,
    *arguments: str,
    flags: Sequence[str] = (),
    variables: Mapping[str, str | None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run mujaz in a process of its own and wait; both streams are read as UTF-8."""
    return subprocess.run(
        command(*arguments, flags=flags),
        cwd=root,
        env=environment(**(variables or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def write_files(root: Path, files: Files) -> None:
    """Write files below a folder; one whose content is None is left out."""
    for name, content in files.items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def lasting(root: Path) -> dict[str, bytes | str]:
    """Return everything below the folder of a site, but for what only spares a build work."""
    return {name: each for name, each in tree(root).items() if not f"{name}/".startswith(".mujaz/")}


def tree(folder: Path) -> dict[str, bytes | str]:
    """Return everything below a folder: a file's bytes, the target of a link, "" for a folder."""
    found: dict[str, bytes | str] = {}
    for each in sorted(folder.rglob("*")):
        name = each.relative_to(folder).as_posix()
        if each.is_symlink():
            found[name] = f"-> {each.readlink()}"
        else:
            found[name] = each.read_bytes() if each.is_file() else ""
    return found
