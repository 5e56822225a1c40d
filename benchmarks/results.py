"""What was measured, as values that can be kept as JSON.

Enters: readings. Leaves: ``Results`` with medians. Nothing is left out of a median; a run that did
not do its work has no time at all.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

MIB = 1 << 20


@dataclass
class Series:
    """All runs of one work by one generator at one size; ``stages`` are what mujaz itself says."""

    pairs: int
    tool: str
    work: str
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: int = 0
    files: int = 0
    bytes: int = 0
    stages: dict[str, list[float]] = field(default_factory=dict)
    refused: str = ""

    @property
    def median(self) -> float | None:
        """Return the median time; None where a run was refused or none was timed."""
        return statistics.median(self.seconds) if self.seconds and not self.refused else None


@dataclass
class Results:
    """Everything of one call."""

    machine: str
    versions: dict[str, str]
    rounds: int
    series: list[Series] = field(default_factory=list)

    def of(self, pairs: int, tool: str, work: str) -> Series:
        """Return a series, a new one where there is none."""
        for each in self.series:
            if (each.pairs, each.tool, each.work) == (pairs, tool, work):
                return each
        self.series.append(Series(pairs, tool, work))
        return self.series[-1]

    def names(self, key: str) -> list[str]:
        """Return the tools or the works, in the order in which they came."""
        return list(dict.fromkeys(getattr(each, key) for each in self.series))

    def sizes(self) -> list[int]:
        """Return the numbers of pairs."""
        return sorted({each.pairs for each in self.series if each.pairs})

    def refusals(self) -> Iterator[str]:
        """Yield a line for each work that was not done."""
        for each in self.series:
            if each.refused:
                yield f"{each.tool}, {each.work}, {each.pairs} pairs: {each.refused}"

    def dump(self, path: Path) -> None:
        """Write everything as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


def machine(folder: Path) -> str:
    """Describe the machine in general terms."""
    cores = len(os.sched_getaffinity(0))
    python = f"{platform.python_implementation()} {platform.python_version()}"
    load = os.getloadavg()[0]
    return (
        f"{cores} cores, {platform.system()} on {platform.machine()}, {_disk(folder)}, {python}; "
        f"load before the first run {load:.1f}"
    )


def _disk(folder: Path) -> str:
    """Return the kind of file system that holds a folder."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    above = [each for each in mounts if folder.resolve().is_relative_to(each[0])]
    return max(above, key=lambda each: len(each[0]))[1]
