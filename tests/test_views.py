"""Views: counting origins, choosing related briefings, formatting references, splitting lists."""

from __future__ import annotations

from datetime import date

import pytest

from mujaz import index, routes
from mujaz.dates import parse_edtf
from mujaz.index import Entry, Scope
from mujaz.model import Briefing, Language, ParagraphRange, Source
from mujaz.resolve import RELATED, find_related
from mujaz.views import make_editions, views
from mujaz.views.edition import Edition, Place
from mujaz.views.lists import LONG, slices, year_groups
from mujaz.views.references import issued, known_day, locator, source_line, source_title
from mujaz.views.sources import year
from mujaz.views.values import View
from tests.site_factory import (
    BOUNDED,
    KNOWN,
    UNCITED,
    UNTITLED,
    Options,
    both,
    make_locales,
    make_site,
    source,
)

AR, EN = Language.AR, Language.EN


def edition(language: Language, options: Options | None = None, digits: str = "latn") -> Edition:
    """Return the invented site in one language."""
    return make_editions(make_site(options), make_locales(digits))[language]


def entry(record: Source) -> Entry:
    """Return how a record stands in the list of sources."""
    return dict(index.of_source(record, Scope((AR, EN))))["sources",]


def view(route: str) -> View:
    """Return one page of the invented site."""
    return next(each for each in views(make_site(), make_locales()) if each.route == route)


def test_origins_are_counted_not_articles() -> None:
    """Two articles of one origin count once; one without a stated origin is counted apart."""
    found = edition(EN).count([KNOWN, BOUNDED, UNTITLED, UNCITED, KNOWN])
    assert (found.articles, found.origins, found.unstated) == (4, 2, 2)
    assert edition(EN).count([KNOWN]).origins == 1
    assert edition(EN).count([]).origins == 0


@pytest.mark.parametrize(
    ("paragraphs", "language", "words"),
    [
        ((), EN, ""),
        ((ParagraphRange(3, 3),), EN, "¶ 3"),
        ((ParagraphRange(3, 5),), EN, "¶¶ 3–5"),
        ((ParagraphRange(3, 5), ParagraphRange(8, 8)), EN, "¶¶ 3–5 and 8"),
        ((ParagraphRange(3, 3),), AR, "الفقرة 3"),
        ((ParagraphRange(3, 5),), AR, "الفقرات 3–5"),
    ],
)
def test_a_locator_names_paragraphs(
    paragraphs: tuple[ParagraphRange, ...], language: Language, words: str
) -> None:
    """One paragraph has one sign, several have two; Arabic uses words."""
    assert locator(paragraphs, make_locales()[language]) == words


def test_a_locator_uses_the_digits_of_the_site() -> None:
    """Arabic-Indic digits where the site asks for them."""
    assert locator((ParagraphRange(3, 5),), make_locales("arab")[AR]) == "الفقرات ٣–٥"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2031-03-07", "2031-03-07"),
        ("2031-03", ""),
        ("2031-03-07~", ""),
        ("2031-03-07?", ""),
        ("2031-03-07/2031-03-09", ""),
        ("2031-03-XX", ""),
        (None, ""),
    ],
)
def test_only_a_known_day_is_given_to_machines(value: str | None, day: str) -> None:
    """A bound, an approximate or an uncertain date is never presented as a day."""
    stated = parse_edtf(value) if value else None
    assert known_day(source(KNOWN, issued=stated)) == day


def test_an_inferred_day_is_no_known_day() -> None:
    """A day with a reason was inferred, so machines do not get it."""
    record = source(KNOWN, issued=parse_edtf("2031-03-07"), issued_reason=both("أ", "a"))
    assert known_day(record) == ""


def test_an_interval_is_a_bound_unless_it_is_a_span() -> None:
    """The words say whether the article covers the time or lies somewhere in it."""
    value = parse_edtf("2030-11/2030-12")
    bound = issued(source(KNOWN, issued=value), edition(EN))
    span = issued(source(KNOWN, issued=value, issued_is_span=True), edition(EN))
    assert bound is not None
    assert span is not None
    assert bound.words.startswith("between")
    assert span.words.startswith("from")


def test_without_a_title_our_label_stands_in_brackets() -> None:
    """A title is shown as it is; a label is known to be ours; an ID is the last resort."""
    assert source_title(source(KNOWN, title="A"), edition(EN))[1] is False
    title, ours = source_title(source(KNOWN), edition(AR))
    assert (title.text, title.language, ours) == ("بيان المجلس عن العبّارات", AR, True)
    assert source_title(source(KNOWN, label={}), edition(AR))[0].text == KNOWN


def test_a_title_of_another_language_is_explained_by_our_label() -> None:
    """A reader who cannot read the title finds our label beside it."""
    place = Place(routes.section(EN, "sources"))
    line = source_line(BOUNDED, edition(EN), place)
    assert line.title.language is AR
    assert line.gloss is not None
    assert source_line(BOUNDED, edition(AR), place).gloss is None


def test_related_briefings_share_sources_and_topics() -> None:
    """The most related comes first, the briefing itself and other languages never."""
    site = make_site(Options(extra=8))
    heron = site.briefing("content/briefings/heron.en.md")
    paths = find_related(heron, site)
    found = [site.briefing(each) for each in paths]
    assert len(found) == RELATED
    assert found[0].slug == "bells"
    assert all(each.language is EN and each.slug != "heron" for each in found)
    assert paths == find_related(heron, site) == site.linked(heron.path).related


def test_a_list_is_split_only_when_it_is_long() -> None:
    """A hundred entries stay together; one more, and they stand by name in their order."""
    entries = [(number,) for number in range(LONG)]
    (whole,) = slices(entries, str, EN, "briefings")
    assert (whole.name, whole.route, whole.entries) == (
        "",
        "en/briefings/index.html",
        tuple(entries),
    )
    parts = slices(
        [*entries, (LONG,)], lambda each: "low" if each[0] < 50 else "high", EN, "briefings"
    )
    assert [each.name for each in parts] == ["low", "high"]
    assert [each.route for each in parts] == [
        "en/briefings/index.html",
        "en/briefings/high/index.html",
    ]


def test_a_long_list_on_one_page_has_headings_by_year() -> None:
    """Few briefings form one group without a heading, many a group per year."""
    place = Place(routes.section(EN, "topics"))
    few, many = edition(EN), edition(EN, Options(extra=120))
    assert [each.heading for each in year_groups(few.briefings, few, place)] == [""]
    years = [each.heading for each in year_groups(many.briefings, many, place)]
    dates = [many.site.briefing(each[-1]).date for each in many.briefings]
    assert years == sorted({str(each.year) for each in dates}, reverse=True)
    assert len(years) > 1
    assert year_groups((), few, place) == ()


def test_sources_stand_newest_first_and_undated_last() -> None:
    """The lower bound decides; what has no date stands under its own name."""
    ordered = make_site().list("sources")
    assert [each[-1] for each in ordered] == [KNOWN, BOUNDED, UNTITLED, UNCITED]
    assert [year(each) for each in ordered] == ["2031", "2030", "undated", "undated"]
    assert year(entry(source(KNOWN, issued=parse_edtf("../2029")))) == "2029"


def test_the_pages_are_those_of_the_contract() -> None:
    """Every page has its place, each once, and the order is the same every time."""
    site, locales = make_site(), make_locales()
    found = [each.route for each in views(site, locales)]
    assert len(found) == len(set(found))
    assert {
        "index.html",
        "404.html",
        "ar/index.html",
        "en/index.html",
        "ar/briefings/index.html",
        "ar/briefings/heron.html",
        "en/briefings/old-heron.html",
        "ar/topics/index.html",
        "ar/topics/timetable.html",
        "ar/sources/index.html",
        f"ar/sources/{UNCITED}.html",
        "ar/about.html",
        "en/crew.html",
    } <= set(found)
    assert "ar/crew.html" not in found
    assert found == [each.route for each in views(make_site(), make_locales())]


def test_a_site_of_one_language_has_no_switch() -> None:
    """Nothing assumes a second language."""
    site = make_site(Options(languages=(EN,)))
    found = list(views(site, make_locales()))
    assert {each.language for each in found} == {EN}
    assert all(not each.values["frame"].switches for each in found if "frame" in each.values)  # type: ignore[attr-defined]


def test_a_correction_makes_a_briefing_newer() -> None:
    """The date of an update is the newest the briefing states, and only shown when it differs."""
    moment = view("en/briefings/heron.html").values["updated"]
    assert getattr(moment, "iso", None) == "2031-03-12"
    assert view("ar/briefings/heron.html").values["updated"] is None


def test_views_hold_values_and_not_the_site() -> None:
    """No template receives the site, a document, or a way to them."""
    for each in views(make_site(), make_locales()):
        for value in each.values.values():
            assert not isinstance(value, Briefing | Edition | date)


def test_no_value_hides_what_every_template_has() -> None:
    """The language and direction of a page are never shadowed by a value of its view."""
    for each in views(make_site(), make_locales()):
        assert not {"language", "direction", "gettext", "ngettext", "_"} & set(each.values)
