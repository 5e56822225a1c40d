"""The documents say what the code does: codes, keys, commands, flags, targets, links, examples."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mujaz.cli import COMMANDS, make_parser
from mujaz.pipeline import Options, check
from mujaz.problems import CODES, Severity
from mujaz.validate.documents import BRIEFING_KEYS, PAGE_KEYS, TOPIC_KEYS
from mujaz.validate.records import NAME_KEYS, NAME_KINDS, SOURCE_KEYS
from mujaz.validate.settings import DIGITS, KEYS, MONTHS

ROOT = Path(__file__).resolve().parent.parent
PROBLEMS = ROOT / "docs" / "problems.md"
README = ROOT / "README.md"
GUIDES = (ROOT / "docs" / "authoring.en.md", ROOT / "docs" / "authoring.ar.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TABLES = (BRIEFING_KEYS, TOPIC_KEYS, SOURCE_KEYS, NAME_KEYS, KEYS)
"""The keys of the tables of a guide, in their order."""

_BLOCK = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"[^\s:]+:[1-9][0-9]*:[1-9][0-9]*: ([a-z]+): ([a-z-]+): \S.*[^.\s]")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^()\s]+)\)")


def name_of(path: Path) -> str:
    """Return the path of a document from the root, as the name of its test."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> list[tuple[str, str]]:
    """Return the fenced blocks of a document: what stands behind the fence, and the text."""
    return _BLOCK.findall(path.read_text("utf-8"))


def prose(path: Path) -> str:
    """Return a document without its blocks of code."""
    return _BLOCK.sub("", path.read_text("utf-8"))


def headings(path: Path) -> list[tuple[int, str]]:
    """Return the level and the text of every heading."""
    found = re.findall(r"^(#{1,6}) (.+?)\s*$", prose(path), re.MULTILINE)
    return [(len(marks), text) for marks, text in found]


def entries() -> dict[str, str]:
    """Return the text of every entry of the list of problems."""
    parts = re.split(r"^## ([a-z-]+)$", PROBLEMS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def anchors(path: Path) -> set[str]:
    """Return the fragments of a document, as GitHub makes them from its headings."""
    found: dict[str, int] = {}
    for _, text in headings(path):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("`", "").lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found[anchor] = found.get(anchor, -1) + 1
    return {f"{name}-{n}" if n else name for name, last in found.items() for n in range(last + 1)}


# --- problems --------------------------------------------------------------------------------


def test_every_code_has_its_entry() -> None:
    """The list of problems has one entry per code, in the order of the code, and no other."""
    assert [text for level, text in headings(PROBLEMS) if level == 2] == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_an_entry_states_the_severity(code: str) -> None:
    """An entry begins with the usual severity of its code, and says whether it can be changed."""
    entry = CODES[code]
    rest = "fixed" if entry.fixed else "can be changed in `checks:`"
    assert entries()[code].startswith(f"\n\n**{entry.severity}**, {rest}. ")


@pytest.mark.parametrize("code", CODES)
def test_an_entry_shows_the_line(code: str) -> None:
    """An entry shows one line as mujaz prints it, with the code and severity of the entry."""
    lines = [text.strip() for info, text in _BLOCK.findall(entries()[code]) if info == "text"]
    found = _LINE.fullmatch(lines[-1])
    assert found, lines[-1]
    assert found.groups() == (str(CODES[code].severity), code)


@pytest.mark.parametrize("path", [PROBLEMS, README, *GUIDES], ids=name_of)
def test_lines_of_problems_are_well_formed(path: Path) -> None:
    """Whatever looks like a line of mujaz in a document has an existing code and severity."""
    text = "\n".join(text for _, text in blocks(path))
    for line in re.findall(r"^\S+:\d+:\d+: .+$", text, re.MULTILINE):
        found = _LINE.fullmatch(line)
        assert found, line
        assert found[2] in CODES, line
        assert found[1] in set(Severity), line


# --- guides for authors ----------------------------------------------------------------------


def rows(path: Path) -> list[set[str]]:
    """Return the keys named in the first column of every table of keys."""
    tables = re.findall(r"^\| (?:key|المفتاح) \|.*\n((?:\|.*\n)+)", prose(path), re.MULTILINE)
    return [set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) for table in tables]


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_every_key_is_in_the_guide(path: Path) -> None:
    """The tables of a guide have every key of the code, and no other."""
    assert rows(path) == [set(keys) for keys in TABLES]


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_values_with_names_are_in_the_guide(path: Path) -> None:
    """A guide names the keys of plain pages, the kinds of names, and the choices of settings."""
    text = prose(path)
    words = (*PAGE_KEYS, *NAME_KINDS, *MONTHS, *DIGITS, "date", "note")
    assert [word for word in words if f"`{word}`" not in text] == []


def test_both_guides_are_one() -> None:
    """The guides have the same headings in number, the same blocks, and the same files in them."""
    one, other = GUIDES
    assert [level for level, _ in headings(one)] == [level for level, _ in headings(other)]
    assert [info for info, _ in blocks(one)] == [info for info, _ in blocks(other)]
    assert files_in(one) == files_in(other)


def files_in(path: Path) -> dict[str, str]:
    """Return the files that a document shows in full: those with a path behind the fence."""
    shown = [(info.partition(" ")[2], text) for info, text in blocks(path)]
    return {name: text for name, text in shown if name.startswith("content/")}


@pytest.mark.parametrize("path", [README, *GUIDES], ids=name_of)
def test_the_example_builds(path: Path, tmp_path: Path) -> None:
    """The files of a document are a site without an error or a warning."""
    for name, text in files_in(path).items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    result = check(Options(root=tmp_path, output=tmp_path / "site"))
    grave = [str(each) for each in result.problems if each.severity is not Severity.NOTE]
    assert grave == []
    assert result.site.briefings
    assert result.outputs


# --- README ----------------------------------------------------------------------------------


def test_every_command_and_flag_is_in_the_readme() -> None:
    """README names every command of the parser, and every flag of every command."""
    text = README.read_text("utf-8")
    flagged = [flag for action in flags(make_parser()) for flag in action.option_strings]
    missing = [name for name in COMMANDS if f"| `mujaz {name}` |" not in text]
    missing += [flag for flag in flagged if not re.search(rf"`{re.escape(flag)}[ `]", text)]
    assert missing == []


def flags(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the optional arguments of a parser and of its commands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from flags(each)
        else:
            yield action


def test_the_readme_names_no_flag_that_is_not_there() -> None:
    """The table of flags in README has no flag that no command knows."""
    known = {flag for action in flags(make_parser()) for flag in action.option_strings}
    table = re.findall(r"^\| `-.*$", prose(README), re.MULTILINE)
    named = {flag for row in table for flag in re.findall(r"`(--?[a-z][a-z-]*)", row)}
    assert named <= known


def test_make_targets_exist() -> None:
    """Every make target that a document names exists, and README names them all."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    named = {
        path: set(re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE))
        for path in DOCUMENTS
    }
    assert {
        name_of(path): found - targets for path, found in named.items() if found - targets
    } == {}
    assert targets - named[README] == {"help"}


# --- links -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a document leads to a file, and its fragment to a heading there."""
    text = re.sub(r"``.+?``|`[^`\n]+`", "", prose(path))
    broken = []
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, fragment = link.partition("#")
        file = (path.parent / name).resolve() if name else path
        if not file.is_file() or (fragment and fragment not in anchors(file)):
            broken.append(link)
    assert broken == []


def test_every_decision_is_in_the_index() -> None:
    """The index of decisions has every record with its title, in order."""
    folder = ROOT / "docs" / "decisions"
    titles = [
        (path.name, headings(path)[0][1].partition(". ")[2])
        for path in sorted(folder.glob("0*.md"))
    ]
    index = re.findall(r"^\d+\. \[(.+)\]\((.+)\)$", prose(folder / "README.md"), re.MULTILINE)
    assert [(file, title) for title, file in index] == titles


def test_architecture_names_modules_that_exist() -> None:
    """Every module named in the architecture is a file of the program."""
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py)`", prose(ROOT / "docs/architecture.md")))
    files = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("*/**/*.py")}
    unknown = {name for name in named if not any(f"/{file}".endswith(f"/{name}") for file in files)}
    assert unknown == set()
