"""Tests of ``mujaz.yamlscalars``: slips that are good YAML and still not what was meant."""

from __future__ import annotations

import pytest

from mujaz.frontmatter import read_yaml
from mujaz.model import YamlList, YamlMapping, YamlNode, YamlText

COMMA = "use , between them, or put quotes around a text that contains the mark"


def told(text: str) -> list[str]:
    """Return place, code and message of every problem of a YAML text."""
    _, problems = read_yaml(text, "content/x.yaml")
    return [
        f"{each.location.line}:{each.location.column} {each.code}: {each.message}"
        for each in problems
    ]


@pytest.mark.fault(13)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("topics: [سياسة، اقتصاد]", ["1:15 value-invalid: ، (U+060C) does not separate items"]),
        ("topics: [سياسة؛ اقتصاد]", ["1:15 value-invalid: ؛ (U+061B) does not separate items"]),
        ("topics: [a،\n  b]", ["1:11 value-invalid: ، (U+060C) does not separate items"]),
        (
            "a: [x, y، z]\nb: [نص، نص]",
            [
                "1:9 value-invalid: ، (U+060C) does not separate items",
                "2:7 value-invalid: ، (U+060C) does not separate items",
            ],
        ),
        ("a: ['x'، 'y']", ["1:8 value-invalid: ، (U+060C) does not separate items"]),
        ("a: {ar: x، en: y}", ["1:10 value-invalid: ، (U+060C) does not separate items"]),
    ],
)
def test_an_arabic_comma_separates_nothing(text: str, expected: list[str]) -> None:
    """In a list in brackets, Arabic commas and semicolons are told at their exact place."""
    assert told(text) == [f"{each}; {COMMA}" for each in expected]


@pytest.mark.parametrize("text", ["gaps: ['نص، نص']", "gaps:\n  - نص، نص", "title: نص، نص"])
def test_an_arabic_comma_is_text_elsewhere(text: str) -> None:
    """In quotes, in lists of lines and in texts, an Arabic comma is a letter like others."""
    assert told(text) == []


def test_items_with_an_arabic_comma_are_read_apart() -> None:
    """The items that were meant are read, each at its place, so that they can be checked."""
    data, _ = read_yaml("topics: [a, b، c ؛d]", "x")
    assert isinstance(data, YamlMapping)
    items = data.entries["topics"][1]
    assert isinstance(items, YamlList)
    assert [_shown(item) for item in items.items] == ["1:10 a", "1:13 b", "1:16 c", "1:19 d"]


def _shown(node: YamlNode) -> str:
    assert isinstance(node, YamlText)
    return f"{node.location.line}:{node.location.column} {node.value}"


DASH = "yaml-syntax: a list item needs a space after its hyphen; write: - item"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("topics:\n  -a\n  -b\n", f"2:3 {DASH}"),
        ("topics:\n  -a\n", f"2:3 {DASH}"),
        ("boilerplate:\n  -1\n  -8\n", f"2:3 {DASH}"),
        ("-a\n-b\n", f"1:1 {DASH}"),
        (
            "title:\n  ar:نص\n  en:text",
            "2:5 yaml-syntax: a space is missing after the colon of ar; write: ar: …",
        ),
        (
            "title: {ar:نص, en: text}",
            "1:11 yaml-syntax: a space is missing after the colon of ar; write: ar: …",
        ),
        (
            "title:نص",
            "1:6 yaml-syntax: a space is missing after the colon of title; write: title: …",
        ),
        (
            "corrections:\n  - date:2026-03-01\n    note:x\n",
            "2:9 yaml-syntax: a space is missing after the colon of date; write: date: …",
        ),
        (
            "topics:\n  \u200f- a\n  \u200f- b",
            (
                "2:3 yaml-syntax: an invisible U+200F (right-to-left mark) stands before the "
                "hyphen of an item; delete it"
            ),
        ),
        (
            "op: >\nn: 5",
            (
                "1:5 value-invalid: no text follows on deeper lines after >; "
                "put quotes around it if the sign itself is meant"
            ),
        ),
        (
            'title: "x\ndate: y"',
            (
                '1:8 yaml-syntax: the quote " that opens here is not closed on its line; '
                'add " at the end of the text'
            ),
        ),
    ],
)
def test_what_yaml_reads_as_text_and_nobody_meant(text: str, expected: str) -> None:
    """A missing blank, a mark before a hyphen or a quote that swallows keys is told."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "url:\n  https://example.org/x",
        "n:\n  -5",
        "time: 12:30",
        "title: 'نص يمتد\n  على سطرين: هنا'",
        'title: "a\n\n  b"',
        "summary: >\n  نص\n  نص\n",
        "summary: |\n\n  - x\n  ar:x\n",
        "title: رفع «القيود»؛ نعم",
        "title: “عبّارة”",
        "title: \u200fعبّارة (A) \u200e\u061c",
        "note: [a b, c-d, -x]",
        "title: -x",
        "summary: نص\n  تتمة",
    ],
)
def test_what_was_meant_is_left_alone(text: str) -> None:
    """Addresses, times, negative numbers, curly quotes, marks and folded texts are no slips."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "place", "where"),
    [
        ("\u200etitle: x", "1:1", "before"),
        ("a: b\n\ufefftitle: x", "2:1", "before"),
        ("ti\u200dtle: x", "1:3", "in"),
        ("title\u00a0: x", "1:6", "after"),
        ("a:\n \u00a0title: x", "2:2", "before"),
    ],
)
def test_an_invisible_character_at_a_key_is_told(text: str, place: str, where: str) -> None:
    """The mark is named at its place, and the key is read without it."""
    data, problems = read_yaml(text, "x")
    assert [str(each.location) for each in problems] == [f"x:{place}"]
    assert f"stands {where} the key title" in problems[0].what
    assert problems[0].code == "yaml-syntax"
    assert "title" in str(data)


@pytest.mark.fault(20, 24)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'title: "\0"', "1:8 control-character"),
        (r'title: "\e[31m"', "1:8 control-character"),
        (r'title: "\ud800"', "1:8 control-character"),
        (r'title: "\N"', "1:8 control-character"),
        (r'title: "\u202e"', "1:8 bidi-control"),
        ("title: ab\u202ec", "1:10 bidi-control"),
        ("# \u202d\ntitle: x", "1:3 bidi-control"),
        ("title: a\u2067b", "1:9 bidi-unbalanced"),
        ("title: |\n  a\n  \u2068b\n", "3:3 bidi-unbalanced"),
        (r'title: "\u2067b"', "1:8 bidi-unbalanced"),
        ("title: a\u2069b", "1:9 bidi-unbalanced"),
        ("summary: \u2067a\n  b", "1:10 bidi-unbalanced"),
        ("title: \x07", "1:8 control-character"),
        ("title: a\u2028b", "1:9 control-character"),
        ("ke\u202ey: x", "1:3 bidi-control"),
    ],
)
def test_forbidden_characters_are_told_once(text: str, expected: str) -> None:
    """A character has its own place where it is typed, and its scalar's where it is escaped."""
    assert [each.partition(": ")[0] for each in told(text)] == [expected]


def test_forbidden_characters_are_named() -> None:
    """The message has the code point and the name."""
    assert told(r'title: "\u202e"')[0].startswith(
        "1:8 bidi-control: U+202E (right-to-left override) is not allowed"
    )
    assert told(r'title: "\ud800"')[0].startswith(
        "1:8 control-character: U+D800 (lone surrogate) cannot stand in a text"
    )


@pytest.mark.fault(26)
def test_balanced_isolates_are_kept() -> None:
    """Isolates that are closed within the scalar stay, typed or escaped."""
    data, problems = read_yaml('a: x \u2067y\u2069\nb: "\\u2066z\\u2069"', "x")
    assert problems == []
    assert isinstance(data, YamlMapping)
    values = [node.value for _, node in data.entries.values() if isinstance(node, YamlText)]
    assert values == ["x \u2067y\u2069", "\u2066z\u2069"]
