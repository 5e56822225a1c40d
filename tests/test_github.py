"""``--format github``: what a runner of GitHub Actions reads from the output, and nothing else.

Lines are read here as the runner reads them: a command is ``::name properties::data`` at the
beginning of a line, or the older ``##[name]data`` anywhere in one.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html
from markdown_it import MarkdownIt

from mujaz.cli import github
from mujaz.cli.github import MOST, ROOM, inert, print_annotations
from mujaz.problems import Location, Problem, Severity
from mujaz.text import printable
from tests.conftest import MakeSite, Runner
from tests.test_cli import BROKEN, LONE, RAW

NAMES = {"error": "error", "warning": "warning", "note": "notice"}
ISOLATES = re.compile("[\u2068\u2069]")


class Command(NamedTuple):
    """A workflow command, decoded."""

    name: str
    properties: Mapping[str, str]
    data: str


def decoded(text: str) -> str:
    """Return what the runner makes of an escaped text."""
    for token, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(token, char)
    return text


def commands(output: str) -> Iterator[Command]:
    """Yield every command that a runner finds in an output."""
    for line in re.split(r"\r\n|\r|\n", output):
        new = re.fullmatch(r"\s*::([^ :]*)(?: ((?:[^:]|:(?!:))*))?::(.*)", line)
        old = re.search(r"##\[([^\] ]*)[^\]]*\](.*)", line)
        if new:
            pairs = [each.split("=", 1) for each in (new[2] or "").split(",") if "=" in each]
            yield Command(new[1], {key: decoded(value) for key, value in pairs}, decoded(new[3]))
        elif old:
            yield Command(old[1], {}, old[2])


def make(number: int, severity: Severity = Severity.ERROR, what: str = "what") -> Problem:
    """Return a problem."""
    return Problem(Location("content/a.en.md", number, 2), "key-unknown", what, "", severity)


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that takes the summary of a job."""
    path = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test depend on being run by GitHub."""
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)


def table(path: Path) -> list[list[str]]:
    """Return the rows of the table in a summary, which must be all that is not plain text."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(path.read_text("utf-8"))
    blocks = [each.content for each in tokens if each.type == "html_block"]
    kinds = {each.type for each in tokens} | {
        inner.type for each in tokens for inner in each.children or ()
    }
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "html_block"}
    rows = [row for block in blocks for row in html.fragment_fromstring(block).iter("tr")]
    allowed = {"table", "tr", "td", "th", "code"}
    for block in blocks:
        elements = [*html.fragment_fromstring(block).iter()]
        assert {each.tag for each in elements} <= allowed
        assert not [each for each in elements if each.attrib]
    return [[cell.text_content() for cell in row] for row in rows if row[0].tag == "td"]


# --- annotations -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "severities"),
    [({**LONE, **RAW}, {"note", "warning"}), (BROKEN, {"error"})],
    ids=["doubtful", "wrong"],
)
def test_every_problem_is_annotated(
    make_site: MakeSite, run: Runner, files: Mapping[str, str], severities: set[str]
) -> None:
    """A command says severity, file, line, column and code; it is what JSON says, in order."""
    root = make_site(files)
    result = run(root, "check", "--format", "github")
    told = json.loads(run(root, "check", "--format", "json").out)["problems"]
    assert {each["severity"] for each in told} == severities
    told.sort(key=lambda each: list(NAMES).index(each["severity"]))
    place = "{path}:{line}:{column}"
    assert [*commands(result.out)] == [
        Command(
            NAMES[each["severity"]],
            {
                "file": each["path"],
                "line": str(each["line"]),
                "col": str(each["column"]),
                "endLine": str(each["line"]),
                "title": each["code"],
            },
            f"{each['code']}: {each['message']} ({place.format(**each)})",
        )
        for each in told
    ]
    assert not [*commands(result.err)]


def test_one_command_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    """A command has the form that GitHub documents."""
    print_annotations([make(3, Severity.NOTE, "100 % new,\nsaid: «قارب النهر»")])
    line = (
        "::notice file=content/a.en.md,line=3,col=2,endLine=3,title=key-unknown"
        "::key-unknown: 100 %25 new,<U+000A>said: «\u2068قارب النهر\u2069» (content/a.en.md:3:2)\n"
    )
    assert capsys.readouterr() == (line, "")


@pytest.mark.parametrize("name", ["build", "check"])
@pytest.mark.parametrize("words", [[], ["--strict"], ["-q"], ["-v"]])
@pytest.mark.parametrize("files", [{}, LONE, RAW, BROKEN], ids=["clean", "note", "raw", "broken"])
def test_the_exit_code_is_that_of_text(
    make_site: MakeSite, run: Runner, name: str, words: list[str], files: Mapping[str, str]
) -> None:
    """Only the form of what is printed differs, and the last line not even in that."""
    root = make_site(files)
    text = run(root, name, *words)
    told = run(root, name, *words, "--format", "github")
    assert told.code == text.code
    last = [each.splitlines()[-1:] for each in (text.out, told.out, text.err, told.err)]
    if text.code:
        assert last[3] == last[2]
    elif "-q" not in words:
        assert [each.partition(" in ")[0] for each in last[1]] == [
            each.partition(" in ")[0] for each in last[0]
        ]


def test_quiet(make_site: MakeSite, run: Runner, summary: Path) -> None:
    """With ``-q`` notes are in no annotation and in no summary."""
    result = run(make_site({**RAW, **LONE}), "-q", "--format", "github")
    assert [each.name for each in commands(result.out)] == ["warning"]
    assert [row[1] for row in table(summary)] == ["warning"]
    assert result.err == ""


def test_a_site_in_a_folder_of_the_repository(
    make_site: MakeSite, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An annotation names the file as the repository does; from elsewhere as the site does."""
    root = make_site(BROKEN)
    for workspace, folder in ((root.parent, "ferry/"), (root, ""), (root / "content", "")):
        monkeypatch.setenv("GITHUB_WORKSPACE", str(workspace))
        files = {each.properties["file"] for each in commands(run(root, "--format=github").out)}
        assert files == {f"{folder}content/briefings/winter.en.md"}


# --- more than ten ---------------------------------------------------------------------------

MANY = [
    *(make(n, Severity.NOTE) for n in range(1, 8)),
    *(make(n, Severity.WARNING) for n in range(8, 15)),
    *(make(n, Severity.ERROR) for n in range(15, 22)),
]
GRAVEST = [*range(15, 22), *range(8, 11)]
REST = [*range(11, 15), *range(1, 8)]


def lines_of(output: str) -> list[int]:
    """Return the line of each problem that is told in a line of its own."""
    return [int(each) for each in re.findall(r"^content/a\.en\.md:(\d+):2: ", output, re.MULTILINE)]


def test_the_gravest_ten_are_annotated(capsys: pytest.CaptureFixture[str]) -> None:
    """GitHub would drop the rest: it follows in ordinary lines where there is no summary."""
    print_annotations(MANY)
    out, err = capsys.readouterr()
    assert [int(each.properties["line"]) for each in commands(out)] == GRAVEST
    assert len(GRAVEST) == len(out.splitlines()) == MOST
    assert lines_of(err) == REST
    assert err.splitlines()[0] == "content/a.en.md:11:2: warning: key-unknown: what"


def test_the_summary_has_them_all(summary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table names every problem once, the gravest first; nothing is overwritten."""
    summary.write_text("Before", "utf-8")
    print_annotations(MANY)
    out, err = capsys.readouterr()
    assert [int(each.properties["line"]) for each in commands(out)] == GRAVEST
    assert err == ""
    rows = table(summary)
    assert [row[2] for row in rows] == [f"content/a.en.md:{n}:2" for n in GRAVEST + REST]
    assert rows[0] == ["key-unknown", "error", "content/a.en.md:15:2", "what"]
    assert summary.read_text("utf-8").startswith("Before\n\n7 errors, 7 warnings, 7 notes\n\n")


def test_a_clean_site_needs_no_summary(make_site: MakeSite, run: Runner, summary: Path) -> None:
    """Where nothing was found nothing is written."""
    assert run(make_site({}), "--format", "github").code == 0
    assert not summary.exists()


@pytest.mark.parametrize("before", [0, ROOM - 10_000, ROOM + 1])
def test_a_summary_that_is_full(
    summary: Path, capsys: pytest.CaptureFixture[str], before: int
) -> None:
    """GitHub drops a summary that is too large: what it cannot hold follows in ordinary lines."""
    summary.write_text("." * before, "utf-8")
    many = [make(n, what="عبّارة " * 200) for n in range(1, 1000)]
    print_annotations(many)
    err = capsys.readouterr().err
    held = len(table(summary))
    assert summary.stat().st_size < max(1024 * 1024, before + 1000)
    assert (held > MOST) is (before == 0)
    assert lines_of(err) == [*range(max(held, MOST) + 1, 1000)]
    assert f"The log has {999 - held} more." in summary.read_text("utf-8")


@pytest.mark.parametrize("what", ["", "a folder", "no folder"])
def test_a_summary_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    """It is as if there were none."""
    names = {"": "", "a folder": str(tmp_path), "no folder": str(tmp_path / "none" / "file")}
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", names[what])
    print_annotations(MANY)
    assert lines_of(capsys.readouterr().err) == REST


# --- hostile texts ---------------------------------------------------------------------------

HOSTILE = [
    "::error::x",
    "  ::stop-commands::x",
    "a\n::add-mask::x",
    "a\r\n::add-mask::x",
    "a\r::add-mask::x",
    "a\u2028::add-mask::x\u0085::add-mask::y",
    "a%0A::add-mask::x",
    "%250A%3A%2C%",
    "##[add-mask]x",
    "###[add-mask]x",
    "x ##[error]y ##[group]z",
    "a,file=b,line=9",
    "a,title=b::c",
    "a | b | c",
    "a \\| b",
    "`a` ``b`` ```",
    "</code></td></tr></table>\n\n# Heading",
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "&lt;b&gt; &#60;",
    "<!-- --> <![CDATA[ <?php",
    "@crew and @crew/pilots, #1, crew/ferry#1, a@crew.example",
    "https://ferry.example/ [x](https://ferry.example/) ![x](y)",
    "\u202eabc\u202c \u2067x\u2069 \u2069\u2069 \u200f",
    "عبّارة‎ ::error:: ##[error]",
    "\x1b[31m\x07\x00",
    "\ud800",
]
"""Texts that would begin a command, a cell, an element or a mention."""


@pytest.mark.fault(29)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out(text: str, summary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One problem stays one command and one row, in which its text can be read."""
    problems = [
        Problem(Location(text, 3, 2), "key-unknown", text, text, Severity.ERROR),
        *(make(n, what=text) for n in range(1, MOST + 2)),
    ]
    print_annotations(problems)
    out, err = capsys.readouterr()
    found = [*commands(out)]
    assert len(found) == len(out.splitlines()) == MOST
    assert err == ""
    assert found[0].properties == {
        "file": printable(text),
        "line": "3",
        "col": "2",
        "endLine": "3",
        "title": "key-unknown",
    }
    message = ISOLATES.sub("", found[0].data)
    assert message == inert(f"key-unknown: {text}; {text} ({text}:3:2)")
    assert {each.name for each in found} == {"error"}
    rows = table(summary)
    assert len(rows) == len(problems)
    assert ISOLATES.sub("", rows[0][3]) == inert(f"{text}; {text}")
    summary.unlink()
    os.environ.pop("GITHUB_STEP_SUMMARY")
    print_annotations(problems[1:] + problems[:1])
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 2
    assert not [*commands(err)]


@pytest.mark.fault(29)
@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_code_in_a_summary(text: str, summary: Path) -> None:
    """Names and numbers in ``code`` notify nobody and lead nowhere; each text stands in one."""
    print_annotations([Problem(Location(text), "key-unknown", text, "", Severity.ERROR)])
    written = summary.read_text("utf-8")
    table(summary)
    outside = re.sub(r"<code>[^<]*</code>", "", written)
    assert re.sub(r"</?(?:table|tr|td|th)>", "", outside).split() == [
        *("1", "error", "codeseverityplaceproblem", "key-unknownerror")
    ]


@pytest.mark.fault(29)
def test_no_name_of_a_file_breaks_out(make_site: MakeSite, run: Runner) -> None:
    """Names of files that are not read, or are kept, begin no command either."""
    root = make_site({})
    assert run(root).code == 0
    for path in (root / "content" / ".##[add-mask]x.md", root / "site" / "##[stop-commands]x"):
        path.write_text("", "utf-8")
    result = run(root, "-v", "--format", "github")
    assert result.code == 0
    assert result.out.count("<U+0023>[add-mask]x") == 1
    assert result.err.count("<U+0023>[stop-commands]x") == 1
    assert not [*commands(result.out), *commands(result.err)]


@pytest.mark.fault(29)
def test_hostile_content(make_site: MakeSite, run: Runner, summary: Path) -> None:
    """What an author writes comes through the whole program as one command for each problem."""
    page = '---\ntitle: A\n"a::b\\n::add-mask::x": 1\n"##[add-mask]x": 1\n"</code>@crew": 1\n---\n'
    result = run(make_site({"content/pages/about.en.md": page}), "check", "--format", "github")
    assert result.code == 1
    found = [*commands(result.out), *commands(result.err)]
    assert {each.name for each in found} == {"error"}
    assert len(found) == len(table(summary)) == 3


# --- direction -------------------------------------------------------------------------------


def test_every_letter_from_right_to_left_is_isolated() -> None:
    """No letter of Unicode that runs from the right is left outside the isolates."""
    for number in range(sys.maxunicode + 1):
        char = chr(number)
        if unicodedata.bidirectional(char) in {"R", "AL"} and printable(char) == char:
            assert github._isolated(f"a {char}.") == f"a \u2068{char}\u2069.", hex(number)


def test_runs_of_words_are_isolated() -> None:
    """Words that follow one another stay one run; marks and Latin words stand outside."""
    text = "title: «عبّارة النهر», عند 3 ferries؛ نعم"
    assert github._isolated(text) == (
        "title: «\u2068عبّارة النهر\u2069», \u2068عند\u2069 3 ferries\u2068؛ نعم\u2069"
    )
    assert github._isolated("nothing to do: 12") == "nothing to do: 12"
