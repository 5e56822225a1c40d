"""Rendered pages of the invented site, parsed: what the tests of HTML and of feeds look at.

Enters: options of the site. Leaves: route → element tree (``lxml``).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from lxml import html

from mujaz.exports import exports
from mujaz.model import Output
from mujaz.render import render
from mujaz.views import views
from tests.site_factory import ROOT, Options, make_locales, make_site

Element = Any
"""An element of a page; ``lxml`` has no types for HTML."""


@cache
def outputs(options: Options | None = None) -> dict[str, bytes]:
    """Return every file that is made, by route."""
    chosen = options or Options()
    site, locales = make_site(chosen), make_locales(chosen.digits)
    made, problems = render(views(site, locales), [ROOT / "templates"], locales)
    assert not problems, [str(each) for each in problems]
    found: dict[str, bytes] = {}
    for each in (*made, *exports(site, locales)):
        assert each.route not in found
        found[each.route] = content(each)
    return found


def content(output: Output) -> bytes:
    """Return the bytes of an output that is no copy."""
    assert isinstance(output.content, bytes)
    return output.content


@cache
def pages(options: Options | None = None) -> dict[str, Element]:
    """Return every page, parsed."""
    made = outputs(options)
    return {k: html.document_fromstring(v) for k, v in made.items() if k.endswith(".html")}


def page(route: str, options: Options | None = None) -> Element:
    """Return one page, parsed."""
    return pages(options)[route]


def language(element: Element) -> str | None:
    """Return the language in force on an element: that of its nearest ``lang``."""
    found = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
    return str(found[-1]) if found else None


def direction(element: Element) -> str | None:
    """Return the direction in force on an element: that of its nearest ``dir``."""
    found = element.xpath("ancestor-or-self::*[@dir][1]/@dir")
    return str(found[-1]) if found else None


def texts(route: str) -> str:
    """Return the text of the main part of a page, blanks made single."""
    return " ".join(page(route).get_element_by_id("main").text_content().split())
