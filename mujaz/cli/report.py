"""Reports: problems and summaries on a terminal, or as JSON.

Enters: a result. Leaves: lines on standard error (problems) and standard output (the summary, or
one JSON object). What an author wrote is shown with its control characters made visible.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.problems import Problem, Severity
from mujaz.text import printable

if TYPE_CHECKING:
    from mujaz.pipeline import Result

_COLOURS = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.NOTE: "\x1b[36m"}
_PLAIN = "\x1b[0m"


def print_problems(problems: Sequence[Problem], *, quiet: bool = False) -> None:
    """Print one line per problem; notes are left out when quiet."""
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    for each in problems:
        if quiet and each.severity is Severity.NOTE:
            continue
        severity = f"{_COLOURS[each.severity]}{each.severity}{_PLAIN}" if colour else each.severity
        where = f"{printable(each.location.path)}:{each.location.line}:{each.location.column}"
        print(f"{where}: {severity}: {each.code}: {printable(each.message)}", file=sys.stderr)


def print_kept(output: Path, names: Sequence[str]) -> None:
    """Print one line for each thing in the output folder that mujaz did not make."""
    for name in names:
        print(f"kept {output}/{printable(name)}: mujaz did not make it", file=sys.stderr)


def print_json(result: Result, *, ok: bool, seconds: float) -> None:
    """Print the whole result as one JSON object on standard output."""
    problems = [
        {
            "path": printable(each.location.path),
            "line": each.location.line,
            "column": each.location.column,
            "severity": str(each.severity),
            "code": each.code,
            "message": each.message,
            "hint": each.hint,
        }
        for each in result.problems
    ]
    kept = [printable(name) for name in result.foreign]
    numbers = {"ok": ok, "seconds": round(seconds, 3), **counts(result)}
    # In ASCII it is JSON on every terminal, and no text of an author can reorder it.
    print(json.dumps({**numbers, "kept": kept, "problems": problems}, indent=2))


def counts(result: Result) -> dict[str, int]:
    """Return how many pages, sources and citations the site has."""
    return {
        "pages": sum(route.endswith(".html") for route in result.digests),
        "sources": result.sources,
        "citations": result.citations,
    }


def tally(problems: Sequence[Problem]) -> str:
    """Return the problems in numbers: ``2 errors, 1 note``; "" for none."""
    parts = []
    for severity in Severity:
        number = sum(each.severity is severity for each in problems)
        if number:
            parts.append(f"{number} {severity}{'' if number == 1 else 's'}")
    return ", ".join(parts)


def count(number: int, word: str) -> str:
    """Return ``1 page`` or ``2 pages``."""
    return f"{number} {word}{'' if number == 1 else 's'}"
