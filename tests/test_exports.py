"""Feeds, the site map and the small files: right for machines, readable for people."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import etree, html

from mujaz.exports import exports
from mujaz.model import Language
from mujaz.problems import Severity
from mujaz.text import first_strong
from tests.conftest import FILES, resolved
from tests.pages import Element, content, outputs, pages
from tests.site_factory import KNOWN, Options, make_locales

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML = "{http://www.w3.org/XML/1998/namespace}"
BASE = "https://ferries.example/news/"
HERE = Options(base_url="")


FEEDS = ("feed.xml", "topics/timetable.xml")
"""The feeds of each language: everything, and what is on the only topic."""


def feed(language: str, options: Options | None = None, name: str = "feed.xml") -> Element:
    """Return a feed, parsed."""
    return etree.fromstring(outputs(options)[f"{language}/{name}"])


def contents(root: Element) -> list[Element]:
    """Return the content of every entry of a feed, parsed."""
    found = [each.text or "" for each in root.iter(f"{ATOM}content")]
    return [html.fragment_fromstring(each) for each in found]


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_says_its_language_everywhere(name: str) -> None:
    """``xml:lang`` stands on feed and entries, ``lang`` and ``dir`` on the content."""
    for language in Language:
        root = feed(str(language), name=name)
        assert root.get(f"{XML}lang") == language
        entries = root.findall(f"{ATOM}entry")
        assert entries
        assert all(each.get(f"{XML}lang") == language for each in entries)
        for each in contents(root):
            assert each.tag == "div"
            assert (each.get("lang"), each.get("dir")) == (language, language.direction)


@pytest.mark.parametrize("name", FEEDS)
def test_titles_of_a_feed_read_in_their_direction(name: str) -> None:
    """A reader that goes by the first strong letter shows every title rightly."""
    for language in Language:
        for each in feed(str(language), name=name).iter(f"{ATOM}title"):
            assert first_strong(each.text or "") == language.direction
            assert not re.search("[\u2066-\u2069]", each.text or "")
    titles = [each.text for each in feed("en", name=name).iter(f"{ATOM}title")]
    assert "Bells & whistles <of> the river" in titles


@pytest.mark.parametrize("name", FEEDS)
def test_every_feed_has_what_the_standard_asks_for(name: str) -> None:
    """RFC 4287: one id, title and updated each, an author, dates with a zone."""
    for options in (None, HERE):
        for language in Language:
            root = feed(str(language), options, name)
            for each in (root, *root.findall(f"{ATOM}entry")):
                for tag in ("id", "title", "updated"):
                    assert len(each.findall(ATOM + tag)) == 1
                assert re.fullmatch(
                    r"\d{4}-\d\d-\d\dT00:00:00Z", each.findtext(f"{ATOM}updated") or ""
                )
            assert root.findtext(f"{ATOM}author/{ATOM}name")
            ids = [each.text for each in root.iter(f"{ATOM}id")]
            assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", FEEDS)
def test_the_thirty_newest_changes_come_first(name: str) -> None:
    """A correction moves a briefing up; no feed grows without end."""
    root = feed("en", Options(extra=40), name)
    updated = [each.findtext(f"{ATOM}updated") or "" for each in root.findall(f"{ATOM}entry")]
    assert len(updated) == 30
    assert updated == sorted(updated, reverse=True)
    assert date.fromisoformat(updated[0][:10]) == date(2031, 3, 12)


@pytest.mark.parametrize("name", FEEDS)
def test_links_of_a_feed_are_absolute_or_absent(name: str) -> None:
    """With a base_url every link is absolute; without one only outside links are left."""
    for each in contents(feed("en", name=name)):
        for url in each.xpath(".//@href"):
            assert url.startswith(("https://", "#"))
    here = feed("en", HERE, name)
    assert not here.findall(f"{ATOM}link")
    assert (here.findtext(f"{ATOM}id") or "").startswith("tag:")
    for each in contents(here):
        assert all(url.startswith(("https://river.example", "#")) for url in each.xpath(".//@href"))
        assert "what the council said" in each.text_content() or "Ding" in each.text_content()


def test_the_feed_of_a_topic_is_that_of_its_page() -> None:
    """Each topic has a feed in each of its languages; it names the page, and the page names it."""
    made = outputs()
    for language, title in (
        ("en", "Timetable — Ferry News"),
        ("ar", "جدول العبّارات — أخبار العبّارات"),
    ):
        root = feed(language, name="topics/timetable.xml")
        address = f"{BASE}{language}/topics/timetable"
        links = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
        assert links == {"self": f"{address}.xml", "alternate": f"{address}.html"}
        assert root.findtext(f"{ATOM}id") == f"{address}.xml"
        assert root.findtext(f"{ATOM}title") == title
        page = pages()[f"{language}/topics/timetable.html"]
        feeds = page.xpath("//link[@type='application/atom+xml']")
        assert [each.get("href") for each in feeds][:2] == ["timetable.xml", "../feed.xml"]
        assert (feeds[0].get("hreflang"), feeds[0].get("rel")) == (language, "alternate")
        assert feeds[0].get("title") == title.partition(" — ")[0]
        (footer,) = page.xpath("//footer//a[@type='application/atom+xml']/@href")
        assert footer == "../feed.xml"
    assert {name for name in made if re.match(r"../topics/.*\.xml", name)} == {
        "ar/topics/timetable.xml",
        "en/topics/timetable.xml",
    }


def test_the_feed_of_a_topic_holds_its_briefings_alone() -> None:
    """What is on another topic, in the other language, or a draft, is not in it."""
    files = {
        f"content/briefings/{name}.en.md": FILES["content/briefings/winter.en.md"]
        .replace("The winter timetable", name)
        .replace("topics: [timetable]", f"topics: {topics}")
        .replace("date: 2031-03-09", f"date: 2031-03-{day}\n{key}")
        for name, topics, day, key in (
            ("bells", "[bells]", 10, ""),
            ("both", "[bells, timetable]", 11, ""),
            ("draft", "[timetable]", 12, "draft: true"),
            ("older", "[timetable]", "01", "lastmod: 2031-04-01"),
        )
    }
    files["content/topics/bells.en.md"] = "---\nlabel: Bells\nsummary: They ring.\n---\n"
    files["content/topics/quiet.en.md"] = "---\nlabel: Quiet\nsummary: Nothing.\n---\n"
    site, problems = resolved(files, drafts=True)
    assert {each.severity for each in problems} <= {Severity.NOTE}
    made = {each.route: content(each) for each in exports(site, make_locales())}
    found = {
        route: [e.findtext(f"{ATOM}title") for e in etree.fromstring(data).iter(f"{ATOM}entry")]
        for route, data in made.items()
        if re.match(r"en/topics/.*\.xml", route)
    }
    assert found == {
        "en/topics/timetable.xml": ["older", "both", "The winter timetable"],
        "en/topics/bells.xml": ["both", "bells"],
        "en/topics/quiet.xml": [],
    }
    assert "ar/topics/bells.xml" not in made


def test_marks_are_plain_and_sources_follow() -> None:
    """A feed has neither buttons nor notes: a number in brackets, and a list below."""
    entry = next(each for each in contents(feed("en")) if "tripled" in each.text_content())
    words = entry.text_content()
    assert "12 a day[1][2]" in words
    assert not entry.xpath(".//button | .//*[@popover]")
    assert KNOWN in words
    assert "no date stated" in words
    assert "Corrections" in words
    assert "Twelve crossings, not eleven." in words


def test_the_site_map_names_every_page_and_its_versions() -> None:
    """Every indexed page is there with reciprocal alternates; nothing else is."""
    root = etree.fromstring(outputs()["sitemap.xml"])
    found = {}
    for url in root.findall(f"{MAP}url"):
        loc = url.findtext(f"{MAP}loc") or ""
        found[loc] = {each.get("hreflang"): each.get("href") for each in url.iter(f"{XHTML}link")}
        assert loc in found[loc].values()
    canonical = {
        root.xpath("//link[@rel='canonical']/@href")[0]
        for route, root in pages().items()
        if route != "404.html" and "old-heron" not in route
    }
    assert set(found) == canonical
    for loc, links in found.items():
        for href in links.values():
            assert loc in found[str(href)].values()
    assert set(found[BASE]) == {"ar", "en", "x-default"}
    assert set(found[f"{BASE}ar/briefings/ice.html"]) == {"ar"}
    assert found[f"{BASE}en/briefings/heron.html"]["x-default"] == f"{BASE}ar/briefings/heron.html"


def test_the_site_map_takes_dates_from_the_content() -> None:
    """``lastmod`` is the newest date that the content states."""
    root = etree.fromstring(outputs()["sitemap.xml"])
    dates = {
        url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in root.iter(f"{MAP}url")
    }
    assert dates[f"{BASE}en/briefings/heron.html"] == "2031-03-12"
    assert dates[f"{BASE}en/about.html"] is None


def test_parts_of_a_long_list_are_in_the_site_map() -> None:
    """A page that exists only because a list is long is found too."""
    made = outputs(Options(extra=120))
    parts = [each for each in made if re.search(r"/\d+/index\.html$", each)]
    assert parts
    text = made["sitemap.xml"].decode()
    assert all(f"{BASE}{each.removesuffix('index.html')}<" in text for each in parts)


def test_without_a_base_url_there_is_no_site_map() -> None:
    """A site map needs addresses; robots.txt then names none."""
    assert "sitemap.xml" not in outputs(HERE)
    assert b"Sitemap" not in outputs(HERE)["robots.txt"]
    assert f"Sitemap: {BASE}sitemap.xml" in outputs()["robots.txt"].decode()


def test_the_small_files_are_there() -> None:
    """GitHub Pages is told to serve the folder as it is."""
    assert outputs()[".nojekyll"] == b""
    assert b"--accent" in outputs()["static/css/theme.css"]
