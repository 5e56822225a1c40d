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
    for kind in (Kind.BRIEFING, Kind.TOPIC, Kind.PAGE):
        versions: dict[str, dict[str, str]] = {}
        for slug, language, path in site.list("slugs", kind.value):
            versions.setdefault(slug, {})[language] = path
        for found in versions.values():
            yield from _check(found, site.settings.languages)


def _check(found: dict[str, str], languages: tuple[Language, ...]) -> Iterator[Problem]:
    """Note the languages that one document lacks, at the first version there is."""
    path, tag = next((found[each], each) for each in languages if each in found)
    for language in languages:
        if language not in found:
            stem = path.removesuffix(f".{tag}.md")
            yield problem(
                "translation-missing",
                Location(path),
                f"there is no version in {language}",
                f"write {stem}.{language}.md, or leave it: readers are told",
            )
