"""Comfort by JavaScript: colours, copying, filtering, and the same place in the other language."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opened, Served
from tests.browser.pages import fullest

INDEXES = ("ar/sources/index.html", "en/sources/index.html")
SHOWN = """() => [...document.querySelectorAll('.catalogue .sources > li')]
  .filter(row => row.offsetParent).map(row => row.querySelector('a').getAttribute('href'))"""
PAPER = """() => [document.body, document.querySelector('main a')].map(each =>
  [getComputedStyle(each).backgroundColor, getComputedStyle(each).color])"""
AT_TOP = """() => [...document.querySelectorAll('.text :is(h2, h3)')]
  .findIndex(each => Math.abs(each.getBoundingClientRect().top) < 5)"""


def briefing(site: Path, language: str) -> Path:
    """Return the briefing with the longest page in a language."""
    kinds = {(each.kind, each.language): each.path for each in fullest(site)}
    return site / kinds["briefing", language]


@pytest.mark.parametrize("dark", [False, True])
def test_chosen_colours_stay(served: Served, opened: Opened, *, dark: bool) -> None:
    """Colours chosen are those of the other scheme; the next page has them, paper is white."""
    with opened(dark=dark) as page:
        page.goto(f"{served.base_url}ar/index.html")
        before = page.evaluate(PAPER)
        page.emulate_media(color_scheme="light" if dark else "dark")
        other = page.evaluate(PAPER)
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.get_by_label("الألوان").select_option("light" if dark else "dark")
        chosen = page.evaluate(PAPER)
        page.goto(f"{served.base_url}en/index.html")
        assert page.evaluate(PAPER) == chosen == other != before
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
        page.emulate_media(media="screen")
        page.get_by_label("Colours").select_option("")
        assert page.evaluate(PAPER) == before


@pytest.mark.parametrize("route", INDEXES)
def test_sources_are_filtered_and_sorted(site_dir: Path, opened: Opened, route: str) -> None:
    """Words, topics and origins narrow the list; an order lines it up; nothing is lost by it."""
    with opened() as page:
        page.goto((site_dir / route).as_uri())
        form = page.locator("form.filter")
        every = page.evaluate(SHOWN)
        for name in ("topics", "origins"):
            choice = form.locator(f"select[name={name}]")
            values = choice.locator("option").evaluate_all("all => all.map(each => each.value)")
            numbers = []
            for value in values[1:]:
                choice.select_option(value)
                numbers.append(len(page.evaluate(SHOWN)))
                assert form.locator("output").inner_text() == f"{numbers[-1]} / {len(every)}"
                kept = page.locator(f".catalogue li[data-{name}~='{value}']")
                assert kept.count() == numbers[-1]
            assert 0 < min(numbers) < len(every)
            choice.select_option("")
        form.locator("select[name=order]").select_option("cited")
        cited = page.evaluate(SHOWN)
        assert sorted(cited) == sorted(every)
        numbers = page.locator(".catalogue .sources > li").evaluate_all(
            "rows => rows.map(row => Number(row.dataset.cited))"
        )
        assert numbers == sorted(numbers, reverse=True)
        form.locator("select[name=order]").select_option("")
        assert page.evaluate(SHOWN) == every
        form.locator("input").fill("no such words zzz")
        assert page.evaluate(SHOWN) == []
        assert form.locator("output").inner_text() == form.locator("output").get_attribute(
            "data-none"
        )


def test_words_are_found_without_marks_and_hamza(site_dir: Path, opened: Opened) -> None:
    """A reader need not write an Arabic title as it is spelt there."""
    with opened() as page:
        page.goto((site_dir / INDEXES[0]).as_uri())
        titles = page.locator(".catalogue .entry-title").all_inner_texts()
        title = next(each for each in titles if "أ" in each or "إ" in each)
        word = next(each for each in title.strip("[]").split() if "أ" in each or "إ" in each)
        page.locator("form.filter input").fill(word.replace("أ", "ا").replace("إ", "ا"))
        found = page.locator(".catalogue .sources > li:visible .entry-title").all_inner_texts()
        assert title in found


def test_a_citation_is_copied(served: Served, opened: Opened) -> None:
    """The button copies the line above it, and says so."""
    name = briefing(served.folder, "en").relative_to(served.folder).as_posix()
    with opened() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(served.base_url + name)
        page.get_by_role("button", name="Copy").click()
        page.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        shown = page.locator("#citation").inner_text()
        assert copied.split() == shown.split()


@pytest.mark.parametrize(("language", "other"), [("ar", "en"), ("en", "ar")])
def test_the_other_language_opens_at_the_same_place(
    site_dir: Path, opened: Opened, language: str, other: str
) -> None:
    """Who reads the third section and changes language is at the third section there."""
    with opened(height=500) as page:
        page.goto(briefing(site_dir, language).as_uri())
        page.locator(".text h2").nth(2).evaluate("each => each.scrollIntoView()")
        page.locator(".languages a").evaluate("each => each.click()")
        page.wait_for_url(f"**/{other}/briefings/**")
        page.wait_for_load_state()
        assert page.evaluate(AT_TOP) == 2
        assert "#" not in page.url


def test_without_javascript_no_control_is_dead(site_dir: Path, opened: Opened) -> None:
    """What only a script can do is not offered where there is none."""
    with opened(javascript=False) as page:
        for name in (*INDEXES, briefing(site_dir, "ar").relative_to(site_dir).as_posix()):
            page.goto((site_dir / name).as_uri())
            assert controls(page) == 0
    with opened() as page:
        page.goto((site_dir / INDEXES[0]).as_uri())
        assert controls(page) > 0


def controls(page: Page) -> int:
    """Return how many controls can be seen that are not citation marks."""
    return page.locator(
        "input:visible, select:visible, button:visible:not([popovertarget])"
    ).count()
