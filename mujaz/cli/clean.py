"""``mujaz clean``: remove the files that mujaz wrote, and only those."""

from __future__ import annotations

import argparse
from pathlib import Path

from mujaz.cli import arguments
from mujaz.cli.report import print_kept, print_problems
from mujaz.problems import Location, problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    arguments.add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Clean the output folder; return 0, or 1 if it is not ours to clean."""
    from mujaz.memory import FOLDER, erase
    from mujaz.write import clean, refuse_output

    destination = Path.cwd() / options.output
    refused = refuse_output(destination, Path.cwd())
    if refused:
        print_problems(refused)
        return 1
    try:
        foreign = clean(destination, Path.cwd())
        erase(Path.cwd() / FOLDER)
    except OSError as error:
        what = f"the site could not be removed: {error.strerror or error}"
        where = Location(destination.name)
        print_problems([problem("output-failed", where, what, "what is left is still ours")])
        return 1
    if foreign is None:
        print(f"{options.output}/: nothing to clean")
        return 0
    print_kept(options.output, foreign)
    if not options.quiet:
        print(f"{options.output}/: cleaned")
    return 0
