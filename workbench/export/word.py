"""What the Word documents share: page, fonts, languages, directions, and bytes that do not vary.

Fonts are Times New Roman, which Word, LibreOffice (as Liberation Serif) and Pages have, Arabic
letters included, and SimSun for Chinese, which Word substitutes where it is absent.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from workbench.export.entry import carried, is_right_to_left

__all__ = [
    "FONT", "add_field", "add_text", "blank", "child", "make_right_to_left", "named_style",
    "run_of", "saved",
]  # fmt: skip

FONT = "Times New Roman"
_EAST_ASIAN = "SimSun"
_REGIONS = {
    "ar": "ar-SA", "be": "be-BY", "de": "de-DE", "en": "en-GB", "es": "es-ES", "fr": "fr-FR",
    "pl": "pl-PL", "pt": "pt-PT", "ru": "ru-RU", "uk": "uk-UA", "zh": "zh-CN",
}  # fmt: skip
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RIGHT_TO_LEFT = re.compile(_LETTER)
_DIRECTED = re.compile(
    # From its first such letter to its last, over spaces and figures but not other scripts'
    # letters, with the quotation marks around it: they belong to the words and turn with them.
    rf"([“‘«]?{_LETTER}(?:[^A-Za-z\u0400-\u04ff\u4e00-\u9fff()]*{_LETTER})?[”’»]?)"
)


def blank(title: str, on: date, *, landscape: bool = False) -> Document:
    """Return an empty A4 document with our styles, its properties set.

    Args:
        title: in its properties; nothing is written on the page.
        on: day it is made, which its properties give as midnight UTC.
        landscape: turn the page.
    """
    document = docx.Document()
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    if landscape:
        section._sectPr.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")
    section.left_margin = section.right_margin = Mm(20 if landscape else 25)
    section.top_margin = section.bottom_margin = Mm(20)
    _set_fonts(document.styles["Normal"], 11)
    _set_fonts(document.styles["Title"], 18)
    properties = document.core_properties
    moment = datetime.combine(on, time(), UTC)
    properties.title = carried(title)[:255]
    properties.author, properties.last_modified_by = "", ""
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = moment
    return document


def _set_fonts(style: Any, size_pt: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size_pt)
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]  # a theme's font would win over the one that is named
    for script, font in (("ascii", FONT), ("hAnsi", FONT), ("cs", FONT), ("eastAsia", _EAST_ASIAN)):
        fonts.set(qn(f"w:{script}"), font)
    child(style.element.rPr, "w:szCs", val=str(int(size_pt * 2)))


def child(parent: Any, name: str, **attributes: str) -> Any:
    """Append an element of WordprocessingML; attributes are in its namespace too."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made


def add_text(paragraph: Any, text: str, language: str | None, *, bold: bool = False) -> None:
    """Append words to a paragraph (`w:p`), each direction in runs of its own, lines kept.

    Args:
        paragraph: the `w:p` element.
        text: any text.
        language: ISO 639-1 of it, for spelling and fonts.
        bold: also for scripts written from right to left.
    """
    for at, line in enumerate(carried(text).split("\n")):
        if at:
            child(child(paragraph, "w:r"), "w:br")
        for piece in _DIRECTED.split(line):
            if piece:
                paragraph.append(run_of(piece, language, bold=bold))


def run_of(words: str, language: str | None, *, bold: bool = False) -> Any:
    """Return a run (`w:r`) in its language and direction."""
    run = OxmlElement("w:r")
    properties = child(run, "w:rPr")
    if bold:
        child(properties, "w:b")
        child(properties, "w:bCs")
    from_right = bool(_RIGHT_TO_LEFT.search(words))
    if from_right:
        child(properties, "w:rtl")
    region = _REGIONS.get(language or "", language or "en-GB")
    if from_right:
        child(properties, "w:lang", bidi=region if language in {"ar", "he", "fa"} else "ar-SA")
    elif language == "zh":
        child(properties, "w:lang", val="en-GB", eastAsia=region)
    else:
        child(properties, "w:lang", val=region)
    text = child(run, "w:t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def make_right_to_left(paragraph: Paragraph, text: str) -> None:
    """Set a paragraph from right to left where its text runs so."""
    if is_right_to_left(text):
        properties = paragraph._p.get_or_add_pPr()
        bidi = OxmlElement("w:bidi")
        # The schema fixes the order: before spacing, indents and alignment.
        after = [qn(f"w:{name}") for name in ("spacing", "ind", "jc", "rPr", "sectPr")]
        place = next((at for at, held in enumerate(properties) if held.tag in after), None)
        properties.insert(len(properties) if place is None else place, bidi)


def add_field(paragraph: Paragraph, code: str) -> None:
    """Append a field, such as PAGE, that Word works out."""
    element = paragraph._p
    for part in ("begin", "instruction", "separate", "shown", "end"):
        run = child(element, "w:r")
        if part == "instruction":
            child(run, "w:instrText").text = f" {code} "
        elif part == "shown":
            child(run, "w:t").text = "1"
        else:
            child(run, "w:fldChar", fldCharType=part)


def saved(document: Document) -> bytes:
    """Return the bytes of a document: the same for the same content, whenever it is saved.

    python-docx stamps each member of the archive with the time of day; here all bear 1980-01-01,
    the earliest that ZIP knows.
    """
    first = io.BytesIO()
    document.save(first)
    again = io.BytesIO()
    with (
        zipfile.ZipFile(first) as made,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in made.namelist():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, made.read(name))
    return again.getvalue()


def named_style(document: Document, name: str, kind: WD_STYLE_TYPE, size_pt: float) -> Any:
    """Return a style of ours, made where the template has none."""
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, kind)
    style.font.size = Pt(size_pt)
    # Letters of scripts written from right to left have a size of their own.
    child(style.element.get_or_add_rPr(), "w:szCs", val=str(int(size_pt * 2)))
    return style
