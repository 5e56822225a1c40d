"""Tests of the store: what was put in comes out, and nothing else is ever believed."""

from __future__ import annotations

import os
import pickle
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.index import Cell, Scope
from mujaz.model import Hole, Language, Source
from mujaz.parse import parse_file
from mujaz.problems import Location
from mujaz.store import Damaged, Shelf, Span, Store, decode, encode
from mujaz.walk import walk
from tests.conftest import FILES, NOTICE, MakeSite
from tests.site_factory import TEXT_AR, TEXT_EN, body, source


def open_store(path: Path, size: int = 0, *, writes: bool = True) -> Store:
    """Return a store in a folder that may not exist yet."""
    return Store(path / "memory" / "values", size, writes=writes)


# --- round trips -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "رصيف",
        ("a", 1, (2, frozenset({"b"}))),
        {Language.AR: "a", "b": [1]},
        date(2031, 3, 9),
        Location("content/site.yaml", 3, 4),
        Hole("image", ("a", "b", ("c", Hole("prefix")), "d")),
        body(TEXT_EN, "content/pages/x.en.md", Language.EN),
        body(TEXT_AR, "content/pages/x.ar.md", Language.AR),
        source(NOTICE, title="a", archive_date=date(2031, 1, 1), places={}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_comes_back(value: object) -> None:
    """Every kind of value of ours is the same after it was stored."""
    again = decode(encode(value))
    assert again == value
    assert type(again) is type(value)


def test_everything_of_a_site_comes_back(make_site: MakeSite) -> None:
    """Each value that a file of content gives can be stored, and holds what it held."""
    root = make_site({})
    scope = Scope(tuple(Language))
    kinds = set()
    files = walk(root).files
    assert {each.path for each in files} == set(FILES)
    for file in files:
        if file.path != "content/site.yaml":
            for (kind, _), data in parse_file(file, scope).values:
                kinds.add(kind)
                assert encode(decode(data)) is not None
                assert decode(encode(decode(data))) == decode(data)
    assert kinds == {"document", "text", "citations", "facts", "anchors", "source", "name"}


@given(st.lists(st.binary(max_size=200), min_size=1))
def test_bytes_lie_where_they_were_put(pieces: list[bytes]) -> None:
    """Whatever was put into a store is read from where it was put."""
    store = Store(None, 0, writes=True)
    spans = [store.put(each) for each in pieces]
    assert [store.take(each) for each in reversed(spans)] == pieces[::-1]
    assert store.size == sum(map(len, pieces))
    store.close()


def test_a_store_is_read_by_the_next_build(tmp_path: Path) -> None:
    """What one build has put the next one finds, and adds to."""
    store = open_store(tmp_path)
    first = store.put(b"first")
    store.close()
    store = open_store(tmp_path, store.size)
    second = store.put(b"second")
    assert (store.take(first), store.take(second)) == (b"first", b"second")
    store.close()
    assert (tmp_path / "memory" / "values").read_bytes() == b"firstsecond"


def test_what_a_broken_build_left_is_overwritten(tmp_path: Path) -> None:
    """Bytes behind those in use are of a build that did not come to its end."""
    store = open_store(tmp_path)
    first = store.put(b"first")
    size = store.size
    store.put(b"never finished")
    store.close()
    store = open_store(tmp_path, size)
    second = store.put(b"2")
    assert (store.take(first), store.take(second)) == (b"first", b"2")
    store.close()


def test_a_store_that_is_only_read(tmp_path: Path) -> None:
    """A check reads what is there and keeps its own apart: the file stays as it was."""
    store = open_store(tmp_path)
    first = store.put(b"first")
    store.close()
    path = tmp_path / "memory" / "values"
    path.chmod(0o444)
    before = path.read_bytes()
    store = open_store(tmp_path, store.size, writes=False)
    second = store.put(b"second")
    assert (store.take(first), store.take(second)) == (b"first", b"second")
    store.close()
    assert path.read_bytes() == before


def test_a_check_makes_no_file(tmp_path: Path) -> None:
    """Where there is no store a check makes none."""
    store = open_store(tmp_path, writes=False)
    assert store.take(store.put(b"x")) == b"x"
    store.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("obstacle", ["a folder", "a file in the way"])
def test_a_store_that_cannot_be_opened(tmp_path: Path, obstacle: str) -> None:
    """Where the file cannot be made values are kept all the same, for this build."""
    if obstacle == "a folder":
        (tmp_path / "memory" / "values").mkdir(parents=True)
    else:
        (tmp_path / "memory").write_bytes(b"")
    store = open_store(tmp_path)
    assert store.take(store.put(b"x")) == b"x"
    store.close()


# --- what is not believed --------------------------------------------------------------------


def damaged(span: Span, path: Path, data: bytes) -> None:
    """Expect that a span is not believed in a store with these bytes."""
    path.write_bytes(data)
    with pytest.raises(Damaged), closing(Store(path, len(data), writes=False)) as store:
        store.take(span)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_altered_bytes_are_damage(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, draw: st.DataObject
) -> None:
    """A bit that was turned, or an end that was cut off, is never read as a value."""
    path = tmp_path_factory.mktemp("store") / "values"
    store = Store(path, 0, writes=True)
    store.put(b"before")
    span = store.put(data)
    store.close()
    whole = path.read_bytes()
    place = draw.draw(st.integers(span.start, len(whole) - 1))
    bit = 1 << draw.draw(st.integers(0, 7))
    damaged(span, path, whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
    damaged(span, path, whole[:place])
    with pytest.raises(Damaged):
        Store(path, len(whole), writes=True)
    damaged(span._replace(start=span.start - 1), path, whole)
    damaged(span._replace(length=span.length - 1), path, whole)
    damaged(span._replace(start=10**9), path, whole)


class Foreign:
    """A class that is not ours."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("true",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\x05.",
        b"\x80\x05K\x01",
        encode("x")[:-2],
        pickle.dumps(Foreign()),
        pickle.dumps(Foreign),
        pickle.dumps(Path("/")),
        pickle.dumps(eval),
        pickle.dumps(ValueError("x")),
        b"cos\nsystem\n(S'true'\ntR.",
        b"cmujaz.store\nos\n.",
        b"cmujaz.model\nPath\n.",
        b"cbuiltins\ngetattr\n.",
    ],
)
def test_nothing_but_our_values_is_made(data: bytes) -> None:
    """Bytes that are cut, or ask for anything but a value of ours, are damage."""
    with pytest.raises(Damaged):
        decode(data)


# --- the shelf -------------------------------------------------------------------------------


def test_a_shelf_gives_what_is_stored_and_what_is_not() -> None:
    """Values come from the store or from beside it; what is nowhere is missing."""
    store = Store(None, 0, writes=True)
    record = source(NOTICE, places={})
    spans: dict[Cell, Span] = {}
    spans |= {("source", NOTICE): store.put(encode(record)), ("text", "x"): store.put(encode("t"))}
    more: dict[tuple[str, ...], object] = {}
    shelf = Shelf(store, spans, more)
    assert isinstance(shelf["source", NOTICE], Source)
    assert shelf["source", NOTICE] == record
    assert shelf["text", "x"] == "t"
    assert shelf.get(("text", "y")) is None
    more["linked", "x"] = 1
    assert shelf["linked", "x"] == 1
    assert set(shelf) == {("source", NOTICE), ("text", "x"), ("linked", "x")}
    assert len(shelf) == 3
    store.close()


def test_damage_on_a_shelf_is_told() -> None:
    """A damaged value is no missing value."""
    store = Store(None, 0, writes=True)
    span = store.put(encode("t"))
    shelf = Shelf(store, {("text", "x"): span._replace(digest=b"12345678")}, {})
    with pytest.raises(Damaged):
        shelf.get(("text", "x"))
    store.close()
