"""Incremental: every stage over a whole site, doing only what is not known already.

Enters: a ``Memory``, and what a stage works on. Leaves: what the stage gives for the whole site.
What depends on nothing that has changed is taken from memory; the rest is made anew, by several
processes where it is much. That both give the same is the duty of the traces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from mujaz import index, workers
from mujaz.index import Cell, Contribution, Lists, Scope
from mujaz.memory import Known, Made, Memory
from mujaz.parse import Parsed, contributions, parse_file
from mujaz.store import Span, Store, decode

if TYPE_CHECKING:
    from mujaz.options import Options
    from mujaz.site import Site
    from mujaz.walk import File


class Files:
    """The files of content, parsed: path → what is known of each; ``fresh``: those just parsed."""

    def __init__(self, known: dict[str, Known], fresh: dict[str, tuple[Contribution, ...]]) -> None:
        self.known = known
        self.fresh = fresh

    def spans(self) -> dict[Cell, Span]:
        """Return where every value lies in the store."""
        return {
            (kind, name): Span(start, length, digest)
            for known in self.known.values()
            for kind, name, start, length, digest in known.values
        }


def parse_files(
    files: Sequence[File], scope: Scope, memory: Memory, store: Store, options: Options
) -> Files:
    """Return every file parsed; only a file whose bytes have changed is opened."""
    version = " ".join(scope.languages)
    known: dict[str, Known] = {}
    unknown: list[File] = []
    for file in files:
        before = memory.files.get(file.path)
        digest = memory.try_digest(file.path, file.disk, file.signature) if before else ""
        if digest and before and before.digest == f"{digest} {version}":
            known[file.path] = before
        else:
            unknown.append(file)
    signatures = {file.path: file.signature for file in unknown}
    fresh: dict[str, tuple[Contribution, ...]] = {}
    progress = options.watch.progress("parse", len(unknown))
    parse = partial(parse_file, scope=scope)
    with closing(workers.each(parse, unknown, options.jobs, progress)) as answers:
        for parsed in answers:
            memory.note(parsed.path, signatures[parsed.path], parsed.digest)
            known[parsed.path] = _store(parsed, f"{parsed.digest} {version}", store)
            fresh[parsed.path] = parsed.contributions
    return Files({file.path: known[file.path] for file in files}, fresh)


def _store(parsed: Parsed, digest: str, store: Store) -> Known:
    values = tuple((kind, name, *store.put(data)) for (kind, name), data in parsed.values)
    return Known(digest, values, parsed.problems, parsed.citations)


# --- the lists -------------------------------------------------------------------------------


def make_lists(
    files: Files, others: tuple[Contribution, ...], scope: Scope, memory: Memory, store: Store
) -> tuple[Lists, set[Cell]]:
    """Return all lists, and the cells that are not as in the last build (all of them: not told)."""

    def added(path: str, known: Known) -> Iterable[Contribution]:
        return files.fresh.get(path) or contributions(_values(known, store), scope)

    built = memory.built
    if built is None:
        found = (each for path, known in files.known.items() for each in added(path, known))
        lists = index.make_lists(chain(others, found))
        files.fresh.clear()
        return lists, set()
    changed: set[Cell] = set()
    old: list[Contribution] = list(built.others)
    new: list[Contribution] = list(others)
    for path in memory.built_files.keys() | files.known.keys():
        before, after = memory.built_files.get(path), files.known.get(path)
        if before != after:
            changed |= _different(before, after)
            old += contributions(_values(before, store), scope) if before else ()
            new += added(path, after) if after else ()
    lists = dict(built.lists)
    changed.update(index.mend_lists(lists, old, new))
    return lists, changed


def _values(known: Known, store: Store) -> Mapping[Cell, Any]:
    """Return the values of a file that contributions are made of."""
    return {
        (kind, name): decode(store.take(Span(start, length, digest)))
        for kind, name, start, length, digest in known.values
        if kind not in {"text", "facts", "anchors"}
    }


def _different(before: Known | None, after: Known | None) -> set[Cell]:
    """Return the cells of a file whose values differ."""
    old = {(kind, name, digest) for kind, name, _, _, digest in (before.values if before else ())}
    new = {(kind, name, digest) for kind, name, _, _, digest in (after.values if after else ())}
    return {(kind, name) for kind, name, _ in old ^ new}


# --- what is made from the site --------------------------------------------------------------


def make_all(  # noqa: PLR0913, PLR0917 - what is made, from what, how
    stage: str,
    names: Sequence[str],
    make: Callable[[str], Any],
    valid: Callable[[str], Made | None],
    site: Site,
    memory: Memory,
    options: Options,
    begin: Callable[[], object] = lambda: None,
) -> tuple[dict[str, Made], list[str]]:
    """Return what is made under each name, and the names that were made anew.

    ``valid`` gives what is still right; ``make`` makes a plain value from nothing but the site;
    ``begin`` is called before anything is made.
    """

    def work(name: str) -> tuple[Any, bytes, list[Cell]]:
        site.reads = set()
        value = make(name)
        return (value, *memory.trace(site.reads))

    made = {name: found for name in names if (found := valid(name))}
    missing = [name for name in names if name not in made]
    if missing:
        begin()
    progress = options.watch.progress(stage, len(missing))
    with closing(workers.each(work, missing, options.jobs, progress)) as answers:
        for name, (value, trace, unknown) in zip(missing, answers, strict=True):
            made[name] = Made(memory.complete(trace, unknown), value)
    return {name: made[name] for name in names}, missing
