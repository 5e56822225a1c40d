"""Topics: the page of one, and the index of all.

Enters: an ``Edition``. Leaves: ``View`` values.
"""

from __future__ import annotations

from mujaz import routes
from mujaz.model import Topic
from mujaz.views import drawings, lists, structured
from mujaz.views.edition import Edition, Place
from mujaz.views.frame import About, home_anchor, make_frame, section_anchor, section_title
from mujaz.views.references import reference_list, source_line
from mujaz.views.rich_text import contents, rich_text
from mujaz.views.values import Anchor, TopicItem, View


def topic_items(edition: Edition, place: Place) -> tuple[TopicItem, ...]:
    """Return the topics of this language as lines of a list."""
    return tuple(_topic_item(each, edition, place) for each in edition.topics)


def _topic_item(topic: Topic, edition: Edition, place: Place) -> TopicItem:
    briefings = edition.on_topic(topic.slug)
    newest = edition.site.briefing(briefings[0][-1]) if briefings else None
    return TopicItem(
        link=edition.anchor(place, topic),
        summary=edition.own(topic.summary),
        briefings=len(briefings),
        count=edition.count(edition.site.names("sources on topic", topic.slug)),
        newest=edition.anchor(place, newest) if newest else None,
    )


def index_view(edition: Edition) -> View:
    """Return the index of this language's topics."""
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


def topic_view(topic: Topic, edition: Edition) -> View:
    """Return the dossier of a topic."""
    route = routes.document(topic)
    place = Place(route)
    feed = place.to(routes.topic_feed(topic.language, topic.slug))
    about = About(
        route=route,
        title=topic.title,
        summary=topic.summary,
        versions=edition.routes(topic),
        section="topics",
        crumbs=(home_anchor(edition, place), section_anchor(edition, place, "topics")),
        feeds=(Anchor(feed, edition.own(topic.title)),),
        data=structured.collection(edition, topic.title, route),
    )
    sources = edition.site.names("sources on topic", topic.slug)
    briefings = edition.on_topic(topic.slug)
    frame = make_frame(about, edition)
    values = {
        "frame": frame,
        "title": edition.own(topic.title),
        "summary": edition.own(topic.summary),
        "missing": tuple(each for each in frame.switches if not each.same),
        "contents": contents(topic, edition),
        "body": rich_text(topic, edition, place),
        "references": reference_list(topic, edition, place),
        "briefings": lists.year_groups(briefings, edition, place),
        "total": len(briefings),
        "count": edition.count(sources),
        "undated": drawings.undated(sources, edition),
        "axis": drawings.axis(sources, edition),
        "coverage": drawings.coverage(sources, [entry[-1] for entry in briefings], edition, place),
        "sources": tuple(source_line(key, edition, place) for key in sources),
        "gaps": tuple(edition.own(each) for each in topic.gaps),
    }
    return View(route, "topic.html", edition.language, values)
