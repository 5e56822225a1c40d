"""Tests of ``mujaz.characters``: forbidden characters and unbalanced isolates, at their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.characters import MOST, check_characters, check_isolates, cleaned, forbidden, unbalanced
from mujaz.problems import Problem

PATH = "content/pages/about.ar.md"


def told(problems: list[Problem]) -> list[str]:
    """Return the places and codes of problems."""
    return [f"{each.location.line}:{each.location.column} {each.code}" for each in problems]


@pytest.mark.fault(23)
@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\0", "U+0000 (null)"),
        ("\x1b", "U+001B (escape)"),
        ("\b", "U+0008 (backspace)"),
        ("\x85", "U+0085 (next line)"),
        ("\x9c", "U+009C (control character)"),
        ("\u2028", "U+2028 (line separator)"),
        ("\u2029", "U+2029 (paragraph separator)"),
        ("\ud800", "U+D800 (lone surrogate)"),
        ("\uffff", "U+FFFF (noncharacter)"),
        ("\U0001fffe", "U+1FFFE (noncharacter)"),
    ],
)
def test_a_control_character_is_named_at_its_place(char: str, name: str) -> None:
    """Controls, separators, surrogates and noncharacters are told with name, line and column."""
    [found] = check_characters(f"سطر\nنص{char}\n", PATH, 10)
    assert str(found.location) == f"{PATH}:11:3"
    assert found.code == "control-character"
    assert found.what == f"{name} cannot stand in a text"


@pytest.mark.fault(24)
@pytest.mark.parametrize("char", "\u202a\u202b\u202c\u202d\u202e")
def test_embeddings_and_overrides_are_forbidden(char: str) -> None:
    """LRE, RLE, PDF, LRO and RLO are refused wherever they stand."""
    assert told(check_characters(f"a{char}b", PATH)) == ["1:2 bidi-control"]


@pytest.mark.fault(26)
def test_marks_joiners_and_balanced_isolates_are_free() -> None:
    """LRM, RLM, ALM, ZWJ, ZWNJ, tab and isolates that are closed need no problem."""
    text = "\u200eA\u200f\u061c ن\u200cص \u2067x \u2066y\u2069\u2069\u2068z\u2069\tb\n"
    assert check_characters(text, PATH) == []
    assert check_isolates(text, PATH) == []


def test_many_forbidden_characters_are_counted() -> None:
    """Beyond the limit the rest is one problem that says how many there are."""
    problems = check_characters("\0" * (MOST + 5), PATH)
    assert len(problems) == MOST + 1
    assert problems[-1].what.startswith("5 more forbidden characters follow")
    problems = check_isolates("\u2067" * (MOST + 5), PATH)
    assert len(problems) == MOST + 1
    assert problems[-1].what.startswith("5 more isolates follow")


@pytest.mark.fault(25)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نص \u2067abc\nتتمة\u2069", []),
        ("نص \u2067abc\n\nفقرة\u2069", ["1:4", "3:5"]),
        ("\u2067a\n \t\nb", ["1:1"]),
        ("\u2066\u2067a\u2069", ["1:1"]),
        ("a\u2069\u2069", ["1:2", "1:3"]),
        ("\u2067 open\n\nnext \u2068x", ["1:1", "3:6"]),
    ],
)
def test_isolates_are_closed_in_their_block(text: str, expected: list[str]) -> None:
    """An isolate ends before the next blank line; its opener, or a stray end, is the place."""
    assert told(check_isolates(text, PATH)) == [f"{place} bidi-unbalanced" for place in expected]


@given(st.text())
def test_a_cleaned_text_is_harmless_and_as_long(text: str) -> None:
    """Cleaning keeps every offset and leaves only forbidden characters that are bidi controls."""
    result = cleaned(text)
    assert len(result) == len(text)
    assert all("\u202a" <= char <= "\u202e" for char in forbidden(result))
    result.encode("utf-8")


@given(st.text(alphabet="\u2066\u2067\u2068\u2069a\n"))
def test_closing_what_is_told_balances(text: str) -> None:
    """Without the characters that are told, the rest is balanced."""
    wrong = set(unbalanced(text))
    rest = "".join(char for offset, char in enumerate(text) if offset not in wrong)
    assert unbalanced(rest) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("- a \u2067b\n- c\u2069", ["1:5", "2:4"]),
        ("1. a \u2067b\n2. c\u2069", ["1:6", "2:5"]),
        ("## a \u2067b\n## c\u2069", ["1:6", "2:5"]),
        ("| a \u2067b |\n| c\u2069 |", ["1:5", "2:4"]),
        ("a \u2067b\n-c\u2069", []),
        ("> a \u2067b\n> c\u2069", []),
    ],
)
def test_items_and_rows_are_blocks(text: str, places: list[str]) -> None:
    """An isolate opened in one item, heading or row is not closed in the next."""
    found = check_isolates(text, "x.md")
    assert [f"{each.location.line}:{each.location.column}" for each in found] == places
