"""mujaz itself: ``content/`` of the corpus, started as its users start it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import words
from benchmarks.corpus import LANGUAGES, Briefing, Corpus, Source, source_id
from benchmarks.tools.tool import BASE, EDITION, File, Tool, front_matter, yaml
from benchmarks.words import ISLANDS, ORIGINS, TOPICS

BASE_TEMPLATE = Path(__file__).parents[2] / "templates/base.html"


def _files(corpus: Corpus) -> Iterator[File]:
    template = BASE_TEMPLATE.read_text("utf-8")
    yield "templates/base.html", template.replace("</footer>", f"{EDITION}\n</footer>")
    yield "content/site.yaml", yaml(_settings())
    yield (
        "content/names.yaml",
        "".join(f"- {json.dumps(each, ensure_ascii=False)}\n" for each in _names()),
    )
    for language in LANGUAGES:
        about = {"title": words.ABOUT.of(language)}
        text = f"{words.ABOUT_TEXT.of(language)}\n"
        yield f"content/pages/about.{language}.md", front_matter(about, text)
        for n, key in enumerate(TOPICS):
            yield f"content/topics/{key}.{language}.md", _topic(n, key, language)
    for source in map(corpus.source, range(corpus.sources)):
        yield f"content/sources/{source.id}.yaml", yaml(_record(source))
    for briefing in corpus.briefings():
        yield _briefing(corpus, briefing)


def _settings() -> dict[str, object]:
    return {
        "title": words.SITE._asdict(),
        "tagline": words.TAGLINE._asdict(),
        "base_url": BASE,
        "months": {"ar": "levantine"},
        "digits": {"ar": "arab"},
        "licence": "CC-BY-4.0",
        "nav": ["briefings", "topics", "sources", "about"],
    }


def _names() -> Iterator[dict[str, object]]:
    for key, name in ORIGINS.items():
        yield {"id": key, "kind": "organisation", "origin": True, **name._asdict()}
    for n, name in enumerate(ISLANDS):
        yield {"id": f"island-{n}", "kind": "place", **name._asdict()}


def _topic(n: int, key: str, language: str) -> str:
    name = TOPICS[key].of(language)
    text = words.TOPIC_TEXT.of(language).format(topic=name)
    values = {
        "label": name,
        "summary": words.TOPIC_SUMMARY.of(language).format(topic=name),
        "order": n,
        "gaps": [each.of(language) for each in words.GAPS],
    }
    return front_matter(values, f"{text} [@{source_id(n)}, ¶ 2-3].\n")


def _record(source: Source) -> dict[str, object]:
    return {
        "id": source.id,
        "language": source.language,
        "title": source.title,
        "label": source.label._asdict(),
        "publisher": source.publisher,
        "issued": source.issued,
        **source.record,
    }


def _briefing(_: Corpus, briefing: Briefing) -> File:
    values: dict[str, object] = {
        "title": briefing.title,
        "date": f"{briefing.day}",
        "summary": briefing.summary,
        "topics": briefing.topics,
        "sources": briefing.sources,
    }
    if briefing.aliases:
        values["aliases"] = briefing.aliases
    if briefing.corrections:
        values["corrections"] = briefing.corrections
    path = f"content/briefings/{briefing.slug}.{briefing.language}.md"
    return path, front_matter(values, briefing.body)


def _start(_: Path) -> list[str]:
    return [sys.executable, "-m", "mujaz"]


MUJAZ = Tool(
    name="mujaz",
    files=_files,
    written=_briefing,
    start=_start,
    build=("build", "--quiet"),
    output="site",
    template="templates/base.html",
    kept=(".mujaz",),
)
