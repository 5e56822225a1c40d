"""The templates as text: what none of them may contain, and that every word can be translated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from mujaz.model import Language
from tests.site_factory import ROOT, make_locales

TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
NAMES = [each.name for each in TEMPLATES]
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
TRANS = re.compile(r"\{%-? trans .*?endtrans -?%\}|\{%-? trans -?%\}.*?endtrans -?%\}", re.DOTALL)
POLICY = '{% include "_policy.html" without context %}'
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
DATES = "date"
"""The context of the messages that ``mujaz/locale.py`` looks up by variable."""


def text(name: str) -> str:
    """Return a template as it is written."""
    return (ROOT / "templates" / name).read_text(encoding="utf-8")


def mistakes(template: str) -> list[str]:
    """Return what a template contains that none may contain."""
    bare = re.sub(r'"[^"]*"', '""', JINJA.sub("x", template))
    rules = {
        "an unquoted attribute": re.search(r"<[a-z][^>]*\s[a-z-]+=(?!\")[^>]*>", bare),
        "the filter safe": re.search(r"\|\s*safe\b", template),
        "autoescape": re.search(r"\bautoescape\b", template),
        "an inline script": re.search(
            r"<script(?! type=\"application/ld\+json\"| src=\"{{ frame.script }}\"></script>)",
            template,
        ),
        "an inline style": re.search(r"<style|\sstyle=", template),
        "a handler": re.search(r"\son[a-z]+=", template),
        "the filter xmlattr": re.search(r"\|\s*xmlattr\b", template),
        "a head without the policy": re.search(rf"<head>(?!\n{re.escape(POLICY)}\n)", template),
        "a link to elsewhere": re.search(r"(?:href|src)=\"(?:[a-z]+:|//)", template),
        "a text arrow": re.search("[\u2190-\u21ff\u2794-\u27bf\u2b05-\u2b0d]", template),
        "an automatic direction": re.search(r"dir=[\"']auto", template),
        "Arabic words": re.search(r"[\u0600-\u06ff]", template),
    }
    return [name for name, found in rules.items() if found]


def loose_words(template: str) -> list[str]:
    """Return the words that a reader would see and that no catalogue knows."""
    bare = JINJA.sub(" ", TRANS.sub(" ", template))
    shown = re.sub(r"<[^>]*>", " ", bare)
    attributes = re.findall(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"", bare)
    return re.findall(r"[A-Za-z]{2,}", " ".join([shown, *attributes]))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_clean(name: str) -> None:
    """Attributes are quoted, nothing is inline, nothing is called safe, no arrow, no dir=auto."""
    assert mistakes(text(name)) == []


@pytest.mark.parametrize(
    "fault",
    [
        "<a href={{ x }}>",
        "<p class=note>",
        "{{ x | safe }}",
        "{% autoescape false %}",
        "<script>x</script>",
        '<p style="color:red">',
        "<style>",
        '<a onclick="x">',
        "<a {{ x | xmlattr }}>",
        "<head>\n<title>x</title>",
        f"<head>\n<title>x</title>\n{POLICY}\n",
        '<link href="https://ferry.example/site.css">',
        '<img src="//ferry.example/a.png">',
        "<p>→</p>",
        '<p dir="auto">',
        "<p>كلمة</p>",
    ],
)
def test_each_mistake_would_be_seen(fault: str) -> None:
    """The rules above find what they are for."""
    assert mistakes(fault)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_template_comes_from_the_catalogues(name: str) -> None:
    """No word of the interface is written into a template; Atom is a name."""
    assert [each for each in loose_words(text(name)) if each != "Atom"] == []


def test_a_loose_word_would_be_seen() -> None:
    """The rule above finds words in text and in attributes, and not in translated ones."""
    assert loose_words('<p title="Hello">There {% trans %}not this{% endtrans %}</p>') == [
        "There",
        "Hello",
    ]


# --- the catalogues ---


def used_messages() -> set[tuple[str | None, str | tuple[str, ...]]]:
    """Return every message that templates and program ask for: context and msgid(s)."""
    found: set[tuple[str | None, str | tuple[str, ...]]] = set()
    options = {"trimmed": "true", "extensions": "jinja2.ext.i18n"}
    for path in TEMPLATES:
        with path.open("rb") as file:
            for _, message, _, context in extract(
                "jinja2.ext:babel_extract", file, options=options
            ):
                found.add((context, message))
    for path in sorted((ROOT / "mujaz").rglob("*.py")):
        with path.open("rb") as file:
            for _, message, _, context in extract("python", file, keywords=KEYWORDS):
                found.add((context, message))
    return {each for each in found if each[1]}


def catalogue(path: Path) -> Catalog:
    """Return a catalogue as it is written."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


@pytest.mark.parametrize("language", list(Language))
def test_every_message_is_translated_and_none_is_stale(language: Language) -> None:
    """Both catalogues hold exactly the messages in use, each with all its plural forms."""
    messages = catalogue(ROOT / "templates" / "locale" / f"{language}.po")
    used = {(context, one_or_more(message)) for context, message in used_messages()}
    known = {(each.context, one_or_more(each.id)) for each in messages if each.id}
    assert {each for each in used if each[0] != DATES} - known == set()
    assert {each for each in known if each[0] != DATES} - used == set()
    for each in messages:
        if each.id:
            forms = one_or_more(each.string, most=6)
            assert all(forms), each.id
            assert len(forms) == (messages.num_plurals if each.pluralizable else 1)
            assert not each.fuzzy


def one_or_more(message: Sequence[str] | None, most: int = 2) -> tuple[str, ...]:
    """Return a message as its forms: a msgid and its plural, or the forms of a translation."""
    return (message,) if isinstance(message, str) else tuple(message or ())[:most]


@pytest.mark.parametrize("language", list(Language))
def test_translations_use_the_values_of_their_messages(language: Language) -> None:
    """A translation names no value that its message does not have, and leaves none out."""
    for each in catalogue(ROOT / "templates" / "locale" / f"{language}.po"):
        if not each.id:
            continue
        wanted = set(re.findall(r"%\((\w+)\)s", " ".join(one_or_more(each.id))))
        forms = one_or_more(each.string, most=6)
        for form in forms:
            given = set(re.findall(r"%\((\w+)\)s", form))
            assert given <= wanted, each.id
            assert given == wanted or each.pluralizable, each.id


def test_english_is_its_own_translation() -> None:
    """The English catalogue says what the messages say."""
    for each in catalogue(ROOT / "templates" / "locale" / "en.po"):
        if each.id and not each.context:
            assert one_or_more(each.id) == one_or_more(each.string)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالًا"),
        (99, "99 مقالًا"),
        (100, "100 مقال"),
        (103, "103 مقالات"),
    ],
)
def test_arabic_counts_as_arabic_does(n: int, words: str) -> None:
    """All six plural forms are used."""
    found = make_locales()[Language.AR].ngettext("%(number)s article", "%(number)s articles", n)
    assert found % {"number": n} == words
