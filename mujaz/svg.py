"""SVG: whether a picture is only a picture.

Enters: the bytes of an SVG file. Leaves: the first thing in it that could run, load or show
something else, as a problem at its place. Never opens another file, never expands an entity, never
changes a picture.

A page shows pictures with ``<img>``, where nothing in them runs; but a reader can open the file
itself, and there it is a page of the site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from mujaz.problems import Location, Problem, problem
from mujaz.text import printable

_ACTIVE = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"})
_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp|avif)[;,]|\Z)", re.IGNORECASE)
_CSS = re.compile(r"@import|image-set|\burl\(\s*+[\"']?\s*+(?!#|data:image/)", re.IGNORECASE)
_ADDRESSES = frozenset({"href", "src", "base"})
_HINT = "draw it without, or save it as PNG"


class _Unsafe(Exception):  # noqa: N818 - it ends the reading, and never leaves this module
    pass


def check_svg(data: bytes, path: str) -> Problem | None:
    """Return what makes a picture more than a picture, or why it cannot be read as XML."""
    reading = _Reading()
    parser = reading.parser
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the last part of the file
    except _Unsafe as found:
        return problem("image-unsafe", Location(path, *reading.place), f"it has {found}", _HINT)
    except (expat.ExpatError, LookupError, ValueError):
        where = Location(path, max(parser.ErrorLineNumber, 1), parser.ErrorColumnNumber + 1)
        return problem("image-unsafe", where, "this cannot be read as SVG", "save it again")
    return None


class _Reading:
    """One reading of one picture; it ends at the first thing that is refused."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._element
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.in_style = False
        self.place = (1, 1)

    def _refuse(self, what: str) -> None:
        self.place = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        raise _Unsafe(what)

    def _doctype(self, *_: object) -> None:
        self._refuse("a document type, which may define entities")

    def _instruction(self, target: str, _: str) -> None:
        """Refuse style sheets and other instructions; the declaration ``<?xml …?>`` is none."""
        self._refuse(f"the instruction <?{printable(target)}?>")

    def _element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Refuse what runs, and attributes that run or load something."""
        local = name.rpartition(" ")[2].lower()
        if local in _ACTIVE:
            self._refuse(f"the element <{local}>")
        self.in_style = local == "style"
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value)

    def _end(self, _: str) -> None:
        self.in_style = False

    def _text(self, text: str) -> None:
        if self.in_style:
            self._style(text)

    def _attribute(self, name: str, value: str) -> None:
        animated = value.rpartition(":")[2].strip().lower() if name == "attributename" else ""
        if name.startswith("on") or animated.startswith("on"):
            self._refuse(f"the event handler {printable(animated or name)}")
        if animated in _ADDRESSES:
            self._refuse("an animated address")
        if name in _ADDRESSES and not _OWN.match(value):
            self._refuse(f"an address that leads out of it: {printable(value[:40])}")
        if "(" in value:
            self._style(value)

    def _style(self, text: str) -> None:
        """Refuse styles that load something; a backslash could hide it."""
        if "\\" in text or _CSS.search(text):
            self._refuse("a style that loads something else")
