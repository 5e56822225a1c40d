"""Filters: the few ways in which a template may turn a value into mark-up.

Enters: values of views. Leaves: ``Markup`` in which every author's text is escaped and isolated,
or plain text. Direction is always stated (``dir``), never left to the first strong letter.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from mujaz.markdown import Hooks, to_html
from mujaz.model import Language
from mujaz.text import base_direction, escaped, strip_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mujaz.locale import Locale
    from mujaz.views.values import Mark, Phrase, RichText

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"


def make_filters(page: Language, locale: Locale) -> dict[str, Callable[..., object]]:
    """Return the filters of one language's pages."""

    def isolated(phrase: Phrase, within: Language = page) -> Markup:
        return bidi(phrase, within)

    def attributes(phrase: Phrase, within: Language = page) -> Markup:
        return language_attributes(phrase, within)

    def listing(phrases: Sequence[Phrase]) -> Markup:
        return locale.markup_list([bidi(each, page) for each in phrases])

    def rich(body: RichText, marks: Callable[[list[Mark]], str]) -> Markup:
        return to_html(body.html, make_hooks(body, marks, page, locale))

    def language_name(language: Language) -> str:
        names = {
            Language.AR: locale.gettext("Arabic"),
            Language.EN: locale.gettext("English"),
        }
        return names[language]

    def hreflang(phrase: Phrase) -> Markup:
        foreign = phrase.language is not None and phrase.language != page
        return Markup(' hreflang="{}"').format(phrase.language) if foreign else Markup("")

    return {
        "bidi": isolated,
        "attributes": attributes,
        "listing": listing,
        "rich": rich,
        "plain": plain,
        "number": locale.number,
        "language_name": language_name,
        "hreflang": hreflang,
    }


def make_words(locale: Locale) -> dict[str, Callable[..., Markup]]:
    """Return the functions of gettext by which templates speak, ``_`` among them.

    They do what those of Jinja do – every value is escaped – but look each message up once.
    """

    @cache
    def find(look: Callable[..., str], *words: object) -> Markup:
        return Markup(look(*words))  # noqa: S704 - the words of a catalogue are mark-up

    def say(message: Markup, values: Mapping[str, object]) -> Markup:
        spoken = {k: v if isinstance(v, int) else escape(v) for k, v in values.items()}
        return Markup(str.__mod__(message, spoken))  # noqa: S704 - every value is escaped

    def gettext(message: str, **values: object) -> Markup:
        return say(find(locale.gettext, message), values)

    def ngettext(one: str, many: str, num: int, **values: object) -> Markup:
        return say(find(locale.ngettext, one, many, num), {"num": num, **values})

    def pgettext(context: str, message: str, **values: object) -> Markup:
        return say(find(locale.pgettext, context, message), values)

    def npgettext(context: str, one: str, many: str, num: int, **values: object) -> Markup:
        return say(find(locale.npgettext, context, one, many, num), {"num": num, **values})

    words = (gettext, ngettext, pgettext, npgettext)
    return {"_": gettext, **{each.__name__: each for each in words}}


def bidi(phrase: Phrase, page: Language) -> Markup:
    """Return a text isolated in its own direction (UAX #9), with its language where it differs."""
    attributes = language_attributes(phrase, page)
    return Markup(f"<bdi{attributes}>{escaped(phrase.text)}</bdi>")  # noqa: S704 - it is escaped


def language_attributes(phrase: Phrase, page: Language) -> Markup:
    """Return ``lang`` and ``dir`` of a text; an unknown language is ``lang=""`` (BCP 47: none).

    Nothing of the text itself stands in them.
    """
    language = phrase.language
    if language is None:
        direction: str = base_direction(phrase.text)
        tag = ' lang=""' if direction != page.direction else ""
    else:
        direction = language.direction
        tag = f' lang="{language}"' if language != page else ""
    return Markup(f'{tag} dir="{direction}"')  # noqa: S704 - two words of our own


def plain(phrase: Phrase) -> str:
    """Return a text for an attribute: without invisible characters."""
    return strip_controls(phrase.text)


def make_hooks(
    body: RichText, marks: Callable[[list[Mark]], str], page: Language, locale: Locale
) -> Hooks:
    """Return what the Markdown renderer must know about the page."""

    def mark(numbers: tuple[int, ...]) -> str:
        return str(marks([body.marks[each] for each in numbers if each in body.marks]))

    return Hooks(
        href=lambda written: body.links.get(written, written),
        mark=mark,
        footnote_label=lambda n: footnote_label(n, page),
        footnotes=locale.gettext("Footnotes"),
        back=locale.gettext("Back to the text"),
        table=locale.gettext("Table"),
        prefix=body.prefix,
    )


def footnote_label(number: int, language: Language) -> str:
    """Return the sign of a footnote, counted from 1: a letter, so that it is no citation number."""
    letters = _ARABIC if language is Language.AR else _LATIN
    rounds, position = divmod(number - 1, len(letters))
    return letters[position] * (rounds + 1)
