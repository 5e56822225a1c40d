"""A build that remembers gives what a build that knows nothing gives, whatever was done between.

Sequences of edits of a tiny site are drawn by chance; after each of them both builds must agree on
every byte and every problem. ``MUJAZ_SEQUENCES`` says how many sequences are drawn, ``MUJAZ_SEED``
from which on; a failure names its seed and what had been done.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from jinja2 import Environment

from mujaz import memory, pipeline, render
from mujaz.pipeline import Options, Result
from mujaz.write.contents import manifest_of
from tests.conftest import COMPILED
from tests.edits import EDITS, Link, heal, make_draft, mend
from tests.program import tree

SEQUENCES = int(os.environ.get("MUJAZ_SEQUENCES", "40"))
FIRST = int(os.environ.get("MUJAZ_SEED", "0"))
STEPS = 12
LONG_AGO = 10**18
"""Nanoseconds: a time that files get back, so that only their other marks tell them apart."""

MANIFEST = "manifest.sha256"


class Ferry:
    """A site on the disk, its draft, and what was done to it so far."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.draft = make_draft(seed)
        self.chance: random.Random = self.draft.chance
        self.written: dict[str, str | bytes] = {}
        self.mine: set[Path] = set()
        self.done: list[str] = []
        self.stopped = False

    @property
    def site(self) -> Path:
        """Return the output folder in use."""
        return self.root / str(self.draft.options["output"])

    def options(self, *, cache: bool) -> Options:
        """Return what is asked of the program."""
        chosen = self.draft.options
        return Options(
            root=self.root,
            output=self.site,
            base_url=chosen["base_url"],  # type: ignore[arg-type]
            drafts=bool(chosen["drafts"]),
            strict=bool(chosen["strict"]),
            cache=cache,
        )

    def save(self) -> None:
        """Bring the disk to what the draft says, file by file, in one way or another."""
        files = self.draft.files()
        for path in self.written.keys() - files.keys():
            (self.root / path).unlink()
        for path, content in files.items():
            if self.written.get(path) != content:
                self._write(self.root / path, content)
        self.written = files

    def _write(self, path: Path, content: str | bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link) or path.is_symlink() or self.chance.random() < 1 / 2:
            path.unlink(missing_ok=True)
        if isinstance(content, Link):
            path.symlink_to(content)
            return
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if self.chance.random() < 1 / 2:
            os.utime(path, ns=(LONG_AGO, LONG_AGO))

    # --- what is done to the disk alone ------------------------------------------------------

    def touch(self) -> str:
        """Give files new times, and nothing else."""
        for path in sorted(self.written):
            if self.chance.random() < 1 / 2 and not (self.root / path).is_symlink():
                (self.root / path).touch()
        return "touch"

    def _any(self, folder: Path) -> Path | None:
        files = [each for each in sorted(folder.rglob("*")) if each.is_file()]
        files = [each for each in files if each.name != MANIFEST and each not in self.mine]
        return self.chance.choice(files) if files else None

    def spoil_site(self) -> str:
        """Delete or alter a file of the site, or the whole of it; or put one of ours there."""
        what = self.chance.choice(["delete", "alter", "all", "mine"])
        path = self._any(self.site)
        if path is None:
            return "no site"
        if what == "delete":
            path.unlink()
        elif what == "alter":
            data = path.read_bytes() or b"x"
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        elif what == "all":
            shutil.rmtree(self.site)
            self.mine = {each for each in self.mine if each.parent != self.site}
        else:
            self.mine.add(self.site / "mine.txt")
            (self.site / "mine.txt").write_bytes(b"mine")
        return f"{what} {path.relative_to(self.root)}"

    def spoil_memory(self) -> str:
        """Delete what is remembered, or damage one of its files."""
        folder = self.root / ".mujaz"
        what = self.chance.choice(["flip", "flip", "cut", "empty", "all", "delete", "new"])
        files = [each for each in sorted(folder.glob("*")) if each.is_file()]
        path = self._any(folder) if self.chance.random() < 1 / 4 else None
        path = path or (self.chance.choice(files) if files else None)
        if path is None:
            return "no memory"
        data = path.read_bytes()
        place = self.chance.randrange(len(data) or 1)
        if what == "all":
            shutil.rmtree(folder)
        elif what == "delete":
            path.unlink()
        else:
            damaged = {
                "flip": data[:place] + bytes([(data + b"x")[place] ^ 64]) + data[place + 1 :],
                "cut": data[:place],
                "empty": b"",
                "new": b"\x80\x05K\x01.",
            }
            path.write_bytes(damaged[what])
        return f"{what} {path.relative_to(self.root)} at {place}"

    # --- what must hold ----------------------------------------------------------------------

    def step(self) -> None:
        """Do something, then build with and without a memory; both must agree."""
        own: list[Callable[[], str]] = [self.touch, self.spoil_site, self.spoil_memory]
        if self.chance.random() < 1 / 5:
            self.done.append(self.chance.choice(own)())
        if self.chance.random() < 4 / 5:
            self.done += [self.chance.choice(EDITS)(self.draft) for _ in range(self.many())]
        if self.stopped and self.chance.random() < 1 / 2:
            self.done += mend(self.draft) if self.chance.random() < 1 / 3 else [heal(self.draft)]
        self.build()

    def build(self) -> None:
        """Build what the draft says, with and without a memory."""
        self.save()
        cold = pipeline.check(self.options(cache=False))
        if self.chance.random() < 1 / 5:
            self.done.append("check")
            agree(pipeline.check(self.options(cache=True)), cold)
        self.done.append("build")
        before = tree(self.site)
        warm = pipeline.build(self.options(cache=True))
        agree(warm, cold)
        self.stopped = cold.stops(strict=bool(self.draft.options["strict"]))
        if self.stopped:
            assert tree(self.site) == before
        else:
            self.done.append("done")
            self.compare(warm, cold)

    def end(self, elsewhere: Path) -> None:
        """Build the last draft once more in a folder where nothing was ever built."""
        heal(self.draft)
        self.build()
        assert not self.stopped
        other = Ferry(elsewhere, 0)
        other.draft = self.draft
        other.save()
        pipeline.build(other.options(cache=False))
        assert not (elsewhere / ".mujaz").exists()
        for path in self.mine:
            path.unlink()
        assert tree(other.site) == tree(self.site)
        assert modes(other.site) == modes(self.site)

    def many(self) -> int:
        """Return how many edits come before a build: mostly one."""
        return self.chance.choice([1, 1, 1, 2, 3])

    def compare(self, warm: Result, cold: Result) -> None:
        """The site is what a build without memory makes, and what is not ours is still there."""
        found = {k: v for k, v in tree(self.site).items() if isinstance(v, bytes)}
        mine = [each.name for each in self.mine if each.parent == self.site]
        assert [found.pop(name) for name in mine] == [b"mine"] * len(mine)
        assert list(warm.foreign) == mine
        assert found.pop(MANIFEST) == manifest_of(cold.digests)
        assert {name: sha256(data).hexdigest() for name, data in found.items()} == cold.digests


def modes(folder: Path) -> dict[str, int]:
    """Return the permissions of everything below a folder."""
    return {str(each.relative_to(folder)): each.stat().st_mode for each in folder.rglob("*")}


def agree(warm: Result, cold: Result) -> None:
    """Both say the same."""
    assert [*map(str, warm.problems)] == [*map(str, cold.problems)]
    assert (warm.sources, warm.citations) == (cold.sources, cold.citations)
    assert warm.digests == cold.digests
    assert sorted(warm.skipped) == sorted(cold.skipped)


@pytest.fixture
def swift(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile templates once, and do not wait for the disk."""
    monkeypatch.setattr(render, "Environment", partial(Environment, bytecode_cache=COMPILED))
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.usefixtures("swift")
@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEQUENCES))
def test_a_build_that_remembers_is_like_one_that_does_not(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each edit of a sequence both builds give the same site and the same problems."""
    if seed % 2:  # files are believed to be unchanged as soon as they are a moment old
        monkeypatch.setattr(memory, "_RECENT", 0)
    ferry = Ferry(tmp_path / "ferry", seed)
    ferry.root.mkdir()
    try:
        for _ in range(STEPS):
            ferry.step()
        ferry.end(tmp_path / "elsewhere")
    except BaseException:
        print(f"MUJAZ_SEED={seed}:", *ferry.done, sep="\n  ")  # noqa: T201 - pytest shows it
        raise


# --- what chance seldom draws ----------------------------------------------------------------


@pytest.mark.usefixtures("swift")
@pytest.mark.parametrize(
    "path", ["content/notes.txt", "content/pages/link.en.md", "static/link.css", "content/.x.md"]
)
def test_what_is_never_opened_is_told_all_the_same(tmp_path: Path, path: str) -> None:
    """A stray file, a link or a hidden file is no input, and yet a build after it speaks of it."""
    ferry = Ferry(tmp_path, 0)
    ferry.draft.faults[path] = Link("gone") if "link" in path else "stray"
    sound = ferry.draft.faults
    for faults in ({}, sound, {}):
        ferry.draft.faults = faults
        ferry.save()
        agree(pipeline.build(ferry.options(cache=True)), pipeline.check(ferry.options(cache=False)))
