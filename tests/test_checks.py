"""Tests of the checks: what only the whole site can show."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mujaz import checks
from mujaz.problems import Problem, Severity, arrange
from tests.conftest import FILES, SITE, resolved

ARABIC = {path: None for path in FILES if path.endswith(".ar.md")}


def found(files: Mapping[str, str | None]) -> list[Problem]:
    """Return what the checks find in the small site with files changed."""
    site, problems = resolved(files)
    assert problems == []
    return arrange(checks.check(site))


def test_the_small_site_passes() -> None:
    """The small site gives the checks nothing to say."""
    assert found({}) == []


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ("content/briefings/winter.ar.md", "content/briefings/winter.en.md"),
        ("content/briefings/winter.en.md", "content/briefings/winter.ar.md"),
        ("content/pages/about.ar.md", "content/pages/about.en.md"),
    ],
)
def test_missing_versions(gone: str, left: str) -> None:
    """A document without its version in another language is noted at the version there is."""
    language = gone.removesuffix(".md")[-2:]
    (problem,) = found({gone: None})
    assert str(problem.location) == f"{left}:1:1"
    assert (problem.code, problem.severity) == ("translation-missing", Severity.NOTE)
    assert problem.what == f"there is no version in {language}"
    assert problem.hint == f"write {gone}, or leave it: readers are told"


def test_a_topic_without_its_version() -> None:
    """A topic that no briefing has may lack a version, and is noted."""
    files = {"content/topics/fares.ar.md": FILES["content/topics/timetable.ar.md"]}
    assert [str(each.location) for each in found(files)] == ["content/topics/fares.ar.md:1:1"]


def test_the_same_slug_in_two_folders() -> None:
    """A page and a topic of one slug are not each other's translations."""
    files = {
        "content/topics/fares.ar.md": FILES["content/topics/timetable.ar.md"],
        "content/pages/fares.en.md": FILES["content/pages/about.en.md"],
    }
    assert [each.location.path for each in found(files)] == sorted(files)


def test_one_language_lacks_nothing() -> None:
    """A site in one language has no versions to miss."""
    assert found({**ARABIC, "content/site.yaml": SITE.replace("[ar, en]", "[en]")}) == []


def test_a_draft_is_no_version() -> None:
    """A version that is a draft is missing as long as drafts are not built."""
    path = "content/briefings/winter.en.md"
    draft = FILES[path].replace("---\n## ", "draft: true\n---\n## ")
    assert [each.code for each in found({path: draft})] == ["translation-missing"]
    site, _ = resolved({path: draft}, drafts=True)
    assert checks.check(site) == []


def test_no_base_url() -> None:
    """A site that does not know its address is told what it does without, at the key."""
    path = "content/site.yaml"
    for text, place in (
        (SITE.replace("https://ferry.example/", '""'), "3:11"),
        (SITE.replace("base_url: https://ferry.example/\n", ""), "1:1"),
    ):
        problems = found({path: text})
        assert [f"{each.location} {each.severity} {each.code}" for each in problems] == [
            f"{path}:{place} note base-url-missing"
        ]
        assert "--base-url" in problems[0].hint
