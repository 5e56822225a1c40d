"""Links: where the internal links and pictures of the documents lead.

Enters: documents and the library. Leaves: for each document a map from the address as written to
its target, and a problem for each address that leads nowhere, or works only online.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from mujaz import routes
from mujaz.markdown import PREFIX
from mujaz.model import Document, Image, Library, Link, Target
from mujaz.problems import Problem, problem
from mujaz.text import heading_id, nearest

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
_CONTENT = "content/"
_MOST_HINTS = 100
"""How many broken links of one document are compared with all that they could have meant."""
Targets = dict[str, Target]


def is_external(target: str) -> bool:
    """Say whether an address leaves the site (and may)."""
    return bool(_ALLOWED.match(target))


@dataclass(frozen=True)
class _Known:
    """What a link can lead to: paths of documents, of drafts left out, and of pictures."""

    documents: Mapping[str, Document]
    drafts: frozenset[str]
    images: frozenset[str]
    compare: bool = True

    def nearest(self, word: str, candidates: Iterable[str]) -> str | None:
        """Return the candidate that was probably meant, or None."""
        return nearest(word, sorted(candidates)) if self.compare else None


def resolve_links(
    documents: Sequence[Document], library: Library, *, drafts: bool
) -> tuple[Mapping[str, Targets], list[Problem]]:
    """Return document path → address as written → target, and the problems."""
    left_out = {each.path for each in library.briefings if each.draft and not drafts}
    known = _Known(
        {each.path: each for each in documents},
        frozenset(left_out),
        frozenset(f"{_CONTENT}images/{name}" for name in library.images),
    )
    problems: list[Problem] = []
    targets: dict[str, Targets] = {}
    for document in documents:
        found: Targets = {}
        enough = len(problems) + _MOST_HINTS
        for link in document.body.links:
            now = known if len(problems) < enough else replace(known, compare=False)
            outcome = _resolve_link(document, link, now)
            if isinstance(outcome, Target):
                found[link.target] = outcome
            elif outcome:
                problems.append(outcome)
        for image in document.body.images:
            now = known if len(problems) < enough else replace(known, compare=False)
            picture = _resolve_image(document, image, now)
            if isinstance(picture, Target):
                found[image.target] = picture
            else:
                problems.append(picture)
        targets[document.path] = found
    return targets, problems


def _resolve_link(document: Document, link: Link, known: _Known) -> Target | Problem | None:
    """Return the target of an internal link, a problem, or None for an external link."""
    if is_external(link.target):
        return None
    if reason := _forbidden(link.target):
        return problem(
            "link-forbidden",
            link.location,
            f"the address {link.target} {reason}",
            "only http, https, mailto and relative links are allowed",
        )
    path, _, fragment = link.target.partition("#")
    place = _inside(document, path) if path else document.path
    if place is None:
        return problem(
            "link-forbidden",
            link.location,
            f"the address {link.target} leads out of content/",
            "link to a file of content/",
        )
    target = known.documents.get(place)
    if target is None:
        return problem(
            "link-broken",
            link.location,
            f"{link.target} leads to nothing",
            _nearest_document(document, place, known),
        )
    anchor = heading_id(unquote(fragment))
    if fragment and anchor not in target.body.anchors:
        close = known.nearest(anchor, target.body.anchors)
        return problem(
            "link-anchor",
            link.location,
            f"{target.path} has no heading #{fragment}",
            f"did you mean #{close}?" if close else "link to the page alone",
        )
    return Target(routes.document(target), f"{PREFIX}{anchor}" if fragment else "")


def _resolve_image(document: Document, image: Image, known: _Known) -> Target | Problem:
    if is_external(image.target) or image.target.startswith("//"):
        return problem(
            "link-forbidden",
            image.location,
            f"the picture {image.target} breaks offline",
            "put a copy into content/images/",
        )
    if reason := _forbidden(image.target):
        return problem(
            "link-forbidden",
            image.location,
            f"the address {image.target} {reason}",
            "put the picture into content/images/",
        )
    place = _inside(document, image.target)
    if place in known.images:
        return Target(routes.image(place.removeprefix(f"{_CONTENT}images/")), "")
    close = known.nearest(posixpath.basename(image.target), map(posixpath.basename, known.images))
    there = [each for each in known.images if posixpath.basename(each) == close]
    hint = (
        f"did you mean {_relative(document, max(there))}?"
        if there
        else "put it into content/images/"
    )
    return problem("image-missing", image.location, f"there is no picture {image.target}", hint)


def _forbidden(target: str) -> str:
    """Return why an address may not be used, or ""."""
    if not target.strip():
        return "is empty"
    if "\\" in target:
        return "has a backslash"
    if target.startswith("//") or _SCHEME.match(target):
        return "is not safe"
    if target.startswith("/"):
        return "is absolute and breaks offline"
    return "has a query" if "?" in target else ""


def _inside(document: Document, path: str) -> str | None:
    """Return a relative path as a path of the site's folder; None if it leaves ``content/``."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), unquote(path)))
    return joined if joined.startswith(_CONTENT) else None


def _nearest_document(document: Document, place: str, known: _Known) -> str:
    if place in known.drafts:
        return "it is a draft; build with --drafts, or take the link away"
    close = known.nearest(place, known.documents)
    if not close and known.compare:
        stem = posixpath.basename(place).split(".")[0]
        same = [
            each
            for each in sorted(known.documents)
            if posixpath.basename(each).split(".")[0] == stem
        ]
        close = next(
            (each for each in same if each.endswith(f".{document.language}.md")),
            same[0] if same else None,
        )
    if close:
        return f"did you mean {_relative(document, close)}?"
    if posixpath.basename(place).startswith("www."):
        return "write the whole address: https://www.…"
    return f"link to the Markdown file, such as other.{document.language}.md"


def _relative(document: Document, path: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(document.path))
