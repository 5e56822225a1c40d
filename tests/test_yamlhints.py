"""Tests of ``mujaz.yamlhints``: the slips that make a text no YAML, each told where it was made."""

from __future__ import annotations

import pytest

from mujaz.frontmatter import read_yaml

Case = tuple[str, str, str]

TABS_AND_INDENTATION: list[Case] = [
    ("\ttitle: x", "1:1", "a tab cannot indent; indent with spaces"),
    ("topics:\n\t- ferries", "2:1", "a tab cannot indent; indent with spaces"),
    ("topics:\n  - a\n\t- b", "3:1", "a tab cannot indent; indent with spaces"),
    ("summary: |\n\tنص", "2:1", "a tab cannot indent; indent with spaces"),
    (
        "title:\n   ar: نص\n  en: x",
        "3:3",
        (
            "this line is not indented like the keys or items it belongs to; "
            "begin it in the same column as they do"
        ),
    ),
    (
        "date: 2026-03-01\n  draft: false",
        "2:3",
        (
            "this line is indented deeper than the one above, which already has its text; "
            "indent it like the line above, or put quotes around a text that runs over both"
        ),
    ),
    (
        "topics: - ferries",
        "1:9",
        (
            "a list cannot begin on the line of its key; "
            "put each item on a line of its own, or use [a, b]; put quotes around a text"
        ),
    ),
]

COLON = (
    "a colon with a space after it ends a key, but here it stands inside a text; "
    "put quotes around the whole text"
)
COLONS: list[Case] = [
    ("date: 2026-03-01\ntitle: العبّارة: خط جديد", "2:16", COLON),
    ("title: {ar: العبّارة: خط, en: x}", "1:21", COLON),
    ("summary: نص\n  تتمة النص: كلام", "2:12", COLON),
    (
        "title:عبّارة\ndate: 2026-03-01",
        "1:6",
        "a space is missing after the colon of title; write: title: …",
    ),
    (
        "draft: false\ntitle:عبّارة\ndate: 2026-03-01",
        "2:6",
        "a space is missing after the colon of title; write: title: …",
    ),
    (
        "title:\u00a0x\ndate: y",
        "1:6",
        (
            "a space is missing after the colon of title; U+00A0 (no-break space) is no ordinary "
            "space; write: title: …"
        ),
    ),
    (
        "corrections:\n  - date:2026-03-01\n    note: x",
        "2:9",
        "a space is missing after the colon of date; write: date: …",
    ),
    (
        "title：x\ndate: y",
        "1:6",
        "： (U+FF1A) is not the colon that ends a key; write : and a space",
    ),
    (": x", "1:1", "the key before the colon is missing; write a word before the colon"),
    (
        "title: x\nعبّارة جديدة\ndate: y",
        "2:1",
        (
            "no colon follows عبّارة جديدة, so it is neither a key nor a list item; "
            "write key: text; indent the line if it continues the text above"
        ),
    ),
]

DASH = "a list item needs a space after its hyphen; write: - item"
LISTS: list[Case] = [
    ("topics:\n  - a\n  -b", "3:3", DASH),
    ("- a\n-b", "2:1", DASH),
    (
        "title: x\n– a",
        "2:1",
        "– (U+2013) is not the hyphen that begins a list item; write - and a space",
    ),
    ("topics: [a, b", "1:9", "the [ that opens here is not closed; add ] after the last item"),
    (
        "topics: [a, b\ndate: 2026-03-01\n",
        "1:9",
        "the [ that opens here is not closed; add ] after the last item",
    ),
    ("title: {ar: x", "1:8", "the { that opens here is not closed; add } after the last item"),
    ("topics: [a]]", "1:12", "] closes nothing; delete it, or open it where its list begins"),
    ("topics: [a,, b]", "1:12", "there is no item before this comma; delete the comma"),
    ("title: [خبر] عاجل", "1:14", "more text follows the ]; put quotes around the whole text"),
]


def _quote(sign: str) -> str:
    return (
        f"the quote {sign} that opens here is not closed on its line; "
        f"add {sign} at the end of the text"
    )


def _behind(sign: str) -> str:
    return (
        f"the quote {sign} closes the text here, and more text follows; "
        "use «» or “” inside the text, or put the other kind of quote around it"
    )


QUOTES: list[Case] = [
    ('title: "عبّارة\ndate: 2026-03-01\nsummary: x\n', "1:8", _quote('"')),
    ("title: 'عبّارة\ndate: 2026-03-01\n", "1:8", _quote("'")),
    ('title: "عبّارة\nsummary: "نص"\n', "1:8", _quote('"')),
    ('title: "عبّارة\nsummary: نص"\n', "1:8", _quote('"')),
    ('title:\n  ar: "نص\n  en: "x"\n', "2:7", _quote('"')),
    ("title: 'the river's end'", "1:18", _behind("'")),
    ('title: "عبّارة" جديدة', "1:15", _behind('"')),
    (
        r'title: "a\qb"',
        "1:10",
        (
            r"\q between double quotes begins an escape that does not exist; "
            r"write \\ for a backslash, or use single quotes"
        ),
    ),
    (
        r'title: "\U00110000"',
        "1:9",
        (
            r"\U between double quotes begins an escape that does not exist; "
            r"write \\ for a backslash, or use single quotes"
        ),
    ),
]

SIGNS: list[Case] = [
    (
        f"title: {sign}x y",
        "1:8",
        f"a text without quotes cannot begin with {sign[0]}; put quotes around the whole text",
    )
    for sign in ("@", "`", "%", "**", "*ع", "& ", "> ", "| ", ", ")
] + [
    (
        "ops: [>, 1]",
        "1:7",
        "a text without quotes cannot begin with >; put quotes around the whole text",
    ),
    (
        "%title: x",
        "1:1",
        "a text without quotes cannot begin with %; put quotes around the whole text",
    ),
]

MARKS: list[Case] = [
    (
        "topics:\n\u200e- a\n\u200e- b",
        "2:1",
        "an invisible U+200E (left-to-right mark) stands at the start of the line; delete it",
    ),
    (
        "title: x\n\u200fdate: y: z",
        "2:1",
        "an invisible U+200F (right-to-left mark) stands before the key date; delete it",
    ),
    (
        "title: x\n\ufeff# y",
        "2:1",
        (
            "an invisible U+FEFF (zero width no-break space) stands at the start of the line; "
            "delete it"
        ),
    ),
]

ALL = [*TABS_AND_INDENTATION, *COLONS, *LISTS, *QUOTES, *SIGNS, *MARKS]


@pytest.mark.fault(17)
@pytest.mark.parametrize(("text", "place", "message"), ALL)
def test_a_slip_is_told_once_in_plain_words(text: str, place: str, message: str) -> None:
    """A syntax error is one problem, where the author made it, with the way out."""
    data, problems = read_yaml(text, "content/x.yaml")
    assert data is None
    assert [str(each) for each in problems] == [
        f"content/x.yaml:{place}: error: yaml-syntax: {message}"
    ]
