"""The model: every value that moves between the stages.

Enters: nothing. Leaves: frozen dataclasses without behaviour beyond properties. A later stage makes
a new value and never fills in an old one: ``RawDocument`` → ``Library`` → ``Site`` → ``Output``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from markdown_it.token import Token

    from mujaz.dates import Edtf
    from mujaz.problems import Location, Severity


class Language(StrEnum):
    """The one table of languages: tag (BCP 47), direction, own name."""

    AR = "ar"
    EN = "en"

    @property
    def direction(self) -> str:
        """Return ``rtl`` or ``ltr``, the value of HTML's ``dir``."""
        return "rtl" if self is Language.AR else "ltr"

    @property
    def endonym(self) -> str:
        """Return the language's name in itself."""
        return {Language.AR: "العربية", Language.EN: "English"}[self]


Localized = Mapping[Language, str]
"""One text in every language of the site."""

Route = NewType("Route", str)
"""A path in the built site, from its root, without a leading slash: ``ar/topics/index.html``."""


# --- what load gives: text with places, no meaning yet ---------------------------------------


@dataclass(frozen=True, slots=True)
class YamlText:
    """A scalar exactly as written; ``plain`` when it stood without quotes."""

    value: str
    plain: bool
    location: Location


@dataclass(frozen=True, slots=True)
class YamlList:
    """A sequence."""

    items: tuple[YamlNode, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """A mapping: key → (place of the key, value), in the order written."""

    entries: Mapping[str, tuple[Location, YamlNode]]
    location: Location


YamlNode = YamlText | YamlList | YamlMapping


class Kind(StrEnum):
    """What a file of ``content/`` is, named after the place where it lies."""

    SETTINGS = "site.yaml"
    NAMES = "names.yaml"
    SOURCE = "sources"
    TOPIC = "topics"
    BRIEFING = "briefings"
    PAGE = "pages"


@dataclass(frozen=True)
class RawDocument:
    """One file: its place, its front matter or record, and for Markdown its body.

    ``name`` is the file name without language and extension; ``language`` is None for YAML files;
    ``body_line`` is the line of the file on which the body starts. ``data`` is None where it could
    not be read (a problem says why).
    """

    kind: Kind
    path: str
    name: str
    language: Language | None
    data: YamlNode | None
    body: str
    body_line: int


# --- what validate gives: everything valid, nothing linked -----------------------------------


@dataclass(frozen=True, slots=True)
class ParagraphRange:
    """Paragraphs ``first`` to ``last`` of a stored text, both included, counted from 1."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """The exact words a citation rests on, and our translation of them where one is given."""

    text: str
    translation: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """One item of a citation group: article ID, locator, optional quotation.

    ``number`` counts the citations of a document from 1 in reading order and names the mark's
    anchor; ``sentence`` is the plain text of the sentence that it supports.
    """

    number: int
    source: str
    paragraphs: tuple[ParagraphRange, ...]
    quotation: Quotation | None
    waivers: Mapping[str, str]
    sentence: str
    location: Location


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the author wrote it."""

    target: str
    location: Location


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as the author wrote it."""

    target: str
    alt: str
    location: Location


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1–6, plain text, the id written or made for it (without prefix)."""

    level: int
    text: str
    id: str
    location: Location


@dataclass(frozen=True)
class Body:
    """A Markdown text: its tokens, and the facts taken from them.

    ``anchors`` are all its ids, ``attempts`` the article IDs in citations that could not be read.
    """

    tokens: tuple[Token, ...]
    citations: tuple[Citation, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    headings: tuple[Heading, ...]
    anchors: frozenset[str] = frozenset()
    attempts: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Document:
    """What every Markdown document has; ``path`` is its key in the maps of ``Site``."""

    path: str
    slug: str
    language: Language
    title: str
    summary: str
    body: Body


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of a document's corrections log."""

    date: dt.date
    note: str


@dataclass(frozen=True, kw_only=True)
class Briefing(Document):
    """One language version of a briefing; the same slug in another language is its translation.

    ``topics`` and ``sources`` keep the author's order; ``places`` has where each was written.
    """

    date: dt.date
    lastmod: dt.date | None
    topics: tuple[str, ...]
    sources: tuple[str, ...]
    authors: tuple[str, ...]
    draft: bool
    aliases: tuple[str, ...]
    corrections: tuple[Correction, ...]
    places: Mapping[str, Location]

    @property
    def updated(self) -> dt.date:
        """Return the newest date the briefing itself states."""
        dates = [self.date, *(c.date for c in self.corrections)]
        return max([*dates, self.lastmod] if self.lastmod else dates)


@dataclass(frozen=True, kw_only=True)
class Topic(Document):
    """One language version of a topic; ``title`` is its label, the body the dossier's introduction.

    ``order`` sorts topics in lists; ``gaps`` says what no source says.
    """

    order: int
    gaps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Page(Document):
    """One language version of a plain page."""


@dataclass(frozen=True, kw_only=True)
class Name:
    """A person, organisation, place or term: preferred form per language, variants found."""

    id: str
    kind: str
    origin: bool
    preferred: Localized
    variants: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """The record of one cited article; every None means "not stated" and is shown as that.

    ``type`` is a CSL 1.0.2 item type, ``issued`` an EDTF level 1 date, ``text_sha256`` and
    ``chars`` (code points) describe the canonical text, ``boilerplate`` the paragraphs that are
    not the article's own.
    """

    path: str
    id: str
    type: str | None
    language: Language | None
    title: str | None
    label: Localized
    publisher: str | None
    origins: tuple[str, ...]
    issued: Edtf | None
    issued_reason: Localized | None
    issued_is_span: bool
    url: str | None
    archive_url: str | None
    archive_date: dt.date | None
    accessed: dt.date | None
    text_sha256: str | None
    chars: int | None
    paragraphs: int
    boilerplate: frozenset[int]
    summary: Localized
    descriptor: Localized
    topics: tuple[str, ...]
    places: Mapping[str, Location]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``site.yaml``. ``base_url`` is "" or ends in a slash; ``checks`` maps codes to severities."""

    title: Localized
    tagline: Localized
    base_url: str
    languages: tuple[Language, ...]
    months: Mapping[Language, str]
    digits: Mapping[Language, str]
    publisher: Localized | None
    footer: Localized | None
    accent: str
    licence: str
    nav: tuple[str, ...]
    checks: Mapping[str, Severity | None]
    places: Mapping[str, Location]


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything valid, nothing linked.

    ``images`` are paths below ``content/images/``, ``unread`` the documents that could not be read.
    """

    settings: Settings
    briefings: tuple[Briefing, ...]
    topics: tuple[Topic, ...]
    pages: tuple[Page, ...]
    sources: tuple[Source, ...]
    names: tuple[Name, ...]
    images: tuple[str, ...]
    unread: frozenset[str] = frozenset()


# --- what resolve gives: complete, never changed ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a document's reference list: its number, the source, the marks that cite it."""

    number: int
    source: Source
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Backlink:
    """A citation seen from its source: the citing document, and the citation with its sentence."""

    document: Document
    citation: Citation


@dataclass(frozen=True, slots=True)
class Target:
    """Where an internal link leads: a route and a fragment ("" for the whole page)."""

    route: Route
    fragment: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """Complete and never changed: what every page is a function of.

    Every sequence is in its order of display; briefings are newest first. Maps are keyed by the
    ``path`` of a document or the ``id`` of a source.

    - ``topics``: every version, by language then ``order``
    - ``references``: document path → its reference list, by number
    - ``backlinks``: source id → everything that cites it, briefings first
    - ``targets``: document path → target as written → where it leads (internal links and images)
    - ``origins``: source id → the names whose reporting it carries
    - ``drafts``: the paths of the briefings that are left out
    - ``routes``: every page, file and alias of the site → the file that it comes from
    """

    settings: Settings
    briefings: tuple[Briefing, ...]
    topics: tuple[Topic, ...]
    pages: tuple[Page, ...]
    sources: tuple[Source, ...]
    images: tuple[str, ...]
    references: Mapping[str, tuple[Reference, ...]]
    backlinks: Mapping[str, tuple[Backlink, ...]]
    targets: Mapping[str, Mapping[str, Target]]
    origins: Mapping[str, tuple[Name, ...]]
    routes: Mapping[Route, str]
    drafts: frozenset[str] = frozenset()


# --- what render gives -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its path, and its bytes or the file that it is a copy of."""

    route: Route
    content: bytes | Path
