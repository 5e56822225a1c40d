"""The command line: ``mujaz COMMAND``; without a command, ``build``.

Enters: arguments. Leaves: an exit code – 0 clean, 1 problems, 2 usage, 130 and 143 interrupted.
Only this package prints. One file per command; each is imported when it is called.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from mujaz import __version__
from mujaz.text import nearest, printable

COMMANDS = {
    "build": "check everything and write the site (the default)",
    "check": "check everything and write nothing",
    "clean": "remove what mujaz wrote",
    "verify": "compare a folder with its manifest",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    _prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help", "--version"}):
        given.insert(0, "build")
    try:
        options = _parse(given)
        code: int = import_module(f"mujaz.cli.{options.command}").run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _silence_output()  # whoever read it has gone
        return 1
    except OSError as error:
        print(f"mujaz: {printable(str(error))}", file=sys.stderr)
        _silence_output()
        return 1
    except MemoryError:
        print("mujaz: there is not enough memory; --jobs 1 needs least", file=sys.stderr)
        return 1
    return code


def make_parser(chosen: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line; flags are written out in full.

    With a command ``chosen``, only that one knows its arguments, and only it is imported.
    """
    parser = argparse.ArgumentParser(
        prog="mujaz",
        description="Turn Arabic and English briefings that cite their sources into a static site.",
        epilog="Run it in the folder that holds content/. See README.md and docs/.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"mujaz {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        about = summary.capitalize() + "."
        sub = commands.add_parser(name, help=summary, description=about, allow_abbrev=False)
        if chosen in {"", name}:
            import_module(f"mujaz.cli.{name}").add_arguments(sub)
        sub.set_defaults(parser=sub)
    return parser


def _parse(given: list[str]) -> argparse.Namespace:
    """Return the parsed arguments; what is mistyped gets a suggestion, with exit code 2."""
    command = given[0]
    parser = make_parser(command)
    if not command.startswith("-") and command not in COMMANDS:
        close = nearest(command, COMMANDS)
        hint = f"did you mean {close}?" if close else f"the commands are {', '.join(COMMANDS)}"
        parser.error(f"there is no command {printable(command)}; {hint}")
    options, unknown = parser.parse_known_args(given)
    if unknown:
        _refuse(unknown[0], options.parser)
    return options


def _refuse(unknown: str, command: argparse.ArgumentParser) -> NoReturn:
    """End with what a command does not take, and what may have been meant."""
    flags = re.findall(r"--[a-z][a-z-]*", command.format_help())
    if unknown in COMMANDS:
        hint = f"the command comes first: mujaz {unknown} …"
    elif close := nearest(unknown.partition("=")[0], flags):
        hint = f"did you mean {close}?"
    else:
        hint = "--help lists everything that it takes"
    command.error(f"unknown argument {printable(unknown)}; {hint}")


def _prepare_streams() -> None:
    """Make output safe on any terminal, and let SIGTERM end a run like Ctrl-C, with 143."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def _silence_output() -> None:
    """Throw away what is still to be printed, so that Python's end does not fail on it again."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
