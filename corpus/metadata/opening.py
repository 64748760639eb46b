"""The first page as printed: masthead, caption (body, session, agenda item) and title block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.bodies import ORGANS
from corpus.errors import SymbolError
from corpus.metadata.caption import read_caption
from corpus.metadata.dates import iso_date
from corpus.metadata.meetings import meeting_of
from corpus.metadata.title_block import (
    TEMPLATE_TEXT_SIZE,
    bare_title,
    block_title,
    bracketed,
    cover_title,
    old_resolution,
    opens_text,
)
from corpus.readers.flow import OpeningLine
from corpus.readers.page import Line, Page
from corpus.symbols import Symbol, find_symbols, parse_symbol

__all__ = ["Opening", "opening_lines", "read_opening"]

# Lines of the masthead that say nothing else, in the six languages and those of the sample corpus.
_NOISE = re.compile(
    r"united|nations|united nations|nations unies|unies|naciones|unidas|naciones unidas|"
    r"организация объединенных наций|(?:організація|арганізацыя) .{5,30}|"
    r"الأمم المتحدة|联合国|[aes]|"
    r"distr\.?|distr\.?\s?:?\s?\w+|general|generale|générale|limited|limitée|limitada|restricted|"
    r"official records(?:, \d{4})?|supplement no\.? ?\d+|provisional|unedited version|"
    r"advance(?: unedited)? version|/?\.\.\.|page \d+|\*?\d{5,8}\*|"
    r"(?:english|french|spanish|russian|arabic|chinese)(?:, \w+)*(?:,? and \w+)? only|"
    r"sample (?:nations|assembly)|fictional sample document.*|nations exemples|assemblée exemple|"
    r"naciones de muestra|asamblea de muestra|образцовые нации|образцовая ассамблея|"
    r"узорныя нацыі|узорная асамблея|الأمم النموذجية|الجمعية النموذجية|范例国际组织|范例大会",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"(?P<number>(?:[A-Z]{1,4}[.:]\s?)?\d{2}[-–‑]\s?\d{4,6})\s*(?:\((?P<letter>[A-Z])\))?"
    r"(?:\s+\d{6})*\s*(?:\*\d{6,8}\*)?"
)
_ORIGINAL = re.compile(r"(?:original|الأصل|原文)\s*[:：]\s*(?P<language>\S.*)", re.IGNORECASE)
# Masthead and distribution block on one line, as recognised in images.
_DATE_BESIDE = re.compile(r"[A-Z][A-ZÉ ]{3,40}\s(?P<date>\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d)")
_ASSEMBLY = re.compile(r"the general assembly,|l['’]assemblée générale,|la asamblea general,", re.I)
_ARABIC = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first page says.

    Attributes:
        symbol: printed in the masthead; joint where it prints several.
        date: of the distribution block, ISO.
        job_letter: language letter of the job number ("E"), or None.
        original: what follows "Original:", or None.
        printed_languages: language names that stand on a line of their own.
        bodies: named on lines of their own, in order.
        session: number, or None.
        agenda_item: numbers, or None.
        titles: paragraphs of the title block, in order.
        distributed: there is a distribution block, so that this is a masthead at all.
        mandate: expert mechanism or working group named above the title, or None.
        brackets: lines in brackets of the title block.
        job_number: as printed, without the letter, or None.
        official_records: the cover of a supplement to the Official Records.
    """

    symbol: Symbol | None = None
    date: str | None = None
    job_letter: str | None = None
    original: str | None = None
    printed_languages: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    session: str | None = None
    agenda_item: str | None = None
    titles: tuple[str, ...] = ()
    distributed: bool = False
    mandate: str | None = None
    brackets: tuple[str, ...] = ()
    job_number: str | None = None
    official_records: bool = False


def opening_lines(page: Page) -> tuple[OpeningLine, ...]:
    """Return the lines of a page top to bottom, lines of one paragraph sharing a group."""
    found: list[OpeningLine] = []
    group, last_y, last_size = 0, 0.0, 0.0
    lines = _right_to_left(page.lines)
    if page.ocr and lines:  # sizes recognised in an image vary from line to line
        usual = median(line.size for line in lines)
        lines = [replace(line, size=usual, bold=False) for line in lines]
    for line in lines:
        if line.y - last_y > 1.5 * line.size or abs(line.size - last_size) > 0.6:
            group += 1
        last_y, last_size = line.y, line.size
        text = re.sub(r"\s+", " ", line.text).strip()
        edge = None if _ARABIC.search(text) else line.x0  # readers only estimate Arabic edges
        found.append(OpeningLine(text, group, line.size, line.bold, x0=edge))
    return tuple(found)


def _right_to_left(lines: Sequence[Line]) -> list[Line]:
    """Sort lines by position, and join the pieces into which readers cut Arabic lines."""
    ordered = sorted((x for x in lines if x.text.strip()), key=lambda x: (round(x.y), x.x0))
    joined: list[Line] = []
    for line in ordered:
        before = joined[-1] if joined else None
        touches = before is not None and abs(before.y - line.y) < 1 and line.x0 - before.x1 < 12
        if before is not None and touches and _ARABIC.search(before.text + line.text):
            text = f"{line.text.strip()} {before.text.strip()}"
            joined[-1] = replace(before, text=text, x1=line.x1, bold=before.bold and line.bold)
        else:
            joined.append(line)
    return joined


def read_opening(lines: Sequence[OpeningLine], text_size: float = TEMPLATE_TEXT_SIZE) -> Opening:
    """Read masthead, caption and title off the lines of a first page.

    Args:
        lines: top to bottom.
        text_size: of running text in points; titles are bold or larger.
    """
    rest, opening = _take_masthead(lines)
    if (meeting := meeting_of(lines, opening.symbol)) is not None:
        named = read_caption(rest, text_size)
        return replace(
            opening,
            titles=(meeting.title,),
            date=meeting.date or opening.date,
            bodies=named.bodies,
            session=named.session,
        )
    if any("Official Records" in line.text for line in lines[:20]):
        return replace(opening, titles=cover_title(rest), session=None, official_records=True)
    if opening.symbol is None and (old := old_resolution(rest)) is not None:
        symbol, title = old
        bodies = ("General Assembly",) if any(_ASSEMBLY.match(x.text) for x in lines) else ()
        return replace(opening, symbol=symbol, titles=(title,), date=None, bodies=bodies)
    caption = read_caption(rest, text_size)
    start = caption.end
    opening = replace(
        opening,
        bodies=caption.bodies,
        session=caption.session,
        agenda_item=caption.agenda_item,
        mandate=caption.mandate,
        brackets=bracketed(rest[start:]),
    )
    top = (i for i, x in enumerate(rest) if x.heading and not opens_text(x.text))
    heading = next(top, None)
    if heading is not None and start <= heading <= start + 3:
        start = heading
    if start > 0 or opening.distributed or heading is not None:
        return replace(opening, titles=block_title(rest[start:], text_size))
    return replace(opening, titles=bare_title(rest, text_size))


def _take_masthead(lines: Sequence[OpeningLine]) -> tuple[list[OpeningLine], Opening]:
    rest: list[OpeningLine] = []
    symbols: dict[Symbol, None] = {}
    dates: list[str] = []
    opening = Opening(distributed=any(re.match(r"distr\b", x.text, re.I) for x in lines[:30]))
    last_symbol = None
    for index, line in enumerate(lines):
        text = line.text
        if text.startswith("/") and index < 25:  # "A" in large letters, "/HRC/59/60" in small
            letter = next((x.text for x in lines[:25] if x.text in ORGANS), "")
            text = letter + text
        if re.match(r"\$/\d", text):
            text = f"S{text[1:]}"  # as recognised in images of type
        if split := re.search(r"\s+Distr\.?\s?:?\s?\w*\Z", text):
            text, opening = text[: split.start()], replace(opening, distributed=True)
            line = replace(line, text=text)
        adjoins = index < 25 and (last_symbol is None or index - last_symbol <= 2)
        if adjoins and (found := _whole_symbols(text)):
            symbols |= dict.fromkeys(found)
            last_symbol = index
        elif (job := _JOB.fullmatch(text)) is not None:
            opening = replace(
                opening,
                job_letter=job["letter"] or opening.job_letter,
                job_number=opening.job_number or _job_number(job["number"]),
            )
        elif (original := _ORIGINAL.fullmatch(text)) is not None:
            opening = replace(opening, original=opening.original or original["language"])
        elif _NOISE.fullmatch(text) or (index < 25 and text in ORGANS):
            continue
        elif _language_name(text):
            opening = replace(opening, printed_languages=(*opening.printed_languages, text))
        elif (date := iso_date(text)) and len(date) >= 7:
            dates.append(date)
        else:
            rest.append(line)
    symbol = parse_symbol("-".join(s.text for s in symbols)) if symbols else None
    if not dates:
        beside = (_DATE_BESIDE.fullmatch(line.text) for line in rest[:12])
        dates = [d for found in beside if found and (d := iso_date(found["date"])) and len(d) == 10]
    unique = dates[0] if dates and (opening.distributed or len(set(dates)) == 1) else None
    return rest, replace(opening, symbol=symbol, date=unique)


def _job_number(printed: str) -> str | None:
    """Return the number in the usual form; a short one without letters may be anything."""
    number = re.sub(r"\s", "", printed).translate({ord("–"): "-", ord("‑"): "-", ord(":"): "."})
    return number if re.fullmatch(r"[A-Z]{2,4}\.\d{2}-\d{4,6}|\d{2}-\d{5}", number) else None


def _whole_symbols(text: str) -> list[Symbol]:
    """Return the symbols a line consists of; text around them means it merely cites them."""
    bare = re.sub(r"\A(?:United Nations|Nations Unies|Naciones Unidas)\s+", "", text).strip("* ")
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    found = find_symbols(bare)
    left = bare
    for start, end, _ in reversed(found):
        left = left[:start] + left[end:]
    if found and not left.strip(" -–—,;/*"):
        return [symbol for _, _, symbol in found]
    try:
        return [parse_symbol(bare)] if "/" in bare and len(bare) < 40 and bare.isupper() else []
    except SymbolError:
        return []


_LANGUAGE_NAMES = {
    "english": "en", "anglais": "en", "inglés": "en", "английский": "en",
    "french": "fr", "français": "fr", "francés": "fr", "французский": "fr",
    "spanish": "es", "español": "es", "espagnol": "es", "испанский": "es",
    "russian": "ru", "русский": "ru", "russe": "ru", "ruso": "ru",
    "arabic": "ar", "العربية": "ar", "عربي": "ar", "arabe": "ar", "árabe": "ar",
    "chinese": "zh", "中文": "zh", "chinois": "zh", "chino": "zh",
    "belarusian": "be", "беларуская": "be", "portuguese": "pt", "português": "pt",
}  # fmt: skip


def _language_name(text: str) -> str | None:
    return _LANGUAGE_NAMES.get(text.casefold().strip(" ."))
