"""Hugo: topics and sources are taxonomies, versions are translations by file name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks import plain, words
from benchmarks.corpus import LANGUAGES, Briefing, Corpus
from benchmarks.tools.tool import File, Tool, front_matter, project
from benchmarks.words import TOPICS


def _files(corpus: Corpus) -> Iterator[File]:
    yield from project("hugo")
    for language in LANGUAGES:
        end = f"{language}.md"
        about = {"title": words.ABOUT.of(language)}
        yield f"content/about.{end}", front_matter(about, f"{words.ABOUT_TEXT.of(language)}\n")
        for name, title in words.SECTIONS.items():
            section = {"title": title.of(language)}
            yield f"content/{name}/_index.{end}", front_matter(section)
        for n, key in enumerate(TOPICS):
            text = plain.topic_text(n, key, language)
            topic = front_matter(plain.topic_facts(key, language), text)
            yield f"content/topics/{key}/_index.{end}", topic
        for source in map(corpus.source, range(corpus.sources)):
            record = front_matter(plain.source_facts(source, language))
            yield f"content/sources/{source.id}/_index.{end}", record
    for briefing in corpus.briefings():
        yield _briefing(corpus, briefing)


def _briefing(corpus: Corpus, briefing: Briefing) -> File:
    path = f"content/briefings/{briefing.slug}.{briefing.language}.md"
    facts = plain.briefing_facts(briefing)
    return path, front_matter(facts, plain.body(briefing, corpus.records(briefing)))


def _start(peers: Path) -> list[str]:
    """Return the program itself, without the Python script that looks for it."""
    found = next((peers / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return [f"{found}"]


HUGO = Tool(
    name="hugo",
    files=_files,
    written=_briefing,
    start=_start,
    build=("--quiet",),
    output="public",
    template="layouts/baseof.html",
    version="version",
)
