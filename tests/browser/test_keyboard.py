"""The keyboard: the skip link first, the masthead in reading order, a focus that can be seen."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.browser.conftest import Opened
from tests.browser.pages import SitePage, fullest

FOCUS_CONTRAST = 3  # WCAG 2.2, 1.4.11: between the focused and the unfocused look
TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8

FOCUSED = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  return {
    skip: element.matches('.skip-link'), header: !!element.closest('body > header'),
    page: element === document.body, nav: [...document.querySelectorAll('nav')].indexOf(
      element.closest('nav')), words: element.innerText,
    x: box.x, y: box.y, width: box.width, height: box.height,
  };
}"""

# A target is as large as its box, or as the area that answers for it: a mark may reach beyond its
# box. Chromium rounds the points it is asked for, hence the pixel and a half.
SMALL = """size => [...document.querySelectorAll('button, summary, input, select, nav a')]
  .filter(element => element.checkVisibility({visibilityProperty: true}))
  .filter(element => {
    element.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = element.getBoundingClientRect(), half = size / 2 - 1.5;
    if (Math.min(box.width, box.height) >= size - 0.1) return false;
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const hit = (dx, dy) => {
      const top = document.elementFromPoint(x + dx, y + dy);
      return top && (element.contains(top) || top.closest('label')?.control === element);
    };
    return !(hit(0, 0) && hit(-half, 0) && hit(half, 0) && hit(0, -half) && hit(0, half));
  }).map(element => `${element.outerHTML.slice(0, 80)}: ${
    ['width', 'height'].map(side => element.getBoundingClientRect()[side].toFixed(1))}`)"""


def in_header(site: Path) -> list[SitePage]:
    """Return the pages of each type that have a language, and so a masthead."""
    return [page for page in fullest(site) if page.language]


def walk_header(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the top through the masthead; return what had the focus."""
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(FOCUSED)
        if not (stop["skip"] or stop["header"]):
            break
        stops.append(stop)
    return stops


def luminance(colour: tuple[int, ...]) -> float:
    """Return the relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [value / 255 for value in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast ratio of two sRGB colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def picture(page: Page, box: dict[str, Any]) -> Image.Image:
    """Return what is seen of a box and four pixels around it."""
    clip = {
        "x": max(box["x"] - 4, 0),
        "y": max(box["y"] - 4, 0),
        "width": box["width"] + 8,
        "height": box["height"] + 8,
    }
    shot = page.screenshot(clip=clip, caret="hide")  # type: ignore[arg-type]
    return Image.open(io.BytesIO(shot)).convert("RGB")


def changed(before: Image.Image, after: Image.Image) -> int:
    """Return how many pixels differ by the contrast that a focus needs."""
    if not ImageChops.difference(before, after).getbbox():
        return 0
    pairs = zip(colours(before), colours(after), strict=True)
    return sum(one != other and contrast(one, other) >= FOCUS_CONTRAST for one, other in pairs)


def colours(image: Image.Image) -> list[tuple[int, ...]]:
    """Return the pixels of an RGB image, row by row."""
    data = image.tobytes()
    return [tuple(data[at : at + 3]) for at in range(0, len(data), 3)]


def test_the_skip_link_comes_first(site_dir: Path, opened: Opened) -> None:
    """The first Tab shows the skip link inside the window; Enter takes the focus to the text."""
    with opened() as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUSED)
            assert stop["skip"], each.path
            assert stop["words"].strip(), each.path
            assert stop["x"] >= 0, each.path
            assert stop["y"] >= 0, each.path
            assert stop["x"] + stop["width"] <= 1280, each.path
            assert min(stop["width"], stop["height"]) >= TARGET, each.path
            target = page.locator(".skip-link").get_attribute("href") or ""
            page.keyboard.press("Enter")
            assert page.evaluate("() => '#' + document.activeElement.id") == target, each.path
            page.keyboard.press("Tab")
            assert not page.evaluate(FOCUSED)["header"], each.path


def test_the_masthead_is_walked_in_reading_order(site_dir: Path, opened: Opened) -> None:
    """On a line of a navigation Tab moves on: to the left in Arabic, to the right in English."""
    faults = []
    with opened() as page:
        for each in in_header(site_dir):
            page.goto((site_dir / each.path).as_uri())
            stops = walk_header(page)[1:]
            assert len(stops) > 2, each.path
            sign = -1 if each.language == "ar" else 1
            for one, other in pairwise(stops):
                same_line = abs(one["y"] - other["y"]) < min(one["height"], other["height"]) / 2
                if one["nav"] != other["nav"]:
                    continue
                if same_line and sign * (other["x"] - one["x"]) <= 0:
                    faults.append(f"{each.path}: {one['words']} → {other['words']} goes back")
                if not same_line and other["y"] < one["y"]:
                    faults.append(f"{each.path}: {one['words']} → {other['words']} goes up")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_focus_is_seen(site_dir: Path, opened: Opened, *, dark: bool) -> None:
    """What has the focus in the masthead differs from itself without it, 3:1, along its outline."""
    faults = []
    with opened(dark=dark) as page:
        for each in in_header(site_dir):
            if each.kind not in {"home", "briefing"}:
                continue
            page.goto((site_dir / each.path).as_uri())
            stops = walk_header(page)[1:]
            page.evaluate("() => document.activeElement.blur()")
            before = [picture(page, stop) for stop in stops]
            page.goto((site_dir / each.path).as_uri())
            page.keyboard.press("Tab")
            for stop, plain in zip(stops, before, strict=True):
                page.keyboard.press("Tab")
                seen = changed(plain, picture(page, stop))
                if seen < stop["width"] + stop["height"]:
                    faults.append(f"{each.path}: {stop['words']}: {seen} pixels show the focus")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_enough(site_dir: Path, opened: Opened, width: int) -> None:
    """Buttons, fields and the links of navigations answer in an area of 24 by 24 pixels."""
    faults = []
    with opened(width=width) as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            faults += [f"{each.path}: {small}" for small in page.evaluate(SMALL, TARGET)]
    assert not faults, "\n".join(faults)


def test_a_bad_masthead_is_seen(tmp_path: Path, opened: Opened) -> None:
    """A focus without a look, links in the wrong order and a small target are seen."""
    file = tmp_path / "page.html"
    file.write_text(
        '<!DOCTYPE html><html lang="ar" dir="rtl"><title>x</title><style>'
        "* { font-size: 10px } :focus { outline: none }"
        "nav { display: flex; flex-direction: row-reverse; gap: 9px }</style><header><nav>"
        '<a href="#a">1</a><a href="#b">2</a></nav></header><button>x</button>',
        "utf-8",
    )
    with opened() as page:
        page.goto(file.as_uri())
        plain = picture(page, {"x": 0, "y": 0, "width": 1270, "height": 100})
        one, other = walk_header(page)
        assert other["x"] > one["x"]
        page.goto(file.as_uri())
        page.keyboard.press("Tab")
        assert not changed(plain, picture(page, {"x": 0, "y": 0, "width": 1270, "height": 100}))
        assert len(page.evaluate(SMALL, TARGET)) == 3
