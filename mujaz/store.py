"""The store: values of the site in one file that only grows, each read when it is asked for.

Enters: values under the names of cells. Leaves: the same values, in this process or in a forked
one. What lies in the file is never trusted: a value is read only if its bytes have the digest that
they were written with, and only classes of ours are made from them.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import pickle
import tempfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from mujaz import dates, model, problems, site
from mujaz.index import Cell

_DIGEST = 8
_REMEMBERED = 1024
"""How many values are kept decoded; most pages of a list ask for the same ones."""


class Damaged(Exception):  # noqa: N818 - it says what the store is
    """The file does not hold what was put into it."""


class Span(NamedTuple):
    """Where a value lies: its first byte, its length, and the digest of its bytes."""

    start: int
    length: int
    digest: bytes


def encode(value: object) -> bytes:
    """Return a value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def decode(data: bytes) -> Any:  # noqa: ANN401 - whatever was encoded
    """Return the value of bytes; ``Damaged`` if they hold anything but values of ours."""
    try:
        return _Reader(io.BytesIO(data)).load()
    except Exception as error:  # whatever broken bytes may do
        raise Damaged(str(error)) from error


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - a class
        """Return a class of ours; nothing else may be made."""
        return _CLASSES[module, name]


_CLASSES = {
    (each.__module__, each.__name__): each
    for owner in (dates, model, problems, site)
    for each in vars(owner).values()
    if isinstance(each, type) and each.__module__.startswith("mujaz.")
} | {("datetime", "date"): dt.date, ("builtins", "frozenset"): frozenset}


class Store:
    """Values in a file, and the new ones: behind them, or, where that cannot be, apart.

    ``size`` is how many bytes are in use; what follows them in the file is of a run that broke off.
    ``Damaged`` if there are fewer.
    """

    def __init__(self, path: Path | None, size: int, *, writes: bool) -> None:
        self.size = size
        self._split = 0
        self._old = self._new = _open(path, writes=writes) if path else None
        if self._old and os.fstat(self._old.fileno()).st_size < size:
            self.close()
            raise Damaged(f"fewer than {size} bytes")
        if not self._old or not writes:
            self._part()

    @property
    def kept(self) -> bool:
        """Say whether everything that was put lies in the file, for another run to take."""
        return self._old is not None and self._new is self._old

    def _part(self) -> None:
        """Put what comes now into a file of its own, which nobody sees."""
        self._split = self.size
        self._new = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - until close

    def close(self) -> None:
        """Give the files back to the system."""
        for file in (self._old, self._new):
            if file:
                file.close()

    def put(self, data: bytes) -> Span:
        """Add bytes and return where they lie; a file that takes no more is no harm."""
        try:
            self._write(data)
        except OSError:
            if not self.kept:
                raise
            self._part()
            self._write(data)
        self.size += len(data)
        return Span(self.size - len(data), len(data), digest(data))

    def _write(self, data: bytes) -> None:
        file, place, left = cast("IO[bytes]", self._new), self.size - self._split, memoryview(data)
        while left:
            written = os.pwrite(file.fileno(), left, place)
            place, left = place + written, left[written:]

    def take(self, span: Span) -> bytes:
        """Return the bytes that lie there; ``Damaged`` if they are not those that were put."""
        file, start = self._new, span.start - self._split
        if start < 0:
            file, start = self._old, span.start
        try:
            data = os.pread(file.fileno(), span.length, start) if file else b""
        except OSError as error:
            raise Damaged(str(error)) from error
        if digest(data) != span.digest:
            raise Damaged(f"{span.length} bytes at {span.start}")
        return data


def _open(path: Path, *, writes: bool) -> IO[bytes] | None:
    """Open a file to be read, and made and written if that is wanted; None where it cannot be."""
    try:
        if not writes:
            return open(path, "rb", buffering=0)  # noqa: PTH123 - it stays open
        path.parent.mkdir(exist_ok=True)
        return open(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b", buffering=0)  # noqa: PTH123
    except OSError:
        return None


def digest(data: bytes) -> bytes:
    """Return eight bytes that no other data has, but for one in 2⁶⁴."""
    return blake2b(data, digest_size=_DIGEST).digest()


class Shelf(Mapping[Cell, Any]):
    """Cell → value, from the store; ``more`` are values that are not stored."""

    def __init__(self, store: Store, spans: Mapping[Cell, Span], more: Mapping[Cell, Any]) -> None:
        self._store = store
        self._spans = spans
        self._more = more
        self._decoded = lru_cache(_REMEMBERED)(self._decode)

    def __getitem__(self, cell: Cell) -> Any:  # noqa: ANN401 - as Mapping
        if cell in self._more:
            return self._more[cell]
        return self._decoded(cell) if cell[0] in _SHARED else self._decode(cell)

    def __iter__(self) -> Iterator[Cell]:
        return iter([*self._spans, *self._more])

    def __len__(self) -> int:
        return len(self._spans) + len(self._more)

    def _decode(self, cell: Cell) -> Any:  # noqa: ANN401 - as Mapping
        return decode(self._store.take(self._spans[cell]))


_SHARED = frozenset({"document", "source", "name", "citations"})
"""Kinds of values that many pages ask for."""
