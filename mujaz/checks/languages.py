"""Two languages: which documents lack a version.

Enters: the site. Leaves: a note for every document that a language of the site does not have.
"""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.model import Document, Language, Site
from mujaz.problems import Location, Problem, problem


def check_translations(site: Site) -> Iterator[Problem]:
    """Note every document without its version in another language."""
    documents: list[Document] = [*site.briefings, *site.topics, *site.pages]
    versions: dict[str, dict[Language, Document]] = {}
    for document in documents:
        stem = document.path.removesuffix(f".{document.language}.md")
        versions.setdefault(stem, {})[document.language] = document
    for stem, found in versions.items():
        for language in site.settings.languages:
            if language in found:
                continue
            path = f"{stem}.{language}.md"
            what, hint = f"there is no version in {language}", f"write {path}"
            if path in site.drafts:
                what, hint = f"the version in {language} is a draft", f"finish {path}"
            where = Location(next(iter(found.values())).path)
            yield problem(
                "translation-missing", where, what, f"{hint}, or leave it: readers are told"
            )
