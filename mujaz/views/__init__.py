"""Views: a ``Site`` → what each of its pages has to say, as values that templates receive.

Enters: a ``Site`` and a ``Locale`` per language. Leaves: ``View`` values, one per page, in a fixed
order. Never looks at a disk, never makes HTML: ``render`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mujaz.views.briefing import briefing_views
from mujaz.views.edition import Edition, make_index
from mujaz.views.plain import gateway_view, home_view, not_found_view, page_views, stub_views
from mujaz.views.sources import source_views
from mujaz.views.topics import topic_views
from mujaz.views.values import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mujaz.locale import Locale
    from mujaz.model import Language, Site

__all__ = ["Edition", "View", "make_editions", "views"]


def make_editions(site: Site, locales: Mapping[Language, Locale]) -> dict[Language, Edition]:
    """Return the site in each of its languages, in the order of the site."""
    index = make_index(site)
    return {each: Edition(site, each, locales, index) for each in site.settings.languages}


def views(site: Site, locales: Mapping[Language, Locale]) -> Iterator[View]:
    """Return every page of a site."""
    editions = make_editions(site, locales)
    yield gateway_view(editions)
    for edition in editions.values():
        yield home_view(edition)
        yield from briefing_views(edition)
        yield from topic_views(edition)
        yield from source_views(edition)
        yield from page_views(edition)
        yield from stub_views(edition)
    yield not_found_view(editions)
