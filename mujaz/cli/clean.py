"""``mujaz clean``: remove the files that mujaz wrote, and only those."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mujaz.cli import arguments
from mujaz.cli.report import print_problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    arguments.add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Clean the output folder; return 0, or 1 if it is not ours to clean."""
    from mujaz.write import clean, refuse_output

    destination = Path.cwd() / options.output
    refused = refuse_output(destination, Path.cwd())
    if refused:
        print_problems(refused)
        return 1
    foreign = clean(destination)
    if foreign is None:
        print(f"{options.output}/: nothing to clean")
        return 0
    for name in foreign:
        print(f"kept {options.output}/{name}: mujaz did not make it", file=sys.stderr)
    if not options.quiet:
        print(f"{options.output}/: cleaned")
    return 0
