"""The values that templates receive: small, frozen, complete; a template sees nothing else.

Enters: nothing. Leaves: dataclasses. Texts of authors are ``Phrase`` values, so that a template can
isolate each of them with its own language; texts of the interface are plain ``str``. Never holds
HTML: the one thing with markup in it, ``RichText``, holds pieces of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mujaz.model import Language, Piece, Route


class Wanted(NamedTuple):
    """A file to be made: its route, what kind of page or export it is, and of what.

    ``name`` is a path, an ID, an alias or the number of a page of a list; ``of`` is the path of the
    document that an alias belongs to.
    """

    route: Route
    kind: str
    language: Language
    name: str = ""
    of: str = ""


class View(NamedTuple):
    """One page to be: its route, the template that draws it, its language, and its values."""

    route: Route
    template: str
    language: Language
    values: Mapping[str, object]


# --- words and links --------------------------------------------------------------------------


class Phrase(NamedTuple):
    """A text of an author and its language; None where nobody stated one."""

    text: str
    language: Language | None


class Moment(NamedTuple):
    """A date in words, and for a known day the same as ISO 8601 (else "")."""

    words: str
    iso: str


class Anchor(NamedTuple):
    """A link inside the site; ``current`` as ARIA says it: "page", "true" or ""."""

    href: str
    label: Phrase
    current: str = ""


class Switch(NamedTuple):
    """The way to the other language: ``same`` page, or ``words`` (in that language) say where."""

    href: str
    language: Language
    name: str
    same: bool
    words: str


class Alternate(NamedTuple):
    """A ``hreflang`` and its absolute URL."""

    tag: str
    href: str


# --- what every page has ----------------------------------------------------------------------


class Footer(NamedTuple):
    """The last lines of every page."""

    text: Phrase | None
    publisher: Phrase | None
    licence: str
    feed: str


class Frame(NamedTuple):
    """Everything around the content of a page, and everything in its head.

    ``title`` and ``description`` are plain texts fit for attributes; ``meta`` are ``name`` and
    ``content``, ``graph`` are OpenGraph's ``property`` and ``content``; ``data`` is the JSON-LD.
    """

    language: Language
    direction: str
    title: str
    description: str
    indexed: bool
    canonical: str
    alternates: tuple[Alternate, ...]
    meta: tuple[tuple[str, str], ...]
    graph: tuple[tuple[str, str], ...]
    data: Mapping[str, object] | None
    styles: tuple[str, ...]
    icon: str
    feeds: tuple[Anchor, ...]
    site: Anchor
    nav: tuple[Anchor, ...]
    switches: tuple[Switch, ...]
    crumbs: tuple[Anchor, ...]
    footer: Footer
    script: str
    logo: str


# --- sources and citations --------------------------------------------------------------------


class Count(NamedTuple):
    """How many articles, how many origins they come from, and how many of them state none."""

    articles: int
    origins: int
    unstated: int


class SourceLine(NamedTuple):
    """A source in one line: ``ours`` when the title is our own label; "" and None: not stated.

    ``gloss`` is our label beside a title of another language; ``cited`` counts the documents.
    ``keys`` are what a list can be filtered and sorted by.
    """

    id: str
    href: str
    title: Phrase
    ours: bool
    gloss: Phrase | None
    language: Language | None
    publisher: Phrase | None
    origins: tuple[Phrase, ...]
    issued: Moment | None
    reason: Phrase | None
    url: str
    archive_url: str
    archive_date: Moment | None
    accessed: Moment | None
    keys: tuple[tuple[str, str], ...]
    cited: int = 0


class Way(NamedTuple):
    """A way back to a mark: its anchor, and its number among the marks of one source."""

    href: str
    number: int


class ReferenceEntry(NamedTuple):
    """An entry of the reference list."""

    number: int
    source: SourceLine
    ways: tuple[Way, ...]


class Quote(NamedTuple):
    """The quoted words in the source's language, and our translation of them."""

    words: Phrase
    translation: Phrase | None


class Mark(NamedTuple):
    """A citation mark and its note: ``number`` counts marks, ``reference`` names the source.

    ``first`` says that no earlier mark beside a margin names this source.
    """

    number: int
    reference: int
    locator: str
    quote: Quote | None
    source: SourceLine
    first: bool


class RichText(NamedTuple):
    """A Markdown text on one page: its HTML, where its links lead, its marks by number."""

    html: tuple[Piece, ...]
    links: Mapping[str, str]
    marks: Mapping[int, Mark]
    prefix: str


class Statement(NamedTuple):
    """A sentence that rests on a source, with the way to its mark.

    ``paragraphs`` are those of the source that it rests on; none: the whole article.
    """

    href: str
    sentence: Phrase
    locator: str
    quote: Quote | None
    document: Anchor
    paragraphs: tuple[int, ...]


class CitingDocument(NamedTuple):
    """A document and everything in it that rests on one source."""

    document: Anchor
    statements: tuple[Statement, ...]


# --- documents --------------------------------------------------------------------------------


class Heading(NamedTuple):
    """A line of a contents list."""

    href: str
    level: int
    text: Phrase


class CorrectionEntry(NamedTuple):
    """An entry of a corrections log; ``document`` where it stands outside its document."""

    date: Moment
    note: Phrase
    document: Anchor | None = None


class Item(NamedTuple):
    """A briefing in a list."""

    link: Anchor
    date: Moment
    summary: Phrase
    topics: tuple[Anchor, ...]
    count: Count  # type: ignore[assignment] # templates ask for it so


class TopicItem(NamedTuple):
    """A topic in a list, with its newest briefing."""

    link: Anchor
    summary: Phrase
    briefings: int
    count: Count  # type: ignore[assignment] # templates ask for it so
    newest: Anchor | None


class Group(NamedTuple):
    """A part of a long list under its own heading; "" for none."""

    heading: str
    anchor: str
    items: tuple[Item, ...]


class SourceGroup(NamedTuple):
    """A part of the source index under its own heading."""

    heading: str
    anchor: str
    sources: tuple[SourceLine, ...]


class Part(NamedTuple):
    """A page of a list that is split: its name, how much it holds, where it is."""

    link: Anchor
    items: int
