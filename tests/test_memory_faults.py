"""What is remembered, and the disk it lies on: it may fail at any time, and costs time alone."""

from __future__ import annotations

import builtins
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mujaz import load, store
from tests.conftest import FILES, Runner, write_files
from tests.fault_cases import ABOUT
from tests.program import tree

CHANGED = {ABOUT: "---\ntitle: About the ferry\n---\nWhen it sails.\n"}
LONG_AGO = 1_600_000_000


@pytest.fixture
def remembered(built: Path, run: Runner) -> Path:
    """Return the small site with a memory that holds: none of its files is fresh."""
    for path in (built / "content").rglob("*.*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    assert run(built, "-q").code == 0
    return built


def edit(root: Path) -> None:
    """Change a page, long ago."""
    write_files(root, CHANGED)
    os.utime(root / ABOUT, (LONG_AGO, LONG_AGO))


def fresh(root: Path, run: Runner) -> dict[str, bytes | str]:
    """Return the site that a build from nothing gives."""
    other = root.with_name("fresh")
    write_files(other, {**FILES, **CHANGED})
    assert run(other, "-q", "--no-cache").code == 0
    return tree(other / "site")


def refuse(*_: object) -> None:
    """Answer as a disk that is broken."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def fail_once(function: Callable[..., Any], fails: Callable[..., bool]) -> Callable[..., Any]:
    """Return the function, but the first call for which ``fails`` holds finds a broken disk."""
    left = [1]

    def call(*words: Any, **more: Any) -> Any:  # noqa: ANN401 - as the function
        if left and fails(*words):
            left.clear()
            refuse()
        return function(*words, **more)

    return call


def test_a_file_that_could_not_be_read_once(
    remembered: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read again by the next build, though nobody has touched it."""
    edit(remembered)
    with monkeypatch.context() as patch:
        broken = fail_once(builtins.open, lambda path, *_: str(path).endswith(ABOUT))
        patch.setattr(load, "open", broken, raising=False)
        result = run(remembered, "-q")
    assert (result.code, "file-unreadable" in result.err) == (1, True)
    assert run(remembered, "-q") == (0, "", "")
    assert tree(remembered / "site") == fresh(remembered, run)


@pytest.mark.fault(50)
@pytest.mark.parametrize("name", ["pwrite", "pread", "replace"])
@pytest.mark.parametrize("always", [False, True])
def test_a_disk_that_fails_the_memory(
    remembered: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, name: str, *, always: bool
) -> None:
    """The site is built all the same, and nothing that was not written is believed later."""
    edit(remembered)
    function = getattr(os, name)
    kept = (remembered / ".mujaz" / "values").stat().st_ino

    def ours(first: Any, *_: Any) -> bool:  # noqa: ANN401 - a number or a path
        if isinstance(first, int):
            return os.fstat(first).st_ino == kept
        return str(first).endswith(".mujaz/state.new")

    with monkeypatch.context() as patch:
        broken = fail_once(function, ours)
        if always:
            broken = lambda *words: refuse() if ours(*words) else function(*words)  # noqa: E731
        patch.setattr(os, name, broken)
        assert run(remembered, "-q") == (0, "", "")
    new = fresh(remembered, run)
    for _ in range(2):
        assert tree(remembered / "site") == new
        assert {each.name for each in (remembered / ".mujaz").iterdir()} == {
            *("inputs", "state", "values", "site-index.json", "spare")
        }
        assert run(remembered, "-q") == (0, "", "")


@pytest.mark.fault(49)
def test_what_a_killed_build_has_left(remembered: Path, run: Runner) -> None:
    """Half a file of the memory is overwritten by the next build that has something to write."""
    for name in ("inputs.new", "state.new"):
        (remembered / ".mujaz" / name).write_bytes(b"half")
    edit(remembered)
    assert run(remembered, "-q") == (0, "", "")
    assert tree(remembered / "site") == fresh(remembered, run)
    assert not list((remembered / ".mujaz").glob("*.new"))


@pytest.mark.parametrize("size", [0, 100])
def test_values_that_were_cut_off(remembered: Path, run: Runner, size: int) -> None:
    """A store that is shorter than what is remembered of it is begun anew."""
    os.truncate(remembered / ".mujaz" / "values", size)
    edit(remembered)
    assert run(remembered, "-q") == (0, "", "")
    assert tree(remembered / "site") == fresh(remembered, run)
    with pytest.raises(store.Damaged):
        store.Store(remembered / ".mujaz" / "values", 1 << 30, writes=True)
