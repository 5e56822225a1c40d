"""Run: one run through all stages, each doing only what is not known already.

Enters: options, a memory, the files that were found, and where the site goes (None: nowhere).
Leaves: a result. This is where everything comes together: stages know nothing of each other, and
nothing of what is remembered.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from mujaz import checks, index
from mujaz.claims import check_claims
from mujaz.incremental import Files, make_all, make_lists, parse_files
from mujaz.index import Cell, Contribution, Lists, Scope
from mujaz.load import read
from mujaz.memory import Built, Made
from mujaz.model import Kind, Route, Settings
from mujaz.options import Result
from mujaz.problems import Problem, Severity, arrange, from_plain, to_plain
from mujaz.resolve import check_logo, check_nav, check_source, resolve
from mujaz.site import Linked, Site
from mujaz.store import Shelf, digest, encode
from mujaz.validate import validate_settings

if TYPE_CHECKING:
    from mujaz.inputs import Inputs
    from mujaz.memory import Memory
    from mujaz.options import Options
    from mujaz.store import Store
    from mujaz.write import Publication

_OF_NAMES = {"path-conflict", "slug-invalid"}
"""What is wrong with a file's name is told once, not again as two files on one path."""


def run(
    options: Options, memory: Memory, inputs: Inputs, publication: Publication | None
) -> Result:
    """Parse, resolve, check; behind the barrier render and write."""
    with closing(memory.open_store()) as store:
        return _Run(options, memory, inputs, publication, store).result()


class _Run:
    """The values that the stages hand on; each stage adds its own."""

    def __init__(
        self,
        options: Options,
        memory: Memory,
        inputs: Inputs,
        publication: Publication | None,
        store: Store,
    ) -> None:
        self.options = options
        self.memory = memory
        self.inputs = inputs
        self.publication = publication
        self.store = store

    def result(self) -> Result:
        """Go through the stages as far as the problems allow."""
        stage = self.options.watch.stage
        with stage("parse"):
            settings, problems = self.settings()
            scope = Scope(settings.languages, self.options.drafts)
            files = self.parse(scope)
        with stage("resolve"):
            asked = f"{self.options.asked} {digest(encode(settings)).hex()}"
            self.memory.expect(asked)
            others = tuple(self.others(settings))
            lists, changed = make_lists(files, others, scope, self.memory, self.store)
            site, linked, changed = self.resolve(settings, scope, files, lists, changed)
            problems += self.problems(site, files, lists, linked)
        result = Result(
            arrange(problems, settings.checks),
            sources=len(lists.get(("sources",), ())),
            citations=sum(each.citations for each in files.known.values()),
        )
        if result.stops(strict=self.options.strict):
            self.keep(files, None, None)
            return result
        result, pages, look = self.make(site, changed, result, problems)
        if result.stops(strict=self.options.strict):
            self.keep(files, None, None)
        elif self.publication:
            with stage("commit"):
                result = self.commit(result)
            self.keep(files, Built(asked, look, others, lists, linked, pages), result)
        return result

    # --- before the barrier ------------------------------------------------------------------

    def settings(self) -> tuple[Settings, list[Problem]]:
        """Return the settings, as the command line wants them, and what was wrong so far."""
        problems = list(self.inputs.problems)
        files = self.inputs.tree.files
        raw = None
        for file in files:
            if file.place.kind is Kind.SETTINGS:
                raw, found = read(file)
                problems += found
                self.memory.note(file.path, file.signature, raw.digest)
        settings, found = validate_settings(raw)
        if self.options.base_url is not None:
            settings = replace(settings, base_url=self.options.base_url)
        return settings, problems + found

    def parse(self, scope: Scope) -> Files:
        """Return the files of content, parsed."""
        tree = self.inputs.tree
        content = [file for file in tree.files if file.place.kind is not Kind.SETTINGS]
        return parse_files(content, scope, self.memory, self.store, self.options)

    def others(self, settings: Settings) -> list[Contribution]:
        """Return what is in the lists beside what files of content add."""
        found = list(index.of_settings(settings))
        found += [each for name in self.inputs.tree.images for each in index.of_image(name.name)]
        return found + [each for name in self.inputs.static for each in index.of_static(name)]

    def resolve(
        self, settings: Settings, scope: Scope, files: Files, lists: Lists, changed: set[Cell]
    ) -> tuple[Site, dict[str, Made], set[Cell]]:
        """Return the site, what resolving its documents and sources has found, what has changed."""
        memory, spans = self.memory, files.spans()
        shelf: dict[Cell, Linked] = {}
        site = Site(settings, scope, lists, Shelf(self.store, spans, shelf))

        def make(name: str) -> object:
            if source := site.source(name):
                return tuple(map(to_plain, check_source(source, site))), {}, ()
            found, problems = resolve(site.document(name), site)
            return tuple(map(to_plain, problems)), found.targets, found.related

        names = [*site.names("documents"), *site.names("sources")]
        memory.number((*lists, *spans, *(("linked", name) for name in names)))
        before = memory.built.linked if memory.built else {}
        valid = memory.valid(before, changed)
        linked, fresh = make_all("resolve", names, make, valid, site, memory, self.options)
        shelf.update({("linked", name): Linked(*made.value[1:]) for name, made in linked.items()})
        anew = [
            name for name in fresh if linked[name].value != before.get(name, Made(b"", ())).value
        ]
        return site, linked, changed | {("linked", name) for name in anew}

    def problems(
        self, site: Site, files: Files, lists: Lists, linked: dict[str, Made]
    ) -> list[Problem]:
        """Return what is wrong in the content, file by file and as a whole."""
        found = [from_plain(each) for known in files.known.values() for each in known.problems]
        found += [from_plain(each) for made in linked.values() for each in made.value[0]]
        named = {each.location for each in self.inputs.problems if each.code in _OF_NAMES}
        found += [each for each in check_claims(lists) if each.location not in named]
        found += check_nav(site.settings, site)
        found += check_logo(site.settings, site)
        grave = [*found, *self.inputs.problems]
        return (
            found
            if any(each.severity is Severity.ERROR for each in grave)
            else found + checks.check(site)
        )

    # --- behind it ---------------------------------------------------------------------------

    def make(
        self, site: Site, changed: set[Cell], result: Result, problems: list[Problem]
    ) -> tuple[Result, dict[str, Made], str]:
        """Make every file of the site, as far as it is not there already."""
        from mujaz.press import Press

        press = Press(site, self.inputs, self.memory, self.publication, self.options)
        with self.options.watch.stage("render"):
            pages, faults = press.pages(changed)
        if faults:
            return (
                replace(result, problems=arrange([*problems, *faults], site.settings.checks)),
                {},
                "",
            )
        digests: dict[Route, str] = {Route(route): made.value[0] for route, made in pages.items()}
        with self.options.watch.stage("copy"):
            digests |= press.copies()
        return replace(result, digests=digests), pages, press.look

    def commit(self, result: Result) -> Result:
        """Put the new site in the place of the old one, unless that is the same."""
        publication = self.publication
        if publication is None:
            return result
        if publication.holds(result.digests):
            return replace(result, foreign=publication.foreign)
        return replace(result, foreign=publication.commit(result.digests))

    def keep(self, files: Files, built: Built | None, result: Result | None) -> None:
        """Remember everything for the next build, if the values of it could be kept."""
        if not self.store.kept:
            return
        answer = None
        if result:
            problems = [*map(to_plain, result.problems)]
            answer = (
                self.options.asked,
                [*map(to_plain, self.inputs.problems)],
                dict(result.digests),
                problems,
                result.sources,
                result.citations,
            )
        with self.options.watch.stage("remember"):
            self.memory.remember(files.known, built, answer, self.store.size)
