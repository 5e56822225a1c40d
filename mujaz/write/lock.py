"""Lock: builds that write to the same folders wait for each other.

Enters: folders that exist. Leaves: a lock on them, which ends with the process that holds it, and
leaves no file. Where the system has no ``flock`` (Windows) or a disk does not know it, there is
none: two builds at once are then the user's business.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PATIENCE = 1.0
"""Seconds of waiting after which the user should hear of it."""


class Lock:
    """A lock on some folders. Forked children hold it too, until they end or it is released."""

    def __init__(self, folders: Iterable[str], waiting: Callable[[], object]) -> None:
        self._waiting = waiting
        self._held: list[int] = []
        try:
            # In one order for all processes, so that no two wait for each other.
            for _, folder in sorted({_identity(each): each for each in folders}.items()):
                self._take(folder)
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Let the next build in, even while a forked child still has the folders open."""
        for held in self._held:
            _let_go(held)
        self._held.clear()

    def _take(self, folder: str) -> None:
        """Lock one folder; if it was replaced while we waited, lock the one that is there now."""
        while fcntl is not None:
            held = os.open(folder, os.O_RDONLY)
            self._held.append(held)
            try:
                self._wait(held)
            except BlockingIOError:
                raise
            except OSError:  # a disk without locks
                return
            try:
                if os.path.samestat(os.fstat(held), os.stat(folder)):
                    return
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)
            _let_go(self._held.pop())

    def _wait(self, held: int) -> None:
        """Wait for the lock, and say so once if it takes long."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.01)
            else:
                return
        self._waiting()
        fcntl.flock(held, fcntl.LOCK_EX)


def _identity(folder: str) -> tuple[int, int]:
    """Return what two paths to one folder have in common."""
    status = os.stat(folder)
    return status.st_dev, status.st_ino


def _let_go(held: int) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_UN)
    except OSError:
        pass
    finally:
        os.close(held)
