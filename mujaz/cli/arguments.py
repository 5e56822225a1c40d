"""Arguments that several commands share, and what they mean.

Enters: a parser, or parsed arguments. Leaves: ``Options`` for the pipeline. A wrong value ends
with exit code 2.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mujaz.options import Options
    from mujaz.watch import Watch

MOST_JOBS = 256


def add_site(parser: argparse.ArgumentParser) -> None:
    """Add what says which site is meant, and how it is to be checked."""
    add_output(parser)
    parser.add_argument("--base-url", metavar="URL", help="where the site will be published")
    parser.add_argument("--drafts", action="store_true", help="build drafts too")
    parser.add_argument("--strict", action="store_true", help="let warnings stop the build")
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how problems are printed (default: text)",
    )


def add_work(parser: argparse.ArgumentParser) -> None:
    """Add how the work is to be done; none of it changes what is built."""
    parser.add_argument(
        "--jobs", metavar="N", type=_jobs, help="processes to use (default: one a processor)"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="do everything anew and remember nothing"
    )
    parser.add_argument("--profile", action="store_true", help="print where the time went")


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_JOBS):
        raise argparse.ArgumentTypeError(f"write a number from 1 to {MOST_JOBS}")
    return int(text)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the output folder and how much is said."""
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("site"),
        help="the folder to write (default: site)",
    )
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="print errors and warnings only")
    volume.add_argument("-v", "--verbose", action="store_true", help="name every file written")


def read_options(arguments: argparse.Namespace, watch: Watch) -> Options:
    """Return the options; ``ValueError`` says which argument, or which variable, is wrong."""
    from mujaz.options import Options
    from mujaz.workers import default_jobs

    _check_epoch(os.environ.get("SOURCE_DATE_EPOCH", ""))
    root = Path.cwd()
    base_url = arguments.base_url
    if base_url:
        from mujaz.validate import parse_base_url

        try:
            base_url = parse_base_url(base_url)
        except ValueError as error:
            raise ValueError(f"--base-url: {error}") from error
    return Options(
        root=root,
        output=root / arguments.output,
        base_url=base_url,
        drafts=arguments.drafts,
        strict=arguments.strict,
        jobs=arguments.jobs or default_jobs(),
        cache=not arguments.no_cache,
        watch=watch,
    )


def _check_epoch(text: str) -> None:
    """Refuse a ``SOURCE_DATE_EPOCH`` that is none (reproducible-builds.org).

    No file that mujaz makes holds a time of the clock, so there is nothing that it would replace.
    """
    if text and not (text.isascii() and text.isdigit()):
        hint = "write the seconds since 1970 in digits, or unset it"
        raise ValueError(f"SOURCE_DATE_EPOCH: {text} is not a time; {hint}")
