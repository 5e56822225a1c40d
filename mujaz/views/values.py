"""The values that templates receive: small, frozen, complete; a template sees nothing else.

Enters: nothing. Leaves: dataclasses. Texts of authors are ``Phrase`` values, so that a template can
isolate each of them with its own language; texts of the interface are plain ``str``. Never holds
HTML: the one thing with markup in it, ``RichText``, holds pieces of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mujaz.model import Language, Piece, Route


@dataclass(frozen=True, slots=True)
class View:
    """One page to be: its route, the template that draws it, its language, and its values."""

    route: Route
    template: str
    language: Language
    values: Mapping[str, object]


# --- words and links --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of an author and its language; None where nobody stated one."""

    text: str
    language: Language | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in words, and for a known day the same as ISO 8601 (else "")."""

    words: str
    iso: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link inside the site; ``current`` as ARIA says it: "page", "true" or ""."""

    href: str
    label: Phrase
    current: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """The way to the other language: ``same`` page, or ``words`` (in that language) say where."""

    href: str
    language: Language
    name: str
    same: bool
    words: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """A ``hreflang`` and its absolute URL."""

    tag: str
    href: str


# --- what every page has ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Footer:
    """The last lines of every page."""

    text: Phrase | None
    publisher: Phrase | None
    licence: str
    feed: str


@dataclass(frozen=True, slots=True)
class Frame:
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


# --- sources and citations --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles, how many origins they come from, and how many of them state none."""

    articles: int
    origins: int
    unstated: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in one line: ``ours`` when the title is our own label; "" and None: not stated.

    ``gloss`` is our label beside a title of another language; ``cited`` counts the documents.
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
    cited: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """A way back to a mark: its anchor, and its number among the marks of one source."""

    href: str
    number: int


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """An entry of the reference list."""

    number: int
    source: SourceLine
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """The quoted words in the source's language, and our translation of them."""

    words: Phrase
    translation: Phrase | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark and its note: ``number`` counts marks, ``reference`` names the source."""

    number: int
    reference: int
    locator: str
    quote: Quote | None
    source: SourceLine


@dataclass(frozen=True)
class RichText:
    """A Markdown text on one page: its HTML, where its links lead from here, its marks by number."""

    html: tuple[Piece, ...]
    links: Mapping[str, str]
    marks: Mapping[int, Mark]
    prefix: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that rests on a source, with the way to its mark."""

    href: str
    sentence: Phrase
    locator: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class CitingDocument:
    """A document and everything in it that rests on one source."""

    document: Anchor
    statements: tuple[Statement, ...]


# --- documents --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of a contents list."""

    href: str
    level: int
    text: Phrase


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """An entry of a corrections log; ``document`` where it stands outside its document."""

    date: Moment
    note: Phrase
    document: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A briefing in a list."""

    link: Anchor
    date: Moment
    summary: Phrase
    topics: tuple[Anchor, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class TopicItem:
    """A topic in a list, with its newest briefing."""

    link: Anchor
    summary: Phrase
    briefings: int
    articles: int
    newest: Item | None


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a long list under its own heading; "" for none."""

    heading: str
    anchor: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """A part of the source index under its own heading."""

    heading: str
    anchor: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a list that is split: its name, how much it holds, where it is."""

    link: Anchor
    items: int
