"""Publishing alone, as a target of the crash sweep: ``small_build``, in as few steps as can be.

Enters: a folder, and a start. Leaves: a site, a process that is shot at, and what was wrong
afterwards.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from mujaz.write import clean
from tests.program import environment, tree
from tests.small_build import build, pages

STARTS: Sequence[str] = ("fresh", "spare", "cold", "template", "renames")
"""No site; a site with a spare; one without; a change of all pages; a system that cannot exchange
folders, on which the site is away for a moment, and nothing else may be wrong."""

_LACKING = ("renameat2", "syncfs")
_FOREIGN = {"CNAME": "ferry.example", "ar/old map.pdf": "map", "mine/deep/file": "mine"}

Tree = dict[str, bytes | str]


def prepare(root: Path, start: str) -> None:
    """Make the state that a build starts from."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    if start == "fresh":
        return
    _quickly(root, "new")
    _quickly(root, "old")
    for name, text in _FOREIGN.items():
        (root / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / name).write_text(text)
    (root / "site" / "latest").symlink_to("en")
    if start == "cold":
        shutil.rmtree(root / ".mujaz")


def lacking(start: str) -> tuple[str, ...]:
    """Return the calls that the system of a start does not have."""
    return _LACKING if start == "renames" else ()


def expected(root: Path, start: str) -> Tree:
    """Return the site that a build from nothing gives, with the files of others."""
    prepare(root, start)
    clean(root / "site", root)
    _quickly(root, _version(start))
    return tree(root / "site")


def run(root: Path, start: str, words: Sequence[str]) -> int:
    """Build under strace, which gets these words; return the exit code."""
    fast = [] if any("signal=KILL" in each for each in words) else ["--seccomp-bpf"]
    here = [sys.executable, "-S", "-m", "tests.small_build", str(root), _version(start)]
    done = subprocess.run(
        [*words, *fast, *here],
        env=environment(PYTHONHASHSEED="0"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode


def heal(root: Path, start: str, new: Tree) -> str:
    """Build normally, and say what is wrong then; the next site must be right as well."""
    _quickly(root, _version(start))
    if tree(root / "site") != new:
        return "a build does not heal it"
    litter = {each.name for each in root.iterdir()} - {"site", ".mujaz"}
    litter |= {each.name for each in (root / ".mujaz").iterdir()} - {"spare", "site-index.json"}
    if litter:
        return f"litter: {sorted(litter)}"
    mine = {name: content for name, content in new.items() if name.startswith(tuple(_FOREIGN))}
    _quickly(root, "old")
    now = tree(root / "site")
    if {name: text.encode() for name, text in pages("old").items()}.items() - now.items():
        return "what was kept for the next build is wrong"
    return "" if mine.items() <= now.items() else "files of others are lost"


def _version(start: str) -> str:
    return "template" if start == "template" else "new"


def _quickly(root: Path, version: str) -> None:
    """Build in this process, without waiting for the disk."""
    with mock.patch("mujaz.write.publication.synchronise"):
        build(root, version)
