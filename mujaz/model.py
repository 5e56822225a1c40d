"""The model: every value that moves between the stages.

Enters: nothing. Leaves: frozen dataclasses without behaviour beyond properties. A later stage makes
a new value and never fills in an old one: ``RawDocument`` → ``Document`` → ``Output``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NewType

if TYPE_CHECKING:
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
    not be read (a problem says why). ``digest`` is the SHA-256 of the file's bytes in hex.
    """

    kind: Kind
    path: str
    name: str
    language: Language | None
    data: YamlNode | None
    body: str
    body_line: int
    digest: str = ""


# --- what validate gives: everything valid, nothing linked -----------------------------------


class ParagraphRange(NamedTuple):
    """Paragraphs ``first`` to ``last`` of a stored text, both included, counted from 1."""

    first: int
    last: int


class Quotation(NamedTuple):
    """The exact words a citation rests on, and our translation of them where one is given."""

    text: str
    translation: str | None


class Citation(NamedTuple):
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


class Link(NamedTuple):
    """A link as the author wrote it."""

    target: str
    location: Location


class Image(NamedTuple):
    """A picture as the author wrote it."""

    target: str
    alt: str
    location: Location


class Heading(NamedTuple):
    """A heading: level 1–6, plain text, the id written or made for it (without prefix)."""

    level: int
    text: str
    id: str
    location: Location


class Hole(NamedTuple):
    """A place in the HTML of a text that each page fills: what is wanted, and what for."""

    kind: str
    value: Any = None


Piece = str | Hole


@dataclass(frozen=True)
class Body:
    """A Markdown text: its HTML with holes, and the facts taken from it.

    ``places`` says where each citation stands, ``anchors`` are all ids, ``attempts`` the article
    IDs in citations that could not be read.
    """

    html: tuple[Piece, ...]
    citations: tuple[Citation, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    headings: tuple[Heading, ...]
    places: tuple[Location, ...] = ()
    anchors: frozenset[str] = frozenset()
    attempts: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Document:
    """What others may show of a Markdown document; its ``path`` is its name everywhere."""

    path: str
    slug: str
    language: Language
    title: str
    summary: str


class Correction(NamedTuple):
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
    """``site.yaml``. ``base_url`` is "" or ends in a slash; ``checks`` maps codes to severities.

    ``logo`` is the name of a picture in ``content/images/``, "" for none.
    """

    title: Localized
    tagline: Localized
    base_url: str
    languages: tuple[Language, ...]
    months: Mapping[Language, str]
    digits: Mapping[Language, str]
    publisher: Localized | None
    footer: Localized | None
    accent: str
    logo: str
    licence: str
    nav: tuple[str, ...]
    checks: Mapping[str, Severity | None]
    places: Mapping[str, Location]


# --- what resolve and views give -------------------------------------------------------------


class Reference(NamedTuple):
    """An entry of a document's reference list: its number, the source, the marks that cite it."""

    number: int
    source: Source
    citations: tuple[Citation, ...]


class Target(NamedTuple):
    """Where an internal link leads: a route and a fragment ("" for the whole page)."""

    route: Route
    fragment: str


# --- what render gives -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its path, and its bytes or the file that it is a copy of."""

    route: Route
    content: bytes | Path
