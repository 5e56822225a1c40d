"""The pipeline: the stages in their order, and the barrier between checking and writing.

disk → documents → library → site → pages → disk. Everything that is wrong is known before the
first page is rendered, and no file is touched unless every page could be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mujaz import checks
from mujaz.claims import claim_routes
from mujaz.load import load
from mujaz.model import Output, Site
from mujaz.problems import Location, Problem, Severity, arrange, problem
from mujaz.resolve import resolve
from mujaz.resources import folders, static_files
from mujaz.routes import static
from mujaz.validate import validate

_OF_NAMES = {"path-conflict", "slug-invalid"}
"""What is wrong with a file's name is told once, not again as two files on one path."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a command line asks for. ``base_url`` None leaves that of ``site.yaml``."""

    root: Path
    output: Path
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False


@dataclass(frozen=True)
class Result:
    """What a run found and made: the site, every problem, and the outputs (none after a stop)."""

    site: Site
    problems: Sequence[Problem]
    outputs: Sequence[Output] = ()
    foreign: Sequence[str] = ()

    def stops(self, *, strict: bool) -> bool:
        """Say whether a problem forbids the next stage."""
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(each.severity in grave for each in self.problems)


def check(options: Options) -> Result:
    """Load, validate, resolve and check; render everything; write nothing."""
    loaded = load(options.root)
    files, problems = static_files(options.root)
    library, invalid = validate(loaded.documents, loaded.images)
    if options.base_url is not None:
        settings = replace(library.settings, base_url=options.base_url)
        library = replace(library, settings=settings)
    routes, conflicts = claim_routes(library, tuple(files), drafts=options.drafts)
    site, unresolved = resolve(library, routes, drafts=options.drafts)
    problems += [*loaded.problems, *invalid, *unresolved]
    named = {each.location for each in loaded.problems if each.code in _OF_NAMES}
    problems += [each for each in conflicts if each.location not in named]
    if not any(each.severity is Severity.ERROR for each in problems):
        problems += checks.check(site)
    severities = library.settings.checks
    result = Result(site, arrange(problems, severities))
    if result.stops(strict=options.strict):
        return result
    outputs, faults = make_outputs(site, options.root)
    copies = [Output(static(name), path) for name, path in files.items()]
    return Result(site, arrange([*problems, *faults], severities), (*outputs, *copies))


def make_outputs(site: Site, root: Path) -> tuple[list[Output], list[Problem]]:
    """Render every page and export; pictures are copied."""
    from mujaz.catalogues import make_locales
    from mujaz.exports import exports
    from mujaz.render import render
    from mujaz.routes import image
    from mujaz.views import views

    templates = folders(root, "templates")
    locales, problems = make_locales(site.settings, templates)
    if problems:
        return [], problems
    outputs, problems = render(views(site, locales), templates, locales)
    if not problems:
        outputs += exports(site, locales)
    pictures = [Output(image(name), root / "content" / "images" / name) for name in site.images]
    return [*outputs, *pictures], problems


def build(options: Options) -> Result:
    """Check, and if nothing forbids it, write the site."""
    from mujaz.write import refuse_output, write

    refused = refuse_output(options.output, options.root)
    result = check(options)
    if refused or result.stops(strict=options.strict):
        return replace(result, problems=arrange([*result.problems, *refused]), outputs=())
    try:
        foreign = write(result.outputs, options.output)
    except OSError as error:
        failed = problem(
            "output-failed",
            Location(options.output.name),
            f"the site could not be written: {error.strerror or error}",
            "the old site is as it was",
        )
        return replace(result, problems=[*result.problems, failed], outputs=())
    return replace(result, foreign=foreign)
