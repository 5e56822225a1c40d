"""Front matter: text → its YAML and its body; YAML → values with places, everything still text.

Enters: decoded text with line feeds, and its path for messages. Leaves: ``YamlNode`` values whose
scalars stand exactly as written, and problems. Never reads a disk, never gives a scalar a type
(``no``, ``0123`` and ``2026-11-22`` stay text), never raises for any text.

The YAML is a strict part of YAML 1.1: one document of mappings, lists and scalars, without anchors,
aliases, merge keys, tags and keys written twice. Places are those of the value (of a block scalar:
of its ``|`` or ``>``); of an empty value, the place behind the colon.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mujaz import yamlscalars as scalars
from mujaz.characters import check_characters, cleaned
from mujaz.model import YamlList, YamlMapping, YamlText
from mujaz.problems import Location, Problem, problem
from mujaz.text import printable
from mujaz.yamlevents import Event, Excerpt, Is, SyntaxFault, events
from mujaz.yamlhints import Failure, explain

if TYPE_CHECKING:
    from mujaz.model import YamlNode

LIMIT = 64 * 1024
"""The greatest size of front matter, in bytes of UTF-8."""

DEPTH = 8
"""How many lists and mappings may stand inside each other."""

MOST = 100
"""Problems reported in one YAML text; with the last of them reading stops."""

_FENCE = re.compile(r"---[ \t]*")
_CLOSING_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


# --- front matter and body -------------------------------------------------------------------


class FrontMatter(NamedTuple):
    """A Markdown file in two: ``yaml`` is None where it could not be found (a problem says why)."""

    yaml: str | None
    yaml_line: int
    body: str
    body_line: int
    problems: list[Problem]


def split_front_matter(text: str, path: str) -> FrontMatter:
    """Return the YAML between ``---`` on line 1 and the next line ``---`` or ``...``, and the body.

    Blanks behind the hyphens do not count. The lines given are those on which each part begins.
    """
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return FrontMatter(None, 1, text, 1, [_missing(lines, path)])
    end = next((n for n, line in enumerate(lines[1:], 1) if _CLOSING_FENCE.fullmatch(line)), None)
    if end is None:
        return FrontMatter(None, 2, "", len(lines), [_unclosed(lines, path)])
    body = "\n".join(lines[end + 1 :])
    content = "".join(line + "\n" for line in lines[1:end])
    start = Location(path)
    if len(content.encode("utf-8", "surrogatepass")) > LIMIT:
        what = f"the front matter is larger than the limit of {LIMIT // 1024} KiB"
        trouble = problem("front-matter-too-large", start, what, "move the text into the body")
    elif all(not line.strip() or line.lstrip().startswith("#") for line in lines[1:end]):
        what = "the front matter is empty"
        trouble = problem(
            "front-matter-missing", start, what, "write the keys between the --- lines"
        )
    else:
        return FrontMatter(content, 2, body, end + 2, [])
    return FrontMatter(None, 2, body, end + 2, [trouble])


def _missing(lines: list[str], path: str) -> Problem:
    """Return the problem of a file that does not begin with ``---``, and what stands before it."""
    first = next((line for line in lines if line.strip(" \t\ufeff\u200e\u200f\u00a0")), "")
    bare = first.strip(" \t\ufeff\u200e\u200f\u00a0")
    what = "the file has no front matter"
    hint = "begin it with a line ---, then the keys, then another line ---"
    if bare == "---":
        what = "the front matter does not begin on line 1 with ---"
        hint = "delete the blank lines above ---"
        if first is lines[0]:
            hint = f"delete what stands before ---: {printable(first.partition('-')[0])!r}"
    elif bare and not bare.strip("-–—−"):
        what = f"front matter begins with three hyphens ---, not with {bare[:20]}"
        hint = "write --- on line 1"
    return problem("front-matter-missing", Location(path), what, hint)


_YAML_LINE = re.compile(r"[ \t]|- |-$|[\"']?[^\W\d][\w-]*[\"']?[ \t]*:|[\]}]")


def _unclosed(lines: list[str], path: str) -> Problem:
    """Return the problem of front matter without an end, placed where the body seems to start."""
    keys = 0
    for number, line in enumerate(lines[1:], 1):
        if _YAML_LINE.match(line):
            keys = number
        elif line.strip() and (not line.startswith("#") or line.startswith("##")):
            break
    after = (n for n, line in enumerate(lines) if n > keys and line.strip())
    start = next(after, None)
    if start is None:
        hint = "add a line --- after the last key"
        return problem("front-matter-unclosed", Location(path), "front matter is not closed", hint)
    what = "front matter is not closed before this line, where the text seems to begin"
    place = Location(path, start + 1)
    return problem("front-matter-unclosed", place, what, "add a line --- above it")


# --- YAML ------------------------------------------------------------------------------------


class _Stop(Exception):  # noqa: N818 - not an error: reading on would tell the author nothing new
    pass


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[YamlNode | None, list[Problem]]:
    """Return the value of one YAML text, or None, and every problem that can be known.

    ``first_line`` is the line of the file on which the text begins. None without a problem means
    that the text is blank. A value that comes with problems is the part that could be read;
    control characters in it have become U+FFFD.
    """
    reader = _Reader(Excerpt(text, path, first_line))
    return reader.read(), reader.problems


class _Reader:
    """One reading of one YAML text: takes events, gives nodes, collects problems."""

    def __init__(self, excerpt: Excerpt) -> None:
        self.excerpt = excerpt
        self.events = events(excerpt.text)
        self.problems = check_characters(excerpt.text, excerpt.path, excerpt.first_line)
        self.complex_keys = "?" in excerpt.text
        self.usable = True
        self.garbled = False  # the last scalar is known to have swallowed what follows it
        self.last: Event | None = None
        self.flows: list[Event] = []

    def read(self) -> YamlNode | None:
        """Return the value of the text, None where it is blank or not to be relied on."""
        try:
            node = self._document()
        except _Stop:
            return None
        except SyntaxFault as fault:
            flow = self.flows[-1].start if self.flows else None
            failure = Failure(fault.at, fault.context, fault.scanning, self.last, flow)
            found = explain(self.excerpt, failure)
            if not self.garbled and all(found.location != told.location for told in self.problems):
                self.problems.append(found)
            return None
        finally:
            self.events.close()
        return node if self.usable else None

    def _add(self, code: str, event: Event, what: str, hint: str, *, usable: bool = True) -> None:
        self._report(problem(code, self._place(event), what, hint), usable=usable)

    def _report(self, trouble: Problem | None, *, usable: bool = True) -> None:
        """Keep a problem; the last of too many also says that reading stops here."""
        if trouble is None:
            return
        self.usable &= usable
        self.problems.append(trouble)
        if len(self.problems) >= MOST:
            what = "too many problems in this text; it is not read further"
            self.problems.append(problem("yaml-syntax", trouble.location, what, "mend these first"))
            raise _Stop

    def _place(self, event: Event) -> Location:
        line = self.excerpt.first_line + event.line
        return Location(self.excerpt.path, line, event.column + 1)

    def _document(self) -> YamlNode | None:
        """Return the one document of a text."""
        start = next(self.events, None)
        if start is None:
            return None
        if start.tag:
            what = "YAML directives are not used here"
            self._add("yaml-tag", start, what, "delete the line that begins with %")
        node = self._node(next(self.events), 1)
        after = next(self.events, None)
        if after is not None:
            what = "a second YAML document begins here"
            self._add("yaml-syntax", after, what, "keep one record in each file", usable=False)
        return node

    def _node(self, event: Event, depth: int) -> YamlNode:
        """Return the value that begins with ``event``."""
        if event.kind is Is.ALIAS:
            what = f"a YAML alias (*{printable(event.value)}) is not allowed"
            hint = "write the value out, or put quotes around it if the * belongs to the text"
            self._add("yaml-alias", event, what, hint, usable=False)
            return YamlText("", plain=True, location=self._place(event))
        self._check_properties(event)
        if event.kind is Is.TEXT:
            return self._text(event)
        if depth > DEPTH:
            what = f"lists and mappings are nested too deep (limit {DEPTH})"
            self._add("yaml-depth", event, what, "write it flatter")
            raise _Stop
        if event.flow:
            self.flows.append(event)
        node = (self._list if event.kind is Is.LIST else self._mapping)(event, depth)
        if event.flow:
            self.flows.pop()
        return node

    def _check_properties(self, event: Event) -> None:
        """A node has neither an anchor nor a tag."""
        if event.anchor is not None:
            what = f"a YAML anchor (&{printable(event.anchor)}) is not allowed"
            hint = "delete it, or put quotes around the value if the & belongs to the text"
            self._add("yaml-alias", event, what, hint)
        if event.tag is not None:
            hint = "delete it, or put quotes around the value if the ! belongs to the text"
            self._add(
                "yaml-tag", event, f"a YAML tag ({printable(event.tag)}) is not allowed", hint
            )

    def _list(self, start: Event, depth: int) -> YamlList:
        items: list[YamlNode] = []
        while (event := next(self.events)).kind is not Is.END:
            node = self._node(event, depth + 1)
            pieces = scalars.foreign_commas(self.excerpt, event) if start.flow else None
            if pieces:
                self._report(pieces.problem)
            items += pieces.items if pieces else [node]
        return YamlList(tuple(items), self._place(start))

    def _mapping(self, start: Event, depth: int) -> YamlMapping:
        entries: dict[str, tuple[Location, YamlNode]] = {}
        while (event := next(self.events)).kind is not Is.END:
            key = self._key(event, depth)
            value = self._node(next(self.events), depth + 1)
            if key is None:
                continue
            if start.flow and isinstance(value, YamlText) and value.plain and not value.value:
                self._report(scalars.missing_space(self.excerpt, event), usable=False)
            if key[0] in entries:
                first = entries[key[0]][0].line
                what = f"the key {printable(key[0])} is written twice (already on line {first})"
                self._add("yaml-duplicate-key", event, what, "keep one of the two")
            else:
                entries[key[0]] = (key[1], value)
        return YamlMapping(entries, self._place(start))

    def _key(self, event: Event, depth: int) -> tuple[str, Location] | None:
        """Return a key without invisible characters and its place, None where it is no text."""
        node = self._node(event, depth + 1)
        hint = "write a word before the colon"
        if not isinstance(node, YamlText):
            what = "a list or a mapping cannot be a key"
            self._add("yaml-syntax", event, what, hint, usable=False)
        elif event.kind is Is.ALIAS:
            pass  # has been reported
        elif node.plain and node.value == "<<":
            what = "a YAML merge key (<<) is not allowed"
            self._add("yaml-alias", event, what, "write the keys out", usable=False)
        elif node.plain and node.value in _NULL:
            what = "the key before the colon is missing"
            self._add("yaml-syntax", event, what, hint, usable=False)
        elif self.complex_keys and scalars.follows_question_mark(self.excerpt, event):
            what = "a key that begins with ? is not used here"
            self._add(
                "yaml-syntax",
                event,
                what,
                "delete the ?, or put quotes around the text",
                usable=False,
            )
        else:
            self._report(scalars.invisible_in_key(self.excerpt, event))
            return scalars.without_invisible(node.value), node.location
        return None

    def _text(self, event: Event) -> YamlText:
        self.last = event
        for trouble in scalars.check_scalar(self.excerpt, event):
            self.garbled = trouble.code == "yaml-syntax"
            self._report(trouble, usable=not self.garbled)
        if event.style == '"' and scalars.surrogate(event.value):
            raise _Stop  # libyaml refuses these, and both parsers shall tell the same
        return YamlText(cleaned(event.value), plain=event.plain, location=self._place(event))
