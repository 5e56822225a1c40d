"""The corpus: pairs of briefings, as many as asked for, the same bytes every time and everywhere.

Enters: a number of pairs. Leaves: values; the modules of ``benchmarks/tools`` make files of them.
Nothing is drawn by chance: number n decides everything about briefing n. Every name, number and
event is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

from benchmarks import words
from benchmarks.words import BOATS, ISLANDS, ORIGINS, TOPICS, Both

LANGUAGES = ("ar", "en")
FIRST_DAY, DAYS = date(2012, 1, 2), 12 * 365 - 180  # pairs added later stay in the last year
PARAGRAPHS = 12
"""Every source has at least as many, and the last one of each is boilerplate."""

PLACES, QUOTING = 8, 5
"""In how many places a briefing cites, and which of them carries a quotation."""


@dataclass(frozen=True)
class Source:
    """A record of a source."""

    id: str
    language: str
    title: str | None
    label: Both
    publisher: str | None
    issued: str | None
    record: Mapping[str, object]


@dataclass(frozen=True)
class Briefing:
    """One version of a briefing; ``body`` is Markdown as mujaz reads it."""

    slug: str
    language: str
    title: str
    day: date
    summary: str
    topics: list[str]
    sources: list[str]
    aliases: list[str]
    corrections: list[dict[str, str]]
    body: str


@dataclass(frozen=True)
class Corpus:
    """A corpus of so many pairs; briefings beyond that number can be asked for as new ones."""

    pairs: int

    @property
    def sources(self) -> int:
        """Return how many sources there are."""
        return max(40, self.pairs // 10)

    def briefing(self, n: int, language: str) -> Briefing:
        """Return one version of briefing n."""
        found = self.cited(n)
        title = _both(words.TITLE, n)[language].replace("*", f"{n + 1}")
        day = FIRST_DAY + timedelta(days=n * DAYS // self.pairs)
        note = {"date": f"{day + timedelta(days=3)}", "note": words.CORRECTION.of(language)}
        topics = list(TOPICS)
        return Briefing(
            slug=slug(n),
            language=language,
            title=title[0].upper() + title[1:],
            day=day,
            summary=_both(words.SUMMARY, n)[language],
            topics=[topics[n % 20], topics[(n + 1 + n // 20 % 19) % 20]],
            sources=found,
            aliases=[f"old-{slug(n)}"] if n % 10 == 0 else [],
            corrections=[note] if n % 7 == 0 else [],
            body="\n\n".join(_blocks(n, language, found)) + "\n",
        )

    def cited(self, n: int) -> list[str]:
        """Return the IDs of 3 to 8 sources; later briefings cite later sources."""
        first = n * self.sources // self.pairs + n % 3
        return [source_id((first + 3 * step) % self.sources) for step in range(3 + n % 6)]

    def source(self, n: int) -> Source:
        """Return source n."""
        island, language = ISLANDS[n % 7], LANGUAGES[n % 3 > 0]
        title = Both(f"أخبار {island.ar} {n}", f"News from {island.en} {n}").of(language)
        label = Both(f"خبر عن {island.ar} {n}", f"Report {n} on {island.en}")
        day = FIRST_DAY + timedelta(days=n * DAYS // self.sources)
        forms = [f"{day}", f"{day:%Y-%m}", f"{day:%Y-%m}~", f"../{day:%Y}", None]
        topics, origins = list(TOPICS), list(ORIGINS)
        record: dict[str, object] = {
            "type": words.KINDS[n % len(words.KINDS)],
            "origins": list(dict.fromkeys([origins[n % 4], origins[n // 4 % 4]])),
            "issued_reason": words.REASON._asdict(),
            "url": f"https://courier.example/{n}" if n % 2 else None,
            "summary": _both(words.TOLD, n),
            "descriptor": words.DESCRIPTOR._asdict(),
            "paragraphs": PARAGRAPHS + n % 9,
            "boilerplate": [PARAGRAPHS + n % 9],
            "topics": list(dict.fromkeys([topics[n % 20], topics[(n + 3) % 20]])),
        }
        return Source(
            id=source_id(n),
            language=language,
            title=None if n % 4 == 1 else title,
            label=label,
            publisher=None if n % 5 == 0 else "Island Courier",
            issued=forms[n % len(forms)],
            record=record,
        )

    def records(self, briefing: Briefing) -> list[Source]:
        """Return the sources of a briefing."""
        return [self.source(self.numbers[each]) for each in briefing.sources]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of every source by its ID."""
        return {source_id(n): n for n in range(self.sources)}

    def briefings(self) -> Iterator[Briefing]:
        """Yield all briefings, both versions of each."""
        return (self.briefing(n, each) for n in range(self.pairs) for each in LANGUAGES)


def slug(n: int) -> str:
    """Return the slug of briefing n."""
    return f"crossing-{n + 1:05}"


def source_id(n: int) -> str:
    """Return the ID of source n."""
    return sha256(f"ferry article {n}".encode()).hexdigest()[:16]


def _names(n: int) -> dict[str, Both]:
    return {
        "boat": BOATS[n % 5],
        "island": ISLANDS[n % 7],
        "other": ISLANDS[(n + 1 + n // 7 % 6) % 7],
    }


def _both(text: Both, n: int) -> dict[str, str]:
    """Return a text with the names of number n, as a mapping."""
    names = _names(n)
    return {
        each: text.of(each).format(**{key: name.of(each) for key, name in names.items()})
        for each in LANGUAGES
    }


def _blocks(n: int, language: str, found: list[str]) -> Iterator[str]:
    """Yield the blocks of a text of about 600 words with eight places that cite."""
    name = {key: text.of(language) for key, text in _names(n).items()}
    places = iter(range(PLACES))

    def say(first: int, last: int) -> Iterator[str]:
        for k in range(first, last):
            text = words.SENTENCES[(n * 5 + k * 4) % len(words.SENTENCES)].of(language)
            yield text.format(**name, number=11 + (n * 13 + k * 29) % 89)

    def paragraph(first: int, last: int, note: str = "") -> str:
        cited = _citation(n, next(places), language, found)
        return ". ".join(say(first, last)) + f"{note} {cited}."

    def heading(key: str) -> str:
        return f"## {words.HEADINGS[key].of(language)} {{#{key}}}"

    yield paragraph(0, 3)
    yield heading("crossings")
    yield paragraph(3, 6, "[^log]")
    yield paragraph(6, 9)
    yield _table(n, language, f"{name['island']} {_citation(n, next(places), language, found)}")
    yield f"[^log]: {words.NOTES[0].of(language).format(**name)}"
    yield heading("harbour")
    yield paragraph(9, 12)
    yield "\n".join(f"- {each}." for each in say(12, 15))
    yield heading("fares")
    yield paragraph(15, 18, "[^bell]")
    yield f"> {next(say(18, 19))}."
    yield f"[^bell]: {words.NOTES[1].of(language)}"
    yield heading("numbers")
    yield "\n".join(f"{k}. {each}." for k, each in enumerate(say(19, 22), 1))
    yield paragraph(22, 25)
    yield heading("next")
    yield paragraph(25, 28)
    yield words.SEE.of(language).format(**_links(n, language))


def _table(n: int, language: str, place: str) -> str:
    head = words.TABLE.of(language)
    rows = [place, *(each.of(language) for each in words.PIERS)]
    lines = [f"| {each} | {3 + (n + k) % 9} | {17 + k}:40 |" for k, each in enumerate(rows)]
    return "\n".join([f"| {head} |", "|:-----|-----:|:----:|", *lines])


def _citation(n: int, place: int, language: str, found: list[str]) -> str:
    """Return a citation group; the eight groups of a briefing cite all of its sources."""
    comma, semicolon = ("،", "؛") if language == "ar" else (",", ";")
    first = 1 + (n + 3 * place) % 8
    group = f"@{found[place % len(found)]}{comma} ¶ {first}"
    if place == 0:
        group += f"-{first + 2}{semicolon} @{found[1]}{comma} ¶ {first + 1}"
    if place == QUOTING:
        told = words.QUOTED.en if language == "en" else f"{words.QUOTED.en}” = «{words.QUOTED.ar}"
        group += f": “{told}{'”' if language == 'en' else '»'}"
    return f"[{group}]"


def _links(n: int, language: str) -> dict[str, str]:
    return {
        "before": f"{slug(max(n - 1, 0))}.{language}.md",
        "older": f"{slug(max(n - 2 - n % 40, 0))}.{language}.md",
        "about": f"../pages/about.{language}.md",
    }
