"""Tables of results, in Markdown.

Enters: ``Results``. Leaves: text. Every number is a median, and every ratio one of medians.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from benchmarks.results import MIB, Results, Series

MEASURE = "hugo"
"""Ratios are to this generator."""

LEGEND = (
    f"Medians; behind the dot the ratio to {MEASURE}. Memory is the highest sum of the "
    "proportional set sizes (PSS) of all processes of a build, seen in a run that is not timed."
)


def report(results: Results) -> str:
    """Return everything that was measured."""
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    about = f"{results.machine}. {versions}. Rounds: {results.rounds}. {LEGEND}"
    parts = {f"{2 * n:,} briefings, {n:,} pairs": _size(results, n) for n in results.sizes()}
    parts["Growth: milliseconds per briefing, and the exponent between sizes"] = _growth(results)
    parts["What mujaz says of its own cold build, in seconds"] = _stages(results)
    parts["Start, without any content"] = _starts(results)
    refused = [f"- {each}" for each in results.refusals()]
    parts["Refused: the output was not as it has to be"] = refused
    blocks = [f"### {title}\n\n" + "\n".join(rows) for title, rows in parts.items() if rows]
    return "\n\n".join([about, *blocks]) + "\n"


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> list[str]:
    found = list(rows)
    if not found:
        return []
    rule = ["---", *("--:" for _ in head[1:])]
    return [f"| {' | '.join(each)} |" for each in ([*head], rule, *found)]


def _size(results: Results, pairs: int) -> list[str]:
    """Return the table of one size."""
    tools = results.names("tool")
    works = list(dict.fromkeys(each.work for each in results.series if each.pairs == pairs))

    def row(
        title: str, work: str, value: Callable[[Series], float | None], form: str, ratio: str = ""
    ) -> list[str]:
        found = {tool: value(results.of(pairs, tool, work)) for tool in tools}
        base = found.get(MEASURE)
        return [title, *(_cell(found[tool], base, form, ratio) for tool in tools)]

    def rows() -> Iterator[list[str]]:
        for work in works:
            yield row(work, work, lambda each: each.median, "{:.3g} s", ratio=" · {:.3g}")
        for work in works[:2]:
            yield row(f"processor, {work}", work, _cpu, "{:.3g} s", ratio=" · {:.3g}")
        for work in works[:3]:
            yield row(f"memory, {work}", work, _peak, "{:.0f} MiB", ratio=" · {:.3g}")
        yield row("output", works[0], lambda each: each.bytes / MIB or None, "{:.1f} MiB")
        yield row("files", works[0], lambda each: each.files or None, "{:,}")

    return _table(["", *tools], rows())


def _cell(value: float | None, base: float | None, form: str, ratio: str) -> str:
    if value is None:
        return "–"
    return form.format(value) + (ratio.format(value / base) if base and ratio else "")


def _cpu(series: Series) -> float | None:
    return statistics.median(series.cpu) if series.median is not None else None


def _peak(series: Series) -> float | None:
    return series.peak / MIB or None


def _growth(results: Results) -> list[str]:
    """Return how each work grows: an exponent of 1 is linear."""
    sizes, tools = results.sizes(), results.names("tool")
    if len(sizes) == 1:
        return []
    works = list(dict.fromkeys(each.work for each in results.series if each.pairs))
    rows = (
        [work, *(_grown([results.of(n, tool, work) for n in sizes]) for tool in tools)]
        for work in works
    )
    return _table(["", *tools], rows)


def _grown(series: list[Series]) -> str:
    found = [(each.pairs, each.median) for each in series if each.median]
    costs = " → ".join(f"{500 * time / pairs:.3g}" for pairs, time in found)
    powers = (math.log(t2 / t1) / math.log(n2 / n1) for (n1, t1), (n2, t2) in pairwise(found))
    return f"{costs} ms; {', '.join(f'{each:.2f}' for each in powers)}" if costs else "–"


def _stages(results: Results) -> list[str]:
    """Return the stages that mujaz names, such as the commit of the finished site."""
    cold = [each for each in results.series if each.work == "cold" and each.stages]
    names = list(dict.fromkeys(name for each in cold for name in each.stages))

    def rows() -> Iterator[list[str]]:
        for each in cold:
            spent = (each.stages.get(name) for name in names)
            cells = (f"{statistics.median(times):.3g}" if times else "–" for times in spent)
            yield [f"{2 * each.pairs:,} briefings", *cells]

    return _table(["", *names], rows())


def _starts(results: Results) -> list[str]:
    """Return how long it takes to say nothing but a version or the help."""
    starts = [each for each in results.series if not each.pairs and each.median is not None]
    return _table(
        ["", "time"],
        ([f"{each.tool} {each.work}", f"{1000 * (each.median or 0):.0f} ms"] for each in starts),
    )
