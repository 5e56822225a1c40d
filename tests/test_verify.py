"""Verifying: whether a folder is what was built, whatever its manifest and its files are."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Runner
from tests.program import tree
from tests.test_write import nobody

ZERO = "0" * 64


def add_line(site: Path, name: str, digest: str = ZERO) -> None:
    """Write one more name into a manifest, in its place."""
    path = site / "manifest.sha256"
    lines = [*path.read_text("utf-8").splitlines(), f"{digest}  {name}"]
    lines.sort(key=lambda line: line[66:])
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())


def test_a_site_as_it_was_built(built: Path, run: Runner) -> None:
    """A good site has one line and exit code 0; with ``--quiet`` none; nothing is written."""
    before = tree(built)
    files = sum(isinstance(each, bytes) for each in tree(built / "site").values()) - 1
    assert run(built, "verify") == (0, f"site/: {files} files, all as built\n", "")
    assert run(built, "verify", "--quiet") == (0, "", "")
    assert run(built / "content", "verify", str(built / "site")).code == 0
    assert tree(built) == before


ALTERATIONS: dict[str, Callable[[Path], object]] = {
    "altered en/index.html": lambda site: (site / "en" / "index.html").write_bytes(b""),
    "missing en/index.html": lambda site: (site / "en" / "index.html").unlink(),
    "added en/new.html": lambda site: (site / "en" / "new.html").write_bytes(b""),
    "added en/new/": lambda site: (site / "en" / "new").mkdir(),
    "added .hidden": lambda site: (site / ".hidden").write_bytes(b""),
    "added latest": lambda site: (site / "latest").symlink_to("en"),
    "added a<U+000A>altered b": lambda site: (site / "a\naltered b").write_bytes(b""),
    "added a<U+001B>[31m<U+202E>b": lambda site: (site / "a\x1b[31m\u202eb").write_bytes(b""),
    "added a<U+DCFF>b": lambda site: os.close(os.open(os.fsencode(site) + b"/a\xffb", os.O_CREAT)),
    "missing ../content/site.yaml": lambda site: add_line(site, "../content/site.yaml"),
    "missing /etc/hostname": lambda site: add_line(site, "/etc/hostname"),
    "missing en/../index.html": lambda site: add_line(site, "en/../index.html"),
    "missing a<U+001B>b": lambda site: add_line(site, "a\x1bb"),
    "missing ": lambda site: add_line(site, ""),
}


@pytest.mark.parametrize("line", ALTERATIONS)
def test_one_difference(built: Path, run: Runner, line: str) -> None:
    """Each thing that differs is one line that says how, with nothing that a terminal obeys."""
    ALTERATIONS[line](built / "site")
    assert run(built, "verify") == (1, f"{line}\n", "")


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_something_else_in_the_place_of_a_file(built: Path, run: Runner, kind: str) -> None:
    """A link to the very bytes, a folder or a pipe is not the file that was built; none hangs."""
    page = built / "site" / "en" / "index.html"
    page.rename(built / "away.html")
    if kind == "link":
        page.symlink_to(built / "away.html")
    elif kind == "folder":
        page.mkdir()
    else:
        os.mkfifo(page)
    slash = "/" if kind == "folder" else ""
    assert run(built, "verify") == (1, f"altered en/index.html{slash}\n", "")


def test_a_folder_behind_a_link(built: Path, run: Runner) -> None:
    """What lies behind a link in the place of a folder is not looked at."""
    (built / "site" / "ar").rename(built / "aside")
    (built / "site" / "ar").symlink_to("../aside")
    result = run(built, "verify")
    assert result.code == 1
    lines = result.out.splitlines()
    assert "added ar" in lines
    assert "missing ar/index.html" in lines


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "not a line\n",
        lambda text: text + text,
        lambda text: text.rstrip("\n"),
        lambda text: "".join(sorted(text.splitlines(keepends=True))),
    ],
)
def test_a_manifest_that_mujaz_did_not_write(
    built: Path, run: Runner, change: Callable[[str], str]
) -> None:
    """A line too many, twice, cut, or in another order: the manifest itself is named."""
    path = built / "site" / "manifest.sha256"
    path.write_bytes(change(path.read_text("utf-8")).encode())
    result = run(built, "verify")
    assert result.code == 1
    assert "altered manifest.sha256" in result.out.splitlines()


def test_a_manifest_that_is_no_text(built: Path, run: Runner) -> None:
    """Bytes that are not UTF-8 name nothing, so that everything was added."""
    (built / "site" / "manifest.sha256").write_bytes(b"\xff\xfe")
    result = run(built, "verify")
    assert result.code == 1
    assert {"altered manifest.sha256", "added index.html", "added ar/"} <= {*result.out.split("\n")}


@pytest.mark.parametrize("kind", ["no folder", "empty", "file", "link", "pipe"])
def test_no_manifest(tmp_path: Path, run: Runner, kind: str) -> None:
    """Where there is no manifest nobody can say, and exit code 2 says that."""
    site = tmp_path / "site"
    if kind == "file":
        site.write_text("")
    elif kind != "no folder":
        site.mkdir()
    if kind == "link":
        (tmp_path / "manifest").write_text("")
        (site / "manifest.sha256").symlink_to(tmp_path / "manifest")
    elif kind == "pipe":
        os.mkfifo(site / "manifest.sha256")
    what = "site has no manifest.sha256, so nothing says what was built"
    assert run(tmp_path, "verify") == (2, "", f"mujaz: {what}; name the folder of a site\n")


def test_files_that_may_not_be_read(model: Path, run: Runner) -> None:
    """What the system does not let us look at is named, and nothing in it is called missing."""
    root = Path("/tmp") / f"mujaz-verify-{os.getpid()}"  # noqa: S108 - that another user can enter
    shutil.copytree(model, root)
    root.chmod(0o755)
    try:
        with nobody(root):
            (root / "site" / "index.html").chmod(0)
            (root / "site" / "ar").chmod(0)
            result = run(root, "verify")
            (root / "site" / "ar").chmod(0o755)
    finally:
        shutil.rmtree(root)
    assert result == (1, "unreadable ar/\nunreadable index.html\n", "")


def test_differences_as_json(built: Path, run: Runner) -> None:
    """With ``--format json`` the whole answer is one object, in ASCII."""
    site = built / "site"
    page = site / "en" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    (site / "404.html").unlink()
    (site / "جديد").mkdir()
    result = run(built, "verify", "--format", "json")
    assert result.code == 1
    assert result.out.isascii()
    found = json.loads(result.out)
    assert found.pop("files") > 10
    assert found == {
        "ok": False,
        "altered": ["en/index.html"],
        "missing": ["404.html"],
        "added": ["جديد/"],
        "unreadable": [],
    }


def test_it_agrees_with_sha256sum(built: Path) -> None:
    """The digest of a file is that of its bytes alone."""
    line = (built / "site" / "manifest.sha256").read_text("utf-8").splitlines()[0]
    digest, name = line.split("  ", 1)
    assert hashlib.sha256((built / "site" / name).read_bytes()).hexdigest() == digest
