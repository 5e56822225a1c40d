"""Tests of the parser and the renderer of Markdown: flaws, HTML, facts, CommonMark."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mujaz.markdown import Hooks, parse, to_html
from mujaz.markdown.html import PREFIX
from mujaz.model import Body, Heading, Image, Language, Link
from mujaz.problems import Location, Problem, arrange
from tests.conftest import LETTER, NOTICE, cases, short

PATH = "content/pages/x.en.md"
LOSING = {"footnote-unused", "footnote-duplicate", "table-cell", "nesting-too-deep"}

COMMONMARK = [
    "",
    " ",
    "six",
    "six\nnine",
    "six\n\nnine",
    "six\n\n\n\nnine",
    "   six",
    "six  \nnine",
    "six\\\nnine",
    "six   ",
    "## six",
    "## six ##",
    "##six",
    "####### six",
    "six\n---",
    "## *six* `nine`",
    "##",
    "---",
    "* * *",
    "___",
    "six\n***\nnine",
    "    code",
    "six\n    nine",
    "    code\n\n    more\nsix",
    "```\ncode\n```",
    "~~~\ncode\n~~~",
    "```py\ncode\n\n  more\n```",
    "```\nnot closed",
    "> ```\n> code\n> ```",
    "`six`",
    "`` six ` nine ``",
    "`six\nnine`",
    "` six`",
    "`six",
    "*six*",
    "_six_",
    "**six**",
    "__six__",
    "***six***",
    "*six **nine** ten*",
    "**six *nine***",
    "*six",
    "six*",
    "* six*",
    "**six*",
    "a*b*c",
    "a_b_c",
    "2 * 3",
    "*(six)*",
    "*six*nine",
    "\\*six\\*",
    "\\a \\\\ \\# \\[ \\` \\< \\&",
    "[six](nine)",
    "[six](<nine>)",
    "[six](nine (ten))",
    "[six]()",
    "[six](nine",
    "[six] (nine)",
    "[*six*](nine)",
    "[six [nine] ten](two)",
    "[six\nnine](ten)",
    "[six]\n\n[six]: nine",
    "[SIX][]\n\n[six]: nine",
    "[six][nine]\n\n[nine]: ten",
    "[nine]: ten",
    "[nine]: ten\nsix",
    "six [nine]",
    "<https://ferry.example/>",
    "<pier@ferry.example>",
    "![six](nine)",
    "six ![nine](ten) two",
    "![six *nine*](ten) two",
    "&amp; &lt; &copy; &#65; &#x41; &nosuch; &",
    "6 < 9 > 3",
    "<b>six</b>",
    "<!-- six -->",
    "- six\n- nine",
    "- six\n\n- nine",
    "* six\n+ nine",
    "- six\n  nine",
    "- six\nnine",
    "- six\n\n  nine\n- ten",
    "- six\n  - nine\n    - ten",
    "-\n  six",
    "1. six\n2. nine",
    "3. six\n3. nine",
    "1) six\n1. nine",
    "1. six\n\n   nine\n\n       code",
    "- six\n1. nine",
    "six\n- nine",
    "six\n2. nine",
    "- > six\n  > nine",
    "- ---\n- ```\n  code\n  ```",
    "> six\n> nine",
    "> six\nnine",
    "> six\n\n> nine",
    "> > six\n> nine",
    ">six\n>\n>nine",
    "> - six\n> - nine",
    "six\n> nine",
    "تبحر *العبّارة* اليوم",
    "six\tnine",
    "\tsix",
]


def _href(address: str) -> str | None:
    return None if address == "missing.en.md" else address


def _mark(numbers: tuple[int, ...]) -> str:
    return f"[{','.join(map(str, numbers))}]"


HOOKS = Hooks(
    href=_href, mark=_mark, footnote_label=str, footnotes="Notes", back="back", table="Table"
)


def html(text: str, language: Language = Language.EN) -> str:
    """Return the HTML of a text, for a page that offers every address but ``missing.en.md``."""
    return str(to_html(read(text, language)[0].html, HOOKS))


def read(text: str, language: Language = Language.EN) -> tuple[Body, list[Problem]]:
    """Return a text's body, and its problems."""
    return parse(text, PATH, 1, language)


class _Outline(HTMLParser):
    """What a reader gets of a page: tags with the attributes that CommonMark knows, and texts."""

    _INLINE = frozenset({"em", "strong", "a", "img", "code", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = [(k, v) for k, v in attrs if k in {"href", "src", "alt", "title", "start", "class"}]
        self.parts.append(f"<{'p' if tag == 'figure' else tag}{known or ''}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{'p' if tag == 'figure' else tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @classmethod
    def of(cls, page: str) -> str:
        """Return the outline; line breaks beside the tags of blocks count for nothing."""
        outline = cls()
        outline.feed(page)
        outline.close()
        block = rf"</?(?!(?:{'|'.join(cls._INLINE)})\b)[a-z]+[^<>]*>"
        return re.sub(rf"\s*({block})\s*", r"\1", "".join(outline.parts))


# --- fixtures --------------------------------------------------------------------------------


@pytest.mark.fault(31, 32, 33)
@pytest.mark.parametrize(("title", "text", "expected"), cases("flaws.md"))
def test_flaws_are_found(title: str, text: str, expected: str) -> None:
    """Every flaw of the fixture is a problem of its code at its line and column, in order."""
    _, problems = read(text)
    assert "".join(f"{short(each)}\n" for each in arrange(problems)) == expected, title


@pytest.mark.parametrize(("title", "text", "expected"), cases("flaws.md"))
def test_flaws_stand_in_the_text(title: str, text: str, expected: str) -> None:
    """The place of a problem exists in the text, and every problem says what to do."""
    lines = text.split("\n")
    _, problems = read(text)
    assert len(problems) >= expected.count("\n"), title
    for each in problems:
        assert 1 <= each.location.column <= len(lines[each.location.line - 1]) + 1
        assert each.what
        assert each.hint


@pytest.mark.parametrize(("title", "text", "expected"), cases("html.md"))
def test_html(title: str, text: str, expected: str) -> None:
    """Every text of the fixture becomes its HTML, on a page in the language its title names."""
    assert html(text, Language(title[:2])) == expected


CONTROLS = [text for title, text, _ in cases("html.md") if "control:" in title]


@pytest.mark.parametrize("text", COMMONMARK + CONTROLS)
def test_commonmark(text: str) -> None:
    """What uses none of our extensions means what it means in CommonMark."""
    plain = MarkdownIt("commonmark", {"html": False})
    assert _Outline.of(html(text)) == _Outline.of(plain.render(text))


# --- facts -----------------------------------------------------------------------------------


def test_links_have_their_places() -> None:
    """Links, also by reference and in angle brackets, are listed as written with their places."""
    text = (
        'See [a](x.en.md#b "t"),\n> <https://f.example/>\n> and [c][d] ![e [f](g)](h)\n\n[d]: ../i'
    )
    body, _ = read(text)
    assert body.links == (
        Link("x.en.md#b", Location(PATH, 1, 5)),
        Link("https://f.example/", Location(PATH, 2, 3)),
        Link("../i", Location(PATH, 3, 7)),
    )


def test_addresses_stay_as_written() -> None:
    """No address is encoded, lower-cased or refused while it is read."""
    addresses = ["../صفحة.ar.md#عنوان", "a%20b", "javascript:x", "//Host/", "C:\\x", "?q", ""]
    body, _ = read("\n".join(f"[x](<{each}>)" for each in addresses))
    assert [link.target for link in body.links] == addresses


def test_images_have_their_texts() -> None:
    """Pictures are listed with their address, plain alternative text and place."""
    body, _ = read('![the *pier*](../images/pier.jpg)\n\n- nine ![a\nb `c`](d.png "e")')
    assert body.images == (
        Image("../images/pier.jpg", "the pier", Location(PATH, 1, 1)),
        Image("d.png", "a b c", Location(PATH, 3, 8)),
    )


def test_headings_have_their_ids() -> None:
    """Headings are listed with level, text, id and place; an id is made once only."""
    text = f"## Six *and* nine [@{NOTICE}]\n\n### Nine {{#ten}}\n\n## Ten\n\nTen\n---\n\n2. ## 2"
    body, _ = read(text)
    assert body.headings == (
        Heading(2, "Six and nine", "six-and-nine", Location(PATH, 1, 4)),
        Heading(3, "Nine", "ten", Location(PATH, 3, 5)),
        Heading(2, "Ten", "ten-2", Location(PATH, 5, 4)),
        Heading(2, "Ten", "ten-3", Location(PATH, 7, 1)),
        Heading(2, "2", "2", Location(PATH, 10, 7)),
    )


def test_anchors_are_the_ids_of_the_page() -> None:
    """The anchors of a text are exactly the ids that its HTML has, without their prefix."""
    blocks = ["# Six", "## Six", "[nine]{#Nine}", "{#fig}\n![a](b)", "{#code}\n```\nx\n```"]
    blocks += ["{#line}\n***", "{#table}\n| a |\n|---|", "{#list}\n- {#lost}\n  b"]
    blocks += ["{#q}\n> [c]{#--} `d`{#d}", "e[^n]", "[^n]: x"]
    body, _ = read("\n\n".join(blocks))
    found = set(re.findall(rf' id="{PREFIX}([^"]*)"', str(to_html(body.html, HOOKS))))
    assert found == body.anchors
    assert found == {"six", "six-2", "nine", "fig", "code", "line", "table", "list", "q", "d"}


@pytest.mark.fault(31)
def test_ids_get_the_prefix_of_the_page() -> None:
    """Where two texts share a page a prefix keeps all their ids and references apart."""
    body, _ = read("## Six\n\nnine[^n]\n\n[^n]: x")
    hooks = Hooks(_href, _mark, str, "Notes", "back", prefix="en-")
    page = str(to_html(body.html, hooks))
    assert re.findall(r'(?:id|href)="#?([^"]*)"', page) == [
        "en-s-six",
        "en-fn-1",
        "en-fnref-1",
        "en-fn-1",
        "en-fnref-1",
    ]


def test_a_table_without_a_name_is_no_region() -> None:
    """Only a region that has a name is announced as one."""
    body, _ = read("| a |\n|---|")
    page = str(to_html(body.html, Hooks(_href, _mark, str, "Notes", "back")))
    assert page.startswith('<div class="table">\n<table>')


def test_rendering_changes_nothing() -> None:
    """A text can be rendered twice, and gives the same page."""
    text = f'# Six [@{NOTICE}]\n\n"nine"[^n] | x\n\n| a \\| b |\n|---|\n\n[^n]: [@{LETTER}]'
    body, _ = read(text)
    assert to_html(body.html, HOOKS) == to_html(body.html, HOOKS)


def test_parses_do_not_touch_each_other() -> None:
    """Definitions, footnotes and ids of one text are unknown to the next."""
    read("[pier]: x.en.md\n\n## Six {#six}\n\nnine[^n]\n\n[^n]: x")
    body, problems = read("## Six {#six}\n\n[the pier][pier] nine[^n]")
    assert [each.code for each in problems] == ["reference-undefined"] * 2
    assert body.anchors == {"six"}


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    "text", ["[", "![", "[@", "[^", "[@a](", "*", "<b ", "[a][b]", "[a]{.b}", "@x "]
)
@pytest.mark.timeout(30)
def test_long_runs_end(text: str) -> None:
    """Long runs of one sign are read in bearable time, also before an article ID."""
    body, _ = read(f"{text * 2000}\n\n{text * 2000}@{NOTICE}]")
    assert body.html


# --- any text --------------------------------------------------------------------------------

TAGS = set(
    """a bdi blockquote br code div em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre
    section span strong sup table tbody td th thead tr ul""".split()  # noqa: SIM905 - it reads better
)
SOUP = st.text(
    alphabet="[]()@#*_`<>|\\-:;,=!^&{}%.~'\"«»“”¶؛، \t\n\u00a0\u200f0123abcdefابتو\u064bx",
    max_size=200,
)
PIECES = (f"[@{NOTICE}]", f"[@{LETTER}, ¶ 3: «", f"@{NOTICE}", "| a ", "|---|---|\n", "> ", "- ")
SIGNS = ("\n", "\n\n", "    ", "\t", "1. ", "## ", "[^n]", "[^n]: ", "]", "](x)", "`", "**", "{#a}")
ANYTHING = st.text() | SOUP | st.lists(st.sampled_from(PIECES + SIGNS), max_size=30).map("".join)

TEMPLATES = """\
{} | **{}** | *{}* | و**«{}»** | `{}` | [{}](x.en.md) | [{}][ref] | [{}] | ({} | \\[{}\\] | “{}”
"{} | {} [@ID] | [@ID, 3] {} | [@ID: «a» {} | @ID {} | [@{}] | ![{}](x.jpg) | [^n] {} | [^n]: {}
'{}' | [{} | > {} | - {} | 1. {} | ## {} | # {} # | {}\\n--- | {}\\n=== |     {} | \\t{}
```\\n{}\\n```\\n | ```\\n{}\\n | <b>{}</b> | <b {} | <!-- {} | {} < | &amp;{} | &{}; | ~~{}~~
[{}]{.c} | {.a} {} } | {% {} %} | {{ {} }} | $ {} | ::: {} | -{} | {}\\ | \u2067{}\u2069
{}\u200b | ¦{}¦{}¦\\n¦---¦:-:¦\\n¦{}¦{}¦ | ¦{}¦ | {}¦{}
[^m]{} | [^m]: {} |     [^m]: {} | [^m]: [^n]: {}
"""
FORMS = [
    form.strip("\n")
    .replace("\\n", "\n")
    .replace("\\t", "\t")
    .replace("ID", NOTICE)
    .replace("¦", "|")
    for line in TEMPLATES.splitlines()
    for form in line.split(" | ")
]
SEPARATORS = st.sampled_from(["", " ", "\n", "\n\n", "\n  "])


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read(text: str) -> None:
    """No text raises; citations count from 1; every place exists and points at its sign."""
    body, problems = read(text)
    to_html(body.html, HOOKS)
    lines = re.split(r"\r\n?|\n", text)
    assert [each.number for each in body.citations] == list(range(1, len(body.citations) + 1))
    for place in body.places:
        assert lines[place.line - 1][place.column - 1] == "@"
    places = [each.location for each in problems]
    places += [each.location for each in body.links]
    places += [each.location for each in body.images]
    places += [each.location for each in body.headings]
    for place in places:
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


@pytest.mark.fault(33)
@given(st.lists(st.tuples(st.sampled_from(FORMS), SEPARATORS), max_size=9))
@settings(max_examples=400, deadline=None)
def test_no_word_is_lost(pieces: list[tuple[str, str]]) -> None:
    """Every word of a text is on its page, unless a problem says that a part is not shown."""
    words: list[str] = []
    text = ""
    for form, separator in pieces:
        for part in re.split(r"(\{\})", form):
            if part == "{}":
                words.append(f"w{len(words)}x")
            text += words[-1] if part == "{}" else part
        text += separator
    body, problems = read(text)
    page = unescape(str(to_html(body.html, HOOKS)))
    if not LOSING & {each.code for each in problems}:
        assert [word for word in words if word not in page] == []


@given(ANYTHING)
@settings(max_examples=200, deadline=None)
def test_nothing_becomes_mark_up(text: str) -> None:
    """Whatever a text holds, its page has only the tags of Markdown, all closed."""
    page = html(text)
    tags = re.findall(r"<(/?)([a-zA-Z][^\s>/]*)", page)
    assert {name for _, name in tags} <= TAGS
    empty = {"img", "br", "hr"}
    assert sum(-1 if end else 1 for end, name in tags if name not in empty) == 0
