"""Tests of ``mujaz.text``: folding, order, direction, identifiers, suggestions."""

from __future__ import annotations

import time
import unicodedata
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mujaz.text import (
    LRM,
    RLM,
    ascii_digits,
    base_direction,
    first_strong,
    fold,
    heading_id,
    nearest,
    plain_title,
    printable,
    sort_key,
    strip_controls,
    to_digits,
)

WORDS = st.text(
    alphabet=st.sampled_from("ابتأإئةىءلمنوي ـَُّ،.؟!…«»”()[]abcZ019٣۴\u200c\u200f\u2067\u2069\n")
)
ANY = st.text() | WORDS


# --- invisible characters and digits ---------------------------------------------------------


def test_strip_controls_removes_what_cannot_be_seen() -> None:
    """Bidi controls, zero-width characters and the soft hyphen go; visible letters stay."""
    assert strip_controls("a\u200fb\u2067c\u2069\u200b\u200c\ufeffd\u00ade\u061c") == "abcde"
    assert strip_controls("مُحَمَّد") == "مُحَمَّد"


def test_printable_shows_every_hidden_character() -> None:
    """Controls, overrides, separators, tab and line feed are shown as code points."""
    assert printable("a\u202eb\tc\nd\u2028e\ud800") == (
        "a<U+202E>b<U+0009>c<U+000A>d<U+2028>e<U+D800>"
    )
    assert printable("نصّ عربي، and words") == "نصّ عربي، and words"


@given(ANY)
def test_printable_leaves_nothing_hidden(text: str) -> None:
    """No character of the categories Cc, Cf, Cs, Zl and Zp is left in a message."""
    kinds = {unicodedata.category(c) for c in printable(text)}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


def test_digits_go_to_one_system() -> None:
    """ASCII, Arabic-Indic and Persian digits all become those of the system asked for."""
    assert ascii_digits("٢٠٢٥ و۱۲ و7") == "2025 و12 و7"
    assert to_digits("12 من ٣٤، 5.6%", "arab") == "١٢ من ٣٤، ٥.٦%"
    assert to_digits("12 من ٣٤", "latn") == "12 من 34"
    with pytest.raises(ValueError, match="latn or arab"):
        to_digits("1", "thai")


# --- folding and order -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("الإِصْلاحُ", "الاصلاح"),
        ("آخر أمّة ٱسم", "اخر امه اسم"),
        ("مـــوجز", "موجز"),
        ("مستشفى", "مستشفي"),
        ("ﷲ ﻻ", "الله لا"),
        ("ایران وکرمان", "ايران وكرمان"),
        ("٢٠٢٥ ۱۴", "2025 14"),
        ("NATO\u200f STRASSE straße", "nato strasse strasse"),
    ],
)
def test_fold_makes_spellings_alike(text: str, folded: str) -> None:
    """Harakat, tatweel, hamza on alef, presentation forms, Persian letters and case fold."""
    assert fold(text) == folded


@given(ANY)
def test_fold_is_idempotent(text: str) -> None:
    """Folding a folded text changes nothing, so index and query meet."""
    assert fold(fold(text)) == fold(text)


def test_sort_key_orders_as_a_dictionary() -> None:
    """The article, hamza, harakat, tatweel, case and quotes do not move a word."""
    expected = [
        "9 أيام",
        "10 أيام",
        "Élan",
        "nadir",
        "Zenith",
        "الاتحاد",
        "آسيا",
        "التزام",
        "الله",
        "ألمانيا",
        "إيران",
        "«البوتاس»",
        "پولندا",
        "بيلاروس",
        "التزامن",
        "روسيا",
        "العقـــوبات",
        "وارسو",
    ]
    assert sorted([*expected[::-2], *expected[::2]], key=sort_key) == expected


@pytest.mark.parametrize(
    "word", ["ألمانيا", "البانيا", "الله", "التزامات", "التقى", "التحاقهم", "إلهام"]
)
def test_sort_key_keeps_letters_that_are_no_article(word: str) -> None:
    """A word in which ال is part of the word is filed under its alef."""
    assert sort_key(word)[0].startswith("ا")


@pytest.mark.parametrize(
    "word", ["العمل", "الأمن", "التزامن", "التقاطع", "ٱلسلام", "الـEU", "التفسير"]
)
def test_sort_key_drops_the_article(word: str) -> None:
    """A word with the article is filed under the letter after it."""
    assert not sort_key(word)[0].startswith("ال")


@given(st.sets(ANY, max_size=8))
def test_sort_key_is_total(texts: set[str]) -> None:
    """Two texts never have one key, so an order never depends on the order of input."""
    assert len({sort_key(text) for text in texts}) == len(texts)


# --- direction -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("NATO", "ltr"),
        ("2025: نص", "rtl"),
        ("12 %", None),
        ("\u2067نص\u2069 text", "ltr"),
        ("\u2068نص text", None),
        ("\u2069نص", "rtl"),
        (RLM + "NATO", "rtl"),
    ],
)
def test_first_strong_follows_uax9_p2(text: str, direction: str | None) -> None:
    """The first strong character decides, isolates are skipped, an open one to the end."""
    assert first_strong(text) == direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("NATO توسّع انتشارها شرقا", "rtl"),
        ("EU: العقوبات باقية", "rtl"),
        ("Alpha Beta Gamma: اتفاق جديد", "rtl"),
        ("https://example.org/a/b/c نص", "rtl"),
        ("“السلام” is a word of greeting", "ltr"),
        ("One two three أربعة", "ltr"),
        ("2025 52%", "ltr"),
        ("", "ltr"),
        ("\u2067NATO\u2069", "rtl"),
        ("\u2066نص\u2069", "ltr"),
        ("\u2066EU\u2069 تدرس \u2066US\u2069 توافق غدا", "rtl"),
    ],
)
def test_base_direction_counts_words(text: str, direction: str) -> None:
    """Two words in five are enough for rtl; addresses and numbers do not vote."""
    assert base_direction(text) == direction


@given(ANY.filter(bool), st.sampled_from(["rtl", "ltr"]))
def test_plain_title_is_read_in_its_direction(title: str, direction: str) -> None:
    """First-strong detection of the result finds the declared direction; one mark is all we add."""
    result = plain_title(title, direction)
    assert (first_strong(result) or "ltr") == direction
    assert result in {title, RLM + title, LRM + title}
    assert plain_title(result, direction) == result


def test_plain_title_adds_a_mark_only_where_needed() -> None:
    """A title that begins in its own direction stays as it is, and an empty one too."""
    assert plain_title("NATO توسّع انتشارها", "rtl") == RLM + "NATO توسّع انتشارها"
    assert plain_title("السلام، a word", "ltr") == LRM + "السلام، a word"
    assert plain_title("قمة NATO", "rtl") == "قمة NATO"
    assert plain_title("", "rtl") == ""


# --- identifiers and suggestions -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("العلاقات مع الجوار", "العلاقات-مع-الجوار"),
        ("تغيّر المُناخ: أسبابُه؟", "تغير-المناخ-أسبابه"),
        ("می\u200cخواهم", "می-خواهم"),
        ("مـــوجز \u200fNATO (2025)", "موجز-nato-2025"),
        ("A  --  B_c", "a-b-c"),
        ("E\u0301te\u0301", "été"),
        ("٣ أسباب", "٣-أسباب"),
        ("؟!", ""),
    ],
)
def test_heading_id_keeps_letters_and_digits(text: str, expected: str) -> None:
    """Marks and invisible characters go, everything between words is one hyphen."""
    assert heading_id(text) == expected


@given(ANY)
@example("i\u0307")
def test_heading_id_is_clean_and_stable(text: str) -> None:
    """An id is NFC, made of letters, digits and inner hyphens, and is its own id."""
    made = heading_id(text)
    assert unicodedata.is_normalized("NFC", made)
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert all(c == "-" or c.isalnum() or unicodedata.category(c) == "Mc" for c in made)
    assert heading_id(made) == made
    assert heading_id(unicodedata.normalize("NFD", text)) == made


IDS = [sha256(str(n).encode()).hexdigest()[:16] for n in range(10_000)]


@pytest.mark.parametrize(
    "wrong",
    [
        IDS[9000][:5] + "_" + IDS[9000][6:],
        IDS[9000][:-1],
        IDS[9000] + "0",
        IDS[9000][1] + IDS[9000][0] + IDS[9000][2:],
        IDS[9000][:3] + IDS[9000][4:-1],
        IDS[9000].upper(),
    ],
)
def test_nearest_finds_a_mistyped_id(wrong: str) -> None:
    """A wrong, missing, extra, swapped or capital character in 10,000 ids is found quickly."""
    began = time.perf_counter()
    assert nearest(wrong, IDS) == IDS[9000]
    assert time.perf_counter() - began < 0.2


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tilte", "title"),
        ("sumary", "summary"),
        ("Date", "date"),
        ("source", "sources"),
        ("auther", "authors"),
        ("dаte", "date"),  # with a Cyrillic а
        ("عقوبه", "عقوبة"),
        ("أسري", "اسرى"),
        ("tags", None),
        ("name", None),
        ("xy", None),
        ("", None),
    ],
)
def test_nearest_suggests_only_what_is_near(word: str, expected: str | None) -> None:
    """Typing errors and look-alikes get a suggestion, other words none."""
    keys = ["title", "date", "summary", "topics", "sources", "authors", "ab", "عقوبة", "اسرى"]
    assert nearest(word, keys) == expected


def test_nearest_prefers_fewer_edits_then_the_first() -> None:
    """The smallest distance wins, order decides between equals, and ``limit`` may be given."""
    assert nearest("border", ["bordxx", "borders", "bordet"]) == "borders"
    assert nearest("cat", ["bat", "hat"]) == "bat"
    assert nearest("cat", ["bat"], limit=0) is None
    assert nearest("corrections", ["correction-log"], limit=5) == "correction-log"


EDITS = st.lists(st.sampled_from(["drop", "add", "change"]), max_size=2) | st.just(["swap"])


@given(st.text("abc", min_size=6, max_size=12), EDITS, st.data())
def test_nearest_filter_loses_nothing(word: str, edits: list[str], data: st.DataObject) -> None:
    """A word with two wrong, missing or extra characters or a swap is always found again."""
    wrong = word
    for edit in edits:
        at = data.draw(st.integers(0, len(wrong) - 2))
        here, after = wrong[at], wrong[at + 1]
        middle = {
            "drop": after,
            "add": "x" + here + after,
            "change": "x" + after,
            "swap": after + here,
        }[edit]
        wrong = wrong[:at] + middle + wrong[at + 2 :]
    assert nearest(wrong, [word], limit=2) == word
