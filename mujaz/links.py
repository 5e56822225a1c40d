"""Links: where the internal links and pictures of a document lead.

Enters: a document and the site. Leaves: a map from the address as written to its target, and a
problem for each address that leads nowhere, or works only online.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from mujaz import routes
from mujaz.markdown import PREFIX
from mujaz.model import Document, Image, Link, Target
from mujaz.problems import Problem, problem
from mujaz.site import Site
from mujaz.text import heading_id, nearest

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
_CONTENT = "content/"
Targets = dict[str, tuple[str, str]]
Find = Callable[[str, Iterable[str]], str | None]
_MOST_HINTS = 100
"""How many broken links of one document are compared with all that they could have meant."""


def is_external(target: str) -> bool:
    """Say whether an address leaves the site (and may)."""
    return bool(_ALLOWED.match(target))


def resolve_links(document: Document, site: Site) -> tuple[Targets, list[Problem]]:
    """Return address as written → target for every link and picture, and the problems."""
    facts = site.facts(document.path)
    targets: Targets = {}
    problems: list[Problem] = []
    asked: list[Link | Image] = [*facts.links, *facts.images]
    for written in asked:
        find: Find = nearest if len(problems) < _MOST_HINTS else _nothing
        outcome = (
            _resolve_link(document, written, site, find)
            if isinstance(written, Link)
            else _resolve_image(document, written, site, find)
        )
        if isinstance(outcome, Target):
            targets[written.target] = outcome.route, outcome.fragment
        elif outcome:
            problems.append(outcome)
    return targets, problems


def _nothing(_: str, __: Iterable[str]) -> None:
    """Find nothing that a broken link could have meant: too many of them have been compared."""


def _resolve_link(
    document: Document, link: Link, site: Site, find: Find
) -> Target | Problem | None:
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
    haven = site.haven(place)
    if haven is None:
        return problem(
            "link-broken",
            link.location,
            f"{link.target} leads to nothing",
            _nearest_document(document, place, site, find),
        )
    anchor = heading_id(unquote(fragment))
    if fragment and anchor not in haven.anchors:
        close = find(anchor, sorted(haven.anchors))
        return problem(
            "link-anchor",
            link.location,
            f"{place} has no heading #{fragment}",
            f"did you mean #{close}?" if close else "link to the page alone",
        )
    return Target(haven.route, f"{PREFIX}{anchor}" if fragment else "")


def _resolve_image(document: Document, image: Image, site: Site, find: Find) -> Target | Problem:
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
    if place and site.list("image", place):
        return Target(routes.image(place.removeprefix(f"{_CONTENT}images/")), "")
    names = {posixpath.basename(each): each for each in site.names("images")}
    close = find(posixpath.basename(image.target), list(names))
    hint = (
        f"did you mean {_relative(document, names[close])}?"
        if close
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


def _nearest_document(document: Document, place: str, site: Site, find: Find) -> str:
    if place in site.names("left out"):
        return "it is a draft; build with --drafts, or take the link away"
    known = site.names("documents")
    close = find(place, known)
    if not close and find is not _nothing:
        stem = posixpath.basename(place).split(".")[0]
        same = [each for each in known if posixpath.basename(each).split(".")[0] == stem]
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
