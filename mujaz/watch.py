"""Watch: how long each stage of a run takes, and how far it has come.

Enters: the names of stages, numbers of things done. Leaves: seconds by stage; whoever shows them
gives a ``show``. Nothing that is built depends on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Watch:
    """Seconds by stage, in the order in which they began.

    ``show`` hears a stage, how many things are done and how many there are; ``waiting`` is called
    when another build has to end first.
    """

    def __init__(
        self,
        show: Callable[[str, int, int], None] = lambda *_: None,
        waiting: Callable[[], object] = lambda: None,
    ) -> None:
        self.seconds: dict[str, float] = {}
        self.waiting = waiting
        self._show = show

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage; one that comes again adds to its time."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start

    def progress(self, name: str, total: int) -> Callable[[int], None]:
        """Return what is to be called with the number of things done."""
        return lambda done: self._show(name, done, total)
