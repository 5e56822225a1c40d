"""Tests of the problems: their codes, their order, their words."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from mujaz.problems import CODES, Location, Problem, Severity, arrange, problem
from tests.conftest import FILES, MakeSite, Runner

PACKAGE = Path(__file__).resolve().parent.parent / "mujaz"


@cache
def texts() -> dict[str, set[str]]:
    """Return every text that stands in the code of mujaz, and the files in which it stands.

    Docstrings do not count, nor does the table of codes itself.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "problems.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.setdefault(node.value, set()).add(path.name)
    return found


def codes_used() -> set[str]:
    """Return every text given as a code where a problem or a flaw is made."""
    places = {"problem": 0, "report": 0, "_add": 0, "push_flaw": 3, "add_block_flaw": 2}
    places |= {"parsed": 2, "BlockFlaw": 1}
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            place = places.get(called)
            if place is None or len(node.args) <= place:
                continue
            code = node.args[place]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.add(code.value)
    return found


def at(line: int = 1, column: int = 1, path: str = "content/x.md") -> Location:
    """Return a place."""
    return Location(path, line, column)


# --- the table -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_used(code: str) -> None:
    """Each code of the table is raised somewhere."""
    assert texts().get(code)


def test_every_used_code_exists() -> None:
    """Whatever is given as a code stands in the table."""
    used = codes_used()
    assert used <= set(CODES)
    assert len(used) > len(CODES) * 0.8  # so that this test sees what it is to see


@pytest.mark.parametrize("code", CODES)
def test_codes_are_words(code: str) -> None:
    """A code is lower-case words joined by hyphens, with a meaning of its own."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert CODES[code].meaning.strip(".") == CODES[code].meaning
    assert [each.meaning for each in CODES.values()].count(CODES[code].meaning) == 1


def test_errors_of_structure_stay_errors() -> None:
    """Exactly the errors are fixed: warnings and notes can be changed."""
    for entry in CODES.values():
        assert entry.fixed == (entry.severity is Severity.ERROR)


# --- values ----------------------------------------------------------------------------------


def test_a_problem_has_the_severity_of_its_code() -> None:
    """A problem is as grave as its code, and prints as path:line:column: severity: code: words."""
    one = problem("source-unknown", at(14, 22), "no source x", "did you mean y?")
    assert str(one) == ("content/x.md:14:22: error: source-unknown: no source x; did you mean y?")
    assert problem("raw-html", at(), "a").severity is Severity.WARNING
    assert str(problem("base-url-missing", at(), "a")) == (
        "content/x.md:1:1: note: base-url-missing: a"
    )


def test_a_code_that_does_not_exist_is_our_own_bug() -> None:
    """A problem without a code of the table cannot be made."""
    with pytest.raises(KeyError):
        problem("no-such-code", at(), "a")


def test_severities_have_ranks() -> None:
    """The gravest severity has the lowest rank."""
    assert [each.rank for each in Severity] == [0, 1, 2]
    assert Severity.ERROR.rank == 0


def test_places_are_sorted_by_file_line_and_column() -> None:
    """Places are in order of path, then line, then column, as numbers."""
    places = [at(10, 1), at(9, 20), at(9, 3), at(1, 1, "content/y.md")]
    assert sorted(places) == [at(9, 3), at(9, 20), at(10, 1), at(1, 1, "content/y.md")]


# --- arrange ---------------------------------------------------------------------------------


def test_problems_are_sorted() -> None:
    """Problems come by place; at one place the gravest first, then by code, then by words."""
    ordered = [
        problem("source-unknown", at(2, 1), "a"),
        problem("source-unknown", at(2, 1), "b"),
        problem("topic-unknown", at(2, 1), "a"),
        problem("raw-html", at(2, 1), "a"),
        problem("translation-missing", at(2, 1), "a"),
        problem("raw-html", at(2, 9), "a"),
        problem("source-unknown", at(10, 1), "a"),
        problem("source-unknown", at(1, 1, "content/y.md"), "a"),
    ]
    assert arrange(list(reversed(ordered))) == ordered
    assert arrange(ordered[::2] + ordered[1::2]) == ordered


def test_a_problem_is_told_once() -> None:
    """Of problems with equal place, severity, code and words the first is kept."""
    one = problem("raw-html", at(), "a", "first")
    same = problem("raw-html", at(), "a", "second")
    other = problem("raw-html", at(), "b")
    assert arrange([one, same, other, one]) == [one, other]


def test_severities_can_be_changed() -> None:
    """A site may change the severity of a code that is not fixed, or turn it off."""
    one, two = problem("raw-html", at(), "a"), problem("translation-missing", at(2), "a")
    found = arrange([one, two], {"raw-html": Severity.ERROR, "translation-missing": None})
    assert [(each.code, each.severity) for each in found] == [("raw-html", Severity.ERROR)]
    found = arrange(
        [one, two], {"raw-html": Severity.NOTE, "translation-missing": Severity.WARNING}
    )
    assert [str(each.severity) for each in found] == ["note", "warning"]
    assert one.severity is Severity.WARNING


def test_fixed_severities_stay() -> None:
    """An error of structure stays an error, whatever a site asks for."""
    one = problem("source-unknown", at(), "a")
    for asked in (None, Severity.NOTE):
        assert arrange([one], {"source-unknown": asked}) == [one]


def test_nothing_is_nothing() -> None:
    """No problems stay none."""
    empty: list[Problem] = []
    assert arrange(empty) == []
    assert arrange(empty, {"raw-html": None}) == []


# --- a run -----------------------------------------------------------------------------------


def test_a_clean_site(make_site: MakeSite, run: Runner) -> None:
    """The small site is clean on the disk too, and says so."""
    ended = run(make_site({}), "check", "--strict")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("checked: ")


def test_problems_of_every_stage_come_in_one_run(make_site: MakeSite, run: Runner) -> None:
    """Problems of reading, of validation and of resolution are told at once, sorted."""
    path = "content/briefings/winter.en.md"
    text = FILES[path].replace("title:", "titel:").replace("four", "@0a1b2c3d4e5f6071")
    files: dict[str, str | bytes | None] = {
        path: text.replace("topics: [timetable]", "topics: [timetables]"),
        "content/briefings/spring.en.md": "no front matter\n",
        "content/pages/about.ar.md": b"---\ntitle: \xff\n---\n",
    }
    ended = run(make_site(files), "check")
    assert ended.code == 1
    lines = [line for line in ended.err.splitlines() if line.startswith("content/")]
    assert [": ".join(line.split(": ")[:3:2]) for line in lines if ": error: " in line] == [
        "content/briefings/spring.en.md:1:1: front-matter-missing",
        "content/briefings/winter.en.md:2:1: key-unknown",
        "content/briefings/winter.en.md:5:10: topic-unknown",
        "content/briefings/winter.en.md:10:17: citation-bare",
        "content/pages/about.ar.md:2:8: encoding",
    ]
    assert not (make_site({}) / "site").exists()


def test_severities_of_the_site(make_site: MakeSite, run: Runner) -> None:
    """The severities of site.yaml decide whether a run ends with 0 or 1."""
    page = {"content/pages/about.en.md": "---\ntitle: About\n---\n<b>Invented</b> texts.\n"}
    site = FILES["content/site.yaml"]
    for word, codes in (("note", (0, 0)), ("warning", (0, 1)), ("error", (1, 1)), ("off", (0, 0))):
        root = make_site({**page, "content/site.yaml": f"{site}checks: {{raw-html: {word}}}\n"})
        usual, strict = run(root, "check"), run(root, "check", "--strict")
        assert (usual.code, strict.code) == codes
        assert (f": {word}: raw-html: " in usual.err) == (word != "off")


def test_a_wrong_command_is_usage(make_site: MakeSite, run: Runner) -> None:
    """A command that does not exist ends with 2 and the nearest that does."""
    ended = run(make_site({}), "chekc")
    assert ended.code == 2
    assert "did you mean check?" in ended.err
