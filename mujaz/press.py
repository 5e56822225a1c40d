"""Press: every file of a site, made if it is not there already.

Enters: a resolved site, templates, and a publication that takes the files (None: they are made and
thrown away). Leaves: what is known of each file, or the mistakes in templates. Pages are made by
several processes, each writes its own.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.catalogues import make_locales
from mujaz.exports import is_export, make_export, wanted_exports
from mujaz.incremental import make_all
from mujaz.model import Route
from mujaz.problems import Problem, from_plain, to_plain
from mujaz.render import Renderer, first_of_each
from mujaz.resources import folders
from mujaz.views import make_editions, make_view, wanted_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mujaz.index import Cell
    from mujaz.inputs import Inputs
    from mujaz.memory import Made, Memory
    from mujaz.options import Options
    from mujaz.site import Site
    from mujaz.views import Wanted
    from mujaz.write import Publication


class Press:
    """Makes the files of one site. ``look`` is the digest of the templates and catalogues."""

    def __init__(
        self,
        site: Site,
        inputs: Inputs,
        memory: Memory,
        publication: Publication | None,
        options: Options,
    ) -> None:
        self.site = site
        self.inputs = inputs
        self.memory = memory
        self.publication = publication
        self.options = options
        self.look = self._look()

    def pages(self, changed: set[Cell]) -> tuple[dict[str, Made], list[Problem]]:
        """Return what is known of each page and export, and the mistakes in templates."""
        templates = folders(self.options.root, "templates")
        locales, problems = make_locales(self.site.settings, templates)
        if problems:
            return {}, problems
        editions = make_editions(self.site, locales)
        wanted = {each.route: each for each in (*wanted_pages(editions), *wanted_exports(editions))}
        renderer = Renderer(templates, locales)

        def make(route: str) -> Any:  # noqa: ANN401 - plain
            each = wanted[Route(route)]
            if is_export(each):
                made: bytes | Problem = make_export(each, editions)
            else:
                made = renderer.page(make_view(each, editions))
            if isinstance(made, Problem):
                return "", to_plain(made)
            return self._place(each.route, made), _identity(each)

        pages, fresh = make_all(
            "render",
            [*wanted],
            make,
            self._still(wanted, changed),
            self.site,
            self.memory,
            self.options,
            self.publication.prepare if self.publication else lambda: None,
        )
        faults = [pages[route].value[1] for route in fresh if not pages[route].value[0]]
        return pages, first_of_each(map(from_plain, faults))

    def _still(
        self, wanted: Mapping[Route, Wanted], changed: set[Cell]
    ) -> Callable[[str], Made | None]:
        """Return a test of what is still right: made alike, and, in a build, still there."""
        built = self.memory.built
        if built is None or built.look != self.look:
            return lambda _: None
        valid = self.memory.valid(built.pages, changed)
        present = self.publication.present if self.publication else None

        def still(route: str) -> Made | None:
            made = valid(route)
            if made is None or made.value[1] != _identity(wanted[Route(route)]):
                return None
            there = present is None or present.get(Route(route)) == made.value[0]
            return made if there else None

        return still

    def _place(self, route: Route, data: bytes) -> str:
        """Write a file of the new site and return its digest."""
        return self.publication.place(route, data) if self.publication else sha256(data).hexdigest()

    def copies(self) -> dict[Route, str]:
        """Return the digests of the files that are copied; each that is not there is placed."""
        found: dict[Route, str] = {}
        for route, path in self.inputs.copies.items():
            disk, signature = self.inputs.files[path]
            try:
                found[route] = self.memory.digest(path, disk, signature)
                there = self.publication is None or self.publication.present.get(route)
                data = None if there in {True, found[route]} else Path(disk).read_bytes()
            except OSError as error:
                what = f"{Path(disk).name} cannot be read: {error.strerror or error}"
                raise OSError(what) from error
            if self.publication and data is not None:
                found[route] = self.publication.place(route, data)
        return found

    def _look(self) -> str:
        """Return the digest of everything that a page's look depends on."""
        parts = []
        for name in self.inputs.templates:
            path = f"templates/{name}"
            disk, signature = self.inputs.files[path]
            parts.append(f"{name} {self.memory.try_digest(path, disk, signature)}")
        return sha256("\n".join(parts).encode()).hexdigest()


def _identity(wanted: Wanted) -> tuple[str, ...]:
    """Return what a file is made of; a page that has become another is made anew."""
    return wanted.kind, wanted.language.value, wanted.name, wanted.of
