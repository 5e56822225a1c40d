"""The folder of the site: what is written, what is kept, and that a failure changes nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FILES, MakeSite, Run, Runner, write_files
from tests.program import environment, lasting, tree

NOBODY = 65534
FAILED = "site:1:1: error: output-failed: the site could not be written"


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


@pytest.mark.fault(51)
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
    before = lasting(built)
    assert run(built).code == 0
    assert lasting(built) == before


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


@pytest.mark.fault(55)
def test_a_deleted_briefing_leaves_no_page(built: Path, run: Runner) -> None:
    """No file and no feed, index or map speaks of a briefing that is gone."""
    assert b"winter" in (built / "site" / "ar" / "feed.xml").read_bytes()
    for language in ("ar", "en"):
        (built / "content" / "briefings" / f"winter.{language}.md").unlink()
    assert run(built).code == 0
    site = tree(built / "site")
    assert [name for name in site if "winter" in name] == []
    files = {name: content for name, content in site.items() if isinstance(content, bytes)}
    assert [name for name, content in files.items() if b"winter" in content] == []


@pytest.mark.fault(55)
def test_a_renamed_briefing_leaves_no_old_page(built: Path, run: Runner) -> None:
    """Only the new address of a renamed briefing is in the site."""
    for language in ("ar", "en"):
        old = built / "content" / "briefings" / f"winter.{language}.md"
        old.rename(old.with_name(f"cold.{language}.md"))
    assert run(built).code == 0
    site = tree(built / "site")
    assert {"ar/briefings/cold.html", "en/briefings/cold.html"} <= set(site)
    assert [name for name in site if "winter" in name] == []


@pytest.mark.fault(55)
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


@pytest.mark.fault(45)
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


@pytest.mark.fault(45)
def test_foreign_files_are_in_json(shared: Path, run: Runner) -> None:
    """With ``--format json`` what was kept is a list in the one object."""
    result = run(shared, "--format", "json")
    assert json.loads(result.out)["kept"] == sorted(FOREIGN)
    assert result.err == ""


@pytest.mark.fault(45)
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
}


@pytest.mark.fault(45)
@pytest.mark.parametrize(
    ("name", "intruder"),
    [
        ("ar/briefings/spring.html", "file"),
        ("ar/briefings/spring.html", "link"),
        ("ar/briefings/spring.html", "folder"),
        ("images", "file"),
        ("images", "link"),
        ("images/quay.png", "file"),
        ("images/quay.png", "link"),
        ("images/quay.png", "folder"),
    ],
)
def test_a_foreign_file_in_the_way(built: Path, run: Runner, name: str, intruder: str) -> None:
    """Where a new page must go a foreign thing is not overwritten: the old site stays."""
    path = built / "site" / name
    path.parent.mkdir(exist_ok=True)
    INTRUDERS[intruder](path)
    text = FILES["content/briefings/winter.ar.md"]
    (built / "content" / "briefings" / "spring.ar.md").write_text(text, "utf-8")
    (built / "content" / "images").mkdir()
    (built / "content" / "images" / "quay.png").write_bytes(b"a picture")
    before = lasting(built)
    result = run(built)
    assert result.code == 1
    slash = "/" if intruder == "folder" else ""
    reason = f"{name}{slash} is not ours and stands in the way; move it away"
    assert told(result) == [f"{FAILED}: {reason}; the old site is as it was"]
    assert lasting(built) == before


@pytest.mark.fault(45)
def test_a_foreign_folder_beside_ours(built: Path, run: Runner) -> None:
    """Files of others in a folder that becomes ours, too, stay beside what we put there."""
    (built / "site" / "images" / "deep").mkdir(parents=True)
    (built / "site" / "images" / "mine.png").write_bytes(b"mine")
    (built / "site" / "images" / "deep" / "mine.png").write_bytes(b"mine too")
    (built / "content" / "images").mkdir()
    (built / "content" / "images" / "quay.png").write_bytes(b"a picture")
    assert run(built).err == "kept site/images/: mujaz did not make it\n"
    result = run(built)
    assert result.err.splitlines() == [
        "kept site/images/deep/: mujaz did not make it",
        "kept site/images/mine.png: mujaz did not make it",
    ]
    assert tree(built / "site" / "images") == {
        "deep": "",
        "deep/mine.png": b"mine too",
        "mine.png": b"mine",
        "quay.png": b"a picture",
    }


@pytest.mark.fault(45)
def test_a_pipe_of_others(built: Path, run: Runner) -> None:
    """A pipe, which nobody could copy, moves on like a file, and nothing hangs."""
    (built / "site" / "mine").mkdir()
    os.mkfifo(built / "site" / "mine" / "pipe")
    for _ in range(2):
        result = run(built)
        assert (result.code, result.err) == (0, "kept site/mine/: mujaz did not make it\n")
        assert (built / "site" / "mine" / "pipe").is_fifo()


def test_a_folder_whose_files_are_gone_is_still_ours(make_site: MakeSite, run: Runner) -> None:
    """Whoever deletes the one file of a folder of ours has not made the folder theirs."""
    root = make_site({"static/deep/map.txt": "map"})
    assert run(root).code == 0
    for folder in (root / "site", root):
        (folder / "static/deep/map.txt").unlink()
    built = run(root)
    assert (built.code, built.err.count("deep")) == (0, 0)
    assert not (root / "site/static/deep").exists()


@pytest.mark.fault(45)
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


@pytest.mark.fault(56)
@pytest.mark.parametrize("command", ["build", "clean"])
@pytest.mark.parametrize(
    "output",
    [".", "..", "/", "content", "content/site", "templates", "static/out", "content/../content"],
)
def test_the_sources_are_never_the_output(
    built: Path, run: Runner, command: str, output: str
) -> None:
    """A folder that holds what mujaz reads is refused, and nothing in it is touched."""
    (built / "templates").mkdir()
    before = tree(built)
    result = run(built, command, "-o", output)
    assert result.code == 1
    (line,) = told(result)
    assert ":1:1: error: output-refused: " in line
    assert line.endswith(" holds the site's own sources; name a folder of its own with -o")
    assert tree(built) == before


@pytest.mark.fault(56)
def test_a_link_to_the_sources_is_seen_through(built: Path, run: Runner) -> None:
    """A path that leads to the content through a link is refused like the content."""
    (built / "away").symlink_to(".")
    before = tree(built)
    result = run(built, "-o", "away/content")
    assert result.code == 1
    assert "holds the site's own sources" in told(result)[0]
    assert tree(built) == before


@pytest.mark.fault(56)
@pytest.mark.parametrize("command", ["build", "clean"])
@pytest.mark.parametrize("output", [".mujaz", ".mujaz/site", "content/../.mujaz/spare"])
def test_the_workshop_is_never_the_output(
    built: Path, run: Runner, command: str, output: str
) -> None:
    """The folder in which mujaz keeps what it needs cannot become the site."""
    (built / ".mujaz" / "spare").mkdir(parents=True)
    before = tree(built)
    result = run(built, command, "-o", output)
    assert result.code == 1
    (line,) = told(result)
    assert " is where mujaz keeps what the next build needs; name a folder of its own" in line
    assert tree(built) == before


@pytest.mark.fault(56)
@pytest.mark.parametrize("command", ["build", "clean"])
def test_a_home_is_never_the_output(
    built: Path, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Not even an empty home folder, or one with a manifest of somebody's, becomes the site."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "manifest.sha256").write_text(f"{'0' * 64}  thesis.txt\n")
    (home / "thesis.txt").write_text("the only copy")
    monkeypatch.setenv("HOME", str(home))
    result = run(built, command, "-o", str(home))
    assert result.code == 1
    assert told(result)[0].endswith(" is your home folder; name a folder of its own with -o")
    assert (home / "thesis.txt").read_text() == "the only copy"


NO_FOLDERS: dict[str, Callable[[Path], object]] = {
    "file": lambda path: path.write_text("mine"),
    "link to a folder": lambda path: path.symlink_to("aside"),
    "link to a file": lambda path: path.symlink_to("content/site.yaml"),
    "dangling link": lambda path: path.symlink_to("nowhere"),
    "loop": lambda path: path.symlink_to(path.name),
    "pipe": os.mkfifo,
}


@pytest.mark.fault(44)
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


@pytest.mark.fault(44)
@pytest.mark.parametrize("command", ["build", "clean"])
def test_a_folder_of_others_is_refused(make_site: MakeSite, run: Runner, command: str) -> None:
    """A folder that is not empty and has no manifest of ours is left alone."""
    root = make_site({"site/thesis.txt": "the only copy"})
    result = run(root, command)
    assert result.code == 1
    what = "site holds files that mujaz did not make"
    hint = "empty it yourself, or name another folder with -o"
    assert told(result) == [f"site:1:1: error: output-refused: {what}; {hint}"]
    assert tree(root / "site") == {"thesis.txt": b"the only copy"}
    assert beside(root) == ["content", "site"]


def test_a_refused_output_does_not_hide_other_problems(make_site: MakeSite, run: Runner) -> None:
    """One run tells that the folder is refused and what is wrong in the texts."""
    root = make_site({"site/thesis.txt": "", "content/pages/about.en.md": "---\ntitel: A\n---\n"})
    codes = [line.split(": ")[2] for line in told(run(root))]
    assert codes == ["key-unknown", "output-refused"]


# --- failures --------------------------------------------------------------------------------


@cache
def sweep(kind: str, start: str) -> list[dict[str, Any]]:
    """Return what happened when each change of the disk in turn failed (see ``faults``)."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.faults", kind, start],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


SWEEPS = pytest.mark.parametrize(
    ("kind", "start"),
    [(kind, start) for kind in ("error", "interrupt") for start in ("fresh", "old", "spare")],
)


@pytest.mark.fault(49)
@pytest.mark.fault(50)
@SWEEPS
def test_no_failure_of_the_disk_mixes_two_sites(kind: str, start: str) -> None:
    """Whichever change of the disk fails, the folder holds the old site or the new one, whole."""
    shots = sweep(kind, start)
    assert len(shots) > 20
    assert {shot["operation"] for shot in shots} >= {"open", "os.mkdir", "os.chmod", "os.scandir"}
    assert [shot for shot in shots if shot["state"] not in {"old", "new"}] == []


@pytest.mark.fault(50)
@SWEEPS
def test_a_failure_of_the_disk_is_told(kind: str, start: str) -> None:
    """The caller hears of it while the old site stands; once the new one does no error is told."""
    shots = sweep(kind, start)
    assert [shot for shot in shots if shot["state"] == "old" and not shot["raised"]] == []
    assert [shot for shot in shots if shot["state"] == "new" and shot["raised"] == "OSError"] == []
    assert any(shot["raised"] for shot in shots)


@SWEEPS
def test_a_failure_of_the_disk_leaves_no_litter(kind: str, start: str) -> None:
    """Nothing is left beside the site, unless the very removal of it failed."""
    shots = sweep(kind, start)
    assert [shot for shot in shots if shot["litter"] and not shot["tidying"]] == []
    assert len([shot for shot in shots if not shot["litter"]]) > len(shots) / 2


@SWEEPS
def test_the_next_build_heals(kind: str, start: str) -> None:
    """Whatever failed, a build after it gives the new site, with no litter and nothing lost."""
    assert [shot for shot in sweep(kind, start) if not shot["healed"]] == []


@pytest.mark.fault(50)
def test_a_disk_without_room(built: Path) -> None:
    """A file that the system cuts short is an error in one line, and the old site stays."""
    before = tree(built)
    (built / "content" / "pages" / "about.en.md").write_text("---\ntitle: New\n---\nNew.\n")
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (2000, 2000))"
    program = f"{limit}; from mujaz.cli import main; raise SystemExit(main(['build']))"
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=built,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr.splitlines() == [
        f"{FAILED}: File too large; the old site is as it was",
        "1 error: nothing was written; the old site is as it was",
    ]
    assert result.returncode == 1
    assert tree(built / "site") == {k[5:]: v for k, v in before.items() if k.startswith("site/")}
    assert beside(built) == [".mujaz", "content", "site"]
    assert not (built / ".mujaz" / "staging").exists()


@pytest.mark.fault(53)
def test_a_file_that_vanishes_while_we_build(
    make_site: MakeSite, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that cannot be copied any more is named, and the old site stays."""
    root = make_site({"content/images/quay.png": b"a picture"})
    assert run(root).code == 0
    (root / "content/images/quay.png").write_bytes(b"another picture")
    before = lasting(root)
    real = Path.read_bytes

    def vanish(path: Path) -> bytes:
        if path.name == "quay.png":
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", vanish)
        result = run(root)
    reason = "quay.png cannot be read: No such file or directory"
    assert told(result) == [f"{FAILED}: {reason}; the old site is as it was"]
    assert lasting(root) == before


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """Act as a user whom file permissions bind, and to whom the folder belongs."""
    if os.geteuid() != 0:
        yield
        return
    for each in [folder, *folder.rglob("*")]:
        os.chown(each, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public(run: Runner) -> Iterator[Path]:
    """Return the small site, built, in a folder that any user can enter; pytest's own are private.

    The build also loads every module of mujaz while whoever runs the tests may still read it.
    """
    root = Path(tempfile.mkdtemp(prefix="mujaz-test-"))
    root.chmod(0o755)
    write_files(root, FILES)
    assert run(root, "-q").code == 0
    yield root
    for each in [root, *(each for each in root.rglob("*") if each.is_dir())]:
        each.chmod(0o755)
    shutil.rmtree(root)


@pytest.mark.fault(51)
@pytest.mark.parametrize("command", ["build", "clean"])
def test_a_parent_that_is_read_only(public: Path, run: Runner, command: str) -> None:
    """Where the system forbids writing one line says so, and the old site stays."""
    (public / "content/pages/about.en.md").write_text("---\ntitle: New\n---\nNew.\n")
    before = lasting(public)
    with nobody(public):
        for each in (public, public / "site"):
            each.chmod(0o555)
        result = run(public, command)
    assert result.code == 1
    verb, rest = ("written", "the old site is as it was")
    if command == "clean":
        verb, rest = ("removed", "what is left is still ours")
    assert told(result) == [
        f"site:1:1: error: output-failed: the site could not be {verb}: Permission denied; {rest}"
    ]
    assert lasting(public) == before


@pytest.mark.fault(51)
@pytest.mark.parametrize("place", ["site", "site/en"])
def test_an_output_that_is_read_only(public: Path, run: Runner, place: str) -> None:
    """Where the system forbids it nothing is changed; a folder in the site is no hindrance."""
    (public / "content" / "pages" / "about.en.md").write_text("---\ntitle: New\n---\nNew.\n")
    before = lasting(public)
    with nobody(public):
        (public / place).chmod(0o555)
        result = run(public)
    if place == "site":
        reason = "Permission denied; the old site is as it was"
        assert told(result) == [f"{FAILED}: {reason}"]
        assert lasting(public) == before
    else:
        assert result.code == 0
        assert b"New." in (public / "site" / "en" / "about.html").read_bytes()
    assert beside(public) == [".mujaz", "content", "site"]


@pytest.mark.fault(51)
def test_sources_that_are_read_only(public: Path, run: Runner) -> None:
    """A folder in which nothing may be written can be built from, into another."""
    with tempfile.TemporaryDirectory() as other:
        Path(other).chmod(0o777)
        before = tree(public)
        with nobody(public):
            for each in [public, *public.rglob("*")]:
                each.chmod(0o555 if each.is_dir() else 0o444)
            for _ in range(2):
                assert run(public, "-q", "-o", f"{other}/site") == (0, "", "")
        assert tree(public) == before
        assert beside(Path(other)) == ["site"]


@pytest.mark.fault(51)
def test_files_that_may_not_be_read(public: Path, run: Runner) -> None:
    """Texts, pictures, static files and folders without permission are one problem each."""
    hidden = ["content/images/deep", "content/images/quay.png", "content/pages/about.en.md"]
    hidden += ["static/deep", "static/pier.svg"]
    for name in ("content/images/deep/a.png", hidden[1], "static/deep/a.svg", hidden[4]):
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (public / name).write_bytes(b"")
    with nobody(public):
        for name in hidden:
            (public / name).chmod(0)
        result = run(public, "check")
        for name in hidden:
            (public / name).chmod(0o755)
    assert result.code == 1
    denied = "file-unreadable: this cannot be read: Permission denied; check its permissions"
    assert told(result) == [f"{name}:1:1: error: {denied}" for name in hidden]


@pytest.mark.fault(51)
def test_a_template_that_may_not_be_read(public: Path, run: Runner) -> None:
    """A template without permission is a problem of that template."""
    (public / "templates").mkdir()
    (public / "templates" / "page.html").write_text("")
    with nobody(public):
        (public / "templates" / "page.html").chmod(0)
        result = run(public)
    assert result.code == 1
    (line,) = told(result)
    assert line.startswith("templates/page.html:1:1: error: file-unreadable: ")
    assert "cannot be read: Permission denied" in line


@pytest.mark.fault(51)
def test_an_output_that_may_not_be_looked_into(public: Path, run: Runner) -> None:
    """An output folder that cannot be read is refused in one line."""
    (public / "out").mkdir()
    with nobody(public):
        (public / "out").chmod(0)
        result = run(public, "-o", "out")
    reason = "out cannot be read: Permission denied; name another with -o"
    assert told(result) == [f"out:1:1: error: output-refused: {reason}"]


# --- clean -----------------------------------------------------------------------------------


def test_clean_removes_what_a_build_made(built: Path, run: Runner) -> None:
    """After ``clean`` there is no output folder, and the sources are untouched."""
    before = tree(built / "content")
    result = run(built, "clean")
    assert (result.code, result.out, result.err) == (0, "site/: cleaned\n", "")
    assert beside(built) == ["content"]
    assert tree(built / "content") == before


@pytest.mark.fault(45)
def test_clean_leaves_what_others_made(shared: Path, run: Runner) -> None:
    """Foreign files, links and folders stay and are named; a second ``clean`` refuses them."""
    before = foreign(shared / "site")
    result = run(shared, "clean")
    assert result.code == 0
    named = [f"kept site/{name}: mujaz did not make it" for name in sorted(FOREIGN)]
    assert result.err.splitlines() == named
    assert tree(shared / "site") == {"ar": "", **before}
    assert (shared / "site" / "en").exists() is False
    assert run(shared, "clean").code == 1
    assert tree(shared / "site") == {"ar": "", **before}


@pytest.mark.parametrize("there", [True, False])
def test_clean_without_a_site(make_site: MakeSite, run: Runner, *, there: bool) -> None:
    """Where there is no site ``clean`` says so and is content."""
    root = make_site({})
    if there:
        (root / "site").mkdir()
    result = run(root, "clean")
    assert (result.code, result.out, result.err) == (0, "site/: nothing to clean\n", "")
    assert (root / "site").exists() is there


ESCAPES = [
    "../x",
    "en/../../x",
    "./../x",
    "//tmp/x",
    "",
    ".",
    "..",
    "en/",
    "aside/x",
    "..\\x",
    "a\0b",
]


@pytest.mark.fault(45)
@pytest.mark.parametrize("command", ["build", "clean"])
def test_a_manifest_cannot_reach_out(
    built: Path, run: Runner, tmp_path: Path, command: str
) -> None:
    """Names that lead out of the folder, by dots, roots or links, delete nothing outside."""
    (built / "x").write_text("mine")
    (tmp_path / "x").write_text("mine")
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside" / "x").write_text("mine")
    (built / "site" / "aside").symlink_to(tmp_path / "aside")
    manifest = built / "site" / "manifest.sha256"
    names = [*ESCAPES, str(tmp_path / "x"), "../content/site.yaml"]
    with manifest.open("a") as file:
        file.writelines(f"{'0' * 64}  {name}\n" for name in names)
    before = tree(built / "content")
    result = run(built, command)
    assert result.code == 0
    assert result.err == "kept site/aside: mujaz did not make it\n"
    assert (built / "x").read_text() == "mine"
    assert (tmp_path / "x").read_text() == "mine"
    assert (tmp_path / "aside" / "x").read_text() == "mine"
    assert (built / "site" / "aside").is_symlink()
    assert tree(built / "content") == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"not a manifest\n", b"\0" * 200])
def test_a_broken_manifest_owns_nothing(built: Path, run: Runner, content: bytes) -> None:
    """With a manifest that cannot be read every file counts as foreign, and stays."""
    (built / "site" / "manifest.sha256").write_bytes(content)
    before = tree(built / "site")
    cleaned = run(built, "clean")
    assert "kept site/404.html: mujaz did not make it" in cleaned.err.splitlines()
    after = tree(built / "site")
    assert after == {name: each for name, each in before.items() if name != "manifest.sha256"}
