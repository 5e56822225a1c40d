"""No page scrolls sideways, on a telephone or on a desk, from either edge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Opened
from tests.browser.pages import fullest, list_pages

WIDTHS = (320, 375, 768, 1280)  # CSS pixels

MEASURE = """() => {
  const root = document.scrollingElement;
  const reached = [-99999, 99999].map(left => {
    scrollTo({left, behavior: 'instant'});
    return scrollX;
  });
  scrollTo({left: 0, behavior: 'instant'});
  const hidden = [document.documentElement, document.body]
    .filter(each => ['hidden', 'clip'].includes(getComputedStyle(each).overflowX)).length;
  const outside = [...document.body.querySelectorAll('*')].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && (box.left < -1 || box.right > root.clientWidth + 1);
  }).map(each => `${each.tagName.toLowerCase()}.${each.className}`);
  return {wide: root.scrollWidth > root.clientWidth, reached, hidden, outside};
}"""


def describe(found: dict[str, Any]) -> str:
    """Return what is wrong with the width of a page, or nothing."""
    wrong = found["wide"] or any(found["reached"]) or found["hidden"]
    return f"scrolls to {found['reached']}, see {found['outside'][:5]}" if wrong else ""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(site_dir: Path, opened: Opened, width: int) -> None:
    """A page is as wide as its window, cannot be scrolled past an edge, and hides no overflow."""
    faults = []
    with opened(width=width) as page:
        for each in list_pages(site_dir):
            page.goto((site_dir / each.path).as_uri())
            if fault := describe(page.evaluate(MEASURE)):
                faults.append(f"{each.path}: {fault}")
    assert not faults, "\n".join(faults)


SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""The spacing that a reader may choose without losing anything (WCAG 1.4.12)."""


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_breaks_under_wide_spacing(site_dir: Path, opened: Opened, width: int) -> None:
    """With the spacing of WCAG 1.4.12, also at 320 pixels (400 % zoom), nothing is cut or lost."""
    faults = []
    with opened(width=width) as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            page.evaluate(SPACED)
            if fault := describe(page.evaluate(MEASURE)):
                faults.append(f"{each.path}: {fault}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "fault",
    [
        '<html dir="ltr"><div style="inline-size: 2000px">x</div>',
        '<html dir="rtl"><div style="inline-size: 2000px">x</div>',
        '<html dir="rtl"><a style="position: absolute; left: -9999px">x</a>',
        '<html dir="rtl" style="overflow-x: clip"><div style="inline-size: 2000px">x</div>',
    ],
)
def test_a_wide_page_is_seen(opened: Opened, fault: str) -> None:
    """A wide box, a skip link parked off the edge and a hidden overflow are seen."""
    with opened(width=320) as page:
        page.set_content(f"<!DOCTYPE html>{fault}")
        assert describe(page.evaluate(MEASURE))
