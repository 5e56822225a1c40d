"""The rendered pages: languages, directions, and texts in places without mark-up."""

from __future__ import annotations

import re
import unicodedata

import pytest

from tests.pages import Element, direction, language, page, pages
from tests.site_factory import KNOWN, Options

ARABIC = re.compile(r"[\u0621-\u064a]")
LATIN = re.compile(r"[A-Za-z]")
ARROWS = re.compile("[\u2190-\u21ff\u2794-\u27bf\u2b05-\u2b0d]")
CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c]")
BLOCKS = "p|li|td|th|h1|h2|h3|h4|h5|h6|dd|dt|figcaption|caption"
ALL = sorted(pages())


def own_text(element: Element) -> str:
    """Return the text of a block without notes, codes and parts that state their own language."""
    parts = [element.text or ""]
    for child in element:
        skipped = (
            child.get("lang") is not None
            or child.get("popover") is not None
            or child.get("class") == "url"
            or (
                child.tag in {"code", "pre", "bdi"}
                and child.get("dir") == "ltr"
                and "lang" not in child.attrib
                and direction(element) == "rtl"
            )
            or re.fullmatch(BLOCKS + "|ul|ol", str(child.tag))
        )
        if not skipped:
            parts.append(own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


# --- language and direction ---


@pytest.mark.parametrize("route", ALL)
def test_every_page_says_its_language_and_direction(route: str) -> None:
    """The root has ``lang`` and the ``dir`` that belongs to it, and no element leaves it open."""
    root = pages()[route]
    expected = "en" if route.startswith("en/") else "ar"
    assert root.get("lang") == expected
    assert root.get("dir") == {"ar": "rtl", "en": "ltr"}[expected]
    assert not root.xpath("//*[@dir='auto']")
    for each in root.xpath("//*[@lang]"):
        assert (
            each.get("lang") == ""
            or each.get("dir") == {"ar": "rtl", "en": "ltr"}[each.get("lang")]
        )


@pytest.mark.parametrize("route", ALL)
def test_a_block_in_the_other_script_says_so(route: str) -> None:
    """No block has most of its letters in the script of a language other than its own."""
    for block in pages()[route].iter("p", "li", "td", "th", "h1", "h2", "h3", "dd", "dt"):
        text = own_text(block)
        arabic, latin = len(ARABIC.findall(text)), len(LATIN.findall(text))
        if arabic + latin < 4:
            continue
        share = (latin if language(block) == "ar" else arabic) / (arabic + latin)
        assert share < 0.6 or language(block) == "", (route, text)


@pytest.mark.parametrize("route", ALL)
def test_items_and_cells_have_the_direction_of_their_list(route: str) -> None:
    """``li``, ``td`` and ``th`` carry no ``dir``; neither do headings: an inner element does."""
    for each in pages()[route].iter("li", "td", "th", "h1", "h2", "h3", "h4"):
        assert each.get("dir") is None
    for each in pages()[route].iter("bdi"):
        assert (
            each.get("dir")
            or not each.text_content().strip()
            or each.getparent().tag
            in {
                "a",
                "span",
                "dd",
                "li",
            }
        )


@pytest.mark.parametrize("route", ALL)
def test_left_to_right_never_wraps_arabic(route: str) -> None:
    """An element that turns Arabic text to the left must be in a left-to-right language."""
    for each in pages()[route].xpath("//*[@dir='ltr']"):
        if language(each) == "ar":
            inner = "".join(each.xpath(".//text()[not(ancestor::*[@dir='rtl'])]"))
            assert not ARABIC.search(inner) or each.tag == "html", (route, inner)


@pytest.mark.parametrize("route", ALL)
def test_no_text_arrow_points_the_wrong_way(route: str) -> None:
    """Arrows do not mirror, so none stands in a page outside code."""
    words = "".join(pages()[route].xpath("//body//text()[not(ancestor::code)]"))
    assert not ARROWS.search(words)


@pytest.mark.parametrize("route", ALL)
def test_quotes_and_emphasis_left_nothing_behind(route: str) -> None:
    """No Markdown mark is left in the text, and dates are isolated and never digits alone."""
    words = "".join(pages()[route].xpath("//body//text()[not(ancestor::code or ancestor::script)]"))
    assert "**" not in words
    for each in pages()[route].iter("time"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", each.get("datetime", ""))
        assert each.find("bdi") is not None
        assert any(letter.isalpha() for letter in each.text_content())


# --- titles and other places without mark-up ---


@pytest.mark.parametrize("route", ALL)
def test_plain_texts_have_no_mark_up(route: str) -> None:
    """Titles and attributes hold no tags and no controls but one leading mark."""
    root = pages()[route]
    plain = [root.findtext(".//title") or "", *root.xpath("//meta/@content")]
    plain += root.xpath("//@aria-label") + root.xpath("//@title") + root.xpath("//@alt")
    for each in plain:
        assert not re.search(r"<(?!of>)[a-z/]", each), each
        assert not CONTROLS.search(each[1:])
        assert each[:1] not in {"\u2066", "\u2067", "\u2068"}


def test_a_title_that_begins_in_the_other_script_gets_one_mark() -> None:
    """A reader that goes by the first strong letter shows an Arabic title from the right."""
    title = page("ar/briefings/heron.html").findtext(".//title") or ""
    assert title.startswith("\u200fHeron")
    assert title.count("\u200f") == 1


@pytest.mark.parametrize("route", ALL)
def test_names_for_machines_are_clean(route: str) -> None:
    """Ids are unique, normalised and without blanks, marks or controls."""
    ids = pages()[route].xpath("//@id")
    assert len(ids) == len(set(ids))
    for each in ids:
        assert unicodedata.is_normalized("NFC", each)
        assert not re.search(r"\s", each)
        assert not CONTROLS.search(each)
        assert not any(unicodedata.category(c) == "Mn" for c in each)


def test_the_interface_counts_in_the_digits_of_the_site() -> None:
    """Marks, references, dates, counts and years are in Arabic-Indic digits where a site asks."""
    arabic = pages(Options(digits="arab", extra=0))
    for route in ("ar/briefings/heron.html", "ar/sources/index.html", f"ar/sources/{KNOWN}.html"):
        root = arabic[route]
        parts = root.xpath(
            "//time | //sup | //*[@class='ref-number'] | //*[@class='ways'] | //h2[@id]"
            " | //header//*[@class='facts'] | //*[@class='rests']//bdi[@dir='rtl']"
        )
        assert parts
        words = " ".join(each.text_content() for each in parts)
        assert not re.search("[0-9]", words), words
        assert re.search("[٠-٩]", words)
