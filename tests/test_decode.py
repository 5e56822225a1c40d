"""Tests of ``mujaz.decode``: UTF-8 in, text out; everything else named with its first bad byte."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.decode import decode

PATH = "content/briefings/ferries.ar.md"
TEXT = "---\ntitle: عبّارات النهر\ndate: 2026-03-01\n---\nنص عن العبّارات، وما بعده.\n"


def test_a_byte_order_mark_and_foreign_line_ends_leave_no_trace() -> None:
    """BOM, CRLF and CR give the same text as none and LF."""
    for data in (TEXT, TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r")):
        assert decode(data.encode(), PATH) == (TEXT, [])
        assert decode(codecs.BOM_UTF8 + data.encode(), PATH) == (TEXT, [])


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    """Any text in UTF-8 that does not look like UTF-16 comes back, apart from its line ends."""
    text = text.replace("\0", "").replace("\r", "").removeprefix("\ufeff")
    assert decode(text.encode(), PATH) == (text, [])


@given(st.binary())
def test_any_bytes_give_a_text_or_one_problem(data: bytes) -> None:
    """No bytes raise; without a text there is exactly one problem."""
    text, problems = decode(data, PATH)
    assert len(problems) == (text is None)
    assert all(each.code == "encoding" for each in problems)


@pytest.mark.fault(22)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str) -> None:
    """UTF-16 is recognised with and without its byte order mark."""
    text, problems = decode(TEXT.encode(encoding), PATH)
    assert text is None
    assert [str(each) for each in problems] == [
        f"{PATH}:1:1: error: encoding: the file is UTF-16, not UTF-8; save the file as UTF-8"
    ]


@pytest.mark.fault(22)
@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_named(encoding: str) -> None:
    """UTF-32 is recognised with and without its byte order mark."""
    text, problems = decode(TEXT.encode(encoding), PATH)
    assert text is None
    assert problems[0].what == "the file is UTF-32, not UTF-8"


def test_a_single_null_is_no_sign_of_utf_16() -> None:
    """A stray NUL in a text stays for the check of characters."""
    assert decode(b"a\0b and so on", PATH) == ("a\0b and so on", [])


@pytest.mark.fault(22)
def test_windows_1256_is_guessed() -> None:
    """Arabic in Windows-1256 is named as that, at the first byte that is not UTF-8."""
    _, [found] = decode(TEXT.encode("cp1256", "ignore"), PATH)
    assert str(found.location) == f"{PATH}:2:8"
    assert found.what == "byte 0xDA is not UTF-8: a character cut short"
    assert found.hint == "looks like Windows-1256; save the file as UTF-8"


@pytest.mark.fault(22)
@pytest.mark.parametrize(
    ("data", "place", "what"),
    [
        ("نص".encode()[:3], "1:2", "byte 0xD8 is not UTF-8: a character cut short"),
        ("سطر\r\nنص ".encode() + b"\xe3 x", "2:4", "byte 0xE3 is not UTF-8: a character cut short"),
        (b"ab\xc0\xafc", "1:3", "byte 0xC0 is not UTF-8: an overlong form"),
        (b"\xe0\x80\x80", "1:1", "byte 0xE0 is not UTF-8: an overlong form"),
        (b"\xf0\x80\x80\x80", "1:1", "byte 0xF0 is not UTF-8: an overlong form"),
        (b"x\xed\xa0\x80", "1:2", "byte 0xED is not UTF-8: a surrogate"),
        (b"\xef\xbb\xbfab\xff", "1:3", "byte 0xFF is not UTF-8: no character begins with it"),
        (b"caf\xe9", "1:4", "byte 0xE9 is not UTF-8: a character cut short"),
    ],
)
def test_the_first_bad_byte_is_named(data: bytes, place: str, what: str) -> None:
    """The byte stands in the message, its line and column count decoded characters."""
    text, [found] = decode(data, PATH)
    assert text is None
    assert (str(found.location), found.what) == (f"{PATH}:{place}", what)
    assert "Windows" not in found.hint
