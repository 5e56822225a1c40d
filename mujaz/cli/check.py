"""``mujaz check``: find everything that ``build`` would find, and write nothing."""

from __future__ import annotations

import argparse

from mujaz.cli import arguments
from mujaz.cli.build import run_pipeline


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    arguments.add_site(parser)
    arguments.add_work(parser)


def run(options: argparse.Namespace) -> int:
    """Check the site; return 0, 1 for problems, 2 for usage."""
    return run_pipeline(options, writes=False)
