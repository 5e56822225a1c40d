"""Tests of the claims: every path of the site has one file that it comes from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

import pytest

from mujaz.claims import check_claims
from mujaz.index import Scope, make_lists
from mujaz.model import Language, Route
from mujaz.problems import Problem
from mujaz.routes import OWN
from tests.assembly import contributions
from tests.conftest import FILES, LETTER, NOTICE, SITE, validated

ENGLISH = "content/briefings/winter.en.md"
ARABIC = "content/briefings/winter.ar.md"


def claims(
    files: Mapping[str, str | None],
    *,
    images: Sequence[str] = (),
    static: Sequence[str] = (),
    drafts: bool = False,
) -> tuple[dict[Route, str], list[Problem]]:
    """Return who keeps each route of the small site with files changed, and the conflicts."""
    library = validated(files, images, static)
    lists = make_lists(contributions(library, Scope(library.settings.languages, drafts)))
    claimed = [each[0] for cell, each in lists.items() if cell[0] == "claims"]
    return {each[-1]: each[1] for each in claimed}, list(check_claims(lists))


def aliased(path: str, *aliases: str) -> dict[str, str | None]:
    """Return a briefing with aliases."""
    return {path: FILES[path].replace("---\n## ", f"aliases: [{', '.join(aliases)}]\n---\n## ")}


def test_every_path_of_the_small_site() -> None:
    """Every page, feed and file of a site is claimed, by the file that it comes from."""
    routes, problems = claims({}, images=["pier.jpg"], static=["css/site.css"])
    expected = dict.fromkeys(OWN, "content/site.yaml")
    for tag in ("ar", "en"):
        for name in ("index.html", "feed.xml", "briefings/index.html", "topics/index.html"):
            expected[Route(f"{tag}/{name}")] = "content/site.yaml"
        expected[Route(f"{tag}/sources/index.html")] = "content/site.yaml"
        expected[Route(f"{tag}/briefings/winter.html")] = f"content/briefings/winter.{tag}.md"
        for ending in ("html", "xml"):
            route = Route(f"{tag}/topics/timetable.{ending}")
            expected[route] = f"content/topics/timetable.{tag}.md"
        expected[Route(f"{tag}/about.html")] = f"content/pages/about.{tag}.md"
        for key in (NOTICE, LETTER):
            expected[Route(f"{tag}/sources/{key}.html")] = f"content/sources/{key}.yaml"
    expected[Route("images/pier.jpg")] = "content/images/pier.jpg"
    expected[Route("static/css/site.css")] = "static/css/site.css"
    assert problems == []
    assert routes == expected


def test_aliases() -> None:
    """An alias is a page of its language; drafts claim nothing unless they are built."""
    routes, problems = claims(aliased(ENGLISH, "old", "older"))
    assert problems == []
    assert routes[Route("en/briefings/old.html")] == routes[Route("en/briefings/older.html")]
    assert routes[Route("en/briefings/old.html")] == ENGLISH
    assert Route("ar/briefings/old.html") not in routes
    draft = FILES[ENGLISH].replace("---\n## ", "draft: true\naliases: [old]\n---\n## ")
    routes, _ = claims({ENGLISH: draft})
    assert not {Route("en/briefings/winter.html"), Route("en/briefings/old.html")} & set(routes)
    routes, _ = claims({ENGLISH: draft}, drafts=True)
    assert {Route("en/briefings/winter.html"), Route("en/briefings/old.html")} <= set(routes)


def test_the_same_alias_in_two_languages() -> None:
    """Two versions may have the same alias: their pages lie apart."""
    _, problems = claims({**aliased(ENGLISH, "old"), **aliased(ARABIC, "old")})
    assert problems == []


@pytest.mark.fault(40)
@pytest.mark.parametrize(
    ("files", "place", "one", "other", "route"),
    [
        (
            aliased(ENGLISH, "winter"),
            f"{ENGLISH}:7:11",
            ENGLISH,
            ENGLISH,
            "en/briefings/winter.html",
        ),
        (
            {
                **aliased(ENGLISH, "cold", "spring"),
                "content/briefings/spring.en.md": FILES[ENGLISH],
            },
            f"{ENGLISH}:7:17",
            ENGLISH,
            "content/briefings/spring.en.md",
            "en/briefings/spring.html",
        ),
        (
            {
                **aliased(ENGLISH, "old"),
                "content/briefings/spring.en.md": aliased(ENGLISH, "old")[ENGLISH],
            },
            f"{ENGLISH}:7:11",
            ENGLISH,
            "content/briefings/spring.en.md",
            "en/briefings/old.html",
        ),
        (
            {"content/pages/index.en.md": FILES["content/pages/about.en.md"]},
            "content/pages/index.en.md:1:1",
            "content/pages/index.en.md",
            "content/site.yaml",
            "en/index.html",
        ),
        (
            {"content/topics/index.ar.md": FILES["content/topics/timetable.ar.md"]},
            "content/topics/index.ar.md:1:1",
            "content/topics/index.ar.md",
            "content/site.yaml",
            "ar/topics/index.html",
        ),
        (
            {"content/pages/About.en.md": FILES["content/pages/about.en.md"]},
            "content/pages/about.en.md:1:1",
            "content/pages/about.en.md",
            "content/pages/About.en.md",
            "en/about.html",
        ),
    ],
)
def test_two_files_on_one_path(
    files: dict[str, str | None], place: str, one: str, other: str, route: str
) -> None:
    """Two files that become one page are told, at the later one, with both names."""
    routes, problems = claims(files)
    assert [str(each.location) for each in problems] == [place]
    assert [each.code for each in problems] == ["path-conflict"]
    assert problems[0].what == f"{one} and {other} both become {route}"
    assert {each.casefold() for each in routes} >= {route}


@pytest.mark.fault(40)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pier.jpg", "Pier.JPG"),
        ("2031/pier.jpg", "2031/PIER.jpg"),
        ("straße.jpg", "STRASSE.jpg"),
        (unicodedata.normalize("NFC", "é.jpg"), unicodedata.normalize("NFD", "é.jpg")),
        (unicodedata.normalize("NFC", "آ.jpg"), unicodedata.normalize("NFD", "آ.jpg")),
    ],
)
def test_names_that_some_disks_take_for_one(one: str, other: str) -> None:
    """Names that differ in capital letters or composition only are told: for pictures and files."""
    assert one != other
    later = max(one, other)
    _, problems = claims({}, images=[one, other])
    assert [each.location.path for each in problems] == [f"content/images/{later}"]
    _, problems = claims({}, static=[one, other])
    assert [each.location.path for each in problems] == [f"static/{later}"]


@pytest.mark.fault(40)
def test_a_static_file_and_a_generated_one() -> None:
    """A static file cannot take the place of one that mujaz makes."""
    routes, problems = claims({}, static=["css/theme.css", "CSS/Theme.css"])
    assert [(each.code, each.location.path) for each in problems] == [
        ("path-conflict", "static/CSS/Theme.css"),
        ("path-conflict", "static/css/theme.css"),
    ]
    assert routes[Route("static/css/theme.css")] == "content/site.yaml"


def test_every_conflict_is_told() -> None:
    """Three files on one path are two problems."""
    _, problems = claims({}, images=["a.jpg", "A.jpg", "a.JPG"])
    assert [each.location.path for each in problems] == [
        "content/images/a.JPG",
        "content/images/a.jpg",
    ]
    assert all("content/images/A.jpg" in each.what for each in problems)


def test_one_language_claims_its_own_paths() -> None:
    """A site in one language has no page in the other."""
    english = {path: None for path in FILES if path.endswith(".ar.md")}
    routes, problems = claims({**english, "content/site.yaml": SITE.replace("[ar, en]", "[en]")})
    assert problems == []
    assert not [each for each in routes if each.startswith(f"{Language.AR}/")]
