"""The accent colour: readable on both papers, whatever an author chose."""

from __future__ import annotations

import re

import pytest

from mujaz.theme import DARK_PAPER, LIGHT_PAPER, TEXT_RATIO, contrast, shade, theme
from tests.site_factory import ROOT


@pytest.mark.parametrize("accent", ["#7a1f2b", "#ffff00", "#fff", "#000000", "#00f", "#808080"])
@pytest.mark.parametrize("paper", [LIGHT_PAPER, DARK_PAPER])
def test_a_shade_can_be_read_on_its_paper(accent: str, paper: str) -> None:
    """Every colour becomes a shade with enough contrast for text."""
    assert contrast(shade(accent, paper), paper) >= TEXT_RATIO


def test_a_colour_that_can_be_read_is_left_alone() -> None:
    """A shade differs from the accent only where contrast asks for it."""
    assert shade("#7a1f2b", LIGHT_PAPER) == "#7a1f2b"


def test_contrast_follows_the_standard() -> None:
    """Black on white is 21 to 1, and order does not matter."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert contrast("#123456", "#fedcba") == contrast("#fedcba", "#123456")


def test_the_papers_are_those_of_the_style_sheet() -> None:
    """The colours that the shades are computed against are the ones the pages have."""
    css = (ROOT / "static" / "css" / "site.css").read_text(encoding="utf-8")
    assert re.findall(r"--paper: (#\w+)", css)[:2] == [LIGHT_PAPER, DARK_PAPER]


def test_text_colours_of_the_style_sheet_reach_the_ratio() -> None:
    """Ink and quiet text have at least 7 to 1 on the paper and on the tint, light and dark."""
    css = (ROOT / "static" / "css" / "site.css").read_text(encoding="utf-8")
    values = {
        name: re.findall(rf"--{name}: (#\w+)", css) for name in ("paper", "ink", "quiet", "tint")
    }
    for scheme in (0, 1):
        for ink in ("ink", "quiet"):
            for ground in ("paper", "tint"):
                assert contrast(values[ink][scheme], values[ground][scheme]) >= 7, (ink, ground)


def test_the_sheet_is_the_same_every_time() -> None:
    """The generated style sheet depends on the colour alone."""
    assert theme("#7A1F2B") == theme("#7A1F2B")
    assert b"--accent: #7a1f2b" in theme("#7A1F2B")
