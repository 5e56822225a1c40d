"""Options and results: what a run is asked for, and what it answers.

Enters: nothing. Leaves: two dataclasses, which the command line and the pipeline share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mujaz.model import Route
from mujaz.problems import Problem, Severity
from mujaz.watch import Watch


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a command line asks for. ``base_url`` None leaves that of ``site.yaml``."""

    root: Path
    output: Path
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    jobs: int = 1
    cache: bool = True
    watch: Watch = field(default_factory=Watch)

    @property
    def asked(self) -> str:
        """Return what the bytes of a site depend on, beside the files that are read."""
        return repr((str(self.output), self.base_url, self.drafts))


@dataclass(frozen=True)
class Result:
    """What a run found and made: ``digests`` are route → SHA-256 of the site, {} after a stop.

    ``foreign`` is what lies in the output and is not ours, ``skipped`` what was not read: hidden
    files, and the copies that editors leave.
    """

    problems: Sequence[Problem]
    digests: Mapping[Route, str] = field(default_factory=dict)
    foreign: Sequence[str] = ()
    skipped: Sequence[str] = ()
    sources: int = 0
    citations: int = 0

    def stops(self, *, strict: bool) -> bool:
        """Say whether a problem forbids the next stage."""
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(each.severity in grave for each in self.problems)
