"""The benchmarks: the corpus is the same every time, clean, and the same for every generator."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import Corpus
from benchmarks.tables import report
from benchmarks.tools import TOOLS
from benchmarks.tools.tool import pages
from benchmarks.works import WORKS, Place, missing
from tests.program import start, tree

PAIRS = 6


def place(folder: Path, name: str) -> Place:
    """Return a small project of a generator, written to the disk."""
    found = Place(TOOLS[name], Corpus(PAIRS), folder / name)
    found.prepare()
    return found


@pytest.mark.parametrize("name", TOOLS)
def test_the_corpus_is_the_same_every_time(tmp_path: Path, name: str) -> None:
    """Two corpora of one size are equal byte for byte, whatever the generator."""
    one, other = (tree(place(tmp_path / each, name).root) for each in ("one", "other"))
    assert one == other
    texts = [path for path in one if path.endswith(".md") and "crossing" in path]
    assert len(texts) == 2 * PAIRS


def test_the_corpus_is_clean_and_complete(tmp_path: Path) -> None:
    """Mujaz builds it with nothing to warn of, and every page that is counted is there."""
    found = place(tmp_path, "mujaz")
    done = start(found.root, "--strict", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert list(missing(found, [])) == []
    (found.output / next(iter(pages(found.corpus)))).unlink()
    assert len(list(missing(found, []))) == 1


def test_every_work_can_be_seen(tmp_path: Path) -> None:
    """What a work changes stands in the output after a build, and did not before."""
    found = place(tmp_path, "mujaz")
    assert start(found.root, "--jobs", "1").returncode == 0
    for work in WORKS:
        proofs = work.change(found, 1)
        if proofs:
            assert list(missing(found, proofs)), work.name
        assert start(found.root, "--jobs", "1").returncode == 0
        assert list(missing(found, proofs)) == [], work.name


def test_a_table_of_nothing_is_possible() -> None:
    """A report says what it rests on even where nothing was measured."""
    from benchmarks.results import Results

    assert "Medians" in report(Results("a machine", {}, 0))
