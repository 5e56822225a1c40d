"""Tests of the citations: the grammar, the exact places, the sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.markdown import parse
from mujaz.markdown.grammar import Group, Malformed, read_group
from mujaz.model import Citation, Hole, Language, ParagraphRange, Quotation
from mujaz.problems import Location, Problem
from tests.conftest import LETTER, NOTICE, cases, unhidden

HINTS = {
    f"[@{NOTICE} ¶ 3]": "a comma is missing before the paragraph",
    f"[@{NOTICE}, 3]": "the paragraph number has no ¶ before it",
    f"[@{NOTICE}, p. 3]": "the paragraph number has no ¶ before it",
    f"[@{NOTICE}، فقرة 3]": "the paragraph number has no ¶ before it",
    f"[@{NOTICE}, below]": "after the comma comes the paragraph",
    f"[@{NOTICE}, ¶ three]": "a paragraph number is missing",
    f"[@{NOTICE}, ¶ ٥-٣]": "paragraphs 5-3 are not a range",
    f"[@{NOTICE}: «nine]": "the quotation mark « is not closed",
    f"[@{NOTICE}: “ ”]": "the quotation is empty",
    f"[@{NOTICE}: nine]": "after the colon come the quoted words in quotation marks",
    f"[@{NOTICE}, ¶ 3": "the citation is not closed",
    f"[@{NOTICE} see below]": "unexpected 's' in a citation",
    f"[@{NOTICE};]": "a citation needs @ and an article ID here",
    f"[@{NOTICE}]{{ok}}": "the waiver after the citation cannot be read",
    "[@]": "the article ID after @ is missing",
    "[@0a1b2c3d]": "it has 8 hex digits, not 16",
    "[@ferry]": "it has the letter r at character 3",
}

SENTENCES = [
    ("It sails at nine [@ID]. It waits.", ["It sails at nine."]),
    ("It waits. It sails at nine. [@ID] It stops.", ["It sails at nine."]),
    ("It waits. It sails at nine.[@ID]", ["It sails at nine."]),
    ("[@ID] It sails at nine. It waits.", ["It sails at nine."]),
    ("It waits. It sails [@ID] at nine.", ["It sails at nine."]),
    (
        "It sails [@ID], it waits [@ID]. It stops [@ID].",
        ["It sails, it waits."] * 2 + ["It stops."],
    ),
    ("At nine it sails [@ID; @ID].", ["At nine it sails."] * 2),
    ("Dr. Reed sails at 9.5 knots [@ID]. It waits.", ["Dr. Reed sails at 9.5 knots."]),
    ("It sails at 9.5. Then it waits [@ID].", ["Then it waits."]),
    ("Does it sail [@ID]? It waits! [@ID]", ["Does it sail?", "It waits!"]),
    ("“It sails.” [@ID] It waits.", ["“It sails.”"]),
    ("هل تبحر في التاسعة [@ID]؟ لا تبحر [@ID].", ["هل تبحر في التاسعة؟", "لا تبحر."]),
    ("تبحر د. سلمى في التاسعة [@ID]. ثم تعود.", ["تبحر د. سلمى في التاسعة."]),
    ("تبحر في التاسعة؛ ثم تعود [@ID].", ["تبحر في التاسعة؛ ثم تعود."]),
    ("The **ferry** `sails` [at nine](about.en.md) [@ID].", ["The ferry sails at nine."]),
    ("The ferry sails\nat nine\n[@ID].", ["The ferry sails at nine."]),
    ("The ferry[^n] sails [@ID].\n\n[^n]: It floats [@ID].", ["The ferry sails.", "It floats."]),
    ("See ![the pier](pier.jpg) [@ID].", ["See the pier."]),
    ("- It sails at nine [@ID]\n- It waits", ["It sails at nine"]),
    ("## At nine [@ID]\n\nIt waits.", ["At nine"]),
    ("> It sails. It waits [@ID].", ["It waits."]),
    ("| Pier | Time |\n|---|---|\n| North [@ID] | nine |", ["North · nine"]),
    ("| Pier | Time |\n|---|---|\n| North. Far | [@ID] |", ["North. Far"]),
    ("| Pier [@ID] | Time |\n|---|---|", ["Pier · Time"]),
    ("It sails.\n\n[@ID]", [""]),
]

BLANKS = st.text(alphabet=" \t\n\u00a0\u200e\u200f", max_size=2)
WORDS = st.text(alphabet="abc اتف];؛@:=,،[", min_size=1, max_size=8).filter(str.strip)
NUMBERS = st.integers(1, 999999)
RANGES = st.builds(lambda a, b: ParagraphRange(min(a, b), max(a, b)), NUMBERS, NUMBERS)
QUOTATIONS = st.builds(Quotation, WORDS, st.none() | WORDS)
ITEMS = st.tuples(
    st.text(alphabet="0123456789abcdef", min_size=16, max_size=16),
    st.lists(RANGES, max_size=3),
    st.none() | QUOTATIONS,
)


def shown(citation: Citation, place: Location) -> str:
    """Return a citation as the fixtures write it."""
    parts = [f"{place.line}:{place.column}", citation.source]
    if citation.paragraphs:
        each = [
            f"{r.first}" if r.first == r.last else f"{r.first}-{r.last}"
            for r in citation.paragraphs
        ]
        parts.append(f"¶{','.join(each)}")
    if citation.quotation:
        parts.append(f"«{citation.quotation.text}»")
        if citation.quotation.translation is not None:
            parts.append(f"= “{citation.quotation.translation}”")
    if citation.waivers:
        reasons = " ".join(f'{name}="{why}"' for name, why in citation.waivers.items())
        parts.append(f"{{{reasons}}}")
    return " ".join(parts)


def outcome(text: str) -> Group | Malformed:
    """Return the group at the beginning of a text, or what is wrong with it."""
    try:
        return read_group(text, 0)
    except Malformed as error:
        return error


def read(text: str) -> tuple[list[tuple[Citation, Location]], list[Problem]]:
    """Return the citations of a text with their places, and its problems."""
    body, problems = parse(text, "content/pages/x.en.md", 1, Language.EN)
    return list(zip(body.citations, body.places, strict=True)), problems


@pytest.mark.parametrize(("title", "text", "expected"), cases("citations.md"))
def test_citations_are_read(title: str, text: str, expected: str) -> None:
    """Every group of the fixture gives its citations, and no problem but raw HTML."""
    citations, problems = read(text)
    assert "".join(f"{shown(*each)}\n" for each in citations) == expected, title
    assert {each.code for each in problems} <= {"raw-html"}


@pytest.mark.parametrize(("title", "text", "expected"), cases("citations.md"))
def test_places_point_at_the_sign(title: str, text: str, expected: str) -> None:
    """At the line and column of a citation stand an @ and, behind blanks, its ID."""
    lines = text.split("\n")
    citations, _ = read(text)
    assert len(citations) == expected.count("\n") > 0
    for citation, place in citations:
        found = lines[place.line - 1][place.column - 1 :]
        assert found[0] == "@", title
        assert found[1:].lstrip().startswith(citation.source)


@pytest.mark.parametrize(("title", "text", "expected"), cases("citations.md"))
def test_places_count_from_the_first_line(title: str, text: str, expected: str) -> None:
    """A body that begins on line 10 of its file has all its places nine lines lower."""
    body, _ = parse(text, "content/pages/x.en.md", 10, Language.EN)
    lines = [int(line.split(":")[0]) for line in expected.splitlines()]
    assert [place.line - 9 for place in body.places] == lines, title


@pytest.mark.parametrize(("title", "text", "expected"), cases("citations.md"))
def test_citations_are_numbered(title: str, text: str, expected: str) -> None:
    """Citations count from 1 in reading order, and the marks in the HTML carry the numbers."""
    body, _ = parse(text, "content/pages/x.en.md", 1, Language.EN)
    holes = [piece for piece in body.html if isinstance(piece, Hole)]
    marks = [hole.value for hole in holes if hole.kind == "mark"]
    assert [each.number for each in body.citations] == list(range(1, expected.count("\n") + 1))
    assert [n for numbers in marks for n in numbers] == [each.number for each in body.citations], (
        title
    )


@pytest.mark.parametrize(("group", "what"), HINTS.items())
def test_flaws_are_named(group: str, what: str) -> None:
    """A group that does not parse says what is wrong with it, and the way out."""
    citations, problems = read(unhidden(f"Nine {group}"))
    assert not citations
    assert [each.code for each in problems] == ["citation-malformed"]
    assert what in problems[0].what
    assert problems[0].hint


def test_a_flaw_keeps_its_words() -> None:
    """The text of a group that does not parse stays in the sentence around it."""
    citations, _ = read(f"It sails [@{NOTICE}, 3] at nine [@{LETTER}].")
    assert [each.sentence for each, _ in citations] == [f"It sails [@{NOTICE}, 3] at nine."]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    """A citation has the sentence that it closes or stands in, without marks and mark-up."""
    citations, problems = read(text.replace("ID", NOTICE))
    assert [each.sentence for each, _ in citations] == expected
    assert not problems


def test_groups_share_their_waivers() -> None:
    """A waiver behind a group holds for each of its citations and for no other group."""
    text = f'[@{NOTICE}; @{LETTER}]{{ok-number="a range"}} [@{NOTICE}]'
    citations, _ = read(text)
    assert [dict(each.waivers) for each, _ in citations] == [{"ok-number": "a range"}] * 2 + [{}]


@given(st.lists(ITEMS, min_size=1, max_size=3), st.data())
@settings(max_examples=60, deadline=None)
def test_any_group_is_read_back(
    items: list[tuple[str, list[ParagraphRange], Quotation | None]], data: st.DataObject
) -> None:
    """What is written by the grammar, with blanks between the parts, is read as it was meant."""

    def blank() -> str:
        return data.draw(BLANKS)

    written = []
    for source, ranges, quotation in items:
        text = f"{blank()}{data.draw(st.sampled_from(['', '-']))}{blank()}@{blank()}{source}"
        if ranges:
            sign = data.draw(st.sampled_from(["¶", "¶¶", "para.", "الفقرة", "الفقرات", "ف", "ف."]))
            comma = data.draw(st.sampled_from([",", "،"]))
            numbers = f"{blank()}{comma}{blank()}".join(
                f"{each.first}{blank()}{data.draw(st.sampled_from('-–'))}{blank()}{each.last}"
                for each in ranges
            )
            text += f"{blank()}{comma}{blank()}{sign}{blank()}{numbers}"
        if quotation:
            text += f"{blank()}:{blank()}«{quotation.text}»"
            if quotation.translation:
                text += f"{blank()}={blank()}“{quotation.translation}”"
        written.append(text + blank())
    group = read_group(f"[{data.draw(st.sampled_from(';؛')).join(written)}]", 0)
    assert [(each.source, list(each.paragraphs)) for each in group.items] == [
        (source, ranges) for source, ranges, _ in items
    ]
    assert [
        each.quotation and (each.quotation.text, each.quotation.translation) for each in group.items
    ] == [
        quotation
        and (
            " ".join(quotation.text.split()),
            " ".join(quotation.translation.split()) if quotation.translation else None,
        )
        for *_, quotation in items
    ]


@given(st.text(alphabet='[]@-,،;؛:=¶«»“”"{} 039aفokpr.\n\u200f\u00a0'))
@settings(max_examples=300, deadline=None)
def test_no_text_escapes_the_grammar(text: str) -> None:
    """Any text behind an ID is a group that ends inside it, or malformed at a place inside it."""
    group = f"[@{NOTICE}{text}"
    found = outcome(group)
    if isinstance(found, Malformed):
        assert 0 < found.offset <= len(group)
        assert found.what
    else:
        assert found.items[0].source.startswith(NOTICE)
        assert group[found.end - 1] in "]}"
