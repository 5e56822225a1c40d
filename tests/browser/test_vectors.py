"""The hostile texts in a browser: nothing runs, nothing is fetched, nothing leads away.

Chromium parses every page and finds the elements of its harmless twin outside texts in Markdown; it
opens every list, every kind of page and every text, and is watched while it does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.hostile_site import SLOTS, Built

CANARY = """
window.calls = [];
window.canary = each => window.calls.push('ran ' + each);
document.addEventListener('securitypolicyviolation', each =>
    window.calls.push('stopped ' + each.effectiveDirective + ' ' + each.blockedURI));
"""
SKELETON = """texts => texts.map(text => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const bones = [], faults = [];
    // What templates bring themselves: the script in the head, drawings, the form of an index.
    const ours = each => !each.closest('div.text') && (
        each.matches('head > script[src$="static/js/site.js"]:empty') ||
        each.closest('svg.span, svg.bar, svg.dot, svg.key, form.filter'));
    for (const each of page.querySelectorAll('*')) {
        const names = each.getAttributeNames();
        if (each.namespaceURI !== 'http://www.w3.org/1999/xhtml' && !ours(each))
            faults.push(each.tagName);
        for (const name of names)
            if (/^on|^style$|^srcdoc$|^formaction$/.test(name))
                faults.push(each.tagName + ' ' + name);
        for (const name of ['href', 'src', 'action', 'data'])
            if (each.hasAttribute(name) && /^(?:javascript|data|vbscript|blob|file|feed):/i.test(
                each.getAttribute(name).replace(/[\\u0000-\\u0020]/g, '')))
                faults.push(each.tagName + ' ' + each.getAttribute(name));
        if (/^(?:SCRIPT|STYLE|IFRAME|OBJECT|EMBED|BASE|TEMPLATE|FORM|INPUT|SVG|MATH)$/i.test(
            each.tagName) && each.type !== 'application/ld+json' && !ours(each))
            faults.push(each.tagName);
        if (!each.parentElement?.closest('div.text'))
            bones.push(each.tagName + ' ' + names.filter(
                name => !['lang', 'dir', 'hreflang'].includes(name)).join(' '));
    }
    return [bones.join('\\n'), faults];
})"""
REACH = """() => {
    for (const each of document.querySelectorAll('main *'))
        for (const kind of ['mouseover', 'pointerenter', 'focus', 'animationstart', 'toggle'])
            each.dispatchEvent(new Event(kind, {bubbles: true}));
    return window.calls;
}"""
INDEXES = ("index.html", "briefings/index.html", "topics/index.html", "sources/index.html")
KINDS = ("briefings/b-{}.html", "topics/t-{}.html", "p-{}.html", "sources/000000000000001{}.html")
"""Pages below a language. That for missing addresses has its style sheets on the server only."""

LIVE = """<p id="live" onclick="canary(1)">x</p><script>canary(2); alert(3)</script>
<img src="https://evil.example/a.png" onerror="canary(4)">"""


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Return a page, and a list that fills with whatever it does that it must not do."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    seen: list[str] = []
    page.add_init_script(CANARY)
    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("popup", lambda other: seen.append(f"window: {other.url}"))
    page.on("download", lambda file: seen.append(f"download: {file.url}"))
    page.on(
        "request",
        lambda sent: None if sent.url.startswith("file:") else seen.append(f"asked {sent.url}"),
    )

    def dialog(message: object) -> None:
        seen.append("dialog")
        message.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", dialog)
    yield page, seen
    context.close()


def visit(page: Page, file: Path, seen: list[str]) -> None:
    """Open a page, reach for everything on it, and note whether it stays what it is."""
    page.goto(file.as_uri(), wait_until="load")
    seen += [f"{file}: {each}" for each in page.evaluate(REACH)]
    if page.url != file.as_uri():
        seen.append(f"{file} leads to {page.url}")


def parsed(page: Page, folder: Path) -> dict[str, tuple[str, list[str]]]:
    """Return what the browser's own parser makes of every page of a site."""
    files = sorted(folder.rglob("*.html"))
    found = page.evaluate(SKELETON, [each.read_text("utf-8") for each in files])
    names = [each.relative_to(folder).as_posix() for each in files]
    return {name: (bones, faults) for name, (bones, faults) in zip(names, found, strict=True)}


@pytest.mark.fault(29)
def test_the_browser_reads_what_was_meant(
    watched: tuple[Page, list[str]], hostile: list[Built], harmless: Built
) -> None:
    """Parsed as a browser parses, each page has the elements of its twin and nothing live."""
    page, seen = watched
    page.goto("about:blank")
    twins = parsed(page, harmless.output)
    assert len(twins) > 300
    faults = []
    for built in hostile:
        for name, (bones, live) in parsed(page, built.output).items():
            faults += [f"{name}: {each}" for each in live]
            if bones != twins[name][0]:
                faults.append(f"{name}: not the elements of its twin")
    assert not faults, "\n".join(faults[:20])
    assert seen == []


@contextmanager
def joined(folder: Path) -> Iterator[Path]:
    """Yield one page with the main part of every page of a briefing, each of another vector."""
    files = sorted(folder.glob("b-*.html"))
    head, *_ = files[0].read_text("utf-8").partition("<main")
    mains = [
        re.findall(r"<main .*</main>", each.read_text("utf-8"), re.DOTALL)[0] for each in files
    ]
    page = folder / "joined.html"
    page.write_text("\n".join([head, *mains]), "utf-8")
    yield page
    page.unlink()


@pytest.mark.fault(29)
def test_nothing_runs_and_nothing_leaves(
    watched: tuple[Page, list[str]], hostile: list[Built]
) -> None:
    """No list, no page of any kind and no text does anything when it is opened."""
    page, seen = watched
    for built in hostile:
        visit(page, built.output / "index.html", seen)
        for language in ("ar", "en"):
            for each in INDEXES:
                visit(page, built.output / language / each, seen)
            with joined(built.output / language / "briefings") as every:
                visit(page, every, seen)
                assert page.locator("h1").count() == SLOTS // 2
    for (n, language), each in product(enumerate(("ar", "en")), KINDS):
        visit(page, hostile[0].output / language / each.format(n), seen)
    assert not seen, "\n".join(seen[:20])


@pytest.mark.fault(29)
def test_a_live_page_would_be_seen(
    watched: tuple[Page, list[str]], harmless: Built, tmp_path: Path
) -> None:
    """With its policy a live page is stopped and noticed; without one it runs and is noticed."""
    page, seen = watched
    whole = (harmless.output / "en" / "briefings" / "b-1.html").read_text("utf-8")
    live = whole.replace("</h1>", f"</h1>{LIVE}", 1)
    (tmp_path / "stopped.html").write_text(live, "utf-8")
    visit(page, tmp_path / "stopped.html", seen)
    text = json.dumps(seen)
    assert "stopped script-src-elem" in text
    assert "stopped script-src-attr" in text
    assert "stopped img-src" in text
    assert "ran" not in text.replace("transition", "")
    seen.clear()
    open_page = live.replace('http-equiv="Content-Security-Policy"', 'name="policy"')
    (tmp_path / "open.html").write_text(open_page, "utf-8")
    visit(page, tmp_path / "open.html", seen)
    page.evaluate("document.getElementById('live').click()")
    seen += page.evaluate("window.calls")
    text = json.dumps(seen)
    assert "dialog" in text
    assert "ran 1" in text
    assert "ran 2" in text
    assert "asked https://evil.example/a.png" in text
    page.goto("about:blank")
    ((_, faults),) = page.evaluate(SKELETON, [live])
    assert "P onclick" in faults
    assert "SCRIPT" in faults
