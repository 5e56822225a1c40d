"""Locale: one language's words, numbers, dates and lists, as a reader of it expects them.

Enters: a language tag, gettext catalogues (``.po``), a policy of month names, a number system.
Leaves: plain strings, and ``Markup`` where markup went in. Never writes a date in digits alone,
never isolates or escapes for HTML: that is the templates' work.
"""

from __future__ import annotations

import re
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import TYPE_CHECKING

import babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from mujaz.dates import Precision
from mujaz.text import to_digits

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

    from mujaz.dates import Edtf, EdtfDate

# The CLDR locale whose habits a language follows: day before month, no comma before "and".
_CLDR = {"en": "en_GB"}

_ARABIC_MONTHS = {
    "gregorian": "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "levantine": "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول"
    "|تشرين الثاني|كانون الأول",
    # as in Algeria and Tunisia
    "maghreb": "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
}
_FIRST_GROUPED = 10_000
_PO_LINE = re.compile(
    r'(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*)?"(?:[^"\\]|\\.)*")?'
)


class Locale:
    """One language as a site has set it; its methods answer for that language alone."""

    def __init__(
        self, language: str, *, months: str, digits: str, catalogue: NullTranslations
    ) -> None:
        self.language = str(language)
        self._cldr = babel.Locale.parse(_CLDR.get(self.language, self.language))
        self._months = _month_names(self._cldr, months)
        self._digits = digits
        self._catalogue = catalogue
        self.digits("")  # an unknown number system is refused at once

    # --- messages: the callables of Jinja's install_gettext_callables(…, newstyle=True) ---

    def gettext(self, message: str) -> str:
        """Return the translation of a message, the message itself where there is none."""
        return self._catalogue.gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the translation in the plural form that the catalogue's rule gives for ``n``.

        In a template pass ``num=number(n)`` too, or the count is printed in ASCII digits.
        """
        return self._catalogue.ngettext(singular, plural, n)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a message that has another meaning in another context."""
        return self._catalogue.pgettext(context, message)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        """Return the translation in a context, in the plural form for ``n``."""
        return self._catalogue.npgettext(context, singular, plural, n)

    # --- numbers and lists ---

    def digits(self, text: str) -> str:
        """Return a formatted text with all its digits in the site's number system."""
        return to_digits(text, self._digits)

    def number(self, n: int) -> str:
        """Return a whole number in the site's digits, thousands grouped from 10,000 on (CLDR)."""
        if abs(n) < _FIRST_GROUPED:
            return self.digits(str(n))
        # Babel chooses the separator of a number system but leaves the digits as they are.
        grouped = format_decimal(n, locale=self._cldr, numbering_system=self._digits)
        return self.digits(grouped)

    def list(self, items: Sequence[str]) -> str:
        """Return the items as a running list (CLDR "standard"): "a, b and c"، «أ وب وج»."""
        if len(items) < 2:  # noqa: PLR2004 - one item needs no glue
            return "".join(items)
        patterns = self._cldr.list_patterns["standard"]
        if len(items) == 2:  # noqa: PLR2004 - CLDR has a pattern of its own for two
            return str(patterns["2"]).format(*items)
        joined = str(patterns["start"]).format(*items[:2])
        for item in items[2:-1]:
            joined = str(patterns["middle"]).format(joined, item)
        return str(patterns["end"]).format(joined, items[-1])

    def markup_list(self, items: Iterable[str]) -> Markup:
        """Return the items as ``list`` does, plain strings escaped and ``Markup`` kept."""
        return Markup(self.list([escape(item) for item in items]))  # noqa: S704 - all are escaped

    # --- dates ---

    def month(self, number: int) -> str:
        """Return the name of a month, 1 to 12, by the site's policy."""
        return self._months[number - 1]

    def date(self, day: dt.date) -> str:
        """Return a day in words: "22 November 2026", «22 نوفمبر 2026»."""
        return self._say("%(day)s %(month)s %(year)s", **self._parts(day))

    def month_year(self, day: dt.date) -> str:
        """Return the month of a day in words: "November 2026", «نوفمبر 2026»."""
        return self._say("%(month)s %(year)s", **self._parts(day))

    def edtf(self, value: Edtf, *, span: bool = False) -> str:
        """Return an EDTF value in words that claim no more than it states.

        An interval bounds one unknown date ("between … and …") unless ``span`` says that it covers
        all its days ("from … to …").
        """
        first, last = value.first, value.last
        if first and last:
            if not value.is_interval or first == last:
                return self._one(first, alone=True)
            words = "from %(first)s to %(last)s" if span else "between %(first)s and %(last)s"
            return self._say(words, first=self._beginning(first, last), last=self._one(last))
        if first:
            words = "since %(date)s" if span else "not before %(date)s"
            return self._say(words, date=self._one(first))
        if last:
            words = "until %(date)s" if span else "not after %(date)s"
            return self._say(words, date=self._one(last))
        return ""

    def _beginning(self, first: EdtfDate, last: EdtfDate) -> str:
        """Return the first of two dates without the month and year that the second repeats."""
        alike = first.precision == last.precision and first.earliest.year == last.earliest.year
        if alike and not first.qualified and not last.qualified:
            parts = self._parts(first.earliest)
            if first.precision is Precision.MONTH:
                return parts["month"]
            if first.precision is Precision.DAY:
                same_month = first.earliest.month == last.earliest.month
                return parts["day"] if same_month else self._say("%(day)s %(month)s", **parts)
        return self._one(first)

    def _one(self, side: EdtfDate, *, alone: bool = False) -> str:
        """Return one EDTF date; ``alone`` adds that the day is not known where none is stated."""
        ends = [self._plain(day, side.precision) for day in (side.earliest, side.latest)]
        if side.approximate:
            ends = [self._say("about %(date)s", date=end) for end in ends]
        words = ends[0]
        if side.precision in {Precision.DECADE, Precision.CENTURY}:
            words = self._say("between %(first)s and %(last)s", first=ends[0], last=ends[1])
        if side.uncertain:
            return self._say("%(date)s (uncertain)", date=words)
        no_day = side.precision is Precision.YEAR or (
            side.precision is Precision.MONTH and side.unspecified
        )
        if alone and no_day and not side.approximate:
            return self._say("%(date)s, exact day unknown", date=words)
        return words

    def _plain(self, day: dt.date, precision: Precision) -> str:
        """Return as much of a day in words as the precision states, at most its year."""
        if precision is Precision.DAY:
            return self.date(day)
        return self.month_year(day) if precision is Precision.MONTH else self._parts(day)["year"]

    def _parts(self, day: dt.date) -> dict[str, str]:
        """Return day, month and year of a date as they are printed."""
        return {
            "day": self.digits(str(day.day)),
            "month": self.month(day.month),
            "year": self.digits(str(day.year)),
        }

    def _say(self, message: str, **values: str) -> str:
        """Return a message about dates with its values in place."""
        return self.pgettext("date", message) % values


def _month_names(cldr: babel.Locale, policy: str) -> Sequence[str]:
    """Return the twelve names of a policy; outside Arabic there is only ``gregorian``."""
    if cldr.language == "ar" and policy == "dual":
        gregorian, levantine = (_month_names(cldr, one) for one in ("gregorian", "levantine"))
        return [f"{one}/ {other}" for one, other in zip(gregorian, levantine, strict=True)]
    if cldr.language == "ar" and policy in _ARABIC_MONTHS:
        return _ARABIC_MONTHS[policy].split("|")
    if cldr.language != "ar" and policy == "gregorian":
        names = cldr.months["format"]["wide"]
        return [names[number] for number in range(1, 13)]
    raise ValueError(f"no month names {policy!r} in {cldr.language}")


# --- catalogues ------------------------------------------------------------------------------


def make_locale(
    language: str, po_files: Sequence[Path], months: str = "gregorian", digits: str = "latn"
) -> Locale:
    """Return the locale of a language tag (BCP 47), its messages read from gettext ``.po`` files.

    A later file overrides an earlier one message by message; untranslated and fuzzy messages do
    not count. ``months`` is ``gregorian``, for Arabic also ``levantine``, ``maghreb`` or ``dual``;
    ``digits`` is ``latn`` or ``arab``. Raises ``ValueError`` naming the file and message that
    cannot be used, ``OSError`` for a file that cannot be read.
    """
    merged: Catalog | None = None
    for path in po_files:
        catalogue = _read(path, language)
        merged = catalogue if merged is None else _overridden(merged, catalogue, path)
    return Locale(language, months=months, digits=digits, catalogue=_compiled(merged))


def _read(path: Path, language: str) -> Catalog:
    """Return a ``.po`` file (UTF-8) of which every line and every translation can be used."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        for number, line in enumerate(lines, 1):
            # Babel cuts the last letter off a string that is not closed.
            if not _PO_LINE.fullmatch(line.strip()):
                raise ValueError(f"{path}:{number}: not a line of a .po file: {line}")
        catalogue = read_po(lines, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error
    for message in catalogue:
        if message.id:
            _check(message, path)
    return catalogue


def _check(message: Message, path: Path) -> None:
    """Raise where a translation lacks a plural form or names a placeholder its message has not."""
    ids, strings = _several(message.id), _several(message.string)
    if any(strings) and not all(strings):
        raise ValueError(f"{path}:{message.lineno}: {ids[0]!r} has an empty plural form")
    known = dict.fromkeys(re.findall(r"%\((\w+)\)", " ".join(ids)), 0)
    for string in strings:
        try:
            string % known
        except (KeyError, TypeError, ValueError) as error:
            wrong = f"{string!r} does not fit {ids[0]!r}"
            raise ValueError(f"{path}:{message.lineno}: {wrong}: {error}") from error


def _several(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return one or several forms of a message as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def _overridden(merged: Catalog, later: Catalog, path: Path) -> Catalog:
    """Return the first catalogue with every translated message of the later one in its place."""
    ours, theirs = (c.plural_forms.replace(" ", "") for c in (merged, later))
    if ours != theirs and any(message.pluralizable for message in later):
        raise ValueError(f"{path}: the header must have Plural-Forms: {merged.plural_forms}")
    for message in later:
        if message.id and any(_several(message.string)) and not message.fuzzy:
            merged.delete(message.id, message.context)
            merged[message.id] = message
    return merged


def _compiled(catalogue: Catalog | None) -> NullTranslations:
    """Return a catalogue as gettext uses it; without one, every message is its own translation."""
    if catalogue is None:
        return NullTranslations()
    binary = BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return GNUTranslations(binary)
