"""Topics: the page of each, and the index of all.

Enters: an ``Edition``. Leaves: ``View`` values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mujaz import routes
from mujaz.model import Topic
from mujaz.views import lists, structured
from mujaz.views.edition import Edition, Place
from mujaz.views.frame import About, home_anchor, make_frame, section_anchor, section_title
from mujaz.views.references import reference_list, source_line
from mujaz.views.rich_text import contents, rich_text
from mujaz.views.sources import newest_first
from mujaz.views.values import TopicItem, View

if TYPE_CHECKING:
    from collections.abc import Iterator


def topic_views(edition: Edition) -> Iterator[View]:
    """Return the index of this language's topics, and the page of each."""
    yield _index_view(edition)
    for each in edition.topics:
        yield _topic_view(each, edition)


def topic_items(edition: Edition, place: Place) -> tuple[TopicItem, ...]:
    """Return the topics of this language as lines of a list."""
    return tuple(_topic_item(each, edition, place) for each in edition.topics)


def _topic_item(topic: Topic, edition: Edition, place: Place) -> TopicItem:
    briefings = edition.index.by_topic.get((edition.language, topic.slug), ())
    return TopicItem(
        link=edition.anchor(place, topic),
        summary=edition.own(topic.summary),
        briefings=len(briefings),
        articles=len(edition.index.topic_sources.get(topic.slug, ())),
        newest=lists.item(briefings[0], edition, place) if briefings else None,
    )


def _index_view(edition: Edition) -> View:
    route = routes.section(edition.language, "topics")
    place = Place(route)
    title = section_title(edition, "topics")
    languages = edition.site.settings.languages
    about = About(
        route=route,
        title=title,
        summary="",
        versions={each: routes.section(each, "topics") for each in languages},
        section="topics",
        crumbs=(home_anchor(edition, place),),
        data=structured.collection(edition, title, route),
    )
    values = {
        "frame": make_frame(about, edition),
        "title": title,
        "topics": topic_items(edition, place),
    }
    return View(route, "topics.html", edition.language, values)


def _topic_view(topic: Topic, edition: Edition) -> View:
    route = routes.document(topic)
    place = Place(route)
    versions = edition.versions(topic)
    languages = [each for each in edition.site.settings.languages if each in versions]
    about = About(
        route=route,
        title=topic.title,
        summary=topic.summary,
        versions={each: routes.document(versions[each]) for each in languages},
        section="topics",
        crumbs=(home_anchor(edition, place), section_anchor(edition, place, "topics")),
        data=structured.collection(edition, topic.title, route),
    )
    briefings = edition.index.by_topic.get((edition.language, topic.slug), ())
    sources = newest_first(edition.index.topic_sources.get(topic.slug, ()))
    frame = make_frame(about, edition)
    values = {
        "frame": frame,
        "title": edition.own(topic.title),
        "summary": edition.own(topic.summary),
        "missing": tuple(each for each in frame.switches if not each.same),
        "contents": contents(topic),
        "body": rich_text(topic, edition, place),
        "references": reference_list(topic, edition, place),
        "briefings": lists.year_groups(briefings, edition, place),
        "sources": tuple(source_line(each, edition, place) for each in sources),
        "gaps": tuple(edition.own(each) for each in topic.gaps),
    }
    return View(route, "topic.html", edition.language, values)
