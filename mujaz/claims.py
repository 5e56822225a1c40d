"""Claims: two things that claim one path of the site.

Enters: the lists of the index. Leaves: a problem for every claim but the first on a path – also
where paths differ only in case or in Unicode form, which some disks cannot tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.index import Lists
from mujaz.problems import Location, Problem, problem


def check_claims(lists: Lists) -> Iterator[Problem]:
    """Yield the conflicts."""
    for cell, claims in lists.items():
        if cell[0] == "claims" and len(claims) > 1:
            first = claims[0]
            for _, path, line, column, route in claims[1:]:
                yield problem(
                    "path-conflict",
                    Location(path, line, column),
                    f"{path} and {first[1]} both become {route}",
                    "rename one of them",
                )
