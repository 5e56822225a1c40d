"""Briefings: the page of one, and the index of all.

Enters: an ``Edition``. Leaves: ``View`` values. Facts that the author did not state are not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mujaz import routes
from mujaz.model import Briefing, Language, Route
from mujaz.views import drawings, lists, structured
from mujaz.views.edition import Edition, Place
from mujaz.views.frame import About, home_anchor, make_frame, section_anchor, section_title
from mujaz.views.references import reference_list
from mujaz.views.rich_text import contents, rich_text
from mujaz.views.values import Anchor, CorrectionEntry, View

if TYPE_CHECKING:
    from mujaz.views.lists import Slice


def briefing_view(briefing: Briefing, edition: Edition) -> View:
    """Return the page of a briefing."""
    route = routes.document(briefing)
    place = Place(route)
    about = About(
        route=route,
        title=briefing.title,
        summary=briefing.summary,
        versions=edition.routes(briefing),
        section="briefings",
        crumbs=(home_anchor(edition, place), section_anchor(edition, place, "briefings")),
        kind="article",
        meta=structured.citation_meta(briefing, edition),
        data=structured.briefing(briefing, edition),
    )
    frame = make_frame(about, edition)
    values = {
        "frame": frame,
        "title": edition.own(briefing.title),
        "summary": edition.own(briefing.summary),
        "date": edition.moment(briefing.date),
        "updated": edition.moment(briefing.updated) if briefing.updated > briefing.date else None,
        "topics": edition.topic_anchors(place, briefing.topics),
        "authors": tuple(edition.own(each) for each in briefing.authors),
        "draft": briefing.draft,
        "count": edition.count(briefing.sources),
        "undated": drawings.undated(briefing.sources, edition),
        "versions": tuple(each for each in frame.switches if each.same),
        "missing": tuple(each for each in frame.switches if not each.same),
        "contents": contents(briefing, edition),
        "body": rich_text(briefing, edition, place),
        "references": reference_list(briefing, edition, place),
        "corrections": corrections(briefing, edition),
        "permalink": frame.canonical,
        "related": lists.items(edition.site.linked(briefing.path).related, edition, place),
    }
    return View(route, "briefing.html", edition.language, values)


def corrections(
    briefing: Briefing, edition: Edition, document: Anchor | None = None
) -> tuple[CorrectionEntry, ...]:
    """Return the corrections log of a briefing, newest first."""
    log = sorted(briefing.corrections, key=lambda c: c.date, reverse=True)
    return tuple(
        CorrectionEntry(edition.moment(each.date), edition.own(each.note), document) for each in log
    )


def index_slices(edition: Edition) -> tuple[Slice, ...]:
    """Return the pages of the index: a long one has a page per year, the newest year first."""
    return lists.slices(edition.briefings, lists.year, edition.language, "briefings")


def index_view(number: int, edition: Edition) -> View:
    """Return one page of the index of this language's briefings, counted from 0."""
    pages = index_slices(edition)
    part = pages[number]
    parts = lists.part_links(pages, part, edition.locale.digits, edition)
    place = Place(part.route)
    title = section_title(edition, "briefings")
    if part.name:
        title = f"{title}: {edition.locale.digits(part.name)}"
    about = About(
        route=part.route,
        title=title,
        summary="",
        versions=_index_versions(edition, part.route),
        section="briefings",
        part=bool(part.name),
        crumbs=(home_anchor(edition, place),),
        data=structured.collection(edition, title, part.route),
    )
    values = {
        "frame": make_frame(about, edition),
        "title": title,
        "parts": parts,
        "briefings": lists.items([each[-1] for each in part.entries], edition, place),
        "total": len(edition.briefings),
    }
    return View(part.route, "briefings.html", edition.language, values)


def _index_versions(edition: Edition, route: Route) -> dict[Language, Route]:
    """Return the versions of an index; a part of it has no exact counterpart elsewhere."""
    if route != routes.section(edition.language, "briefings"):
        return {edition.language: route}
    return {each: routes.section(each, "briefings") for each in edition.site.settings.languages}
