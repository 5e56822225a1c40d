"""Theme: the accent colour of a site → the style sheet that carries it.

Enters: a colour ``#rrggbb``. Leaves: CSS with the colour and a shade of it that can be read as text
on light and on dark paper (WCAG 2.2, relative luminance). Never touches anything but colours.
"""

from __future__ import annotations

LIGHT_PAPER, DARK_PAPER = "#fdfcf9", "#171614"
"""The two papers of ``static/css/site.css``; a test keeps both places alike."""

TEXT_RATIO = 7.0
"""Contrast that a coloured word has with the paper (WCAG 1.4.6)."""

STEPS = 100


def theme(accent: str) -> bytes:
    """Return the generated style sheet of a site."""
    light, dark = shade(accent, LIGHT_PAPER), shade(accent, DARK_PAPER)
    lines = (
        "/* Made from the accent colour of site.yaml. */",
        f":root {{ --accent: {accent.lower()}; --accent-text: {light}; }}",
        "@media screen and (prefers-color-scheme: dark) {",
        f'  :root:not([data-theme="light"]) {{ --accent-text: {dark}; }}',
        "}",
        f'@media screen {{ :root[data-theme="dark"] {{ --accent-text: {dark}; }} }}',
    )
    return ("\n".join(lines) + "\n").encode()


def shade(accent: str, paper: str, ratio: float = TEXT_RATIO) -> str:
    """Return the accent, made darker or lighter only as far as ``ratio`` against ``paper`` asks."""
    end = 0.0 if luminance(paper) > 0.5 else 255.0  # noqa: PLR2004 - half of full light
    start = _channels(accent)
    for step in range(STEPS + 1):
        part = step / STEPS
        mixed = [round(value + (end - value) * part) for value in start]
        colour = "#" + "".join(f"{value:02x}" for value in mixed)
        if contrast(colour, paper) >= ratio:
            return colour
    return "#000000" if end == 0 else "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of ``#rgb`` or ``#rrggbb``, 0 to 255 each."""
    digits = colour.removeprefix("#")
    if len(digits) == len("rgb"):
        digits = "".join(2 * each for each in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
