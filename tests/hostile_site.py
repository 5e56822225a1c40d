"""A site in which every place that holds a text of an author holds a hostile one.

Enters: vectors. Leaves: files, and which place each of their lines belongs to, so that a problem
can be traced to the vector that was refused. A place whose vector is refused gets a harmless text,
and the rest is built.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from mujaz.validate import validate_settings
from tests.assembly import load
from tests.program import start, write_files

SLOTS = 60
"""Vectors in one site: as many as both feeds show, so that each stands in one of them."""

HARMLESS = "Harmless words"
ADDRESS = "https://ferry.example/"
BASE = "https://river.example/"
Sink = tuple[int, str]
"""The number of a vector in its site, and the name of the place that it stands in."""


@dataclass(frozen=True)
class Part:
    """Lines of a file. ``{q}`` is the text in YAML's quotes, ``{raw}`` the text as it is."""

    text: str
    sink: str = ""
    harmless: str = HARMLESS


def _yaml(key: str, sink: str, harmless: str = HARMLESS) -> Part:
    return Part(f"{key}: {{q}}", sink, harmless)


def _cited(n: int) -> str:
    return f"{n + 1:016x}"


BODY = (
    Part("Quoted [@{id}, ¶ 3: «{raw}»].\n", "quotation"),
    Part("Translated [@{id}, ¶ 3: «كلمات» = “{raw}”].\n", "translation"),
    Part('Waived [@{id}, ¶ 3: «كلمات»]{{ok-negation="{raw}"}}.\n', "reason of a waiver"),
    Part("## Heading {raw}\n", "heading"),
    Part("Words {raw} and words.\n", "text"),
    Part("[Link {raw}](https://ferry.example/)\n", "text of a link"),
    Part("[Link](<{raw}>)\n", "address of a link", ADDRESS),
    Part("[Link](https://ferry.example/{raw})\n", "path of a link"),
    Part('[Link](https://ferry.example/ "{raw}")\n', "title of a link"),
    Part("[Link][there]\n\n[there]: <{raw}>\n", "defined address", ADDRESS),
    Part("Look at <{raw}> there.\n", "automatic link", ADDRESS),
    Part("![Quay {raw}](../images/quay.png)\n", "alternative text"),
    Part('![Quay](../images/quay.png "{raw}")\n', "caption"),
    Part("![Quay](<{raw}>)\n", "address of a picture", "../images/quay.png"),
    Part("Noted[^note].\n\n[^note]: A note {raw}\n", "footnote"),
    Part("| One | Two |\n|---|---|\n| {raw} | three |\n", "cell"),
    Part("- Item {raw}\n", "item"),
    Part("> Said {raw}\n", "block quotation"),
    Part("### Named {{#{raw}}}\n", "id", "named"),
    Part("### Classed {{.{raw}}}\n", "class", "classed"),
    Part("Code `` {raw} `` here.\n", "code"),
    Part("```\n{raw}\n```\n", "block of code"),
    Part("```{raw}\ncode\n```\n", "language of code", "text"),
    Part("{raw}\n", "beginning of a line"),
)


def _documents(n: int, language: str) -> Iterator[tuple[str, list[Part]]]:
    """Yield path and parts of every file of one vector."""
    fence = Part("---")
    yield (
        f"content/briefings/b-{n}.{language}.md",
        [
            fence,
            _yaml("title", "title of a briefing"),
            _yaml("summary", "summary of a briefing"),
            Part(f"date: 2031-03-09\ntopics: [t-{n}]\nsources: ['{{id}}']"),
            Part("authors: [Crew, {q}]", "author"),
            Part("corrections: [{{date: 2031-03-10, note: {q}}}]", "correction"),
            fence,
            *BODY,
        ],
    )
    yield (
        f"content/topics/t-{n}.{language}.md",
        [
            fence,
            _yaml("label", "label of a topic"),
            _yaml("summary", "summary of a topic"),
            Part("gaps: [{q}]", "gap"),
            fence,
            Part("{raw}\n", "text of a topic"),
        ],
    )
    yield (
        f"content/pages/p-{n}.{language}.md",
        [
            fence,
            _yaml("title", "title of a page"),
            _yaml("summary", "summary of a page"),
            fence,
            Part("{raw}\n", "text of a page"),
        ],
    )
    yield (
        f"content/sources/{_cited(n)}.yaml",
        [
            Part("id: '{id}'\nparagraphs: 8\nissued: 2031\nspan: true"),
            _yaml("title", "title of a source"),
            _yaml("type", "kind of a source", "report"),
            _yaml("publisher", "publisher of a source"),
            _yaml("url", "address of a source", ADDRESS),
            _yaml("archive_url", "address of a copy", ADDRESS),
            Part("label: {{ar: {q}, en: {q}}}", "label of a source"),
            Part("issued_reason: {{ar: {q}, en: {q}}}", "reason of a date"),
            Part("summary: {{ar: {q}, en: {q}}}", "summary of a source"),
            Part("descriptor: {{ar: {q}, en: {q}}}", "descriptor"),
            Part(f"origins: [name-{n}]\ntopics: [t-{n}]"),
        ],
    )


def _name(n: int) -> list[Part]:
    return [
        Part(f"- id: name-{n}\n  kind: person\n  origin: true"),
        Part("  ar: {q}", "name in Arabic"),
        Part("  en: {q}", "name in English"),
        Part("  variants: {{ar: [{q}], en: [{q}]}}", "variant of a name"),
    ]


SETTINGS = ("title", "tagline", "footer", "publisher", "licence")


@dataclass
class HostileSite:
    """Files of a site with these vectors (None: all harmless), and what was refused of them."""

    vectors: tuple[str, ...] | None
    refused: dict[Sink, str] = field(default_factory=dict)
    lines: dict[str, list[Sink | None]] = field(default_factory=dict)
    placed: set[Sink] = field(default_factory=set)

    def files(self) -> Mapping[str, bytes]:
        """Return every file, and remember what each line is."""
        self.lines.clear()
        found: dict[str, bytes] = {"content/images/quay.png": b""}
        names: list[tuple[int, Part]] = []
        for n in range(SLOTS):
            for path, parts in _documents(n, ("ar", "en")[n % 2]):
                found[path] = self._file(path, [(n, part) for part in parts])
            names += [(n, part) for part in _name(n)]
        found["content/names.yaml"] = self._file("content/names.yaml", names)
        found["content/site.yaml"] = self._settings()
        return found

    def _file(self, path: str, parts: list[tuple[int, Part]]) -> bytes:
        texts = []
        owners: list[Sink | None] = []
        for n, part in parts:
            sink = (n, part.sink) if part.sink else None
            text = self._text(sink, part.harmless)
            whole = part.text.format(q=_quoted(text), raw=text, id=_cited(n))
            owners += [sink] * len(re.split(r"\r\n|\r|\n", whole))
            texts.append(whole)
        self.lines[path] = owners
        return ("\n".join(texts) + "\n").encode("utf-8", "surrogatepass")

    def _text(self, sink: Sink | None, harmless: str) -> str:
        if self.vectors is None or sink is None:
            return harmless
        self.placed.add(sink)
        return harmless if sink in self.refused else self.vectors[sink[0]]

    def _settings(self) -> bytes:
        """Return settings in which each text is all vectors that it may hold, one after another."""
        lines = [f"base_url: {BASE}"]
        for key in SETTINGS:
            texts = [self._text((n, f"{key} of the site"), HARMLESS) for n in range(SLOTS)]
            lines.append(_setting(key, " ".join(texts)))
        return ("\n".join(lines) + "\n").encode()

    def refuse_settings(self, folder: Path) -> None:
        """Find out which texts the settings refuse, each by itself."""
        for (n, text), key in product(enumerate(self.vectors or ()), SETTINGS):
            write_files(folder, {"content/site.yaml": f"{_setting(key, text)}\n"})
            loaded = load(folder)
            for each in [*loaded.problems, *validate_settings(loaded.documents[0])[1]]:
                if each.code != "key-missing":  # of the title
                    self.refused[(n, f"{key} of the site")] = each.code

    def learn(self, problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Note what errors refuse; return the errors that belong to no vector."""
        strays = []
        before = set(self.refused)
        for each in problems:
            if each["severity"] != "error":
                continue
            owners = self.lines.get(each["path"], [])
            sink = owners[each["line"] - 1] if each["line"] <= len(owners) else None
            if each["code"] == "encoding":  # told once for a file
                for n, name in filter(None, owners):
                    self.refused[(n, name)] = each["code"]
            elif sink is None or sink in before:
                strays.append(each)
            else:
                self.refused[sink] = each["code"]
        return strays


def _setting(key: str, text: str) -> str:
    quoted = _quoted(text)
    return f"{key}: {quoted}" if key == "licence" else f"{key}: {{ar: {quoted}, en: {quoted}}}"


def _quoted(text: str) -> str:
    """Return a text in YAML's double quotes; what no file can hold is escaped."""
    return json.dumps(text, ensure_ascii=any("\ud800" <= char <= "\udfff" for char in text))


def chunks(vectors: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the vectors in groups of one site each; the last is filled up with the first ones."""
    groups = [vectors[n : n + SLOTS] for n in range(0, len(vectors), SLOTS)]
    return [(*group, *vectors)[:SLOTS] for group in groups]


ROUNDS = 12


@dataclass(frozen=True)
class Built:
    """A site that could be built at last: its folder, what was placed, and all that was printed."""

    root: Path
    site: HostileSite
    printed: tuple[str, ...]

    @property
    def output(self) -> Path:
        """Return the folder of the pages."""
        return self.root / "site"


def build(site: HostileSite, root: Path) -> Built:
    """Write and build a site until nothing of it is refused."""
    site.refuse_settings(root / "settings")
    write_files(root, site.files())
    printed = [start(root, "check").stderr]
    for _ in range(ROUNDS):
        run = start(root, "build", "--format", "json")
        printed.append(run.stdout + run.stderr)
        report = json.loads(run.stdout)
        if report["ok"]:
            return Built(root, site, tuple(printed))
        strays = site.learn(report["problems"])
        assert strays == [], strays[:5]
        write_files(root, site.files())
    raise AssertionError(report["problems"][:5])
