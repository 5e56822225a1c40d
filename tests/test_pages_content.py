"""The rendered pages: citations, structure, and what a briefing promises its reader."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.pages import page, pages, texts
from tests.site_factory import BOUNDED, KNOWN, UNCITED, UNTITLED, Options

BASE = "https://ferries.example/news/"
ALL = sorted(pages())
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)


# --- citations ---


@pytest.mark.parametrize("route", ["ar/briefings/heron.html", "en/briefings/heron.html"])
def test_every_mark_opens_its_note_and_has_a_way_back(route: str) -> None:
    """Marks are buttons in brackets, isolated; notes hold phrasing content; both lead on."""
    root = page(route)
    buttons = root.xpath("//sup[@class='cite']/button")
    assert len(buttons) == 5
    for number, button in enumerate(buttons, 1):
        assert button.get("id") == f"cite-{number}"
        assert button.get("type") == "button"
        assert re.fullmatch(r"\[\d\]", button.text_content())
        assert button.find("bdi").get("dir") == "ltr"
        assert button.text_content() in button.get("aria-label")
        note = root.get_element_by_id(button.get("popovertarget"))
        assert note.tag == "span"
        assert {each.tag for each in note.iter()} <= {
            "span",
            "bdi",
            "a",
            "q",
            "cite",
            "time",
            "code",
        }
        assert root.xpath(f"//section[@class='references']//a[@href='#cite-{number}']")
        assert note.xpath(".//a[starts-with(@href, '#ref-')]")
    assert len(root.xpath("//section[@class='references']/ol/li")) == 3


def test_a_mark_never_touches_a_digit_as_a_digit() -> None:
    """A year before a mark and the mark's number cannot be read as one number."""
    for root in pages().values():
        for sup in root.xpath("//sup"):
            assert not sup.text_content().strip()[:1].isdigit()
            assert sup.xpath(".//bdi")


def test_a_quotation_keeps_its_language_and_our_translation_is_called_ours() -> None:
    """The quoted words stand in their own language; the translation is marked as ours."""
    note = page("en/briefings/heron.html").get_element_by_id("note-2")
    quote = note.xpath(".//q[@class='quote']")[0]
    assert (quote.get("lang"), quote.get("dir")) == ("ar", "rtl")
    assert quote.text == "ثلاثة أضعاف!"
    assert "Our translation" in note.text_content()


def test_what_is_unknown_is_said_to_be_unknown() -> None:
    """A record without publisher, origin, date and title says so, and guesses nothing."""
    words = texts(f"en/sources/{UNTITLED}.html")
    assert "Council notice on the ferries" in words
    assert words.count("not stated") >= 3
    assert "no date stated" in words
    assert "between November and December 2030" in texts(f"en/sources/{BOUNDED}.html")


def test_a_source_shows_every_sentence_that_cites_it() -> None:
    """Each sentence links to its mark, in the language it was written in."""
    root = page(f"ar/sources/{KNOWN}.html")
    links = root.xpath("//ul[@class='statements']//a/@href")
    assert "../briefings/heron.html#cite-1" in links
    assert "../../en/briefings/heron.html#cite-1" in links
    assert len(links) == 10
    assert root.xpath("//section[@lang='en'][@dir='ltr']/ul[@class='statements']")


def test_the_index_of_sources_names_every_article_once() -> None:
    """Dated articles stand by year, the others under their own heading; uncited ones are named."""
    root = page("en/sources/index.html")
    for each in (KNOWN, UNTITLED, BOUNDED, UNCITED):
        assert len(root.xpath(f"//ul[@class='sources']//a[@href='{each}.html']")) == 1
    assert [each.text for each in root.iter("h2")][:3] == ["2031", "2030", "No date stated"]
    never = root.xpath("//section[@aria-labelledby='never']//a/@href")
    assert never == [f"{UNCITED}.html"]


# --- structure ---


@pytest.mark.parametrize("route", ALL)
def test_headings_stand_in_order(route: str) -> None:
    """A page has a first heading, and no level is left out below it."""
    levels = [int(each.tag[1]) for each in pages()[route].iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1, levels


@pytest.mark.parametrize("route", [each for each in ALL if "old-heron" not in each])
def test_landmarks_and_the_skip_link(route: str) -> None:
    """The skip link comes first and leads to the one main part; every nav has a name."""
    root = pages()[route]
    first = root.xpath("//body/*")[0]
    assert (first.get("class"), first.get("href")) == ("skip-link", "#main")
    assert len(root.xpath("//main[@id='main'][@tabindex='-1']")) == 1
    assert len(root.xpath("//body/footer")) == 1
    for nav in root.iter("nav"):
        assert nav.get("aria-label") or nav.get("aria-labelledby")


@pytest.mark.parametrize("route", ALL)
def test_nothing_runs_and_nothing_is_fetched(route: str) -> None:
    """The policy stands right after the encoding; one script; nothing inline, no handler."""
    root = pages()[route]
    head = root.xpath("//head/*")
    assert head[0].get("charset") == "utf-8"
    assert head[1].get("http-equiv") == "Content-Security-Policy"
    assert head[1].get("content") == POLICY
    assert len(root.xpath("//meta[@http-equiv='Content-Security-Policy']")) == 1
    assert head[2].get("name") == "referrer"
    assert head[2].get("content") == "no-referrer"
    scripts = root.xpath("//script[not(@type='application/ld+json')]")
    assert all(each.get("src").endswith("static/js/site.js") for each in scripts)
    assert all((each.text, *each.keys()) == (None, "src") for each in scripts)
    assert not root.xpath("//style | //@style")
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]
    assert not root.xpath("//link[@rel='stylesheet'][@integrity or @crossorigin]")


# --- a briefing ---


def test_a_briefing_shows_what_it_promises() -> None:
    """Evidence line, contents, corrections, citation of the page and related ones are there."""
    words = texts("en/briefings/heron.html")
    for each in (
        "3 articles from 2 origins (1 with no origin stated)",
        "1 without a stated date",
        "Contents",
        "Twelve crossings, not eleven.",
        "“The Heron sails twelve times a day”, Ferry News, 9 March 2031.",
        f"{BASE}en/briefings/heron.html",
        "Related briefings",
    ):
        assert each in words
    assert "Contents" not in texts("en/briefings/bells.html")
    assert "3 مقالات نقلًا عن جهتين (مقال واحد بلا جهة مذكورة)" in texts("ar/briefings/heron.html")


def test_a_long_list_is_split_by_year() -> None:
    """Beyond a hundred briefings the index has the newest year and leads to the others."""
    many = Options(extra=120)
    index = page("en/briefings/index.html", many)
    links = index.xpath("//nav[@class='parts']//a/@href")
    assert links[0] == "index.html"
    assert len(links) > 1
    assert all(re.fullmatch(r"\d{4}/index\.html", each) for each in links[1:])
    assert all(f"en/briefings/{each}" in pages(many) for each in links)
    listed = [
        url
        for each in links
        for url in pages(many)[f"en/briefings/{each}"].xpath("//h2[@class='entry-title']/a/@href")
    ]
    assert len(listed) == len(set(listed)) == 122
