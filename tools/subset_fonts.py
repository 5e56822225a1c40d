"""Cuts the four families in static/fonts down to the characters the site needs (`make fonts`).

Enters: the fonts as their packages carry them, given as arguments in the order of FAMILIES.
Leaves: one variable woff2 (wght 400-700) and one licence text for each family in static/fonts.
Never: is needed to build a site.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parent.parent / "static" / "fonts"
LIMIT = 80 * 1024  # bytes, all four together
UNITS = 1000  # to the em
TOLERANCE = 2  # units by which a point of the bold may stray: 0.04 px at 20 px
BMP = 0xFFFF  # the last character a short cmap table can name
PARTS = 5  # paths on the command line: Noto Naskh Arabic comes in two


def span(first: int, last: int) -> str:
    """Return the characters from first to last, both included."""
    return "".join(map(chr, range(first, last + 1)))


SPACES = "\u00a0\u2009\u202f"  # no-break, thin, narrow no-break
INVISIBLE = "\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069"  # joiners, marks, isolates
QUOTES = "«»‹›‘’“”"
ARABIC = (
    span(0x621, 0x63A) + span(0x640, 0x652) + "\u0670ٱپچڤگکی،؛؟٪٫٬"
    + span(0x660, 0x669) + span(0x6F0, 0x6F9)
    + " !%()+,-./0123456789:=[]‑–—…" + QUOTES + SPACES + INVISIBLE
)  # fmt: skip
LATIN = (
    span(0x20, 0x7E) + "£§©°±¶·×" + span(0xC0, 0xFF) + span(0x100, 0x148) + span(0x14A, 0x17F)
    + "„‑–—…•−†‡€" + QUOTES + SPACES
)  # fmt: skip
SIGNS = "←↑→↓↩≈≠≤≥"  # Noto Serif has none of them; Inter lends its own

# Characters a font may lack although it has the glyph: an invisible one is drawn as the zero-width
# non-joiner, a no-break one as its breaking twin.
TWINS = {
    **{ord(character): 0x200C for character in INVISIBLE},
    0x202F: 0x2009,
    0x2011: 0x2D,
}


@dataclass(frozen=True)
class Family:
    """One family: its file name, its characters and the OpenType features that are kept."""

    name: str
    text: str
    features: tuple[str, ...]


ARABIC_FEATURES = (
    "init", "medi", "fina", "isol", "rlig", "calt", "ccmp", "liga", "kern", "mark", "mkmk",
)  # fmt: skip
FAMILIES = (
    Family("noto-naskh-arabic", ARABIC, ARABIC_FEATURES),
    Family("noto-sans-arabic", ARABIC, ARABIC_FEATURES),
    Family("noto-serif", LATIN, ("kern", "liga")),
    # The kerning of Inter would add a third to its file; at the size of labels it does not show.
    Family("inter", LATIN + SIGNS, ("tnum",)),
)


def options(family: Family) -> subset.Options:
    """Return what the subsetter keeps: these features, the licence fields, no hints."""
    kept = subset.Options()
    kept.flavor = "woff2"
    kept.layout_features = list(family.features)
    kept.hinting = False
    kept.name_IDs = [0, 1, 2, 13, 14]  # copyright, family, style, licence
    kept.notdef_outline = True
    return kept


def graft(font: Any, donor: Any) -> None:  # noqa: ANN401 - fontTools has no types
    """Give font the glyphs of donor that it lacks; both are parts of one variable font.

    Only outlines, widths and their variations are taken: digits and punctuation need no features.
    """
    table = font.getBestCmap()
    wanted = {code: name for code, name in donor.getBestCmap().items() if code not in table}
    order = list(font.getGlyphOrder())
    queue = sorted(set(wanted.values()))
    for name in queue:
        glyph = donor["glyf"][name]
        if glyph.isComposite():
            queue.extend(part.glyphName for part in glyph.components)
        if name in order:
            continue
        order.append(name)
        font["glyf"].glyphs[name] = glyph
        font["hmtx"].metrics[name] = donor["hmtx"].metrics[name]
        font["gvar"].variations[name] = donor["gvar"].variations.get(name, [])
    font.setGlyphOrder(order)
    font["glyf"].setGlyphOrder(order)
    for part in font["cmap"].tables:
        part.cmap.update({code: name for code, name in wanted.items() if code <= BMP})
    del font["HVAR"]  # it knows nothing of the new glyphs, see slim()


def pin(font: Any) -> None:  # noqa: ANN401 - fontTools has no types
    """Keep the weights from 400 to 700 and no other axis."""
    limits: dict[str, Any] = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    limits["wght"] = (400, 700)
    instancer.instantiateVariableFont(font, limits, inplace=True)


def slim(font: Any) -> None:  # noqa: ANN401 - fontTools has no types
    """Drop what a reader cannot see: a finer grid than 1/1000 em, deltas below TOLERANCE."""
    scale_upem(font, UNITS)
    if "HVAR" in font:
        del font["HVAR"]  # only a faster way to the widths, which gvar carries as well
    glyf = font["glyf"]
    for name, variations in font["gvar"].variations.items():
        points, control = glyf._getCoordinatesAndControls(name, font["hmtx"].metrics)  # noqa: SLF001
        for variation in variations:
            variation.calcInferredDeltas(points, control.endPts)
            variation.roundDeltas()
            variation.optimize(
                points,
                control.endPts,
                tolerance=TOLERANCE,
                isComposite=glyf[name].isComposite(),
            )


def add_twins(font: Any) -> None:  # noqa: ANN401 - fontTools has no types
    """Draw what the font lacks by the glyph of its twin, see TWINS."""
    for part in font["cmap"].tables:
        for code, twin in TWINS.items():
            if code not in part.cmap and twin in part.cmap:
                part.cmap[code] = part.cmap[twin]


def make(family: Family, sources: list[Path]) -> Path:
    """Write the subset of one family and say what it lacks; return its path."""
    kept = options(family)
    font = subset.load_font(str(sources[0]), kept)
    for donor in sources[1:]:
        graft(font, subset.load_font(str(donor), kept))
    add_twins(font)
    lacking = sorted(set(family.text) - {chr(code) for code in font.getBestCmap()})
    cutter = subset.Subsetter(kept)
    cutter.populate(text=family.text)
    cutter.subset(font)
    pin(font)
    slim(font)
    path = OUT / f"{family.name}.woff2"
    font.recalcTimestamp = False  # the same input gives the same bytes
    subset.save_font(font, str(path), kept)
    print(f"{path.name}: {path.stat().st_size} bytes; lacks {' '.join(lacking) or 'nothing'}")
    return path


def main(arguments: list[str]) -> int:
    """Write all families; the first takes two paths, the others one each."""
    if len(arguments) != PARTS:
        print(f"usage: subset_fonts.py NASKH NASKH-LATIN SANS SERIF INTER, not {arguments}")
        return 2
    paths = [Path(argument) for argument in arguments]
    groups = [paths[:2], *([path] for path in paths[2:])]
    total = 0
    for family, sources in zip(FAMILIES, groups, strict=True):
        total += make(family, sources).stat().st_size
        licence = sources[0].parent.parent / "LICENSE"
        shutil.copyfile(licence, OUT / f"OFL-{family.name}.txt")
    print(f"together: {total} bytes of at most {LIMIT}")
    return int(total > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
