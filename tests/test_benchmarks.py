"""The corpus of the benchmarks: always the same, clean in mujaz, the same pages for all.

Nothing is timed here, and no other generator is started.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks import meter, plain, works
from benchmarks.corpus import LANGUAGES, Corpus
from benchmarks.results import Results
from benchmarks.tables import report
from benchmarks.tools import TOOLS
from benchmarks.tools.tool import EDITION, pages
from mujaz.pipeline import Options, check
from tests.program import command, start

SMALL = Corpus(12)


@pytest.mark.parametrize("name", TOOLS)
def test_the_corpus_is_the_same_every_time(name: str) -> None:
    first, second = (list(TOOLS[name].files(Corpus(12))) for _ in range(2))
    assert first == second
    assert len({path for path, _ in first}) == len(first)


def test_the_corpus_is_the_same_everywhere() -> None:
    """A change of it is a new corpus: numbers from before cannot be compared with those after."""
    text = "\n".join(SMALL.briefing(n, "ar").body for n in range(12))
    assert sha256(text.encode()).hexdigest()[:16] == "b46076bee0f3e588"


def test_the_corpus_is_clean_in_mujaz(tmp_path: Path) -> None:
    works.write(tmp_path, TOOLS["mujaz"].files(SMALL))
    assert list(check(Options(root=tmp_path, output=tmp_path / "site")).problems) == []


def test_mujaz_does_every_work(tmp_path: Path) -> None:
    """Each change is one that a build shows; the last one contains those before it."""
    place = works.Place(TOOLS["mujaz"], SMALL, tmp_path)
    place.prepare()
    proofs = [proof for work in works.WORKS for proof in work.change(place, 1)]
    assert next(works.missing(place, proofs)) == "sitemap.xml is missing"
    assert start(tmp_path, "--strict").returncode == 0
    assert list(works.missing(place, proofs)) == []


@pytest.mark.parametrize("name", TOOLS)
def test_every_generator_gets_every_briefing(name: str) -> None:
    texts = [text for path, text in TOOLS[name].files(SMALL) if "crossing-" in path]
    assert len(texts) == 2 * SMALL.pairs
    for briefing in SMALL.briefings():
        assert any(briefing.title in text and briefing.summary in text for text in texts)


@pytest.mark.parametrize("name", TOOLS)
def test_the_template_of_every_page_can_be_edited(name: str) -> None:
    assert EDITION in dict(TOOLS[name].files(SMALL))[TOOLS[name].template]


def test_every_page_is_expected_once() -> None:
    found = list(pages(SMALL))
    assert len(found) == len(set(found))
    assert sum("/briefings/crossing-" in each for each in found) == 2 * SMALL.pairs
    assert sum(bool(re.search("/sources/[0-9a-f]", each)) for each in found) == 2 * SMALL.sources


def test_plain_texts_cite_nothing_and_link_to_pages() -> None:
    for briefing in SMALL.briefings():
        text = plain.body(briefing, SMALL.records(briefing))
        assert "[@" not in text
        assert ".md" not in text
        assert all(text.count(f"../sources/{each}.html") > 1 for each in briefing.sources)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_briefing_has_about_600_words(language: str) -> None:
    counts = [len(SMALL.briefing(n, language).body.split()) for n in range(12)]
    assert min(counts) > 450
    assert max(counts) < 800


def test_the_meter_sees_processes_that_a_process_starts(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time; fill = bytearray(b'x' * (40 << 20));"
        "more = 'import time; fill = bytearray(b\"x\" * (40 << 20)); time.sleep(2)';"
        "subprocess.run([sys.executable, '-c', more])"
    )
    reading = meter.run([*command()[:1], "-c", code], tmp_path, look=True)
    assert reading.code == 0
    assert reading.peak > 80 << 20


def test_a_refused_run_has_no_time_in_the_tables() -> None:
    results = Results("a machine", {}, 1)
    for name, seconds, refused in (
        ("mujaz", 1.0, ""),
        ("hugo", 2.0, ""),
        ("pelican", 3.0, "no page"),
    ):
        series = results.of(10, name, "cold")
        series.seconds, series.cpu, series.refused = [seconds], [seconds], refused
    text = report(results)
    assert "| cold | 1 s · 0.5 | 2 s · 1 | – |" in text
    assert "- pelican, cold, 10 pairs: no page" in text
