"""Two languages: which documents lack a version.

Enters: the site. Leaves: a note for every document that a language of the site does not have.
"""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.model import Kind, Language
from mujaz.problems import Location, Problem, problem
from mujaz.site import Site


def check_translations(site: Site) -> Iterator[Problem]:
    """Note every document without its version in another language."""
    drafts = frozenset(site.names("left out"))
    for kind in (Kind.BRIEFING, Kind.TOPIC, Kind.PAGE):
        versions: dict[str, dict[str, str]] = {}
        for slug, language, path in site.list("slugs", kind.value):
            versions.setdefault(slug, {})[language] = path
        for found in versions.values():
            yield from _check(found, site.settings.languages, drafts)


def _check(
    found: dict[str, str], languages: tuple[Language, ...], drafts: frozenset[str]
) -> Iterator[Problem]:
    """Note the languages that one document lacks, at the first version there is."""
    first, tag = next((found[each], each) for each in languages if each in found)
    for language in languages:
        if language in found:
            continue
        path = f"{first.removesuffix(f'.{tag}.md')}.{language}.md"
        what, hint = f"there is no version in {language}", f"write {path}"
        if path in drafts:
            what, hint = f"the version in {language} is a draft", f"finish {path}"
        yield problem(
            "translation-missing", Location(first), what, f"{hint}, or leave it: readers are told"
        )
