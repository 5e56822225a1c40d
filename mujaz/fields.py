"""Fields: one mapping of front matter or a record, read key by key into typed values.

Enters: a YAML node and the keys it may have. Leaves: values, and a problem for every value that
does not hold. A field that fails gives an empty value of its type, so that one run can report
everything; the barrier before rendering keeps such a value from every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from mujaz.dates import Edtf, parse_date, parse_edtf
from mujaz.model import Language, Localized, YamlList, YamlMapping, YamlNode, YamlText
from mujaz.problems import Location, Problem, problem
from mujaz.text import nearest

T = TypeVar("T")

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_KINDS = {YamlText: "text", YamlList: "a list", YamlMapping: "a mapping"}
_CITATION = re.compile(r"(?:^|[\s\[;؛(-])@[0-9A-Fa-f]{16}(?![0-9A-Za-z])")
Item = tuple[str, Location]


def is_null(node: YamlNode) -> bool:
    """Say whether a value is the unquoted ``null``, ``~`` or nothing."""
    return isinstance(node, YamlText) and node.plain and node.value in _NULL


class Fields:
    """The keys of one mapping. ``problems`` grows while fields are read."""

    def __init__(
        self,
        node: YamlNode | None,
        start: Location,
        keys: Iterable[str],
        languages: tuple[Language, ...],
        problems: list[Problem],
    ) -> None:
        """Take a mapping; in what is none, or could not be read (None), nothing is missed."""
        self.problems = problems
        self.languages = languages
        self.start = start
        self.readable = isinstance(node, YamlMapping) or (node is not None and is_null(node))
        self._entries: Mapping[str, tuple[Location, YamlNode]] = {}
        self._meant: set[str] = set()  # keys that an unknown one was meant to be
        if isinstance(node, YamlMapping):
            self._entries = node.entries
            self._refuse_unknown(tuple(keys))
        elif node is not None and not is_null(node):
            self.report(
                "type-wrong",
                node.location,
                f"here belong keys and values, not {_kind(node)}",
                "write key: value, one a line",
            )

    def report(self, code: str, where: Location, what: str, hint: str = "") -> None:
        """Add a problem."""
        self.problems.append(problem(code, where, what, hint))

    def place(self, key: str) -> Location:
        """Return where a value stands, or where the mapping starts."""
        entry = self._entries.get(key)
        return entry[1].location if entry else self.start

    def node(self, key: str, *, required: bool = False) -> YamlNode | None:
        """Return the value of a key; None if it is absent or null."""
        entry = self._entries.get(key)
        if entry and not is_null(entry[1]):
            return entry[1]
        if required and self.readable and key not in self._meant:
            where = entry[0] if entry else self.start
            self.report("key-missing", where, f"{key} is missing (required)", f"add {key}:")
        return None

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text, or ""."""
        node = self.node(key, required=required)
        if node is None:
            return ""
        value = self.scalar(node, key)
        if value is not None and not value.strip():
            self.report(
                "key-missing" if required else "value-invalid",
                node.location,
                f"{key} is empty",
                "write a text" if required else "write null where the value is unknown",
            )
        return (value or "").strip()

    def scalar(self, node: YamlNode, name: str) -> str | None:
        """Return the text of a node; report a list or a mapping in its place."""
        if not isinstance(node, YamlText):
            what = f"{name} must be text, not {_kind(node)}"
            hint = "write one text, in quotes if brackets or braces belong to it"
            self.report("type-wrong", node.location, what, hint)
            return None
        if _CITATION.search(node.value):
            what = f"{name} is plain text, and cannot cite"
            hint = "cite in the text under the front matter"
            self.report("citation-bare", node.location, what, hint)
        return node.value

    def optional(self, key: str) -> str | None:
        """Return a text, or None for "unknown"."""
        return self.text(key) or None

    def parsed(
        self, key: str, parse: Callable[[str], T], code: str, *, required: bool = False
    ) -> T | None:
        """Return a text as ``parse`` reads it; its ``ValueError`` becomes a problem."""
        text = self.text(key, required=required)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError as error:
            what, _, hint = str(error).partition("; ")
            self.report(code, self.place(key), f"{key}: {what}", hint)
            return None

    def date(self, key: str, *, required: bool = False) -> date | None:
        """Return a day, written YYYY-MM-DD."""
        return self.parsed(key, parse_date, "date-invalid", required=required)

    def edtf(self, key: str) -> Edtf | None:
        """Return a date of EDTF level 1, or None for "unknown"."""
        return self.parsed(key, parse_edtf, "date-invalid")

    def integer(self, key: str, *, required: bool = False) -> int | None:
        """Return a whole number from 0."""
        return self.parsed(key, _whole_number, "type-wrong", required=required)

    def boolean(self, key: str) -> bool:
        """Return true or false; absent is false."""
        return bool(self.parsed(key, _boolean, "type-wrong"))

    def choice(
        self, key: str, options: Iterable[str], *, required: bool = False, name: str = ""
    ) -> str:
        """Return one of the options, or ""; ``name`` says what ``key`` alone does not."""
        value = self.text(key, required=required)
        known = list(options)
        if not value or value in known:
            return value
        close = nearest(value, known)
        self.report(
            "value-invalid",
            self.place(key),
            f"{name or key} cannot be {value}",
            f"did you mean {close}?" if close else f"write one of {', '.join(known)}",
        )
        return ""

    def items(self, key: str, *, required: bool = False) -> list[YamlNode]:
        """Return the items of a list; a list must not be empty where it is required."""
        node = self.node(key, required=required)
        if node is None:
            return []
        if not isinstance(node, YamlList):
            self.report(
                "type-wrong",
                node.location,
                f"{key} must be a list, not {_kind(node)}",
                f"write {key}: [one, two]",
            )
            return []
        if required and not node.items:
            self.report("key-missing", node.location, f"{key} is empty", "add at least one")
        return list(node.items)

    def texts(self, key: str, *, required: bool = False) -> list[Item]:
        """Return the texts of a list, each once, with their places."""
        found: dict[str, Location] = {}
        for node in self.items(key, required=required):
            value = (self.scalar(node, f"each item of {key}") or "").strip()
            if is_null(node) or (isinstance(node, YamlText) and not value):
                self.report("value-invalid", node.location, f"{key} has an empty item", "delete it")
            elif value in found:
                self.report(
                    "value-repeated",
                    node.location,
                    f"{key} holds {value} twice",
                    f"it stands on line {found[value].line} too; delete one",
                )
            elif value:
                found[value] = node.location
        return list(found.items())

    def mapping(self, key: str, keys: Iterable[str]) -> Fields | None:
        """Return the keys of a nested mapping, or None if it is absent."""
        node = self.node(key)
        if node is None:
            return None
        if not isinstance(node, YamlMapping):
            example = f"{key}: {{{next(iter(keys), 'key')}: …}}"
            self.report(
                "type-wrong",
                node.location,
                f"{key} must be keys and values, not {_kind(node)}",
                f"write {example}",
            )
            return None
        return Fields(node, node.location, keys, self.languages, self.problems)

    def localized(self, key: str, *, required: bool = False) -> Localized | None:
        """Return a text in every language of the site."""
        node = self.node(key, required=required)
        if node is None:
            return None
        if isinstance(node, YamlText):
            example = ", ".join(f"{each}: …" for each in self.languages)
            self.report(
                "type-wrong",
                node.location,
                f"{key} needs a text in each language",
                f"write {key}: {{{example}}}",
            )
            return None
        inner = Fields(
            node, node.location, [str(each) for each in Language], self.languages, self.problems
        )
        return {each: inner.text(each, required=True) for each in self.languages}

    def _refuse_unknown(self, keys: tuple[str, ...]) -> None:
        for key, (where, _) in self._entries.items():
            if key not in keys:
                close = nearest(key, keys)
                self._meant.update([close] if close else [])
                self.report(
                    "key-unknown",
                    where,
                    f"unknown key {key}",
                    f"did you mean {close}?" if close else f"the keys are {', '.join(keys)}",
                )


def _kind(node: YamlNode) -> str:
    return _KINDS[type(node)]


def _whole_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(f"{text} is not a whole number; write digits only, such as 12")
    return int(text)


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(f"{text} is neither true nor false; write true or false")
    return text == "true"
