"""The pages that belong to no section: gateway, home, plain pages, 404, stubs of old addresses.

Enters: an ``Edition`` for each language. Leaves: ``View`` values. The gateway and the page for a
missing address carry both languages, in the order of the site, and never redirect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mujaz import routes
from mujaz.model import Briefing, Language, Page, Route
from mujaz.views import drawings, lists, structured
from mujaz.views.briefing import corrections
from mujaz.views.edition import Edition, Place
from mujaz.views.frame import About, home_anchor, make_frame
from mujaz.views.references import reference_list
from mujaz.views.rich_text import contents, rich_text
from mujaz.views.topics import topic_items
from mujaz.views.values import Anchor, CorrectionEntry, Item, Phrase, View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEADS = 5
"""How many briefings a home page shows with their summaries."""

USED = 8
"""How many sources a home page shows at work."""

LATEST = 3
"""How many briefings the gateway names in each language, and corrections a home page."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One language's part of a bilingual page; its words are already in that language."""

    language: Language
    direction: str
    title: Phrase
    tagline: Phrase | None
    heading: str
    text: str
    enter: Anchor
    links: tuple[Anchor, ...]
    latest: tuple[Item, ...]


# --- home -------------------------------------------------------------------------------------


def home_view(edition: Edition) -> View:
    """Return the home page of a language."""
    settings = edition.site.settings
    route = routes.home(edition.language)
    place = Place(route)
    tagline = edition.localized(settings.tagline)
    about = About(
        route=route,
        title=edition.title.text,
        summary=tagline.text if tagline else "",
        versions={each: routes.home(each) for each in settings.languages},
        default=routes.GATEWAY,
        data=structured.website(edition),
    )
    values = {
        "frame": make_frame(about, edition),
        "title": edition.title,
        "tagline": tagline,
        "briefings": lists.items(_newest(edition, LEADS), edition, place),
        "uses": drawings.uses(edition, place, USED),
        "all_briefings": place.to(routes.section(edition.language, "briefings")),
        "total": len(edition.briefings),
        "topics": topic_items(edition, place),
        "all_sources": place.to(routes.section(edition.language, "sources")),
        "count": edition.count(edition.site.names("sources")),
        "corrections": latest_corrections(edition, place),
    }
    return View(route, "home.html", edition.language, values)


def _newest(edition: Edition, number: int) -> tuple[str, ...]:
    return tuple(entry[-1] for entry in edition.briefings[:number])


def latest_corrections(edition: Edition, place: Place) -> tuple[CorrectionEntry, ...]:
    """Return the newest corrections of a language's briefings."""
    found = []
    for *_, number, path in edition.site.list("corrections", edition.language)[:LATEST]:
        briefing = edition.site.briefing(path)
        anchor = edition.anchor(place, briefing)
        found.append(corrections(briefing, edition, anchor)[number])
    return tuple(found)


# --- plain pages ------------------------------------------------------------------------------


def page_view(page: Page, edition: Edition) -> View:
    """Return a plain page."""
    route = routes.document(page)
    place = Place(route)
    about = About(
        route=route,
        title=page.title,
        summary=page.summary,
        versions=edition.routes(page),
        crumbs=(home_anchor(edition, place),),
        data=structured.web_page(edition, page.title, page.language, route),
    )
    frame = make_frame(about, edition)
    values = {
        "frame": frame,
        "title": edition.own(page.title),
        "missing": tuple(each for each in frame.switches if not each.same),
        "contents": contents(page, edition),
        "body": rich_text(page, edition, place),
        "references": reference_list(page, edition, place),
    }
    return View(route, "page.html", edition.language, values)


# --- stubs ------------------------------------------------------------------------------------


def stub_view(alias: str, briefing: Briefing, edition: Edition) -> View:
    """Return a stub at an old address of a briefing, as Hugo makes them for ``aliases``."""
    base = edition.site.settings.base_url
    route = routes.briefing(edition.language, alias)
    values = {
        "link": edition.anchor(Place(route), briefing),
        "canonical": routes.permalink(base, routes.document(briefing)) if base else "",
    }
    return View(route, "stub.html", edition.language, values)


# --- both languages on one page ---------------------------------------------------------------


def gateway_view(editions: Mapping[Language, Edition]) -> View:
    """Return the way in: both languages side by side, none before the other but in order."""
    first = next(iter(editions.values()))
    place = Place(routes.GATEWAY)
    panels = [_gateway_panel(each, place) for each in editions.values()]
    about = About(
        route=routes.GATEWAY,
        title=" · ".join(each.title.text for each in panels),
        summary=" · ".join(each.tagline.text for each in panels if each.tagline),
        versions={each: routes.home(each) for each in editions},
        default=routes.GATEWAY,
        data=structured.gateway(first),
    )
    values = {"frame": make_frame(about, first), "panels": tuple(panels)}
    return View(routes.GATEWAY, "gateway.html", first.language, values)


def _gateway_panel(edition: Edition, place: Place) -> Panel:
    locale = edition.locale
    enter = Anchor(place.to(routes.home(edition.language)), edition.own(edition.language.endonym))
    return Panel(
        language=edition.language,
        direction=edition.language.direction,
        title=edition.title,
        tagline=edition.localized(edition.site.settings.tagline),
        heading=locale.gettext("Latest briefings"),
        text=locale.gettext("Read the briefings"),
        enter=enter,
        links=(),
        latest=lists.items(_newest(edition, LATEST), edition, place),
    )


def not_found_view(editions: Mapping[Language, Edition]) -> View:
    """Return the page for an address that leads to nothing, in both languages."""
    first = next(iter(editions.values()))
    place = Place(routes.NOT_FOUND, first.site.settings.base_url)
    panels = tuple(_not_found_panel(each, place) for each in editions.values())
    about = About(
        route=routes.NOT_FOUND,
        title=" · ".join(each.heading for each in panels),
        summary="",
        versions={each: routes.home(each) for each in editions},
        indexed=False,
        absolute=True,
    )
    values = {"frame": make_frame(about, first), "panels": panels}
    return View(routes.NOT_FOUND, "not_found.html", first.language, values)


def _not_found_panel(edition: Edition, place: Place) -> Panel:
    locale = edition.locale
    sections: Sequence[tuple[Route, str]] = (
        (routes.section(edition.language, "briefings"), locale.gettext("Briefings")),
        (routes.section(edition.language, "topics"), locale.gettext("Topics")),
        (routes.section(edition.language, "sources"), locale.gettext("Sources")),
    )
    home = place.to(routes.home(edition.language))
    return Panel(
        language=edition.language,
        direction=edition.language.direction,
        title=edition.title,
        tagline=None,
        heading=locale.gettext("Page not found"),
        text=locale.gettext("Nothing lies at this address. It may have been mistyped or moved."),
        enter=Anchor(home, edition.own(locale.gettext("Home"))),
        links=tuple(Anchor(place.to(route), edition.own(text)) for route, text in sections),
        latest=(),
    )
