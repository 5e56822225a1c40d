"""What the tests share: a small site on disk, a run of mujaz, fixtures of Markdown.

The invented subject is the timetable of a river ferry.
"""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from markdown_it.utils import read_fixture_file

from mujaz import render
from mujaz.cli import main
from mujaz.frontmatter import read_yaml, split_front_matter
from mujaz.model import Body, Document, Kind, Language, Name, RawDocument, Source
from mujaz.problems import Problem, arrange
from mujaz.site import Site
from mujaz.validate import validate, validate_settings
from tests.assembly import Library, assemble
from tests.hostile_site import Built, HostileSite, build, chunks
from tests.program import Files, start, write_files
from tests.vectors import VECTORS

__all__ = ["Files", "write_files"]

FIXTURES = Path(__file__).parent / "fixtures"

NOTICE = "0a1b2c3d4e5f6071"
"""The ID of an article in Arabic: eight paragraphs, the first and the last are not its own."""

LETTER = "1111222233334444"
"""The ID of an article in English with five paragraphs; it is all digits."""

SITE = """\
title: {ar: عبّارة النهر, en: The River Ferry}
tagline: {ar: مواعيد الإبحار, en: When it sails}
base_url: https://ferry.example/
languages: [ar, en]
"""

NAMES = """\
- {id: harbour-board, kind: organisation, origin: true, ar: مجلس المرفأ, en: Harbour Board}
- {id: quay, kind: place, ar: رصيف الحجر, en: Stone Quay}
"""

SOURCE = """\
id: "{id}"
type: article-newspaper
language: {language}
title: null
label: {{ar: إعلان المواعيد, en: Notice of the timetable}}
publisher: null
origins: [harbour-board]
issued: 2031-03
paragraphs: {paragraphs}
boilerplate: {boilerplate}
topics: [timetable]
"""

FILES: Mapping[str, str] = {
    "content/site.yaml": SITE,
    "content/names.yaml": NAMES,
    f"content/sources/{NOTICE}.yaml": SOURCE.format(
        id=NOTICE, language="ar", paragraphs=8, boilerplate="[1, 8]"
    ),
    f"content/sources/{LETTER}.yaml": SOURCE.format(
        id=LETTER, language="en", paragraphs=5, boilerplate="[]"
    ),
    "content/topics/timetable.ar.md": "---\nlabel: المواعيد\nsummary: متى تبحر.\n---\nالعبّارة.\n",
    "content/topics/timetable.en.md": "---\nlabel: Timetable\nsummary: Times.\n---\nFerry.\n",
    "content/briefings/winter.ar.md": f"""\
---
title: مواعيد الشتاء
date: 2031-03-09
summary: رحلات أقل.
topics: [timetable]
sources: [{NOTICE}, {LETTER}]
---
## الرحلات {{#crossings}}

تبحر العبّارة أربع مرات [@{NOTICE}، ¶ 3؛ @{LETTER}].
""",
    "content/briefings/winter.en.md": f"""\
---
title: The winter timetable
date: 2031-03-09
summary: Fewer crossings.
topics: [timetable]
sources: [{NOTICE}, {LETTER}]
---
## The crossings {{#crossings}}

The ferry sails four times [@{NOTICE}, ¶ 3; @{LETTER}].
""",
    "content/pages/about.ar.md": "---\ntitle: عن الموقع\n---\nنصوص مختلقة.\n",
    "content/pages/about.en.md": "---\ntitle: About\n---\nInvented texts.\n",
}
"""A valid site in two languages, in which every check is content."""


class Compiled(BytecodeCache):
    """Templates compiled once in a test session: compiling them is most of a small build.

    Jinja takes nothing from it unless the text of a template is the same to the letter.
    """

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled before."""
        if bucket.key in self.found:
            bucket.bytecode_from_string(self.found[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self.found[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()

MakeSite = Callable[[Files], Path]


class Run(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Runner = Callable[..., Run]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Return a function that writes the small site; files are added, replaced, left out (None)."""

    def make(files: Files) -> Path:
        root = tmp_path / "ferry"
        write_files(root, {**FILES, **files})
        return root

    return make


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small site, built once for all tests; nobody changes it."""
    root = tmp_path_factory.mktemp("model")
    write_files(root, FILES)
    result = start(root, "-q")
    assert result.returncode == 0, result.stderr
    return root


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the site of the vectors with a harmless text in every place."""
    return build(HostileSite(None), tmp_path_factory.mktemp("harmless"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """Return sites that hold every vector in every place that does not refuse it."""
    return [
        build(HostileSite(vectors), tmp_path_factory.mktemp(f"hostile-{n}"))
        for n, vectors in enumerate(chunks(VECTORS))
    ]


@pytest.fixture
def built(model: Path, tmp_path: Path) -> Path:
    """Return a copy of the small site, built."""
    return shutil.copytree(model, tmp_path / "ferry", symlinks=True)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    """Return a function that runs mujaz in a folder, in this process."""

    def call(root: Path, *arguments: str) -> Run:
        monkeypatch.chdir(root)
        monkeypatch.setattr(render, "Environment", partial(Environment, bytecode_cache=COMPILED))
        handler = signal.getsignal(signal.SIGTERM)
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        finally:
            signal.signal(signal.SIGTERM, handler)
        return Run(code, *capsys.readouterr())

    return call


def raw(path: str, text: str) -> RawDocument:
    """Return a file of ``content/`` as ``load`` gives it; its YAML must be free of problems."""
    parts = PurePosixPath(path)
    name, *language = parts.name.removesuffix(".md").removesuffix(".yaml").split(".")
    folder = parts.parent.name
    kind = Kind(parts.name if folder == "content" else folder)
    problems: list[Problem]
    if parts.suffix == ".yaml":
        data, problems = read_yaml(text, path)
        body, body_line = "", 1
    else:
        split = split_front_matter(text, path)
        data, problems = read_yaml(split.yaml or "", path, split.yaml_line)
        problems += split.problems
        body, body_line = split.body, split.body_line
    assert not problems, [str(each) for each in problems]
    tag = Language(language[0]) if language else None
    return RawDocument(kind, path, name, tag, data, body, body_line)


def validated(
    files: Mapping[str, str | None], images: Sequence[str] = (), static: Sequence[str] = ()
) -> Library:
    """Return the library of the small site, with files added, replaced or (None) left out."""
    texts = {path: text for path, text in {**FILES, **files}.items() if text is not None}
    library, problems = read_library([raw(path, texts[path]) for path in sorted(texts)])
    assert not problems, [str(each) for each in problems]
    return replace(library, images=images, static=static)


def read_library(documents: Sequence[RawDocument]) -> tuple[Library, list[Problem]]:
    """Return what documents hold, and everything that does not hold within a single one."""
    raw_settings = next((each for each in documents if each.kind is Kind.SETTINGS), None)
    settings, problems = validate_settings(raw_settings)
    things: list[object] = []
    bodies: list[tuple[Document, Body]] = []
    for each in documents:
        if each.kind is not Kind.SETTINGS:
            valid = validate(each, settings.languages)
            problems += valid.problems
            things += valid.things
            if valid.body is not None:
                body = valid.body
                bodies += [(thing, body) for thing in valid.things if isinstance(thing, Document)]
    library = Library(
        settings=settings,
        documents=bodies,
        sources=[each for each in things if isinstance(each, Source)],
        names=[each for each in things if isinstance(each, Name)],
    )
    return library, problems


def resolved(
    files: Mapping[str, str | None], images: Sequence[str] = (), *, drafts: bool = False
) -> tuple[Site, list[Problem]]:
    """Return the same site resolved, and the problems that this has shown."""
    site, problems = assemble(validated(files, images), drafts=drafts)
    return site, arrange(problems)


def cases(name: str) -> list[tuple[str, str, str]]:
    """Return title, input and expected text of every case of a fixture file.

    ``<U+200F>`` stands for a character that cannot be seen.
    """
    found = read_fixture_file(FIXTURES / name)
    return [
        (title, unhidden(text).removesuffix("\n"), unhidden(want)) for _, title, text, want in found
    ]


def unhidden(text: str) -> str:
    """Return the text with every ``<U+200F>`` as the character itself."""
    return re.sub(r"<U\+([0-9A-F]{4,6})>", lambda code: chr(int(code[1], 16)), text)


def short(problem: Problem) -> str:
    """Return ``line:column code`` of a problem."""
    return f"{problem.location.line}:{problem.location.column} {problem.code}"
