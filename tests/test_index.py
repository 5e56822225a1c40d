"""Tests of the index: lists that are mended are the lists that would be made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz import index
from mujaz.dates import parse_edtf
from mujaz.index import Contribution, Entry, Lists, Scope, make_lists, mend_lists
from mujaz.model import Briefing, Correction, Document, Language, Page, Source, Topic
from mujaz.problems import Location
from tests.assembly import contributions
from tests.conftest import validated
from tests.site_factory import source

SLUGS, KEYS, TOPICS = ("a", "b", "c"), ("0" * 16, "1" * 16, "2" * 16), ("t", "u")
DAYS = st.sampled_from([date(2031, 3, 9), date(2031, 3, 10), date(2029, 1, 1)])
SCOPES = st.builds(
    Scope,
    st.sampled_from([(Language.AR, Language.EN), (Language.EN, Language.AR), (Language.EN,)]),
    st.booleans(),
)
PLACES = {f"aliases.{each}": Location("content/x") for each in ("old", "older")}
Thing = tuple[Document | Source, tuple[str, ...]]
"""A document with the articles that it cites, or a record."""


def some(things: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw some of the things, each once, in any order."""
    return st.lists(st.sampled_from(list(things)), unique=True).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> Thing:
    """Draw a document of any kind with everything that lists depend on."""
    kind = draw(st.sampled_from(["briefings", "topics", "pages"]))
    slug, language = draw(st.sampled_from(SLUGS)), draw(st.sampled_from(list(Language)))
    title = draw(st.sampled_from(["x", "y", "مرفأ"]))
    cited = draw(some(KEYS))
    path = f"content/{kind}/{slug}.{language}.md"
    if kind == "topics":
        order, gaps = draw(st.integers(0, 2)), ("gap",) * draw(st.integers(0, 1))
        return Topic(
            path=path,
            slug=slug,
            language=language,
            title=title,
            summary="",
            order=order,
            gaps=gaps,
        ), cited
    if kind == "pages":
        return Page(path=path, slug=slug, language=language, title=title, summary=""), cited
    log = [Correction(day, "x") for day in draw(st.lists(DAYS, max_size=2))]
    return Briefing(
        path=path,
        slug=slug,
        language=language,
        title=title,
        summary="",
        date=draw(DAYS),
        lastmod=draw(st.none() | DAYS),
        topics=draw(some(TOPICS)),
        sources=draw(some(KEYS)),
        authors=(),
        draft=draw(st.booleans()),
        aliases=draw(some(["old", "older"])),
        corrections=tuple(log),
        places=PLACES,
    ), cited


@st.composite
def records(draw: st.DrawFn) -> Thing:
    """Draw a record with everything that lists depend on."""
    issued = draw(st.sampled_from([None, "2031-03", "../2031", "2031-03-09", "2029/"]))
    made = source(
        draw(st.sampled_from(KEYS)),
        issued=parse_edtf(issued) if issued else None,
        origins=draw(some(["board", "pilots"])),
        topics=draw(some(TOPICS)),
        places={},
    )
    return made, ()


LIBRARIES = st.lists(documents() | records(), max_size=8, unique_by=lambda thing: thing[0].path)


def added(things: Iterable[Thing], scope: Scope) -> list[Contribution]:
    """Return what things add to the lists."""
    found: list[Contribution] = []
    for thing, cited in things:
        if isinstance(thing, Source):
            found += index.of_source(thing, scope)
        else:
            found += index.of_document(thing, Counter(cited), scope)
    return found


@settings(deadline=None, max_examples=100)
@given(LIBRARIES, LIBRARIES, SCOPES)
def test_mended_lists_are_those_made_anew(old: list[Thing], new: list[Thing], scope: Scope) -> None:
    """From one site to any other: mending gives every list, and tells exactly what has changed."""
    before, after = make_lists(added(old, scope)), make_lists(added(new, scope))
    lists = dict(before)
    changed = set(mend_lists(lists, added(old, scope), added(new, scope)))
    assert lists == after
    differing = {cell for cell in {*before, *after} if before.get(cell) != after.get(cell)}
    assert differing == changed


@settings(deadline=None, max_examples=50)
@given(LIBRARIES, LIBRARIES, SCOPES)
def test_only_what_changed_must_be_given(old: list[Thing], new: list[Thing], scope: Scope) -> None:
    """Things that are the same before and after may be left out of both."""
    same = [thing for thing in old if thing in new]
    lists = dict(make_lists(added(old, scope)))
    less = added([thing for thing in old if thing not in same], scope)
    more = added([thing for thing in new if thing not in same], scope)
    set(mend_lists(lists, less, more))
    assert lists == make_lists(added(new, scope))


def test_two_things_that_add_the_same() -> None:
    """Where two records have one ID, which is an error, an entry still stands once."""
    one: Entry = (False, 1, "k")
    lists: Lists = {("sources",): (one,)}
    assert set(mend_lists(lists, [], [(("sources",), one)])) <= {("sources",)}
    assert lists == {("sources",): (one,)}


@settings(deadline=None, max_examples=50)
@given(st.permutations(range(8)), LIBRARIES, SCOPES)
def test_the_order_of_things_does_not_matter(
    order: list[int], things: list[Thing], scope: Scope
) -> None:
    """Lists are sorted as they are displayed, in whatever order things came."""
    shuffled = [things[place] for place in order if place < len(things)]
    assert make_lists(added(shuffled, scope)) == make_lists(added(things, scope))


def test_every_entry_names_something() -> None:
    """The last item of an entry says what it names; no list holds one twice."""
    library = validated({})
    lists = make_lists(contributions(library, Scope(library.settings.languages)))
    for cell, entries in lists.items():
        assert entries == tuple(sorted(set(entries))), cell
    assert [entry[-1] for entry in lists["documents",]] == sorted(
        document.path for document, _ in library.documents
    )


def test_what_is_left_out_claims_nothing() -> None:
    """A draft, or a document in a language that is not built, adds only that it is left out."""
    library = validated({})
    for document, _ in library.documents:
        if document.language is Language.AR:
            found = list(index.of_document(document, {}, Scope((Language.EN,))))
            assert found == [(("left out",), (document.path,))]
