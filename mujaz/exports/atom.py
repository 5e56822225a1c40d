"""Atom (RFC 4287): a feed per language and one per topic, with the newest briefings in full.

Enters: an ``Edition``. Leaves: the bytes of its feed. Citation marks become ``[1]`` and the
articles stand in a list below the text. With a ``base_url`` every link is absolute; without one
only their words stay, because a feed reader knows no folder, and ids are ``tag:`` URIs (RFC 4151).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import Markup

from mujaz import routes
from mujaz.filters import bidi, footnote_label, language_attributes
from mujaz.markdown import Hooks, to_html
from mujaz.model import Route
from mujaz.text import plain_title
from mujaz.views.edition import Place
from mujaz.views.references import make_references, reference_list
from mujaz.views.values import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mujaz.model import Briefing, Topic
    from mujaz.views.edition import Edition
    from mujaz.views.values import ReferenceEntry, SourceLine

NEWEST = 30
NAMESPACE = "http://www.w3.org/2005/Atom"
TAG = "tag:mujaz.invalid,2020:"


def feed(edition: Edition) -> bytes:
    """Return the feed of a language, newest change first."""
    paths = edition.site.names("feed", edition.language)
    home = routes.home(edition.language)
    return _feed(edition, routes.feed(edition.language), home, edition.title, paths)


def topic_feed(topic: Topic, edition: Edition) -> bytes:
    """Return the feed of a topic, newest change first."""
    route = routes.topic_feed(topic.language, topic.slug)
    title = edition.own(f"{topic.title} — {edition.title.text}")
    paths = edition.site.names("feed", topic.language, topic.slug)
    return _feed(edition, route, routes.document(topic), title, paths)


def _feed(
    edition: Edition, route: Route, page: Route, title: Phrase, paths: Sequence[str]
) -> bytes:
    """Return a feed of the first briefings; ``page`` is what a reader of the feed would visit."""
    briefings = [edition.site.briefing(path) for path in paths[:NEWEST]]
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": str(edition.language)})
    _text(root, "id", _identity(edition, route))
    _text(root, "title", _title(title))
    newest = max((each.updated for each in briefings), default=date(1970, 1, 1))
    _text(root, "updated", _moment(newest))
    publisher = edition.localized(edition.site.settings.publisher)
    author = SubElement(root, "author")
    _text(author, "name", (publisher or edition.title).text)
    if edition.site.settings.base_url:
        _link(root, "self", route, edition)
        _link(root, "alternate", page, edition)
    for each in briefings:
        _entry(root, each, edition)
    indent(root, space="")
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _entry(root: Element, briefing: Briefing, edition: Edition) -> None:
    route = routes.document(briefing)
    language = str(briefing.language)
    entry = SubElement(root, "entry", {"xml:lang": language})
    _text(entry, "id", _identity(edition, route))
    _text(entry, "title", _title(edition.own(briefing.title)))
    _text(entry, "published", _moment(briefing.date))
    _text(entry, "updated", _moment(briefing.updated))
    for name in briefing.authors:
        _text(SubElement(entry, "author"), "name", name)
    if edition.site.settings.base_url:
        _link(entry, "alternate", route, edition)
        for other, page in edition.routes(briefing).items():
            if other != briefing.language:
                _link(entry, "related", page, edition, str(other))
    for slug in briefing.topics:
        topic = edition.topic(slug)
        SubElement(entry, "category", {"term": slug, "label": topic.title if topic else slug})
    _text(entry, "summary", _title(edition.own(briefing.summary)))
    # A briefing stands in the feed of its language and in those of its topics.
    html = edition.site.once(("entry", briefing.path), lambda: str(_content(briefing, edition)))
    _text(entry, "content", html).set("type", "html")


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = text
    return child


def _link(
    parent: Element, relation: str, route: Route, edition: Edition, language: str = ""
) -> None:
    base = edition.site.settings.base_url
    values = {"rel": relation, "href": routes.permalink(base, route)}
    SubElement(parent, "link", {**values, "hreflang": language} if language else values)


def _identity(edition: Edition, route: Route) -> str:
    base = edition.site.settings.base_url
    return routes.permalink(base, route) if base else TAG + route


def _title(phrase: Phrase) -> str:
    direction = phrase.language.direction if phrase.language else "ltr"
    return plain_title(phrase.text, direction)


def _moment(day: date) -> str:
    """Return the start of a day as RFC 3339."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat().replace("+00:00", "Z")


# --- the content of an entry ------------------------------------------------------------------


def _content(briefing: Briefing, edition: Edition) -> Markup:
    """Return the text, its sources and its corrections inside an element that says its language."""
    language = briefing.language
    base = edition.site.settings.base_url
    place = Place(routes.document(briefing), base)
    parts = [to_html(edition.site.text(briefing.path).html, _hooks(briefing, edition, place))]
    parts.append(_sources(reference_list(briefing, edition, place), edition))
    parts.append(_corrections(briefing, edition))
    return Markup('<div lang="{}" dir="{}">{}</div>').format(
        language, language.direction, Markup("").join(parts)
    )


def _hooks(briefing: Briefing, edition: Edition, place: Place) -> Hooks:
    targets = edition.site.linked(briefing.path).targets
    numbers = {
        citation.number: reference.number
        for reference in make_references(briefing, edition.site)
        for citation in reference.citations
    }

    def href(written: str) -> str | None:
        target = targets.get(written)
        if target is None:
            return written
        return place.to(Route(target[0]), target[1]) if place.base else None

    def mark(group: tuple[int, ...]) -> str:
        words = [f"[{edition.locale.number(numbers[n])}]" for n in group if n in numbers]
        return str(Markup('<sup><bdi dir="ltr">{}</bdi></sup>').format("".join(words)))

    return Hooks(
        href=href,
        mark=mark,
        footnote_label=lambda n: footnote_label(n, briefing.language),
        footnotes=edition.locale.gettext("Footnotes"),
        back=edition.locale.gettext("Back to the text"),
        prefix=f"{briefing.slug}-",
    )


def _sources(entries: tuple[ReferenceEntry, ...], edition: Edition) -> Markup:
    if not entries:
        return Markup("")
    items = Markup("").join(_source(each, edition) for each in entries)
    return Markup("<h2>{}</h2><ul>{}</ul>").format(edition.locale.gettext("References"), items)


def _source(entry: ReferenceEntry, edition: Edition) -> Markup:
    line = entry.source
    title = bidi(line.title, edition.language)
    name = Markup("[{}]").format(title) if line.ours else title
    if edition.site.settings.base_url:
        name = Markup('<a href="{}">{}</a>').format(line.href, name)
    when = line.issued.words if line.issued else edition.locale.gettext("no date stated")
    return Markup(
        '<li><bdi dir="ltr">[{}]</bdi> {}. {} {}. {}. <code dir="ltr">{}</code></li>'
    ).format(
        edition.locale.number(entry.number),
        name,
        edition.locale.gettext("Reporting of:"),
        _origins(line, edition),
        when,
        line.id,
    )


def _origins(line: SourceLine, edition: Edition) -> Markup:
    if not line.origins:
        return Markup("{}").format(edition.locale.gettext("not stated"))
    return edition.locale.markup_list([bidi(each, edition.language) for each in line.origins])


def _corrections(briefing: Briefing, edition: Edition) -> Markup:
    if not briefing.corrections:
        return Markup("")
    items = Markup("").join(
        Markup("<li>{}: <bdi{}>{}</bdi></li>").format(
            edition.locale.date(each.date),
            language_attributes(edition.own(each.note), edition.language),
            each.note,
        )
        for each in briefing.corrections
    )
    return Markup("<h2>{}</h2><ul>{}</ul>").format(edition.locale.gettext("Corrections"), items)
