"""Another site on another subject needs only another ``content/``: the engine knows neither."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from lxml import html

from tests.large_site import BRIEFINGS, SOURCES, TOPICS, write_site
from tests.program import REPOSITORY, command, environment, start, tree

ENGINE = ("mujaz", "templates", "static")


class Made(NamedTuple):
    """A site that was built: its files, and what the program said."""

    root: Path
    files: dict[str, bytes | str]
    out: str


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the large site, built from the source tree."""
    root = tmp_path_factory.mktemp("archipelago")
    write_site(root)
    result = start(root, "--strict")
    assert (result.returncode, result.stderr) == (0, "")
    return Made(root, tree(root / "site"), result.stdout)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel of this repository is installed, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = {**os.environ, "PIP_NO_INDEX": "1"}
    wheel = ["wheel", str(REPOSITORY), "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*pip, *wheel], check=True, env=offline, capture_output=True)
    (made,) = folder.glob("mujaz-*.whl")
    target = folder / "installed"
    into = ["install", str(made), "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*pip, *into], check=True, env=offline, capture_output=True)
    return target


# --- the source tree -------------------------------------------------------------------------


def test_another_site_is_built(large: Made) -> None:
    """With nothing but a ``content/`` of its own it is built, without a warning."""
    assert sorted(each.name for each in large.root.iterdir()) == [".mujaz", "content", "site"]
    pages = sum(name.endswith(".html") for name in large.files)
    stubs = BRIEFINGS // 10
    assert pages == 2 + 2 * (5 + BRIEFINGS + stubs + len(TOPICS) + SOURCES)
    citations = 2 * (6 * BRIEFINGS + len(TOPICS))
    assert large.out.startswith(f"site/: {pages} pages, {SOURCES} sources, {citations} citations")


def test_another_site_is_the_same_every_time(large: Made, tmp_path: Path) -> None:
    """The script that makes the large site draws nothing by chance."""
    write_site(tmp_path)
    assert tree(tmp_path / "content") == tree(large.root / "content")


def test_every_document_has_its_page(large: Made) -> None:
    """Each briefing, topic and source has a page in each language, each alias a stub."""
    for path in (large.root / "content").rglob("*.??.md"):
        slug, language, _ = path.name.split(".")
        folder = "" if path.parent.name == "pages" else f"{path.parent.name}/"
        assert f"{language}/{folder}{slug}.html" in large.files
    for path in (large.root / "content" / "sources").iterdir():
        for language in ("ar", "en"):
            assert f"{language}/sources/{path.stem}.html" in large.files
    assert "ar/briefings/old-crossing-010.html" in large.files


def values(content: bytes, path: str) -> list[str]:
    """Return the values of the attributes that a path finds in a page."""
    found: Any = html.fromstring(content).xpath(path)
    return [str(each) for each in found]


def references(page: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield file and fragment of every relative link, picture and style sheet of a page."""
    for address in values(content, "//@href | //@src"):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, fragment = address.partition("#")
        target = os.path.normpath(Path(page).parent / path) if path else page
        yield target, fragment


def test_every_link_of_another_site_leads_somewhere(large: Made) -> None:
    """Each relative address of each page is a file of the site, each fragment an id in it."""
    pages = {k: v for k, v in large.files.items() if k.endswith(".html") and isinstance(v, bytes)}
    ids = {name: set(values(each, "//@id")) for name, each in pages.items()}
    seen = 0
    for name, content in pages.items():
        if name == "404.html":  # its links are absolute
            continue
        for target, fragment in references(name, content):
            seen += 1
            assert isinstance(large.files.get(target), bytes), (name, target)
            assert not fragment or fragment in ids[target], (name, target, fragment)
    assert seen > 20 * len(pages)


# --- the wheel -------------------------------------------------------------------------------


def test_the_wheel_builds_the_same_site(large: Made, installed: Path, tmp_path: Path) -> None:
    """An installed mujaz, in a folder that holds only ``content/``, makes the same bytes."""
    write_site(tmp_path)
    where = subprocess.run(
        [sys.executable, "-c", "import mujaz; print(mujaz.__file__)"],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(installed)),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert where.stdout.startswith(str(installed))
    result = subprocess.run(
        command("--strict"),
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(installed)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    made = tree(tmp_path / "site")
    assert sorted(made) == sorted(large.files)
    assert [name for name in made if made[name] != large.files[name]] == []


def test_the_wheel_has_a_command(installed: Path, tmp_path: Path) -> None:
    """The command ``mujaz`` of an installation does what ``python -m mujaz`` does."""
    result = subprocess.run(
        [installed / "bin" / "mujaz", "check"],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(installed)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("content:1:1: error: content-missing: ")


def test_a_site_overrides_files_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    """Templates and static files of a site come before those that an installation carries."""
    write_site(tmp_path)
    for path in (tmp_path / "content" / "briefings").iterdir():
        path.unlink()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("own page")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "favicon.svg").write_text("<svg/>")
    result = subprocess.run(
        command(),
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(installed)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    site = tree(tmp_path / "site")
    assert site["en/about.html"] == b"own page\n"
    assert site["static/favicon.svg"] == b"<svg/>"
    assert "static/css/site.css" in site


def test_the_wheel_is_what_the_repository_has(installed: Path) -> None:
    """Every module, template and static file is installed, and nothing of tests or content."""
    package = installed / "mujaz"
    ours = {
        path.relative_to(REPOSITORY / "mujaz").as_posix()
        for path in (REPOSITORY / "mujaz").rglob("*.py")
    }
    for name in ("templates", "static"):
        folder = REPOSITORY / name
        files = (path for path in folder.rglob("*") if path.is_file())
        ours |= {path.relative_to(REPOSITORY).as_posix() for path in files}
    theirs = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert theirs == ours
    tops = {path.name for path in installed.iterdir()} - {"bin", "mujaz"}
    assert all(re.fullmatch(r"mujaz-.*\.dist-info", name) for name in tops), tops


# --- the subject -----------------------------------------------------------------------------

FIXED = """
belarus minsk potash russia kremlin lukashenko trump putin ukrain washington sanction prisoner
warsaw بيلاروس مينسك بوتاس روسي كرملين لوكاشينكو ترامب بوتين أوكران واشنطن عقوبات سجين سجناء وارسو
"""
"""Words of the repository's own subject; a word inside another counts."""

GENERIC = """
times media official foundation ties with from that this what news mujaz
الرسمي الإعلام مؤسسة العلاقة وسائل وكالة موجز
"""
"""Words of names and labels that any subject may have."""

SHORTEST = 4


def subject() -> set[str]:
    """Return the words of labels, names, IDs and topic keys in the repository's content."""
    content = REPOSITORY / "content"
    settings = yaml.safe_load((content / "site.yaml").read_text("utf-8"))
    texts = [*settings["title"].values()]
    for name in yaml.safe_load((content / "names.yaml").read_text("utf-8")):
        texts += [name["ar"], name["en"]]
        texts += [form for forms in name.get("variants", {}).values() for form in forms]
    for path in (content / "topics").iterdir():
        front = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        texts += [front["label"], path.name.split(".")[0].replace("-", " ")]
    words = {word.casefold() for text in texts for word in re.findall(r"\w+", text)}
    words -= {*GENERIC.split()}
    ids = {path.stem for path in (content / "sources").iterdir()}
    return {word for word in words if len(word) >= SHORTEST} | ids | {*FIXED.split()}


def test_the_words_of_the_subject_are_found() -> None:
    """The list that the next test looks for has names, topics, IDs and countries in it."""
    found = subject()
    assert {"minsk", "reuters", "رويترز", "البوتاس", "السجناء", "potash", "بيلاروس"} <= found
    assert len(found) > 40
    content = "".join(p.read_text("utf-8") for p in (REPOSITORY / "content").rglob("*.*"))
    assert all(word in content.casefold() for word in subject() - {*FIXED.split()})


def test_the_engine_does_not_know_its_subject() -> None:
    """No module, template, word of the interface or style sheet names a person, place or topic."""
    found = []
    words = sorted(subject())
    for folder in ENGINE:
        for path in sorted((REPOSITORY / folder).rglob("*")):
            if path.suffix in {".woff2", ".pyc"} or not path.is_file():
                continue
            text = f"{path.name}\n{path.read_text('utf-8')}".casefold()
            found += [(path.name, word) for word in words if word in text]
    assert found == []


def test_another_site_has_nothing_of_the_first(large: Made) -> None:
    """No file of the large site has a word of the repository's own subject in it."""
    found = []
    for name, content in large.files.items():
        if isinstance(content, bytes) and not name.endswith(".woff2"):
            text = content.decode().casefold()
            found += [(name, word) for word in FIXED.split() if word in text]
    assert found == []
