"""Eleventy: a folder per language, collections for lists, Nunjucks for pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks import plain, words
from benchmarks.corpus import LANGUAGES, Briefing, Corpus
from benchmarks.tools.tool import File, Tool, front_matter, interface, project
from benchmarks.words import TOPICS

LAYOUTS = {"briefings": "briefing.njk", "topics": "term.njk", "sources": "term.njk"}


def _files(corpus: Corpus) -> Iterator[File]:
    yield from project("eleventy")
    yield "content/_data/words.json", json.dumps(interface(), ensure_ascii=False)
    for name, layout in LAYOUTS.items():
        for language in LANGUAGES:
            yield f"content/{language}/{name}/{name}.11tydata.js", _data(language, name, layout)
    for language in LANGUAGES:
        about = {
            "title": words.ABOUT.of(language),
            "layout": "page.njk",
            "lang": language,
            "permalink": f"/{language}/about.html",
        }
        text = f"{words.ABOUT_TEXT.of(language)}\n"
        yield f"content/{language}/about.md", front_matter(about, text)
        for n, key in enumerate(TOPICS):
            topic = front_matter(
                plain.topic_facts(key, language), plain.topic_text(n, key, language)
            )
            yield f"content/{language}/topics/{key}.md", topic
        for source in map(corpus.source, range(corpus.sources)):
            record = front_matter(plain.source_facts(source, language))
            yield f"content/{language}/sources/{source.id}.md", record
    for briefing in corpus.briefings():
        yield _briefing(corpus, briefing)


def _data(language: str, section: str, layout: str) -> str:
    """Return what all documents of a folder share."""
    values = {"lang": language, "section": section, "layout": layout, "tags": section}
    path = f"`/{language}/{section}/${{data.page.fileSlug}}.html`"
    return f"export default {{ ...{json.dumps(values)}, permalink: (data) => {path} }};\n"


def _briefing(corpus: Corpus, briefing: Briefing) -> File:
    path = f"content/{briefing.language}/briefings/{briefing.slug}.md"
    facts = plain.briefing_facts(briefing)
    return path, front_matter(facts, plain.body(briefing, corpus.records(briefing)))


def _start(peers: Path) -> list[str]:
    return ["node", f"{peers}/node_modules/@11ty/eleventy/cmd.cjs"]


ELEVENTY = Tool(
    name="eleventy",
    files=_files,
    written=_briefing,
    start=_start,
    build=("--quiet",),
    output="_site",
    template="_includes/base.njk",
    most=1000,
)
