"""Without JavaScript and without a network everything can be read and reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opened
from tests.browser.pages import LANGUAGES, fullest, list_pages, parse, resolve

MARKS = "main button[popovertarget]"
MOST_CLICKS = 4  # from the gateway to any type of page


def note_of(page: Page, mark: Locator) -> Locator:
    """Return the note that a citation mark opens."""
    return page.locator(f"[id='{mark.get_attribute('popovertarget')}']")


def routes(site: Path) -> dict[str, list[str]]:
    """Return the shortest way to every page: the links to follow from the gateway, in their words.

    Links inside closed notes do not count.
    """
    ways: dict[str, list[str]] = {"index.html": []}
    queue = ["index.html"]
    for path in queue:
        for link in parse(site / path).xpath("//body//a[not(ancestor::*[@popover])]/@href"):
            target = resolve(path, str(link))
            if target and target[0].endswith(".html") and target[0] not in ways and not target[1]:
                ways[target[0]] = [*ways[path], str(link)]
                queue.append(target[0])
    return ways


def test_every_page_can_be_read(site_dir: Path, opened: Opened) -> None:
    """A page shows its title and its text with scripts switched off and no network."""
    faults = []
    with opened(javascript=False) as page:
        for each in list_pages(site_dir):
            page.goto((site_dir / each.path).as_uri())
            if not page.title().strip() or not page.locator("h1:visible").count():
                faults.append(f"{each.path}: no title")
            if not "".join(page.locator("main:visible").all_inner_texts()).strip():
                faults.append(f"{each.path}: no text")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_opens_at_its_mark(site_dir: Path, opened: Opened, language: str) -> None:
    """A citation's note opens by click, by Enter and by Space, one at a time; Escape closes it."""
    briefing = next(p for p in fullest(site_dir) if (p.kind, p.language) == ("briefing", language))
    with opened(javascript=False) as page:
        page.goto((site_dir / briefing.path).as_uri())
        marks = page.locator(MARKS)
        assert marks.count() > 1
        first, second = marks.nth(0), marks.nth(1)
        expect(note_of(page, first)).to_be_hidden()
        first.click()
        expect(note_of(page, first)).to_be_visible()
        expect(note_of(page, first).locator("a[href]").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(note_of(page, first)).to_be_hidden()
        for key in ("Enter", "Space"):
            second.focus()
            page.keyboard.press(key)
            expect(note_of(page, second)).to_be_visible()
            page.keyboard.press("Escape")
            expect(note_of(page, second)).to_be_hidden()
            expect(second).to_be_focused()


def test_every_mark_has_its_note(site_dir: Path, opened: Opened) -> None:
    """Each mark opens a note that can be seen, inside the window, with a link in it.

    And each note has its mark.
    """
    faults = []
    with opened(width=375, javascript=False) as page:
        for each in fullest(site_dir):
            document = parse(site_dir / each.path)
            notes = set(document.xpath("//main//*[@popover]/@id"))
            unused = notes - set(document.xpath("//@popovertarget"))
            faults += [f"{each.path}: {note} has no mark" for note in sorted(map(str, unused))]
            page.goto((site_dir / each.path).as_uri())
            for mark in page.locator(MARKS).all():
                if mark.get_attribute("popovertarget") not in notes:
                    faults.append(f"{each.path}: {mark.inner_text()} has no note")
                    continue
                mark.focus()
                page.keyboard.press("Enter")
                box = note_of(page, mark).bounding_box()
                if not box or not note_of(page, mark).locator("a[href]").count():
                    faults.append(f"{each.path}: {mark.inner_text()}: no note")
                elif box["x"] < 0 or box["x"] + box["width"] > 375:
                    faults.append(f"{each.path}: {mark.inner_text()}: note lies at {box}")
                page.keyboard.press("Escape")
    assert not faults, "\n".join(faults)


def test_every_type_of_page_is_reached_by_clicking(site_dir: Path, opened: Opened) -> None:
    """From the gateway a few clicks on visible links lead to each type of page, but for the 404."""
    ways = routes(site_dir)
    with opened(javascript=False) as page:
        for each in fullest(site_dir):
            if each.kind in {"gateway", "404"}:
                continue
            assert each.path in ways, f"{each.path} cannot be reached"
            assert len(ways[each.path]) <= MOST_CLICKS, (each.path, ways[each.path])
            page.goto((site_dir / "index.html").as_uri())
            for link in ways[each.path]:
                page.locator(f'a[href="{link}"]:visible').first.click()
                page.wait_for_load_state()
            assert page.url == (site_dir / each.path).as_uri()


def test_no_page_is_an_orphan(site_dir: Path) -> None:
    """Every page but 404.html can be reached from the gateway by links."""
    lost = {page.path for page in list_pages(site_dir)} - {"404.html"} - routes(site_dir).keys()
    assert not lost
