"""What an author can get wrong: one case for each way, with the numbers of ``docs/faults.md``.

Enters: nothing. Leaves: ``CASES``, name → ``Case``. Each changes the small site of ``conftest``;
``test_faults.py`` runs them, and ``fixtures/faults.expected`` has what mujaz prints.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.conftest import FILES, LETTER, NAMES, NOTICE, Files

BRIEFING = "content/briefings/winter.en.md"
ARABIC = "content/briefings/winter.ar.md"
ABOUT = "content/pages/about.en.md"
RECORD = f"content/sources/{NOTICE}.yaml"
SETTINGS = "content/site.yaml"
TOPIC = "content/topics/timetable.en.md"


class Case(NamedTuple):
    """The number of the fault, files to change (None: to delete), arguments of the build."""

    fault: int
    files: Files
    arguments: tuple[str, ...] = ()


def edit(path: str, *changes: tuple[str, str]) -> dict[str, str]:
    """Return a file of the small site in which words are changed; each stands in it once."""
    text = FILES[path]
    for old, new in changes:
        assert text.count(old) == 1, (path, old)
        text = text.replace(old, new)
    return {path: text}


def front(line: str, new: str) -> dict[str, str]:
    """Return the briefing with another line in its front matter."""
    return edit(BRIEFING, (f"{line}\n", f"{new}\n" if new else ""))


def says(body: str) -> dict[str, str]:
    """Return the plain page with another text; it begins on line 4, at column 1."""
    return {ABOUT: f"---\ntitle: About\n---\n{body}\n"}


TITLE = "title: The winter timetable"
DATE = "date: 2031-03-09"
TOPICS = "topics: [timetable]"
SOURCES = f"sources: [{NOTICE}, {LETTER}]"
CITED = f"[@{NOTICE}, ¶ 3; @{LETTER}]"


def alias(slug: str) -> dict[str, str]:
    """Return the briefing with an old address."""
    return front(TOPICS, f"{TOPICS}\naliases: [{slug}]")


CASES: dict[str, Case] = {
    # the file and its front matter
    "no front matter": Case(1, {ABOUT: "About the ferry.\n"}),
    "empty front matter": Case(1, {ABOUT: "---\n---\nText.\n"}),
    "unclosed front matter": Case(1, {ABOUT: "---\ntitle: About\n\nText.\n"}),
    "a required key is missing": Case(2, front(TITLE, "")),
    "a required key is empty": Case(2, front(TITLE, "title:")),
    "a required key is blank": Case(2, front(TITLE, "title: ' '")),
    "a misspelt key": Case(3, front(TITLE, "titel: The winter timetable")),
    "a key in capitals": Case(3, front(DATE, "Date: 2031-03-09")),
    "an Arabic key": Case(3, front(TITLE, f"{TITLE}\nعنوان: x")),
    "a key twice": Case(4, front(DATE, f"{DATE}\ntitle: Again")),
    "a list for a text": Case(5, front(TITLE, "title: [The, timetable]")),
    "a mapping for a text": Case(5, front(TITLE, "title: {en: The timetable}")),
    "a text for a list": Case(5, front(TOPICS, "topics: timetable")),
    "a word for true": Case(5, front(DATE, f"{DATE}\ndraft: نعم")),
    # dates, languages, IDs
    "a month that does not exist": Case(7, front(DATE, "date: 2031-13-45")),
    "a day that does not exist": Case(7, front(DATE, "date: 2031-02-30")),
    "a date of two readings": Case(7, front(DATE, "date: 03/09/2031")),
    "a Hijri year": Case(7, front(DATE, "date: 1452-09-01")),
    "a year of no newspaper": Case(7, front(DATE, "date: 0031-03-09")),
    "Arabic digits in a date": Case(7, front(DATE, "date: ٢٠٣١-٠٣-٠٩")),
    "a file of another language": Case(8, {"content/pages/about.no.md": "---\ntitle: Om\n---\n"}),
    "a language no": Case(8, edit(RECORD, ("language: ar", "language: no"))),
    "a site in no": Case(8, edit(SETTINGS, ("[ar, en]", "[ar, en, no]"))),
    "an unknown article": Case(
        9,
        edit(
            BRIEFING,
            (SOURCES, f"sources: [{NOTICE}, 1111222233334445]"),
            (f"@{LETTER}", "@1111222233334445"),
        ),
    ),
    "an ID too short": Case(10, edit(BRIEFING, (f"@{LETTER}", "@111122223333444"))),
    "an ID too long": Case(10, edit(BRIEFING, (f"@{LETTER}", "@11112222333344445"))),
    "a letter g in an ID": Case(10, edit(BRIEFING, (f"@{LETTER}", "@111122223333444g"))),
    "capital letters in an ID": Case(
        10, edit(BRIEFING, (SOURCES, f"sources: [{NOTICE.upper()}, {LETTER}]"))
    ),
    "Arabic digits in an ID": Case(
        10, edit(BRIEFING, (SOURCES, f"sources: [{NOTICE}, ١١١١222233334444]"))
    ),
    "an invisible character in an ID": Case(
        11, edit(BRIEFING, (SOURCES, f"sources: [{NOTICE}\u200b, {LETTER}]"))
    ),
    "a Cyrillic letter in an ID": Case(11, edit(BRIEFING, (f"@{NOTICE}", "@0\u0430" + NOTICE[2:]))),
    "an Arabic comma in a list": Case(13, front(TOPICS, "topics: [timetable، fares]")),
    # what refers to what
    "a source listed twice": Case(14, front(SOURCES, f"sources: [{NOTICE}, {LETTER}, {NOTICE}]")),
    "a source cited and not listed": Case(14, front(SOURCES, f"sources: [{NOTICE}]")),
    "a source listed and not cited": Case(
        14, edit(BRIEFING, (CITED, f"[@{NOTICE}, ¶ 3]")), ("--strict",)
    ),
    "two records of one article": Case(15, edit(RECORD, (f'"{NOTICE}"', f'"{LETTER}"'))),
    "two names with one id": Case(
        15, {"content/names.yaml": NAMES.replace("id: quay", "id: harbour-board")}
    ),
    "a bad address in a record": Case(
        15, edit(RECORD, ("publisher: null", "publisher: null\nurl: ferry.example"))
    ),
    "a record without a label": Case(
        15, edit(RECORD, ("label: {ar: إعلان المواعيد, en: Notice of the timetable}\n", ""))
    ),
    "a record that cannot be read": Case(
        15, edit(RECORD, ("origins: [harbour-board]", "origins: [harbour-board"))
    ),
    "an unknown topic": Case(16, front(TOPICS, "topics: [timetabel]")),
    "a topic twice": Case(16, front(TOPICS, "topics: [timetable, timetable]")),
    "an untranslated topic": Case(16, {TOPIC: None}),
    # the text
    "raw HTML": Case(27, says("A <b>bold</b> ferry."), ("--strict",)),
    "an address that runs": Case(28, says("[a](javascript:alert(1))")),
    "an address with a page in it": Case(28, says("[a](data:text/html,x)")),
    "an address in memory": Case(28, says("[a](blob:https://ferry.example/1)")),
    "an address in a feed": Case(28, says("[a](feed:javascript:1)")),
    "an address without a scheme": Case(28, says("[a](//ferry.example/)")),
    "an address in disguise": Case(28, says("[a](&#74;ava&Tab;script&colon;alert(1))")),
    "a link to nothing": Case(35, says("[a](abuot.ar.md)")),
    "a link in the wrong case": Case(35, says("[a](About.ar.md)")),
    "a link to no heading": Case(35, says("[a](../briefings/winter.ar.md#crossing)")),
    "a link to no Arabic heading": Case(35, says("## من نحن\n\n[a](#%D9%85%D9%86-%D9%86%D8%AD)")),
    "three broken links": Case(35, says("[a](x.en.md) [b](y.en.md)\n[c](#z)")),
    "a link out of the folder": Case(36, says("[a](../../README.md)")),
    "a link from the root": Case(36, says("[a](/en/index.html)")),
    "a link with backslashes": Case(36, says("[a](..\\\\briefings\\\\winter.en.md)")),
    "a picture from the web": Case(36, says("![a](https://ferry.example/a.png)")),
    "a picture out of the folder": Case(36, says("![a](../../a.png)")),
    # templates
    "a slip in a template": Case(37, {"templates/page.html": "a\n{% if %}"}),
    "an undefined name": Case(37, {"templates/page.html": "{{ titel }}"}),
    "a template that is missing": Case(37, {"templates/page.html": "\n{% include 'gone.html' %}"}),
    "a template from above": Case(
        37, {"templates/page.html": "{% include '../content/site.yaml' %}"}
    ),
    "a template in itself": Case(37, {"templates/page.html": "{% include 'page.html' %}"}),
    # names and addresses
    "an address with ..": Case(38, alias("../../out")),
    "an absolute address": Case(38, alias("/etc/out")),
    "a drive": Case(38, alias("'C:out'")),
    "a null in an address": Case(38, alias('"a\\0b"')),
    "an encoded address": Case(38, alias("'%2e%2e/out'")),
    "a hidden address": Case(38, alias(".out")),
    "a name of Windows": Case(39, {"content/pages/con.en.md": FILES[ABOUT]}),
    "a picture with a name of Windows": Case(39, {"content/images/nul.png": ""}),
    "a name with a full stop at its end": Case(39, {"content/images/quay.png.": ""}),
    "a name with a space at its end": Case(39, {"content/images/quay.png ": ""}),
    "a static file with a name of Windows": Case(39, {"static/aux.svg": ""}),
    "a long name": Case(39, {f"content/pages/{'long-' * 24}name.en.md": FILES[ABOUT]}),
    "an old address that is in use": Case(40, alias("winter")),
    "two names that differ in case": Case(40, {"content/pages/About.en.md": FILES[ABOUT]}),
    "two names that differ in composition": Case(
        40, {"content/images/caf\u00e9.png": "", "content/images/cafe\u0301.png": ""}
    ),
    "a page in the place of the home page": Case(40, {"content/pages/index.en.md": FILES[ABOUT]}),
    "a static file in the place of the theme": Case(40, {"static/css/theme.css": ""}),
    "two static files that differ in case": Case(40, {"static/a.svg": "", "static/A.svg": ""}),
}
