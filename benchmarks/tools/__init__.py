"""The generators that are compared, each as a ``Tool``."""

from __future__ import annotations

from benchmarks.tools.eleventy import ELEVENTY
from benchmarks.tools.hugo import HUGO
from benchmarks.tools.mujaz import MUJAZ
from benchmarks.tools.pelican import PELICAN
from benchmarks.tools.tool import Tool

TOOLS: dict[str, Tool] = {each.name: each for each in (MUJAZ, HUGO, ELEVENTY, PELICAN)}
"""In the order in which they take their turns."""
