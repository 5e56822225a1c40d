"""The crash sweep: a build is shot at every call of the system that changes the disk.

Run as ``python -m tests.sweep``, with strace. It has two targets: what publishes a site
(``small_target``), and the whole program with all that it remembers (``whole_target``). A target is
built once to learn the calls; then it is built once for each, and at that call the process is
killed, or the call fails with ENOSPC, EIO or EACCES (in turn; with ``--thorough`` both, and all
three). After each shot the site must be the old one or the new one, byte for byte, as the exit code
says, and a normal build must give what a build from nothing gives, with files of others still there
and no litter. Leaves: a table on standard output, and exit code 1 if any point was bad.

strace counts the calls of each process apart from those of others. So the build that is shot at
must be one process, or its further processes must make their calls in an order that repeats.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count, cycle
from pathlib import Path
from typing import NamedTuple, Protocol

from mujaz import workers
from tests import small_target, whole_target
from tests.program import tree

CALLS = (
    *("openat", "open", "creat", "write", "pwrite64", "ftruncate", "truncate", "utimensat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "chmod", "fchmod", "fchmodat"),
    *("fsync", "fdatasync", "syncfs", "flock", "fcntl", "copy_file_range", "sendfile"),
    *("read", "pread64"),
)
ERRORS = ("ENOSPC", "EIO", "EACCES")
FEW = 150
"""A target of fewer calls is shot at with both, at every call."""

OUTCOMES = {
    "refused": {1: "old"},
    "same": {0: "old", 1: "old"},
}
"""What the exit code says of the site, where that is not 0 for the new and 1 for the old one."""

_TRACE = ["strace", "-f", "-y", "-s", "0", "-e", "signal=none"]
_LINE = re.compile(r"(\d+) +(\w+)\((.*)")
_READS = re.compile(r"\bO_RDONLY\b(?!.*O_CREAT)")
_MEMORY = re.compile(r"/\.mujaz/(?:inputs|state|values|site-index)")

Tree = Mapping[str, bytes | str]


class Target(Protocol):
    """What is shot at: it is prepared, run under strace, and must heal to what is expected."""

    STARTS: Sequence[str]

    def prepare(self, root: Path, start: str) -> None:
        """Make the state that a build starts from."""

    def lacking(self, start: str) -> tuple[str, ...]:
        """Return the calls that the system of a start does not have."""

    def expected(self, root: Path, start: str) -> dict[str, bytes | str]:
        """Return the site that a build from nothing gives, with the files of others."""

    def run(self, root: Path, start: str, words: Sequence[str]) -> int:
        """Build under strace, which gets these words; return the exit code."""

    def heal(self, root: Path, start: str, new: dict[str, bytes | str]) -> str:
        """Build normally, and say what is wrong then."""


TARGETS: Mapping[str, Target] = {"publishing": small_target, "program": whole_target}


class Call(NamedTuple):
    """A call of the system: the how manieth of its name, and with what."""

    name: str
    number: int
    what: str

    @property
    def reads(self) -> bool:
        """Say whether the call changes nothing."""
        return self.name in {"read", "pread64"} or bool(_READS.search(self.what))


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


def run(
    target: Target, root: Path, start: str, inject: Sequence[str] = ()
) -> tuple[int, list[Call]]:
    """Build under strace; return the exit code, and the calls that touch the folder of the site."""
    without = [f"--inject={name}:error=ENOSYS" for name in target.lacking(start)]
    log = root.parent / "log"
    trace = "trace=" + ",".join(f"?{name}" for name in CALLS)
    code = target.run(root, start, [*_TRACE, "-e", trace, *without, *inject, "-o", str(log)])
    return code, relevant(root, log.read_text("utf-8", "replace").splitlines())


def relevant(root: Path, lines: Iterable[str]) -> list[Call]:
    """Return the calls that touch the folder of the site, counted by name and process."""
    counted: Counter[tuple[str, str]] = Counter()
    found = []
    for line in lines:
        match = _LINE.match(line)
        if not match:
            continue
        process, name, rest = match.groups()
        rest = rest.replace(f"AT_FDCWD<{root}>", "AT_FDCWD")  # it is where the process stands
        counted[process, name] += 1
        if re.search(rf"{re.escape(str(root))}[/>\"]", rest):
            what = re.split(r"\) *= |\) *<unfinished|\) *$", rest)[0].replace(str(root), ".")
            what = re.sub(r"\b\d+(?=[,<]|$)", "n", what)  # which file handle, and what length
            found.append(Call(name, counted[process, name], what))
    return found


def aim(call: Call, kind: str) -> list[str]:
    """Return the arguments of strace that let this one call end the process, or fail."""
    effect = "signal=KILL" if kind == "KILL" else f"error={kind}"
    return ["-e", f"inject={call.name}:{effect}:when={call.number}"]


def shoot(target: Target, root: Path, start: str, aimed: tuple[Call, str], new: Tree) -> Shot:
    """Build once with one call shot at, look at the site, and have a normal build heal it."""
    call, kind = aimed
    target.prepare(root, start)
    old = tree(root / "site")
    code, hit = run(target, root, start, aim(call, kind))
    now = tree(root / "site")
    state = "old" if now == old else "new" if now == new else "mixed"
    if start == "renames" and not (root / "site").exists():
        state = "away"
    bad = judge(start, call, kind, code, state)
    same = [each for each in hit if each[:2] == call[:2]]
    if not same or same[0].reads != call.reads:
        bad = "missed"
    bad = bad or target.heal(root, start, dict(new))
    return Shot(start, call, kind, state, bad)


def judge(start: str, call: Call, kind: str, code: int, state: str) -> str:
    """Say what is wrong with the outcome: a half site, or another than the exit code tells.

    Where only what is remembered could not be read or written, nothing has failed.
    """
    if state == "mixed":
        return "the site is neither old nor new"
    if kind == "KILL":
        return "" if code in {-9, 137} else f"not killed: {code}"
    told = OUTCOMES.get(start, {0: "new", 1: "old"})
    if told.get(code, "a trace") != state:
        return f"exit code {code}, but the site is {state}"
    if code != min(told) and _MEMORY.search(call.what):
        return "what is remembered is no reason to fail"
    return ""


# --- the sweep -------------------------------------------------------------------------------


def aims(target: Target, start: str, folder: Path, *, thorough: bool) -> list[tuple[Call, str]]:
    """Return every shot from one start; to be killed at a call that only reads changes nothing.

    Where it is not to be thorough, the calls of a target of many take turns: one dies, the next
    fails, and of those that only read one in eight fails.
    """
    root = folder / "learn" / "ferry"
    target.prepare(root, start)
    code, calls = run(target, root, start)
    assert code in OUTCOMES.get(start, {0: "new"}), code
    calls = [call for call in calls if call.name not in target.lacking(start)]
    return list(choose(calls, thorough=thorough))


def choose(calls: Sequence[Call], *, thorough: bool) -> Iterator[tuple[Call, str]]:
    """Yield each shot at these calls."""
    errors, changes, reads = cycle(ERRORS), count(), count()
    alternate = len(calls) > FEW
    for call in calls:
        turn = next(reads if call.reads else changes)
        if thorough or not (alternate and turn % (8 if call.reads else 2)):
            yield from ((call, kind) for kind in (ERRORS if thorough else [next(errors)]))
        if not call.reads and (thorough or not alternate or turn % 2):
            yield call, "KILL"


def _shot(name: str, folder: Path, start: str, new: Tree, aimed: tuple[Call, str]) -> Shot:
    """Shoot in a folder of this process."""
    return shoot(TARGETS[name], folder / f"shot-{os.getpid()}" / "ferry", start, aimed, new)


def sweep(
    name: str,
    folder: Path,
    start: str,
    *,
    thorough: bool = False,
    jobs: int = 2,
) -> list[Shot]:
    """Shoot at every call of a target from one start, some at a time."""
    target = TARGETS[name]
    new = target.expected(folder / "whole", start)
    aimed = aims(target, start, folder, thorough=thorough)
    return list(workers.each(partial(_shot, name, folder, start, new), aimed, jobs))


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
    parser.add_argument("--target", choices=TARGETS, default="program")
    parser.add_argument("--starts", nargs="+")
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    shots = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for start in options.starts or TARGETS[options.target].STARTS:
            shots += sweep(
                options.target, folder, start, thorough=options.thorough, jobs=options.jobs
            )
    bad = [str(shot) for shot in shots if shot.bad]
    sys.stdout.write("\n".join([*bad, table(shots), ""]))
    return int(bool(bad))


if __name__ == "__main__":
    raise SystemExit(main())
