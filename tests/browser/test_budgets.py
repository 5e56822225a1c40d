"""Budgets: how much a page weighs, how still it stands, and that its text does not wait."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Opened, Served
from tests.browser.pages import LANGUAGES, SitePage, fullest, list_pages

KIB = 1024
HTML, CSS, JS, FONTS = 60 * KIB, 30 * KIB, 20 * KIB, 80 * KIB
SHIFT = 0.02  # cumulative layout shift of a typical briefing
ANY_SHIFT = 0.1  # of every other page: what the web calls good
WATCH = """
  window.shift = 0;
  new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shift += each.value;
  }).observe({type: 'layout-shift', buffered: true});
"""
SETTLED = """async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return window.shift;
}"""


PAINTED = """() => new Promise(done =>
  new PerformanceObserver(list => list.getEntries()
    .some(each => each.name === 'first-contentful-paint') && done())
  .observe({type: 'paint', buffered: true}))"""


def typical(site: Path, language: str) -> SitePage:
    """Return the briefing of median size in a language."""
    found = [each for each in list_pages(site) if each.kind == "briefing"]
    own = sorted((each for each in found if each.language == language), key=lambda each: each.size)
    return own[len(own) // 2]


def weigh(site: Path, pattern: str) -> int:
    """Return the bytes of all files of a pattern together."""
    return sum(each.stat().st_size for each in site.glob(pattern))


def test_a_page_is_light(site_dir: Path) -> None:
    """A typical briefing, the styles, the script and the fonts keep to their budgets."""
    briefings = [each.size for each in list_pages(site_dir) if each.kind == "briefing"]
    assert statistics.median(briefings) <= HTML
    assert 0 < weigh(site_dir, "static/css/*.css") <= CSS
    assert 0 < weigh(site_dir, "static/js/*.js") <= JS
    assert 0 < weigh(site_dir, "static/fonts/*.woff2") <= FONTS


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("from_disk", [True, False])
def test_a_page_stands_still(
    site_dir: Path, served: Served, opened: Opened, width: int, *, from_disk: bool
) -> None:
    """Next to nothing moves while a page loads, from disk and from a server."""
    start = f"{site_dir.as_uri()}/" if from_disk else served.base_url
    moved = {}
    with opened(width=width) as page:
        page.add_init_script(WATCH)
        briefings = [typical(site_dir, each) for each in LANGUAGES]
        for each in {*briefings, *fullest(site_dir)}:
            page.goto(start + each.path)
            shift = page.evaluate(SETTLED)
            if shift >= (SHIFT if each in briefings else ANY_SHIFT):
                moved[each.path] = shift
    assert moved == {}


def test_text_does_not_wait_for_fonts(served: Served, opened: Opened) -> None:
    """While the fonts are still on their way the text is already there."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    with opened() as page:
        page.route("**/*.woff2", hold)
        page.goto(f"{served.base_url}ar/index.html", wait_until="commit")
        page.evaluate(PAINTED)
        assert waiting
        assert page.locator("h1").is_visible()
        assert page.evaluate("document.fonts.status") == "loading"
        for each in waiting:
            each.continue_()
        page.evaluate("document.fonts.ready.then(() => 0)")
        assert page.evaluate("document.fonts.status") == "loaded"


def test_what_moves_would_be_seen(tmp_path: Path, opened: Opened) -> None:
    """A box that pushes the text down after it was painted is measured."""
    file = tmp_path / "moves.html"
    file.write_text(
        "<!DOCTYPE html><div id=box></div><p>text</p>"
        "<script>setTimeout(() => {box.style.height = '400px'}, 300)</script>",
        "utf-8",
    )
    with opened() as page:
        page.add_init_script(WATCH)
        page.goto(file.as_uri())
        page.wait_for_timeout(600)
        assert page.evaluate(SETTLED) > 0
