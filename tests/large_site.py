"""A large site on another subject: the ferries of an invented archipelago, in Arabic and English.

Run as ``python -m tests.large_site FOLDER``; leaves ``FOLDER/content/`` with 8 topics, 50 sources
and 100 briefings in two versions each. The same files every time: nothing is drawn by chance. Every
name, number and event is made up.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

SOURCES, BRIEFINGS = 50, 100


class Both(NamedTuple):
    """A text in both languages."""

    ar: str
    en: str

    def yaml(self) -> str:
        """Return both as a mapping of YAML."""
        return f'{{ar: "{self.ar}", en: "{self.en}"}}'


TOPICS = {
    "timetables": Both("المواعيد", "Timetables"),
    "fares": Both("الأجور", "Fares"),
    "harbours": Both("المرافئ", "Harbours"),
    "crews": Both("الأطقم", "Crews"),
    "weather": Both("الطقس", "Weather"),
    "repairs": Both("الإصلاحات", "Repairs"),
    "lighthouses": Both("المنارات", "Lighthouses"),
    "cargo": Both("الشحن", "Cargo"),
}
ISLANDS = [
    Both("جزيرة النوارس", "Gull Island"),
    Both("رأس الملح", "Salt Head"),
    Both("خليج اللؤلؤ", "Pearl Bay"),
    Both("الصخرة البيضاء", "White Rock"),
    Both("مرسى التين", "Fig Anchorage"),
]
BOATS = [
    Both("السنونو", "the Swallow"),
    Both("البجعة", "the Pelican"),
    Both("الدلفين", "the Dolphin"),
    Both("القطرس", "the Albatross"),
]
ORIGINS = {
    "harbour-board": Both("مجلس المرافئ", "Harbour Board"),
    "island-courier": Both("بريد الجزر", "Island Courier"),
    "pilots-guild": Both("نقابة الربابنة", "Guild of Pilots"),
    "tide-office": Both("مكتب المد", "Tide Office"),
}
TYPES = ["article-newspaper", "report", "webpage", "broadcast", "interview"]


def write_site(root: Path) -> None:
    """Write ``content/`` below a folder."""
    files = {"site.yaml": _settings(), "names.yaml": _names(), **_pages()}
    files.update({f"sources/{source_id(n)}.yaml": _source(n) for n in range(SOURCES)})
    files.update(_topics())
    files.update({k: v for n in range(BRIEFINGS) for k, v in _briefing(n)})
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def source_id(n: int) -> str:
    """Return the ID of a source."""
    return sha256(f"ferry article {n}".encode()).hexdigest()[:16]


def _paragraphs(n: int) -> int:
    return 6 + n % 9


def _settings() -> str:
    return """\
title: {ar: عبّارات الأرخبيل, en: Archipelago Ferries}
tagline: {ar: ما قيل عن العبّارات ومن قاله, en: What was said of the ferries and by whom}
base_url: https://ferries.example/archive/
languages: [en, ar]
months: {ar: levantine}
digits: {ar: arab}
accent: "#0b6e6e"
licence: CC-BY-4.0
nav: [briefings, topics, sources, about]
"""


def _names() -> str:
    lines = [
        f"- {{id: {key}, kind: organisation, origin: true, ar: {name.ar}, en: {name.en}}}"
        for key, name in ORIGINS.items()
    ]
    places = [
        f"- {{id: island-{n}, kind: place, ar: {name.ar}, en: {name.en}}}"
        for n, name in enumerate(ISLANDS)
    ]
    return "\n".join([*lines, *places]) + "\n"


def _pages() -> dict[str, str]:
    return {
        "pages/about.ar.md": "---\ntitle: عن الموقع\n---\nكل ما هنا مختلق لاختبار المولّد.\n",
        "pages/about.en.md": "---\ntitle: About\n---\nAll of this is invented to test with.\n",
    }


def _issued(n: int) -> str:
    """Return a date in one of the forms that EDTF has, or null."""
    day = date(2029, 1, 5) + timedelta(days=11 * n)
    later = day + timedelta(days=40)
    forms = [f"{day}", f"{day:%Y-%m}", f"{day:%Y-%m}/{later:%Y-%m}", f"../{day:%Y}", "null"]
    return [*forms, f"{day:%Y-%m}~"][n % 6]


def _source(n: int) -> str:
    island, boat = ISLANDS[n % len(ISLANDS)], BOATS[n % len(BOATS)]
    origins = list(ORIGINS)
    carried = dict.fromkeys([origins[n % 4], origins[n // 4 % 4]])
    arabic = n % 3 == 0
    title = f"أخبار {island.ar} {n}" if arabic else f"News from {island.en} {n}"
    label = Both(f"خبر عن {island.ar}", f"Report on {island.en}")
    reason = Both("يُفهم من النص", "Inferred from the text")
    summary = Both(f"يصف النص رحلات {boat.ar}.", f"The text describes the crossings of {boat.en}.")
    topics = list(TOPICS)
    return f"""\
id: "{source_id(n)}"
type: {TYPES[n % len(TYPES)]}
language: {"ar" if arabic else "en"}
title: {"null" if n % 4 == 1 else title}
label: {label.yaml()}
publisher: {"null" if n % 5 == 0 else "Island Courier"}
origins: [{", ".join(carried)}]
issued: {_issued(n)}
issued_reason: {reason.yaml()}
url: {"null" if n % 2 else f"https://courier.example/{n}?a=1&b=2"}
paragraphs: {_paragraphs(n)}
boilerplate: [{_paragraphs(n)}]
summary: {summary.yaml()}
descriptor: {Both("نص مختلق.", "An invented text.").yaml()}
topics: [{topics[n % 8]}, {topics[(n + 3) % 8]}]
"""


def _topics() -> dict[str, str]:
    found = {}
    for n, (key, name) in enumerate(TOPICS.items()):
        cited = f"[@{source_id(n)}, ¶ 2-3]"
        found[f"topics/{key}.ar.md"] = f"""\
---
label: {name.ar}
summary: ما يُعرف عن {name.ar} في الأرخبيل.
order: {n}
gaps: [كم كان عدد الركاب., من دفع الكلفة.]
---
تذكر المصادر {name.ar} كثيرًا {cited.replace(",", "،")}.
"""
        found[f"topics/{key}.en.md"] = f"""\
---
label: {name.en}
summary: What is known of {name.en.lower()} in the archipelago.
order: {n}
gaps: [How many passengers there were., Who paid for it.]
---
The sources often speak of {name.en.lower()} {cited}.
"""
    return found


def _briefing(n: int) -> Iterator[tuple[str, str]]:
    """Yield both versions of a briefing; each cites the same paragraphs."""
    slug = f"crossing-{n:03}"
    day = date(2030, 1, 7) + timedelta(days=9 * n)
    keys = [source_id((n * 7 + step * 11) % SOURCES) for step in range(4)]
    topics = list(TOPICS)
    front = f"""\
date: {day}
topics: [{topics[n % 8]}, {topics[(n + 1 + n // 8 % 7) % 8]}]
sources: [{", ".join(keys)}]
{f"aliases: [old-{slug}]" if n % 10 == 0 else ""}
"""
    following = f"crossing-{(n + 1) % BRIEFINGS:03}"
    island, boat = ISLANDS[n % len(ISLANDS)], BOATS[n % len(BOATS)]
    yield f"briefings/{slug}.ar.md", _arabic(n, island.ar, boat.ar, front, keys, following)
    yield f"briefings/{slug}.en.md", _english(n, island.en, boat.en, front, keys, following)


def _arabic(n: int, island: str, boat: str, front: str, keys: list[str], following: str) -> str:  # noqa: PLR0913, PLR0917 - what a text is made of
    a, b, c, d = keys
    log = f"corrections: [{{date: 2033-05-0{n % 9 + 1}, note: صُحح عدد الرحلات.}}]\n"
    return f"""\
---
title: "{boat} و{island}: الرحلة {n}"
summary: كم مرة أبحرت {boat} إلى {island}، وماذا قال من رأوها.
{front}{log if n % 7 == 0 else ""}---
أبحرت {boat} إلى {island} في صباح هادئ، وتأخرت ساعتين في المساء [@{a}، ¶ 2-3؛ @{b}، ¶ 1].

## الرحلات {{#crossings}}

قال الربان إن البحر كان «هادئًا كالزيت»، ولم يقل متى يعود [@{b}، الفقرة ٤].
وو**«الجدول»** يذكر غير ذلك[^log].

| الرصيف | الرحلات |
|:-------|--------:|
| {island} [@{c}] | {n + 3} |
| الشمال | {n + 1} |

[^log]: سجل السفينة محفوظ في المرفأ.

## الأجور {{#fares}}

- بقيت الأجرة على حالها [@{c}، ¶ 1: «the fare stays» = «تبقى الأجرة»].
- لا يعرف أحد كلفة الوقود [@{d}، ¶ 2، 4].

## ما التالي

انظر [الرحلة التالية]({following}.ar.md#crossings) و[عن الموقع](../pages/about.ar.md).
"""


def _english(n: int, island: str, boat: str, front: str, keys: list[str], following: str) -> str:  # noqa: PLR0913, PLR0917 - what a text is made of
    a, b, c, d = keys
    log = f"corrections: [{{date: 2033-05-0{n % 9 + 1}, note: The number was corrected.}}]\n"
    return f"""\
---
title: "{boat[0].upper() + boat[1:]} and {island}: crossing {n}"
summary: How often {boat} sailed to {island}, and what those who saw it said.
{front}{log if n % 7 == 0 else ""}---
On a calm morning {boat} sailed to {island}; in the evening it was two hours late
[@{a}, ¶ 2-3; @{b}, ¶ 1].

## The crossings {{#crossings}}

The pilot called the sea "smooth as oil" and did not say when he would be back [@{b}, ¶ 4].
The **timetable** says otherwise[^log].

| Pier | Crossings |
|:-----|----------:|
| {island} [@{c}] | {n + 3} |
| North | {n + 1} |

[^log]: The log is kept at the harbour.

## The fares {{#fares}}

- The fare stays as it was [@{c}, ¶ 1: “the fare stays”].
- Nobody knows what the fuel cost [@{d}, ¶ 2, 4].

## What comes next

See [the next crossing]({following}.en.md#crossings) and [about](../pages/about.en.md).
"""


if __name__ == "__main__":
    write_site(Path(sys.argv[1]))
