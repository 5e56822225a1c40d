"""Tests of ``mujaz.sentences``: where a reader ends them, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.sentences import sentences

WORDS = st.text(
    alphabet=st.sampled_from("ابتأإئةىءلمنوي ـَُّ،.؟!…«»”()[]abcZ019٣۴\u200c\u200f\u2067\u2069\n")
)
ANY = st.text() | WORDS


@pytest.mark.parametrize(
    "parts",
    [
        ["وصل الوفد صباحا.", "هل عاد؟", "نعم!", "انتهى الأمر…", "ثم بدأ؛ وتابع."],
        ["بلغت النسبة 9.5 في المئة.", "وقال د. سامي وم. عمر ذلك.", "أضاف أ.د. كريم شيئا."],
        ["«لن نرحل!»", "ثم صمت.", "قال: «انتهى الأمر.»", "وغادر (أخيرا.)", "تم."],
        ["عقد الاجتماع سنة 1990 م.", "ثم تأجل."],
        ["قرأ «بدأنا […] وانتهينا» ثم مضى.", "تم."],
        ["The U.S. Treasury agreed.", "Mr. Roe met J. K. Doe at 9.5 p.m. on Nov. 5.", "He left."],
        ["They met in the U.S.", "The talks failed."],
        ["He said no.", "No. 5 was first, e.g. this; see p. 12.", "Done"],
        ["“Stop!” he said.", "“Go away.”", "He waited... then left.", "Well…", "Gone."],
        ["1. هذه المقدمة.", "2. هذه الخاتمة."],
        ["On 26.11.2025 version 2.0.1 came.", "See example.org. today or later."],
        ["نص أول.[1]", "نص ثان.\u200f", "نص ثالث"],
        ["...", "نعم."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    """Marks end a sentence, numbers, abbreviations, initials, gaps and list numbers do not."""
    text = "  ".join(parts)
    expected = ["...  نعم."] if parts[0] == "..." else parts
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_sentences_end_at_an_empty_line() -> None:
    """A heading without a full stop is not run into the paragraph that follows it."""
    text = "عنوان الفقرة\n \nالنص هنا\nيستمر. تم"
    found = [text[start:end] for start, end in sentences(text)]
    assert found == ["عنوان الفقرة", "النص هنا\nيستمر.", "تم"]


@given(ANY)
def test_sentences_cover_everything_in_order(text: str) -> None:
    """Every character but space stands in exactly one span, and no span is empty or padded."""
    spans = sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
