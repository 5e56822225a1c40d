"""Progress: a bar on a terminal for whatever takes longer than a second, and ``--profile``.

Enters: a watch. Leaves: one line on standard error that is wiped out again, or one line a stage.
"""

from __future__ import annotations

import sys
import time

from mujaz.watch import Watch

_PATIENCE = 1.0  # seconds before a bar is shown
_EVERY = 0.1  # seconds between two pictures of it
_WIDTH = 24
_WORDS = {"parse": "files", "resolve": "files", "render": "pages"}
_WIPE = "\r\x1b[K"


class Bar:
    """One stage on its way; nothing is shown where nobody looks."""

    def __init__(self) -> None:
        self._wanted = sys.stderr.isatty()
        self._begun = self._shown = time.perf_counter()
        self._stage, self._stage_begun = "", self._begun
        self._visible = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage has come."""
        now = time.perf_counter()
        if stage != self._stage:
            self._stage, self._stage_begun = stage, now
        if not self._wanted or now - self._begun < _PATIENCE or now - self._shown < _EVERY:
            return
        self._shown, self._visible = now, True
        filled = "█" * (_WIDTH * done // total)
        rate = done / max(now - self._stage_begun, _EVERY)
        line = f"{stage} {filled:░<{_WIDTH}} {done}/{total} {_WORDS[stage]}, {rate:.0f}/s"
        print(_WIPE + line, end="", file=sys.stderr, flush=True)

    def wipe(self) -> None:
        """Leave no trace on the terminal."""
        if self._visible:
            print(_WIPE, end="", file=sys.stderr, flush=True)
            self._visible = False


def print_profile(watch: Watch, seconds: float) -> None:
    """Print where the time went; ``other`` is what no stage measures."""
    stages = {**watch.seconds, "other": max(0.0, seconds - sum(watch.seconds.values()))}
    for name, spent in stages.items():
        print(f"profile: {name} {spent:.3f} s", file=sys.stderr)
    print(f"profile: total {seconds:.3f} s", file=sys.stderr)


def print_waiting() -> None:
    """Say why nothing seems to happen."""
    print("mujaz: another build is at work here; waiting for it to end", file=sys.stderr)
