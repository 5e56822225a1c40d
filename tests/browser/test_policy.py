"""What the policy of every page allows, and what it stops, from disk and from a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opened, Served
from tests.browser.pages import fullest
from tests.browser.test_pages import SETTLED, visit, watch

VIOLATIONS = """
window.violations = [];
document.addEventListener('securitypolicyviolation', each =>
    window.violations.push(each.effectiveDirective + ' ' + each.blockedURI));
"""
LOOKS = """() => ({
    fonts: [...document.fonts].filter(each => each.status === 'loaded').length,
    rules: [...document.styleSheets].reduce((sum, each) => sum + (each.href ? 1 : 0), 0),
    family: getComputedStyle(document.body).fontFamily,
    lost: [...document.images].filter(each => each.complete && !each.naturalWidth).length,
    violations: window.violations,
})"""
INTRUDERS = """
<p id="canary">Before</p>
<script>document.getElementById('canary').textContent = 'ran'</script>
<img src="gone.png" alt="" onerror="document.getElementById('canary').textContent = 'ran'">
<p style="color: red" id="red">Red</p>
<style>#canary { display: none }</style>
<iframe src="https://elsewhere.example/frame.html"></iframe>
<img src="https://elsewhere.example/a.png" alt="">
<base href="https://elsewhere.example/">
<object data="data:text/html,object"></object>
<form action="https://elsewhere.example/"><button id="send">Send</button></form>
"""
"""What a page would hold if a text had broken out of its place."""

STOPPED = {
    "script-src-elem",
    "script-src-attr",
    "style-src-elem",
    "style-src-attr",
    "frame-src",
    "img-src",
    "base-uri",
    "object-src",
}
"""The parts of the policy that stop them."""


def look(page: Page, url: str, faults: list[str]) -> None:
    """Open a page and note what its policy kept from it."""
    visit(page, url, 200, faults)
    found = page.evaluate(LOOKS)
    if found["violations"] or found["lost"] or not found["rules"] or not found["fonts"]:
        faults.append(f"{url}: {found}")
    mark = page.locator("main button[popovertarget]")
    if mark.count():
        mark.first.click()
        note = page.locator(f"[id='{mark.first.get_attribute('popovertarget')}']")
        if not note.is_visible():
            faults.append(f"{url}: the note does not open")


@pytest.mark.parametrize("where", ["disk", "server"])
def test_the_policy_lets_a_page_be_what_it_is(
    where: str, site_dir: Path, served: Served, opened: Opened
) -> None:
    """Style sheets, fonts, pictures and notes work, and nothing that a page needs is stopped."""
    folder = site_dir if where == "disk" else served.folder
    origin = site_dir.as_uri() + "/" if where == "disk" else served.base_url
    with opened() as page:
        faults = watch(page, origin)
        page.add_init_script(VIOLATIONS)
        for each in fullest(folder):
            look(page, origin + each.path, faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("where", ["disk", "server"])
def test_the_policy_stops_what_has_broken_in(
    where: str, site_dir: Path, served: Served, opened: Opened
) -> None:
    """Mark-up that should never be there neither runs, nor fetches, nor restyles, nor sends."""
    folder = site_dir if where == "disk" else served.folder
    origin = site_dir.as_uri() + "/" if where == "disk" else served.base_url
    whole = (folder / "en" / "index.html").read_text("utf-8")
    broken = folder / "en" / "broken-in.html"
    broken.write_text(whole.replace("</main>", f"{INTRUDERS}</main>", 1), "utf-8")
    asked: list[str] = []
    refused: dict[str, str | None] = {}
    try:
        with opened() as page:
            page.on("request", lambda sent: asked.append(sent.url))
            page.on("requestfailed", lambda lost: refused.update({lost.url: lost.failure}))
            page.add_init_script(VIOLATIONS)
            page.goto(origin + "en/broken-in.html")
            page.evaluate(SETTLED)
            assert page.locator("#canary").inner_text() == "Before"
            assert page.evaluate("document.baseURI") == page.url
            colour = page.evaluate("getComputedStyle(document.getElementById('red')).color")
            assert colour != "rgb(255, 0, 0)"
            found = {each.split()[0] for each in page.evaluate("window.violations")}
            assert found == STOPPED
            page.evaluate("document.getElementById('send').click()")
            page.evaluate(SETTLED)
            assert page.url.startswith(origin)
            assert page.evaluate("window.violations").pop().startswith("form-action")
            markup = "document.body.innerHTML = '<b>x</b>'"
            assert page.evaluate(
                f"() => {{ try {{ {markup} }} catch (e) {{ return e.name }} }}"
            ) == ("TypeError")
    finally:
        broken.unlink()
    elsewhere = {each for each in asked if not each.startswith(origin)}
    assert {refused.get(each) for each in elsewhere} <= {"csp"}
