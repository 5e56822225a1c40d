"""The style sheets: nothing in them knows left from right, and Arabic is left in one piece."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tinycss2
from tinycss2.ast import Declaration, FunctionBlock, IdentToken, Node, QualifiedRule

from mujaz.theme import theme
from tests.site_factory import ROOT

FOLDER = ROOT / "static" / "css"
SHEETS = {each.name: each.read_text(encoding="utf-8") for each in sorted(FOLDER.glob("*.css"))}
SHEETS["theme.css"] = theme("#7a1f2b").decode()

FORBIDDEN = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-.*)?"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|direction|unicode-bidi|float-x"
    r"|translate|text-indent|transform-origin|object-position|background-position(?:-x)?"
    r"|mask-position|perspective-origin"
)
SIDES = {"margin", "padding", "inset", "border-width", "border-style", "border-color"}
SIDES |= {"scroll-margin", "scroll-padding", "border-radius"}
SHIFTED = {"box-shadow", "text-shadow", "filter"}
FUNCTIONS = {"translate", "translatex", "translate3d", "skewx", "rotate", "matrix", "matrix3d"}
DIRECTED = re.compile(r"\bto\b|deg\b|turn\b|rad\b|at ")
ALPHA = {"rgba", "hsla"}
VALUES_OF_SIDES = 4


def mistakes(css: str) -> list[str]:
    """Return the declarations of a style sheet that do not mirror by themselves."""
    found: list[str] = []
    for declaration, selector in declarations(css):
        reason = physical(declaration) or faded(declaration, selector)
        if reason:
            found.append(f"{selector} {{ {declaration.name} }}: {reason}")
    return found


def declarations(css: str) -> list[tuple[Declaration, str]]:
    """Return every declaration with the selectors around it, at any depth of nesting."""
    return _within(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), "")


def _within(nodes: list[Any], around: str) -> list[tuple[Declaration, str]]:
    found: list[tuple[Declaration, str]] = []
    for node in nodes:
        assert node.type != "error", tinycss2.serialize(nodes)
        if isinstance(node, Declaration):
            found.append((node, around))
        elif node.type in {"qualified-rule", "at-rule"} and node.content is not None:
            name = tinycss2.serialize(node.prelude).strip()
            inner = f"{around} {name}" if isinstance(node, QualifiedRule) else around
            content = tinycss2.parse_blocks_contents(
                node.content, skip_comments=True, skip_whitespace=True
            )
            found += _within(content, inner)
    return found


def physical(declaration: Declaration) -> str:
    """Say what in a declaration means a side of the screen, or ""."""
    name = declaration.lower_name
    values = [each for each in declaration.value if each.type not in {"whitespace", "comment"}]
    if FORBIDDEN.fullmatch(name):
        return "a physical property"
    if reasons := [reason for reason in map(_physical_value, values) if reason]:
        return reasons[0]
    parts = [each for each in values if each.type != "literal"]
    if name in SIDES and len(parts) >= VALUES_OF_SIDES:
        return "four sides"
    shadow = name in SHIFTED and values and values[0].type != "ident"
    return "a shadow with an offset" if shadow else ""


def _physical_value(value: Node) -> str:
    if isinstance(value, IdentToken) and value.lower_value in {"left", "right"}:
        return "a physical value"
    if not isinstance(value, FunctionBlock):
        return ""
    inner = tinycss2.serialize(value.arguments)
    name = value.lower_name
    reasons = {
        "a shift or turn along the screen": name in FUNCTIONS,
        "a gradient with a direction": "gradient" in name and DIRECTED.search(inner),
        "four sides": name == "inset" and len(inner.split()) >= VALUES_OF_SIDES,
    }
    return next((reason for reason, found in reasons.items() if found), "")


def faded(declaration: Declaration, selector: str) -> str:
    """Say that Arabic text would be drawn through, or "" (darker joints between letters)."""
    if ":lang(ar)" not in selector or declaration.lower_name not in {"color", "opacity"}:
        return ""
    if declaration.lower_name == "opacity":
        return "see-through Arabic"
    value = tinycss2.serialize(declaration.value)
    functions = {each.lower_name for each in declaration.value if isinstance(each, FunctionBlock)}
    see_through = functions & ALPHA or "/" in value or re.search(r"#(?:\w{4}|\w{8})\b", value)
    return "see-through Arabic" if see_through else ""


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_a_style_sheet_mirrors_by_itself(name: str) -> None:
    """Only logical properties and values are used, and Arabic is never see-through."""
    assert mistakes(SHEETS[name]) == []


@pytest.mark.parametrize(
    "fault",
    [
        "a { margin-left: 1px }",
        "a { left: 0 }",
        "a { text-align: right }",
        "a { float: left }",
        "a { border-right-color: red }",
        "a { border-top-left-radius: 1px }",
        "a { margin: 0 1px 0 2px }",
        "a { padding: 1px 2px 3px 4px }",
        "a { border-radius: 1px 2px 3px 4px }",
        "a { inset: 0 auto 0 0 }",
        "a { translate: 1px }",
        "a { transform: translateX(1px) }",
        "a { transform: rotate(3deg) }",
        "a { background: url(x.png) left top }",
        "a { background-position: 0 0 }",
        "a { background: linear-gradient(to right, red, blue) }",
        "a { background: linear-gradient(90deg, red, blue) }",
        "a { box-shadow: 1px 0 red }",
        "a { transform-origin: 0 0 }",
        "a { clip-path: inset(0 1px 0 0) }",
        "a { scroll-margin-left: 1px }",
        "a { text-indent: 1em }",
        "a { object-position: left }",
        "a { direction: rtl }",
        "a { unicode-bidi: isolate }",
        "@media print { a { right: 0 } }",
        "@layer x { a { b { left: 0 } } }",
        ":lang(ar) { color: rgba(0, 0, 0, .5) }",
        ":lang(ar) p { color: #00000080 }",
        ":lang(ar) { color: rgb(0 0 0 / 50%) }",
        ":lang(ar) { opacity: .5 }",
    ],
)
def test_each_mistake_would_be_seen(fault: str) -> None:
    """The scan finds every kind of direction that a style sheet can smuggle in."""
    assert len(mistakes(fault)) == 1


@pytest.mark.parametrize(
    "right",
    [
        "a { margin: 0 1px }",
        "a { inset: auto 0 0 }",
        "a { inset-inline-start: 0; padding-inline: 1px 2px; text-align: start }",
        "a { clip-path: inset(50%) }",
        "a { box-shadow: none }",
        "a { color: rgba(0, 0, 0, .5) }",
    ],
)
def test_what_mirrors_is_left_alone(right: str) -> None:
    """The scan does not cry wolf."""
    assert mistakes(right) == []


def test_arabic_is_set_as_arabic() -> None:
    """No spacing, no slant, no capitals, its own quotation marks, and air between the lines."""
    rules = {
        d.lower_name: tinycss2.serialize(d.value).strip()
        for d, selector in declarations(SHEETS["site.css"])
        if selector.strip() == ":lang(ar)"
    }
    assert rules["letter-spacing"] == "normal"
    assert rules["font-style"] == "normal"
    assert rules["text-transform"] == "none"
    assert rules["quotes"] == '"«" "»" "“" "”"'
    assert float(rules["--leading"]) >= 1.8
    assert float(rules["--leading-tight"]) >= 1.4


def test_a_note_is_never_dumped_into_the_text() -> None:
    """Where popovers are unknown the notes are hidden."""
    css = re.sub(r"\s+", " ", SHEETS["site.css"])
    assert "@supports not selector(:popover-open) { .note { display: none; }" in css


def test_nothing_is_fetched_from_elsewhere() -> None:
    """Style sheets name no address outside the site, and none that fails from a folder."""
    for css in SHEETS.values():
        assert "//" not in css.replace("https://www.w3.org", "")
        assert "@import" not in css
        assert "mask-image" not in css
