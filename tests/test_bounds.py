"""Tests of the bounds: whatever a file holds, it is read within ten seconds, or refused.

Each text is made at the greatest size that is allowed. The guard counts the seconds of this process
alone, so that a busy machine fails no test. It is there for texts that would take minutes.
"""

from __future__ import annotations

import signal
import unicodedata
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from mujaz.characters import MARKS, check_characters, check_isolates, cleaned, count_signs, crowded
from mujaz.fields import Fields
from mujaz.frontmatter import LIMIT, read_yaml, split_front_matter
from mujaz.load import MOST_SIGNS
from mujaz.markdown import Hooks, parse, to_html
from mujaz.markdown.bounds import MOST_BRACKETS
from mujaz.markdown.bounds import MOST_SIGNS as MOST_IN_BLOCK
from mujaz.model import Language
from mujaz.problems import Location
from mujaz.sentences import sentences
from mujaz.text import base_direction, first_strong, fold, heading_id, nearest, printable, sort_key
from mujaz.walk import LARGEST_FILE
from tests.conftest import FILES, NOTICE, MakeSite, Runner

SECONDS = 10
HOOKS = Hooks(href=str, mark=str, footnote_label=str, footnotes="Notes", back="back", table="T")

Make = Callable[[int], str]


@pytest.fixture
def guard() -> Iterator[None]:
    """Fail a test that takes more than ten seconds of this process."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"more than {SECONDS} s", pytrace=False)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def run_of(unit: str) -> Make:
    """Return the text of one sign after another."""
    return lambda n: unit * n


def blocks_of(unit: str, end: str = "") -> Make:
    """Return as many paragraphs as possible, each as full of one sign as is allowed."""
    brackets = MOST_BRACKETS // unit.count("[") if "[" in unit else MOST_IN_BLOCK
    signs = (MOST_IN_BLOCK - count_signs(end)) // max(1, count_signs(unit))
    block = unit * min(brackets, signs) + end + "\n\n"
    return lambda n: block * n


def numbered(form: str, then: str = "", last: str = "") -> Make:
    """Return a text of numbered pieces, and another of the same numbers behind it."""
    return lambda n: (
        "".join(form.format(i, i + 1) for i in range(n))
        + "\n\n"
        + "".join(then.format(i, i + 1) for i in range(n))
        + last
    )


UNITS = [
    *(
        "[",
        "![",
        "[[]",
        "[a\n",
        "[^",
        "[a](",
        "[<",
        "[*",
        "[`",
        "[\u00a0",
        "[@",
        "[@x](y",
        "[@x][y",
    ),
    *(
        "*a ",
        "a**b",
        "*a **b",
        "_a ",
        "ب**ب",
        "`",
        "``a`",
        "&",
        "&amp;",
        "<",
        "<a ",
        '<a b="',
        "<?",
    ),
    *("<!--", "<![CDATA[", "\\", "{", "]{.a", "`a`{.b}", "@", f"@{NOTICE} ", "http://a/@"),
    *("a\n", "a  \n", "<b>\n", "[^a] ", f"[@{NOTICE}: «", f"[@{NOTICE}] ", '[a](b "c") '),
]

TEXTS: dict[str, Make] = {
    **{f"blocks of {unit!r}": blocks_of(unit) for unit in UNITS},
    "brackets that close": blocks_of("[", "]" * MOST_BRACKETS),
    "brackets before an article": blocks_of("[a ", f"@{NOTICE}]"),
    "links in links": blocks_of("[", "](b)" * 450),
    "emphasis in emphasis": blocks_of("*a ", " b*" * 4000),
    "runs of backticks": lambda n: "\n\n".join(" ".join("`" * i for i in range(1, 99)) * n),
    **{
        f"lines of {line!r}": run_of(f"{line}\n")
        for line in (
            *(
                "- a",
                "1. a",
                "- a\n\n",
                "> a",
                ">",
                "# a",
                "# a {#b}",
                "{.a}",
                "a\n===",
                "---",
                "```",
            ),
            *("[x]: y", "[x]: y '", "[x]:", f"[@{NOTICE}]: y", "[^a]: x", "[^a]: x\n", "| a | b |"),
            *("    a", "\tx", "<!-- a", "a|b\n-|-", "", " "),
        )
    },
    "deep quotations": lambda n: ">" * 40 + "a\n" + "a\n" * n,
    "deep lists": lambda n: "".join("  " * (i % 19) + "- a\n" for i in range(n)),
    "short rows": lambda n: f"|{'a|' * n}\n|{'-|' * n}\n" + "|\n" * n,
    "long table": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n,
    "cells beyond": lambda n: f"|a|\n|-|\n|{' c |' * n}\n",
    "escaped bars": lambda n: "|a|\n|-|\n" + "|" + "\\|" * n + "|\n",
    "cited cells": lambda n: "|a|\n|-|\n" + f"|c [@{NOTICE}]|\n" * n,
    "footnotes": numbered("a[^{0}]\n\n", "[^{0}]: x\n\n"),
    "a chain of footnotes": numbered("[^{0}]: x[^{1}]\n\n", last="a[^0]"),
    "a ring of footnotes": lambda n: numbered("[^{0}]: x[^{1}]\n\n", last=f"a[^0]\n\n[^{n}]: [^0]")(
        n
    ),
    "one footnote, often": lambda n: "a[^n]\n" * n + "\n[^n]: x",
    "references": numbered("[x{0}]\n\n", "[x{0}]: y\n"),
    "a long reference": lambda n: "[x]: y\n\n" + "[x]\n\n" * n,
    "numbered headings": numbered("# a {0}\n\n# a\n\n"),
    "named headings": numbered("# a {{#b{0}}}\n\n"),
    "spans": numbered("[a]{{#b{0}}}\n\n"),
    "blanks in a heading": lambda n: "# a" + " " * n + "x",
    "blanks in brackets": lambda n: "[" + " " * n + "-" + " " * n + "x",
    "citations": lambda n: f"The boat sails. It is good [@{NOTICE}, ¶ 3].\n\n" * n,
    "a long group": lambda n: f"a [{'; '.join([f'@{NOTICE}'] * n)}]",
    "many paragraphs in one": lambda n: f"a [@{NOTICE}, ¶ {', '.join('3' * n)}]",
    "a long quotation": lambda n: f"a [@{NOTICE}: «{'a ' * n}»]",
    "quotations in quotations": lambda n: f"a [@{NOTICE}: {'«' * n}x{'»' * n}]",
    "waivers": lambda n: f"[@{NOTICE}]{{" + 'ok-a="b" ' * n,
    "sentences without an end": lambda n: "Word and Mr. " * n + f"[@{NOTICE}]",
    "initials": lambda n: "A. B. C. " * n + f"[@{NOTICE}]",
    "full stops": lambda n: "." * n + f"x [@{NOTICE}]",
    "closing marks": lambda n: "a." + ")" * n + f"x [@{NOTICE}]",
    **{
        f"many {unit!r}": run_of(unit) for unit in ('"', '"a b" ', '("a ', "'", "a", "ب", "ﷺ", "a ")
    },
    **{
        f"many {unit!r}": run_of(unit)
        for unit in ("\u2067", "\u2067\u2069", "\u202e", "\0", "\ufffd")
    },
    "controls from entities": run_of("&#x2067;&#x202e;\n\n"),
    "marks from entities": lambda n: "# a" + "&#x301;&#x323;" * (min(2000, n)),
}


def largest(make: Make) -> str:
    """Return nearly the greatest text of its kind that is still read."""

    def share(text: str) -> float:
        size = len(text.encode("utf-8", "surrogatepass"))
        return max(size / LARGEST_FILE, count_signs(text) / MOST_SIGNS)

    one, more = share(make(1)), share(make(9))
    count = int(8 / max(more - one, 8 / LARGEST_FILE))
    while share(text := make(count)) > 1:
        count = count * 9 // 10
    return text


@pytest.mark.fault(34)
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.usefixtures("guard")
def test_the_largest_texts_are_read(name: str) -> None:
    """Every kind of text is parsed, looked at and rendered in time, at its greatest size."""
    text = largest(TEXTS[name])
    check_characters(text, "a.md")
    check_isolates(text, "a.md")
    body, _ = parse(text, "a.md", 1, Language.EN)
    to_html(body.html, HOOKS)


@pytest.mark.fault(34)
@pytest.mark.parametrize("unit", ["[", "![", "*a ", "_a ", "`a ", "<b>", "&", "[^a]"])
def test_a_dense_block_keeps_its_text(unit: str) -> None:
    """A block beyond a limit is an error at its first line, and stands as it was typed."""
    block = unit * (MOST_IN_BLOCK + 1)
    body, problems = parse(f"Six\n\n- {block}\n\nNine", "a.md", 1, Language.EN)
    assert [(each.code, each.location.line) for each in problems] == [("block-too-dense", 3)]
    assert unit.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in str(
        to_html(body.html, HOOKS)
    )


@pytest.mark.fault(34)
@pytest.mark.parametrize("unit", ["[", "*a "])
def test_a_block_at_the_limit_is_read(unit: str) -> None:
    """As many signs as are allowed are no error."""
    most = MOST_BRACKETS if unit == "[" else MOST_IN_BLOCK
    assert parse(unit * most, "a.md", 1, Language.EN)[1] == []
    assert [each.code for each in parse(unit * (most + 1), "a.md", 1, Language.EN)[1]] == [
        "block-too-dense"
    ]


# --- YAML ------------------------------------------------------------------------------------

YAML: dict[str, Make] = {
    "keys": numbered("k{0}: v\n"),
    "one key": run_of("k: v\n"),
    "keys nearly right": numbered("titel{0}: x\n"),
    "keys with marks": numbered("k{0}\u200f: x\n"),
    "items": lambda n: "topics:\n" + "- x\n" * n,
    "items in brackets": lambda n: "topics: [" + "x," * n + "]",
    "Arabic commas": lambda n: "topics: [" + "س،" * n + "]",
    "open brackets": lambda n: "a: " + "[" * n,
    "open braces": lambda n: "{a: " * n,
    "hyphens": lambda n: "- " * n + "a",
    "deep keys": lambda n: "".join(" " * i + "a:\n" for i in range(int((2 * n) ** 0.5))),
    "long keys": run_of("? k\n"),
    "open quotes": lambda n: 'a: "' + "b: x\n" * n,
    "escapes": lambda n: 'a: "' + "\\u0301\\u0323" * n + '"',
    "a long text": lambda n: "a: |\n" + "  x\n" * n,
    "empty texts": numbered("k{0}: |\n"),
    "aliases": lambda n: "a: &a x\n" + numbered("b{0}: *a\n")(n),
    "a bomb": lambda n: "a: &a [x]\n" + numbered("b{1}: &b{1} [*b{0}, *b{0}]\n")(n),
    "tags": numbered("b{0}: !!x y\n"),
    "comments": lambda n: "# x\n" * n + "a: b",
    "tabs": lambda n: "a:\n" + "\tx\n" * n,
    "documents": run_of("---\n"),
    "colons": lambda n: "a: " + "x: " * n,
    "overrides": lambda n: "a: " + "\u202e" * n,
    "isolates": numbered("k{0}: \u2067\n"),
    "marks": lambda n: "title: a" + "\u0301\u0323" * n,
    "names": numbered("- {{id: name-{0}, kind: person, ar: اسم, en: Name}}\n"),
}


@pytest.mark.fault(18, 19, 34)
@pytest.mark.parametrize("name", YAML)
@pytest.mark.usefixtures("guard")
def test_the_largest_records_are_read(name: str) -> None:
    """Every kind of YAML is read at its greatest size, or refused."""
    make = YAML[name]
    limit = LARGEST_FILE if name == "names" else LIMIT
    size = 1
    while len(make(size * 2).encode()) < limit:
        size *= 2
    text = make(size)
    node, problems = read_yaml(text, "a.yaml")
    fields = Fields(node, Location("a.yaml"), ("title", "topics"), (Language.EN,), problems)
    fields.texts("topics")
    split_front_matter(f"---\n{text}", "a.md")


# --- words -----------------------------------------------------------------------------------

UNITS_OF_WORDS = (
    "a",
    "ب",
    "@",
    "a@b.",
    "www.",
    "\u2067",
    "(",
    "a.",
    "A. ",
    ". ",
    ".)",
    ".[a]",
    "1. ",
)
FUNCTIONS = (
    fold,
    sort_key,
    first_strong,
    base_direction,
    heading_id,
    sentences,
    printable,
    cleaned,
)


@pytest.mark.parametrize(
    "unit", [*UNITS_OF_WORDS, "...x", "e\u0301", "ـ", " ", "-", "\n", "\u0301\u0323"]
)
@pytest.mark.usefixtures("guard")
def test_long_words_are_read(unit: str) -> None:
    """No function of a text alone needs the square of its length; marks are cut before."""
    text = cleaned(unit * 100_000 + "x")
    for function in FUNCTIONS:
        function(text)


@pytest.mark.usefixtures("guard")
def test_suggestions_for_long_words_end() -> None:
    """Long words are compared only where they could differ by two letters."""
    words = ["a" * 20_000 + str(number) for number in range(20)]
    assert nearest("a" * 20_000 + "xy", words) == words[0]


@pytest.mark.parametrize(
    "text", ["e" + "\u0301" * 30, "—" * 99, "👨‍👩‍👧‍👦" * 99, "بِّ" * 99, "\ufe0f\u20e3" * 99]
)
def test_marks_that_are_used_are_kept(text: str) -> None:
    """Up to thirty marks on a letter, and signs that are no marks, are nobody's mistake."""
    assert crowded(text) is None
    assert cleaned(text) == text


def test_too_many_marks_are_found() -> None:
    """The first mark of a letter with too many is told; a copy for parsers goes without them."""
    text = "ab\nc" + "\u0301\u0323" * 16 + "d" + "\u064b" * 31
    (found,) = check_characters(text, "a.md")
    assert (found.code, found.location) == ("marks-too-many", Location("a.md", 2, 2))
    assert str(MARKS) in found.what
    assert cleaned(text) == "ab\nc" + "\ufffd" * 32 + "d" + "\ufffd" * 31
    assert not any(map(unicodedata.combining, cleaned(text)))


# --- the whole program -----------------------------------------------------------------------

HEAD = FILES["content/briefings/winter.en.md"].split("## ", maxsplit=1)[0]
SITES: dict[str, str] = {
    "broken links": "".join(f"[a](b{i}.en.md)\n\n" for i in range(4_000)),
    "broken anchors": "".join(f"# heading number {i}\n\n" for i in range(2_000))
    + "".join(f"[a](#heading-numbe-{i}x)\n\n" for i in range(1_000)),
    "missing pictures": "".join(f"![a](../images/b{i}.png)\n\n" for i in range(3_000)),
    "unknown sources": "".join(f"[@0a1b2c3d{i:08x}]\n\n" for i in range(4_000)),
}


@pytest.mark.fault(34)
@pytest.mark.parametrize("name", SITES)
@pytest.mark.usefixtures("guard")
def test_many_mistakes_are_told_in_time(name: str, make_site: MakeSite, run: Runner) -> None:
    """Thousands of mistakes in one text are told, the first of them with what was meant."""
    root = make_site({"content/briefings/winter.en.md": HEAD + SITES[name]})
    result = run(root, "check", "-q")
    assert result.code == 1
    assert result.err.count(" error: ") == SITES[name].count("](") + SITES[name].count("[@")
