"""One gloriously wrong site, and the complete list of what is wrong with it, in order.

What an author can get wrong and git can hold lies in ``sites/broken/content``; files that git or
another system cannot hold are made here. ``sites/broken.expected`` has every line that is printed.
With ``MUJAZ_REGOLD=1`` in the environment it is written anew; read the difference before you keep
it.
"""

from __future__ import annotations

import builtins
import errno
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mujaz.problems import CODES
from tests.conftest import Run, Runner
from tests.program import lasting, start, tree

SITES = Path(__file__).parent / "sites"
EXPECTED = SITES / "broken.expected"
REGOLD = bool(os.environ.get("MUJAZ_REGOLD"))

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems cannot hold all these names"
)

PAGE = "---\ntitle: {}\n---\n{}\n"
ODD: Mapping[str, bytes] = {
    "pages/latin.en.md": PAGE.format("Caf\u00e9", "Text").encode("latin-1"),
    "pages/windows.ar.md": PAGE.format("عن العبّارة", "نص عربي بترميز قديم").encode("cp1256"),
    "pages/wide.ar.md": PAGE.format("عن", "نص").encode("utf-16"),
    "pages/wider.en.md": PAGE.format("Wide", "Text").encode("utf-32-le"),
    "pages/overlong.en.md": PAGE.format("Slash", "a").encode() + b"\xc0\xaf\n",
    "pages/cut.ar.md": PAGE.format("عن", "نص").encode()[:-2],
    "pages/null.en.md": PAGE.format("Nothing", "a\0b").encode(),
    "pages/separator.en.md": PAGE.format("Line", "a\u2028b").encode(),
    "pages/large-front.en.md": PAGE.format("x" * 70_000, "Text").encode(),
    "pages/huge.en.md": PAGE.format("Huge", "x" * 9 * 1024**2).encode(),
    "pages/bomb.en.md": "---\na: &a [x]\n{}---\n".format(
        "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(3))
    ).encode(),
    "pages/deep.en.md": b"---\ntitle: " + b"[" * 5000 + b"\n---\n",
    "pages/ABOUT.en.md": PAGE.format("Twin", "Text").encode(),
    "pages/a:b.en.md": b"",
    "pages/line\nbreak.en.md": b"",
    "pages/escape\x1b[31m.en.md": b"",
    "pages/over\u202eride.en.md": b"",
    "pages/backup.en.md~": b"",
    "pages/con.en.md": PAGE.format("Device", "Text").encode(),
    f"pages/{'long-' * 24}name.en.md": PAGE.format("Long", "Text").encode(),
    "pages/dense.en.md": PAGE.format("Dense", "[" * 1_001 + "\n\n" + "* " * 11_000).encode(),
    "pages/denser.en.md": PAGE.format("Denser", "Line\n\n" * 16_000).encode(),
    "pages/marks.en.md": PAGE.format("Marks", "e" + "\u0301\u0323" * 40_000).encode(),
    "images/clock.svg": b'<svg xmlns="http://www.w3.org/2000/svg">\n <script/></svg>',
    "images/caf\u00e9.png": b"",
    "images/cafe\u0301.png": b"",
    "images/aux.png": b"",
    "images/dot.png.": b"",
    "images/hidden\u200b.png": b"",
    "sources/ee5f60718293a4b5.yaml": b"summary: " + b"x" * 70_000 + b"\n",
}
"""Files that git, another system or a reader of this repository should not meet."""


def make(root: Path) -> None:
    """Write the broken site, with everything that cannot lie in the repository."""
    content = root / "content"
    shutil.copytree(SITES / "broken" / "content", content)
    for name, data in ODD.items():
        (content / name).write_bytes(data)
    with open(os.fsencode(content / "images") + b"/\xff\xfe.png", "wb"):  # noqa: PTH123 - bytes
        pass
    (content / "pages" / "link.en.md").symlink_to("about.en.md")
    (content / "pages" / "loop.en.md").symlink_to("loop.en.md")
    (content / "images" / "secret.png").symlink_to("/etc/passwd")
    (content / "linked").symlink_to("/etc")
    os.mkfifo(content / "pages" / "pipe.en.md")
    (root / "static" / "css").mkdir(parents=True)
    (root / "static" / "css" / "theme.css").write_text("")
    (root / "static" / "css" / "site.css").symlink_to("theme.css")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Return the broken site."""
    root = tmp_path / "ferry"
    root.mkdir()
    make(root)
    return root


@pytest.fixture
def broken(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the broken site, in which one file cannot be read whoever runs the tests."""

    def guarded(path: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as open
        if str(path).endswith("about.ar.md"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return builtins.open(path, *arguments, **options)  # noqa: PTH123 - what load calls

    monkeypatch.setattr("mujaz.load.open", guarded, raising=False)
    return wrong


def found(broken: Path, run: Runner) -> Run:
    """Return what a build into the content folder itself says of the broken site."""
    return run(broken, "build", "-o", "content")


def codes(lines: list[str]) -> Counter[str]:
    """Return how often each code stands in lines of problems."""
    return Counter(line.split(": ")[2] for line in lines if line.count(": ") > 2)


@pytest.mark.fault(
    3, 4, 5, 7, 8, 10, 11, 15, 17, 18, 19, 20, 22, 23, 24, 25, 31, 32, 33, 38, 39, 41, 43
)
def test_the_list_is_complete_and_in_order(broken: Path, run: Runner) -> None:
    """Every problem is printed at its place, once, in the order that is expected."""
    lines = found(broken, run).err.splitlines()
    if REGOLD:
        EXPECTED.write_text("\n".join(lines) + "\n", "utf-8")
    assert lines == EXPECTED.read_text("utf-8").splitlines()


def test_nothing_is_told_twice(broken: Path, run: Runner) -> None:
    """No line stands twice, no line is empty, and each can be shown on any terminal."""
    lines = found(broken, run).err.splitlines()
    assert [line for line, n in Counter(lines).items() if n > 1] == []
    assert [line for line in lines if not line.isprintable()] == []
    assert len(lines) > 200


def test_every_line_has_its_parts(broken: Path, run: Runner) -> None:
    """Each problem has place, severity, code and sentence, and the path of a file that is there."""
    report = json.loads(run(broken, "build", "-o", "content", "--format", "json").out)
    lines = found(broken, run).err.splitlines()
    assert len(report["problems"]) == len(lines) - 1
    assert [each for each in report["problems"] if each["line"] < 1 or each["column"] < 1] == []
    assert [each for each in report["problems"] if each["code"] not in CODES] == []
    here = {name.removeprefix("content/") for name in tree(broken)}
    named = {each["path"].removeprefix("content/") for each in report["problems"]}
    strange = {name for name in named - here if "<U+" not in name and "\\x" not in name}
    assert strange <= {"content"}


def test_every_problem_shows_the_way_out(broken: Path, run: Runner) -> None:
    """Each problem says what to do, most of them in a hint of its own."""
    problems = json.loads(run(broken, "build", "-o", "content", "--format", "json").out)["problems"]
    assert [each for each in problems if "; " not in each["message"]] == []
    without = [each for each in problems if not each["hint"]]
    assert len(without) < len(problems) / 10


def test_places_are_true(broken: Path, run: Runner) -> None:
    """The place of a problem is a place of its file: the line is there, and long enough."""
    problems = json.loads(run(broken, "check", "--format", "json").out)["problems"]
    looked = 0
    for each in problems:
        path = broken / each["path"]
        if "<U+" in each["path"] or path.is_symlink() or not path.is_file():
            continue
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        lines = text.split("\n")
        looked += 1
        assert each["line"] <= len(lines), each
        assert each["column"] <= len(lines[each["line"] - 1]) + 1, each
    assert looked > 200


TOGETHER = {"translation-missing", "base-url-missing", "template-error", "output-failed"}
"""Codes of a later stage, which a site with errors does not reach; other tests have them."""

ALONE = {"content-missing"}
"""A code that hides everything else."""


def test_every_code_stands_in_the_list() -> None:
    """The broken site shows every code that can stand beside others."""
    shown = codes(EXPECTED.read_text("utf-8").splitlines())
    assert set(CODES) - set(shown) == TOGETHER | ALONE


def test_nothing_was_written(broken: Path, run: Runner) -> None:
    """The broken site is as it was: no page, no folder, no file beside it."""
    before = lasting(broken)
    assert found(broken, run).code == 1
    assert run(broken).code == 1
    assert lasting(broken) == before


def test_it_is_the_same_in_a_process_of_its_own(wrong: Path, run: Runner) -> None:
    """Another process with another hash seed and zone prints the same list."""
    there = start(
        wrong,
        *("build", "-o", "content"),
        variables={"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
    )
    assert there.stderr == found(wrong, run).err
    assert there.stderr.count("\n") > 200
