"""Tests of ``mujaz.svg``: a picture is only a picture."""

from __future__ import annotations

import pytest

from mujaz.svg import check_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'

SAFE = [
    '<rect fill="url(#a)" style="fill: url(#a)"/><use href="#b" xlink:href="#c"/>',
    '<image href="data:image/png;base64,iVBORw0KGgo="/><text>on (time) url is free</text>',
    "<style>rect { fill: url(#a) }</style><title>javascript: and &lt;script&gt;</title>",
    '<animate attributeName="opacity" values="0;1"/><a href="#x"><g/></a>',
]
UNSAFE = {
    "<script>x</script>": "the element <script>",
    '<x:script xmlns:x="http://www.w3.org/2000/svg"/>': "the element <script>",
    "<foreignObject/>": "the element <foreignobject>",
    '<g onclick="x"/>': "the event handler onclick",
    '<set attributeName="onload" to="x"/>': "the event handler onload",
    '<animate attributeName="xlink:href" to="javascript:x"/>': "an animated address",
    '<a href="javascript:x"/>': "an address that leads out of it: javascript:x",
    '<a href=" java&#10;script:x"/>': "an address that leads out of it: ",
    '<image xlink:href="//ferry.example/a.png"/>': "an address that leads out of it: //ferry",
    '<image href="data:image/svg+xml,x"/>': "an address that leads out of it: data:image/svg",
    '<use href="other.svg#a"/>': "an address that leads out of it: other.svg#a",
    '<rect fill="url(a.svg#b)"/>': "a style that loads something else",
    "<rect style=\"fill: url( 'http://f.example/')\"/>": "a style that loads something else",
    "<style>@import 'a.css';</style>": "a style that loads something else",
    "<style>a { b: u\\72l(c) }</style>": "a style that loads something else",
    '<?xml-stylesheet href="a.css"?>': "the instruction <?xml-stylesheet?>",
}


@pytest.mark.parametrize("text", SAFE)
def test_a_picture_is_left_alone(text: str) -> None:
    """What refers only to the picture itself may stand in it."""
    assert check_svg(f"<?xml version='1.0'?>\n{HEAD}{text}</svg>".encode(), "a.svg") is None


@pytest.mark.fault(29)
@pytest.mark.parametrize(("text", "expected"), UNSAFE.items())
def test_more_than_a_picture_is_refused(text: str, expected: str) -> None:
    """Scripts, handlers, foreign objects and addresses elsewhere are found at their place."""
    found = check_svg(f"{HEAD}\n  {text}</svg>".encode(), "a.svg")
    assert found is not None
    assert found.what.startswith(f"it has {expected}")
    assert found.location.line == 2


@pytest.mark.fault(18, 29)
@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}&a;</svg>',
        f'<!DOCTYPE svg SYSTEM "/etc/hostname">{HEAD}</svg>',
    ],
)
def test_a_document_type_is_refused(text: str) -> None:
    """No entity is ever expanded, no file opened."""
    found = check_svg(text.encode(), "a.svg")
    assert found is not None
    assert found.what == "it has a document type, which may define entities"


@pytest.mark.parametrize("data", [b"", b"\0", b"<svg", b"\xff\xfe<", b"<?xml encoding='x'?><svg/>"])
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    """Bytes that are no XML are told, and never raise."""
    found = check_svg(data, "a.svg")
    assert found is not None
    assert found.code == "image-unsafe"


def test_a_deep_picture_is_read() -> None:
    """Depth costs no recursion."""
    assert check_svg(f"{HEAD}{'<g>' * 90_000}{'</g>' * 90_000}</svg>".encode(), "a.svg") is None
