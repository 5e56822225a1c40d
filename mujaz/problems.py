"""Problems: what is wrong in an author's files, where it stands, and the way out.

Enters: nothing of ours. Leaves: ``Problem`` values and the table of their codes. Never prints,
never raises for an author's mistake: problems travel beside the data, and only ``cli`` shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning only with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Return 0 for the gravest, so that sorting by rank puts errors first."""
        return list(Severity).index(self)


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file: path relative to the site's folder, line and column from 1.

    Columns count code points of the decoded line (a byte order mark is not counted).
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold: place, severity, code, what it is, and the way out."""

    location: Location
    code: str
    what: str
    hint: str
    severity: Severity

    @property
    def message(self) -> str:
        """Return what is wrong, and the way out where one is known, as one sentence."""
        return f"{self.what}; {self.hint}" if self.hint else self.what

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}: {self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class Code:
    """What ``docs/problems.md`` documents: the usual severity, and whether a site may change it."""

    severity: Severity
    fixed: bool
    meaning: str


def problem(code: str, location: Location, what: str, hint: str = "") -> Problem:
    """Return a problem with the usual severity of its code; an unknown code is our own bug."""
    return Problem(location, code, what, hint, CODES[code].severity)


def arrange(
    problems: list[Problem], severities: Mapping[str, Severity | None] | None = None
) -> list[Problem]:
    """Return the problems sorted by place, each once, at the severities a site asks for.

    ``severities`` maps a code to its severity, or to None for "off"; fixed codes ignore it.
    """
    wanted = severities or {}
    kept: dict[tuple[object, ...], Problem] = {}
    for each in problems:
        severity = each.severity
        if each.code in wanted and not CODES[each.code].fixed:
            asked = wanted[each.code]
            if asked is None:
                continue
            severity = asked
        key = (each.location, severity.rank, each.code, each.what)
        kept.setdefault(key, replace(each, severity=severity))
    return [kept[key] for key in sorted(kept, key=lambda key: (*key[:3], str(key[3])))]


def _error(meaning: str) -> Code:
    return Code(Severity.ERROR, fixed=True, meaning=meaning)


def _warning(meaning: str) -> Code:
    return Code(Severity.WARNING, fixed=False, meaning=meaning)


def _note(meaning: str) -> Code:
    return Code(Severity.NOTE, fixed=False, meaning=meaning)


CODES: Mapping[str, Code] = {
    # the folder and its files
    "content-missing": _error("there is no content folder, or a file the site cannot do without"),
    "file-name": _error("a file name that cannot become a page, a record or a URL"),
    "file-unexpected": _warning("a file in content/ that mujaz does not know what to do with"),
    "file-unreadable": _error("a file that the system does not let us read"),
    "file-too-large": _error("a text file beyond the size limit"),
    "symlink": _error("a symbolic link among the site's files"),
    "picture-unsafe": _error("an SVG picture that could run or fetch something"),
    "encoding": _error("a file that is not UTF-8 text"),
    "control-character": _error("a control character in a text"),
    "bidi-control": _error("a forbidden bidirectional control in a text"),
    "bidi-unbalanced": _error("a bidirectional isolate that is not closed in its block"),
    # front matter and records
    "front-matter-missing": _error("a Markdown file without front matter"),
    "front-matter-unclosed": _error("front matter without its closing line"),
    "front-matter-too-large": _error("front matter or a record beyond the size limit"),
    "yaml-syntax": _error("YAML that cannot be read"),
    "yaml-duplicate-key": _error("a key written twice in one mapping"),
    "yaml-alias": _error("a YAML anchor, alias or merge key"),
    "yaml-tag": _error("a YAML tag"),
    "yaml-depth": _error("YAML nested too deep"),
    "key-unknown": _error("a key that does not exist"),
    "key-missing": _error("a required key that is missing or empty"),
    "type-wrong": _error("a value of the wrong type"),
    "value-invalid": _error("a value that its key does not allow"),
    "value-repeated": _error("a list that holds one value twice"),
    "date-invalid": _error("a date that does not exist or is not written as a date"),
    "language-unknown": _error("a language the site does not have"),
    "id-malformed": _error("something in the place of an article ID that is not 16 hex digits"),
    "id-duplicate": _error("two records with one ID"),
    "id-mismatch": _error("a record whose ID is not its file name"),
    "slug-invalid": _error("a slug that is not lower-case ASCII letters, digits and hyphens"),
    "path-conflict": _error("two things that claim one path of the site"),
    "code-unknown": _error("a code in checks: that cannot be changed"),
    # references between documents and records
    "topic-unknown": _error("a topic without a file in content/topics/"),
    "topic-untranslated": _error("a topic used in a language it has no file in"),
    "source-unknown": _error("an article ID without a record in content/sources/"),
    "source-unlisted": _error("an article cited in the text but not listed in sources:"),
    "source-uncited": _warning("an article listed in sources: but never cited"),
    "origin-unknown": _error("an origin that names.yaml does not have"),
    "nav-unknown": _error("an entry of nav: that is neither a section nor a plain page"),
    # citations
    "citation-malformed": _error("a citation group that does not follow the grammar"),
    "citation-bare": _error("an article ID outside a citation group"),
    "citation-in-link": _error("an article ID used as a link text or a link definition"),
    "paragraph-missing": _error("a citation of a paragraph that the source does not have"),
    "paragraph-boilerplate": _error("a citation of a paragraph that is not the article's own"),
    # Markdown
    "raw-html": _warning("raw HTML, which is shown as text"),
    "table-cell": _error("a cell beyond the last column of its table, which would be lost"),
    "nesting-too-deep": _error("lists or quotations nested too deep"),
    "reference-undefined": _error("a link reference or footnote that is not defined"),
    "footnote-duplicate": _error("a footnote defined twice"),
    "footnote-loop": _error("a footnote that leads back to itself"),
    "footnote-unused": _warning("a footnote that nothing refers to, so that nobody can read it"),
    "heading-duplicate": _error("one explicit heading id used twice in a document"),
    "attribute-unknown": _error("an attribute in braces that is neither a class nor an id"),
    "link-broken": _error("an internal link to nothing"),
    "link-anchor": _error("an internal link to a heading that does not exist"),
    "link-forbidden": _error("a link or picture that would not work offline, or is not safe"),
    "image-missing": _error("a picture that does not exist"),
    "image-alt": _error("a picture without alternative text"),
    # the site
    "translation-missing": _note("a document without its version in another language"),
    "base-url-missing": _note("no base_url: no canonical links, no sitemap"),
    "template-error": _error("a template that cannot be rendered"),
    "output-refused": _error("an output folder that mujaz must not write to"),
    "output-failed": _error("the system did not let us write the site"),
}
