"""Catalogues: the words of the interface, ours and a site's own → one locale per language.

Enters: settings, and the folders of templates with the site's own first. Leaves: locales, and a
problem for every catalogue that cannot be used. Never lets a mistake in one end in a traceback.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from mujaz.locale import Locale, make_locale
from mujaz.model import Language, Settings
from mujaz.problems import Location, Problem, problem


def make_locales(
    settings: Settings, template_dirs: Sequence[Path]
) -> tuple[dict[Language, Locale], list[Problem]]:
    """Return a locale for each language of the site; its own messages come before ours."""
    locales: dict[Language, Locale] = {}
    problems: list[Problem] = []
    for language in settings.languages:
        files = [each / "locale" / f"{language}.po" for each in reversed(template_dirs)]
        months, digits = settings.months[language], settings.digits[language]
        try:
            known = [each for each in files if each.is_file()]
            locales[language] = make_locale(language, known, months=months, digits=digits)
        except (OSError, ValueError) as error:
            problems.append(_problem(error, files))
    return locales, problems


def _problem(error: OSError | ValueError, files: Sequence[Path]) -> Problem:
    """Return the problem of the catalogue that an error names: ``path:line: what``."""
    path = next((each for each in files if str(each) in str(error)), files[-1])
    if isinstance(error, OSError):
        line, what = None, f"this cannot be read: {error.strerror or error}"
    else:
        found = re.fullmatch(r"(?::(\d+))?:? ?(.*)", str(error).removeprefix(str(path)), re.DOTALL)
        line, what = (found[1], found[2]) if found else (None, str(error))
    return problem(
        "template-error",
        Location(f"templates/locale/{path.name}", int(line or 1)),
        what.splitlines()[0],
        "see the catalogue of the same name that mujaz carries",
    )
