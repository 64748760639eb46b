"""The title on a first page: where it ends, which lines belong to it, how they are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.errors import SymbolError
from corpus.readers.flow import OpeningLine
from corpus.symbols import Symbol, parse_symbol

__all__ = [
    "TEMPLATE_TEXT_SIZE",
    "bare_title",
    "block_title",
    "bracketed",
    "cover_title",
    "old_resolution",
    "opens_text",
    "stands_out",
]

TEMPLATE_TEXT_SIZE = 10.0
"""Points of running text in the templates since 2009."""

_STOP = re.compile(
    r"summary|résumé|resumen|резюме|ملخص|موجز|摘要|概要|内容提要|рэзюмэ|"
    r"contents|table des matières|"
    r"índice|содержание|المحتويات|目录|list of abbreviations|introduction|"
    r"introducción|введение|уводзіны|مقدمة|导言|引言|"
    r"[ivx]{1,5}\.\s.*|\d{1,3}\.\s.*|[一二三四五六七八九十]{1,2}、.*|\*+\s.*|_{3,}|\d{1,3}|"
    r"(?:the|la|le|l’|l'|el)\s?.{0,60}(?:council|assembly|committee|commission|assemblée|conseil|"
    r"asamblea|consejo|comité|comisión)(?: \w+)?"
    r"(?: on human rights| des droits .{0,20}| de derechos .{0,20})?,|"
    r"(?:совет|генеральная ассамблея|комитет).{0,40},|annex|i have the honour.*|"
    r"(?:communication )?submitted by:?.*|excellency,?|madam,?|sir,?|dear .*",
    re.IGNORECASE,
)
_OLD_RESOLUTION = re.compile(r"\d{1,4}(?: ?[A-Z])? ?\([IVXL]+\)\.\s+\S")
_BRACKETED = re.compile(r"\[.*\]\s*\*?\Z")
# "Samoa*", "reading* **", "No. 2500/2014*, **"
_ENDING_STAR = re.compile(r"(?<=[^\s*])\s?\*+(?:,?\s?\*+)*(?=[\s,:;]|\Z)")
_MAX_TITLE_LINES = 12
_COLUMNS_APART = 180.0  # points; centred lines of one title begin closer together


def opens_text(line: str) -> bool:
    """Tell whether a line ends the title: a summary, contents, a heading or paragraph, a note."""
    return _STOP.fullmatch(line) is not None


def cover_title(rest: list[OpeningLine]) -> tuple[str, ...]:
    """Return the title of a report in the Official Records: what is largest on its cover."""
    largest = max((line.size for line in rest), default=0)
    titles = _paragraphs([line for line in rest if line.size > largest - 0.6])
    if not any(re.search(r"report|rapport|informe", title, re.I) for title in titles):
        second = max((line.size for line in rest if line.size < largest - 0.6), default=0)
        lines = [line for line in rest if abs(line.size - second) < 0.6]
        reports = _paragraphs(lines)[:1]
        titles += tuple(re.sub(r"\s*\(.*", "", title) for title in reports)
    return titles


def block_title(lines: Sequence[OpeningLine], text_size: float) -> tuple[str, ...]:
    """Return the title block below a caption: lines that stand out, or all down to the text."""
    taken: list[OpeningLine] = []
    styled = any(stands_out(line, text_size) for line in lines[:6] if not line.text.isupper())
    sized = any(line.size for line in lines[:6])
    for line in lines[: 2 * _MAX_TITLE_LINES]:
        if opens_text(line.text) or len(taken) >= _MAX_TITLE_LINES:
            break
        if sized and styled and not stands_out(line, text_size):
            if taken:
                break
            continue
        if not sized and taken and not _may_continue(taken, line):
            break
        taken.append(line)
    return _paragraphs(taken)


def bare_title(lines: Sequence[OpeningLine], text_size: float) -> tuple[str, ...]:
    """Return the title of a text without masthead: its first paragraph, where that stands out."""
    if not lines or opens_text(lines[0].text):
        return ()
    first = [line for line in lines[:_MAX_TITLE_LINES] if line.group == lines[0].group]
    if lines[0].size:
        outstanding = all(x.bold or x.size > text_size + 0.9 for x in first)
        edges = [line.x0 for line in first if line.x0 is not None]
        if edges and max(edges) - min(edges) > _COLUMNS_APART:
            return ()  # a letterhead in columns
        return _paragraphs(first) if outstanding else ()
    words = " ".join(line.text for line in first)
    return (words,) if len(words) < 160 and words[-1] not in ".,;:" else ()


def bracketed(lines: Sequence[OpeningLine]) -> tuple[str, ...]:
    """Return what the first lines below a caption print in brackets: where a text came from."""
    words = " ".join(line.text for line in lines[: 2 * _MAX_TITLE_LINES])
    return tuple(re.findall(r"\[[^\[\]]{10,200}\]", words))


def old_resolution(lines: Sequence[OpeningLine]) -> tuple[Symbol, str] | None:
    """Return (symbol, heading) of a resolution numbered before 1976, where one stands on a page.

    Such a text was cut from a volume of resolutions: it has no masthead, and a page that heads two
    of them may be about either.
    """
    heads = [i for i, line in enumerate(lines) if _OLD_RESOLUTION.match(line.text)]
    if len(heads) != 1:
        return None
    first = heads[0]
    title = [lines[first].text]
    for line in lines[first + 1 : first + 8]:
        if opens_text(line.text) or line.group > lines[first].group + 1 or line.text[-1] == ",":
            break
        if line.bold != lines[first].bold or abs(line.size - lines[first].size) > 0.6:
            break
        title.append(line.text)
    try:
        symbol = parse_symbol(lines[first].text.partition(".")[0])
    except SymbolError:
        return None
    return symbol, re.sub(r"\s+", " ", " ".join(title)).rstrip(" *")


def stands_out(line: OpeningLine, text_size: float) -> bool:
    """Tell whether a line is set apart from running text: bold, larger or in capitals."""
    shouted = line.text.isupper() and sum(c.isalpha() for c in line.text) > 8
    return line.heading or line.bold or shouted or line.size > text_size + 0.9


def _may_continue(taken: list[OpeningLine], line: OpeningLine) -> bool:
    """Tell whether a line of a text without fonts belongs to the title above it."""
    if line.group == taken[-1].group:
        return True
    groups = len({part.group for part in taken})
    return (
        groups < 2
        and len(line.text) < 200
        and not line.heading
        and line.text[-1] not in ".;,。；，؛،"
    )


def _paragraphs(lines: Sequence[OpeningLine]) -> tuple[str, ...]:
    groups: dict[tuple[int, float], list[str]] = {}
    for line in lines:
        groups.setdefault((line.group, round(line.size)), []).append(line.text)
    joined = (re.sub(r"(?<=[^\W\d])-\s(?=[^\W\d])", "-", " ".join(x)) for x in groups.values())
    joined = (re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", x) for x in joined)
    cleaned = (_ENDING_STAR.sub("", x).strip(" ,") for x in joined if not _BRACKETED.match(x))
    found: list[str] = []
    for text in cleaned:
        if re.search(r"\w", text) and not any(text in earlier for earlier in found):
            found.append(re.sub(r"\s+", " ", text))
    return tuple(found)
