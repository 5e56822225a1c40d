"""The pipeline: the stages in their order, and the barrier between checking and writing.

disk → documents → site → pages → disk. Everything that is wrong is known before the first page is
rendered; pages grow beside the old site, and nothing of it is touched unless every page could be
made. What has not changed since the last build is taken from memory: a build that remembers gives
the same bytes as one that does not.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from mujaz.inputs import Inputs, find_inputs
from mujaz.memory import FOLDER, Memory
from mujaz.options import Options, Result
from mujaz.problems import Location, arrange, from_plain, problem, to_plain
from mujaz.program import program_key

if TYPE_CHECKING:
    from mujaz.write import Publication

__all__ = ["Options", "Result", "build", "check"]


_KEPT = "the old site is as it was"
_SHORT = "if the machine was short of memory, try --jobs 1"


def check(options: Options) -> Result:
    """Load, parse, resolve and check; render everything; write nothing."""
    return _run(options, None)


def build(options: Options) -> Result:
    """Check, and if nothing forbids it, write the site."""
    from mujaz.write import publish, refuse_output

    if refused := refuse_output(options.output, options.root):
        result = check(options)
        return replace(result, problems=arrange([*result.problems, *refused]), digests={})
    try:
        publication = publish(
            options.output,
            options.root,
            keep_spare=options.cache,
            waiting=options.watch.waiting,
        )
        with publication:
            return _run(options, publication)
    except ChildProcessError as error:
        return _failed(options, f"the site could not be made: {error}", f"{_SHORT}; {_KEPT}")
    except OSError as error:
        what = f"the site could not be written: {error.strerror or error}"
        return _failed(options, what, _KEPT)


def _failed(options: Options, what: str, hint: str) -> Result:
    return Result([problem("output-failed", Location(options.output.name), what, hint)])


def _run(options: Options, publication: Publication | None) -> Result:
    """Answer from memory if nothing has changed, else do what has; nothing damaged is believed."""
    with options.watch.stage("load"):
        inputs = find_inputs(options.root)
        folder = options.root / FOLDER if options.cache and inputs.tree.files else None
        memory = Memory(folder, program_key(), keeps=publication is not None)
        answer = _remembered(options, memory, inputs, publication)
    if answer:
        return replace(answer, skipped=inputs.tree.skipped)
    from mujaz.run import run
    from mujaz.store import Damaged

    for begin in (memory.recall, memory.forget):
        begin()
        with suppress(Damaged):
            return replace(run(options, memory, inputs, publication), skipped=inputs.tree.skipped)
    nothing = Memory(None, "", keeps=False)  # the disk does not give back what it has just taken
    return replace(run(options, nothing, inputs, publication), skipped=inputs.tree.skipped)


def _remembered(
    options: Options, memory: Memory, inputs: Inputs, publication: Publication | None
) -> Result | None:
    """Return the result of the last build if nothing has changed since, and its site stands."""
    if not memory.answer or memory.answer[0] != options.asked:
        return None
    _, told, digests, problems, sources, citations = memory.answer
    if told != [*map(to_plain, inputs.problems)]:
        return None
    if not memory.knows_all(inputs.files) or (publication and not publication.holds(digests)):
        return None
    result = Result(
        [*map(from_plain, problems)],
        digests,
        foreign=publication.foreign if publication else (),
        sources=sources,
        citations=citations,
    )
    return replace(result, digests={}) if result.stops(strict=options.strict) else result
