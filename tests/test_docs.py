"""The documents say what the code does: codes, keys, commands, flags, targets, links, examples.

Every example in the list of problems is run, which makes this file long: the sites of the examples
stand beside the tests that need them.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from mujaz.cli import COMMANDS, make_parser
from mujaz.pipeline import Options, check
from mujaz.problems import CODES, Severity
from mujaz.validate.documents import BRIEFING_KEYS, PAGE_KEYS, TOPIC_KEYS
from mujaz.validate.records import NAME_KEYS, NAME_KINDS, SOURCE_KEYS
from mujaz.validate.settings import DIGITS, KEYS, MONTHS
from tests.conftest import Runner, unhidden, write_files

ROOT = Path(__file__).resolve().parent.parent
PROBLEMS = ROOT / "docs" / "problems.md"
README = ROOT / "README.md"
GUIDES = (ROOT / "docs" / "authoring.en.md", ROOT / "docs" / "authoring.ar.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TABLES = (BRIEFING_KEYS, TOPIC_KEYS, SOURCE_KEYS, NAME_KEYS, KEYS)
"""The keys of the tables of a guide, in their order."""

_BLOCK = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"[^\s:]+:[1-9][0-9]*:[1-9][0-9]*: ([a-z]+): ([a-z-]+): \S.*(?:[^.\s]|ف\.)")
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


# --- examples of problems --------------------------------------------------------------------

BRIEFING = "content/briefings/crossings.en.md"
BASE = {
    **{
        info.partition(" ")[2]: text
        for info, text in _BLOCK.findall(PROBLEMS.read_text("utf-8").partition("\n## ")[0])
        if " content/" in info
    },
    "content/site.yaml": "title: {ar: عبّارات النهر, en: River ferries}\n"
    "base_url: https://river.example/\n",
    "content/names.yaml": """\
- id: river-gazette
  kind: organisation
  origin: true
  ar: جريدة النهر
  en: The River Gazette
""",
    "content/sources/1b2c3d4e5f607182.yaml": """\
id: 1b2c3d4e5f607182
label: {ar: خبر عن الجرس, en: Report on the bell}
paragraphs: 2
""",
    "content/topics/ferries.ar.md": "---\nlabel: العبّارات\nsummary: قوارب النهر.\n---\n",
    "content/topics/ferries.en.md": "---\nlabel: Ferries\nsummary: Boats.\n---\n",
    "content/images/ferry.jpg": "",
}
"""The site of the examples: what the list of problems shows of it, and what it need not show."""

ADDED: Mapping[str, Mapping[str, str | None]] = {
    "content-missing": {"content/site.yaml": None},
    "path-conflict": {"content/briefings/fares.en.md": BASE[BRIEFING]},
    "topic-untranslated": {"content/topics/ferries.en.md": None},
    "output-refused": {"papers/letter.txt": "Dear ferryman"},
}
"""What an example says in words beside its snippet: code → path → text, None for no file."""


def example(code: str) -> tuple[dict[str, str | bytes | None], str]:
    """Return the site of an entry's example, and the line that the entry shows.

    The file that a snippet changes stands behind its fence. Keys take the place of the same keys,
    or follow the last one. Markdown stands above the text; where it begins with ``---``, it is the
    whole file. A line that begins with a path in ``content/`` adds a copy of the briefing there.
    """
    *shown, (_, line) = _BLOCK.findall(entries()[code])
    files: dict[str, str | bytes | None] = {**BASE, **ADDED.get(code, {})}
    for info, snippet in shown:
        kind, _, path = info.partition(" ")
        text = re.sub(r"\(70 000 letters\)", "x" * 70_000, unhidden(snippet))
        text = re.sub(r"(.) \(([0-9,]+) times\)", lambda m: m[1] * int(m[2].replace(",", "")), text)
        if kind == "yaml":
            files[path] = merged(BASE[path], text)
        elif kind == "markdown" and not text.startswith("---") and code != "front-matter-missing":
            head, text_of_base = BASE[path].rsplit("---\n", 1)
            files[path] = f"{head}---\n{text}\n{text_of_base}"
        elif path:
            files[path] = text.replace("          (saved as Windows-1256)", "")
        else:
            for found in re.findall(r"^content/\S+\.[a-z]+(?=\s)", text, re.MULTILINE):
                files[found] = BASE[BRIEFING]
    if code == "file-too-large":
        files[BRIEFING] = BASE[BRIEFING] + "x" * 9 * 1024**2
    if code == "encoding":
        path = BRIEFING.replace(".en.", ".ar.")
        files[path] = str(files[path]).encode("cp1256")
    return files, line.strip()


def merged(text: str, snippet: str) -> str:
    """Return a file with the keys of a snippet in place of its own, or behind its last key."""
    lines = text.splitlines()
    end = next((n for n, line in enumerate(lines) if n and line == "---"), len(lines))
    at, taken = end, set[str]()
    for line in snippet.splitlines():
        key = line.partition(":")[0] + ":"
        own = next((n for n, each in enumerate(lines) if each.startswith(key)), None)
        if own is not None and key not in taken:
            lines[own] = line
            at = own + 1
        else:
            lines.insert(at, line)
            at += 1
        taken.add(key)
    return "\n".join(lines) + "\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot hold all these files")
@pytest.mark.parametrize("code", CODES)
def test_the_example_prints_the_line(
    code: str, tmp_path: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example of an entry, put into a site, prints the line of the entry and no other."""
    files, line = example(code)
    if code == "output-failed":  # a page that is new, and a file of the reader's own in its place
        write_files(tmp_path, BASE)
        assert run(tmp_path, "build", "-q").code == 0
        files["site/en/briefings/fares.html"] = "Mine"
    write_files(tmp_path, files)
    if code == "symlink":
        picture = tmp_path / "content" / "images" / "ferry.jpg"
        picture.unlink()
        picture.symlink_to("../../pictures/ferry.jpg")
    if code == "file-unreadable":  # without the rights of whoever runs the tests
        forbid(tmp_path / BRIEFING, monkeypatch)
    output = ("-o", "papers") if code == "output-refused" else ()
    printed = run(tmp_path, "build", *output).err.splitlines()
    assert [each for each in printed if _LINE.fullmatch(each) and usual(each, code)] == [line]


def usual(line: str, code: str) -> bool:
    """Return whether a line is more than the note that the briefing has one version."""
    return " translation-missing: " not in line or code == "translation-missing"


def forbid(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse to open a file."""

    def guarded(name: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as open
        if Path(name) == path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return open(name, *arguments, **options)  # noqa: PTH123 - what load calls

    monkeypatch.setattr("mujaz.load.open", guarded, raising=False)


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
    assert [each for each in result.digests if "/briefings/" in each and "index" not in each]


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_the_example_of_settings_holds(path: Path, tmp_path: Path, run: Runner) -> None:
    """The settings that a guide shows can be added to its site, and nothing is wrong with them."""
    files = files_in(path)
    (settings,) = [text for info, text in blocks(path) if info == "yaml" and "accent" in text]
    write_files(tmp_path, {**files, "content/site.yaml": files["content/site.yaml"] + settings})
    assert run(tmp_path, "check", "--strict").err == ""


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_the_facts_of_a_text(path: Path, tmp_path: Path) -> None:
    """The program in a guide gives digest, code points and paragraphs of the canonical text."""
    (program,) = [text for info, text in blocks(path) if info == "python"]
    (tmp_path / "facts.py").write_text(program, "utf-8")
    written = "\ufeff\n  Cafe\u0301 on the pier\r\n\r\n \t\r\nThe bell\u2028is back \r\n\r\n"
    (tmp_path / "article.txt").write_bytes(written.encode())
    text = "Caf\u00e9 on the pier\n\n \t\nThe bell\u2028is back\n"
    printed = subprocess.run(
        [sys.executable, "facts.py", "article.txt"], cwd=tmp_path, capture_output=True, check=True
    )
    assert printed.stdout.decode().split() == [
        hashlib.sha256(text.encode()).hexdigest(),
        str(len(text)),
        "2",
    ]


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
