"""Every page opens without a complaint, from disk and from a server, and asks nobody else."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.browser.conftest import Opened, Served
from tests.browser.pages import LANGUAGES, PAGE_TYPES, SHARED_TYPES, list_pages

SETTLED = """() => document.fonts.ready.then(
    () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"""


def watch(page: Page, origin: str) -> list[str]:
    """Return a list that fills with faults while pages are opened; only origin may be asked."""
    faults: list[str] = []

    def console(message: ConsoleMessage) -> None:
        # Chromium also reports the status of the page itself, which `response` looks after.
        if not (message.location["url"] == page.url and "404" in message.text):
            faults.append(f"{page.url}: console: {message.text}")

    def request(sent: Request) -> None:
        if not sent.url.startswith((origin, "data:", "blob:")):
            faults.append(f"{page.url}: asked {sent.url}")

    def response(got: Response) -> None:
        if got.status >= 400 and not got.request.is_navigation_request():
            faults.append(f"{page.url}: {got.status} {got.url}")

    def failed(lost: Request) -> None:
        if lost.failure != "net::ERR_ABORTED":  # the next page was asked for before this was read
            faults.append(f"{page.url}: failed {lost.url}")

    page.on("console", console)
    page.on("request", request)
    page.on("response", response)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("requestfailed", failed)
    return faults


def visit(page: Page, url: str, status: int, faults: list[str]) -> None:
    """Open a page and wait until it is at rest; note a wrong status and an empty title."""
    answer = page.goto(url)
    page.evaluate(SETTLED)
    if answer and answer.status not in {status, 0}:
        faults.append(f"{url}: status {answer.status}")
    if not page.title().strip():
        faults.append(f"{url}: no title")


def test_every_page_type_is_built(site_dir: Path) -> None:
    """The site has each type of page in each language, so that no other test is empty."""
    built = {(page.kind, page.language) for page in list_pages(site_dir)}
    shared = {(kind, "") for kind in SHARED_TYPES}
    own = {(kind, each) for kind in PAGE_TYPES if kind not in SHARED_TYPES for each in LANGUAGES}
    assert not (shared | own) - built


def test_pages_open_from_disk(site_dir: Path, opened: Opened) -> None:
    """A page read from disk loads all it needs, asks only for files and complains of nothing."""
    with opened() as page:
        faults = watch(page, site_dir.as_uri())
        for each in list_pages(site_dir):
            visit(page, (site_dir / each.path).as_uri(), 200, faults)
    assert not faults, "\n".join(faults)


def test_pages_open_from_a_server(served: Served, opened: Opened) -> None:
    """A page read below /repo/ loads all it needs, asks only its own origin, says 404 if it is."""
    with opened() as page:
        faults = watch(page, served.base_url)
        for each in list_pages(served.folder):
            visit(page, served.base_url + each.path, 200, faults)
        visit(page, served.base_url + "ar/no/such/page.html", 404, faults)
        assert page.locator("h1:visible").count()
    assert not faults, "\n".join(faults)


def test_aliases_lead_on(site_dir: Path, opened: Opened) -> None:
    """A stub for an old address leads on to a page that is none."""
    pages = {page.path for page in list_pages(site_dir)}
    stubs = [page.path for page in list_pages(site_dir, aliases=True) if page.path not in pages]
    with opened() as page:
        for stub in stubs:
            page.goto((site_dir / stub).as_uri())
            page.wait_for_url(lambda url: url.removeprefix(site_dir.as_uri() + "/") in pages)


def test_a_fault_is_seen(tmp_path: Path, opened: Opened) -> None:
    """A lost picture, a word on the console, an error, a foreign address, no title are seen."""
    file = tmp_path / "page.html"
    file.write_text(
        '<!DOCTYPE html><img src="lost.png" alt=""><img src="http://127.0.0.1:9/far.png" alt="">'
        "<script>console.log('word'); throw new Error('thrown')</script>",
        "utf-8",
    )
    with opened() as page:
        faults = watch(page, tmp_path.as_uri())
        visit(page, file.as_uri(), 200, faults)
    for sign in ("failed file:", "console: word", "thrown", "asked http://127.0.0.1:9", "no title"):
        assert any(sign in fault for fault in faults), sign
