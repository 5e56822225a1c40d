"""The works that are timed: what is changed before each, and what proves that it was done.

Enters: a ``Place``, a site of one generator on the disk. Leaves: changed files; what is missing in
the output. The same change is made for every generator, in its own form.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from benchmarks.corpus import LANGUAGES, Briefing, Corpus, slug
from benchmarks.tools.tool import EDITION, File, Tool, pages

Proof = tuple[str, str]
"""The path of a page, and a text that has to stand in it."""


@dataclass(frozen=True)
class Place:
    """A site of one generator on the disk."""

    tool: Tool
    corpus: Corpus
    root: Path

    @property
    def output(self) -> Path:
        """Return the folder of the finished site."""
        return self.root / self.tool.output

    def prepare(self) -> None:
        """Write the whole project anew."""
        shutil.rmtree(self.root, ignore_errors=True)
        write(self.root, self.tool.files(self.corpus))

    def put(self, briefing: Briefing) -> None:
        """Write a briefing."""
        write(self.root, [self.tool.written(self.corpus, briefing)])

    def forget(self) -> None:
        """Delete the finished site and all that is remembered of it."""
        for name in (self.tool.output, *self.tool.kept):
            shutil.rmtree(self.root / name, ignore_errors=True)


@dataclass(frozen=True)
class Work:
    """A kind of build: ``change`` prepares it and returns what the output must show afterwards."""

    name: str
    change: Callable[[Place, int], list[Proof]]


def missing(place: Place, proofs: list[Proof]) -> Iterator[str]:
    """Yield what the output lacks: pages of the corpus, and texts that prove the change."""
    for name in pages(place.corpus):
        if not (place.output / name).is_file():
            yield f"{name} is missing"
    for name, text in proofs:
        path = place.output / name
        if not path.is_file() or text not in path.read_text("utf-8"):
            yield f"{name} does not show “{text}”"


def size(folder: Path) -> tuple[int, int]:
    """Return how many files lie below a folder, and how many bytes they have."""
    found = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(found), sum(found)


def digests(folder: Path) -> dict[str, str]:
    """Return a digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def write(root: Path, files: Iterator[File] | list[File]) -> None:
    """Write files below a folder."""
    made = set()
    for name, text in files:
        path = root / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_text(text, "utf-8", newline="\n")


def _page(briefing: Briefing) -> str:
    return f"{briefing.language}/briefings/{briefing.slug}.html"


def _listed(briefing: Briefing) -> list[Proof]:
    """Return the proofs that a title is shown wherever it belongs."""
    start = briefing.language
    names = (f"{start}/feed.xml", f"{start}/briefings/index.html")
    topics = (f"{start}/topics/{each}.html" for each in briefing.topics)
    sources = (f"{start}/sources/{each}.html" for each in briefing.sources)
    return [(each, briefing.title) for each in (_page(briefing), *names, *topics, *sources)]


def _cold(place: Place, _: int) -> list[Proof]:
    place.forget()
    return []


def _nothing(_: Place, __: int) -> list[Proof]:
    return []


def _text(place: Place, mark: int) -> list[Proof]:
    """A sentence is added to a briefing in the middle."""
    old = place.corpus.briefing(place.corpus.pairs // 2, "en")
    sentence = f"The log was copied for the {mark}th time."
    place.put(replace(old, body=f"{old.body}\n{sentence}\n"))
    return [(_page(old), sentence)]


def _title(place: Place, mark: int) -> list[Proof]:
    """The newest briefing that was there from the start gets another title."""
    old = place.corpus.briefing(place.corpus.pairs - 1, "en")
    new = replace(old, title=f"{old.title}, version {mark}")
    place.put(new)
    return _listed(new)


def _new(place: Place, mark: int) -> list[Proof]:
    """A pair is added after the newest."""
    pair = [place.corpus.briefing(place.corpus.pairs + mark - 1, each) for each in LANGUAGES]
    for briefing in pair:
        place.put(briefing)
    return [proof for briefing in pair for proof in _listed(briefing)] + [
        (f"{briefing.language}/index.html", briefing.title) for briefing in pair
    ]


def _template(place: Place, mark: int) -> list[Proof]:
    """One word in the template of all pages changes."""
    path, new = place.root / place.tool.template, EDITION.replace("0", str(mark))
    text = path.read_text("utf-8")
    start = text.index(EDITION.split("0", maxsplit=1)[0])
    path.write_text(text[:start] + new + text[text.index("</p>", start) + 4 :], "utf-8")
    some = [f"briefings/{slug(n)}.html" for n in (0, place.corpus.pairs // 2)]
    names = [*some, "index.html", "about.html", "topics/fares.html", "sources/index.html"]
    return [(f"{each}/{name}", new) for each in LANGUAGES for name in names]


WORKS = (
    Work("cold", _cold),
    Work("nothing changed", _nothing),
    Work("text edited", _text),
    Work("title edited", _title),
    Work("new pair", _new),
    Work("template edited", _template),
)
"""In the order in which they are done; each starts from what the one before it left."""
