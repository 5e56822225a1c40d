"""The command line: ``mujaz COMMAND``; without a command, ``build``.

Enters: arguments. Leaves: an exit code – 0 clean, 1 problems, 2 usage, 130 and 143 interrupted.
Only this package prints. One file per command; each is imported when it is called.
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from mujaz import __version__

COMMANDS = {
    "build": "check everything and write the site (the default)",
    "check": "check everything and write nothing",
    "clean": "remove what mujaz wrote",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    _prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help", "--version"}):
        given.insert(0, "build")
    options = make_parser(given[0]).parse_args(given)
    command = import_module(f"mujaz.cli.{options.command}")
    try:
        code: int = command.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    return code


def make_parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser; a mistyped command gets a suggestion, with exit code 2."""
    parser = argparse.ArgumentParser(
        prog="mujaz",
        description="Turn Arabic and English briefings that cite their sources into a static site.",
        epilog="Run it in the folder that holds content/. See README.md and docs/.",
    )
    parser.add_argument("--version", action="version", version=f"mujaz {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        import_module(f"mujaz.cli.{name}").add_arguments(sub)
    if command and not command.startswith("-") and command not in COMMANDS:
        from mujaz.text import nearest

        close = nearest(command, list(COMMANDS))
        hint = f"did you mean {close}?" if close else f"the commands are {', '.join(COMMANDS)}"
        parser.error(f"there is no command {command}; {hint}")
    return parser


def _prepare_streams() -> None:
    """Make output safe on any terminal, and let SIGTERM end a run like Ctrl-C, with 143."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
