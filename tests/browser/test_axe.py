"""Axe finds no barrier on any type of page, narrow and wide, light and dark.

Axe takes joined Arabic letters for an icon font and then skips the contrast of the text in silence.
So its look at the glyphs is answered for it (SHIM), and every element with visible text is counted
here as well: one that axe has not judged is a fault of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opened
from tests.browser.pages import fullest

SHIM = """() => {
  const prototype = CanvasRenderingContext2D.prototype, original = prototype.getImageData;
  prototype.getImageData = function (...area) {
    const image = original.apply(this, area);
    image.data.fill(255);
    return image;
  };
}"""

# What is scrolled out of a box of its own on a narrow page is seen, and judged, on the wide one.
RUN = """async () => {
  const inside = (box, element) => {
    for (let at = element.parentElement; at !== document.body; at = at.parentElement) {
      const edge = at.getBoundingClientRect();
      if (getComputedStyle(at).overflowX !== 'visible'
          && (box.left < edge.left - 1 || box.right > edge.right + 1)) return false;
    }
    return true;
  };
  const visible = element => {
    const box = element.getBoundingClientRect();
    const x = box.left + scrollX, y = box.top + scrollY, root = document.documentElement;
    return element.checkVisibility({visibilityProperty: true, opacityProperty: true})
      && box.width > 1 && box.height > 1
      && x + box.width > 0 && y + box.height > 0 && x < root.scrollWidth && y < root.scrollHeight
      && !element.closest('[aria-hidden=true], [inert]') && inside(box, element);
  };
  const own = element => [...element.childNodes]
    .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join('');
  const texts = [...document.body.querySelectorAll(':not(script, style, template, noscript)')]
    .filter(element => /[\\p{L}\\p{N}]/u.test(own(element)) && visible(element));
  const judged = new Set();
  const violations = [];
  const run = async options => {
    const done = await axe.run(document, {resultTypes: ['violations', 'passes'], ...options});
    for (const rule of [...done.passes, ...done.violations])
      if (rule.id === 'color-contrast')
        for (const node of rule.nodes) judged.add(document.querySelector(node.target[0]));
    violations.push(...done.violations);
  };
  const unseen = () => texts.filter(element => !judged.has(element));
  await run({rules: {'target-size': {enabled: true}}});
  if (unseen().length) {
    // Axe gives up on a short text that the clear edge of a mark reaches over: look without marks.
    const marks = document.querySelectorAll('button[popovertarget]');
    marks.forEach(mark => mark.style.visibility = 'hidden');
    await run({runOnly: ['color-contrast']});
    marks.forEach(mark => mark.style.visibility = '');
  }
  const unjudged = unseen();
  const brief = text => text.replace(/\\s+/g, ' ').slice(0, 120);
  return {
    texts: texts.length,
    arabic: texts.filter(element => /\\p{Script=Arabic}/u.test(own(element))).length,
    unjudged: unjudged.map(e => brief(e.outerHTML)),
    unjudged_in_note: unjudged.filter(e => e.closest('[popover]')).map(e => brief(e.outerHTML)),
    violations: violations.map(
      rule => `${rule.id}: ${rule.help}: ${rule.nodes.map(node => brief(node.html)).join(' | ')}`),
  };
}"""

OPEN_NOTE = """() => {
  const mark = document.querySelector('button[popovertarget]');
  if (mark) document.getElementById(mark.getAttribute('popovertarget')).showPopover();
  return mark !== null;
}"""


def audit(page: Page, axe_source: str, *, shim: bool = True) -> dict[str, Any]:
    """Return what axe finds on the page as it is shown, and which texts it has not judged."""
    if shim:
        page.evaluate(SHIM)
    page.evaluate(axe_source)
    found: dict[str, Any] = page.evaluate(RUN)
    return found


@pytest.mark.parametrize(
    ("width", "dark"), [(320, False), (1280, False), (1280, True)], ids=["320", "1280", "1280-dark"]
)
def test_axe_finds_nothing(
    site_dir: Path, opened: Opened, axe_source: str, width: int, *, dark: bool
) -> None:
    """Each type of page passes axe, which judges every text; and again with a note open.

    What an open note covers cannot be judged, so then only the note's own text has to be.
    """
    faults = []
    with opened(width=width, dark=dark) as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            found = audit(page, axe_source)
            assert found["texts"], each.path
            assert found["arabic"] or each.language == "en", each.path
            faults += [f"{each.path}: {fault}" for fault in found["violations"]]
            faults += [f"{each.path}: not judged: {text}" for text in found["unjudged"]]
            if page.evaluate(OPEN_NOTE):
                found = audit(page, axe_source)
                texts = found["violations"] + found["unjudged_in_note"]
                faults += [f"{each.path}: with a note: {text}" for text in texts]
    assert not faults, "\n".join(faults)


PALE = """<!DOCTYPE html><html lang="ar" dir="rtl"><title>x</title><main><h1>عنوان</h1>
<p style="color: #aaa; font-family: serif">نص لا يكاد يقرأ</p></main>"""


def test_pale_arabic_is_seen(opened: Opened, axe_source: str) -> None:
    """Arabic text with too little contrast is a violation."""
    with opened() as page:
        page.set_content(PALE)
        found = audit(page, axe_source)
    assert any(fault.startswith("color-contrast") for fault in found["violations"])
    assert not found["unjudged"]


def test_a_text_axe_skips_is_seen(opened: Opened, axe_source: str) -> None:
    """Without the shim axe skips Arabic text, and our own count says so."""
    with opened() as page:
        page.set_content(PALE)
        found = audit(page, axe_source, shim=False)
    assert found["unjudged"] or found["violations"]
