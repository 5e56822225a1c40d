"""Citing: what documents cite and list, held against the records of the sources.

Enters: citations, front matter and the sources by id. Leaves: problems. An ID with a wrong
character counts as the source it was meant to be, so that it is not told as unlisted as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from mujaz.ids import explain_id
from mujaz.model import Briefing, Citation, Source
from mujaz.problems import Location, Problem, problem
from mujaz.text import nearest

Sources = Mapping[str, Source]
Meant = Mapping[str, str | None]
Placed = tuple[Citation, Location]
"""A citation, and where it stands."""

_MOST_HINTS = 100
"""How many unknown IDs of one document are compared with those of all records."""


def check_citations(citations: Sequence[Placed], sources: Sources) -> Iterator[Problem]:
    """Every cited article has a record, and every cited paragraph is the article's own.

    An unknown article is told once, at its first citation.
    """
    times = Counter(citation.source for citation, _ in citations)
    meant = _meant(times, sources)
    for citation, where in citations:
        source = sources.get(citation.source)
        if source is not None:
            yield from _check_paragraphs(citation, where, source)
        elif count := times.pop(citation.source, 0):
            yield _unknown(citation.source, where, meant, count)


def check_listing(
    briefing: Briefing, citations: Sequence[Placed], attempts: Collection[str], sources: Sources
) -> Iterator[Problem]:
    """The sources of the front matter exist, and are those that the text cites.

    ``attempts`` are the IDs in citations that could not be read.
    """
    written = [*briefing.sources, *(citation.source for citation, _ in citations)]
    meant = _meant(written, sources)
    listed = {meant.get(key) or key for key in briefing.sources}
    cited = {meant.get(citation.source) or citation.source for citation, _ in citations}
    cited |= set(attempts)
    for key in briefing.sources:
        where = briefing.places[f"sources.{key}"]
        if key not in sources:
            yield _unknown(key, where, meant)
        elif key not in cited:
            what = f"{key} is listed but never cited"
            yield problem("source-uncited", where, what, "cite it, or take it from the list")
    if briefing.sources:
        yield from _check_unlisted(citations, listed, sources)


def _check_unlisted(
    citations: Sequence[Placed], listed: Collection[str], sources: Sources
) -> Iterator[Problem]:
    """Tell every cited source that is not listed once, at its first citation."""
    first = {citation.source: where for citation, where in reversed(citations)}
    for key, where in first.items():
        if key in sources and key not in listed:
            what = f"{key} is cited here but not listed in the front matter"
            yield problem("source-unlisted", where, what, f"add {key} to sources:")


def _check_paragraphs(citation: Citation, where: Location, source: Source) -> Iterator[Problem]:
    for cited in citation.paragraphs:
        if source.paragraphs and cited.last > source.paragraphs:
            what = f"{source.id} has no paragraph {cited.last}"
            hint = f"cite one of paragraphs 1 to {source.paragraphs}"
            yield problem("paragraph-missing", where, what, hint)
        inside = [n for n in sorted(source.boilerplate) if cited.first <= n <= cited.last]
        foreign = ", ".join(map(str, inside))
        if foreign:
            what = f"paragraph {foreign} of {source.id} is not the article's own text"
            hint = "cite the paragraph that says it, or correct boilerplate:"
            yield problem("paragraph-boilerplate", where, what, hint)


def _meant(keys: Iterable[str], sources: Sources) -> Meant:
    """Return for the first IDs without a record the source that each was meant to be."""
    unknown = [key for key in dict.fromkeys(keys) if key not in sources]
    if not unknown:
        return {}
    known = [each for each in sources if not explain_id(each)]
    return {key: nearest(key, known) for key in islice(unknown, _MOST_HINTS)}


def _unknown(key: str, where: Location, meant: Meant, count: int = 1) -> Problem:
    """Return what is wrong with an ID that no record has, and the nearest that one has."""
    hint = f"did you mean {close}?" if (close := meant.get(key)) else ""
    again = f"; it is cited {count} times" if count > 1 else ""
    if flaw := explain_id(key):
        what = f"the article ID {key} {flaw}{again}"
        hint = hint or "an article ID is 16 hex digits, 0-9 and a-f"
        return problem("id-malformed", where, what, hint)
    hint = hint or f"add content/sources/{key}.yaml"
    return problem("source-unknown", where, f"no source {key}{again}", hint)
