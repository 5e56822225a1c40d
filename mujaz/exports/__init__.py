"""Exports: what a ``Site`` gives to machines: feeds, the site map, the theme.

Enters: a ``Site`` and the locales. Leaves: ``Output`` values with bytes that depend on nothing
else. Never knows Jinja.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mujaz import routes
from mujaz.exports.atom import feed
from mujaz.exports.sitemap import robots, sitemap
from mujaz.model import Output
from mujaz.theme import theme
from mujaz.views import make_editions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mujaz.locale import Locale
    from mujaz.model import Language, Site

__all__ = ["exports"]


def exports(site: Site, locales: Mapping[Language, Locale]) -> Iterator[Output]:
    """Return every file of a site that is no page and no copy."""
    for edition in make_editions(site, locales).values():
        yield feed(edition)
    if site.settings.base_url:
        yield sitemap(site)
    yield robots(site)
    yield Output(routes.NOJEKYLL, b"")
    yield theme(site.settings.accent)
