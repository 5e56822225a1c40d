"""Render: views and templates → the bytes of pages. The only place that knows Jinja.

Enters: ``View`` values, folders of templates (a site's own first), locales. Leaves: ``Output``
values, and a problem for every template that cannot be rendered. Never renders a text of an author
as a template, and never lets a mistake in a template end in a traceback.
"""

from __future__ import annotations

from functools import lru_cache
from traceback import walk_tb
from types import CodeType
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.environment import Template, TemplateModule
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import Context, Macro

from mujaz.filters import make_filters, make_words
from mujaz.model import Language, Output
from mujaz.problems import Location, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mujaz.locale import Locale
    from mujaz.views import View

FOLDER = "templates"
_REMEMBERED = 256
"""How many results each macro keeps."""


class Renderer:
    """Makes pages from views; a mistake in a template becomes a problem."""

    def __init__(self, template_dirs: Sequence[Path], locales: Mapping[Language, Locale]) -> None:
        self._template_dirs = template_dirs
        self._environments = {
            language: make_environment(template_dirs, language, locale)
            for language, locale in locales.items()
        }
        compiled = _Compiled()
        for environment in self._environments.values():
            environment.bytecode_cache = environment.bytecode_cache or compiled

    def page(self, view: View) -> bytes | Problem:
        """Return a page, or the mistake in a template that forbids it."""
        try:
            template = self._environments[view.language].get_template(view.template)
            return (template.render(view.values) + "\n").encode("utf-8")
        except Exception as error:
            found = _explain(error, self._template_dirs, view)
            if found is None:
                raise
            location, what = found
            what = f"{what} (while rendering {view.route})"
            hint = "correct the template; where a site has none of that name, that of mujaz is used"
            return problem("template-error", location, what, hint)


def render(
    views: Iterable[View], template_dirs: Sequence[Path], locales: Mapping[Language, Locale]
) -> tuple[list[Output], list[Problem]]:
    """Return the pages, and one problem for each mistake in a template."""
    renderer = Renderer(template_dirs, locales)
    outputs: list[Output] = []
    problems: list[Problem] = []
    for view in views:
        made = renderer.page(view)
        if isinstance(made, Problem):
            problems.append(made)
        else:
            outputs.append(Output(view.route, made))
    return outputs, first_of_each(problems)


def first_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """Return each mistake once, with the first of the pages that it spoils."""
    found: dict[tuple[Location, str], Problem] = {}
    for each in problems:
        found.setdefault((each.location, each.what.rpartition(" (while ")[0]), each)
    return list(found.values())


def make_environment(
    template_dirs: Sequence[Path], language: Language, locale: Locale
) -> Environment:
    """Return Jinja as one language's pages need it: strict, and escaping everything."""
    environment = Environment(
        loader=FileSystemLoader([str(each) for each in template_dirs]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.template_class = _Template
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(make_words(locale))
    environment.globals.update(language=language, direction=language.direction)
    environment.filters.update(make_filters(language, locale))
    return environment


class _Compiled(BytecodeCache):
    """The compiled templates of one run, which are the same in every language.

    They are never kept on the disk, where somebody else could put code in their place.
    """

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled for another language."""
        bucket.code = self._codes.get(f"{bucket.key} {bucket.checksum}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._codes[f"{bucket.key} {bucket.checksum}"] = bucket.code


class _Remembered:
    """A macro that gives the same mark-up for the same values, and makes it once."""

    def __init__(self, macro: Macro) -> None:
        self._macro = macro
        self._known = lru_cache(_REMEMBERED)(macro)

    def __call__(self, *values: object, **named: object) -> object:
        if "caller" in named:
            return self._macro(*values, **named)
        try:
            return self._known(*values, **named)
        except TypeError:  # a value that cannot be a key; or the macro's own, which is raised again
            return self._macro(*values, **named)


class _Template(Template):
    """A template; the macros of one named ``_….html`` remember what they have made.

    Such a template is imported without the context of a page, so nothing but the values that they
    are given can change what its macros make.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        fresh = self._module is None
        module = super()._get_default_module(ctx)
        if fresh and (self.name or "").startswith("_"):
            for name, value in list(vars(module).items()):
                if isinstance(value, Macro):
                    setattr(module, name, _Remembered(value))
        return module


# --- what went wrong, for the one who wrote the template --------------------------------------


def _explain(
    error: Exception, template_dirs: Sequence[Path], view: View
) -> tuple[Location, str] | None:
    """Return the place in a template and the mistake; None for an error outside templates."""
    folders = [str(each) for each in template_dirs]
    if isinstance(error, TemplateSyntaxError):
        label = _label(error.filename or "", folders) or f"{FOLDER}/{error.name or view.template}"
        return Location(label, error.lineno), _sentence(error)
    trail = _trail(error, folders)
    where = trail[-1] if trail else Location(f"{FOLDER}/{view.template}")
    if isinstance(error, TemplateNotFound):
        return where, f"there is no template {error.name}"
    if isinstance(error, UnicodeDecodeError):
        return where, "this template, or one that it includes, is not UTF-8 text"
    if isinstance(error, OSError):
        named = _label(str(error.filename), folders) or where.path
        return where, f"{named} cannot be read: {error.strerror or error}"
    if isinstance(error, RecursionError) and trail:
        return _first_repeated(trail), "this includes or calls itself without end"
    return (where, _sentence(error)) if trail else None


def _sentence(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text.splitlines()[0].rstrip(".")


def _trail(error: Exception, folders: Sequence[str]) -> list[Location]:
    """Return the places in templates through which the error came, the outermost first."""
    found = []
    for frame, line in walk_tb(error.__traceback__):
        label = _label(frame.f_code.co_filename, folders)
        if label:
            found.append(Location(label, line))
    return found


def _first_repeated(trail: Sequence[Location]) -> Location:
    seen: set[Location] = set()
    for each in trail:
        if each in seen:
            return each
        seen.add(each)
    return trail[-1]


def _label(filename: str, folders: Sequence[str]) -> str:
    """Return the path of a template below its folder, from the site's root; "" if it is none."""
    for folder in folders:
        prefix = folder.rstrip("/") + "/"
        if filename.startswith(prefix):
            return f"{FOLDER}/{filename.removeprefix(prefix)}"
    return ""
