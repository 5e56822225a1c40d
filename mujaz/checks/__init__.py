"""Checks: a ``Site`` → problems that only the whole site can show.

Enters: the site. Leaves: problems. Each check is one function of the site, listed in ``check``.
"""

from __future__ import annotations

from mujaz.checks.languages import check_translations
from mujaz.checks.settings import check_base_url
from mujaz.problems import Problem
from mujaz.site import Site

__all__ = ["check"]


def check(site: Site) -> list[Problem]:
    """Return what every check finds."""
    return [found for one in (check_translations, check_base_url) for found in one(site)]
