"""What the harness has to know of a generator.

Enters: nothing. Leaves: ``Tool``, the form that every module beside this one fills in, and what
these modules share.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import words
from benchmarks.corpus import LANGUAGES, Briefing, Corpus, slug, source_id
from benchmarks.words import TOPICS

BASE = "https://ferries.example/"
EDITION = '<p class="edition">Edition 0</p>'
"""A line in the template of every page; changing it is what an edited template is."""

File = tuple[str, str]
"""A path and a text."""


@dataclass(frozen=True)
class Tool:
    """A generator: the files of its project, how it is started, what it leaves.

    ``written`` is a briefing as a file. ``start`` is the program, found in the folder where the
    generators are installed; ``build`` is what it is told for a build. ``template`` is that of
    every page, and holds ``EDITION``. In ``kept`` a generator remembers earlier builds. A corpus of
    more than ``most`` pairs is not given to it: all builds of it would take hours.
    """

    name: str
    files: Callable[[Corpus], Iterator[File]]
    written: Callable[[Corpus, Briefing], File]
    start: Callable[[Path], list[str]]
    build: Sequence[str]
    output: str
    template: str
    kept: tuple[str, ...] = ()
    version: str = "--version"
    most: int = sys.maxsize


def pages(corpus: Corpus) -> Iterator[str]:
    """Yield the path of every page and file that each generator has to write."""
    yield "sitemap.xml"
    for language in LANGUAGES:
        yield from (f"{language}/{name}" for name in ("index.html", "about.html", "feed.xml"))
        yield from (f"{language}/{name}/index.html" for name in ("briefings", "topics", "sources"))
        yield from (f"{language}/topics/{each}.html" for each in TOPICS)
        yield from (f"{language}/briefings/{slug(n)}.html" for n in range(corpus.pairs))
        yield from (f"{language}/sources/{source_id(n)}.html" for n in range(corpus.sources))


def interface() -> dict[str, object]:
    """Return the words of the templates of those that keep no data beside them."""
    found: dict[str, object] = {"base": BASE.rstrip("/"), "languages": LANGUAGES}
    for language, label in (("ar", "العربية"), ("en", "English")):
        found[language] = {
            "dir": "rtl" if language == "ar" else "ltr",
            "label": label,
            "site": words.SITE.of(language),
            "about": words.ABOUT.of(language),
            "sections": {key: each.of(language) for key, each in words.SECTIONS.items()},
            "topics": {key: each.of(language) for key, each in TOPICS.items()},
        }
    return found


def front_matter(values: Mapping[str, object], body: str = "") -> str:
    """Return a Markdown file with front matter."""
    return f"---\n{yaml(values)}---\n{body}"


def yaml(values: Mapping[str, object]) -> str:
    """Return a mapping as YAML, each value in the form of JSON."""
    return "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in values.items())


def project(name: str) -> Iterator[File]:
    """Yield the templates and settings of a generator, which lie in a folder of its name."""
    folder = Path(__file__).parents[1] / "projects" / name
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        yield path.relative_to(folder).as_posix(), path.read_text("utf-8")
