"""Tests of ``mujaz.locale``: messages, plural forms, numbers, dates and lists in two languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment
from markupsafe import Markup

from mujaz.dates import parse_edtf
from mujaz.locale import Locale, make_locale

CATALOGUES = Path(__file__).parents[1] / "templates" / "locale"
SIX = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5);"
)
COUNTED = """
msgid "%(num)s article"
msgid_plural "%(num)s articles"
msgstr[0] "لا مقالات"
msgstr[1] "مقال واحد"
msgstr[2] "مقالان"
msgstr[3] "%(num)s مقالات"
msgstr[4] "%(num)s مقالا"
msgstr[5] "%(num)s مقال"
"""
ENGLISH = """
msgid "%(num)s article"
msgid_plural "%(num)s articles"
msgstr[0] "one article"
msgstr[1] "%(num)s articles"
"""

WriteCatalogue = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> WriteCatalogue:
    """Return a function that writes a catalogue with the header of a language."""

    def written(name: str, body: str, plural: str = SIX) -> Path:
        header = f'"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {plural}\\n"\n'
        path = tmp_path / name
        path.write_text(f'msgid ""\nmsgstr ""\n{header}{body}', encoding="utf-8")
        return path

    return written


def of(language: str, months: str = "gregorian", digits: str = "latn") -> Locale:
    """Return a locale with the catalogue that mujaz ships."""
    return make_locale(language, [CATALOGUES / f"{language}.po"], months, digits)


# --- messages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "٣ مقالات"),
        (10, "١٠ مقالات"),
        (11, "١١ مقالا"),
        (99, "٩٩ مقالا"),
        (100, "١٠٠ مقال"),
        (101, "١٠١ مقال"),
        (102, "١٠٢ مقال"),
        (103, "١٠٣ مقالات"),
        (111, "١١١ مقالا"),
        (12_345, "١٢٬٣٤٥ مقالا"),
    ],
)
def test_arabic_has_six_plural_forms(write: WriteCatalogue, n: int, words: str) -> None:
    """CLDR's categories zero to other are chosen by number, which one and two do not print."""
    locale = make_locale("ar", [write("ar.po", COUNTED)], digits="arab")
    message = locale.ngettext("%(num)s article", "%(num)s articles", n)
    assert message % {"num": locale.number(n)} == words


@pytest.mark.parametrize(("n", "words"), [(0, "0 articles"), (1, "one article"), (2, "2 articles")])
def test_english_has_two_plural_forms(write: WriteCatalogue, n: int, words: str) -> None:
    """Only one is singular."""
    locale = make_locale("en", [write("en.po", ENGLISH, "nplurals=2; plural=(n != 1);")])
    message = locale.ngettext("%(num)s article", "%(num)s articles", n)
    assert message % {"num": locale.number(n)} == words


def test_jinja_takes_the_four_callables(write: WriteCatalogue) -> None:
    """Newstyle gettext in a template finds messages, contexts and plurals, and escapes values."""
    body = COUNTED + (
        '\nmsgid "Hello %(who)s"\nmsgstr "أهلا %(who)s"\n'
        '\nmsgctxt "verb"\nmsgid "Order"\nmsgstr "رتّب"\n'
    )
    locale = make_locale("ar", [write("ar.po", body)], digits="arab")
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        locale.gettext,
        locale.ngettext,
        newstyle=True,
        pgettext=locale.pgettext,
        npgettext=locale.npgettext,
    )
    template = environment.from_string(
        "{{ _('Hello %(who)s', who='<b>') }}|{{ pgettext('verb', 'Order') }}|"
        "{{ ngettext('%(num)s article', '%(num)s articles', n, num=number(n)) }}|"
        "{{ npgettext('none', 'one', 'many', 2) }}"
    )
    assert template.render(n=5, number=locale.number) == "أهلا &lt;b&gt;|رتّب|٥ مقالات|many"


def test_a_later_catalogue_overrides_single_messages(write: WriteCatalogue) -> None:
    """Translated messages of a later file win one by one; empty and fuzzy ones do not."""
    first = write("1.po", '\nmsgid "A"\nmsgstr "أ"\n\nmsgid "B"\nmsgstr "ب"\n' + COUNTED)
    later = write(
        "2.po",
        '\nmsgid "A"\nmsgstr "ألف"\n\nmsgid "B"\nmsgstr ""\n\nmsgid "C"\nmsgstr "ج"\n'
        + COUNTED.replace("مقال واحد", "مقالة"),
    )
    fuzzy = write("3.po", '\n#, fuzzy\nmsgid "A"\nmsgstr "خطأ"\n')
    locale = make_locale("ar", [first, later, fuzzy])
    assert [locale.gettext(text) for text in "ABCD"] == ["ألف", "ب", "ج", "D"]
    assert locale.ngettext("%(num)s article", "%(num)s articles", 1) == "مقالة"
    assert locale.ngettext("%(num)s article", "%(num)s articles", 2) == "مقالان"


def test_without_catalogues_messages_stand_for_themselves() -> None:
    """A locale without files answers with the English message."""
    assert make_locale("en", []).gettext("Sources") == "Sources"


@pytest.mark.parametrize(
    ("body", "plural", "reason"),
    [
        ('\nmsgid "%(a)s"\nmsgstr "%(b)s"\n', SIX, "does not fit '%(a)s'"),
        ('\nmsgid "half"\nmsgstr "50 % من"\n', SIX, "does not fit 'half'"),
        (COUNTED.replace('"مقالان"', '""'), SIX, "has an empty plural form"),
        (ENGLISH, "nplurals=2; plural=(n != 1);", "must have Plural-Forms: nplurals=6"),
        ('\nmsgid "A\nmsgstr "B"\n', SIX, "not a line of a .po file"),
    ],
)
def test_an_unusable_catalogue_is_refused_by_name(
    write: WriteCatalogue, body: str, plural: str, reason: str
) -> None:
    """A wrong placeholder, a bare %, a missing form, another rule, bad syntax: each is told."""
    files = [write("good.po", COUNTED), write("bad.po", body, plural)]
    with pytest.raises(ValueError, match=r"bad\.po") as caught:
        make_locale("ar", files)
    assert reason in str(caught.value)


def test_the_shipped_catalogues_are_complete_and_alike() -> None:
    """Both catalogues load and translate the same messages, none fuzzy; English to itself."""
    ids = {}
    for language in ("ar", "en"):
        with (CATALOGUES / f"{language}.po").open("rb") as file:
            messages = [m for m in read_po(file, locale=language, abort_invalid=True) if m.id]
        assert all(message.string and not message.fuzzy for message in messages)
        ids[language] = {(message.context, message.id) for message in messages}
        assert of(language).language == language
        if language == "en":
            assert all(message.string == message.id for message in messages)
    assert ids["ar"] == ids["en"]


# --- numbers and lists -----------------------------------------------------------------------


def test_numbers_are_grouped_from_ten_thousand() -> None:
    """Years and small counts stay whole; separators and digits follow the number system."""
    numbers = [0, 1234, 9_999, 10_000, 1_234_567]
    latin = ["0", "1234", "9999", "10,000", "1,234,567"]
    assert [of("en").number(n) for n in numbers] == latin
    assert [of("ar").number(n) for n in numbers] == latin
    arabic = of("ar", digits="arab")
    assert [arabic.number(n) for n in numbers] == ["٠", "١٢٣٤", "٩٩٩٩", "١٠٬٠٠٠", "١٬٢٣٤٬٥٦٧"]
    assert arabic.digits("الصفحة 3") == "الصفحة ٣"


def test_lists_follow_the_language() -> None:
    """Arabic attaches و to every item, English has no comma before "and"."""
    english, arabic = of("en"), of("ar")
    assert [english.list(list("abcd")[:n]) for n in range(5)] == [
        "",
        "a",
        "a and b",
        "a, b and c",
        "a, b, c and d",
    ]
    assert arabic.list(["مينا", "سامي"]) == "مينا وسامي"
    assert arabic.list(["مينا", "سامي", "{0}"]) == "مينا وسامي و{0}"


def test_markup_lists_escape_plain_items_only() -> None:
    """Markup stays markup, plain strings are escaped, the result is Markup."""
    items = [Markup("<bdi>A</bdi>"), "<b>", "c & d"]
    joined = of("en").markup_list(items)
    assert isinstance(joined, Markup)
    assert joined == "<bdi>A</bdi>, &lt;b&gt; and c &amp; d"
    assert of("ar").markup_list(["<"]) == "&lt;"
    assert of("ar").markup_list([]) == ""


# --- dates -----------------------------------------------------------------------------------

MONTHS = {
    "gregorian": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "levantine": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول"
    " تشرين_الثاني كانون_الأول",
    "maghreb": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "dual": "يناير/_كانون_الثاني فبراير/_شباط مارس/_آذار أبريل/_نيسان مايو/_أيار يونيو/_حزيران"
    " يوليو/_تموز أغسطس/_آب سبتمبر/_أيلول أكتوبر/_تشرين_الأول نوفمبر/_تشرين_الثاني"
    " ديسمبر/_كانون_الأول",
}


@pytest.mark.parametrize("policy", MONTHS)
def test_arabic_months_have_four_policies(policy: str) -> None:
    """Each policy has its own twelve names."""
    names = [of("ar", policy).month(number) for number in range(1, 13)]
    assert names == [name.replace("_", " ") for name in MONTHS[policy].split(" ")]


def test_unknown_settings_are_refused() -> None:
    """A policy or number system that does not exist for the language raises."""
    for months in ("levantine", "hijri"):
        with pytest.raises(ValueError, match="no month names"):
            of("en", months)
    with pytest.raises(ValueError, match="no month names"):
        of("ar", "hijri")
    with pytest.raises(ValueError, match="no number system"):
        of("ar", digits="deva")


def test_dates_are_written_in_words() -> None:
    """Day, name of the month, year; never digits alone."""
    day = dt.date(2026, 11, 22)
    assert of("ar").date(day) == "22 نوفمبر 2026"
    assert of("en").date(day) == "22 November 2026"
    assert of("ar", "levantine", "arab").date(day) == "٢٢ تشرين الثاني ٢٠٢٦"
    assert of("ar").month_year(day) == "نوفمبر 2026"
    assert of("en").month_year(day) == "November 2026"


@pytest.mark.parametrize(
    ("text", "arabic", "english"),
    [
        ("2025", "2025، من دون تحديد اليوم", "2025, exact day unknown"),
        ("2025-XX", "2025، من دون تحديد اليوم", "2025, exact day unknown"),
        ("2025-11", "نوفمبر 2025", "November 2025"),
        ("2025-11-XX", "نوفمبر 2025، من دون تحديد اليوم", "November 2025, exact day unknown"),
        ("2025-11-26", "26 نوفمبر 2025", "26 November 2025"),
        ("202X", "بين 2020 و2029", "between 2020 and 2029"),
        ("202X~", "بين نحو 2020 ونحو 2029", "between about 2020 and about 2029"),
        ("2025~", "نحو 2025", "about 2025"),
        ("2025-12?", "ديسمبر 2025 (غير مؤكد)", "December 2025 (uncertain)"),
        ("2025-12%", "نحو ديسمبر 2025 (غير مؤكد)", "about December 2025 (uncertain)"),
        ("2025-11/2025-12", "بين نوفمبر وديسمبر 2025", "between November and December 2025"),
        (
            "2024-11/2025-01",
            "بين نوفمبر 2024 ويناير 2025",
            "between November 2024 and January 2025",
        ),
        ("2025-10-01/2025-10-05", "بين 1 و5 أكتوبر 2025", "between 1 and 5 October 2025"),
        (
            "2025-09-28/2025-10-05",
            "بين 28 سبتمبر و5 أكتوبر 2025",
            "between 28 September and 5 October 2025",
        ),
        ("2024/2025~", "بين 2024 ونحو 2025", "between 2024 and about 2025"),
        (
            "2025-11~/2025-12",
            "بين نحو نوفمبر 2025 وديسمبر 2025",
            "between about November 2025 and December 2025",
        ),
        ("2025-11/2025-11", "نوفمبر 2025", "November 2025"),
        ("2025-10-01/..", "في 1 أكتوبر 2025 أو بعده", "not before 1 October 2025"),
        ("../2025", "في 2025 أو قبله", "not after 2025"),
    ],
)
def test_edtf_in_words_claims_no_more_than_it_states(text: str, arabic: str, english: str) -> None:
    """An interval bounds an unknown date; qualifiers and missing days are said."""
    assert of("ar").edtf(parse_edtf(text)) == arabic
    assert of("en").edtf(parse_edtf(text)) == english


@pytest.mark.parametrize(
    ("text", "arabic", "english"),
    [
        ("2025-11/2025-12", "من نوفمبر إلى ديسمبر 2025", "from November to December 2025"),
        ("2025-10-01/..", "منذ 1 أكتوبر 2025", "since 1 October 2025"),
        ("../2025", "حتى 2025", "until 2025"),
    ],
)
def test_edtf_spans_cover_their_days(text: str, arabic: str, english: str) -> None:
    """A record that declares a span gets the words of a span."""
    assert of("ar").edtf(parse_edtf(text), span=True) == arabic
    assert of("en").edtf(parse_edtf(text), span=True) == english


def test_edtf_uses_the_digits_and_months_of_the_site() -> None:
    """Words about dates follow the same settings as dates."""
    locale = of("ar", "dual", "arab")
    assert locale.edtf(parse_edtf("2025-01-05")) == "٥ يناير/ كانون الثاني ٢٠٢٥"
