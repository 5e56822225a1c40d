"""The repository's own content: it is clean, and what it promises its readers holds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

import pytest

from mujaz.model import Briefing, Language, Site
from mujaz.pipeline import Options, Result, check
from mujaz.problems import Severity
from tests.program import REPOSITORY, start, tree

FEWEST_PAGES = 32
FEWEST_CITATIONS = 8
WORDS = range(400, 651)


@cache
def result() -> Result:
    """Return the repository's site, checked and rendered once."""
    return check(Options(root=REPOSITORY, output=REPOSITORY / "site"))


def site() -> Site:
    """Return the site."""
    return result().site


def pairs() -> list[Mapping[Language, Briefing]]:
    """Return the briefings, the versions of each together."""
    found: dict[str, dict[Language, Briefing]] = {}
    for each in site().briefings:
        found.setdefault(each.slug, {})[each.language] = each
    return list(found.values())


def words(briefing: Briefing) -> int:
    """Return how many words a reader reads in the text, without the marks of citations."""
    text = "".join(piece for piece in briefing.body.html if isinstance(piece, str))
    return len(re.sub("<[^>]*>", " ", text).split())


def sections(briefing: Briefing) -> list[list[tuple[str, object]]]:
    """Return what each section cites, sources with their paragraphs, in one order."""
    starts = [heading.location for heading in briefing.body.headings]
    found: list[list[tuple[str, object]]] = [[] for _ in range(len(starts) + 1)]
    for citation in briefing.body.citations:
        number = sum(start < citation.location for start in starts)
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
    assert report["citations"] == sum(len(b.body.citations) for b in documents())


def documents() -> list[Briefing]:
    """Return everything that cites: briefings, topics and pages."""
    return [*site().briefings, *site().topics, *site().pages]  # type: ignore[list-item]


def test_it_has_enough() -> None:
    """There are briefings, and topics and pages in both languages."""
    assert len(pairs()) >= 2
    assert {topic.language for topic in site().topics} == set(Language)
    assert {page.slug for page in site().pages} >= {"about"}


def test_every_briefing_has_both_versions() -> None:
    """No briefing stands in one language alone, and both say when they were written."""
    for versions in pairs():
        assert set(versions) == set(Language), versions
        assert len({each.date for each in versions.values()}) == 1
        assert len({each.topics for each in versions.values()}) == 1


def test_every_briefing_rests_on_citations() -> None:
    """A briefing has at least eight citations, each with the paragraph it rests on."""
    counts = {each.path: len(each.body.citations) for each in site().briefings}
    assert {path: n for path, n in counts.items() if n < FEWEST_CITATIONS} == {}
    bare = [c.location for b in site().briefings for c in b.body.citations if not c.paragraphs]
    assert [str(each) for each in bare] == []


def test_every_briefing_is_a_briefing() -> None:
    """A briefing can be read in three minutes: 400 to 650 words."""
    counts = {each.path: words(each) for each in site().briefings}
    assert {path: n for path, n in counts.items() if n not in WORDS} == {}


def test_both_versions_cite_the_same_sources() -> None:
    """Section by section both versions cite the same paragraphs of the same sources."""
    for versions in pairs():
        arabic, english = (sections(versions[each]) for each in Language)
        assert arabic == english, versions[Language.EN].slug


def test_every_source_is_cited() -> None:
    """No record lies about that no sentence rests on."""
    assert [key for key, links in site().backlinks.items() if not links] == []


def test_no_briefing_names_what_is_not_there() -> None:
    """Authors and publishers are not invented: none is named."""
    assert [each.path for each in site().briefings if each.authors] == []
    assert site().settings.publisher is None
