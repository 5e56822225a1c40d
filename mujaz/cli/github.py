"""Annotations: problems as GitHub Actions shows them, at their lines and in the job's summary.

Enters: problems. Leaves: workflow commands on standard output for the gravest of them, a table of
all in the file that ``GITHUB_STEP_SUMMARY`` names, and on standard error the lines of those that
neither holds. No text of an author can begin a command, mark-up or a mention.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from mujaz.cli.report import tally
from mujaz.problems import Problem, Severity
from mujaz.text import escaped, printable

MOST = 10
"""Of one step, GitHub shows no more errors than this, warnings and notices counted apart."""

ROOM = 1_000_000
"""Bytes of a summary; GitHub refuses one beyond 1 MiB, and shows nothing of it."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_COMMAND = re.compile(r"^\s*:(?=:)|##(?=\[)")
_LETTERS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]+"
_RTL = re.compile(rf"{_LETTERS}(?: +{_LETTERS})*")
_HEAD = "<tr><th>code</th><th>severity</th><th>place</th><th>problem</th></tr>\n"


def print_annotations(problems: Sequence[Problem], *, quiet: bool = False) -> None:
    """Print the gravest problems as annotations; notes are left out when quiet."""
    told = [each for each in problems if not (quiet and each.severity is Severity.NOTE)]
    told.sort(key=lambda each: each.severity.rank)
    for each in told[:MOST]:
        print(_command(each))
    for each in told[max(MOST, _summarise(told)) :]:
        line = f"{each.location}: {each.severity}: {each.code}: {each.message}"
        print(_isolated(line), file=sys.stderr)


def inert(text: str) -> str:
    """Return a line in which the runner finds no command: ``::`` begins one, ``##[`` anywhere."""
    return _COMMAND.sub(
        lambda found: f"{found[0][:-1]}<U+{ord(found[0][-1]):04X}>", printable(text)
    )


def _isolated(text: str) -> str:
    """Return an inert line whose runs of right-to-left words cannot move what is beside them."""
    return _RTL.sub("\u2068\\g<0>\u2069", inert(text))


def _command(each: Problem) -> str:
    """Return a problem as a workflow command; its message begins with the code, in Latin letters.

    The place is said again because the log of a job shows messages alone.
    """
    path, line, _ = each.location
    values = {"file": _in_repository(path), "line": line, "col": each.location.column}
    values |= {"endLine": line, "title": each.code}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items())
    message = _isolated(f"{each.code}: {each.message} ({each.location})")
    return f"::{_COMMANDS[each.severity]} {properties}::{_data(message)}"


def _in_repository(path: str) -> str:
    """Return a path as the repository knows it, also where the site is a folder of it."""
    here, top = Path.cwd(), Path(os.environ.get("GITHUB_WORKSPACE", ""))
    inside = here.is_relative_to(top)
    return printable((here.relative_to(top) / path).as_posix() if inside else path)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _summarise(problems: Sequence[Problem]) -> int:
    """Add a table to the summary of the job, if there is one; return how many problems it holds.

    It is HTML, in which nothing is Markdown; ``code`` keeps GitHub from finding names and numbers.
    """
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not (name and problems):
        return 0
    try:
        with Path(name).open("a", encoding="utf-8") as file:
            rows: list[str] = []
            room = ROOM - file.tell()
            for each in problems:
                row = _row(each)
                room -= len(row.encode())
                if room < 0:
                    break
                rows.append(row)
            rest = len(problems) - len(rows)
            more = f"\nThe log has {rest} more.\n" if rest else ""
            table = f"<table>\n{_HEAD}{''.join(rows)}</table>\n"
            file.write(f"\n\n{tally(problems)}\n\n{table}{more}")
    except OSError:
        return 0
    return len(rows)


def _row(each: Problem) -> str:
    place, message = escaped(_isolated(str(each.location))), escaped(_isolated(each.message))
    return (
        f"<tr><td>{each.code}</td><td>{each.severity}</td>"
        f"<td><code>{place}</code></td><td><code>{message}</code></td></tr>\n"
    )
