"""Tests of the routes: a thing → its path, two paths → a link."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz import routes
from mujaz.model import Document, Language, Route
from tests.assembly import documents
from tests.conftest import NOTICE, resolved

AR, EN = Language.AR, Language.EN
ROUTES = st.lists(
    st.text(alphabet="ab-.0اé %#?", min_size=1, max_size=4).filter(lambda t: t.strip(".")),
    min_size=1,
    max_size=4,
).map(lambda parts: Route("/".join(parts)))


def test_paths() -> None:
    """Every kind of thing has its own folder below its language, and a flat page."""
    assert routes.home(AR) == "ar/index.html"
    assert routes.section(EN, "topics") == "en/topics/index.html"
    assert routes.section_part(EN, "briefings", "2031") == "en/briefings/2031/index.html"
    assert routes.briefing(AR, "winter") == "ar/briefings/winter.html"
    assert routes.topic(EN, "timetable") == "en/topics/timetable.html"
    assert routes.source(AR, NOTICE) == f"ar/sources/{NOTICE}.html"
    assert routes.page(EN, "about") == "en/about.html"
    assert routes.feed(AR) == "ar/feed.xml"
    assert routes.image("2031/رصيف.png") == "images/2031/رصيف.png"
    assert routes.static("css/site.css") == "static/css/site.css"


def test_documents() -> None:
    """A document lies where its kind, language and slug say."""
    site, _ = resolved({})
    found = [routes.document(each) for each in documents(site)]
    assert sorted(found) == sorted(
        f"{tag}/{name}.html"
        for tag in ("ar", "en")
        for name in ("briefings/winter", "topics/timetable", "about")
    )


def test_an_unknown_kind_of_document_is_our_own_bug() -> None:
    """A document of no known kind has no path."""
    path = "content/pages/about.en.md"
    bare = Document(path=path, slug="x", language=EN, title="x", summary="")
    with pytest.raises(TypeError, match="Document"):
        routes.document(bare)


@pytest.mark.parametrize(
    ("start", "end", "fragment", "link"),
    [
        ("en/about.html", "en/about.html", "", "about.html"),
        ("en/about.html", "en/about.html", "s-a", "#s-a"),
        ("en/about.html", "en/index.html", "", "index.html"),
        ("en/about.html", "ar/about.html", "", "../ar/about.html"),
        ("en/about.html", "index.html", "", "../index.html"),
        ("index.html", "en/about.html", "s-a", "en/about.html#s-a"),
        ("en/topics/a.html", "en/topics/b.html", "", "b.html"),
        ("en/topics/a.html", "en/index.html", "", "../index.html"),
        ("en/topics/a.html", "static/css/site.css", "", "../../static/css/site.css"),
        (
            "en/topics/a.html",
            "images/رصيف 1.png",
            "",
            "../../images/%D8%B1%D8%B5%D9%8A%D9%81%201.png",
        ),
        ("en/a.html", "en/b.html", "s-المواعيد", "b.html#s-المواعيد"),
        ("a.html", "a#b?c%.html", "", "a%23b%3Fc%25.html"),
        ("en", "en/a.html", "", "en/a.html"),
        ("en/a/b.html", "en/a", "", "../a"),
    ],
)
def test_links(start: str, end: str, fragment: str, link: str) -> None:
    """A link is relative and percent-encoded; its fragment stays readable."""
    assert routes.href(Route(start), Route(end), fragment) == link


@given(ROUTES, ROUTES)
def test_links_lead_from_start_to_end(start: Route, end: Route) -> None:
    """A link, read by the rules of relative paths, gives the path it was made of."""
    link = routes.href(start, end)
    assert not link.startswith("/")
    assert posixpath.normpath(posixpath.join(posixpath.dirname(start), unquote(link))) == end


@pytest.mark.parametrize(
    ("route", "url"),
    [
        ("index.html", "https://ferry.example/x/"),
        ("en/index.html", "https://ferry.example/x/en/"),
        ("en/about.html", "https://ferry.example/x/en/about.html"),
        ("en/subindex.html", "https://ferry.example/x/en/subindex.html"),
        ("images/رصيف.png", "https://ferry.example/x/images/%D8%B1%D8%B5%D9%8A%D9%81.png"),
    ],
)
def test_permalinks(route: str, url: str) -> None:
    """A permalink leaves out index.html, as servers answer it."""
    assert routes.permalink("https://ferry.example/x/", Route(route)) == url
