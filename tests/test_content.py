"""The repository's own content: it is clean, and what it promises its readers holds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

import pytest

from mujaz.model import Body, Briefing, Language
from mujaz.pipeline import Options, Result, check
from mujaz.problems import Severity
from mujaz.site import Site
from tests.assembly import Library, assemble, load
from tests.conftest import read_library
from tests.program import REPOSITORY, start, tree

FEWEST_PAGES = 32
FEWEST_CITATIONS = 8
WORDS = range(400, 651)


@cache
def result() -> Result:
    """Return the repository's site, checked and rendered once."""
    return check(Options(root=REPOSITORY, output=REPOSITORY / "site"))


@cache
def library() -> Library:
    """Return everything that lies in the repository's content."""
    return read_library(load(REPOSITORY).documents)[0]


@cache
def site() -> Site:
    """Return the site."""
    return assemble(library())[0]


def bodies() -> Mapping[str, Body]:
    """Return the text of each briefing, topic and page, by path."""
    return {document.path: body for document, body in library().documents}


def pairs() -> list[Mapping[Language, Briefing]]:
    """Return the briefings, the versions of each together."""
    found: dict[str, dict[Language, Briefing]] = {}
    for each in library().briefings:
        found.setdefault(each.slug, {})[each.language] = each
    return list(found.values())


def words(briefing: Briefing) -> int:
    """Return how many words a reader reads in the text, without the marks of citations."""
    text = "".join(piece for piece in bodies()[briefing.path].html if isinstance(piece, str))
    return len(re.sub("<[^>]*>", " ", text).split())


def sections(briefing: Briefing) -> list[list[tuple[str, object]]]:
    """Return what each section cites, sources with their paragraphs, in one order."""
    body = bodies()[briefing.path]
    starts = [heading.location for heading in body.headings]
    found: list[list[tuple[str, object]]] = [[] for _ in range(len(starts) + 1)]
    for citation, place in zip(body.citations, body.places, strict=True):
        number = sum(start < place for start in starts)
        ranges = tuple((each.first, each.last) for each in citation.paragraphs)
        found[number].append((citation.source, ranges))
    return [sorted(each, key=str) for each in found]


def test_it_is_clean() -> None:
    """Nothing in it is wrong or doubtful: notes only."""
    grave = [str(each) for each in result().problems if each.severity is not Severity.NOTE]
    assert grave == []


def test_it_builds_strictly(tmp_path_factory: pytest.TempPathFactory) -> None:
    """``build --strict`` writes it, as the publisher's workflow does, and stops at nothing."""
    output = tmp_path_factory.mktemp("content") / "site"
    done = start(REPOSITORY, "--strict", "--format", "json", "-o", str(output))
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"], done.stderr) == (0, True, "")
    pages = [name for name in tree(output) if name.endswith(".html")]
    assert report["pages"] == len(pages) >= FEWEST_PAGES
    assert report["citations"] == sum(len(b.citations) for b in bodies().values())


def test_it_has_enough() -> None:
    """There are briefings, and topics and pages in both languages."""
    assert len(pairs()) >= 2
    assert {topic.language for topic in library().topics} == set(Language)
    assert {page.slug for page in library().pages} >= {"about"}


def test_every_briefing_has_both_versions() -> None:
    """No briefing stands in one language alone, and both say when they were written."""
    for versions in pairs():
        assert set(versions) == set(Language), versions
        assert len({each.date for each in versions.values()}) == 1
        assert len({each.topics for each in versions.values()}) == 1


def test_every_briefing_rests_on_citations() -> None:
    """A briefing has at least eight citations, each with the paragraph it rests on."""
    texts = {each.path: bodies()[each.path] for each in library().briefings}
    counts = {path: len(each.citations) for path, each in texts.items()}
    assert {path: n for path, n in counts.items() if n < FEWEST_CITATIONS} == {}
    placed = [pair for b in texts.values() for pair in zip(b.citations, b.places, strict=True)]
    assert [str(place) for citation, place in placed if not citation.paragraphs] == []


def test_every_briefing_is_a_briefing() -> None:
    """A briefing can be read in three minutes: 400 to 650 words."""
    counts = {each.path: words(each) for each in library().briefings}
    assert {path: n for path, n in counts.items() if n not in WORDS} == {}


def test_both_versions_cite_the_same_sources() -> None:
    """Section by section both versions cite the same paragraphs of the same sources."""
    for versions in pairs():
        arabic, english = (sections(versions[each]) for each in Language)
        assert arabic == english, versions[Language.EN].slug


def test_every_source_is_cited() -> None:
    """No record lies about that no sentence rests on."""
    assert [key for key in site().names("sources") if not site().list("citing", key)] == []


def test_no_briefing_names_what_is_not_there() -> None:
    """Authors and publishers are not invented: none is named."""
    assert [each.path for each in library().briefings if each.authors] == []
    assert site().settings.publisher is None
