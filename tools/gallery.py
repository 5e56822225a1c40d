"""Takes a picture of every kind of page, in both languages, schemes and sizes (`make gallery`).

Enters: a built site, and what to take on the command line. Leaves: PNG files and a contact sheet,
`index.html`, in `.gallery/`, which git ignores. Needs a Chromium; MUJAZ_CHROMIUM names another.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / ".gallery"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
KINDS = {
    "gateway": "index.html",
    "home": "{language}/index.html",
    "briefing": "{language}/briefings/*.html",
    "briefings": "{language}/briefings/index.html",
    "topic": "{language}/topics/*.html",
    "topics": "{language}/topics/index.html",
    "source": "{language}/sources/*.html",
    "sources": "{language}/sources/index.html",
    "page": "{language}/*.html",
    "404": "404.html",
}
LANGUAGES = ("ar", "en")
SCHEMES = ("light", "dark")
DEVICES = {"desktop": (1280, 900), "phone": (375, 760)}
COLOURS = 48  # of the pictures in README
HIGHEST = 3600  # CSS pixels of a page that are shown


class Shot(NamedTuple):
    """One picture to take."""

    kind: str
    language: str
    scheme: str
    device: str
    page: Path

    @property
    def name(self) -> str:
        """Return the name of its file."""
        return f"{self.kind}.{self.language}.{self.scheme}.{self.device}.png"


def shots(site: Path, kinds: list[str], schemes: list[str], devices: list[str]) -> Iterator[Shot]:
    """Yield every picture; of pages of one kind the largest is shown."""
    for kind in kinds:
        for language in LANGUAGES:
            found = [
                each
                for each in site.glob(KINDS[kind].format(language=language))
                if each.name != "index.html" or "*" not in KINDS[kind]
            ]
            if found:
                page = max(sorted(found), key=lambda each: each.stat().st_size)
                yield from (Shot(kind, language, s, d, page) for s in schemes for d in devices)


def take(browser: Browser, shot: Shot) -> None:
    """Take one picture."""
    width, height = DEVICES[shot.device]
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=height),
        color_scheme="dark" if shot.scheme == "dark" else "light",
        locale=shot.language,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(shot.page.as_uri())
    page.evaluate("document.fonts.ready")
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(ViewportSize(width=width, height=min(max(whole, height), HIGHEST)))
    page.screenshot(path=OUT / shot.name)
    context.close()


def take_for_readme(browser: Browser, site: Path) -> None:
    """Take the four pictures of README: the first screen of two pages, in both languages."""
    wanted = shots(site, ["home", "briefing"], list(SCHEMES), ["desktop"])
    folder = ROOT / "docs" / "screenshots"
    folder.mkdir(exist_ok=True)
    for shot in wanted:
        if (shot.language == "ar") == (shot.scheme == "light"):
            take(browser, shot)
            with Image.open(OUT / shot.name) as picture:
                first = picture.convert("RGB").crop((0, 0, *DEVICES["desktop"]))
                small = first.quantize(COLOURS, dither=Image.Dither.NONE)
                small.save(folder / f"{shot.kind}.{shot.language}.png", optimize=True)


def sheet(taken: list[Shot]) -> str:
    """Return the contact sheet as a page."""
    rows = [
        f'<figure><a href="{each.name}"><img src="{each.name}" alt=""></a>'
        f"<figcaption>{escape(each.name.removesuffix('.png'))}</figcaption></figure>"
        for each in taken
    ]
    style = (
        "body{display:grid;grid-template-columns:repeat(4,1fr);gap:1rem;font:12px sans-serif}"
        "figure{margin:0}img{width:100%;height:22rem;object-fit:cover;object-position:top;"
        "border:1px solid #999}"
    )
    head = f'<!DOCTYPE html><meta charset="utf-8"><title>Gallery</title><style>{style}</style>'
    return f"{head}\n" + "\n".join(rows) + "\n"


def main() -> int:
    """Build the site of this folder and take the pictures that were asked for."""
    parser = argparse.ArgumentParser(prog="make gallery", description=__doc__)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--schemes", nargs="+", choices=SCHEMES, default=list(SCHEMES))
    parser.add_argument("--devices", nargs="+", choices=DEVICES, default=list(DEVICES))
    parser.add_argument("--readme", action="store_true", help="renew docs/screenshots/ as well")
    options = parser.parse_args()
    found = os.environ.get("MUJAZ_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), "")
    if not found:
        print("gallery: no Chromium; install chromium, or name one in MUJAZ_CHROMIUM")
        return 1
    OUT.mkdir(exist_ok=True)
    site = OUT / "site"
    build = [sys.executable, "-m", "mujaz", "build", "--quiet", "-o", str(site)]
    subprocess.run(build, cwd=ROOT, check=True)  # noqa: S603 - it is this program
    wanted = list(shots(site, options.kinds, options.schemes, options.devices))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for shot in wanted:
            take(browser, shot)
        if options.readme:
            take_for_readme(browser, site)
        browser.close()
    (OUT / "index.html").write_text(sheet(wanted), "utf-8")
    print(f"{len(wanted)} pictures in .gallery/; open .gallery/index.html")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
