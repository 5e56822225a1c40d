"""Two builds are equal byte for byte, wherever, whenever and by whomever they are made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import FILES, write_files
from tests.program import REPOSITORY, command, environment, tree

PICTURES = {f"content/images/{name}": name for name in ("quay.png", "deep/خريطة.png")}
PICTURES["content/images/a b.svg"] = '<svg xmlns="http://www.w3.org/2000/svg"/>'

HERE = {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
THERE = {
    "TZ": "Asia/Kathmandu",
    "LANG": "ar_EG.UTF-8",
    "LC_ALL": "C",
    "LANGUAGE": "ar:en",
    "PYTHONHASHSEED": "424242",
    "PYTHONOPTIMIZE": "2",
    "SOURCE_DATE_EPOCH": "86400",
    "USER": "someone",
    "HOME": "/nonexistent",
    "COLUMNS": "20",
}


def build(root: Path, umask: int, variables: Mapping[str, str]) -> dict[str, bytes | str]:
    """Return a site built by a process of its own."""
    result = subprocess.run(
        command("build"),
        cwd=root,
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
        umask=umask,
    )
    assert result.returncode == 0, result.stderr
    return tree(root / "site")


def small(root: Path, *, backwards: bool) -> None:
    """Write the small site, its files made in one order or the other."""
    files = {**FILES, **PICTURES}
    names = sorted(files, reverse=backwards)
    write_files(root, {name: files[name] for name in names})


def real(root: Path, *, backwards: bool) -> None:
    """Copy the repository's content, its files made in one order or the other."""
    content = REPOSITORY / "content"
    for path in sorted(content.rglob("*"), reverse=backwards):
        if path.is_file():
            target = root / "content" / path.relative_to(content)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """Return the names under which two sites differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def modes(folder: Path) -> dict[str, int]:
    """Return the permissions of everything below a folder."""
    return {str(each.relative_to(folder)): each.stat().st_mode for each in folder.rglob("*")}


@pytest.mark.parametrize("write", [small, real])
def test_two_builds_are_equal(tmp_path: Path, write: Callable[..., None]) -> None:
    """Folder, zone, language, hash seed, umask and the order of files change nothing."""
    here, there = tmp_path / "here", tmp_path / "قارب آخر" / "deep" / "there"
    for root, backwards in ((here, False), (there, True)):
        root.mkdir(parents=True)
        write(root, backwards=backwards)
    one, other = build(here, 0o022, HERE), build(there, 0o077, THERE)
    assert len(one) > 20
    assert differing(one, other) == []
    assert modes(here / "site") == modes(there / "site")


EAGER = """
import sys
from mujaz import workers
workers.BATCH = workers.FEWEST = 2
from mujaz.cli import main
raise SystemExit(main(sys.argv[1:]))
"""
"""Mujaz that takes other processes to help with the smallest site."""


def build_eagerly(root: Path, variables: Mapping[str, str], *arguments: str) -> None:
    """Build a site in a process of its own that has others help it, even where it does not pay."""
    result = subprocess.run(
        [sys.executable, "-c", EAGER, "build", *arguments],
        cwd=root,
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
        umask=0o077,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("arguments", [("--jobs", "2"), ("--jobs", "5", "--no-cache")])
@pytest.mark.parametrize("write", [small, real])
def test_many_processes_make_the_same(
    tmp_path: Path, write: Callable[..., None], arguments: tuple[str, ...]
) -> None:
    """One process or many, with a memory or without: the same site, with the same permissions."""
    here, there = tmp_path / "here", tmp_path / "قارب" / "there"
    for root in (here, there):
        root.mkdir(parents=True)
        write(root, backwards=root == there)
    build_eagerly(here, HERE, "--jobs", "1")
    build_eagerly(there, THERE, *arguments)
    assert differing(tree(here / "site"), tree(there / "site")) == []
    assert modes(here / "site") == modes(there / "site")


def test_what_others_remember_makes_the_same(tmp_path: Path) -> None:
    """Each build of a site that grows may be made by another process: the last is as if alone."""
    here, there = tmp_path / "here", tmp_path / "there"
    briefing = FILES["content/briefings/winter.en.md"]
    changes = {
        "content/pages/about.en.md": "---\ntitle: New\n---\nNew.\n",
        "content/briefings/winter.en.md": str(briefing).replace("Fewer", "Many more"),
        "content/briefings/spring.en.md": str(briefing).replace("2031-03-09", "2031-04-09"),
        "content/topics/timetable.ar.md": "---\nlabel: الأوقات\nsummary: متى.\n---\n",
        "content/images/quay.png": "a picture",
    }
    there.mkdir()
    small(there, backwards=True)
    ways = [(HERE, "--jobs", "1"), (THERE, "--jobs", "3")] * 3
    for (path, text), (variables, *arguments) in zip(changes.items(), ways, strict=False):
        build_eagerly(there, variables, *arguments)
        write_files(there, {path: text})
    build_eagerly(there, THERE, "--jobs", "2")
    here.mkdir()
    small(here, backwards=False)
    write_files(here, changes)
    build_eagerly(here, HERE, "--jobs", "1", "--no-cache")
    assert differing(tree(here / "site"), tree(there / "site")) == []
    assert modes(here / "site") == modes(there / "site")


FROZEN = """
import datetime, sys, time
seconds = float(sys.argv[1])
for name in ("time", "monotonic"):
    setattr(time, name, lambda: seconds)
real = time.localtime, time.gmtime
time.localtime = lambda at=None: real[0](seconds if at is None else at)
time.gmtime = lambda at=None: real[1](seconds if at is None else at)

class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(seconds)

class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(seconds, tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(seconds)

Date.__module__, Date.__qualname__ = "datetime", "date"  # as it is stored
datetime.date, datetime.datetime = Date, Moment
assert datetime.date.today().year == int(sys.argv[2]) == time.localtime().tm_year
from mujaz.cli import main
raise SystemExit(main(["build"]))
"""


def test_no_clock_is_in_the_pages(tmp_path: Path) -> None:
    """Built long ago or far in the future the site is the same: no page knows what day it is."""
    sites = []
    for seconds, year in ((86400 * 400, 1971), (86400 * 365 * 80, 2049)):
        root = tmp_path / str(year)
        root.mkdir()
        small(root, backwards=False)
        result = subprocess.run(
            [sys.executable, "-c", FROZEN, str(seconds), str(year)],
            cwd=root,
            env=environment(TZ="UTC"),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert result.returncode == 0, result.stderr
        sites.append(tree(root / "site"))
    assert differing(*sites) == []


def test_the_age_of_files_is_in_no_page(built: Path) -> None:
    """Files touched a decade ago make the same site as files written now."""
    before = tree(built / "site")
    for path in (built / "content").rglob("*"):
        os.utime(path, (10**9, 10**9))
    assert differing(build(built, 0o022, HERE), before) == []


def test_nothing_of_this_machine_is_in_the_site(built: Path) -> None:
    """No file names the folder in which it was made, nor where mujaz or Python lie."""
    files = {name: each for name, each in tree(built / "site").items() if isinstance(each, bytes)}
    for place in (built, REPOSITORY, Path(sys.prefix), Path(sys.base_prefix)):
        assert [name for name, each in files.items() if str(place).encode() in each] == []


def test_order_of_a_mapping_does_not_matter(built: Path) -> None:
    """Records written in another order of keys make the same site."""
    before = tree(built / "site")
    for path in (built / "content" / "sources").iterdir():
        path.write_text("".join(reversed(path.read_text("utf-8").splitlines(keepends=True))))
    assert differing(build(built, 0o022, HERE), before) == []


@pytest.mark.parametrize("change", ["bom", "crlf", "cr", "blank end"])
def test_how_a_file_was_saved_does_not_matter(built: Path, change: str) -> None:
    """A byte order mark, line ends of Windows or old Macs, and last lines make the same site."""
    before = tree(built / "site")
    changes: dict[str, Callable[[bytes], bytes]] = {
        "bom": lambda data: b"\xef\xbb\xbf" + data,
        "crlf": lambda data: data.replace(b"\n", b"\r\n"),
        "cr": lambda data: data.replace(b"\n", b"\r"),
        "blank end": lambda data: data + b"\n\n",
    }
    for path in (built / "content").rglob("*.*"):
        path.write_bytes(changes[change](path.read_bytes()))
    assert differing(build(built, 0o022, HERE), before) == []
