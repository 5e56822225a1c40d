"""Tests of the validation: front matter, records and settings become typed values."""

from __future__ import annotations

from datetime import date

import pytest

from mujaz.model import (
    Briefing,
    Kind,
    Language,
    Name,
    RawDocument,
    Settings,
    Source,
    Topic,
)
from mujaz.problems import CODES, Location, Problem, Severity, arrange
from mujaz.validate import parse_base_url
from mujaz.validate.documents import BRIEFING_KEYS, PAGE_KEYS, TOPIC_KEYS
from mujaz.validate.records import NAME_KEYS, SOURCE_KEYS, TYPES
from mujaz.validate.settings import DIGITS, KEYS, MONTHS
from tests.assembly import Library
from tests.conftest import FILES, LETTER, NOTICE, SITE, raw, read_library, short, unhidden

BRIEFING = "content/briefings/winter.en.md"
TOPIC = "content/topics/timetable.en.md"
PAGE = "content/pages/about.en.md"
SOURCE = f"content/sources/{NOTICE}.yaml"
NAMES = "content/names.yaml"
SETTINGS = "content/site.yaml"


def front(**changes: str | None) -> str:
    """Return the front matter of a briefing, one key a line, with keys replaced or left out."""
    keys: dict[str, str | None] = {
        "title": "Winter",
        "date": "2031-03-09",
        "summary": "Fewer crossings.",
        "topics": "[timetable]",
        "sources": f"[{NOTICE}]",
    }
    lines = [f"{key}: {value}" for key, value in {**keys, **changes}.items() if value is not None]
    return "\n".join(["---", *lines, "---", f"Nine [@{NOTICE}].", ""])


def library(files: dict[str, str]) -> tuple[Library, list[Problem]]:
    """Return the library of the small site with files replaced, and what is wrong in these."""
    documents = [raw(path, text) for path, text in {**FILES, **files}.items()]
    made, problems = read_library(documents)
    assert {each.location.path for each in problems} <= set(files)
    return made, arrange(problems)


def cited(text: str) -> list[str]:
    """Return the articles that the English briefing cites."""
    bodies = {each.path: body for each, body in library({BRIEFING: text})[0].documents}
    return [each.source for each in bodies[BRIEFING].citations]


def briefing(**changes: str | None) -> tuple[Briefing, list[Problem]]:
    """Return the English briefing with keys of its front matter changed."""
    made, problems = library({BRIEFING: front(**changes)})
    return next(each for each in made.briefings if each.path == BRIEFING), problems


def source(**changes: str | None) -> tuple[Source, list[Problem]]:
    """Return a record with keys changed, one a line: id, type, language, label, paragraphs."""
    keys: dict[str, str | None] = {
        "id": NOTICE,
        "type": "article-newspaper",
        "language": "ar",
        "label": "{ar: إعلان, en: Notice}",
        "paragraphs": "8",
    }
    lines = [f"{key}: {value}" for key, value in {**keys, **changes}.items() if value is not None]
    made, problems = library({SOURCE: "\n".join(lines)})
    return next(each for each in made.sources if each.id == NOTICE), problems


def settings(text: str) -> tuple[Settings, list[Problem]]:
    """Return the settings of a site.yaml of a title and, from its second line, a text."""
    made, problems = read_library([raw(SETTINGS, f"title: {{ar: عبّارة, en: Ferry}}\n{text}")])
    return made.settings, arrange(problems)


def found(problems: list[Problem]) -> str:
    """Return the problems as ``line:column code``."""
    return ", ".join(short(each) for each in problems)


# --- the whole -------------------------------------------------------------------------------


def test_the_small_site_is_valid() -> None:
    """A valid site gives a value for each of its files, and no problem."""
    made, problems = library({})
    assert problems == []
    assert [each.path for each in made.briefings] == [
        path for path in FILES if "/briefings/" in path
    ]
    assert {each.path for each in made.topics} == {path for path in FILES if "/topics/" in path}
    assert {each.path for each in made.pages} == {path for path in FILES if "/pages/" in path}
    assert {each.path for each in made.sources} == {path for path in FILES if "/sources/" in path}
    assert [each.id for each in made.names] == ["harbour-board", "quay"]
    assert made.settings.languages == (Language.AR, Language.EN)


def test_a_site_without_settings_gets_defaults() -> None:
    """Without a readable site.yaml both languages stand, and nothing is reported again."""
    made, problems = read_library([])
    assert problems == []
    assert made.settings.languages == tuple(Language)
    unread = RawDocument(Kind.SETTINGS, SETTINGS, "site", None, None, "", 1)
    assert read_library([unread])[1] == []


def test_an_unreadable_file_is_reported_once() -> None:
    """A file whose YAML could not be read lacks no keys; its text is checked all the same."""
    text = f"@{NOTICE}"
    unread = [
        RawDocument(Kind.BRIEFING, BRIEFING, "winter", Language.EN, None, text, 1),
        RawDocument(Kind.TOPIC, TOPIC, "timetable", Language.EN, None, "", 1),
        RawDocument(Kind.PAGE, PAGE, "about", Language.EN, None, "", 1),
        RawDocument(Kind.SOURCE, SOURCE, NOTICE, None, None, "", 1),
        RawDocument(Kind.NAMES, NAMES, "names", None, None, "", 1),
    ]
    _, problems = read_library([raw(SETTINGS, SITE), *unread])
    assert found(problems) == "1:1 citation-bare"


def test_problems_of_all_files_come_together() -> None:
    """One run reports what is wrong in every file, in the text too."""
    files = {
        BRIEFING: front(date="soon").replace("Nine", "[@ferry]"),
        TOPIC: "---\nlabel: a\n---\n",
        PAGE: "---\ntitel: a\n---\n",
        SOURCE: "id: x\nlabel: {ar: أ, en: a}\nparagraphs: 1",
        NAMES: "- id: Quay",
        SETTINGS: "title: Ferry",
    }
    _, problems = library(files)
    assert {each.location.path for each in problems} == set(files)
    assert [short(each) for each in problems if each.location.path == BRIEFING] == [
        "3:7 date-invalid",
        "8:2 citation-malformed",
    ]


# --- briefings -------------------------------------------------------------------------------


def test_every_key_of_a_briefing() -> None:
    """Every key of the contract is taken, and has its type."""
    made, problems = briefing(
        title="'Winter: the times'",
        lastmod="2031-03-11",
        authors="[the crew, مجلس المرفأ]",
        draft="true",
        aliases="[old-winter, cold]",
        sources=f"[{NOTICE}, {LETTER}, 12345678e9012345]",
        corrections="\n  - {date: 2031-03-10, note: Nine.}\n  - date: 2031-03-12\n    note: Ten.",
    )
    assert problems == []
    assert made.slug == "winter"
    assert made.language is Language.EN
    assert made.title == "Winter: the times"
    assert made.summary == "Fewer crossings."
    assert (made.date, made.lastmod) == (date(2031, 3, 9), date(2031, 3, 11))
    assert made.updated == date(2031, 3, 12)
    assert made.topics == ("timetable",)
    assert made.sources == (NOTICE, LETTER, "12345678e9012345")
    assert made.authors == ("the crew", "مجلس المرفأ")
    assert made.draft is True
    assert made.aliases == ("old-winter", "cold")
    assert [(each.date.day, each.note) for each in made.corrections] == [
        (12, "Ten."),
        (10, "Nine."),
    ]
    assert cited(front(sources=f"[{NOTICE}]")) == [NOTICE]


def test_optional_keys_of_a_briefing() -> None:
    """What may be left out may also be null, and has an empty value."""
    nothing = dict.fromkeys(("lastmod", "authors", "draft", "aliases", "corrections"), "null")
    for made, problems in (briefing(), briefing(**nothing)):
        assert problems == []
        assert (made.lastmod, made.authors, made.draft) == (None, (), False)
        assert (made.aliases, made.corrections) == ((), ())
        assert made.updated == made.date


@pytest.mark.parametrize("value", ["", "null", "~", None])
@pytest.mark.parametrize("key", ["title", "date", "summary", "topics", "sources"])
def test_required_keys_of_a_briefing(key: str, value: str | None) -> None:
    """Each required key is missed where it is absent or null."""
    _, problems = briefing(**{key: value})
    line = ["title", "date", "summary", "topics", "sources"].index(key) + 2
    where = "1:1" if value is None else f"{line}:1"
    assert found(problems) == f"{where} key-missing"
    assert problems[0].what == f"{key} is missing (required)"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("title", "[a]", "2:8 type-wrong"),
        ("title", "{a: b}", "2:8 type-wrong"),
        ("title", '""', "2:8 key-missing"),
        ("title", "no", ""),
        ("title", "0123", ""),
        ("title", "1e10", ""),
        ("date", "2031-13-45", "3:7 date-invalid"),
        ("date", "2031-02-29", "3:7 date-invalid"),
        ("date", "09/03/2031", "3:7 date-invalid"),
        ("date", "٢٠٣١-٠٣-٠٩", "3:7 date-invalid"),
        ("date", "1447-05-01", "3:7 date-invalid"),
        ("date", "2031", "3:7 date-invalid"),
        ("date", "12:30", "3:7 date-invalid"),
        ("date", "[2031-03-09]", "3:7 type-wrong"),
        ("date", "<U+200F>2031-03-09", "3:7 date-invalid"),
        ("summary", "[a, b]", "4:10 type-wrong"),
        ("summary", f"'Nine [@{NOTICE}].'", "4:10 citation-bare"),
        ("topics", "timetable", "5:9 type-wrong"),
        ("topics", "[]", "5:9 key-missing"),
        ("topics", "[a, b, a]", "5:16 value-repeated"),
        ("topics", "[a, [b]]", "5:13 type-wrong"),
        ("sources", "[]", "6:10 key-missing"),
        ("sources", NOTICE, "6:10 type-wrong"),
        ("sources", f"[{NOTICE}, {NOTICE}]", "6:29 value-repeated"),
        ("sources", "[0a1b2c3d4e5f607]", ""),
        ("sources", "[1111222233334444]", ""),
        ("sources", "[0012345670123456]", ""),
        ("lastmod", "2031-03-08", "7:10 value-invalid"),
        ("lastmod", "2031-03-09", ""),
        ("lastmod", "later", "7:10 date-invalid"),
        ("authors", "the crew", "7:10 type-wrong"),
        ("authors", "[a, a]", "7:14 value-repeated"),
        ("draft", "yes", "7:8 type-wrong"),
        ("draft", "[true]", "7:8 type-wrong"),
        ("aliases", "old", "7:10 type-wrong"),
        ("aliases", "[Old]", "7:11 slug-invalid"),
        ("aliases", "[old winter]", "7:11 slug-invalid"),
        ("aliases", "[شتاء]", "7:11 slug-invalid"),
        ("aliases", "[../about]", "7:11 slug-invalid"),
        ("aliases", "[/etc/passwd]", "7:11 slug-invalid"),
        ("aliases", "['C:\\x']", "7:11 slug-invalid"),
        ("aliases", "['%2e%2e']", "7:11 slug-invalid"),
        ("aliases", "[.hidden]", "7:11 slug-invalid"),
        ("aliases", "[a--b]", "7:11 slug-invalid"),
        ("aliases", "[con]", "7:11 slug-invalid"),
        ("aliases", "[index]", "7:11 slug-invalid"),
        ("corrections", "{date: 2031-03-10, note: a}", "7:14 type-wrong"),
        ("corrections", "[a]", "7:15 type-wrong"),
        ("corrections", "[{note: a}]", "7:15 key-missing"),
        ("corrections", "[{date: 2031-03-10}]", "7:15 key-missing"),
        ("corrections", "[{date: x, note: a}]", "7:22 date-invalid"),
        ("corrections", "[{date: 2031-03-10, note: a, by: b}]", "7:43 key-unknown"),
        ("Title", "x", "7:1 key-unknown"),
        ("tittle", "x", "7:1 key-unknown"),
        ("العنوان", "x", "7:1 key-unknown"),
        ("lang", "en", "7:1 key-unknown"),
        ("slug", "../x", "7:1 key-unknown"),
    ],
)
def test_values_of_a_briefing(key: str, value: str, expected: str) -> None:
    """Each value that its key does not take is a problem at that value, and nothing else is."""
    _, problems = briefing(**{key: unhidden(value)})
    assert found(problems) == expected


def test_problems_say_what_and_how() -> None:
    """The problem of a value names it, and says what to write."""
    _, problems = briefing(date="2031-13-45")
    what = "date: “2031-13-45” does not exist: there is no month 13"
    assert str(problems[0]) == f"{BRIEFING}:3:7: error: date-invalid: {what}; write YYYY-MM-DD"
    assert "Hijri" in briefing(date="1447-05-01")[1][0].what
    assert briefing(titel="x")[1][0].hint == "did you mean title?"


def test_a_briefing_knows_its_places() -> None:
    """The places of topics, sources and aliases are kept for what is found wrong later."""
    made, _ = briefing(aliases="[old]", sources=f"[{NOTICE}, {LETTER}]")
    assert made.places["topics.timetable"] == Location(BRIEFING, 5, 10)
    assert made.places[f"sources.{LETTER}"] == Location(BRIEFING, 6, 29)
    assert made.places["aliases.old"] == Location(BRIEFING, 7, 11)
    assert made.places["title"] == Location(BRIEFING, 2, 8)


def test_front_matter_that_is_no_mapping() -> None:
    """A list in the place of the keys is one problem."""
    _, problems = library({BRIEFING: "---\n- title: a\n---\n"})
    assert found(problems) == "2:1 type-wrong"


def test_a_language_the_site_does_not_have() -> None:
    """A document in a language that site.yaml leaves out is a problem of that document."""
    english = SITE.replace("[ar, en]", "[en]")
    documents = [raw(path, text) for path, text in {**FILES, SETTINGS: english}.items()]
    made, problems = read_library(documents)
    assert {each.location.path for each in problems} == {
        path for path in FILES if path.endswith(".ar.md")
    }
    assert {each.code for each in problems} == {"language-unknown"}
    assert dict(made.sources[0].label) == {Language.EN: "Notice of the timetable"}


# --- topics and pages ------------------------------------------------------------------------


def topic(text: str) -> tuple[Topic, list[Problem]]:
    """Return the English topic with its front matter."""
    made, problems = library({TOPIC: f"---\n{text}\n---\nFerry.\n"})
    return next(each for each in made.topics if each.path == TOPIC), problems


def test_topics() -> None:
    """Every key of a topic is taken; without an order it comes last."""
    made, problems = topic("label: Times\nsummary: When.\norder: 3\ngaps: [The fare., The crew.]")
    assert problems == []
    assert (made.title, made.summary, made.order) == ("Times", "When.", 3)
    assert made.gaps == ("The fare.", "The crew.")
    made, problems = topic("label: Times\nsummary: When.\norder: ~\ngaps:")
    assert problems == []
    assert made.order > 10**6
    assert made.gaps == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("summary: When.", "1:1 key-missing"),
        ("label: Times", "1:1 key-missing"),
        ("label: Times\nsummary: a\norder: first", "4:8 type-wrong"),
        ("label: Times\nsummary: a\norder: -1", "4:8 type-wrong"),
        ("label: Times\nsummary: a\ngaps: none", "4:7 type-wrong"),
        ("label: Times\nsummary: a\ngaps: [a, a]", "4:11 value-repeated"),
        ("label: Times\nsummary: a\ntitle: a", "4:1 key-unknown"),
        ("label: {en: Times}\nsummary: a", "2:8 type-wrong"),
    ],
)
def test_values_of_a_topic(text: str, expected: str) -> None:
    """Each value that its key does not take is a problem at that value."""
    assert found(topic(text)[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: a", ""),
        ("title: a\nsummary: b", ""),
        ("title: a\nsummary: ~", ""),
        ("summary: b", "1:1 key-missing"),
        ("title: a\ndate: 2031-03-09", "3:1 key-unknown"),
    ],
)
def test_values_of_a_page(text: str, expected: str) -> None:
    """A page has a title, and may have a summary."""
    _, problems = library({PAGE: f"---\n{text}\n---\n"})
    assert found(problems) == expected


# --- sources ---------------------------------------------------------------------------------


def test_every_key_of_a_source() -> None:
    """Every key of the contract is taken, and has its type."""
    made, problems = source(
        title="إعلان",
        publisher="Harbour Board",
        origins="[harbour-board, quay]",
        issued="2031-03/2031-05",
        issued_reason="{ar: ذكر الجليد, en: It mentions ice}",
        span="true",
        url="https://ferry.example/a?b=1#c",
        archive_url="http://archive.example/1",
        archive_date="2031-04-01",
        accessed="2031-04-02",
        text_sha256="0f" * 32,
        chars="3065",
        boilerplate="[1, 8]",
        summary="{ar: موجز, en: Summary}",
        descriptor="{ar: وصف, en: Descriptor}",
        topics="[timetable, quay]",
    )
    assert problems == []
    assert (made.id, made.type, made.language) == (NOTICE, "article-newspaper", Language.AR)
    assert (made.title, made.publisher) == ("إعلان", "Harbour Board")
    assert dict(made.label) == {Language.AR: "إعلان", Language.EN: "Notice"}
    assert (made.origins, made.topics) == (("harbour-board", "quay"), ("timetable", "quay"))
    assert made.issued is not None
    assert (made.issued.text, made.issued_is_span) == ("2031-03/2031-05", True)
    assert made.issued_reason is not None
    assert made.issued_reason[Language.EN] == "It mentions ice"
    assert made.url == "https://ferry.example/a?b=1#c"
    assert made.archive_url == "http://archive.example/1"
    assert (made.archive_date, made.accessed) == (date(2031, 4, 1), date(2031, 4, 2))
    assert (made.text_sha256, made.chars) == ("0f" * 32, 3065)
    assert made.paragraphs == 8
    assert sorted(made.boilerplate) == [1, 8]
    assert made.summary[Language.AR] == "موجز"
    assert made.descriptor[Language.EN] == "Descriptor"
    assert made.places["origins.quay"].line == 8


def test_what_a_source_does_not_state() -> None:
    """What an article does not state may be null or absent, and is None or empty: never a guess."""
    unknown = set(SOURCE_KEYS) - {"id", "type", "label", "paragraphs"}
    nothing = dict.fromkeys(unknown, "null")
    for made, problems in (source(language=None), source(**nothing)):
        assert problems == []
        assert made.title is made.publisher is made.url is made.archive_url is None
        assert made.issued is None
        assert made.issued_reason is None
        assert made.archive_date is made.accessed is None
        assert made.text_sha256 is None
        assert made.chars is None
        assert made.language is None
        assert (made.origins, made.topics, made.boilerplate) == ((), (), frozenset())
        assert set(made.summary.values()) == set(made.descriptor.values()) == {""}


@pytest.mark.parametrize("kind", TYPES)
def test_types_of_sources(kind: str) -> None:
    """Every type of the list is taken."""
    made, problems = source(type=kind)
    assert (made.type, problems) == (kind, [])


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("id", None, "1:1 key-missing"),
        ("id", "~", "1:1 key-missing"),
        ("id", LETTER, "1:5 id-mismatch"),
        ("id", "0a1b2c3d4e5f607", "1:5 id-malformed"),
        ("id", "0A1B2C3D4E5F6071", "1:5 id-malformed"),
        ("id", f'"{NOTICE}"', ""),
        ("type", "article-newspapre", "2:7 value-invalid"),
        ("type", "[article]", "2:7 type-wrong"),
        ("language", "fr", "3:11 value-invalid"),
        ("language", "no", "3:11 value-invalid"),
        ("label", None, "1:1 key-missing"),
        ("label", "Notice", "4:8 type-wrong"),
        ("label", "{en: Notice}", "4:8 key-missing"),
        ("paragraphs", None, "1:1 key-missing"),
        ("paragraphs", "0", "5:13 value-invalid"),
        ("paragraphs", "many", "5:13 type-wrong"),
        ("title", '""', "6:8 value-invalid"),
        ("title", "[a]", "6:8 type-wrong"),
        ("publisher", "{en: a}", "6:12 type-wrong"),
        ("origins", "quay", "6:10 type-wrong"),
        ("origins", "[quay, quay]", "6:17 value-repeated"),
        ("issued", "March 2031", "6:9 date-invalid"),
        ("issued", "2031-13", "6:9 date-invalid"),
        ("issued", "1447", "6:9 date-invalid"),
        ("issued_reason", "ice", "6:16 type-wrong"),
        ("span", "maybe", "6:7 type-wrong"),
        ("url", "ferry.example", "6:6 value-invalid"),
        ("url", "javascript:alert(1)", "6:6 value-invalid"),
        ("url", "https://ferry.example/a b", "6:6 value-invalid"),
        ("url", "'https://ferry.example/\"x'", "6:6 value-invalid"),
        ("archive_url", "ftp://archive.example/", "6:14 value-invalid"),
        ("archive_date", "2031-04", "6:15 date-invalid"),
        ("accessed", "today", "6:11 date-invalid"),
        ("text_sha256", "0f0f", "6:14 value-invalid"),
        ("text_sha256", "0F" * 32, "6:14 value-invalid"),
        ("chars", "3,065", "6:8 type-wrong"),
        ("boilerplate", "1", "6:14 type-wrong"),
        ("boilerplate", "[0]", "6:15 type-wrong"),
        ("boilerplate", "[1-3]", "6:15 type-wrong"),
        ("boilerplate", "[٣]", "6:15 type-wrong"),
        ("boilerplate", "[1, 9]", "6:18 value-invalid"),
        ("boilerplate", "[1, 1]", "6:18 value-repeated"),
        ("summary", "Nine.", "6:10 type-wrong"),
        ("topics", "[a, ~]", "6:13 value-invalid"),
        ("publishers", "a", "6:1 key-unknown"),
    ],
)
def test_values_of_a_source(key: str, value: str | None, expected: str) -> None:
    """Each value that its key does not take is a problem at that value."""
    assert found(source(**{key: value})[1]) == expected


def test_a_source_keeps_the_id_of_its_file() -> None:
    """Whatever its id says, a record is known by its file name, so that nothing is told twice."""
    for written in (LETTER, "x", "~"):
        assert source(id=written)[0].id == NOTICE


# --- names -----------------------------------------------------------------------------------


def names(text: str) -> tuple[tuple[Name, ...], list[Problem]]:
    """Return the names of a file."""
    made, problems = library({NAMES: text})
    return tuple(made.names), problems


def test_names() -> None:
    """Every key of a name is taken; what is not stated is empty."""
    made, problems = names(
        "- {id: board, kind: organisation, origin: true, ar: مجلس, en: Board,"
        " variants: {ar: [المجلس, الهيئة], en: [The Board]}}\n"
        "- {id: quay, kind: place, ar: رصيف, en: Quay, variants: {en: [Pier]}}\n"
        "- {id: rower, kind: person, ar: نوتي, en: Rower}\n"
        "- {id: ferry, kind: term, ar: عبّارة, en: Ferry, origin: false, variants: ~}\n"
    )
    assert problems == []
    assert [(each.id, each.kind, each.origin) for each in made] == [
        ("board", "organisation", True),
        ("quay", "place", False),
        ("rower", "person", False),
        ("ferry", "term", False),
    ]
    assert dict(made[0].preferred) == {Language.AR: "مجلس", Language.EN: "Board"}
    assert made[0].variants[Language.AR] == ("المجلس", "الهيئة")
    assert made[1].variants == {Language.AR: (), Language.EN: ("Pier",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", ""),
        ("id: quay", "1:1 type-wrong"),
        ("quay", "1:1 type-wrong"),
        ("- quay", "1:3 type-wrong"),
        ("- [quay]", "1:3 type-wrong"),
        ("- {kind: place, ar: أ, en: a}", "1:3 key-missing"),
        (
            "- {kind: place, ar: أ, en: a}\n- {kind: place, ar: أ, en: a}",
            "1:3 key-missing, 2:3 key-missing",
        ),
        ("- {id: q, ar: أ, en: a}", "1:3 key-missing"),
        ("- {id: q, kind: palace, ar: أ, en: a}", "1:17 value-invalid"),
        ("- {id: q, kind: place, en: a}", "1:3 key-missing"),
        ("- {id: Quay, kind: place, ar: أ, en: a}", "1:8 value-invalid"),
        ("- {id: رصيف, kind: place, ar: أ, en: a}", "1:8 value-invalid"),
        ("- {id: q, kind: place, ar: أ, en: a, origin: yes}", "1:46 type-wrong"),
        ("- {id: q, kind: place, ar: أ, en: a, variants: [a]}", "1:48 type-wrong"),
        ("- {id: q, kind: place, ar: أ, en: a, variants: {fr: [a]}}", "1:49 key-unknown"),
        ("- {id: q, kind: place, ar: أ, en: a, variants: {en: a}}", "1:53 type-wrong"),
        ("- {id: q, kind: place, ar: أ, en: a, alias: b}", "1:38 key-unknown"),
        (
            "- {id: q, kind: place, ar: أ, en: a}\n- {id: q, kind: term, ar: ب, en: b}",
            "2:8 id-duplicate",
        ),
    ],
)
def test_values_of_names(text: str, expected: str) -> None:
    """Each value that its key does not take is a problem at that value."""
    assert found(names(text)[1]) == expected


def test_of_two_names_the_first_stays() -> None:
    """Where an id is used twice the first record is kept."""
    made, _ = names("- {id: q, kind: place, ar: أ, en: a}\n- {id: q, kind: term, ar: ب, en: b}")
    assert [each.kind for each in made] == ["place"]


# --- settings --------------------------------------------------------------------------------


def test_every_key_of_the_settings() -> None:
    """Every key of the contract is taken, and has its type."""
    made, problems = settings(
        "tagline: {ar: مواعيد, en: Times}\n"
        "base_url: https://ferry.example/times\n"
        "languages: [en, ar]\n"
        "months: {ar: levantine}\n"
        "digits: {ar: arab}\n"
        "publisher: {ar: المرفأ, en: The Harbour}\n"
        "footer: {ar: نص, en: Text}\n"
        'accent: "#7A1F2B"\n'
        "licence: CC-BY-4.0\n"
        "nav: [topics, about]\n"
        "checks: {translation-missing: warning, raw-html: off}\n"
    )
    assert problems == []
    assert made.tagline[Language.EN] == "Times"
    assert made.base_url == "https://ferry.example/times/"
    assert made.languages == (Language.EN, Language.AR)
    assert dict(made.months) == {Language.AR: "levantine", Language.EN: "gregorian"}
    assert dict(made.digits) == {Language.AR: "arab", Language.EN: "latn"}
    assert made.publisher is not None
    assert made.footer is not None
    assert (made.publisher[Language.AR], made.footer[Language.EN]) == ("المرفأ", "Text")
    assert (made.accent, made.licence) == ("#7a1f2b", "CC-BY-4.0")
    assert made.nav == ("topics", "about")
    assert dict(made.checks) == {"translation-missing": Severity.WARNING, "raw-html": None}
    assert made.places["nav.about"] == Location(SETTINGS, 11, 15)


def test_defaults_of_the_settings() -> None:
    """What site.yaml leaves out, or says is null, has one default."""
    for text in ("", "".join(f"{key}: ~\n" for key in KEYS if key != "title"), 'base_url: ""'):
        made, problems = settings(text)
        assert problems == []
        assert made.languages == (Language.AR, Language.EN)
        assert set(made.tagline.values()) == {""}
        assert (made.base_url, made.licence, made.publisher, made.footer) == ("", "", None, None)
        assert set(made.months.values()) == {"gregorian"}
        assert set(made.digits.values()) == {"latn"}
        assert made.nav == ("briefings", "topics", "sources")
        assert dict(made.checks) == {}


@pytest.mark.parametrize("months", MONTHS)
@pytest.mark.parametrize("digits", DIGITS)
def test_months_and_digits(months: str, digits: str) -> None:
    """Every kind of month names and digits is taken."""
    made, problems = settings(f"months: {{ar: {months}}}\ndigits: {{ar: {digits}}}")
    assert problems == []
    assert (made.months[Language.AR], made.digits[Language.AR]) == (months, digits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tagline: Times", "2:10 type-wrong"),
        ("tagline: {ar: مواعيد}", "2:10 key-missing"),
        ("tagline: {ar: مواعيد, en: a, fr: b}", "2:30 key-unknown"),
        ("base_url: ferry.example", "2:11 value-invalid"),
        ("base_url: https://ferry.example/?a", "2:11 value-invalid"),
        ("base_url: https://ferry.example/#a", "2:11 value-invalid"),
        ("base_url: https://me@ferry.example/", "2:11 value-invalid"),
        ("base_url: javascript:x", "2:11 value-invalid"),
        ("base_url: [a]", "2:11 type-wrong"),
        ("languages: [ar, fr]", "2:17 language-unknown"),
        ("languages: [no]", "2:13 language-unknown"),
        ("languages: [AR]", "2:13 language-unknown"),
        ("languages: [ar, ar]", "2:17 value-repeated"),
        ("languages: []", "2:12 key-missing"),
        ("languages: ar", "2:12 type-wrong"),
        ("months: {ar: syrian}", "2:14 value-invalid"),
        ("months: {fr: dual}", "2:10 key-unknown"),
        ("months: dual", "2:9 type-wrong"),
        ("digits: {ar: persian}", "2:14 value-invalid"),
        ("accent: red", "2:9 value-invalid"),
        ("accent: '#abc'", "2:9 value-invalid"),
        ("accent: '#7a1f2b;x'", "2:9 value-invalid"),
        ("licence: [a]", "2:10 type-wrong"),
        ("nav: topics", "2:6 type-wrong"),
        ("nav: [topics, topics]", "2:15 value-repeated"),
        ("nav: []", ""),
        ("footers: a", "2:1 key-unknown"),
        ("checks: strict", "2:9 type-wrong"),
        ("checks: {raw-html: note}", ""),
        ("checks: {raw-html: ~}", ""),
        ("checks: {raw-html: silent}", "2:20 value-invalid"),
        ("checks: {raw-html: [off]}", "2:20 type-wrong"),
        ("checks: {raw-htlm: off}", "2:10 key-unknown"),
        ("checks: {zzz: off}", "2:10 key-unknown"),
        ("checks: {zzz: ~}", "2:10 key-unknown"),
        ("checks: {source-unknown: off}", "2:10 code-unknown"),
        ("checks: {source-unknown: error}", "2:10 code-unknown"),
    ],
)
def test_values_of_the_settings(text: str, expected: str) -> None:
    """Each value that its key does not take is a problem at that value."""
    assert found(settings(text)[1]) == expected


def test_the_title_is_required() -> None:
    """A site has a title in each of its languages."""
    _, problems = read_library([raw(SETTINGS, "languages: [en]")])
    assert found(problems) == "1:1 key-missing"
    _, problems = read_library([raw(SETTINGS, "languages: [en]\ntitle: {en: Ferry}")])
    assert problems == []
    _, problems = read_library([raw(SETTINGS, "title: {en: Ferry}")])
    assert found(problems) == "1:8 key-missing"


def test_one_language() -> None:
    """A site may have one language; texts in others are accepted all the same."""
    made, problems = settings("languages: [en]\nmonths: {ar: dual}")
    assert problems == []
    assert made.languages == (Language.EN,)
    assert dict(made.title) == {Language.EN: "Ferry"}
    assert dict(made.months) == {Language.EN: "gregorian"}


@pytest.mark.parametrize("code", [code for code, entry in CODES.items() if not entry.fixed])
@pytest.mark.parametrize("word", ["error", "warning", "note", "off"])
def test_severities(code: str, word: str) -> None:
    """The severity of every code that is not fixed can be set to each word."""
    made, problems = settings(f"checks: {{{code}: {word}}}")
    assert problems == []
    assert made.checks == {code: None if word == "off" else Severity(word)}


@pytest.mark.parametrize("code", [code for code, entry in CODES.items() if entry.fixed])
def test_fixed_severities(code: str) -> None:
    """The severity of a fixed code cannot be set."""
    made, problems = settings(f"checks: {{{code}: note}}")
    assert found(problems) == "2:10 code-unknown"
    assert problems[0].what == f"{code} always stays an error"
    assert made.checks == {}


def test_an_unknown_code_gets_a_suggestion() -> None:
    """A code that does not exist gets the nearest that does."""
    _, problems = settings("checks: {tranlation-missing: off}")
    assert problems[0].hint == "did you mean translation-missing?"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("https://ferry.example", "https://ferry.example/"),
        ("http://ferry.example/a/b/", "http://ferry.example/a/b/"),
        ("https://ferry.example:8000/a", "https://ferry.example:8000/a/"),
        ("https://عبارة.example/مواعيد", "https://عبارة.example/مواعيد/"),
    ],
)
def test_base_urls(text: str, read: str) -> None:
    """A base URL gets its final slash."""
    assert parse_base_url(text) == read


@pytest.mark.parametrize(
    "text",
    [
        *("", "/a/", "ferry.example", "//ferry.example", "https://", "https:///a"),
        *(
            "ftp://f.example/",
            "https://f.example/a b",
            "https://f.example/?a",
            "https://f.example/#a",
        ),
        *(
            "https://u:p@f.example",
            "https://f.example/?",
            "https://[f.example/",
            "https://f.example:port/",
        ),
    ],
)
def test_bad_base_urls(text: str) -> None:
    """What is no plain web address is refused with a sentence."""
    with pytest.raises(ValueError, match=r"\w; \w"):
        parse_base_url(text)


def test_the_keys_of_the_contract() -> None:
    """The keys are those that were promised, and no others."""
    promised = """
    title date lastmod summary topics sources authors draft aliases corrections
    label summary order gaps
    title summary
    id kind origin ar en variants
    id type language title label publisher origins issued issued_reason span url archive_url
    archive_date accessed text_sha256 chars paragraphs boilerplate summary descriptor topics
    title tagline base_url languages months digits publisher footer accent logo licence nav
    checks
    """
    tables = (BRIEFING_KEYS, TOPIC_KEYS, PAGE_KEYS, NAME_KEYS, SOURCE_KEYS, KEYS)
    assert [key for keys in tables for key in keys] == promised.split()
