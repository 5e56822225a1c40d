"""Workers: a function of many things → its results, computed by several processes.

Enters: a function, things, and how many processes may run. Leaves: the results in the order of the
things. Workers are forked, so the function may use everything that is known at that moment without
its being copied; what they return is pickled. Where the system cannot fork, or it would not pay,
everything happens in this process.
"""

from __future__ import annotations

import gc
import os
import signal
import struct
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any, NoReturn, TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")

BATCH = 32
"""How many things a worker takes at a time."""

FEWEST = 3 * BATCH
"""Fewer things than this are not worth a second process."""

_COLLECTIONS = (20_000, 20, 20)
"""How rarely a worker looks for garbage in cycles: it makes many values, and few cycles."""

_SIGNALS = {signal.SIGINT, signal.SIGTERM}
"""What ends a run; none of them may arrive while a process is neither parent nor worker."""

_HEAD = struct.Struct("=IQ")  # the number of a batch, the length of its answers
_NUMBER = struct.Struct("=I")


def default_jobs() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def each(
    function: Callable[[Thing], Answer],
    things: Sequence[Thing],
    jobs: int,
    report: Callable[[int], None] = lambda _: None,
) -> Generator[Answer, None, None]:
    """Yield ``function(thing)`` for every thing in order; ``report`` hears how many are done.

    An exception of the function is raised here; the other workers are ended. Whoever may leave
    before the end closes the generator, so that no worker outlives it. ``ChildProcessError`` says
    that a worker was ended by somebody else.
    """
    if jobs < 2 or len(things) < FEWEST or not hasattr(os, "fork"):  # noqa: PLR2004 - one is not many
        for number, thing in enumerate(things, 1):
            yield function(thing)
            report(number)
        return
    batches = [things[start : start + BATCH] for start in range(0, len(things), BATCH)]
    waiting: dict[int, list[Answer]] = {}
    following = done = 0
    for number, answers in _answers(function, batches, min(jobs, len(batches))):
        waiting[number] = answers
        while following in waiting:
            ready = waiting.pop(following)
            following += 1
            done += len(ready)
            report(done)
            yield from ready


def _answers(
    function: Callable[[Thing], Answer], batches: Sequence[Sequence[Thing]], jobs: int
) -> Iterator[tuple[int, list[Answer]]]:
    """Yield the number of each batch with its answers, as they come."""
    queue, tickets = os.pipe()
    workers: dict[int, int] = {}  # pipe → process
    try:
        while len(workers) < jobs and _fork(workers, function, batches, queue, tickets):
            pass
        if workers:
            yield from _collect(workers, len(batches), tickets)
        else:
            yield from enumerate([function(thing) for thing in batch] for batch in batches)
    finally:
        os.close(queue)
        os.close(tickets)
        for pipe, process in workers.items():
            os.close(pipe)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _fork(
    workers: dict[int, int],
    function: Callable[[Thing], Answer],
    batches: Sequence[Sequence[Thing]],
    queue: int,
    tickets: int,
) -> bool:
    """Add a worker; return False where the system has no more processes or pipes for us."""
    try:
        pipe, answer = os.pipe()
    except OSError:
        return False
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        process = os.fork()
        if process == 0:
            for each_pipe in (tickets, pipe, *workers):  # else none would notice that we are gone
                os.close(each_pipe)
            _work(function, batches, queue, answer)
        workers[pipe] = process
    except OSError:
        os.close(pipe)
        return False
    else:
        return True
    finally:
        os.close(answer)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _collect(
    workers: dict[int, int], count: int, tickets: int
) -> Iterator[tuple[int, list[Answer]]]:
    """Hand out the numbers of batches, two for each worker ahead, and yield what comes back."""
    handed = min(count, 2 * len(workers))
    os.write(tickets, b"".join(map(_NUMBER.pack, range(handed))))
    import selectors

    received = 0
    with selectors.DefaultSelector() as selector:
        for pipe in workers:
            selector.register(pipe, selectors.EVENT_READ)
        while received < count:
            for key, _ in selector.select():
                number, answers = _receive(key.fd)
                if not isinstance(answers, list):
                    raise answers
                received += 1
                if handed < count:
                    os.write(tickets, _NUMBER.pack(handed))
                    handed += 1
                yield number, answers


def _receive(pipe: int) -> tuple[int, list[Any] | BaseException]:
    """Return one answer of a worker."""
    import pickle

    number, length = _HEAD.unpack(_read(pipe, _HEAD.size))
    return number, pickle.loads(_read(pipe, length))  # noqa: S301 - of our own child


def _read(pipe: int, length: int) -> bytes:
    parts = []
    while length:
        part = os.read(pipe, min(length, 1 << 20))
        if not part:
            raise ChildProcessError("a worker was ended before its work was done")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


# --- in a worker -----------------------------------------------------------------------------


def _work(
    function: Callable[[Thing], Answer],
    batches: Sequence[Sequence[Thing]],
    queue: int,
    answer: int,
) -> NoReturn:
    """Answer batches until the parent ends this process; nothing of the parent's is tidied here."""
    try:
        gc.freeze()  # what the parent made is neither garbage nor to be copied
        gc.set_threshold(*_COLLECTIONS)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends us
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        while ticket := os.read(queue, _NUMBER.size):
            (number,) = _NUMBER.unpack(ticket)
            _send(answer, number, _attempt(function, batches[number]))
    finally:
        os._exit(1)


def _attempt(
    function: Callable[[Thing], Answer], batch: Sequence[Thing]
) -> list[Answer] | Exception:
    try:
        return [function(thing) for thing in batch]
    except Exception as error:  # noqa: BLE001 - it is raised again in the parent
        return error


def _send(pipe: int, number: int, answers: list[Answer] | Exception) -> None:
    import pickle

    data = memoryview(pickle.dumps(answers, pickle.HIGHEST_PROTOCOL))
    os.write(pipe, _HEAD.pack(number, len(data)))
    while data:
        data = data[os.write(pipe, data) :]
