"""Settings: what a site does without.

Enters: the site. Leaves: a note where no address of the published site is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.problems import Problem, problem
from mujaz.site import Site


def check_base_url(site: Site) -> Iterator[Problem]:
    """Note that without a base_url some things are left out."""
    if not site.settings.base_url:
        yield problem(
            "base-url-missing",
            site.settings.places["base_url"],
            "no base_url: canonical links, hreflang and the sitemap are left out",
            "set base_url in site.yaml, or build with --base-url",
        )
