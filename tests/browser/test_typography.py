"""How Arabic is set: direction from markup, letters left alone, size, leading, our own fonts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Opened, Served
from tests.browser.pages import fullest

LEADING_TEXT, LEADING_ANY = 1.7, 1.35  # line-height by font-size
SMALLEST = 17  # CSS pixels, running Arabic text as it is drawn
RATIO = (1.05, 1.15)  # running Arabic text by running Latin text

# Elements that hold Arabic text of their own, shown or not (a closed note has its styles as well).
ARABIC = """const arabic = /\\p{Script=Arabic}/u;
const own = element => [...element.childNodes]
  .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join('');
const elements = [...document.body.querySelectorAll(':not(script, style, template)')]
  .filter(element => arabic.test(own(element)));
const name = element => `${element.tagName.toLowerCase()}.${element.className}`
  + ` «${own(element).trim().slice(0, 40)}»`;"""

STYLES = f"""() => {{
  {ARABIC}
  const wanted = {{
    letterSpacing: 'normal', fontStyle: 'normal', textTransform: 'none', textAlign: 'start',
    hyphens: 'manual',
  }};
  const faults = [];
  for (const element of elements) {{
    const style = getComputedStyle(element);
    for (const [key, value] of Object.entries(wanted))
      if (style[key] !== value) faults.push(`${{name(element)}}: ${{key}} is ${{style[key]}}`);
  }}
  return {{count: elements.length, faults}};
}}"""

# Running text: a block of the main text that holds many letters; notes, tables and asides are not.
# Its size as drawn is font-size by the size-adjust of the face that draws its script: the first
# family of its list with a face whose unicode-range holds the sample letter.
TEXT = """sample => {
  const script = sample === 'ا' ? /\\p{Script=Arabic}/gu : /\\p{Script=Latin}/gu;
  const faces = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .filter(rule => rule instanceof CSSFontFaceRule).map(rule => rule.style);
  const bare = family => family.trim().replace(/^["']|["']$/g, '');
  const holds = face => (face.getPropertyValue('unicode-range') || 'U+0-10FFFF').split(',')
    .some(range => {
      const [first, last] = range.trim().slice(2).split('-').map(hex => parseInt(hex, 16));
      const code = sample.codePointAt(0);
      return first <= code && code <= (last ?? first);
    });
  const adjust = families => {
    for (const family of families.split(','))
      for (const face of faces)
        if (bare(face.getPropertyValue('font-family')) === bare(family) && holds(face))
          return parseFloat(face.getPropertyValue('size-adjust') || '100%') / 100;
    return 1;
  };
  const leaves = element => ![...element.children].some(
    child => ['block', 'flex', 'grid', 'list-item'].includes(getComputedStyle(child).display));
  return [...document.querySelectorAll('main :is(p, li, dd, blockquote)')]
    .filter(element => !element.closest('[popover], aside, table, figcaption, footer, nav'))
    .filter(element => leaves(element) && element.checkVisibility()
      && (element.innerText.match(script) || []).length >= 80)
    .map(element => {
      const style = getComputedStyle(element), size = parseFloat(style.fontSize);
      return {words: element.innerText.slice(0, 40), leading: parseFloat(style.lineHeight) / size,
        drawn: size * adjust(style.fontFamily)};
    });
}"""

LEADING = f"""() => {{
  {ARABIC}
  return elements.map(element => {{
    const style = getComputedStyle(element);
    return [name(element), parseFloat(style.lineHeight) / parseFloat(style.fontSize) || 0];
  }});
}}"""

# Arabic letters alone are put into an element of their own each run, so that what draws them can
# be asked for without the Latin letters and signs beside them.
PROBE = f"""() => {{
  {ARABIC}
  const run = /[\\p{{Script=Arabic}}\\p{{Mn}}،؛؟]+/gu;
  for (const element of elements) {{
    if (!element.checkVisibility()) continue;
    for (const node of [...element.childNodes].filter(each => each.nodeType === Node.TEXT_NODE)) {{
      const runs = [...node.data.matchAll(run)].reverse();
      for (const found of runs) {{
        const range = document.createRange();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        const probe = document.createElement('span');
        probe.dataset.probe = '';
        range.surroundContents(probe);
      }}
    }}
  }}
  return document.querySelectorAll('[data-probe]').length;
}}"""

MARKS = """() => {
  const faults = [];
  for (const mark of document.querySelectorAll('main button[popovertarget]')) {
    const words = mark.innerText.trim();
    let isolated = false;
    for (let at = mark.parentElement; getComputedStyle(at).display === 'inline';
         at = at.parentElement)
      isolated ||= ['isolate', 'isolate-override', 'plaintext']
        .includes(getComputedStyle(at).unicodeBidi);
    const range = document.createRange();
    range.setStart(document.body, 0);
    range.setEndBefore(mark);
    const before = range.toString().replace(/[\\p{Cf}]/gu, '').slice(-1);
    if (!isolated) faults.push(`${words}: is not isolated`);
    if (/^\\p{N}/u.test(words) && /\\p{N}/u.test(before)) faults.push(`${before}${words}: glued`);
  }
  const rtl = document.documentElement.dir === 'rtl';
  for (const group of document.querySelectorAll('main bdi:has(button[popovertarget])')) {
    const boxes = [...group.querySelectorAll('button[popovertarget]')]
      .map(mark => mark.getBoundingClientRect());
    for (let at = 1; at < boxes.length; at++) {
      const [one, other] = [boxes[at - 1], boxes[at]];
      if (Math.abs(one.y - other.y) < one.height / 2 && (other.x < one.x) !== rtl)
        faults.push(`${group.innerText}: marks run against the line`);
    }
  }
  return faults;
}"""

CODE = """() => [...document.querySelectorAll('code, kbd, samp, pre')].filter(element => {
  const style = getComputedStyle(element), pre = element.tagName === 'PRE';
  const inside = element.closest('pre') && !pre;
  return style.direction !== 'ltr' || (!inside && !pre && style.unicodeBidi !== 'isolate')
    || (pre && !['left', 'start'].includes(style.textAlign));
}).map(element => element.outerHTML.slice(0, 80))"""

DIRECTIONS = """() => [...document.body.querySelectorAll('*')]
  .map(element => getComputedStyle(element).direction)"""

BARE = """() => {
  document.querySelectorAll('link[rel=stylesheet], style').forEach(each => each.remove());
  document.querySelectorAll('[style]').forEach(each => each.removeAttribute('style'));
}"""

TURNED = """() => [...document.querySelectorAll('li[dir], td[dir], th[dir]')].filter(element =>
  element.dir !== getComputedStyle(element.closest('ul, ol, menu, table')).direction)
  .map(element => element.outerHTML.slice(0, 80))"""


def foreign_fonts(page: Page) -> list[str]:
    """Return the runs of Arabic letters that any font but those of the page's own draws."""
    page.evaluate("() => document.fonts.ready")
    assert page.evaluate(PROBE)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-probe]"})
    faults = []
    for node in nodes["nodeIds"]:
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if foreign := [font["familyName"] for font in used if not font["isCustomFont"]]:
            words = session.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
            faults.append(f"{words}: {', '.join(foreign)}")
    session.detach()
    return faults


def most_common(texts: list[dict[str, Any]]) -> float:
    """Return the size at which most running text of a page is drawn."""
    sizes: Counter[float] = Counter(round(text["drawn"], 2) for text in texts)
    return sizes.most_common(1)[0][0]


def test_arabic_letters_are_left_alone(site_dir: Path, opened: Opened) -> None:
    """Arabic text is not spaced, slanted, hyphenated or pushed from its start edge."""
    faults = []
    with opened() as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            found = page.evaluate(STYLES)
            assert found["count"] or each.language == "en", each.path
            faults += [f"{each.path}: {fault}" for fault in found["faults"]]
    assert not faults, "\n".join(faults)


def test_direction_comes_from_markup(site_dir: Path, opened: Opened) -> None:
    """With all styles taken away every element keeps its direction."""
    with opened() as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            before = page.evaluate(DIRECTIONS)
            page.evaluate(BARE)
            assert page.evaluate(DIRECTIONS) == before, each.path


def test_items_and_cells_follow_their_list_or_table(site_dir: Path, opened: Opened) -> None:
    """No item and no cell has a direction other than its list or table."""
    faults = []
    with opened() as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            faults += [f"{each.path}: {fault}" for fault in page.evaluate(TURNED)]
    assert not faults, "\n".join(faults)


def test_marks_are_isolated(site_dir: Path, opened: Opened) -> None:
    """A citation mark is isolated, never a bare digit after a digit, and runs with the line."""
    faults = []
    with opened() as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            faults += [f"{each.path}: {fault}" for fault in page.evaluate(MARKS)]
    assert not faults, "\n".join(faults)


def test_code_runs_from_left_to_right(site_dir: Path, opened: Opened) -> None:
    """Code is set from left to right and isolated from the text around it."""
    faults = []
    with opened() as page:
        for each in fullest(site_dir):
            page.goto((site_dir / each.path).as_uri())
            faults += [f"{each.path}: {fault}" for fault in page.evaluate(CODE)]
    assert not faults, "\n".join(faults)


def test_arabic_has_room(served: Served, opened: Opened) -> None:
    """Running Arabic text has 1.7 of leading and 17 pixels as drawn, all other Arabic 1.35."""
    faults = []
    with opened() as page:
        for each in fullest(served.folder):
            page.goto(served.base_url + each.path)
            faults += [
                f"{each.path}: {words}: line-height {leading:.2f}"
                for words, leading in page.evaluate(LEADING)
                if leading < LEADING_ANY
            ]
            texts = page.evaluate(TEXT, "ا")
            assert texts or (each.kind, each.language) != ("briefing", "ar")
            for text in texts:
                if text["leading"] < LEADING_TEXT or text["drawn"] < SMALLEST:
                    faults.append(f"{each.path}: {text}")
    assert not faults, "\n".join(faults)


def test_arabic_matches_latin_in_size(served: Served, opened: Opened) -> None:
    """Running Arabic text is drawn at 105 to 115 % of the size of the same page in English.

    Both sizes are font-size by size-adjust of the face, the most common one of the page.
    """
    sizes: dict[str, dict[str, float]] = {}
    with opened() as page:
        for each in fullest(served.folder):
            if not each.language:
                continue
            page.goto(served.base_url + each.path)
            if texts := page.evaluate(TEXT, "ا" if each.language == "ar" else "a"):
                sizes.setdefault(each.kind, {})[each.language] = most_common(texts)
    pairs = {kind: both for kind, both in sizes.items() if len(both) == 2}
    assert "briefing" in pairs
    faults = {k: b for k, b in pairs.items() if not RATIO[0] <= b["ar"] / b["en"] <= RATIO[1]}
    assert not faults


def test_our_fonts_draw_arabic(site_dir: Path, opened: Opened) -> None:
    """Every visible Arabic letter is drawn by a font that the page brings along."""
    faults = []
    with opened() as page:
        for each in fullest(site_dir):
            if each.language != "en":
                page.goto((site_dir / each.path).as_uri())
                faults += [f"{each.path}: {fault}" for fault in foreign_fonts(page)]
    assert not faults, "\n".join(faults)


BAD = """<!DOCTYPE html><html lang="ar" dir="rtl"><title>x</title><main>
<p style="letter-spacing: 1px; font-style: italic; text-align: center; line-height: 1.2">نص
<code style="direction: rtl">x</code> 2024<button popovertarget="n">3</button></p>
<ol><li dir="ltr">x</li></ol><p style="direction: ltr">x</p></main>"""


def test_bad_arabic_is_seen(opened: Opened) -> None:
    """Each of these faults is seen on a page that has them all."""
    with opened() as page:
        page.set_content(BAD)
        assert len(page.evaluate(STYLES)["faults"]) == 3
        assert [leading for _, leading in page.evaluate(LEADING)] == [1.2]
        assert len(page.evaluate(MARKS)) == 2
        assert len(page.evaluate(CODE)) == 1
        assert len(page.evaluate(TURNED)) == 1
        before = page.evaluate(DIRECTIONS)
        assert foreign_fonts(page)
        page.set_content(BAD)
        page.evaluate(BARE)
        assert page.evaluate(DIRECTIONS) != before
