"""The frame of a page: its head, its navigation, the way to the other language, its footer.

Enters: an ``Edition``, where the page lies, and what is particular to it. Leaves: a ``Frame``.
Absolute URLs appear only with a ``base_url``; a link to another language always leads somewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mujaz import routes
from mujaz.model import Kind, Language, Route
from mujaz.text import plain_title
from mujaz.views.edition import Place
from mujaz.views.values import Alternate, Anchor, Footer, Frame, Phrase, Switch

if TYPE_CHECKING:
    from mujaz.views.edition import Edition

SCRIPT = "js/site.js"
STYLES = ("css/fonts.css", "css/site.css", "css/theme.css")


@dataclass(frozen=True, kw_only=True)
class About:
    """What is particular to one page.

    ``versions`` maps every language that has this page to its route; ``section`` is where a reader
    of another language is led when it does not: a section's index, or "" for the home page.
    ``part`` marks a part of a list, for which that index is no lesser version. ``feeds`` are the
    page's own, beside those of the site.
    """

    route: Route
    title: str
    summary: str
    versions: Mapping[Language, Route]
    section: str = ""
    part: bool = False
    crumbs: tuple[Anchor, ...] = ()
    feeds: tuple[Anchor, ...] = ()
    kind: str = "website"
    indexed: bool = True
    absolute: bool = False
    default: Route | None = None
    meta: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, object] | None = field(default=None)


def make_frame(about: About, edition: Edition) -> Frame:
    """Return the frame of a page."""
    base = edition.site.settings.base_url
    place = Place(about.route, base if about.absolute else "")
    canonical = routes.permalink(base, about.route) if base and about.indexed else ""
    title = _window_title(about.title, edition)
    logo = edition.site.settings.logo
    summary = plain_title(about.summary, edition.language.direction)
    return Frame(
        language=edition.language,
        direction=edition.language.direction,
        title=title,
        description=summary,
        indexed=about.indexed,
        canonical=canonical,
        alternates=alternates(about, base) if canonical else (),
        meta=about.meta,
        graph=_graph(about, edition, summary, canonical),
        data=about.data,
        styles=tuple(place.to(routes.static(each)) for each in STYLES),
        icon=place.to(routes.static("favicon.svg")),
        feeds=about.feeds
        + edition.site.once(
            ("feeds", edition.language, place.folder), lambda: _feeds(edition, place)
        ),
        site=Anchor(place.to(routes.home(edition.language)), edition.title),
        nav=_nav(about, edition, place),
        switches=tuple(_switch(each, about, edition, place) for each in edition.others),
        crumbs=about.crumbs,
        footer=_footer(edition, place),
        script=place.to(routes.static(SCRIPT)),
        logo=place.to(routes.image(logo)) if logo else "",
    )


def _window_title(title: str, edition: Edition) -> str:
    site = edition.title.text
    whole = f"{title} — {site}" if title and title != site else site
    return plain_title(whole, edition.language.direction)


def alternates(about: About, base: str) -> tuple[Alternate, ...]:
    """Return every version of a page that exists, itself included, and ``x-default``."""
    found = [
        Alternate(str(each), routes.permalink(base, about.versions[each]))
        for each in about.versions
    ]
    default = about.default or routes.default_version(about.versions)
    if default is not None:
        found.append(Alternate("x-default", routes.permalink(base, default)))
    return tuple(found)


def _graph(
    about: About, edition: Edition, summary: str, canonical: str
) -> tuple[tuple[str, str], ...]:
    """Return OpenGraph properties (ogp.me); those without a value are left out."""
    direction = edition.language.direction
    pairs = (
        ("og:type", about.kind),
        ("og:site_name", plain_title(edition.title.text, direction)),
        ("og:title", plain_title(about.title, direction)),
        ("og:description", summary),
        ("og:url", canonical),
    )
    return tuple((name, value) for name, value in pairs if value)


def _feeds(edition: Edition, place: Place) -> tuple[Anchor, ...]:
    order = (edition.language, *edition.others)
    titles = edition.site.settings.title
    return tuple(
        Anchor(place.to(routes.feed(each)), Phrase(titles.get(each, ""), each)) for each in order
    )


def section_title(edition: Edition, name: str) -> str:
    """Return the name of a section in the words of the interface."""
    locale = edition.locale
    words = {
        "briefings": locale.gettext("Briefings"),
        "topics": locale.gettext("Topics"),
        "sources": locale.gettext("Sources"),
    }
    return words[name]


def section_anchor(edition: Edition, place: Place, name: str) -> Anchor:
    """Return the link to a section's index."""
    label = edition.own(section_title(edition, name))
    return Anchor(place.to(routes.section(edition.language, name)), label)


def home_anchor(edition: Edition, place: Place) -> Anchor:
    """Return the link to the home page, in the words of the interface."""
    label = edition.own(edition.locale.gettext("Home"))
    return Anchor(place.to(routes.home(edition.language)), label)


def _nav(about: About, edition: Edition, place: Place) -> tuple[Anchor, ...]:
    def make() -> list[tuple[Route, str, Anchor]]:
        found = (_nav_entry(name, edition, place) for name in edition.site.settings.nav)
        return [each for each in found if each]

    entries = edition.site.once(("nav", edition.language, place.folder), make)
    return tuple(
        [
            anchor._replace(
                current="page"
                if route == about.route
                else "true"
                if section and section == about.section
                else ""
            )
            for route, section, anchor in entries
        ]
    )


def _nav_entry(name: str, edition: Edition, place: Place) -> tuple[Route, str, Anchor] | None:
    """Return an entry of the navigation, where it leads, and which section it stands for.

    A page without this language is linked in another.
    """
    if name in routes.SECTIONS:
        index = routes.section(edition.language, name)
        return index, name, section_anchor(edition, place, name)
    found = edition.site.list("versions", Kind.PAGE.value, name)
    versions = {entry[1]: entry[-1] for entry in found}
    for language in (edition.language, *edition.others):
        if language in versions:
            anchor = edition.anchor(place, edition.site.document(versions[language]))
            return routes.page(language, name), "", anchor
    return None


def _switch(language: Language, about: About, edition: Edition, place: Place) -> Switch:
    words = edition.locales[language]
    same = language in about.versions
    if same:
        route, text = about.versions[language], ""
    elif about.section:
        route = routes.section(language, about.section)
        text = {
            "briefings": words.gettext("not translated; all briefings"),
            "topics": words.gettext("not translated; all topics"),
            "sources": words.gettext("not translated; all sources"),
        }[about.section]
    else:
        route, text = routes.home(language), words.gettext("not translated; home page")
    return Switch(place.to(route), language, language.endonym, same, "" if about.part else text)


def _footer(edition: Edition, place: Place) -> Footer:
    settings = edition.site.settings
    return Footer(
        text=edition.localized(settings.footer),
        publisher=edition.localized(settings.publisher),
        licence=settings.licence,
        feed=place.to(routes.feed(edition.language)),
    )
