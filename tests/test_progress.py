"""Tests of the progress: a bar for those who look, and no trace of it afterwards."""

from __future__ import annotations

import pytest

from mujaz.cli.progress import Bar

STEPS = [("parse", 1, 4), ("parse", 4, 4), ("render", 1, 2), ("render", 2, 2)]


def go(bar: Bar) -> None:
    """Go through some stages."""
    for step in STEPS:
        bar(*step)
    bar.wipe()


def test_a_bar_grows_and_is_wiped_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each picture takes the place of the one before; at the end the line is empty."""
    moments = iter(range(100))
    monkeypatch.setattr("time.perf_counter", lambda: float(next(moments)))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    go(Bar())
    out, err = capsys.readouterr()
    assert out == ""
    wipe = "\r\x1b[K"
    pictures = err.split(wipe)
    assert pictures[0] == pictures[-1] == ""
    assert [each.split(",")[0] for each in pictures[1:-1]] == [
        "parse ██████░░░░░░░░░░░░░░░░░░ 1/4 files",
        "parse ████████████████████████ 4/4 files",
        "render ████████████░░░░░░░░░░░░ 1/2 pages",
        "render ████████████████████████ 2/2 pages",
    ]
    assert all(each.endswith("/s") for each in pictures[1:-1])


def test_no_bar_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    """Into a file, and in a run that is quick, nothing is written."""
    go(Bar())
    assert capsys.readouterr() == ("", "")


def test_no_bar_in_a_run_that_is_quick(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal a bar is worth it only after a second."""
    monkeypatch.setattr("time.perf_counter", lambda: 1.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    go(Bar())
    assert capsys.readouterr() == ("", "")
