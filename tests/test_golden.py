"""Golden sites: what a reader gets, held against what a person has read and found right.

Each folder of ``sites/`` with a ``content/`` is a site; ``expected/`` has what is compared: of a
page ``<main>`` alone, of feeds, ``sitemap.xml`` and ``robots.txt`` everything. With
``MUJAZ_REGOLD=1`` in the environment the expected files are written anew; read the difference
before you keep it.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Runner

SITES = Path(__file__).parent / "sites"
REGOLD = bool(os.environ.get("MUJAZ_REGOLD"))

CASES: dict[str, tuple[str, ...]] = {
    "two-languages": (".*",),
    "one-language": (".*",),
    "untranslated": (".*",),
    "digits-and-months": (r"ar/(?!(index|topics/index|feed)).*", "en/briefings/tides.*", "index.*"),
    "many-unknowns": (r"../(briefings/sheets|sources/.*|topics/sheets)\.html", "ar/feed.xml"),
    "aliases-drafts-corrections": (r"../(index|briefings/.*)\.html", "../feed.xml", "sitemap.xml"),
}
"""Which files of each site are compared, as patterns."""

MAIN = re.compile(r"<main\b.*</main>\n?", re.DOTALL)


def shown(path: Path) -> str:
    """Return what is compared of a file."""
    text = path.read_text("utf-8")
    if path.suffix != ".html":
        return text
    found = MAIN.search(text)
    assert found, path
    return found[0]


def compared(case: str, site: Path) -> dict[str, str]:
    """Return the compared files of a site: name → what is compared."""
    paths = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*"))}
    pattern = re.compile(rf"(?!static/)(?:{'|'.join(CASES[case])})")
    return {
        name: shown(path)
        for name, path in paths.items()
        if path.suffix in {".html", ".xml", ".txt"} and pattern.fullmatch(name)
    }


def expected(case: str) -> dict[str, str]:
    """Return what stands in the folder of expected files."""
    folder = SITES / case / "expected"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def regold(case: str, files: dict[str, str]) -> None:
    """Write the expected files anew; those that are used no more go."""
    folder = SITES / case / "expected"
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def build(case: str, root: Path, run: Runner) -> dict[str, str]:
    """Return the compared files of a case, built in a folder of its own."""
    shutil.copytree(SITES / case / "content", root / "content")
    result = run(root, "--strict")
    assert result.code == 0, result.err
    return compared(case, root / "site")


def test_every_site_is_a_case() -> None:
    """No folder of golden files lies there unread."""
    folders = {path.parent.name for path in SITES.glob("*/content")} - {"broken"}
    assert folders == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_the_same_files(case: str, tmp_path: Path, run: Runner) -> None:
    """Every compared file is expected, and every expected file is made: none is left over."""
    made = build(case, tmp_path, run)
    if REGOLD:
        regold(case, made)
    assert sorted(made) == sorted(expected(case))


@pytest.mark.parametrize("case", CASES)
def test_the_same_text(case: str, tmp_path: Path, run: Runner) -> None:
    """What a reader gets is, letter by letter, what was found right."""
    made, wanted = build(case, tmp_path, run), expected(case)
    for name in sorted(set(made) & set(wanted)):
        assert made[name].splitlines() == wanted[name].splitlines(), name
    assert made.keys() & wanted.keys()


def test_a_changed_page_is_noticed(tmp_path: Path, run: Runner) -> None:
    """The comparison sees one letter more in the main part, and does not look at the rest."""
    case = "one-language"
    build(case, tmp_path, run)
    page = tmp_path / "site" / "en" / "index.html"
    text = page.read_text("utf-8")
    page.write_text(text.replace("<head>", "<head>\n<!-- x -->"), "utf-8")
    assert compared(case, tmp_path / "site") == expected(case)
    page.write_text(text.replace("</main>", "x</main>"), "utf-8")
    assert compared(case, tmp_path / "site") != expected(case)
