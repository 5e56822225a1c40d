"""Facts: what a document cites, links to and shows, taken from its tokens before any rendering.

Enters: the tokens of one document. Leaves: its ``Body`` and the problems of its Markdown. Numbers
the citations, gives every heading its id, and writes both into the tokens for the renderer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mujaz.characters import forbidden, has_isolates, imbalance, isolates, refusal, unbalanced
from mujaz.markdown.grammar import ARTICLE
from mujaz.markdown.html import to_pieces
from mujaz.markdown.plain import Passage, passages, plain_text
from mujaz.markdown.quotations import DEEPEST
from mujaz.markdown.references import check_references
from mujaz.model import Body, Citation, Heading, Image, Link
from mujaz.problems import Location, Problem, problem
from mujaz.text import heading_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from mujaz.markdown.flaws import BlockFlaw

_ID = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{16}(?![0-9A-Za-z])")
_SILENT = {"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close", "link_close"}
"""Tokens that state nothing but their text, unless an author gave them attributes."""

_CONTAINERS = {
    "blockquote_open": 1,
    "list_item_open": 1,
    "blockquote_close": -1,
    "list_item_close": -1,
}


@dataclass
class _Gathering:
    """What one walk over the tokens collects."""

    path: str
    first_line: int
    citations: list[Citation] = field(default_factory=list)
    places: list[Location] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: dict[str, Location] = field(default_factory=dict)
    attempts: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def at(self, place: tuple[int, int]) -> Location:
        """Return a place in the body as a place in the file."""
        return Location(self.path, self.first_line + place[0] - 1, place[1])

    def report(self, code: str, place: tuple[int, int], what: str, hint: str = "") -> None:
        """Add a problem at a place of the body."""
        self.problems.append(problem(code, self.at(place), what, hint))


def gather(
    tokens: list[Token], environment: dict[str, Any], path: str, first_line: int
) -> tuple[Body, list[Problem]]:
    """Return the document's facts; ids and citation numbers are written into the tokens."""
    found = _Gathering(path, first_line)
    flaws: list[BlockFlaw] = environment.get("flaws", [])
    for flaw in flaws:
        found.report(flaw.code, flaw.place, flaw.what, flaw.hint)
    _check_depth(tokens, found)
    _check_footnotes(tokens, environment, found)
    check_references(tokens, environment, found.report)
    _read_ids(tokens, found)
    for passage in passages(tokens):
        _read_passage(passage, found)
    body = Body(
        to_pieces(tokens),
        tuple(found.citations),
        tuple(found.links),
        tuple(found.images),
        tuple(found.headings),
        tuple(found.places),
        frozenset(found.anchors),
        frozenset(found.attempts),
    )
    return body, found.problems


def _read_passage(passage: Passage, found: _Gathering) -> None:
    """Read one block of running text: its citations with their sentences, links, pictures."""
    for child in passage.children:
        if child.type in _SILENT and not child.attrs:
            continue
        place = child.meta.get("place", passage.place)
        if child.type == "citation_group":
            _read_group(child, passage.sentence(child), found)
        elif child.type == "link_open":
            found.links.append(Link(str(child.attrs.get("href", "")), found.at(place)))
        elif child.type == "image":
            _read_image(child, place, found)
        elif child.type == "flaw":
            found.report(child.meta["code"], place, child.meta["what"], child.meta["hint"])
            found.attempts.update(_ID.findall(child.content))
        elif child.type == "raw_html":
            found.report(
                "raw-html",
                place,
                f"{child.content} is shown as text",
                "use Markdown; write \\< for the sign itself",
            )
        if child.attrs:
            _check_attributes(child, passage.block.content, place, found)
    _check_block(passage, found)


def _check_block(passage: Passage, found: _Gathering) -> None:
    """Look for controls; only an entity can have made one that the source does not have."""
    source = passage.block.content
    if "&" in source:
        _check_controls(passage.text, source, passage.place, found)
    if passage.row and ("&" in source or has_isolates(source)):
        _check_cell(passage, found)


def _check_cell(passage: Passage, found: _Gathering) -> None:
    """Close isolates in their cell; what is open in a whole row has been told (UAX #9)."""
    if not unbalanced(passage.row_text):
        where, cell = found.at(passage.place), passage.text
        found.problems += [imbalance(cell[index], where) for index in unbalanced(cell)]


def _check_attributes(token: Token, source: str, place: tuple[int, int], found: _Gathering) -> None:
    """An address holds no controls, nor does a title; and nobody could follow a citation in it."""
    for name in ("href", "src", "title"):
        if text := str(token.attrs.get(name, "")):
            _check_controls(text, source, place, found)
    if ARTICLE.search(str(token.attrs.get("title", ""))):
        found.report(
            "citation-in-link",
            place,
            "a citation stands in the title of a link or picture",
            "put it into the text",
        )


def _read_group(token: Token, sentence: str, found: _Gathering) -> None:
    numbers = []
    for item, place in zip(token.meta["items"], token.meta["places"], strict=True):
        number = len(found.citations) + 1
        numbers.append(number)
        found.citations.append(
            Citation(
                number,
                item.source,
                item.paragraphs,
                item.quotation,
                token.meta["waivers"],
                sentence,
            )
        )
        found.places.append(found.at(place))
    token.meta["numbers"] = tuple(numbers)


def _read_image(token: Token, place: tuple[int, int], found: _Gathering) -> None:
    alt = plain_text(token.children or [])[0]
    if not alt.strip():
        found.report(
            "image-alt",
            place,
            "the picture has no alternative text",
            "say in the brackets what it shows: ![text](address)",
        )
    for child in token.children or []:
        if child.type in {"flaw", "citation_group"}:
            found.report(
                "citation-in-link",
                place,
                "a citation stands in alternative text",
                "put it behind the picture",
            )
    found.images.append(Image(str(token.attrs.get("src", "")), alt, found.at(place)))


def _read_ids(tokens: list[Token], found: _Gathering) -> None:
    """Keep the written ids, refuse one used twice, and make one for every other heading."""
    for token in tokens:
        for each in (token, *token.children) if token.children else (token,):
            if each.attrs and "id" in each.attrs and not each.hidden:
                line = (token.map[0] + 1 if token.map else 1, 1)
                _read_written_id(each, each.meta.get("place", line), found)
    taken = set(found.anchors)
    counts: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = Passage(inline).text
        name = str(opening.attrs.get("id", ""))
        if not name:
            name = base = heading_id(text) or "section"
            while name in taken:
                counts[base] = counts.get(base, 1) + 1
                name = f"{base}-{counts[base]}"
            taken.add(name)
        opening.attrs["id"] = name
        place = found.at(inline.meta.get("place", (1, 1)))
        found.anchors.setdefault(name, place)
        found.headings.append(Heading(int(opening.tag[1]), text, name, place))


def _read_written_id(token: Token, place: tuple[int, int], found: _Gathering) -> None:
    written = str(token.attrs["id"])
    name = heading_id(written)
    if not name:
        found.report(
            "value-invalid", place, f"the id {written} has no letter or digit", "write {#a-name}"
        )
        del token.attrs["id"]
        return
    if name in found.anchors:
        found.report(
            "heading-duplicate",
            place,
            f"the id {written} is used twice",
            f"it stands on line {found.anchors[name].line} too; rename one",
        )
    token.attrs["id"] = name
    found.anchors.setdefault(name, found.at(place))


def _check_depth(tokens: list[Token], found: _Gathering) -> None:
    depth = 0
    for token in tokens:
        depth += _CONTAINERS.get(token.type, 0)
        if depth > DEEPEST and token.type in _CONTAINERS and token.map:
            found.report(
                "nesting-too-deep",
                (token.map[0] + 1, 1),
                f"lists or quotations are nested deeper than {DEEPEST}",
                "write shorter; deeper text would be lost",
            )
            return


def _check_footnotes(tokens: list[Token], environment: dict[str, Any], found: _Gathering) -> None:
    """Report footnotes that nothing refers to, and footnotes that lead back to themselves."""
    lines: dict[str, int] = environment.get("footnote_lines", {})
    numbers: dict[str, int] = environment.get("footnotes", {}).get("refs", {})
    for name, line in lines.items():
        if numbers.get(f":{name}", -1) < 0:
            found.report(
                "footnote-unused",
                (line + 1, 1),
                f"nothing refers to the footnote [^{name}]",
                "its text is not shown",
            )
    edges: dict[str, dict[str, None]] = {}
    current = None
    for token in tokens:
        if token.type == "footnote_open":
            current = token.meta["label"]
        elif token.type == "footnote_close":
            current = None
        for child in token.children or []:
            if current is not None and child.type == "footnote_ref":
                edges.setdefault(current, {})[child.meta["label"]] = None
    for name in _loops(edges):
        found.report(
            "footnote-loop",
            (lines.get(name, 0) + 1, 1),
            f"the footnote [^{name}] leads back to itself",
            "take the reference out of the footnote",
        )


def _loops(edges: dict[str, dict[str, None]]) -> list[str]:
    """Return of each loop the footnote that is met first when all references are followed."""
    met: dict[str, None] = {}
    seen: set[str] = set()
    for start in edges:
        way: dict[str, Iterator[str]] = {}  # the footnotes passed, with what is left to follow
        name: str | None = start
        while name is not None:
            if name in way:
                met[name] = None
            elif name not in seen:
                seen.add(name)
                way[name] = iter(edges.get(name, ()))
            name = None
            while way and (name := next(way[next(reversed(way))], None)) is None:
                way.popitem()
    return list(met)


def _check_controls(text: str, source: str, place: tuple[int, int], found: _Gathering) -> None:
    """Refuse what an entity made: overrides, and isolates left open (UAX #9).

    What stands in the source itself was reported when the file was loaded.
    """
    where = found.at(place)
    made = [each for each in dict.fromkeys(forbidden(text)) if each not in source]
    found.problems += [refusal(each, where) for each in made]
    loose = unbalanced(text)
    if loose and isolates(text) != isolates(source):
        found.problems += [imbalance(text[index], where) for index in loose]
