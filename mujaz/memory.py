"""Memory: what the last build knew, so that the next does only what has changed.

Enters: the folder ``.mujaz/`` of a site, and the key of the program that reads it. Leaves: a
``Memory``. It lies in three files: ``inputs``, what a build was made from and what it said, which
is all that is read when nothing has changed; ``state``, what was made of it; ``values``, a
``Store``. Whatever is damaged, foreign or of another program is as good as nothing: everything is
then made anew. Nothing here knows what a page is; ``pipeline`` says what to remember.

A *trace* says what something was made from: the cells that the site was asked for. What was made is
right as long as no cell of its trace has changed.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import time
from array import array
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from mujaz.index import Cell, Lists
    from mujaz.problems import PlainProblem
    from mujaz.store import Store
    from mujaz.walk import Signature

FOLDER = ".mujaz"
_RECENT = 2_000_000_000
"""Nanoseconds in which a file may change twice and keep its time, on the coarsest of disks."""

_WASTE, _SLACK = 2, 1 << 22
"""A store this many times as large as what it holds, and 4 MiB, is begun anew."""

Stored = tuple[str, str, int, int, bytes]
"""A value in the store: kind and name of its cell, first byte, length, digest."""


class Known(NamedTuple):
    """What was parsed from a file: the SHA-256 of its bytes, its values, its problems.

    ``citations`` is the number of its citations.
    """

    digest: str
    values: tuple[Stored, ...]
    problems: tuple[PlainProblem, ...]
    citations: int


class Made(NamedTuple):
    """What was made, and its trace; ``value`` is plain: text, numbers, bytes, tuples, dicts."""

    trace: bytes
    value: Any


class Built(NamedTuple):
    """The last complete build: its options, its look, its lists, and what was made.

    ``others`` is what is in the lists beside what files of content add; ``linked`` is what
    resolving each document and record has found, ``pages`` what is known of each file of the site.
    """

    options: str
    look: str
    others: tuple[Any, ...]
    lists: Lists
    linked: dict[str, Made]
    pages: dict[str, Made]


class Memory:
    """What is remembered of a site: nothing without a ``folder``. Not ``keeps``: it only reads."""

    def __init__(self, folder: Path | None, key: str, *, keeps: bool) -> None:
        self.answer: Any = None
        self._folder = folder
        self._key = key
        self._keeps = keeps
        self._started = time.time_ns()
        self._inputs: dict[str, tuple[Signature | None, str]] = {}
        self._seen: dict[str, tuple[Signature | None, str]] = {}
        self.forget()
        if folder and (found := _read(folder / "inputs", key)):
            self._inputs, self.answer = found

    def forget(self) -> None:
        """Know nothing of what was made."""
        self.files: dict[str, Known] = {}
        self.built_files: dict[str, Known] = {}
        self.built: Built | None = None
        self._cells: dict[Cell, int] = {}
        self._size = 0

    # --- the inputs --------------------------------------------------------------------------

    def digest(self, path: str, disk: str, signature: Signature) -> str:
        """Return the SHA-256 of a file's bytes, which are read only if they may have changed."""
        before, digest = self._inputs.get(path, (None, ""))
        if before != signature:
            with open(disk, "rb", buffering=0) as file:
                digest = sha256(file.read()).hexdigest()
        self.note(path, signature, digest)
        return digest

    def try_digest(self, path: str, disk: str, signature: Signature) -> str:
        """Return the digest of a file; "" for one that cannot be read, which others will tell."""
        try:
            return self.digest(path, disk, signature)
        except OSError:
            return ""

    def note(self, path: str, signature: Signature, digest: str) -> None:
        """Remember the digest of a file; one that has just changed will be looked at again."""
        fresh = max(signature[1:3]) > self._started - _RECENT
        self._seen[path] = (None if fresh else signature, digest)

    def knows_all(self, files: Mapping[str, tuple[str, Signature]]) -> bool:
        """Say whether these files, path → place on the disk and signature, are all as they were."""
        known = self._inputs
        if files.keys() != known.keys():
            return False
        doubtful = [path for path, (_, signature) in files.items() if known[path][0] != signature]
        if any(self.try_digest(path, *files[path]) != known[path][1] for path in doubtful):
            return False
        if doubtful:
            self._write("inputs", ({**known, **self._seen}, self.answer))
        return True

    # --- the state ---------------------------------------------------------------------------

    def recall(self) -> None:
        """Read the state, which is not needed as long as nothing has changed."""
        found = _read(self._folder / "state", self._key) if self._folder else None
        if found:
            files, older, built, cells, self._size = found
            self.files = {path: Known(*known) for path, known in files.items()}
            self.built_files = {**self.files, **{k: Known(*v) for k, v in older.items() if v}}
            for path in [path for path, known in older.items() if known is None]:
                del self.built_files[path]
            self.built = built and Built(
                *built[:4], *({k: Made(*v) for k, v in each.items()} for each in built[4:])
            )
            self._cells = {cell: number for number, cell in enumerate(cells)}

    def expect(self, options: str) -> None:
        """Forget what was made under other options; what was parsed stays known."""
        if self.built and self.built.options != options:
            self.built = None

    def open_store(self) -> Store:
        """Return the store of values; one that holds mostly what is stale is begun anew."""
        from mujaz.store import Store

        held = sum(value[3] for known in self.files.values() for value in known.values)
        if self._size > _WASTE * held + _SLACK:
            self.forget()
        path = self._folder / "values" if self._folder else None
        return Store(path, self._size, writes=self._keeps)

    def remember(
        self,
        files: dict[str, Known],
        built: Built | None,
        answer: Any,  # noqa: ANN401 - see ``answer``
        size: int,
    ) -> None:
        """Keep what was parsed and, after a complete build, what was made; a failure is no harm."""
        older: dict[str, Known | None] = {}
        if built is None:
            built, answer = self.built, None
            before = self.built_files if built else files
            changed = (path for path in before | files if before.get(path) != files.get(path))
            older = {path: before.get(path) for path in changed}
        self._write("state", (_plain(files), _plain(older), _plain(built), [*self._cells], size))
        self._write("inputs", (self._seen, answer))

    def _write(self, name: str, value: object) -> None:
        """Write plain values, whole or not at all; what cannot be written is not remembered.

        What a run that was killed has left of this is overwritten by the next.
        """
        if not self._folder or not self._keeps:
            return
        body = marshal.dumps((self._key, value))  # type: ignore[arg-type]
        fresh = self._folder / f"{name}.new"
        try:
            with open(fresh, "wb") as file:
                file.write(sha256(body).digest())
                file.write(body)
            os.replace(fresh, self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(fresh)

    # --- traces ------------------------------------------------------------------------------

    def number(self, cells: Iterable[Cell]) -> None:
        """Give every cell its number, by which traces name it."""
        for cell in cells:
            self._cells.setdefault(cell, len(self._cells))

    def trace(self, reads: Iterable[Cell]) -> tuple[bytes, list[Cell]]:
        """Return the trace of what was looked up, and the cells that have no number yet."""
        numbers = array("I")
        unknown = []
        for cell in reads:
            number = self._cells.get(cell)
            if number is None:
                unknown.append(cell)
            else:
                numbers.append(number)
        return numbers.tobytes(), unknown

    def complete(self, trace: bytes, unknown: Sequence[Cell]) -> bytes:
        """Return a trace with the numbers of the cells that had none."""
        plain = [tuple(str.__str__(part) for part in cell) for cell in unknown]
        self.number(plain)
        return trace + array("I", [self._cells[cell] for cell in plain]).tobytes()

    def valid(
        self, made: Mapping[str, Made], changed: Iterable[Cell]
    ) -> Callable[[str], Made | None]:
        """Return a function from a name to what was made under it, if none of its cells changed."""
        numbers = frozenset(self._cells[cell] for cell in changed if cell in self._cells)

        def find(name: str) -> Made | None:
            found = made.get(name)
            return found if found and numbers.isdisjoint(array("I", found.trace)) else None

        return find


def erase(folder: Path) -> None:
    """Remove what was remembered; what others keep in the folder stays."""
    if os.path.islink(folder):
        return
    for name in ("inputs", "inputs.new", "state", "state.new", "values"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(folder / name)
    with contextlib.suppress(OSError):  # not empty
        os.rmdir(folder)


def _read(path: Path, key: str) -> Any | None:  # noqa: ANN401 - whatever was written
    """Return what was written under a key; None for anything else."""
    try:
        with open(path, "rb", buffering=0) as file:
            data = file.read()
        body = memoryview(data)[32:]
        if sha256(body).digest() != data[:32]:
            return None
        written, value = marshal.loads(body)  # noqa: S302 - it is ours, and nothing in it is run
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return value if written == key else None


def _plain(value: Any) -> Any:  # noqa: ANN401 - of any shape
    """Return named tuples as tuples, in a dictionary too: only these can be marshalled."""
    if isinstance(value, dict):
        return {
            key: _plain(each) if isinstance(each, tuple) else each for key, each in value.items()
        }
    if isinstance(value, Built):
        return (*value[:4], _plain(value.linked), _plain(value.pages))
    return tuple(value) if isinstance(value, tuple) else value
