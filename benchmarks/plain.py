"""The same text for generators that know no citations: links and a list in plain Markdown.

Enters: a briefing as mujaz reads it. Leaves: Markdown that every reader knows, with footnotes and
heading ids as the only additions. What mujaz resolves and checks is resolved here, before any clock
runs: the other generators get their citations for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benchmarks import words
from benchmarks.corpus import Briefing, Source, source_id

GROUP = re.compile(r" \[(@[0-9a-f]{16}[^\]]*)\]")
CITATION = re.compile(r"@([0-9a-f]{16})[,،] (¶ [0-9-]+)(?:: (.*))?")
PAGE = re.compile(r"\((?:\.\./pages/)?([a-z0-9-]+)\.(?:ar|en)\.md")


def briefing_facts(briefing: Briefing) -> dict[str, object]:
    """Return what stands in the front matter of a briefing."""
    return {
        "title": briefing.title,
        "date": f"{briefing.day}",
        "summary": briefing.summary,
        "topics": briefing.topics,
        "sources": briefing.sources,
        "corrections": briefing.corrections,
    }


def topic_facts(key: str, language: str) -> dict[str, object]:
    """Return what stands in the front matter of a topic."""
    name = words.TOPICS[key].of(language)
    summary = words.TOPIC_SUMMARY.of(language).format(topic=name)
    return {"title": name, "summary": summary, "record": {"gaps": words.GAPS[0].of(language)}}


def topic_text(n: int, key: str, language: str) -> str:
    """Return the introduction of topic n."""
    text = words.TOPIC_TEXT.of(language).format(topic=words.TOPICS[key].of(language))
    return f"{text} [\\[1, ¶ 2-3\\]](../sources/{source_id(n)}.html).\n"


def source_facts(source: Source, language: str) -> dict[str, object]:
    """Return what stands on the page of a source."""
    record = {key: _of(value, language) for key, value in source.record.items()}
    stated = {"id": source.id, "publisher": source.publisher, "issued": source.issued}
    return {"title": title(source, language), "record": stated | record}


def _of(value: object, language: str) -> str:
    """Return a value of a record as one text; of a text in two languages the right one."""
    match value:
        case dict():
            return str(value[language])
        case list():
            return ", ".join(map(str, value))
        case None:
            return ""
    return str(value)


def body(briefing: Briefing, sources: Sequence[Source]) -> str:
    """Return the text of a briefing with its references, all links leading to pages."""
    numbers = {each.id: n for n, each in enumerate(sources, 1)}
    text = GROUP.sub(lambda match: _marks(match[1], numbers), briefing.body)
    text = PAGE.sub(lambda match: f"({page(match[1])}", text)
    return text + "\n" + "\n".join(_references(sources, briefing.language)) + "\n"


def page(slug: str) -> str:
    """Return the link from a briefing to a briefing or to a plain page."""
    return f"../{slug}.html" if slug == "about" else f"{slug}.html"


def title(source: Source, language: str) -> str:
    """Return what a source is called."""
    return source.title or source.label.of(language)


def _marks(group: str, numbers: dict[str, int]) -> str:
    found = [CITATION.fullmatch(each.strip()) for each in re.split("[;؛]", group)]
    return "".join(
        f" [\\[{numbers[each[1]]}, {each[2]}\\]](../sources/{each[1]}.html{_quote(each[3])})"
        for each in found
        if each
    )


def _quote(text: str | None) -> str:
    return f' "{text}"' if text else ""


def _references(sources: Sequence[Source], language: str) -> Iterator[str]:
    yield f"## {words.REFERENCES.of(language)} {{#references}}\n"
    for n, each in enumerate(sources, 1):
        facts = [each.publisher, each.issued, f"`{each.id}`"]
        stated = ". ".join(fact for fact in facts if fact)
        yield f"{n}. [{title(each, language)}](../sources/{each.id}.html). {stated}"
