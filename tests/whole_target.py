"""The whole program, ``mujaz build --jobs 1`` on a tiny site, as a target of the crash sweep.

Enters: a folder, and a start. Leaves: sources, a site, a process to be shot at, and what was wrong
afterwards. To start Python and to compile templates would be most of so small a build; so the
process is forked from one that has done both, and strace takes hold of it before it does anything.
Every text is invented.
"""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn
from unittest import mock

from jinja2 import Environment

from mujaz.cli import main
from mujaz.pipeline import Options, Result, build
from tests.conftest import COMPILED, FILES, LETTER, NAMES, SITE, SOURCE
from tests.program import REPOSITORY, tree, write_files

Tree = dict[str, bytes | str]

_FOREIGN = {"CNAME": "ferry.example", "ar/old map.pdf": "map", "mine/deep/file": "mine"}
_BRIEFING = """\
---
title: {title}
date: 2031-03-09
summary: {title}.
topics: [timetable]
sources: [{source}]
---
{text} [@{source}{comma} ¶ 2].
"""
_LOST = """\
{% extends "base.html" %}
{% set kind = "gateway" %}
{% block masthead %}{% endblock %}
{% block main %}Lost at sea.{% endblock %}
{% block footer %}{% endblock %}
"""
_COMPILED = partial(Environment, bytecode_cache=COMPILED)
_TRACE = 99
"""The exit code of a process that ended with a trace."""

_HEALED = "healed"
"""A file beside a site that has come through a shot, and is what ``prepare`` makes."""

_PR_SET_PTRACER = 0x59616D61
_KEPT = {"inputs", "state", "values", "site-index.json", "spare"}
STARTS: Sequence[str] = ("fresh", "spare", "cold", "template", "same", "refused")
"""No site; a site with a spare and a memory; one without both; a change of all pages; no change; a
text that must be refused, so that the old site stays."""

_VERSIONS = {"template": "template", "same": "old", "refused": "refused"}


def sources(version: str) -> dict[str, str | None]:
    """Return the sources of a version; None: there is no such file in it."""
    word = {"old": "four", "further": "nine"}.get(version, "five")
    cited = "0" * 16 if version == "refused" else LETTER
    arabic = _BRIEFING.format(title="مواعيد الشتاء", text="أربع رحلات", source=LETTER, comma="،")
    english = _BRIEFING.format(title="Winter", text=f"{word} times", source=cited, comma=",")
    about = "When it sails." if version == "old" else "When it sails, and why."
    base = REPOSITORY.joinpath("templates", "base.html").read_text("utf-8")
    many = version in {"old", "further"}
    return {
        "content/site.yaml": SITE,
        "content/names.yaml": NAMES,
        f"content/sources/{LETTER}.yaml": SOURCE.format(
            id=LETTER, language="en", paragraphs=5, boilerplate="[]"
        ),
        "content/topics/timetable.ar.md": FILES["content/topics/timetable.ar.md"],
        "content/topics/timetable.en.md": FILES["content/topics/timetable.en.md"],
        "content/briefings/winter.ar.md": arabic,
        "content/briefings/winter.en.md": english,
        "content/pages/about.en.md": f"---\ntitle: About\n---\n{about}\n",
        "content/pages/tides.en.md": f"---\ntitle: {word}\n---\nTides.\n" if many else None,
        "content/images/quay.png": f"a picture of {word} boats",
        "static/quay.css": f"/* {word} */",
        "templates/not_found.html": _LOST,
        "templates/base.html": f"{base}<!-- v2 -->" if version == "template" else None,
    }


def write_version(root: Path, version: str) -> None:
    """Write the sources of a version, each that differs."""
    for name, text in sources(version).items():
        path = root / name
        if text is None:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_text("utf-8") != text:
            write_files(root, {name: text})


@contextmanager
def _repeatably() -> Iterator[None]:
    """Compile no template twice, and trust what is remembered of a file however fresh it is."""
    with (
        mock.patch("mujaz.render.Environment", _COMPILED),
        mock.patch("mujaz.memory._RECENT", 0),
    ):
        yield


@contextmanager
def _quickly() -> Iterator[None]:
    """Compile no template twice, do not wait for the disk, and trust what was written before."""
    with _repeatably(), mock.patch("mujaz.write.publication.synchronise"):
        yield


def _build(root: Path, *, cache: bool = True) -> Result:
    """Build in this process."""
    with _quickly():
        return build(Options(root=root, output=root / "site", cache=cache))


# --- what the sweep asks for -----------------------------------------------------------------


def prepare(root: Path, start: str) -> None:
    """Make the state that a build starts from; what has healed is in that of most of them."""
    healed = root.parent / _HEALED
    if start == "fresh" or not healed.exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
    healed.unlink(missing_ok=True)
    if not any(root.iterdir()) and start != "fresh":
        write_version(root, "further")
        _build(root)
        _add_foreign(root)
        write_version(root, "old")
        _build(root)
    if start == "cold":
        shutil.rmtree(root / ".mujaz")
    write_version(root, _VERSIONS.get(start, "new"))


def _add_foreign(root: Path) -> None:
    write_files(root / "site", _FOREIGN)
    (root / "site" / "latest").symlink_to("en")


def expected(root: Path, start: str) -> Tree:
    """Return the site that a build from nothing gives; where it must be refused, the old one."""
    prepare(root, "spare")  # so that everything is imported that a build may need
    for version in ("old", "new", "further"):  # heal asks for them, in processes yet to be forked
        _whole(version, foreign=start != "fresh")
    version = _VERSIONS.get(start, "new")
    return _whole("old" if version == "refused" else version, foreign=start != "fresh")


@cache
def _whole(version: str, *, foreign: bool) -> Tree:
    with TemporaryDirectory() as name:
        root = Path(name).resolve() / "ferry"
        write_version(root, version)
        result = _build(root, cache=False)
        assert result.digests, [str(each) for each in result.problems]
        if foreign:
            _add_foreign(root)
        return tree(root / "site")


def lacking(start: str) -> tuple[str, ...]:
    """Return the calls that the system of a start does not have: none."""
    del start
    return ()


def run(root: Path, start: str, words: Sequence[str]) -> int:
    """Build in a process that strace holds, which gets these words; return the exit code."""
    del start
    told = root.parent / "told"
    (wait, go), (hear, ready) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        _build_alone(root, told, ready, wait)
    os.close(wait)
    os.close(ready)
    os.read(hear, 1)
    os.close(hear)
    with subprocess.Popen([*words, "-p", str(child)], stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr
        while "attached" not in strace.stderr.readline():
            assert strace.poll() is None, "strace may not attach"
        os.close(go)
        _, status = os.waitpid(child, 0)
        strace.communicate(timeout=60)
    said = told.read_text("utf-8")
    return _TRACE if "Traceback" in said else os.waitstatus_to_exitcode(status)


def _build_alone(root: Path, told: Path, ready: int, wait: int) -> NoReturn:
    """Wait for strace, then do what the program does; what it says goes into a file."""
    code = _TRACE
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1))  # Yama lets no sibling attach
        file = os.open(told, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        os.dup2(file, 1)
        os.dup2(file, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        os.chdir(root)
        with _repeatably():
            os.close(ready)
            select.select([wait], [], [])  # which is not among the calls that are counted
            code = main(["build", "--jobs", "1"])
    except BaseException:  # noqa: BLE001 - nothing of the child may go on in the parent's name
        traceback.print_exc()
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def heal(root: Path, start: str, new: Tree) -> str:
    """Build normally, and say what is wrong then; what is remembered must be right as well."""
    healed = _build(root)
    if tree(root / "site") != new:
        return "a build does not heal it"
    if start == "refused":
        if healed.digests or not healed.stops(strict=False):
            return "what must be refused is not"
        write_version(root, "new")
        healed = _build(root)
    if litter := _litter(root):
        return f"litter: {litter}"
    version = {"refused": "new"}.get(start, _VERSIONS.get(start, "new"))
    for what, then in (("again", version), ("a further edit", "further"), ("back", "old")):
        write_version(root, then)
        result = _build(root)
        if what == "again" and result != healed:
            return f"a second build says other things: {result}, {healed}"
        if tree(root / "site") != _whole(then, foreign=start != "fresh"):
            return f"{what}: not what a build from nothing gives"
    (root.parent / _HEALED).touch()
    return ""


def _litter(root: Path) -> list[str]:
    """Return what lies there and is neither a source nor the site nor kept for the next build."""
    found = {each.name for each in root.iterdir()}
    found -= {"content", "static", "templates", "site", ".mujaz"}
    return sorted(found | {each.name for each in (root / ".mujaz").iterdir()} - _KEPT)
