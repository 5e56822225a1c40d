"""``mujaz build``: check everything, then write the site."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from typing import TYPE_CHECKING

from mujaz.cli import arguments
from mujaz.cli.progress import Bar, print_profile, print_waiting
from mujaz.cli.report import count, counts, print_json, print_kept, print_problems, tally
from mujaz.text import printable
from mujaz.watch import Watch

if TYPE_CHECKING:
    from mujaz.pipeline import Result


_COLLECTIONS = (100_000, 50, 1_000)
"""How rarely garbage is looked for: a build makes millions of values, and few of them in cycles."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    arguments.add_site(parser)
    arguments.add_work(parser)


def run(options: argparse.Namespace) -> int:
    """Build the site; return 0, 1 for problems, 2 for usage."""
    return run_pipeline(options, writes=True)


def run_pipeline(options: argparse.Namespace, *, writes: bool) -> int:
    """Build or check, and report; the two differ only in whether files are written."""
    from mujaz import pipeline

    start = time.perf_counter()
    gc.set_threshold(*_COLLECTIONS)
    bar = Bar()
    watch = Watch(bar, print_waiting)
    try:
        asked = arguments.read_options(options, watch)
    except ValueError as error:
        print(f"mujaz: {printable(str(error))}", file=sys.stderr)
        return 2
    try:
        result = (pipeline.build if writes else pipeline.check)(asked)
    finally:
        bar.wipe()
    stopped = result.stops(strict=asked.strict)
    seconds = time.perf_counter() - start
    if options.profile:
        print_profile(watch, seconds)
    if options.format == "json":
        print_json(result, ok=not stopped, seconds=seconds)
        return int(stopped)
    _print_lines(options, result)
    if not options.quiet or stopped:
        _print_summary(options, result, seconds, writes=writes, stopped=stopped)
    return int(stopped)


def _print_lines(options: argparse.Namespace, result: Result) -> None:
    """Print what was found, and what was made or left, in lines for people or for GitHub."""
    tell, show = print_problems, printable
    if options.format == "github":
        from mujaz.cli.github import inert, print_annotations

        tell, show = print_annotations, inert
    tell(result.problems, quiet=options.quiet)
    if options.verbose:
        for route in result.digests:
            print(show(f"{options.output}/{route}"))
        for path in result.skipped:
            print(show(f"not read: {path}"))
    print_kept(options.output, [show(name) for name in result.foreign])


def _print_summary(
    options: argparse.Namespace, result: Result, seconds: float, *, writes: bool, stopped: bool
) -> None:
    """Print the last line: what was built or checked, and in what time."""
    found = tally(result.problems)
    if stopped:
        rest = "nothing was written; the old site is as it was" if writes else "not clean"
        print(f"{found}: {rest}", file=sys.stderr)
        return
    numbers = ", ".join(count(n, word.removesuffix("s")) for word, n in counts(result).items())
    name = f"{options.output}/" if writes else "checked"
    print(f"{name}: {numbers} in {seconds:.2f} s{f' ({found})' if found else ''}")
