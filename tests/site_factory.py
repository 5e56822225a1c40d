"""An invented bilingual site about river ferries, for tests of everything that a reader sees.

Enters: options. Leaves: a ``Site``. Every name, number and quotation in it is made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from mujaz.dates import parse_edtf
from mujaz.locale import Locale, make_locale
from mujaz.markdown import parse
from mujaz.model import (
    Body,
    Briefing,
    Correction,
    Document,
    Language,
    Localized,
    Name,
    Page,
    Settings,
    Source,
    Topic,
)
from mujaz.problems import Location
from mujaz.site import Site
from tests.assembly import Library, assemble

ROOT = Path(__file__).parent.parent
AR, EN = Language.AR, Language.EN

KNOWN = "0a1b2c3d4e5f6071"
UNTITLED = "1b2c3d4e5f607182"
BOUNDED = "2c3d4e5f60718293"
UNCITED = "3d4e5f6071829304"

TEXT_EN = f"""\
The council tripled the crossings of the *Heron* from 4 to 12 a day [@{KNOWN}, ¶ 3-5; @{UNTITLED},
¶ 2: «ثلاثة أضعاف!» = “three times as many!”]. Nobody says how long.

## What changed {{#what}}

The fare stays at 2.50, and the bell is back[^bell] [@{KNOWN}, ¶ 6: “the bell is back”]. See
[what the council said](#council), [the method](../pages/about.en.md) or
[the river guide](https://river.example/guide).

[^bell]: A bronze bell of 1911.

## The council {{#council}}

> كل شيء يبحر.

| Pier | Crossings | Last ferry |
|:-----|----------:|:----------:|
| North [@{BOUNDED}] | 12 | 22:40 |
| South | 4 | 19:05 |

## Numbers

- 12 crossings
- `ferry --list`, an extraordinarily-long-command-name-that-does-not-end-0123456789abcdef

## What comes next

    departures = [6, 7, 8]

Nothing is decided [@{KNOWN}, ¶ 9, 11].
"""

TEXT_AR = f"""\
ضاعف المجلس رحلات عبّارة Heron ثلاث مرات، من 4 إلى 12 في اليوم [@{KNOWN}، ¶ 3-5؛ @{UNTITLED}،
الفقرة 2: «ثلاثة أضعاف!»]. ولا يقول أحد إلى متى.

## ما الذي تغيّر {{#what}}

بقيت الأجرة 2.50، وعاد الجرس عام 2024[^bell] [@{KNOWN}، ¶ 6: “the bell is back” = «عاد الجرس»]. انظر
[ما قاله المجلس](#council) أو [المنهج](../pages/about.ar.md) أو
[دليل النهر](https://river.example/guide) وو**«الجدول»**.

[^bell]: جرس من البرونز صُنع عام 1911.

## المجلس {{#council}}

| الرصيف | الرحلات | آخر عبّارة |
|:-----|----------:|:----------:|
| الشمالي [@{BOUNDED}] | 12 | 22:40 |
| الجنوبي | 4 | 19:05 |

## أرقام

- 12 رحلة
- `ferry --list`

## ما التالي

لم يُحسم شيء [@{KNOWN}، ¶ 9، 11].
"""


@dataclass(frozen=True)
class Options:
    """What a test may want otherwise."""

    base_url: str = "https://ferries.example/news/"
    languages: tuple[Language, ...] = (AR, EN)
    extra: int = 0
    digits: str = "latn"
    title_en: str = "The Heron sails twelve times a day"


def anywhere() -> Mapping[str, Location]:
    """Return a map that knows a place for every key."""
    return defaultdict(lambda: Location("content/site.yaml"))


def body(text: str, path: str, language: Language) -> Body:
    """Return a Markdown text parsed, which must be free of problems."""
    parsed, problems = parse(text, path, 1, language)
    assert not problems, [str(each) for each in problems]
    return parsed


def both(ar: str, en: str) -> Localized:
    """Return one text in both languages."""
    return {AR: ar, EN: en}


def briefing(
    language: Language, slug: str, title: str, text: str, **changes: object
) -> tuple[Briefing, Body]:
    """Return a briefing with the usual front matter, and its body."""
    path = f"content/briefings/{slug}.{language}.md"
    parsed = body(text, path, language)
    made = Briefing(
        path=path,
        slug=slug,
        language=language,
        title=title,
        summary="زيادة كبيرة في الرحلات." if language is AR else "Many more crossings, and a bell.",
        date=date(2031, 3, 9),
        lastmod=None,
        topics=("timetable",),
        sources=tuple(dict.fromkeys(each.source for each in parsed.citations)) or (KNOWN,),
        authors=(),
        draft=False,
        aliases=(),
        corrections=(),
        places=anywhere(),
    )
    return replace(made, **changes), parsed  # type: ignore[arg-type]


def source(source_id: str, **changes: object) -> Source:
    """Return a record in which nothing optional is stated."""
    made = Source(
        path=f"content/sources/{source_id}.yaml",
        id=source_id,
        type="article-newspaper",
        language=EN,
        title=None,
        label=both("بيان المجلس عن العبّارات", "Council notice on the ferries"),
        publisher=None,
        origins=(),
        issued=None,
        issued_reason=None,
        issued_is_span=False,
        url=None,
        archive_url=None,
        archive_date=None,
        accessed=None,
        text_sha256=None,
        chars=None,
        paragraphs=12,
        boilerplate=frozenset(),
        summary=both("موجز البيان.", "What the notice says."),
        descriptor=both("بيان رسمي.", "An official notice."),
        topics=("timetable",),
        places=anywhere(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _sources() -> tuple[Source, ...]:
    return (
        source(
            KNOWN,
            title="Ferries to sail twelve times a day",
            publisher="River Gazette",
            origins=("gazette",),
            issued=parse_edtf("2031-03-07"),
            url="https://gazette.example/ferries?day=7&page=1",
            archive_url="https://archive.example/1",
            archive_date=date(2031, 3, 8),
            text_sha256="0f" * 32,
            chars=4812,
        ),
        source(UNTITLED, language=AR),
        source(
            BOUNDED,
            title="أجراس النهر",
            language=AR,
            issued=parse_edtf("2030-11/2030-12"),
            issued_reason=both("يذكر جليد كانون الأول", "It mentions the ice of December"),
            origins=("gazette", "piers"),
        ),
        source(UNCITED),
    )


def _names() -> tuple[Name, ...]:
    nothing: Mapping[Language, tuple[str, ...]] = {}
    gazette = both("جريدة النهر", "River Gazette")
    piers = both("هيئة الأرصفة", "Board of Piers")
    return (
        Name(id="gazette", kind="organisation", origin=True, preferred=gazette, variants=nothing),
        Name(id="piers", kind="organisation", origin=True, preferred=piers, variants=nothing),
    )


def _briefings(options: Options) -> tuple[tuple[Document, Body], ...]:
    log = (Correction(date(2031, 3, 12), "Twelve crossings, not eleven."),)
    made = [
        briefing(EN, "heron", options.title_en, TEXT_EN, corrections=log, aliases=("old-heron",)),
        briefing(AR, "heron", "Heron تُبحر اثنتي عشرة مرة في اليوم", TEXT_AR),
        briefing(EN, "bells", "Bells & whistles <of> the river", f"Ding [@{KNOWN}, ¶ 1]."),
        briefing(AR, "ice", "جليد على النهر", f"الجليد سميك [@{KNOWN}، ¶ 2]."),
    ]
    for n in range(options.extra):
        day = date(2029, 1, 1) + timedelta(days=7 * n)
        made.append(briefing(EN, f"more-{n}", f"More {n}", f"Words [@{KNOWN}].", date=day))
    return tuple(made)


def make_site(options: Options | None = None) -> Site:
    """Return the site."""
    chosen = options or Options()
    settings = Settings(
        title=both("أخبار العبّارات", "Ferry News"),
        tagline=both("كل ما يعبر النهر", "Everything that crosses the river"),
        base_url=chosen.base_url,
        languages=chosen.languages,
        months={AR: "gregorian", EN: "gregorian"},
        digits={AR: chosen.digits, EN: "latn"},
        publisher=both("مجلس النهر", "River Council"),
        footer=both("نصوص مختلقة.", "Invented texts."),
        accent="#7a1f2b",
        logo="",
        licence="CC-BY-4.0",
        nav=("briefings", "topics", "sources", "about"),
        checks={},
        places=anywhere(),
    )
    topics = (_topic(AR, "جدول العبّارات"), _topic(EN, "Timetable"))
    pages = (
        _page(AR, "about", "عن الموقع"),
        _page(EN, "about", "About"),
        _page(EN, "crew", "Crew"),
    )
    library = Library(
        settings=settings,
        documents=(*_briefings(chosen), *topics, *pages),
        sources=_sources(),
        names=_names(),
    )
    site, problems = assemble(library, drafts=True)
    assert not problems, [str(each) for each in problems]
    return site


def _topic(language: Language, title: str) -> tuple[Topic, Body]:
    path = f"content/topics/timetable.{language}.md"
    topic = Topic(
        path=path,
        slug="timetable",
        language=language,
        title=title,
        summary="متى تُبحر." if language is AR else "When they sail.",
        order=1,
        gaps=("كلفة الجرس.",) if language is AR else ("What the bell cost.",),
    )
    return topic, body(f"{title} [@{KNOWN}, ¶ 1].", path, language)


def _page(language: Language, slug: str, title: str) -> tuple[Page, Body]:
    path = f"content/pages/{slug}.{language}.md"
    text = "كيف نعمل." if language is AR else "How we work."
    page = Page(path=path, slug=slug, language=language, title=title, summary=text)
    return page, body(text, path, language)


def make_locales(digits: str = "latn") -> dict[Language, Locale]:
    """Return the locales with the catalogues of the repository."""
    folder = ROOT / "templates" / "locale"
    return {
        AR: make_locale("ar", [folder / "ar.po"], months="gregorian", digits=digits),
        EN: make_locale("en", [folder / "en.po"]),
    }
