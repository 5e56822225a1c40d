"""Places: where the site, the staging folder, the spare and the index lie.

Enters: the folder of the site and the folder of its sources. Leaves: paths; what lies there is not
looked at. ``.mujaz/`` may be lost at any time without harm.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

WORKSHOP = ".mujaz"
"""The folder beside ``content/`` for what mujaz keeps for the next build."""


class Places(NamedTuple):
    """Absolute paths; nothing of a user's can have these names.

    ``staging`` is where a new site grows, ``spare`` the site before this one, which the next build
    grows from. Where the workshop cannot serve, the new site grows in ``beside``. ``old`` is the
    old site for the moment between two renamings, where folders cannot be exchanged in one step.
    """

    site: str
    root: str
    workshop: str
    staging: str
    spare: str
    memory: str
    beside: str
    old: str

    @property
    def parent(self) -> str:
        """The folder that the site lies in."""
        return os.path.dirname(self.site)


def places(destination: Path, root: Path) -> Places:
    """Return the places of a site; a link in the place of the site itself is not followed."""
    site = os.path.normpath(os.path.join(os.path.realpath(destination.parent), destination.name))
    parent, name = os.path.split(site)
    workshop = os.path.join(os.path.realpath(root), WORKSHOP)
    return Places(
        site,
        os.path.realpath(root),
        workshop,
        os.path.join(workshop, "staging"),
        os.path.join(workshop, "spare"),
        os.path.join(workshop, "site-index.json"),
        os.path.join(parent, f".{name}-mujaz-new"),
        os.path.join(parent, f".{name}-mujaz-old"),
    )
