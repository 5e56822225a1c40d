"""YAML events: what PyYAML sees in a text, with places as offsets.

Enters: text. Leaves: events, or one ``SyntaxFault``. Never resolves a scalar, an alias or a tag.
libyaml is used where PyYAML was built with it, PyYAML's own parser elsewhere; both give the same
events for what either of them accepts, apart from a tab behind a colon, which only libyaml accepts.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from mujaz.characters import cleaned, place

if TYPE_CHECKING:
    from collections.abc import Generator

    from mujaz.problems import Location


class Is(Enum):
    """What an event is."""

    DOCUMENT = auto()
    MAPPING = auto()
    LIST = auto()
    TEXT = auto()
    ALIAS = auto()
    END = auto()


class Event(NamedTuple):
    """One event: ``start`` and ``end`` are offsets, ``line`` and ``column`` of the start from 0.

    ``value`` is the text of a scalar or the name of an alias; ``style`` is "" for a scalar without
    quotes, else its first sign; ``flow`` says that a list or mapping is written in brackets.
    """

    kind: Is
    start: int
    end: int
    line: int
    column: int
    several: bool  # it runs over more than one line
    value: str
    style: str
    flow: bool
    anchor: str | None
    tag: str | None

    @property
    def plain(self) -> bool:
        """Return whether this is a scalar without quotes."""
        return self.kind is Is.TEXT and not self.style


class SyntaxFault(Exception):  # noqa: N818 - the author's fault, and told as such
    """Where parsing failed, as offsets in the text.

    ``context`` is where the thing being read began; ``scanning`` says that characters and not their
    order were wrong.
    """

    def __init__(self, at: int, context: int | None, *, scanning: bool) -> None:
        super().__init__()
        self.at = at
        self.context = context
        self.scanning = scanning


class Excerpt(NamedTuple):
    """A YAML text, the file it stands in, and the line of the file on which it begins."""

    text: str
    path: str
    first_line: int

    def at(self, offset: int) -> Location:
        """Return the place of an offset of the text."""
        return place(self.text, offset, self.path, self.first_line)

    def line(self, offset: int) -> tuple[int, str]:
        """Return the offset at which the line of an offset begins, and the line."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", start)
        return start, self.text[start : end if end >= 0 else len(self.text)]

    def of(self, event: Event) -> str:
        """Return an event as it was typed."""
        return self.text[event.start : event.end]


_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KINDS: dict[type, Is] = {
    yaml.DocumentStartEvent: Is.DOCUMENT,
    yaml.MappingStartEvent: Is.MAPPING,
    yaml.SequenceStartEvent: Is.LIST,
    yaml.ScalarEvent: Is.TEXT,
    yaml.AliasEvent: Is.ALIAS,
    yaml.MappingEndEvent: Is.END,
    yaml.SequenceEndEvent: Is.END,
}


def events(text: str) -> Generator[Event]:
    """Yield the events of a text in order; raises ``SyntaxFault`` where it is not YAML.

    The start and the end of the stream and the ends of documents are left out. The ``tag`` of a
    document is "%" where directives stand before it.
    """
    text = _readable(text)
    parser: Any = _LOADER(text)
    last = 0
    try:
        while (event := parser.get_event()) is not None:
            if kind := _KINDS.get(type(event)):
                last = event.end_mark.index
                yield _event(kind, event, text)
    except yaml.MarkedYAMLError as error:
        context = error.context_mark.index if error.context_mark else None
        at = error.problem_mark.index if error.problem_mark else context or 0
        scanning = not isinstance(error, yaml.parser.ParserError)
        raise SyntaxFault(min(at, len(text)), context, scanning=scanning) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML's own parser tried to make a character that does not exist.
        raise SyntaxFault(len(text), text.find('"', last), scanning=True) from error
    finally:
        parser.dispose()


def _event(kind: Is, event: Any, text: str) -> Event:  # noqa: ANN401 - the parsers share no type
    first, last = event.start_mark, event.end_mark
    start, end, line = first.index, last.index, first.line
    column = start - text.rfind("\n", 0, start) - 1
    place = (start, end, line, column, line != last.line)
    if kind is Is.TEXT:
        return Event(
            kind,
            *place,
            event.value,
            event.style or "",
            flow=False,
            anchor=event.anchor,
            tag=event.tag,
        )
    if kind is Is.MAPPING or kind is Is.LIST:
        flow = bool(event.flow_style)
        return Event(kind, *place, "", "", flow=flow, anchor=event.anchor, tag=event.tag)
    value = event.anchor if kind is Is.ALIAS else ""
    tag = "%" if kind is Is.DOCUMENT and (event.version or event.tags) else None
    return Event(kind, *place, value, "", flow=False, anchor=None, tag=tag)


def _readable(text: str) -> str:
    """Return the text as every YAML parser can read it, with all offsets unchanged.

    Characters that no text may hold become U+FFFD. A byte order mark at the start of a line, which
    the parsers understand differently, becomes a mark that both take for a letter.
    """
    text = cleaned(text)
    return re.sub("^\ufeff", "\u200e", text, flags=re.MULTILINE) if "\ufeff" in text else text
