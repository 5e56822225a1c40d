"""Rendering: mistakes in templates become problems, and authors' texts stay text."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.filters import bidi, footnote_label, language_attributes
from mujaz.model import Language, Output, Route
from mujaz.problems import Problem
from mujaz.render import render
from mujaz.views import View, views
from mujaz.views.values import Phrase
from tests.site_factory import ROOT, Options, make_locales, make_site

OURS = ROOT / "templates"
AR, EN = Language.AR, Language.EN


def rendered(folder: Path, template: str, **values: object) -> tuple[list[Output], list[Problem]]:
    """Render one view with a site's own templates before ours."""
    view = View(Route("en/x.html"), template, EN, values)
    return render([view], [folder, OURS], make_locales())


@pytest.mark.parametrize(
    ("files", "path", "line", "words"),
    [
        ({"x.html": "a\n{% if %}"}, "templates/x.html", 2, "Expected an expression"),
        ({"x.html": "a\nb\n{{ nothing }}"}, "templates/x.html", 3, "'nothing' is undefined"),
        ({"x.html": '\n{% include "gone.html" %}'}, "templates/x.html", 2, "no template gone.html"),
        ({"x.html": '{% include "../x.html" %}'}, "templates/x.html", 1, "no template ../x.html"),
        ({"x.html": '\n{% include "x.html" %}'}, "templates/x.html", 2, "without end"),
        ({"x.html": "{{ 1 | unheard }}"}, "templates/x.html", 1, "No filter named 'unheard'"),
        ({"x.html": "\n{{ 1 + 'a' }}"}, "templates/x.html", 2, "unsupported operand"),
        (
            {"x.html": '{% include "y.html" %}', "y.html": "\n\n{{ gone.far }}"},
            "templates/y.html",
            3,
            "'gone' is undefined",
        ),
        (
            {"x.html": '{% include "y.html" %}', "y.html": "\n{% for %}"},
            "templates/y.html",
            2,
            "Expected",
        ),
        (
            {"x.html": '{% from "_text.html" import gone %}\n{{ gone(1) }}'},
            "templates/x.html",
            2,
            "does not export",
        ),
    ],
)
def test_a_mistake_in_a_template_is_a_problem_with_its_place(
    tmp_path: Path, files: dict[str, str], path: str, line: int, words: str
) -> None:
    """Every kind of mistake names template, line and the page being rendered."""
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    outputs, problems = rendered(tmp_path, "x.html")
    assert not outputs
    (found,) = problems
    assert (found.code, found.location.path, found.location.line) == ("template-error", path, line)
    assert words in found.what
    assert "en/x.html" in found.what


def test_a_template_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    """A template that is not UTF-8 is named and never ends in a traceback."""
    (tmp_path / "x.html").write_bytes(b"caf\xe9")
    _, problems = rendered(tmp_path, "x.html")
    assert "not UTF-8" in problems[0].what


def test_a_mistake_that_spoils_many_pages_is_reported_once(tmp_path: Path) -> None:
    """The same mistake on every page is one problem, and the other pages are still rendered."""
    (tmp_path / "briefing.html").write_text("{{ gone }}", encoding="utf-8")
    locales = make_locales()
    outputs, problems = render(views(make_site(), locales), [tmp_path, OURS], locales)
    assert len(problems) == 1
    assert any(each.route == "en/index.html" for each in outputs)


def test_an_error_outside_templates_is_ours_and_is_raised(tmp_path: Path) -> None:
    """A bug of the program is never blamed on a template."""
    view = View(Route("en/x.html"), "base.html", EN, {1: 2})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        render([view], [tmp_path, OURS], make_locales())


def test_a_site_overrides_a_template_of_the_same_name(tmp_path: Path) -> None:
    """The first folder wins, file by file."""
    (tmp_path / "stub.html").write_text("mine", encoding="utf-8")
    outputs, problems = rendered(tmp_path, "stub.html")
    assert not problems
    assert outputs[0].content == b"mine\n"


def test_template_syntax_in_a_text_is_shown_as_text() -> None:
    """Nothing that an author writes is a template, and nothing becomes a tag."""
    site = make_site(Options(title_en="{{ 7 * 7 }}{% raw %} <script>alert(1)</script>"))
    locales = make_locales()
    outputs, problems = render(views(site, locales), [OURS], locales)
    assert not problems
    page = next(each for each in outputs if each.route == "en/briefings/heron.html")
    assert isinstance(page.content, bytes)
    html = page.content.decode()
    assert "{{ 7 * 7 }}{% raw %}" in html
    assert "<script>alert" not in html


def test_two_renderings_are_equal() -> None:
    """The same site gives the same bytes."""
    locales = make_locales()
    first, _ = render(views(make_site(), locales), [OURS], locales)
    second, _ = render(views(make_site(), locales), [OURS], locales)
    assert first == second


@pytest.mark.parametrize(
    ("text", "language", "page", "expected"),
    [
        ("NATO تقول", AR, AR, '<bdi dir="rtl">NATO تقول</bdi>'),
        ("a<b>&", EN, AR, '<bdi lang="en" dir="ltr">a&lt;b&gt;&amp;</bdi>'),
        ("وكالة", None, EN, '<bdi lang="" dir="rtl">وكالة</bdi>'),
        ("Gazette", None, EN, '<bdi dir="ltr">Gazette</bdi>'),
    ],
)
def test_a_text_is_isolated_in_its_own_direction(
    text: str, language: Language | None, page: Language, expected: str
) -> None:
    """The direction is that of the language, of the letters only where no language is known."""
    assert bidi(Phrase(text, language), page) == expected


def test_an_attribute_cannot_be_broken_out_of() -> None:
    """The attributes of a text hold no part of the text."""
    found = language_attributes(Phrase('" onclick="x', EN), AR)
    assert found == ' lang="en" dir="ltr"'


def test_footnotes_are_counted_in_letters() -> None:
    """A footnote's sign is never a digit, so that it cannot be taken for a citation."""
    assert [footnote_label(n, EN) for n in (1, 2, 26, 27)] == ["a", "b", "z", "aa"]
    assert [footnote_label(n, AR) for n in (1, 2)] == ["أ", "ب"]
