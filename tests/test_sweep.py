"""The crash sweep: no call of the system at which a build dies or fails leaves half a site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.sweep import OUTCOMES, TARGETS, sweep, table


@pytest.mark.fault(49)
@pytest.mark.fault(50)
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("name", "start"), [(name, start) for name in TARGETS for start in TARGETS[name].STARTS]
)
def test_every_call_may_be_the_last(tmp_path: Path, name: str, start: str) -> None:
    """Killed or failing at any call: the site is old or new, and the next build heals it."""
    if not shutil.which("strace"):
        reason = "strace is not installed; on Debian and Ubuntu: apt install strace"
        (pytest.fail if os.environ.get("MUJAZ_REQUIRE_STRACE") == "1" else pytest.skip)(reason)
    shots = sweep(name, tmp_path.resolve(), start, jobs=os.cpu_count() or 1)
    assert [str(shot) for shot in shots if shot.bad] == [], table(shots)
    assert {shot.kind for shot in shots} == {"ENOSPC", "EIO", "EACCES", "KILL"}
    if start not in OUTCOMES:
        names = {shot.call.name for shot in shots}
        assert names >= {"openat", "write", "mkdir", "flock", "fsync", "rename"}
        assert {shot.state for shot in shots} >= {"old", "new"}
        assert len({shot.call for shot in shots}) > 40
