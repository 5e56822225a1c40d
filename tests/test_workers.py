"""Tests of the workers: the same answers in the same order, whoever computes them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from mujaz.workers import BATCH, FEWEST, default_jobs, each

MANY = 10 * BATCH + 7
CALM = 10.0
"""Seconds that a child may take to end; nothing here takes as long unless it hangs."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


class OwnError(Exception):
    """An error of a caller."""


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    """After every test no process is left, not even one that has ended and was not waited for."""
    yield
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def open_files() -> int:
    """Return how many files this process has open."""
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112, PTH208


@pytest.mark.parametrize("jobs", [1, 2, 3, 16])
@pytest.mark.parametrize("count", [0, 1, BATCH, FEWEST - 1, FEWEST, FEWEST + 1, MANY])
def test_answers_come_in_the_order_of_things(jobs: int, count: int) -> None:
    """However many processes there are, the answers stand where their things stood."""

    def square(number: int) -> int:
        if number % (3 * BATCH) < BATCH:  # some batches take longer than those behind them
            time.sleep(0.0002)
        return number * number

    assert list(each(square, range(count), jobs)) == [n * n for n in range(count)]


def test_many_processes_work() -> None:
    """Where it pays, other processes work and this one does not; where not, it works alone."""
    others = set(each(lambda _: os.getpid(), range(MANY), 2))
    assert 1 <= len(others) <= 2
    assert os.getpid() not in others
    for count, jobs in ((MANY, 1), (FEWEST - 1, 2)):
        assert set(each(lambda _: os.getpid(), range(count), jobs)) == {os.getpid()}


def test_workers_know_what_is_known() -> None:
    """A function may use what no process could send: another function, an open file."""
    opened, secret = os.pipe()
    table: dict[int, Callable[[], int]] = {n: lambda n=n: n + 1 for n in range(MANY)}  # type: ignore[misc]
    os.write(secret, b"x")
    assert list(each(lambda n: table[n](), range(MANY), 2)) == list(range(1, MANY + 1))
    os.close(opened)
    os.close(secret)


def test_long_answers() -> None:
    """Answers that no pipe holds at once come whole."""
    answers = list(each(lambda n: bytes([n % 256]) * 30_000, range(FEWEST), 2))
    assert [len(each) for each in answers] == [30_000] * FEWEST
    assert [each[0] for each in answers] == [n % 256 for n in range(FEWEST)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_is_told(jobs: int) -> None:
    """What is reported only grows, and ends with the number of things."""
    told: list[int] = []
    assert len(list(each(str, range(MANY), jobs, told.append))) == MANY
    assert told == sorted(told)
    assert told[-1] == MANY


# --- what goes wrong -------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("place", [0, FEWEST // 2, MANY - 1])
def test_an_error_is_raised_here(jobs: int, place: int) -> None:
    """An error of the function ends everything, with its own class and words."""

    def fail(number: int) -> int:
        if number == place:
            raise OwnError(f"number {number}")
        return number

    with pytest.raises(OwnError, match=f"^number {place}$"):
        list(each(fail, range(MANY), jobs))


@pytest.mark.parametrize("how", ["kill", "exit", "unsendable", "unreadable"])
@pytest.mark.timeout(60)
def test_a_worker_that_ends_is_an_error(how: str) -> None:
    """A worker that is killed, leaves, or cannot say what it has found is an error and no hang."""
    parent = os.getpid()

    class Unreadable(Exception):  # noqa: N818
        def __init__(self, one: int, two: int) -> None:
            super().__init__(str(one + two))

    def end(number: int) -> object:
        if number != FEWEST // 2:
            return number
        assert os.getpid() != parent
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "exit":
            os._exit(0)
        if how == "unreadable":
            raise Unreadable(1, 2)
        return lambda: number

    with pytest.raises((ChildProcessError, Exception)) as raised:
        list(each(end, range(MANY), 2))
    if how in {"kill", "exit"}:
        assert isinstance(raised.value, ChildProcessError)
        assert str(raised.value) == "a worker was ended before its work was done"


@pytest.mark.timeout(60)
def test_whoever_stops_listening_ends_the_workers() -> None:
    """When the answers are no longer wanted, or a key ends the program, no worker goes on."""
    answers = each(lambda n: n, range(MANY), 2)
    assert next(answers) == 0
    answers.close()
    with suppress(KeyboardInterrupt):
        for answer in each(lambda n: n, range(MANY), 2):
            if answer == BATCH:
                raise KeyboardInterrupt


@pytest.mark.timeout(60)
def test_workers_end_with_their_parent() -> None:
    """A worker whose parent is killed in the midst of it ends by itself."""
    beginning, told = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.close(beginning)
        os.setsid()

        def slow(number: int) -> int:
            os.write(told, b"x")
            time.sleep(0.001)
            return number

        for _ in each(slow, range(100 * MANY), 2):
            pass
        os._exit(0)
    os.close(told)
    assert os.read(beginning, 1) == b"x"
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    end = time.monotonic() + CALM
    while os.read(beginning, 1 << 16):  # it ends when nobody can write to it any more
        assert time.monotonic() < end
    os.close(beginning)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="only Linux lists open files")  # noqa: PTH112
def test_no_pipe_is_left() -> None:
    """Whether the work was done or not, no file stays open."""
    before = open_files()
    list(each(str, range(MANY), 3))
    with pytest.raises(ZeroDivisionError):
        list(each(lambda n: 1 // (n - FEWEST), range(MANY), 3))
    assert open_files() == before


def test_the_default_is_one_process_a_processor() -> None:
    """There are as many processes as there are processors for this one."""
    assert 1 <= default_jobs() <= (os.cpu_count() or 1)
