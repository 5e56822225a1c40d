"""Tests of ``mujaz.svg``: a picture is looked at, and does nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.svg import check_svg

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"'


def told(inside: str, before: str = "") -> str:
    """Return place and message of what is wrong with a picture, or ""."""
    found = check_svg(f"{before}<svg {NAMESPACE}>{inside}</svg>".encode(), "content/images/a.svg")
    return f"{found.location.line}:{found.location.column} {found.what}" if found else ""


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<title>عبّارة &amp; ferry</title><path d='M0 0h1' style='fill:#fff'/>",
        "<defs><g id='a'/></defs><use href='#a'/><use x:href=' #a'/>",
        "<rect fill='url(#a)' style=\"fill: url( '#b' )\"/>",
        "<style>.a { fill: url(#a) } @media (min-width: 9em) { .a { fill: red } }</style>",
        "<image href='data:image/png;base64,AAAA'/>",
        "<animate attributeName='opacity' from='0' to='1' dur='1s'/>",
        "<!-- drawn by hand --><![CDATA[text]]>",
    ],
)
def test_a_plain_picture_is_kept(inside: str) -> None:
    """Shapes, texts, styles, and what a picture takes from itself are fine."""
    assert told(inside) == ""


@pytest.mark.fault(29)
@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>canary(1)</script>", "the element script"),
        ("<x:script>canary(1)</x:script>", "the element script"),
        ("<SCRIPT>canary(1)</SCRIPT>", "the element script"),
        ("<g onclick='canary(1)'/>", "the attribute onclick"),
        ("<g ONLOAD='canary(1)'/>", "the attribute onload"),
        (
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
            "foreignobject",
        ),
        ("<iframe xmlns='http://www.w3.org/1999/xhtml' src='x'/>", "the element iframe"),
        ("<a href='javascript:canary(1)'/>", "the attribute href, which leads out"),
        ("<a x:href='java&#10;script:canary(1)'/>", "the attribute href, which leads out"),
        ("<a href='https://evil.example/'/>", "the attribute href, which leads out"),
        ("<use href='other.svg#a'/>", "the attribute href, which leads out"),
        ("<image href='data:image/svg+xml,x'/>", "the attribute href, which leads out"),
        ("<set attributeName='href' to='javascript:canary(1)'/>", "the attribute attributename"),
        ("<set attributeName='x:href' to='#a'/>", "the attribute attributename"),
        ("<set attributeName='x' to='javascript:canary(1)'/>", "the attribute to"),
        ("<rect style='fill:url(https://evil.example/a)'/>", "the attribute style"),
        ("<rect fill='url( \"//evil.example/a\")'/>", "the attribute fill"),
        ("<style>@import 'https://evil.example/a.css';</style>", "a text that could be a style"),
        ("<style>a{fill:url(https://evil.example/a)}</style>", "a text that could be a style"),
        ("<style>a{fill:u\\72l(//evil.example/)}</style>", "a text that could be a style"),
        ("<?xml-stylesheet href='a.css'?>", "an instruction xml-stylesheet"),
        ("<g>", "this is no SVG that can be read: mismatched tag"),
        ("&gone;", "this is no SVG that can be read: undefined entity"),
    ],
)
def test_a_live_picture_is_refused(inside: str, what: str) -> None:
    """Whatever could run or fetch when the picture is opened is named."""
    assert what in told(inside)


@pytest.mark.fault(29)
def test_entities_are_refused_before_they_grow() -> None:
    """A DOCTYPE is refused, so that no entity is ever expanded; the place is exact."""
    assert told("&a;", '\n<!DOCTYPE svg [<!ENTITY a "<script/>">]>').startswith(
        "2:15 the picture has a DOCTYPE"
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_a_problem(data: bytes) -> None:
    """No bytes raise."""
    found = check_svg(data, "content/images/a.svg")
    assert found is None or found.code == "picture-unsafe"
