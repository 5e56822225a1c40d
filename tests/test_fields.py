"""Tests of the fields: one mapping read key by key."""

from __future__ import annotations

from datetime import date

import pytest

from mujaz.fields import Fields, is_null
from mujaz.frontmatter import read_yaml
from mujaz.model import Language, YamlMapping, YamlNode
from mujaz.problems import Location, Problem, arrange
from tests.conftest import LETTER, NOTICE, short

PATH = "content/x.yaml"
KEYS = ("title", "date", "issued", "order", "draft", "kind", "topics", "label", "inner")


def read(text: str) -> YamlNode | None:
    """Return the value of a YAML text without problems."""
    node, problems = read_yaml(text, PATH)
    assert not problems
    return node


def fields(text: str) -> Fields:
    """Return the fields of a YAML text on a site in Arabic and English."""
    return Fields(read(text), Location(PATH), KEYS, tuple(Language), [])


def found(problems: list[Problem]) -> str:
    """Return the problems as ``line:column code``, sorted."""
    return ", ".join(short(each) for each in arrange(problems))


@pytest.mark.parametrize(
    ("value", "null"),
    [
        *((value, True) for value in ("", "~", "null", "Null", "NULL")),
        *((value, False) for value in ('""', "'~'", '"null"', "nul", "[]", "0")),
    ],
)
def test_null(value: str, null: bool) -> None:  # noqa: FBT001 - a row of the table
    """Nothing, ~ and null are no value where they stand without quotes, and only there."""
    node = read(f"title: {value}")
    assert isinstance(node, YamlMapping)
    assert is_null(node.entries["title"][1]) is null


@pytest.mark.parametrize(
    "written",
    """no 0123 1e10 12:30 0x1F 1_000 .5 TRUE 2031-03-09 = on ٣ 0012345670123456
    12345678e9012345""".split(),  # noqa: SIM905 - it reads better
)
def test_texts_stay_as_written(written: str) -> None:
    """What other readers take for a number, a truth value or a date is the text itself."""
    one = fields(f"title: {written}\ntopics: [{written}]")
    assert one.text("title") == written
    assert [text for text, _ in one.texts("topics")] == [written]
    assert not one.problems


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_unknown_and_missing(value: str) -> None:
    """Null is unknown where a key may be left out, and missing where it is required."""
    assert fields(f"title: {value}").optional("title") is None
    one = fields(f"date: x\ntitle: {value}")
    assert one.text("title", required=True) == ""
    assert found(one.problems) == "2:1 key-missing"


def test_absent_keys() -> None:
    """An absent key is missed at the beginning of its mapping where it is required."""
    one = fields("date: 2031-03-09")
    assert one.text("title", required=True) == ""
    assert one.text("kind") == ""
    assert one.integer("order") is None
    assert one.boolean("draft") is False
    assert one.texts("topics") == []
    assert one.localized("label") is None
    assert one.mapping("inner", ()) is None
    assert found(one.problems) == "1:1 key-missing"


@pytest.mark.parametrize("text", ['title: ""', 'title: "  "', "title: ''"])
def test_empty_texts(text: str) -> None:
    """A text of nothing but blanks in quotes is no way to say that a value is unknown."""
    one = fields(text)
    assert one.text("title") == ""
    assert found(one.problems) == "1:8 value-invalid"


@pytest.mark.parametrize(
    "text",
    [f"Nine [@{NOTICE}].", f"Nine [@{LETTER}; @{NOTICE}, ¶ 3].", f"@{NOTICE}", f"(@{NOTICE})"],
)
def test_plain_texts_cannot_cite(text: str) -> None:
    """A citation in a plain text, where nobody could follow it, is told and stays in the text."""
    one = fields(f"title: '{text}'")
    assert one.text("title") == text
    assert found(one.problems) == "1:8 citation-bare"


@pytest.mark.parametrize(
    "text", [f"https://ferry.example/@{NOTICE}", f"pier@{NOTICE}.example", "at @ferry", NOTICE]
)
def test_plain_texts_with_other_signs(text: str) -> None:
    """Addresses and handles in a plain text are no citations."""
    one = fields(f"title: '{text}'")
    assert one.text("title") == text
    assert one.problems == []


def test_empty_required_text() -> None:
    """A required text of nothing but blanks is missing, at its own place."""
    one = fields('title: " "')
    assert one.text("title", required=True) == ""
    assert found(one.problems) == "1:8 key-missing"


@pytest.mark.parametrize(
    ("read_key", "text", "value", "problems"),
    [
        ("text", "title: a b", "a b", ""),
        ("text", "title: '  a  '", "a", ""),
        ("text", "title: [a]", "", "1:8 type-wrong"),
        ("text", "title: {a: b}", "", "1:8 type-wrong"),
        ("date", "date: 2031-03-09", date(2031, 3, 9), ""),
        ("date", "date: 2031-02-29", None, "1:7 date-invalid"),
        ("date", "date: 2031-13-45", None, "1:7 date-invalid"),
        ("date", "date: 09/03/2031", None, "1:7 date-invalid"),
        ("date", "date: 2031/03/09", None, "1:7 date-invalid"),
        ("date", "date: ٢٠٣١-٠٣-٠٩", None, "1:7 date-invalid"),
        ("date", "date: 1447-05-01", None, "1:7 date-invalid"),
        ("date", "date: 2031-3-9", None, "1:7 date-invalid"),
        ("date", "date: 2031-03-09T10:00:00Z", None, "1:7 date-invalid"),
        ("date", "date: [2031-03-09]", None, "1:7 type-wrong"),
        ("edtf", "issued: 2031-03", "2031-03", ""),
        ("edtf", "issued: 2031-03/2031-05", "2031-03/2031-05", ""),
        ("edtf", "issued: ../2031", "../2031", ""),
        ("edtf", "issued: 2031-03~", "2031-03~", ""),
        ("edtf", "issued: March 2031", None, "1:9 date-invalid"),
        ("edtf", "issued: 2031-05/2031-03", None, "1:9 date-invalid"),
        ("integer", "order: 12", 12, ""),
        ("integer", "order: 0", 0, ""),
        ("integer", "order: -1", None, "1:8 type-wrong"),
        ("integer", "order: 1.5", None, "1:8 type-wrong"),
        ("integer", "order: ٣", None, "1:8 type-wrong"),
        ("integer", "order: 1e3", None, "1:8 type-wrong"),
        ("integer", "order: 1234567890", None, "1:8 type-wrong"),
        ("integer", "order: [1]", None, "1:8 type-wrong"),
        ("boolean", "draft: true", True, ""),
        ("boolean", "draft: false", False, ""),
        ("boolean", "draft: yes", False, "1:8 type-wrong"),
        ("boolean", "draft: True", False, "1:8 type-wrong"),
        ("boolean", "draft: 1", False, "1:8 type-wrong"),
        ("boolean", "draft: [true]", False, "1:8 type-wrong"),
        ("texts", "topics: [a, b]", ["a", "b"], ""),
        ("texts", "topics:\n  - a\n  - b", ["a", "b"], ""),
        ("texts", "topics: []", [], ""),
        ("texts", "topics: a", [], "1:9 type-wrong"),
        ("texts", "topics: {a: b}", [], "1:9 type-wrong"),
        ("texts", "topics: [a, [b], c]", ["a", "c"], "1:13 type-wrong"),
        ("texts", "topics: [a, b, a]", ["a", "b"], "1:16 value-repeated"),
        ("texts", "topics: [a, ~, '']", ["a"], "1:13 value-invalid, 1:16 value-invalid"),
        ("localized", "label: {ar: أ, en: a}", {"ar": "أ", "en": "a"}, ""),
        ("localized", "label: {ar: أ}", {"ar": "أ", "en": ""}, "1:8 key-missing"),
        ("localized", "label: {ar: أ, en: ~}", {"ar": "أ", "en": ""}, "1:16 key-missing"),
        ("localized", "label: {ar: أ, en: [a]}", {"ar": "أ", "en": ""}, "1:20 type-wrong"),
        ("localized", "label: {ar: أ, en: a, fr: b}", {"ar": "أ", "en": "a"}, "1:23 key-unknown"),
        ("localized", "label: a", None, "1:8 type-wrong"),
        ("localized", "label: [a, b]", {"ar": "", "en": ""}, "1:8 type-wrong"),
    ],
)
def test_types(read_key: str, text: str, value: object, problems: str) -> None:
    """Each type takes what it takes; the rest is a problem at the value and an empty value."""
    one = fields(text)
    key = text.partition(":")[0]
    got = getattr(one, read_key)(key)
    if read_key == "texts":
        got = [item for item, _ in got]
    if read_key == "edtf" and got:
        got = got.text
    assert got == value
    assert found(one.problems) == problems


@pytest.mark.parametrize(
    ("value", "hint"),
    [("place", ""), ("plase", "did you mean place?"), ("zzz", "write one of person, place")],
)
def test_choice(value: str, hint: str) -> None:
    """A choice is one of its words; another gets the nearest, or all of them, as a hint."""
    one = fields(f"kind: {value}")
    assert one.choice("kind", ("person", "place")) == ("" if hint else value)
    assert [each.hint for each in one.problems] == ([hint] if hint else [])


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("titel", "did you mean title?"),
        ("Title", "did you mean title?"),
        ("tiitle", "did you mean title?"),
        ("itle", "did you mean title?"),
        ("العنوان", f"the keys are {', '.join(KEYS)}"),
        ("author", f"the keys are {', '.join(KEYS)}"),
    ],
)
def test_unknown_keys(key: str, hint: str) -> None:
    """A key that does not exist is a problem at the key, with the nearest or all as a hint."""
    one = fields(f"date: 2031-03-09\n{key}: x")
    assert found(one.problems) == "2:1 key-unknown"
    assert one.problems[0].hint == hint
    assert key in one.problems[0].what


@pytest.mark.parametrize("text", ["- a\n- b", "a", "[a]"])
def test_what_is_no_mapping_misses_nothing(text: str) -> None:
    """A list or a text in the place of keys is one problem, not one for every key."""
    one = fields(text)
    assert one.text("title", required=True) == ""
    assert one.texts("topics", required=True) == []
    assert found(one.problems) == "1:1 type-wrong"


def test_what_could_not_be_read_misses_nothing() -> None:
    """A file that could not be read has its own problem, and no key of it is missing."""
    one = Fields(None, Location(PATH), KEYS, tuple(Language), [])
    assert one.text("title", required=True) == ""
    assert one.localized("label", required=True) is None
    assert one.problems == []


def test_null_misses_its_keys() -> None:
    """A mapping that is null has none of its required keys."""
    one = fields("~")
    one.text("title", required=True)
    assert found(one.problems) == "1:1 key-missing"


def test_required_lists() -> None:
    """A required list must hold something."""
    one = fields("topics: []")
    assert one.texts("topics", required=True) == []
    assert found(one.problems) == "1:9 key-missing"


def test_nested_mappings() -> None:
    """The keys of a nested mapping are checked like those of the outer one, in one list."""
    one = fields("inner: {title: a, tite: b}\nkind: x")
    inner = one.mapping("inner", ("title",))
    assert inner is not None
    assert inner.text("title") == "a"
    assert inner.start == Location(PATH, 1, 8)
    assert found(one.problems) == "1:19 key-unknown"
    assert one.mapping("kind", ("person",)) is None
    assert found(one.problems) == "1:19 key-unknown, 2:7 type-wrong"
    assert one.problems[-1].hint == "write kind: {person: …}"


def test_places() -> None:
    """The place of a key is that of its value; of an absent key, that of the mapping."""
    one = fields("title: a\ntopics:\n  - b")
    assert one.place("title") == Location(PATH, 1, 8)
    assert one.place("date") == Location(PATH)
    assert [where for _, where in one.texts("topics")] == [Location(PATH, 3, 5)]


def test_a_parser_says_what_is_wrong() -> None:
    """The words of a ValueError become the problem, and those behind the semicolon the hint."""

    def parse(text: str) -> str:
        raise ValueError(f"{text} is wet; dry it")

    one = fields("title: oar")
    assert one.parsed("title", parse, "value-invalid") is None
    assert str(one.problems[0]) == (
        "content/x.yaml:1:8: error: value-invalid: title: oar is wet; dry it"
    )
