"""The crash sweep: a build is shot at every call of the system that changes the disk.

Run as ``python -m tests.sweep``, with strace. A small site is built once to learn the calls; then
it is built once for each, and at that call the process is killed, and once more while the call
fails with ENOSPC, EIO or EACCES (in turn, or with ``--thorough`` all three). After each shot the
site must be the old one or the new one, byte for byte, and a normal build must give what a build
from nothing gives, with files of others still there and no litter. Leaves: a table on standard
output, and exit code 1 if any point was bad.

strace counts the calls of each process apart from those of others. So the build that is shot at
must be one process, or its further processes must make their calls in an order that repeats.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from mujaz.write import clean
from tests.program import environment, tree
from tests.small_build import build, pages

CALLS = (
    *("openat", "open", "creat", "write", "pwrite64", "ftruncate", "truncate", "utimensat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "chmod", "fchmod", "fchmodat"),
    *("fsync", "fdatasync", "syncfs", "flock", "fcntl", "copy_file_range", "sendfile"),
)
ERRORS = ("ENOSPC", "EIO", "EACCES")
STARTS = ("fresh", "spare", "cold", "template", "renames")
"""No site; a site with a spare; one without; a change of all pages; a system that cannot exchange
folders, on which the site is away for a moment, and nothing else may be wrong."""

_TRACE = ["strace", "-f", "-y", "-qq", "-s", "0", "-e", "signal=none"]
_LINE = re.compile(r"(\d+) +(\w+)\((.*)")
_READS = re.compile(r"\bO_RDONLY\b(?!.*O_CREAT)")
_FOREIGN = {"CNAME": "ferry.example", "ar/old map.pdf": "map", "mine/deep/file": "mine"}

Site = Mapping[str, str]


class Call(NamedTuple):
    """A call of the system: the how manieth of its name, and with what."""

    name: str
    number: int
    what: str


class Shot(NamedTuple):
    """What became of the site after one shot; ``bad`` says what was wrong, "" for nothing."""

    start: str
    call: Call
    kind: str
    state: str
    bad: str

    def __str__(self) -> str:
        return f"{self.start}: {self.kind} at {self.call.name}({self.call.what}): {self.bad}"


# --- one shot --------------------------------------------------------------------------------


def quickly(root: Path, version: str) -> None:
    """Build in this process, without waiting for the disk."""
    with mock.patch("mujaz.write.publication.synchronise"):
        build(root, version)


def prepare(root: Path, start: str) -> str:
    """Make the state that a build starts from; return the version that it will build."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    if start == "fresh":
        return "new"
    quickly(root, "new")
    quickly(root, "old")
    for name, text in _FOREIGN.items():
        (root / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / name).write_text(text)
    (root / "site" / "latest").symlink_to("en")
    if start == "cold":
        shutil.rmtree(root / ".mujaz")
    return "template" if start == "template" else "new"


def whole(root: Path, start: str, version: str) -> dict[str, bytes | str]:
    """Return the site that a build from nothing gives, with the files of others."""
    prepare(root, start)
    clean(root / "site", root)
    quickly(root, version)
    return tree(root / "site")


def run(root: Path, start: str, version: str, inject: Sequence[str] = ()) -> tuple[int, list[str]]:
    """Build under strace; return the exit code, and the lines of its report."""
    without = [f"--inject={name}:error=ENOSYS" for name in lacking(start)]
    log = root.parent / f"{root.name}.log"
    trace = "trace=" + ",".join(f"?{name}" for name in CALLS)
    here = [sys.executable, "-S", "-m", "tests.small_build", str(root), version]
    done = subprocess.run(
        [*_TRACE, "-e", trace, *without, *inject, "-o", str(log), *here],
        env=environment(PYTHONHASHSEED="0"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, log.read_text("utf-8", "replace").splitlines()


def relevant(root: Path, lines: Iterable[str]) -> list[Call]:
    """Return the calls that touch the folder of the site, counted by name and process."""
    counted: Counter[tuple[str, str]] = Counter()
    found = []
    for line in lines:
        match = _LINE.match(line)
        if not match:
            continue
        process, name, rest = match.groups()
        counted[process, name] += 1
        if str(root) in rest:
            what = re.split(r"\) *= |\) *<unfinished|\) *$", rest)[0].replace(str(root), ".")
            what = re.sub(r"\b\d+$", "n", what)  # the length of an index depends on inodes
            found.append(Call(name, counted[process, name], what))
    return found


def lacking(start: str) -> tuple[str, ...]:
    """Return the calls that the system of a start does not have."""
    return ("renameat2", "syncfs") if start == "renames" else ()


def aim(call: Call, kind: str) -> list[str]:
    """Return the arguments of strace that let this one call end the process, or fail."""
    effect = "signal=KILL" if kind == "KILL" else f"error={kind}"
    fast = [] if kind == "KILL" else ["--seccomp-bpf"]  # which cannot kill
    return [*fast, "-e", f"inject={call.name}:{effect}:when={call.number}"]


def shoot(root: Path, start: str, call: Call, kind: str, new: dict[str, bytes | str]) -> Shot:
    """Build once with one call shot at, look at the site, and have a normal build heal it."""
    version = prepare(root, start)
    old = tree(root / "site")
    code, lines = run(root, start, version, aim(call, kind))
    now = tree(root / "site")
    state = "old" if now == old else "new" if now == new else "mixed"
    if not (root / "site").exists() and start in {"fresh", "renames"}:
        state = "old" if start == "fresh" else "away"
    bad = judge(kind, code, state)
    hit = relevant(root, lines)
    if call not in hit:
        bad = "missed"
    bad = bad or heal(root, version, new)
    return Shot(start, call, kind, state, bad)


def judge(kind: str, code: int, state: str) -> str:
    """Say what is wrong with the outcome: a half site, or another than the exit code tells."""
    if state == "mixed":
        return "the site is neither old nor new"
    if kind == "KILL":
        return "" if code in {-9, 137} else f"not killed: {code}"
    told = {0: "new", 1: "old"}.get(code, "a trace")
    return "" if told == state else f"exit code {code}, but the site is {state}"


def heal(root: Path, version: str, new: dict[str, bytes | str]) -> str:
    """Build normally, and say what is wrong then; the next site must be right as well."""
    quickly(root, version)
    if tree(root / "site") != new:
        return "a build does not heal it"
    litter = {each.name for each in root.iterdir()} - {"site", ".mujaz"}
    litter |= {each.name for each in (root / ".mujaz").iterdir()} - {"spare", "site-index.json"}
    if litter:
        return f"litter: {sorted(litter)}"
    mine = {name: content for name, content in new.items() if name.startswith(tuple(_FOREIGN))}
    quickly(root, "old")
    now = tree(root / "site")
    if {name: text.encode() for name, text in pages("old").items()}.items() - now.items():
        return "what was kept for the next build is wrong"
    return "" if mine.items() <= now.items() else "files of others are lost"


# --- the sweep -------------------------------------------------------------------------------


def targets(start: str, folder: Path, *, thorough: bool) -> list[tuple[str, Call, str]]:
    """Return every shot from one start; to be killed at a call that only reads changes nothing."""
    root = folder / "learn"
    version = prepare(root, start)
    code, lines = run(root, start, version)
    assert code == 0, lines[-9:]
    found = []
    calls = [each for each in relevant(root, lines) if each.name not in lacking(start)]
    for number, call in enumerate(calls):
        kinds = list(ERRORS) if thorough else [ERRORS[number % len(ERRORS)]]
        if not _READS.search(call.what):
            kinds.append("KILL")
        found += [(start, call, kind) for kind in kinds]
    return found


def sweep(
    folder: Path, starts: Sequence[str] = STARTS, *, thorough: bool = False, jobs: int = 2
) -> list[Shot]:
    """Shoot at every call from every start, some at a time."""
    wanted: list[tuple[str, Call, str]] = []
    news: dict[str, dict[str, bytes | str]] = {}
    for start in starts:
        version = "template" if start == "template" else "new"
        news[start] = whole(folder / "whole", start, version)
        wanted += targets(start, folder, thorough=thorough)
    numbers = itertools.count()

    def one(target: tuple[str, Call, str]) -> Shot:
        start, call, kind = target
        root = folder / f"shot-{next(numbers)}" / "ferry"
        try:
            return shoot(root, start, call, kind, news[start])
        finally:
            shutil.rmtree(root.parent)

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, wanted))


def table(shots: Sequence[Shot]) -> str:
    """Return how many calls were shot at from each start, and what came of it."""
    rows = [["start", "calls", "shots", "old", "new", "bad"]]
    for start in dict.fromkeys(shot.start for shot in shots):
        mine = [shot for shot in shots if shot.start == start]
        numbers = [len({shot.call for shot in mine}), len(mine)]
        numbers += [sum(shot.state == state for shot in mine) for state in ("old", "new")]
        numbers.append(sum(bool(shot.bad) for shot in mine))
        rows.append([start, *map(str, numbers)])
    return "\n".join("  ".join(f"{cell:>8}" for cell in row) for row in rows)


def main() -> int:
    """Sweep, and print the table and every bad point."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--starts", nargs="+", choices=STARTS, default=STARTS)
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        shots = sweep(folder, options.starts, thorough=options.thorough, jobs=options.jobs)
    bad = [str(shot) for shot in shots if shot.bad]
    sys.stdout.write("\n".join([*bad, table(shots), ""]))
    return int(bool(bad))


if __name__ == "__main__":
    raise SystemExit(main())
