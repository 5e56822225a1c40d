"""The folder of the site: what is written, what is kept, and that a failure changes nothing."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mujaz.write import write
from tests.conftest import FILES, MakeSite, Run, Runner
from tests.program import environment, start, tree

Reasons = list[tuple[str, str]]


@pytest.fixture
def built(make_site: MakeSite, run: Runner) -> Path:
    """Return the small site, built once."""
    root = make_site({})
    assert run(root, "-q").code == 0
    return root


def told(result: Run) -> list[str]:
    """Return the problems of a run: the lines on standard error without the summary."""
    return [line for line in result.err.splitlines() if ": error: " in line]


def beside(root: Path) -> list[str]:
    """Return what lies beside the site, hidden or not."""
    return sorted(each.name for each in root.iterdir())


# --- what is written -------------------------------------------------------------------------


def test_the_manifest_is_what_sha256sum_reads(built: Path) -> None:
    """``sha256sum -c`` finds every file of the site good, and the manifest leaves none out."""
    site = built / "site"
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "manifest.sha256"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    good = {line.removesuffix(": OK") for line in checked.stdout.splitlines()}
    files = {name for name, content in tree(site).items() if isinstance(content, bytes)}
    assert good == files - {"manifest.sha256"}


def test_the_manifest_notices_a_changed_page(built: Path) -> None:
    """``sha256sum -c`` names the one page that was changed after the build."""
    site = built / "site"
    with (site / "ar" / "index.html").open("a") as page:
        page.write(" ")
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "manifest.sha256"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1
    assert checked.stdout.splitlines() == ["ar/index.html: FAILED"]


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_modes_do_not_depend_on_the_umask(make_site: MakeSite, run: Runner, umask: int) -> None:
    """Files are 644 and folders 755, so that any server may read them."""
    root = make_site({"content/images/quay.png": b"a picture"})
    before = os.umask(umask)
    try:
        assert run(root).code == 0
        assert run(root).code == 0
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (root / "site").rglob("*")}
    modes[root / "site"] = stat.S_IMODE((root / "site").stat().st_mode)
    wrong = {p: oct(m) for p, m in modes.items() if m != (0o755 if p.is_dir() else 0o644)}
    assert wrong == {}


def test_a_second_build_writes_the_same(built: Path, run: Runner) -> None:
    """Building again without a change leaves every byte, and nothing beside the site."""
    before = tree(built)
    assert run(built).code == 0
    assert tree(built) == before


def test_the_parents_of_the_output_are_made(make_site: MakeSite, run: Runner) -> None:
    """``-o`` may name a folder in a folder that does not exist yet."""
    root = make_site({})
    assert run(root, "-o", "public/deep/site").code == 0
    assert (root / "public" / "deep" / "site" / "index.html").is_file()
    assert beside(root / "public" / "deep") == ["site"]


def test_the_output_may_lie_elsewhere(make_site: MakeSite, run: Runner, tmp_path: Path) -> None:
    """``-o`` takes an absolute path outside the site's folder."""
    root = make_site({})
    assert run(root, "-o", str(tmp_path / "elsewhere")).code == 0
    assert (tmp_path / "elsewhere" / "en" / "index.html").is_file()
    assert not (root / "site").exists()


def test_an_empty_folder_is_taken(make_site: MakeSite, run: Runner) -> None:
    """An output folder that exists and is empty needs no manifest."""
    root = make_site({})
    (root / "site").mkdir()
    assert run(root).code == 0
    assert (root / "site" / "index.html").is_file()


# --- what goes -------------------------------------------------------------------------------


def test_a_deleted_briefing_leaves_no_page(built: Path, run: Runner) -> None:
    """No file and no feed, index or map speaks of a briefing that is gone."""
    assert b"winter" in (built / "site" / "ar" / "feed.xml").read_bytes()
    for language in ("ar", "en"):
        (built / "content" / "briefings" / f"winter.{language}.md").unlink()
    assert run(built).code == 0
    site = tree(built / "site")
    assert [name for name in site if "winter" in name] == []
    assert [name for name, content in site.items() if b"winter" in bytes(content)] == []


def test_a_renamed_briefing_leaves_no_old_page(built: Path, run: Runner) -> None:
    """Only the new address of a renamed briefing is in the site."""
    for language in ("ar", "en"):
        old = built / "content" / "briefings" / f"winter.{language}.md"
        old.rename(old.with_name(f"cold.{language}.md"))
    assert run(built).code == 0
    site = tree(built / "site")
    assert {"ar/briefings/cold.html", "en/briefings/cold.html"} <= set(site)
    assert [name for name in site if "winter" in name] == []


def test_a_language_that_is_given_up_leaves_no_folder(built: Path, run: Runner) -> None:
    """No empty folder stays behind when everything in it is gone."""
    for path in (built / "content").rglob("*.ar.md"):
        path.unlink()
    settings = built / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("[ar, en]", "[en]"), "utf-8")
    assert run(built).code == 0
    assert not (built / "site" / "ar").exists()


# --- what is not ours ------------------------------------------------------------------------


@pytest.fixture
def shared(built: Path) -> Path:
    """Return the small site, with other people's files in its output folder."""
    site = built / "site"
    (site / "CNAME").write_text("ferry.example\n")
    (site / "CNAME").chmod(0o600)
    (site / "ar" / "old map.pdf").write_bytes(b"\0map")
    (site / ".git" / "refs" / "tags").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("ref: refs/heads/pages\n")
    (site / "latest").symlink_to("en")
    (site / "gone").symlink_to("nowhere")
    return built


FOREIGN = {".git/", "CNAME", "ar/old map.pdf", "gone", "latest"}


def foreign(site: Path) -> dict[str, bytes | str]:
    """Return those files of the output folder that mujaz did not make."""
    mine = tuple(each.rstrip("/") for each in FOREIGN)
    return {name: content for name, content in tree(site).items() if name.startswith(mine)}


def test_foreign_files_are_kept_and_named(shared: Path, run: Runner) -> None:
    """Files, links and whole folders of others are in the new site, and one line names each."""
    before = foreign(shared / "site")
    assert len(before) == 8
    result = run(shared)
    assert result.code == 0
    assert foreign(shared / "site") == before
    assert stat.S_IMODE((shared / "site" / "CNAME").stat().st_mode) == 0o600
    named = [f"kept site/{name}: mujaz did not make it" for name in sorted(FOREIGN)]
    assert result.err.splitlines() == named


def test_foreign_files_are_in_json(shared: Path, run: Runner) -> None:
    """With ``--format json`` what was kept is a list in the one object."""
    import json

    result = run(shared, "--format", "json")
    assert json.loads(result.out)["kept"] == sorted(FOREIGN)
    assert result.err == ""


def test_foreign_files_do_not_enter_the_manifest(shared: Path, run: Runner) -> None:
    """What others made stays theirs, however often the site is built."""
    for _ in range(2):
        assert run(shared).code == 0
    manifest = (shared / "site" / "manifest.sha256").read_text("utf-8")
    assert not [name for name in FOREIGN if f"  {name}" in manifest]
    assert set(foreign(shared / "site")) >= {"CNAME", "gone", "latest"}


def test_a_foreign_name_cannot_break_the_terminal(built: Path, run: Runner) -> None:
    """A file name with an escape sequence and an override is shown with both made visible."""
    (built / "site" / "a\x1b[31m\u202eb").write_text("")
    result = run(built)
    assert result.err == "kept site/a<U+001B>[31m<U+202E>b: mujaz did not make it\n"


INTRUDERS: dict[str, Callable[[Path], object]] = {
    "file": lambda path: path.write_text("mine"),
    "link": lambda path: path.symlink_to("elsewhere"),
    "folder": lambda path: path.mkdir(),
    "full-folder": lambda path: (path / "deep").mkdir(parents=True),
}


@pytest.mark.parametrize("intruder", INTRUDERS)
@pytest.mark.parametrize("name", ["ar/briefings/spring.html", "images", "images/quay.png"])
def test_a_foreign_file_in_the_way(
    built: Path, run: Runner, name: str, intruder: str
) -> None:
    """Where a new page must go a foreign thing is not overwritten: the old site stays."""
    if name == "images" and "folder" in intruder:
        name = "images/quay.png"
    path = built / "site" / name
    path.parent.mkdir(exist_ok=True)
    INTRUDERS[intruder](path)
    text = FILES["content/briefings/winter.ar.md"]
    (built / "content" / "briefings" / "spring.ar.md").write_text(text, "utf-8")
    (built / "content" / "images").mkdir()
    (built / "content" / "images" / "quay.png").write_bytes(b"a picture")
    before = tree(built)
    result = run(built)
    assert result.code == 1
    slash = "/" if "folder" in intruder else ""
    assert told(result) == [
        f"site:1:1: error: output-failed: the site could not be written: {name}{slash} is not ours "
        "and stands in the way; move it away, the old site is as it was"
    ]
    assert tree(built) == before


def test_a_foreign_file_where_a_folder_was(built: Path, run: Runner) -> None:
    """A link in the place of one of our folders is not followed: what it leads to stays."""
    aside = built / "aside"
    (built / "site" / "ar").rename(aside)
    (built / "site" / "ar").symlink_to("../aside")
    before = tree(built)
    result = run(built)
    assert result.code == 1
    assert "ar is not ours and stands in the way" in told(result)[0]
    assert tree(built) == before


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["build", "clean"])
@pytest.mark.parametrize(
    "output",
    [".", "..", "/", "content", "content/site", "templates", "static/out", "content/../content"],
)
def test_the_sources_are_never_the_output(built: Path, run: Runner, command: str, output: str) -> None:
    """A folder that holds what mujaz reads is refused, and nothing in it is touched."""
    (built / "templates").mkdir()
    before = tree(built)
    result = run(built, command, "-o", output)
    assert result.code == 1
    (line,) = told(result)
    assert ":1:1: error: output-refused: " in line
    assert line.endswith(" holds the site's own sources; name a folder of its own with -o")
    assert tree(built) == before


def test_a_link_to_the_sources_is_seen_through(built: Path, run: Runner) -> None:
    """A path that leads to the content through a link is refused like the content."""
    (built / "away").symlink_to(".")
    before = tree(built)
    result = run(built, "-o", "away/content")
    assert result.code == 1
    assert "holds the site's own sources" in told(result)[0]
    assert tree(built) == before


NO_FOLDERS: dict[str, Callable[[Path], object]] = {
    "file": lambda path: path.write_text("mine"),
    "link to a folder": lambda path: path.symlink_to("aside"),
    "link to a file": lambda path: path.symlink_to("content/site.yaml"),
    "dangling link": lambda path: path.symlink_to("nowhere"),
    "loop": lambda path: path.symlink_to(path.name),
    "pipe": os.mkfifo,
}


@pytest.mark.parametrize("command", ["build", "clean"])
@pytest.mark.parametrize("kind", NO_FOLDERS)
def test_an_output_that_is_no_folder(
    make_site: MakeSite, run: Runner, command: str, kind: str
) -> None:
    """A file, a link or a pipe in the place of the output is refused and stays."""
    root = make_site({})
    (root / "aside").mkdir()
    NO_FOLDERS[kind](root / "out")
    before = (root / "out").lstat()
    result = run(root, command, "-o", "out")
    assert result.code == 1
    assert told(result) == [
        "out:1:1: error: output-refused: out is not a folder; name another with -o"
    ]
    assert (root / "out").lstat() == before
    assert beside(root / "aside") == []
    assert beside(root) == ["aside", "content", "out"]


@pytest.mark.parametrize("command", ["build", "clean"])
def test_a_folder_of_others_is_refused(make_site: MakeSite, run: Runner, command: str) -> None:
    """A folder that is not empty and has no manifest of ours is left alone."""
    root = make_site({"site/thesis.txt": "the only copy"})
    result = run(root, command)
    assert result.code == 1
    assert told(result) == [
        "site:1:1: error: output-refused: site holds files that mujaz did not make; "
        "empty it yourself, or name another folder with -o"
    ]
    assert tree(root / "site") == {"thesis.txt": b"the only copy"}
    assert beside(root) == ["content", "site"]


def test_a_refused_output_does_not_hide_other_problems(make_site: MakeSite, run: Runner) -> None:
    """One run tells that the folder is refused and what is wrong in the texts."""
    root = make_site({"site/thesis.txt": "", "content/pages/about.en.md": "---\ntitel: A\n---\n"})
    codes = [line.split(": ")[2] for line in told(run(root))]
    assert codes == ["key-missing", "key-unknown", "output-refused"]


# --- failures --------------------------------------------------------------------------------

STEPS = [
    "os.mkdir:tempfile",
    "pathlib.Path.chmod",
    "pathlib.Path.mkdir",
    "pathlib.Path.open",
    "pathlib.Path.write_bytes",
    "pathlib.Path.read_bytes",
    "shutil.copy2",
    "shutil.copytree",
    "pathlib.Path.rename",
]


def calls(monkeypatch: pytest.MonkeyPatch, error: BaseException | None, at: int) -> list[str]:
    """Let the ``at``-th change of the disk fail from now on; return the names of the calls made."""
    made: list[str] = []

    def guard(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            made.append(name)
            if error is not None and len(made) == at:
                raise error
            return real(*arguments, **options)

        return call

    for name in ("chmod", "mkdir", "open", "write_bytes", "read_bytes", "rename", "unlink"):
        monkeypatch.setattr(Path, name, guard(name, getattr(Path, name)))
    for name in ("copy2", "copytree"):
        monkeypatch.setattr(shutil, name, guard(name, getattr(shutil, name)))
    monkeypatch.setattr(tempfile, "mkdtemp", guard("mkdtemp", tempfile.mkdtemp))
    return made


FULL = OSError(errno.ENOSPC, "No space left on device")
