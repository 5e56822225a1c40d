"""The pages of a built site: which there are, of which kind, and what stands in them.

Enters: the folder of a site. Leaves: ``SitePage`` values and parsed HTML. Never opens a browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

LANGUAGES = ("ar", "en")
PAGE_TYPES = (
    "gateway", "404", "home", "briefings index", "briefing", "topics index", "topic",
    "sources index", "source", "about",
)  # fmt: skip
SHARED_TYPES = ("gateway", "404")  # one page for all languages
BASE = "http://site.test/"  # stands for the folder of the site when links are resolved


@dataclass(frozen=True)
class SitePage:
    """One HTML file: its path from the root of the site, its kind and its language ("" = all)."""

    path: str
    kind: str
    language: str
    size: int


def classify(path: str) -> tuple[str, str]:
    """Return kind and language of a path, by the layout of the site's URLs.

    A page directly below its language is a kind of its own, named after its file.
    """
    parts = PurePosixPath(path).parts
    if path == "index.html":
        return "gateway", ""
    if path == "404.html":
        return "404", ""
    if parts[0] not in LANGUAGES:
        return parts[0], ""
    name = parts[-1].removesuffix(".html")
    if len(parts) == 2:
        return ("home" if name == "index" else name), parts[0]
    return (f"{parts[1]} index" if name == "index" else parts[1].removesuffix("s")), parts[0]


def list_pages(site: Path, *, aliases: bool = False) -> list[SitePage]:
    """Return the pages in order of their paths; stubs that lead on to another page on request."""
    pages = []
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if path.startswith("static/") or (is_alias(file) and not aliases):
            continue
        pages.append(SitePage(path, *classify(path), file.stat().st_size))
    return pages


def fullest(site: Path) -> list[SitePage]:
    """Return one page of each kind in each language: the one with the longest file."""
    best: dict[tuple[str, str], SitePage] = {}
    for page in list_pages(site):
        key = (page.kind, page.language)
        if key not in best or page.size > best[key].size:
            best[key] = page
    return list(best.values())


@cache
def parse(file: Path) -> html.HtmlElement:
    """Return the parsed page (not the standard's parser: the HTML checker sees to errors)."""
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def is_alias(file: Path) -> bool:
    """Tell whether a page only leads on to another one."""
    return bool(parse(file).xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']"))


def resolve(page: str, link: str, base_url: str = "") -> tuple[str, str] | None:
    """Return path and fragment that a link of a page leads to; None where it leaves the site.

    Paths are decoded; ``base_url`` is where the site is published, if it is.
    """
    if link.startswith("#"):  # stays on the page, wherever that is read
        return page, unquote(link[1:])
    if base_url and link.startswith(base_url):
        link = urljoin(BASE, link.removeprefix(base_url))
    elif base_url and link.startswith("/"):
        prefix = urlsplit(base_url).path
        if not link.startswith(prefix):
            return link, ""
        link = urljoin(BASE, link.removeprefix(prefix))
    address = urljoin(BASE + page, link)
    if not address.startswith(BASE):
        return None
    parts = urlsplit(address)
    return unquote(parts.path.removeprefix("/")), unquote(parts.fragment)
