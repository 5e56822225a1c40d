"""A build that must stop, and all that then holds.

Enters: a built site and what is changed in it. Leaves: the lines of the problems. Every test of a
fault that ends in an error goes through here.
"""

from __future__ import annotations

import re
from pathlib import Path

from mujaz.problems import CODES, Severity
from tests.conftest import Files, Runner, write_files
from tests.program import tree

LINE = re.compile(
    r"(?P<path>[^:\n]*[^:\s]\s?):[1-9][0-9]*:[1-9][0-9]*: (?P<severity>[a-z]+): (?P<code>[a-z-]+): "
    r"(?P<what>\S.*?); (?P<hint>\S.*)"
)
STOPPED = re.compile(r"\d+ (?:error|warning)s?.*: nothing was written; the old site is as it was")


def refused(root: Path, run: Runner, files: Files, *arguments: str, code: int = 1) -> list[str]:
    """Change files (None: delete them), build, and return the lines of the problems.

    The exit code is right, nothing is a traceback, each line has its parts and a way out, and the
    old site is there byte for byte.
    """
    before = tree(root / "site")
    assert before, "there must be an old site"
    for name, content in files.items():
        if content is None:
            (root / name).unlink()
    write_files(root, files)
    result = run(root, "build", *arguments)
    assert result.code == code, result.err
    assert "Traceback" not in result.out + result.err
    *lines, last = result.err.splitlines()
    assert STOPPED.fullmatch(last), last
    for line in lines:
        assert line.isprintable(), line
        parts = LINE.fullmatch(line)
        assert parts, line
        assert parts["code"] in CODES, line
        assert parts["severity"] in set(Severity), line
    assert tree(root / "site") == before
    return lines
