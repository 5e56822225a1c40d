"""The faults of ``docs/faults.md``: each is staged by a test, and shown as it is printed.

With ``MUJAZ_REGOLD=1`` in the environment the lines that are expected are written anew; read the
difference before you keep it.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from mujaz import press, walk
from mujaz.model import Route
from mujaz.problems import CODES
from tests.conftest import FILES, LETTER, NOTICE, Files, MakeSite, Runner, write_files
from tests.fault_cases import ABOUT, BRIEFING, CASES, edit, says
from tests.program import environment, start, tree
from tests.refusal import refused

HERE = Path(__file__).parent
ROOT = HERE.parent
EXPECTED = HERE / "fixtures" / "faults.expected"
TABLE = ROOT / "docs" / "faults.md"
REGOLD = bool(os.environ.get("MUJAZ_REGOLD"))
LEFT_OUT = {46, 57, 58, 59, 60}
"""Faults of things that mujaz does not have: comparison of versions, a server, other people."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems cannot hold all these names"
)


def expected() -> dict[str, list[str]]:
    """Return case → the lines that mujaz prints of it."""
    parts = re.split(r"^# (.+)\n", EXPECTED.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {name: text.splitlines() for name, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.fault(each.fault)) for name, each in CASES.items()],
)
def test_a_fault_is_told(name: str, built: Path, run: Runner) -> None:
    """The build stops with the lines that are expected, and the old site stays."""
    case = CASES[name]
    lines = refused(built, run, case.files, *case.arguments)
    assert lines
    if REGOLD:
        known = (expected() if EXPECTED.exists() else {}) | {name: lines}
        texts = [
            f"# {each}\n" + "".join(f"{x}\n" for x in known[each])
            for each in CASES
            if each in known
        ]
        EXPECTED.write_text("".join(texts), "utf-8")
    assert lines == expected()[name]


def test_no_expectation_is_left_over() -> None:
    """The file of expected lines has every case once, in order, and no other."""
    assert list(expected()) == list(CASES)


def shown(root: Path, route: str) -> Any:  # noqa: ANN401 - lxml has no types for HTML
    """Return a page of the site, parsed."""
    return html.fromstring((root / "site" / route).read_text("utf-8"))


# --- what is no fault, though elsewhere it is ---


@pytest.mark.fault(6)
@pytest.mark.parametrize(
    "written",
    [
        "0123",
        "12:30",
        "1e3",
        "0x10",
        "1_000",
        "yes",
        "No",
        "true",
        ".5",
        "=",
        "2031-03-09",
        "nullX",
    ],
)
def test_a_text_stays_as_it_is_written(make_site: MakeSite, run: Runner, written: str) -> None:
    """What YAML takes for a number, a date or a truth value is a title like any other."""
    root = make_site({ABOUT: f"---\ntitle: {written}\n---\nText.\n"})
    assert run(root, "-q").code == 0
    page = shown(root, "en/about.html")
    assert [each.text_content() for each in page.iter("h1")] == [written]


@pytest.mark.fault(12)
@pytest.mark.parametrize(
    "number", ["0012345670123456", "12345678e9012345", "1234567890123456", "0000000000000000"]
)
def test_an_id_like_a_number_stays_an_id(make_site: MakeSite, run: Runner, number: str) -> None:
    """An article whose ID YAML would read as a number keeps all its digits, without quotes."""
    briefing = FILES[BRIEFING].replace(LETTER, number)
    record = FILES[f"content/sources/{LETTER}.yaml"].replace(f'"{LETTER}"', number)
    arabic = FILES["content/briefings/winter.ar.md"].replace(LETTER, number)
    root = make_site(
        {
            BRIEFING: briefing,
            "content/briefings/winter.ar.md": arabic,
            f"content/sources/{LETTER}.yaml": None,
            f"content/sources/{number}.yaml": record,
        }
    )
    result = run(root, "--strict")
    assert (result.code, result.err) == (0, "")
    page = shown(root, f"en/sources/{number}.html")
    assert number in [each.text_content() for each in page.find_class("id")]


@pytest.mark.fault(14)
def test_a_source_may_be_cited_more_than_once(make_site: MakeSite, run: Runner) -> None:
    """Each mark says what it rests on; the list of references has the source once."""
    root = make_site(edit(BRIEFING, ("; @", f"; @{NOTICE}, ¶ 4; @")))
    assert run(root, "--strict").code == 0
    page = shown(root, "en/briefings/winter.html")
    assert len(page.xpath("//main//sup[@class='cite']")) == 3
    assert len(page.xpath("//section[@class='references']/ol/li")) == 2


@pytest.mark.fault(27)
def test_raw_html_is_shown_as_text(make_site: MakeSite, run: Runner) -> None:
    """A tag in a text is a warning, and stands on the page as it was written."""
    root = make_site(says("A <b onclick=x>bold</b> <!-- ferry --> <script>alert(1)</script>."))
    result = run(root)
    assert result.code == 0
    assert result.err.count(": warning: raw-html: ") == 5
    page = shown(root, "en/about.html")
    assert "<b onclick=x>bold</b> <!-- ferry --> <script>alert(1)</script>" in (
        page.get_element_by_id("main").text_content()
    )
    assert not page.xpath("//main//b | //main//comment() | //main//script")


# --- the environment ---


@pytest.mark.fault(48)
@pytest.mark.parametrize("value", ["yesterday", "-1", "1.5", "٣", "0x10", " 1", "\x1b[31m"])
def test_a_date_of_the_environment_that_is_none(built: Path, value: str) -> None:
    """A ``SOURCE_DATE_EPOCH`` that cannot be read is one line, and the old site stays."""
    before = tree(built)
    result = start(built, variables={"SOURCE_DATE_EPOCH": value})
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("mujaz: SOURCE_DATE_EPOCH: ")
    assert line.endswith(" is not a time; write the seconds since 1970 in digits, or unset it")
    assert line.isprintable()
    assert tree(built) == before


@pytest.mark.fault(48)
def test_no_file_holds_a_date_of_the_environment(make_site: MakeSite) -> None:
    """A site without briefings, whose feed has no date to state, is the same whatever the clock."""
    gone: Files = {path: None for path in FILES if "/briefings/" in path}
    root = make_site(gone)
    assert start(root, "-q").returncode == 0
    before = tree(root / "site")
    assert start(root, "-q", variables={"SOURCE_DATE_EPOCH": "1900000000"}).returncode == 0
    assert tree(root / "site") == before


# --- while a build runs ---

OPENED = """
import sys
from mujaz.cli import main

opened = []
sys.addaudithook(lambda event, words: event == "open" and opened.append(str(words[0])))
code = main(["build", "-q"])
print("\\n".join(name for name in opened if "/content/" in name))
raise SystemExit(code)
"""


@pytest.mark.fault(53)
def test_every_text_is_read_once(make_site: MakeSite) -> None:
    """No text of an author is opened twice, so that no page can be made of two states of it."""
    root = make_site({})
    result = program(root, OPENED)
    names = [Path(line).relative_to(root).as_posix() for line in result.splitlines()]
    assert sorted(names) == sorted(FILES)


def program(root: Path, text: str) -> str:
    """Run a program beside mujaz and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", text],
        cwd=root,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.fault(53)
@pytest.mark.parametrize("name", ["content/images/quay.png", "static/quay.svg"])
def test_a_file_that_goes_between_check_and_copy(
    name: str, built: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture or a static file that is gone when it is to be copied is one clear error."""
    write_files(built, {name: "a picture"})
    copies = press.Press.copies

    def when_deleted(self: press.Press) -> dict[Route, str]:
        (built / name).unlink()
        return copies(self)

    monkeypatch.setattr(press.Press, "copies", when_deleted)
    (line,) = refused(built, run, {})
    assert "output-failed" in line
    assert "No such file or directory" in line
    assert Path(name).name in line


@pytest.mark.fault(53)
def test_a_text_that_goes_between_listing_and_reading(
    built: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that is gone when it is to be read is an error that names it."""
    listed = walk.Tree.walk

    def then_delete(tree: walk.Tree, folder: str) -> None:
        listed(tree, folder)
        (built / ABOUT).unlink()

    monkeypatch.setattr(walk.Tree, "walk", then_delete)
    (line,) = refused(built, run, {})
    assert line == (
        f"{ABOUT}:1:1: error: file-unreadable: this cannot be read: No such file or directory; "
        "it has just been moved or deleted; run mujaz again"
    )


@pytest.mark.fault(55)
def test_what_is_gone_leaves_no_word_behind(built: Path, run: Runner) -> None:
    """After a briefing, a source and a topic are gone, the site is that of a fresh folder."""
    write_files(
        built,
        {
            BRIEFING: FILES[BRIEFING].replace(f", {LETTER}]", "]").replace(f"; @{LETTER}", ""),
            "content/briefings/winter.ar.md": FILES["content/briefings/winter.ar.md"]
            .replace(f", {LETTER}]", "]")
            .replace(f"؛ @{LETTER}", ""),
        },
    )
    (built / "content" / "sources" / f"{LETTER}.yaml").unlink()
    for language in ("ar", "en"):
        (built / "content" / "pages" / f"about.{language}.md").unlink()
    assert run(built, "-q").code == 0
    fresh = built.with_name("fresh")
    shutil.copytree(built / "content", fresh / "content")
    assert run(fresh, "-q").code == 0
    assert tree(built / "site") == tree(fresh / "site")
    assert [name for name in tree(built / "site") if LETTER in name or "about" in name] == []


# --- the table ---


def rows() -> dict[int, list[str]]:
    """Return number → the other cells of its row in the table of faults."""
    found: dict[int, list[str]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if match := re.match(r"\| F(\d\d) \|", line):
            number = int(match[1])
            assert number not in found, number
            found[number] = [each.strip() for each in re.split(r"(?<!\\)\|", line)[2:-1]]
    return found


def marked() -> dict[int, set[str]]:
    """Return number → the files with a test that is marked with it."""
    found: dict[int, set[str]] = {}
    for path in sorted(HERE.rglob("test_*.py")):
        for number in numbers(path):
            found.setdefault(number, set()).add(path.name)
    for case in CASES.values():
        found.setdefault(case.fault, set()).add(Path(__file__).name)
    return found


def numbers(path: Path) -> Iterator[int]:
    """Yield the numbers in the marks of a file of tests."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr == "fault":
            for each in getattr(node, "args", []):
                if isinstance(each, ast.Constant):
                    assert isinstance(each.value, int)
                    yield each.value


def test_every_fault_is_staged() -> None:
    """The table has every fault once, in order; each is staged, and none besides."""
    found = rows()
    assert list(found) == [number for number in range(1, 57) if number not in LEFT_OUT]
    assert set(marked()) == set(found)


@pytest.mark.parametrize("number", list(rows()))
def test_a_row_names_the_tests_that_stage_it(number: int) -> None:
    """The tests that a row names carry its mark."""
    named = re.findall(r"`(test_\w+\.py)`", rows()[number][-1])
    assert named
    assert set(named) <= marked()[number]


@pytest.mark.parametrize("number", list(rows()))
def test_a_row_quotes_what_is_printed(number: int) -> None:
    """A message in the table is one that is printed, with the code that the row names."""
    _, seen, codes, _ = rows()[number]
    named = re.findall(r"`([a-z-]+)`", codes)
    assert set(named) <= set(CODES)
    printed = EXPECTED.read_text("utf-8") + (HERE / "sites" / "broken.expected").read_text("utf-8")
    for message in re.findall(r"“`(.+?)`”", seen):
        lines = [
            line
            for line in printed.splitlines()
            if f": {message.replace(chr(92) + '|', '|')}" in line
        ]
        assert lines, message
        assert any(line.split(": ")[2] in named for line in lines), message
