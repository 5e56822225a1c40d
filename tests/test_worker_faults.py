"""Workers: one that dies, a parent that dies, and a system that gives no more processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

from mujaz import workers
from tests import large_site
from tests.program import environment, start, tree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, and forks")

Tree = dict[str, bytes | str]

FAILED = "site:1:1: error: output-failed: the site could not be"
KILLED = (
    f"{FAILED} made: a worker was ended before its work was done; "
    "if the machine was short of memory, try --jobs 1; the old site is as it was"
)
STOPPED = "1 error: nothing was written; the old site is as it was"
STAGES = {
    "parse": "content/briefings/crossing-020.en.md",
    "render": "en/briefings/crossing-020.html",
}
"""Stage → the end of the path of a file that a worker opens in it."""

STRIKE = """
import os, signal, sys
from mujaz.cli import main

path, number, victim = sys.argv[1], int(sys.argv[2]), sys.argv[3]
parent = os.getpid()

def hook(name, arguments):
    if name == "open" and os.getpid() != parent and str(arguments[0]).endswith(path):
        os.kill(parent if victim == "parent" else os.getpid(), number)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(hook)
raise SystemExit(main(["build", "-q", "--jobs", "2"]))
"""
"""Builds with workers; one that opens a file ends itself, or the process that has forked it."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of some 150 documents, built by two processes; nobody changes it."""
    root = tmp_path_factory.mktemp("large")
    with mock.patch.object(large_site, "BRIEFINGS", 40):
        large_site.write_site(root)
    result = start(root, "-q", "--jobs", "2")
    assert result.returncode == 0, result.stderr
    return root


def change(root: Path) -> None:
    """Change all pages."""
    settings = root / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Archipelago", "Island"), "utf-8")


@pytest.fixture
def changed(large: Path, tmp_path: Path) -> Path:
    """Return a copy of the site that remembers nothing; all its pages have changed."""
    root = shutil.copytree(large, tmp_path / "ferries", ignore=shutil.ignore_patterns(".mujaz"))
    change(root)
    return root


@pytest.fixture(scope="module")
def fresh(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Return the changed site, built from nothing by one process."""
    root = tmp_path_factory.mktemp("fresh")
    shutil.copytree(large / "content", root / "content")
    change(root)
    assert start(root, "-q", "--no-cache", "--jobs", "1").returncode == 0
    return tree(root / "site")


def strike(root: Path, stage: str, number: int, victim: str) -> subprocess.CompletedProcess[str]:
    """Build; in a stage a worker sends a signal. All processes of the build are gone at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", STRIKE, STAGES[stage], str(int(number)), victim],
        cwd=root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as build:
        out, err = build.communicate(timeout=120)
    if number == signal.SIGKILL and victim == "parent":
        end = time.monotonic() + 20
        while living(build.pid) and time.monotonic() < end:
            time.sleep(0.02)
    assert living(build.pid) == []
    return subprocess.CompletedProcess([], build.returncode, out, err)


def living(session: int) -> list[str]:
    """Return what runs in a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:  # it has just ended
            continue
        state, _, _, group = rest.split()[:4]
        if int(group) == session and state not in {"Z", "X"}:
            found.append(name)
    return found


def heals(root: Path, fresh: Tree) -> None:
    """A build is not kept waiting, and gives what a build from nothing gives; nothing is left."""
    result = start(root, "-q", "--jobs", "2")
    assert (result.returncode, result.stderr) == (0, "")
    assert tree(root / "site") == fresh
    assert sorted(each.name for each in root.iterdir()) == [".mujaz", "content", "site"]
    assert {each.name for each in (root / ".mujaz").iterdir()} == {
        *("inputs", "state", "values", "site-index.json", "spare")
    }


@pytest.mark.fault(49)
@pytest.mark.parametrize("stage", STAGES)
def test_a_worker_that_is_killed(changed: Path, fresh: Tree, stage: str) -> None:
    """It is one line; the old site stays, and the next build is right."""
    old = tree(changed / "site")
    result = strike(changed, stage, signal.SIGKILL, "worker")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [KILLED, STOPPED]
    assert tree(changed / "site") == old
    heals(changed, fresh)


@pytest.mark.fault(49)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("stage", STAGES)
def test_a_parent_that_is_ended(
    changed: Path, fresh: Tree, stage: str, number: signal.Signals
) -> None:
    """The workers end with it, without a word; the old site stays, and the next build is right."""
    old = tree(changed / "site")
    result = strike(changed, stage, number, "parent")
    codes = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}
    assert (result.returncode, result.stderr) == (codes[number], "")
    assert tree(changed / "site") == old
    heals(changed, fresh)


LIMITED = """
import resource, sys
from mujaz.cli import main

limit, jobs = sys.argv[1:]
if limit == "memory":  # with everything imported, and little more than that
    assert main(["check", "-q", "--jobs", "1"]) == 0
    size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + (1 << 19),) * 2)
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
raise SystemExit(main(["build", "-q", "--jobs", jobs]))
"""


@pytest.mark.fault(50)
@pytest.mark.parametrize(
    ("limit", "lines"),
    [
        ("file", [f"{FAILED} written: File too large; the old site is as it was", STOPPED]),
        ("memory", ["mujaz: there is not enough memory; --jobs 1 needs least"]),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_limit_of_the_system(
    changed: Path, fresh: Tree, limit: str, lines: list[str], jobs: str
) -> None:
    """Where files or memory may not grow it is told in one line, and the old site stays."""
    old = tree(changed / "site")
    result = subprocess.run(
        [sys.executable, "-c", LIMITED, limit, jobs],
        cwd=changed,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (result.returncode, result.stderr.splitlines()) == (1, lines)
    assert tree(changed / "site") == old
    heals(changed, fresh)


# --- the function itself ---------------------------------------------------------------------


@pytest.mark.parametrize("processes", [0, 1])
def test_a_system_that_does_not_fork(monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    """With fewer processes than were asked for, or none, everything is done all the same."""
    fork = os.fork
    forked: list[int] = []

    def refuse() -> int:
        if len(forked) == processes:
            raise BlockingIOError
        forked.append(1)
        return fork()

    monkeypatch.setattr(os, "fork", refuse)
    assert list(workers.each(str, range(200), 3)) == [str(number) for number in range(200)]


def test_an_exception_of_the_function() -> None:
    """It is raised where the answers are read."""

    def divide(number: int) -> float:
        return 1 / (number - 150)

    with pytest.raises(ZeroDivisionError):
        list(workers.each(divide, range(200), 2))
