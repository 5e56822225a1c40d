"""Tests of the resolution: everything that is named exists, and everything leads somewhere."""

from __future__ import annotations

import pytest

from mujaz.model import Language
from mujaz.problems import Problem
from mujaz.views.references import make_references
from tests.assembly import briefings, documents
from tests.conftest import (
    FILES,
    LETTER,
    NOTICE,
    SITE,
    SOURCE,
    MakeSite,
    Runner,
    resolved,
    short,
    unhidden,
)

BRIEFING = "content/briefings/winter.en.md"
ARABIC = "content/briefings/winter.ar.md"
RECORD = f"content/sources/{NOTICE}.yaml"
THIRD = "beadfeedcafe0042"


def briefing(text: str = "", **changes: str) -> str:
    """Return a briefing whose text cites both sources, with keys of its front matter replaced."""
    keys = {
        "title": "Winter",
        "date": "2031-03-09",
        "summary": "Fewer.",
        "topics": "[timetable]",
        "sources": f"[{NOTICE}, {LETTER}]",
        **changes,
    }
    head = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\n{head}---\nNine [@{NOTICE}; @{LETTER}].\n\n{text}\n"


def record(source_id: str, **changes: str) -> str:
    """Return a record with keys replaced or added."""
    text = SOURCE.format(id=source_id, language="en", paragraphs=5, boilerplate="[]")
    for key, value in changes.items():
        kept = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        text = "\n".join([*kept, f"{key}: {value}", ""])
    return text


def found(problems: list[Problem], path: str) -> str:
    """Return the problems as ``line:column code``; all must be of one file."""
    assert {each.location.path for each in problems} <= {path}
    return ", ".join(short(each) for each in problems)


def test_the_small_site_resolves() -> None:
    """The small site has no problem."""
    assert resolved({})[1] == []


# --- sources ---------------------------------------------------------------------------------


@pytest.mark.fault(9)
@pytest.mark.parametrize(
    "written",
    [
        pytest.param("0a1b2c3d4e5f6072", id="a wrong digit"),
        pytest.param("0a1b2c3d4e5f6017", id="two digits swapped"),
        pytest.param("a01b2c3d4e5f6071", id="the first two swapped"),
        pytest.param("0a1b2c3d4e5f0071", id="a digit in the middle"),
    ],
)
def test_unknown_sources(written: str) -> None:
    """An ID without a record is told with its nearest, in the text and in the list."""
    _, problems = resolved({BRIEFING: briefing(f"Ten [@{written}].")})
    assert found(problems, BRIEFING) == "10:6 source-unknown"
    assert problems[0].what == f"no source {written}"
    assert problems[0].hint == f"did you mean {NOTICE}?"
    _, problems = resolved({BRIEFING: briefing(sources=f"[{written}, {LETTER}]")})
    assert found(problems, BRIEFING) == "6:11 source-unknown"
    assert problems[0].hint == f"did you mean {NOTICE}?"


def test_a_source_like_no_other() -> None:
    """An ID that is near to none gets the way to a new record."""
    _, problems = resolved({BRIEFING: briefing(f"Ten [@{THIRD}].")})
    assert [each.message for each in problems] == [
        f"no source {THIRD}; add content/sources/{THIRD}.yaml"
    ]


@pytest.mark.fault(10, 11)
@pytest.mark.parametrize(
    ("written", "flaw"),
    [
        ("0a1b2c3d4e5f607", "has 15 hex digits, not 16"),
        ("0a1b2c3d4e5f60771", "has 17 hex digits, not 16"),
        ("0A1B2C3D4E5F6071", "has capital letters"),
        ("0a1b2c3d4e5f6o71", "has the letter o (meant as the digit 0?) at character 14"),
        ("0a1b2c3d4e5f607g", "has the letter g at character 16"),
        ("٠a1b2c3d4e5f6071", "has ٠ (arabic-indic digit zero) at character 1"),
        ("0a1b<U+200B>2c3d4e5f6071", "has U+200B (zero width space) at character 5"),
        (
            "0a1b2c3d4<U+0435>5f6071",
            "has U+0435 (cyrillic small letter ie), which only looks like e, at character 10",
        ),
    ],
)
def test_malformed_ids(written: str, flaw: str) -> None:
    """An ID that is none says what is wrong with it, and which was meant, in text and list."""
    written = unhidden(written)
    _, problems = resolved({BRIEFING: briefing(f"Ten [@{written}, ¶ 3].")})
    assert found(problems, BRIEFING) == "10:6 id-malformed"
    _, listed = resolved({BRIEFING: briefing(sources=f"['{written}', {LETTER}]")})
    assert found(listed, BRIEFING) == "6:11 id-malformed"
    for each in (*problems, *listed):
        assert each.what == f"the article ID {written} {flaw}"
        assert each.hint == f"did you mean {NOTICE}?"


def test_a_malformed_id_like_no_other() -> None:
    """What is no ID and near to none says what an ID is."""
    _, problems = resolved({BRIEFING: briefing(sources=f"[{NOTICE}, {LETTER}, '@harbour']")})
    assert found(problems, BRIEFING) == "6:47 id-malformed"
    assert problems[0].hint == "an article ID is 16 hex digits, 0-9 and a-f"


@pytest.mark.fault(14)
def test_listed_and_cited() -> None:
    """A source listed but not cited is a warning, one cited but not listed an error told once."""
    files = {
        BRIEFING: briefing(f"Ten [@{THIRD}] six [@{THIRD}].", sources=f"[{NOTICE}, {LETTER}]"),
        ARABIC: briefing(sources=f"[{NOTICE}, {THIRD}, {LETTER}]"),
        f"content/sources/{THIRD}.yaml": record(THIRD),
    }
    _, problems = resolved(files)
    assert [str(each.location) for each in problems] == [f"{ARABIC}:6:29", f"{BRIEFING}:10:6"]
    assert [each.code for each in problems] == ["source-uncited", "source-unlisted"]
    assert [str(each.severity) for each in problems] == ["warning", "error"]


def test_an_unknown_source_is_not_also_unlisted() -> None:
    """A source that does not exist is one problem for each place, whatever the list says."""
    text = briefing(f"Ten [@{THIRD}].", sources=f"[{NOTICE}, {LETTER}, {THIRD}]")
    _, problems = resolved({BRIEFING: text})
    assert found(problems, BRIEFING) == "6:47 source-unknown, 10:6 source-unknown"


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("¶ 2", ""),
        ("¶ 2-7", ""),
        ("¶ 9", "paragraph-missing"),
        ("¶ 2, 9", "paragraph-missing"),
        ("¶ 7-9", "paragraph-boilerplate, 10:6 paragraph-missing"),
        ("¶ 1", "paragraph-boilerplate"),
        ("¶ 8", "paragraph-boilerplate"),
        ("¶ 1-3", "paragraph-boilerplate"),
        ("¶ 2-8", "paragraph-boilerplate"),
        ("¶ 2, 4, 8", "paragraph-boilerplate"),
    ],
)
def test_paragraphs(locator: str, expected: str) -> None:
    """Every paragraph of every range exists, and is the article's own."""
    _, problems = resolved({BRIEFING: briefing(f"Ten [@{NOTICE}, {locator}].")})
    assert found(problems, BRIEFING) == (f"10:6 {expected}" if expected else "")


def test_paragraphs_are_named() -> None:
    """A problem of paragraphs says which they are, and what the source has."""
    _, problems = resolved({BRIEFING: briefing(f"Ten [@{NOTICE}, ¶ 1-8, 12].")})
    assert [each.what for each in problems] == [
        f"paragraph 1, 8 of {NOTICE} is not the article's own text",
        f"{NOTICE} has no paragraph 12",
    ]
    assert problems[1].hint == "cite one of paragraphs 1 to 8"


def test_citations_of_every_document_are_checked() -> None:
    """Citations on topics and pages are checked like those of briefings; they need no list."""
    topic, page = "content/topics/timetable.en.md", "content/pages/about.en.md"
    files = {
        topic: f"---\nlabel: Timetable\nsummary: a\n---\n[@{NOTICE}, ¶ 9] [@{THIRD}]",
        page: f"---\ntitle: About\n---\n[@{NOTICE}, ¶ 9] [@{NOTICE}, ¶ 3]",
    }
    _, problems = resolved(files)
    assert [(each.location.path, short(each)) for each in problems] == [
        (page, "4:2 paragraph-missing"),
        (topic, "5:2 paragraph-missing"),
        (topic, "5:27 source-unknown"),
    ]


# --- topics, origins, nav --------------------------------------------------------------------


@pytest.mark.fault(16)
@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("timetabel", "did you mean timetable?"),
        ("timetble", "did you mean timetable?"),
        ("timetables", "did you mean timetable?"),
        ("Timetable", "did you mean timetable?"),
        ("fares", "add content/topics/fares."),
    ],
)
def test_unknown_topics(written: str, hint: str) -> None:
    """A topic without a file is told with the nearest, in a briefing and in a record."""
    _, problems = resolved({BRIEFING: briefing(topics=f"[timetable, {written}]")})
    assert found(problems, BRIEFING) == "5:21 topic-unknown"
    assert problems[0].message.startswith(f"no topic {written}; {hint}")
    _, problems = resolved({RECORD: record(NOTICE, topics=f"[{written}]")})
    assert found(problems, RECORD) == "11:10 topic-unknown"
    assert problems[0].message.startswith(f"no topic {written}; {hint}")


@pytest.mark.fault(16)
def test_untranslated_topics() -> None:
    """A topic must exist in the language of a briefing that has it; for a record any will do."""
    _, problems = resolved({"content/topics/timetable.en.md": None})
    assert found(problems, BRIEFING) == "5:10 topic-untranslated"
    assert problems[0].message == (
        "the topic timetable has no version in en; add content/topics/timetable.en.md"
    )


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("harbor-board", "did you mean harbour-board?"),
        ("quay", "add origin: true to its record in names.yaml"),
        ("lighthouse", "add it to content/names.yaml"),
    ],
)
def test_unknown_origins(written: str, hint: str) -> None:
    """An origin is a name that is marked as one."""
    _, problems = resolved({RECORD: record(NOTICE, origins=f"[harbour-board, {written}]")})
    assert found(problems, RECORD) == "11:26 origin-unknown"
    assert problems[0].message == f"no origin {written}; {hint}"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("topic", "did you mean topics?"),
        ("abuot", "did you mean about?"),
        ("winter", "write one of briefings, topics, sources, about"),
    ],
)
def test_unknown_entries_of_nav(written: str, hint: str) -> None:
    """An entry of nav is a section or a plain page."""
    _, problems = resolved({"content/site.yaml": f"{SITE}nav: [topics, about, {written}]\n"})
    assert found(problems, "content/site.yaml") == "5:22 nav-unknown"
    assert problems[0].hint == hint


def test_nav_of_sections_and_pages() -> None:
    """Sections and pages may stand in nav in any order, and nav may be empty."""
    for nav in ("[about, sources, topics, briefings]", "[]"):
        assert resolved({"content/site.yaml": f"{SITE}nav: {nav}\n"})[1] == []


# --- what the site has -----------------------------------------------------------------------


def test_briefings_are_newest_first() -> None:
    """Briefings are sorted by date, newest first, then by slug, then by language of the site."""
    files = {
        "content/briefings/autumn.en.md": briefing(date="2030-10-01"),
        "content/briefings/bells.en.md": briefing(date="2031-03-09"),
        "content/briefings/zoo.ar.md": briefing(date="2032-01-01"),
        "content/site.yaml": SITE.replace("[ar, en]", "[en, ar]"),
    }
    site, problems = resolved(files)
    assert [(each.slug, str(each.language)) for each in briefings(site)] == [
        ("zoo", "ar"),
        ("bells", "en"),
        ("winter", "en"),
        ("winter", "ar"),
        ("autumn", "en"),
    ]
    assert problems == []


def test_drafts() -> None:
    """A draft is neither built nor checked nor cited by, unless it is asked for."""
    files = {BRIEFING: briefing(f"Ten [@{THIRD}].", draft="true")}
    site, problems = resolved(files)
    assert [each.path for each in briefings(site)] == [ARABIC]
    assert problems == []
    assert set(site.names("citing", NOTICE)) == {ARABIC}
    site, problems = resolved(files, drafts=True)
    assert [each.path for each in briefings(site)] == [ARABIC, BRIEFING]
    assert found(problems, BRIEFING) == "11:6 source-unknown"


def test_topics_are_sorted() -> None:
    """Topics are sorted by language, order, label; those without an order come last."""
    files = {
        f"content/topics/{slug}.en.md": f"---\nlabel: {label}\nsummary: a\norder: {order}\n---\n"
        for slug, label, order in [("c", "Crew", "2"), ("f", "Fares", "1"), ("b", "Boats", "2")]
    }
    site, _ = resolved(files)
    topics = [site.document(each) for tag in Language for each in site.names("topics", tag)]
    assert [each.slug for each in topics] == ["timetable", "f", "b", "c", "timetable"]
    assert [str(each.language) for each in topics] == ["ar", "en", "en", "en", "en"]


def test_sources_are_sorted() -> None:
    """Sources stand newest first by the earliest day they can be from; without a date last."""
    first, second = "0000000000000001", "0000000000000002"
    files = {
        f"content/sources/{first}.yaml": record(first, issued="null"),
        f"content/sources/{second}.yaml": record(second, issued="../2031-01"),
        f"content/sources/{THIRD}.yaml": record(THIRD, issued="2030-12-31"),
    }
    site, problems = resolved(files)
    assert list(site.names("sources")) == [NOTICE, LETTER, second, THIRD, first]
    assert problems == []


def test_references_are_numbered() -> None:
    """A document's sources are numbered by their first mark, and know all their marks."""
    text = f"[@{LETTER}] [@{NOTICE}] [@{LETTER}, ¶ 2; @{NOTICE}, ¶ 3]"
    site, _ = resolved({BRIEFING: briefing(text).replace("Nine", f"Six [@{LETTER}] nine")})
    references = make_references(site.document(BRIEFING), site)
    assert [(each.number, each.source.id) for each in references] == [(1, LETTER), (2, NOTICE)]
    assert [[mark.number for mark in each.citations] for each in references] == [
        [1, 3, 4, 6],
        [2, 5, 7],
    ]
    assert make_references(site.document("content/pages/about.en.md"), site) == ()


def test_backlinks() -> None:
    """A source knows everything that cites it, briefings first, with the sentence."""
    page = "content/pages/about.en.md"
    files = {
        page: f"---\ntitle: About\n---\nWe read the notice [@{NOTICE}].",
        f"content/sources/{THIRD}.yaml": record(THIRD),
    }
    site, _ = resolved(files)
    links = site.names("citing", NOTICE)
    assert list(links) == [ARABIC, BRIEFING, page]
    marks = [each for path in links for each in site.citations(path) if each.source == NOTICE]
    assert [each.sentence for each in marks] == [
        "تبحر العبّارة أربع مرات.",
        "The ferry sails four times.",
        "We read the notice.",
    ]
    assert site.names("citing", THIRD) == ()
    assert set(site.names("sources")) == {NOTICE, LETTER, THIRD}


def test_origins() -> None:
    """A source has the names of its origins, in its own order; unknown ones are left out."""
    site, _ = resolved({RECORD: record(NOTICE, origins="[lighthouse, quay, harbour-board]")})
    names = [site.name(each) for each in site.names("origins", NOTICE)]
    assert [each.id for each in names if each] == ["quay", "harbour-board"]
    names = [site.name(each) for each in site.names("origins", LETTER)]
    assert [each.preferred[Language.EN] for each in names if each] == ["Harbour Board"]


def test_every_citation_leads_to_one_source() -> None:
    """On a site without problems each citation is a mark of exactly one reference."""
    site, problems = resolved({})
    assert problems == []
    for document in documents(site):
        marks = [mark for each in make_references(document, site) for mark in each.citations]
        assert sorted(mark.number for mark in marks) == [
            each.number for each in site.citations(document.path)
        ]
    assert set(site.names("documents")) == {path for path in FILES if path.endswith(".md")}


def test_a_citation_that_cannot_be_read_still_cites(make_site: MakeSite, run: Runner) -> None:
    """An article named in a malformed citation is not called uncited as well."""
    text = briefing().replace(f"@{LETTER}]", f"@{LETTER}, 3]")
    told = run(make_site({BRIEFING: text}), "check", "-q").err.splitlines()
    assert [line.split(": ")[2] for line in told[:-1]] == ["citation-malformed"]


def test_a_mistyped_id_is_told_once() -> None:
    """An ID with a wrong character counts as the one it was meant to be, listed or cited."""
    wrong = f"{NOTICE[:-1]}2"
    _, problems = resolved({BRIEFING: briefing(sources=f"[{wrong}, {LETTER}]")})
    assert [(each.code, each.hint) for each in problems] == [
        ("source-unknown", f"did you mean {NOTICE}?")
    ]
    _, problems = resolved({BRIEFING: briefing().replace(f"[@{NOTICE}", f"[@{wrong}")})
    assert [(each.code, each.hint) for each in problems] == [
        ("source-unknown", f"did you mean {NOTICE}?")
    ]
    _, problems = resolved({BRIEFING: briefing().replace(f"[@{NOTICE}", f"[@{NOTICE[:-1]}g")})
    assert [(each.code, each.hint) for each in problems] == [
        ("id-malformed", f"did you mean {NOTICE}?")
    ]


def test_unread_names_are_not_told_again(make_site: MakeSite, run: Runner) -> None:
    """Where names.yaml could not be read, no origin is called unknown."""
    files = {"content/names.yaml": "- {id: [\n", RECORD: record(NOTICE, origins="[harbour]")}
    told = run(make_site(files), "check", "-q").err.splitlines()
    assert [line.split(": ")[2] for line in told[:-1]] == ["yaml-syntax"]
