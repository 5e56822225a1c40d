"""Tests of ``mujaz.ids``: what differs between a text and an article ID."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mujaz.ids import explain_id

GOOD = "0a1b2c3d4e5f6071"


@given(st.from_regex(r"[0-9a-f]{16}", fullmatch=True, alphabet=st.characters(codec="ascii")))
def test_sixteen_hex_digits_are_an_id(text: str) -> None:
    """Every text of 16 lower-case hex digits is well-formed."""
    assert explain_id(text) is None


@given(st.text(max_size=20))
@example(GOOD + "\n")
@example("\ud800")
def test_any_other_text_is_explained(text: str) -> None:
    """Whatever is not exactly an ID gets a sentence of printable characters."""
    flaw = explain_id(text)
    if re.fullmatch(r"[0-9a-f]{16}", text):
        assert flaw is None
    else:
        assert flaw
        assert flaw.isprintable()


@pytest.mark.fault(10, 11)
@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", "is empty"),
        (GOOD[:-1], "has 15 hex digits, not 16"),
        (GOOD + "0", "has 17 hex digits, not 16"),
        ("7", "has 1 hex digit, not 16"),
        (GOOD.upper(), "has capital letters"),
        ("0a1b2c3d4e5f607g", "has the letter g at character 16"),
        ("0a1b2c3d4e5f6o71", "has the letter o (meant as the digit 0?) at character 14"),
        ("0a1b2c3d-4e5f6071", "has - at character 9"),
        ("0a1b 2c3d4e5f6071", "has a space at character 5"),
        ("0a1b\u200b2c3d4e5f6071", "has U+200B (zero width space) at character 5"),
        ("\u200e" + GOOD, "has U+200E (left-to-right mark) at character 1"),
        (GOOD + "\x1b", "has U+001B (control character) at character 17"),
        ("٠a1b2c3d4e5f6071", "has ٠ (arabic-indic digit zero) at character 1"),
        ("0a1b2c3d4e5f607۱", "has ۱ (extended arabic-indic digit one) at character 16"),
        (
            "0\u04301b2c3d4e5f6071",
            "has U+0430 (cyrillic small letter a), which only looks like a, at character 2",
        ),
        ("0é1b2c3d4e5f6071", "has é (U+00E9, latin small letter e with acute) at character 2"),
    ],
)
def test_the_difference_is_named(text: str, flaw: str) -> None:
    """The sentence names the first wrong character, else the length, else capitals."""
    assert explain_id(text) == flaw
