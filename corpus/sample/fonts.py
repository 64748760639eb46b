"""Fonts of the sample PDFs: free ones, embedded as subsets.

Liberation Serif has the widths of the typeface the imitated documents are set in, and covers
Latin and Cyrillic. DejaVu Sans has Arabic. Noto Serif CJK has Chinese, but as a CID-keyed CFF,
which fpdf2 embeds under an encoding of its own that pypdf reads as one character a byte; so the few
glyphs needed are converted to TrueType first.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]

__all__ = ["FAMILIES", "FONT_ROOT", "truetype_subset"]

FONT_ROOT = Path("/usr/share/fonts")
_LIBERATION = "truetype/liberation/LiberationSerif-{}.ttf"
_DEJAVU = "truetype/dejavu/DejaVuSans{}.ttf"
_NOTO = "opentype/noto/NotoSerifCJK-{}.ttc"

# style -> file below FONT_ROOT; Debian: fonts-liberation, fonts-dejavu-core, fonts-noto-cjk.
FAMILIES: dict[str, dict[str, str]] = {
    "latin": {
        "": _LIBERATION.format("Regular"),
        "B": _LIBERATION.format("Bold"),
        "I": _LIBERATION.format("Italic"),
        "BI": _LIBERATION.format("BoldItalic"),
    },
    "ar": {"": _DEJAVU.format(""), "B": _DEJAVU.format("-Bold")},
    "zh": {"": _NOTO.format("Regular"), "B": _NOTO.format("Bold")},
}

# Fields that the limits of a CFF font lack and those of an unhinted TrueType font have as 0.
_UNHINTED = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)
_SIMPLIFIED_CHINESE = 2
_MAX_ERROR_UNITS = 1.0


def truetype_subset(file: Path, characters: set[str], target: Path) -> Path:
    """Write the glyphs of some characters of a CFF font collection as a TrueType font.

    Args:
        file: the collection; its face for simplified Chinese is taken.
        characters: what must be drawn.
        target: where the font is written.

    Returns:
        The target.
    """
    font = TTFont(file, fontNumber=_SIMPLIFIED_CHINESE, recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False, glyph_names=True, notdef_outline=True)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GPOS", "GSUB", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _MAX_ERROR_UNITS, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = outlines
    del font["CFF "]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in _UNHINTED:
        setattr(maxp, name, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    font.save(target)
    return target
