"""``mujaz verify``: whether a folder still is what was built."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.cli.report import count
from mujaz.text import printable

if TYPE_CHECKING:
    from mujaz.write import Difference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        type=Path,
        default=Path("site"),
        help="the folder to verify (default: site)",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print differences only")
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="how differences are printed (default: text)",
    )


def run(options: argparse.Namespace) -> int:
    """Compare a folder with its manifest; return 0, 1 for any difference, 2 without a manifest."""
    from mujaz.write import verify

    name = printable(str(options.folder))
    try:
        found = verify(options.folder)
    except OSError as error:
        print(f"mujaz: {name} cannot be read: {error.strerror or error}", file=sys.stderr)
        return 2
    if found is None:
        what = f"{name} has no manifest.sha256, so nothing says what was built"
        print(f"mujaz: {what}; name the folder of a site", file=sys.stderr)
        return 2
    files, differences = found
    if options.format == "json":
        _print_json(files, differences)
    else:
        for each in differences:
            print(f"{each.kind} {printable(each.name)}")
        if not differences and not options.quiet:
            print(f"{name}/: {count(files, 'file')}, all as built")
    return int(bool(differences))


def _print_json(files: int, differences: Sequence[Difference]) -> None:
    """Print the answer as one JSON object."""
    from mujaz.write.verify import KINDS

    named = {
        kind: [printable(each.name) for each in differences if each.kind == kind] for kind in KINDS
    }
    print(json.dumps({"ok": not differences, "files": files, **named}, indent=2))
