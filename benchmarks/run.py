"""``make bench``: builds the same corpus with mujaz and with other generators, side by side.

Enters: arguments. Leaves: a table on standard output; with ``--json`` and ``--write`` files. The
generators take turns within every round, so that a noisy minute falls on all of them. A run whose
output is not what it has to be is refused. Nothing is written outside ``.bench/`` otherwise.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks import meter, peers, works
from benchmarks.corpus import Corpus
from benchmarks.results import MIB, Results, machine
from benchmarks.tables import report
from benchmarks.tools import TOOLS
from benchmarks.tools.tool import Tool
from benchmarks.works import WORKS, Place, Work

HOME = Path(__file__).resolve().parent.parent / ".bench"
LONG = 50_000
"""How many pairs ``--long`` builds."""

STARTS = 20
"""How often a start is timed."""

PROFILE_FLAG = "--profile"
PROFILE = re.compile(r"^profile: +(\S.*?) +([0-9]+(?:\.[0-9]+)?) *s$", re.MULTILINE)
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


def main() -> int:
    """Measure what the arguments ask for; return 1 where a run was refused."""
    options = _arguments().parse_args()
    HOME.mkdir(exist_ok=True)
    (HOME / ".gitignore").write_text("*\n", "utf-8")
    if options.long:
        return _long()
    tools = [
        _profiled(TOOLS["mujaz"]),
        *(TOOLS[each] for each in ([] if options.only else options.peers)),
    ]
    if len(tools) > 1:
        peers.install(HOME)
    results = Results(machine(HOME), peers.versions(), options.rounds)
    for pairs in options.pairs:
        _size(results, tools, pairs, keep=options.keep)
    _starts(results, tools)
    text = report(results)
    print(text, end="")
    if options.json:
        results.dump(options.json)
    if options.write:
        _fill(options.write, text)
    return int(any(results.refusals()))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    others = [each for each in TOOLS if each != "mujaz"]
    add = parser.add_argument
    add("--pairs", type=int, nargs="+", default=[500, 5000], help="sizes, in pairs of briefings")
    add("--rounds", type=int, default=5, help="timed rounds, after one that is not timed")
    add("--only", choices=["mujaz"], help="measure mujaz alone")
    add("--peers", type=_peers, default=others, help=f"which of {','.join(others)}")
    add("--json", type=Path, help="keep every reading in this file")
    add("--write", type=Path, help="put the tables between the marks of this document")
    add("--keep", action="store_true", help="leave the sites in .bench/")
    add("--long", action="store_true", help=f"build {LONG:,} pairs once, with mujaz alone")
    return parser


def _peers(text: str) -> list[str]:
    """Return the names of other generators, without a word that is none."""
    found = text.split(",")
    if "mujaz" in found or not TOOLS.keys() >= set(found):
        raise ValueError(text)
    return found


def _profiled(mujaz: Tool) -> Tool:
    """Let mujaz name its stages, where it knows how."""
    said = meter.run([*mujaz.start(HOME), "build", "--help"], HOME).text
    return replace(mujaz, build=[*mujaz.build, *([PROFILE_FLAG] if PROFILE_FLAG in said else [])])


def _size(results: Results, tools: list[Tool], pairs: int, *, keep: bool) -> None:
    """Do all works at one size: first a round that looks at memory, then the timed ones."""
    corpus = Corpus(pairs)
    places = [
        Place(tool, corpus, HOME / f"sites/{pairs}/{tool.name}")
        for tool in tools
        if pairs <= tool.most
    ]
    for place in places:
        place.prepare()
    for number in range(results.rounds + 1):
        for work in WORKS:
            for place in places:
                print(
                    f"{pairs} pairs, round {number}: {work.name}, {place.tool.name}",
                    file=sys.stderr,
                )
                _run(results, place, work, number)
    for place in places:
        if place.tool.kept:
            _compare(results, place)
    if not keep:
        shutil.rmtree(HOME / f"sites/{pairs}")


def _run(results: Results, place: Place, work: Work, number: int) -> None:
    """Do one work once, and keep what it cost unless it is refused."""
    series = results.of(place.corpus.pairs, place.tool.name, work.name)
    proofs = work.change(place, number + 1)
    os.sync()
    reading = meter.run([*place.tool.start(HOME), *place.tool.build], place.root, look=number == 0)
    lacks = [f"it ended with {reading.code}"] if reading.code else works.missing(place, proofs)
    series.refused = series.refused or next(iter(lacks), "")
    if number == 0:
        series.peak = reading.peak
        series.files, series.bytes = works.size(place.output)
        return
    series.seconds.append(reading.seconds)
    series.cpu.append(reading.cpu)
    for stage, seconds in PROFILE.findall(reading.text):
        series.stages.setdefault(stage, []).append(float(seconds))


def _compare(results: Results, place: Place) -> None:
    """Refuse all builds from a memory if they did not lead to what a build from nothing writes."""
    before = works.digests(place.output)
    place.forget()
    meter.run([*place.tool.start(HOME), *place.tool.build], place.root)
    after = works.digests(place.output)
    differing = sorted(name for name in before | after if before.get(name) != after.get(name))
    for work in WORKS[1:] if differing else ():
        series = results.of(place.corpus.pairs, place.tool.name, work.name)
        series.refused = series.refused or f"{differing[0]} is another than after a cold build"


def _starts(results: Results, tools: list[Tool]) -> None:
    """Time how long the generators take to say their help and their version."""
    for _ in range(STARTS):
        for tool in tools:
            for flag in ("--help", tool.version):
                reading = meter.run([*tool.start(HOME), flag], HOME)
                series = results.of(0, tool.name, flag)
                series.seconds.append(reading.seconds)
                series.refused = f"it ended with {reading.code}" if reading.code else ""


def _long() -> int:
    """Build a very large site once; print how long it took and how much memory."""
    place = Place(TOOLS["mujaz"], Corpus(LONG), HOME / "sites/long")
    place.prepare()
    reading = meter.run([*place.tool.start(HOME), *place.tool.build], place.root, look=True)
    lacks = list(works.missing(place, []))
    files, size = works.size(place.output)
    print(f"{LONG:,} pairs: {reading.seconds:.1f} s, {reading.cpu:.1f} s of processors, peak PSS")
    print(f"{reading.peak / MIB:.0f} MiB; {files:,} files, {size / MIB:.0f} MiB")
    print(*lacks[:5], sep="\n")
    shutil.rmtree(place.root)
    return int(bool(reading.code or lacks))


def _fill(document: Path, text: str) -> None:
    """Put the tables between the marks of a document."""
    whole = document.read_text("utf-8")
    before, after = whole[: whole.index(BEGIN)], whole[whole.index(END) :]
    document.write_text(f"{before}{BEGIN}\n{text}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
