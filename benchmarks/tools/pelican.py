"""Pelican: a category per language; topics and sources are tags."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks import plain, words
from benchmarks.corpus import LANGUAGES, Briefing, Corpus
from benchmarks.tools.tool import File, Tool, interface, project
from benchmarks.words import TOPICS


def _files(corpus: Corpus) -> Iterator[File]:
    yield from project("pelican")
    terms = {"terms": dict(_terms(corpus))}
    yield "words.json", json.dumps(interface() | terms, ensure_ascii=False)
    for language in LANGUAGES:
        about = f"Title: {words.ABOUT.of(language)}\nSlug: about\nLang: {language}\n\n"
        text = f"{about}{words.ABOUT_TEXT.of(language)}\n"
        yield f"content/pages/about.{language}.md", text
    for briefing in corpus.briefings():
        yield _briefing(corpus, briefing)


def _terms(corpus: Corpus) -> Iterator[tuple[str, object]]:
    """Yield what the pages of topics and sources say; a tag has no Markdown of its own."""
    for language in LANGUAGES:
        for key in TOPICS:
            yield f"{language}/topics/{key}", plain.topic_facts(key, language)
        for source in map(corpus.source, range(corpus.sources)):
            yield f"{language}/sources/{source.id}", plain.source_facts(source, language)


def _briefing(corpus: Corpus, briefing: Briefing) -> File:
    language = briefing.language
    tags = [f"{language}/topics/{each}" for each in briefing.topics]
    tags += [f"{language}/sources/{each}" for each in briefing.sources]
    lines = [
        f"Title: {briefing.title}",
        f"Date: {briefing.day}",
        f"Slug: {briefing.slug}",
        f"Category: {language}",
        f"Tags: {', '.join(tags)}",
        f"Summary: {briefing.summary}",
        *(f"Corrections: {each['date']}: {each['note']}" for each in briefing.corrections),
    ]
    text = plain.body(briefing, corpus.records(briefing))
    return f"content/{language}/{briefing.slug}.md", "\n".join(lines) + "\n\n" + text


def _start(peers: Path) -> list[str]:
    return [f"{peers}/venv/bin/python", "-m", "pelican"]


PELICAN = Tool(
    name="pelican",
    files=_files,
    written=_briefing,
    start=_start,
    build=("--quiet",),
    output="output",
    template="theme/templates/base.html",
    kept=("cache",),
    most=1000,
)
