"""Tests of ``mujaz.frontmatter``: the split of a Markdown file, and strict YAML with places."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mujaz.frontmatter import DEPTH, LIMIT, MOST, read_yaml, split_front_matter
from mujaz.model import YamlList, YamlMapping, YamlNode, YamlText
from mujaz.problems import Location, Problem

PATH = "content/briefings/ferries.ar.md"


def told(problems: list[Problem]) -> list[str]:
    """Return the places and codes of problems."""
    return [f"{each.location.line}:{each.location.column} {each.code}" for each in problems]


def shown(node: YamlNode | None) -> object:
    """Return a value as plain Python: texts, lists and dicts."""
    match node:
        case YamlText():
            return node.value
        case YamlList():
            return [shown(item) for item in node.items]
        case YamlMapping():
            return {key: shown(value) for key, (_, value) in node.entries.items()}
    return None


def places(node: YamlNode) -> list[str]:
    """Return the place of every value in reading order."""
    own = [f"{node.location.line}:{node.location.column}"]
    if isinstance(node, YamlList):
        return [*own, *(place for item in node.items for place in places(item))]
    if isinstance(node, YamlMapping):
        return [*own, *(place for _, value in node.entries.values() for place in places(value))]
    return own


# --- the split -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "yaml", "body", "body_line"),
    [
        ("---\ntitle: x\n---\nنص\n", "title: x\n", "نص\n", 4),
        ("---\ntitle: x\n...\nنص", "title: x\n", "نص", 4),
        ("--- \ntitle: x\n---\t\n\nنص", "title: x\n", "\nنص", 4),
        ("---\ntitle: x\n---", "title: x\n", "", 4),
        ("---\na: |\n  ---\n---\n---\n", "a: |\n  ---\n", "---\n", 5),
    ],
)
def test_front_matter_stands_between_two_fences(
    text: str, yaml: str, body: str, body_line: int
) -> None:
    """The YAML begins on line 2 and the body below the next line of three hyphens or dots."""
    assert split_front_matter(text, PATH) == (yaml, 2, body, body_line, [])


START = "begin it with a line ---, then the keys, then another line ---"
LATE = "the front matter does not begin on line 1 with ---"


@pytest.mark.fault(1)
@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("", "the file has no front matter", START),
        ("نص بلا مقدمة\n", "the file has no front matter", START),
        ("title: x\n---\nنص", "the file has no front matter", START),
        ("\n\n---\ntitle: x\n---\n", LATE, "delete the blank lines above ---"),
        (" ---\ntitle: x\n---\n", LATE, "delete what stands before ---: ' '"),
        ("\ufeff---\ntitle: x\n---\n", LATE, "delete what stands before ---: '<U+FEFF>'"),
        (
            "—-\ntitle: x\n---\n",
            "front matter begins with three hyphens ---, not with —-",
            "write --- on line 1",
        ),
        (
            "----\ntitle: x\n----\n",
            "front matter begins with three hyphens ---, not with ----",
            "write --- on line 1",
        ),
        ("---\n---\nنص", "the front matter is empty", "write the keys between the --- lines"),
        ("---\n\n# x\n---\n", "the front matter is empty", "write the keys between the --- lines"),
    ],
)
def test_missing_front_matter_is_told(text: str, what: str, hint: str) -> None:
    """No, late or empty front matter is one problem at the start of the file."""
    parts = split_front_matter(text, PATH)
    assert parts.yaml is None
    [found] = parts.problems
    assert (str(found.location), found.code) == (f"{PATH}:1:1", "front-matter-missing")
    assert (found.what, found.hint) == (what, hint)


@pytest.mark.fault(1)
@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("---\ntitle: x\n", 1, "add a line --- after the last key"),
        ("---\ntitle: x\n\nنص البداية هنا.\n", 4, "add a line --- above it"),
        ("---\ntitle: x\ntopics:\n  - a\n# note\n\n# عنوان\n\nنص\n", 5, "add a line --- above it"),
        ("---\ntitle: x\n## عنوان\n", 3, "add a line --- above it"),
        ("---\nنص\n", 2, "add a line --- above it"),
        ("---\ntitle: x\n --- \nنص", 4, "add a line --- above it"),
        ("---", 1, "add a line --- after the last key"),
    ],
)
def test_unclosed_front_matter_is_told_where_the_body_begins(
    text: str, line: int, hint: str
) -> None:
    """Without a closing line the place is where the text seems to begin, else line 1."""
    parts = split_front_matter(text, PATH)
    assert parts.yaml is None
    assert told(parts.problems) == [f"{line}:1 front-matter-unclosed"]
    assert parts.problems[0].hint == hint


@pytest.mark.fault(19)
def test_front_matter_has_a_limit() -> None:
    """64 KiB of front matter are read, one byte more is refused and names the limit."""
    most = "a: " + "x" * (LIMIT - 4) + "\n"
    assert split_front_matter(f"---\n{most}---\n", PATH).yaml == most
    parts = split_front_matter(f"---\n#{most}---\nنص", PATH)
    assert (parts.yaml, parts.body) == (None, "نص")
    assert told(parts.problems) == ["1:1 front-matter-too-large"]
    assert "64 KiB" in parts.problems[0].what
    keys = "".join(f"key{number}: x\n" for number in range(60_000))
    assert told(split_front_matter(f"---\n{keys}---\n", PATH).problems) == [
        "1:1 front-matter-too-large"
    ]


@given(st.text())
@example("---\n---")
@example("---\n\ud800\n---")
def test_no_word_is_lost_by_the_split(text: str) -> None:
    """Fences, YAML and body together are the text; where the split fails, a problem says so."""
    parts = split_front_matter(text, PATH)
    if parts.yaml is None:
        assert len(parts.problems) == 1
    else:
        lines = text.split("\n")
        assert parts.yaml == "".join(line + "\n" for line in lines[1 : parts.body_line - 2])
        assert parts.body == "\n".join(lines[parts.body_line - 1 :])


# --- what is kept ----------------------------------------------------------------------------


@pytest.mark.fault(6)
@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "0123",
        "0x1f",
        "0b101",
        "1_000",
        "1e10",
        "12345678e9012345",
        "0012345670123456",
        "1234567890123456",
        "12:30",
        "190:20:30",
        "2026-11-22",
        "2026-13-45",
        "1447-05-02",
        ".inf",
        "=",
        "true",
        "٢٠٢٦",
        "+1",
        "1.0",
        "9" * 5000,
    ],
)
def test_a_scalar_stays_as_written(written: str) -> None:
    """Numbers, dates, booleans and IDs are text until the schema gives them a type."""
    data, problems = read_yaml(f"key: {written}\nlist: [{written}]\n", PATH)
    assert problems == []
    assert shown(data) == {"key": written, "list": [written]}


@pytest.mark.parametrize(
    ("written", "value", "plain"),
    [
        ("null", "null", True),
        ("~", "~", True),
        ("", "", True),
        ('"null"', "null", False),
        ("'~'", "~", False),
        ('""', "", False),
        ("|\n  null", "null", False),
    ],
)
def test_null_is_told_from_text(written: str, value: str, plain: bool) -> None:  # noqa: FBT001
    """Only a scalar without quotes is plain, so that null is not taken for a word."""
    data, _ = read_yaml(f"key: {written}", PATH)
    assert isinstance(data, YamlMapping)
    text = data.entries["key"][1]
    assert isinstance(text, YamlText)
    assert (text.value, text.plain) == (value, plain)


RECORD = """\
# سجل
title: {ar: عبّارة, en: "Ferry"}   # تعليق
topics: [ferries, 😀, river]
summary: >
  سطر
  وسطر
corrections:
  - date: 2026-03-01
    note: |
      نص
  -
    date: 2026-03-02
empty:
"a key": 'it''s'
"""


def test_every_value_has_its_line_and_column() -> None:
    """Places count code points from 1; a block scalar stands at its sign, nothing at its colon."""
    data, problems = read_yaml(RECORD, PATH, 2)
    assert problems == []
    assert shown(data) == {
        "title": {"ar": "عبّارة", "en": "Ferry"},
        "topics": ["ferries", "😀", "river"],
        "summary": "سطر وسطر\n",
        "corrections": [{"date": "2026-03-01", "note": "نص\n"}, {"date": "2026-03-02"}],
        "empty": "",
        "a key": "it's",
    }
    assert isinstance(data, YamlMapping)
    assert places(data) == [
        *("3:1", "3:8", "3:13", "3:25", "4:9", "4:10", "4:19", "4:22", "5:10"),
        *("9:3", "9:5", "9:11", "10:11", "13:5", "13:11", "14:7", "15:10"),
    ]
    keys = [f"{place.line}:{place.column}" for place, _ in data.entries.values()]
    assert keys == ["3:1", "4:1", "5:1", "8:1", "14:1", "15:1"]


def test_a_blank_text_has_no_value_and_no_problem() -> None:
    """Nothing but comments is None; whether that is allowed is for others to say."""
    assert read_yaml("", PATH) == (None, [])
    assert read_yaml("\n# تعليق\n", PATH) == (None, [])


# --- what is refused -------------------------------------------------------------------------

STRICT: list[tuple[str, list[str]]] = [
    ("a: 1\nb: 2\na: 3", ["3:1 yaml-duplicate-key"]),
    ("a: {x: 1, x: 2}\na: 1", ["1:11 yaml-duplicate-key", "2:1 yaml-duplicate-key"]),
    ("a: 1\n'a': 2", ["2:1 yaml-duplicate-key"]),
    ("a: &x 1\nb: *x", ["1:4 yaml-alias", "2:4 yaml-alias"]),
    ("a: *x", ["1:4 yaml-alias"]),
    ("*x : a", ["1:1 yaml-alias"]),
    ("<<: {a: b}", ["1:1 yaml-alias"]),
    ("'<<': a", []),
    ("a: !!str 1", ["1:4 yaml-tag"]),
    ("a: !x {b: c}\nd: ! e", ["1:4 yaml-tag", "2:4 yaml-tag"]),
    ("a: !!python/object:os.system x", ["1:4 yaml-tag"]),
    ("%YAML 1.1\n---\na: b", ["1:1 yaml-tag"]),
    ("? [a]\n: b", ["1:3 yaml-syntax"]),
    ("{a: b}: c", ["1:1 yaml-syntax"]),
    ("~: x", ["1:1 yaml-syntax"]),
    ("? a\n: b", ["1:3 yaml-syntax"]),
    ("a: 1\n---\nb: 2", ["2:1 yaml-syntax"]),
    ("a: 1\n...\nb: 2", ["3:1 yaml-syntax"]),
    ("---\na: 1\n...\n", []),
    ("- - - - - - - - x", []),
    ("- - - - - - - - - x", ["1:17 yaml-depth"]),
    ("[[[[[[[[[x]]]]]]]]]", ["1:9 yaml-depth"]),
    ("a: &x 1\na: !t 2\nb: [نص، نص]\nc: \"\\0\"\nd: 'x' y", [
        "1:4 yaml-alias", "2:4 yaml-tag", "2:1 yaml-duplicate-key", "3:7 value-invalid",
        "4:4 control-character", "5:6 yaml-syntax",
    ]),
]  # fmt: skip


@pytest.mark.fault(18)
@pytest.mark.parametrize(("text", "expected"), STRICT)
def test_strict_yaml(text: str, expected: list[str]) -> None:
    """Aliases, merge keys, tags, repeated and strange keys, depth and more documents are told."""
    assert told(read_yaml(text, PATH)[1]) == expected


def test_a_repeated_key_names_the_first_and_keeps_it() -> None:
    """The message has the line of the first, counted in the file."""
    data, [found] = read_yaml("title: a\ndate: b\ntitle: c\n", PATH, 2)
    assert found.location == Location(PATH, 4, 1)
    assert found.message == (
        "the key title is written twice (already on line 2); keep one of the two"
    )
    assert shown(data) == {"title": "a", "date": "b"}


def test_messages_about_yaml_say_the_limit_and_the_way_out() -> None:
    """Depth names its limit; an alias and a tag say what to write instead."""
    [deep] = read_yaml("- " * (DEPTH + 1) + "x", PATH)[1]
    assert deep.what == "lists and mappings are nested too deep (limit 8)"
    [alias] = read_yaml("a: *bold", PATH)[1]
    assert alias.message == (
        "a YAML alias (*bold) is not allowed; write the value out, "
        "or put quotes around it if the * belongs to the text"
    )


def test_what_cannot_be_relied_on_is_no_value() -> None:
    """After a syntax error or an alias there is no value; after a tag there is."""
    assert read_yaml("a: [b", PATH)[0] is None
    assert read_yaml("a: *x", PATH)[0] is None
    assert shown(read_yaml("a: !x b", PATH)[0]) == {"a": "b"}
    assert shown(read_yaml('a: "\\0b"', PATH)[0]) == {"a": "\ufffdb"}


# --- bounds ----------------------------------------------------------------------------------

BOMB = "a0: &a0 x\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 10)
)


@pytest.mark.fault(18, 19, 34)
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("".join(f"key{number}: x\n" for number in range(60_000)), set()),
        ("key: x\n" * 60_000, {"yaml-duplicate-key", "yaml-syntax"}),
        ("a: " + "[" * 5000 + "]" * 5000, {"yaml-depth"}),
        ("- " * 5000, {"yaml-depth"}),
        ("{a: " * 5000, {"yaml-depth"}),
        (BOMB, {"yaml-alias"}),
        ("a: b\n" + " " * 60_000 + "c: d", {"yaml-syntax"}),
        ("a: " + "\u2067" * 60_000, {"bidi-unbalanced"}),
        ("\0" * 60_000, {"control-character"}),
        ('a: ["x" ، ' * 6_000, {"value-invalid"}),
    ],
    ids=["keys", "repeated", "brackets", "hyphens", "braces", "bomb", "spaces", "isolates", "null",
         "commas"],
)  # fmt: skip
def test_large_and_hostile_texts_are_answered_soon(text: str, codes: set[str]) -> None:
    """No text takes more than three seconds or gives more problems than one can read."""
    start = time.process_time()
    _, problems = read_yaml(text, PATH)
    assert time.process_time() - start < 3
    assert {each.code for each in problems} == codes
    assert len(problems) <= MOST + 1


LETTERS = ["a", "ع", ": ", ":", "\n", "\n  ", "- ", "-", "[", "]", "{", "}", ", ", "،", '"', "'"]
SIGNS = ["\\", "\\u202e", "\\ud800", "\\U00110000", "| ", "> ", "&x ", "*x", "!t ", "# c", "? "]
ODD = ["\t", "\u200e", "\ufeff", "\u2067", "\u2069", "\u202e", "\x07", "\u2028", "...", "---", "<<"]
PIECES = st.sampled_from([*LETTERS, *SIGNS, *ODD, "@", "%"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
@example("\ud800")
@example('"\\U00110000"')
def test_no_text_raises(text: str) -> None:
    """Any text gives a value or problems, every problem at a place inside the text."""
    data, problems = read_yaml(text, PATH, 2)
    lines = text.split("\n")
    for each in problems:
        assert 2 <= each.location.line <= len(lines) + 1
        assert 1 <= each.location.column <= len(lines[each.location.line - 2]) + 1
    if data is None and not problems:
        rest = [line for line in lines if not line.lstrip(" \t").startswith("#")]
        assert not "".join(rest).strip(" .")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Cf", "Zl", "Zp"]), min_size=1))
def test_a_text_in_quotes_comes_back(value: str) -> None:
    """Whatever is quoted by the rules of YAML is kept byte for byte."""
    quoted = value.replace("'", "''")
    data, problems = read_yaml(f"key: '{quoted}'\n", PATH)
    assert problems == []
    assert shown(data) == {"key": value}
