"""One process and all that it starts: how long, how much processor, how much memory.

Enters: a command and a folder. Leaves: a ``Reading``. Linux only: memory is read from ``/proc``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

PERIOD = 0.02
"""Seconds between two looks at the memory."""

LEISURE = 9
"""After a look that took long, this many times as long is waited: a look holds up what it sees."""


@dataclass(frozen=True)
class Reading:
    """What one run cost; ``peak`` is 0 where nobody looked."""

    seconds: float
    cpu: float
    peak: int
    code: int
    text: str


def run(command: Sequence[str], folder: Path, *, look: bool = False) -> Reading:
    """Run a command to its end; with ``look`` sample the memory of all its processes."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    with TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        watch = Watch(process.pid)
        if look:
            watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
        finally:
            watch.over.set()
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if look:
            watch.join()
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    cpu = usage.ru_utime + usage.ru_stime
    return Reading(seconds, cpu, watch.peak, process.returncode, text)


class Watch(threading.Thread):
    """Looks at a process and its descendants again and again, and keeps the highest sum."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0, threading.Event()

    def run(self) -> None:
        """Look until the process is over."""
        rest = 0.0
        while not self.over.wait(rest):
            start = time.perf_counter()
            self.peak = max(self.peak, sum(map(_proportional, _family(self.pid))))
            rest = max(PERIOD, LEISURE * (time.perf_counter() - start))


def _family(session: int) -> Iterator[int]:
    """Yield all processes of a session: the first one, and whatever it has started."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            yield int(stat.parent.name)


def _proportional(pid: int) -> int:
    """Return the proportional set size of a process in bytes: a shared page counts in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
