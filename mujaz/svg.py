"""SVG: whether a picture is only a picture.

Enters: the bytes of an SVG file. Leaves: a problem for what would run, or fetch something, when the
picture is opened by its own address, where no policy of a page holds. Never changes a picture.
"""

from __future__ import annotations

import re
from typing import NoReturn
from xml.parsers import expat

from mujaz.problems import Location, Problem, problem

_LIVE = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"})
_ADDRESSES = frozenset({"href", "src", "base"})
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:avif|gif|jpeg|png|webp)[;,]|\Z)", re.IGNORECASE)
_FETCHES = re.compile(r"""url\(\s*["']?\s*(?!#|["'\s])|@import|\\|javascript:""", re.IGNORECASE)


def check_svg(data: bytes, path: str) -> Problem | None:
    """A picture has no script, no handler, no entity, and nothing that it takes from elsewhere."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003 - expat's own form: this is the end
    except _LiveError as live:
        (what, line, column) = live.args
    except expat.ExpatError as error:
        what = f"this is no SVG that can be read: {expat.ErrorString(error.code)}"
        line, column = error.lineno, error.offset
    else:
        return None
    where = Location(path, line, column + 1)
    return problem("picture-unsafe", where, what, "export it as a plain SVG, or as PNG")


class _LiveError(Exception):
    """What is live in a picture: the words, the line and the column from 0."""


class _Reader:
    """Looks at every part of a picture, and raises ``_LiveError`` at the first live one."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._element
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction

    def _refuse(self, what: str) -> NoReturn:
        place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber
        raise _LiveError(f"the picture has {what}", *place)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2].lower()
        if local in _LIVE:
            self._refuse(f"the element {local}, which could do more than be looked at")
        for key, value in attributes.items():
            word = key.rpartition(" ")[2].lower()
            if word.startswith("on"):
                self._refuse(f"the attribute {word}, which is a script")
            outside = word in _ADDRESSES and not _INSIDE.match(value)
            changes = word == "attributename" and value.strip().lower().endswith(("href", "src"))
            if outside or changes or (word not in _ADDRESSES and _FETCHES.search(value)):
                self._refuse(f"the attribute {word}, which leads out of it")

    def _text(self, text: str) -> None:
        if _FETCHES.search(text):
            self._refuse("a text that could be a style sheet from elsewhere")

    def _doctype(self, *_: object) -> None:
        self._refuse("a DOCTYPE, which could hold entities")

    def _instruction(self, target: str, _: str) -> None:
        self._refuse(f"an instruction {target}")
