"""Tests of ``mujaz.dates``: strict dates, EDTF level 1 values, their bounds and order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.dates import Edtf, Precision, parse_date, parse_edtf

D, M, Y = Precision.DAY, Precision.MONTH, Precision.YEAR


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_comes_back_as_written(day: date) -> None:
    """Every ISO date of the years 1900 to 2100 is taken, as a date and as an EDTF value."""
    assert parse_date(day.isoformat()) == day
    value = parse_edtf(day.isoformat())
    assert (value.start, value.end, value.precision) == (day, day, (D, D))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2025-02-30", "“2025-02-30” does not exist: 2025-02 has 28 days; correct the day"),
        ("2025-13-01", "“2025-13-01” does not exist: there is no month 13; write YYYY-MM-DD"),
        ("1447-05-02", "“1447-05-02”: 1447 looks like a Hijri year; write the Gregorian date"),
        ("1899-12-31", "“1899-12-31” is not between 1900 and 2100; check the year"),
        ("2101-01-01", "“2101-01-01” is not between 1900 and 2100; check the year"),
        ("26/11/2025", "“26/11/2025” is not a date; write YYYY-MM-DD, as in 2025-11-26"),
        ("2025/11/26", "“2025/11/26” is not written as dates are; write 2025-11-26"),
        ("2025–11–26", "“2025–11–26” is not written as dates are; write 2025-11-26"),
        ("2025-2-3", "“2025-2-3” is not written as dates are; write 2025-02-03"),
        ("٢٠٢٥-١١-٢٦", "“٢٠٢٥-١١-٢٦” is not written as dates are; write 2025-11-26"),
        ("۲۰۲۵/۱۱/۲۶", "“۲۰۲۵/۱۱/۲۶” is not written as dates are; write 2025-11-26"),
        ("١٤٤٧-٠٥-٠٢", "“1447-05-02”: 1447 looks like a Hijri year; write the Gregorian date"),
        ("2025-11-26T08:00Z", "“2025-11-26T08:00Z” is not written as dates are; write 2025-11-26"),
        ("\u200f2025-11-26", "“<U+200F>2025-11-26” is not written as dates are; write 2025-11-26"),
        ("2025-11", "“2025-11” is not a date; write YYYY-MM-DD, as in 2025-11-26"),
        ("26 نوفمبر 2025", "“26 نوفمبر 2025” is not a date; write YYYY-MM-DD, as in 2025-11-26"),
        ("", "“” is not a date; write YYYY-MM-DD, as in 2025-11-26"),
    ],
)
def test_a_bad_date_says_what_to_write(text: str, sentence: str) -> None:
    """Each mistake has one plain sentence with its reason and a way out."""
    with pytest.raises(ValueError, match=r"write|has|check|leave") as caught:
        parse_date(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2025", "2025-01-01", "2025-12-31", (Y, Y)),
        ("2024-02", "2024-02-01", "2024-02-29", (M, M)),
        ("2025-11-26", "2025-11-26", "2025-11-26", (D, D)),
        ("2025-XX", "2025-01-01", "2025-12-31", (Y, Y)),
        ("2025-XX-XX", "2025-01-01", "2025-12-31", (Y, Y)),
        ("2025-11-XX", "2025-11-01", "2025-11-30", (M, M)),
        ("202X", "2020-01-01", "2029-12-31", (Precision.DECADE, Precision.DECADE)),
        ("20XX", "2000-01-01", "2099-12-31", (Precision.CENTURY, Precision.CENTURY)),
        ("2025-11/2025-12", "2025-11-01", "2025-12-31", (M, M)),
        ("2025-11-26/2025-11", "2025-11-26", "2025-11-30", (D, M)),
        ("2025-10-01/..", "2025-10-01", None, (D, None)),
        ("2025-10-01/", "2025-10-01", None, (D, None)),
        ("../2025", None, "2025-12-31", (None, Y)),
        ("/2025", None, "2025-12-31", (None, Y)),
    ],
)
def test_edtf_gives_bounds_and_precision(
    text: str,
    start: str | None,
    end: str | None,
    precision: tuple[Precision | None, Precision | None],
) -> None:
    """The bounds are the first and last day the value can mean; an open side has none."""
    value = parse_edtf(text)
    assert value.start == (date.fromisoformat(start) if start else None)
    assert value.end == (date.fromisoformat(end) if end else None)
    assert value.precision == precision
    assert value.text == text
    assert value.is_interval == ("/" in text)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2025-12", False, False),
        ("2025-12~", True, False),
        ("2025-12?", False, True),
        ("2025-12%", True, True),
        ("202X?", False, True),
        ("2025-11~/2025-12?", True, True),
        ("../2025~", True, False),
    ],
)
def test_edtf_qualifiers(text: str, *, approximate: bool, uncertain: bool) -> None:
    """``~`` is approximate, ``?`` uncertain, ``%`` both, on whichever side they stand."""
    value = parse_edtf(text)
    assert (value.approximate, value.uncertain) == (approximate, uncertain)


FORM = "write YYYY, YYYY-MM, YYYY-MM-DD or an interval, as in 2025-11/2025-12"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2025-21", "“2025-21” names a season; write its months, as in 2025-03/2025-05"),
        ("2025-02-30~", "“2025-02-30” does not exist: 2025-02 has 28 days; correct the day"),
        ("2025-12/2025-11", "“2025-12/2025-11” ends before it starts; write 2025-11/2025-12"),
        ("../..", "“../..” states no date; give one side, or leave the date unknown"),
        ("/", "“/” states no date; give one side, or leave the date unknown"),
        ("202X/2031", "“202X/2031” has unknown digits in an interval; write its bounds in full"),
        ("1447", "“1447”: 1447 looks like a Hijri year; write the Gregorian date"),
        ("21XX", "“21XX” is not between 1900 and 2100; check the year"),
        ("٢٠٢٥", "“٢٠٢٥” is not written as dates are; write 2025"),
        ("2025-1/2025-3", "“2025-1/2025-3” is not written as dates are; write 2025-01/2025-03"),
        (
            "2025-11 / 2025-12",
            "“2025-11 / 2025-12” is not written as dates are; write 2025-11/2025-12",
        ),
        ("2025/11/26", "“2025/11/26” is not written as dates are; write 2025-11-26"),
        ("202x~", "“202x~” is not written as dates are; write 202X~"),
        ("2025-XX-05", f"“2025-XX-05” is not an EDTF date; {FORM}"),
        ("open/2025", f"“open/2025” is not an EDTF date; {FORM}"),
        ("..", f"“..” is not an EDTF date; {FORM}"),
    ],
)
def test_a_bad_edtf_value_says_what_to_write(text: str, sentence: str) -> None:
    """What level 1 has not, what cannot exist and what is misspelt are each told apart."""
    with pytest.raises(ValueError, match=r"write|has|check|leave") as caught:
        parse_edtf(text)
    assert str(caught.value) == sentence


@given(st.text() | st.text(alphabet="0129XxT-/.~?% ٢\u200f:"))
def test_any_text_is_taken_or_refused_with_a_sentence(text: str) -> None:
    """No text makes the parsers fail otherwise than with a printable sentence."""
    for parse in (parse_date, parse_edtf):
        sentence = ""
        try:
            parse(text)
        except ValueError as error:
            sentence = str(error)
        assert sentence.isprintable()


def test_sort_key_goes_by_the_lower_bound() -> None:
    """Lower bound first, an open start by its last day, then the more exact, an open end last."""
    expected = [
        "2024-12",
        "2025-01-01",
        "2025-01",
        "2025-01?",
        "2025",
        "2025-01-01/..",
        "2025-03-31",
        "../2025-03",
        "2025-04",
    ]
    values = [parse_edtf(text) for text in reversed(expected)]
    assert [value.text for value in sorted(values, key=lambda v: v.sort_key)] == expected


def test_values_are_equal_by_content() -> None:
    """Two parses of one text are one value, so values can be keys and digests."""
    assert parse_edtf("2025-11~/..") == parse_edtf("2025-11~/..")
    assert len({parse_edtf("2025"), parse_edtf("2025"), parse_edtf("2025~")}) == 2
    assert isinstance(parse_edtf("2025"), Edtf)
