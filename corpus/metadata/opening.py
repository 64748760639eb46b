"""The first page as printed: masthead, caption (body, session, agenda item) and title block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.bodies import body_named
from corpus.errors import SymbolError
from corpus.metadata.dates import iso_date
from corpus.metadata.ordinals import session_number
from corpus.metadata.title_block import (
    TEMPLATE_TEXT_SIZE,
    bare_title,
    block_title,
    cover_title,
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
    r"(?:[A-Z]{1,4}[.:]\s?)?\d{2}-\d{4,6}\s*(?:\((?P<letter>[A-Z])\))?(?:\s+\d{6})*\s*"
)
_ORIGINAL = re.compile(r"(?:original|الأصل|原文)\s*[:：]\s*(?P<language>\S.*)", re.IGNORECASE)
_AGENDA = re.compile(
    r"(?:agenda items?|items?|points?|tema|temas|пункты?|пункт|البنود|البند|议程项目)\s*"
    r"(?P<numbers>\d+(?:\s*\([a-z]\))?(?:(?:\s*,\s*|\s*,?\s*(?:and|et|y|и|і|و|和)\s*)\d+(?:\s*\([a-z]\))?)*)"
    r"(?:\s*(?:of the|de l’ordre|de l'ordre|del|de la|повестки|парадку|предварительной|من).*)?\**",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"(?:(?:Geneva|New York|Genève|Ginebra|Nueva York|Женева|Нью-Йорк|Жэнева|"
    r"جنيف|日内瓦)\s*[,،，]\s*)?"
    r"\(?\d{1,2}(?:\s*[-–—]|\s\w+\s*[-–—]|\s+(?:and|to|de|y)\s).{3,60}\d{4}\)?\.?",
    re.IGNORECASE,
)
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


def opening_lines(page: Page) -> tuple[OpeningLine, ...]:
    """Return the lines of a page top to bottom, lines of one paragraph sharing a group."""
    found: list[OpeningLine] = []
    group, last_y, last_size = 0, 0.0, 0.0
    for line in _right_to_left(page.lines):
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
    if any("Official Records" in line.text for line in lines[:20]):
        return replace(opening, titles=cover_title(rest), session=None)
    start, opening = _take_caption(rest, opening)
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
            letter = next((x.text for x in lines[:25] if x.text in {"A", "S", "E"}), "")
            text = letter + text
        if split := re.search(r"\s+Distr\.?\s?:?\s?\w*\Z", text):
            text, opening = text[: split.start()], replace(opening, distributed=True)
            line = replace(line, text=text)
        adjoins = index < 25 and (last_symbol is None or index - last_symbol <= 2)
        if adjoins and (found := _whole_symbols(text)):
            symbols |= dict.fromkeys(found)
            last_symbol = index
        elif (job := _JOB.fullmatch(text)) is not None:
            opening = replace(opening, job_letter=job["letter"] or opening.job_letter)
        elif (original := _ORIGINAL.fullmatch(text)) is not None:
            opening = replace(opening, original=opening.original or original["language"])
        elif _NOISE.fullmatch(text):
            continue
        elif _language_name(text):
            opening = replace(opening, printed_languages=(*opening.printed_languages, text))
        elif (date := iso_date(text)) and len(date) >= 7:
            dates.append(date)
        else:
            rest.append(line)
    symbol = parse_symbol("-".join(s.text for s in symbols)) if symbols else None
    unique = dates[0] if dates and (opening.distributed or len(set(dates)) == 1) else None
    return rest, replace(opening, symbol=symbol, date=unique)


def _whole_symbols(text: str) -> list[Symbol]:
    """Return the symbols a line consists of; text around them means it merely cites them."""
    bare = re.sub(r"\A(?:United Nations|Nations Unies|Naciones Unidas)\s+", "", text).strip("*() ")
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


def _take_caption(rest: list[OpeningLine], opening: Opening) -> tuple[int, Opening]:
    """Read the lines above the title; return where the title begins."""
    last = -1
    bodies: list[str] = []
    session = agenda = None
    edge: float | None = None
    for index, line in enumerate(rest[:30]):
        if last >= 0 and index - last > 4:
            break
        if edge is not None and line.x0 is not None and abs(line.x0 - edge) > 4:
            continue
        if (body := body_named(line.text)) is not None:
            bodies.append(body)
        elif (number := session_number(line.text)) is not None:
            session = session or number
        elif (item := _AGENDA.fullmatch(line.text)) is not None:
            agenda = agenda or ", ".join(re.findall(r"\d+(?:\s*\([a-z]\))?", item["numbers"]))
            last = _end_of_agenda_title(rest, index)
        elif not (_DATES.fullmatch(line.text) or re.fullmatch(r"\d{4} .{0,20}session", line.text)):
            continue
        last = max(last, index)
        if body is None and edge is None:
            edge = line.x0
    found = replace(opening, bodies=tuple(bodies), session=session, agenda_item=agenda)
    return last + 1, found


def _end_of_agenda_title(rest: list[OpeningLine], item: int) -> int:
    """Return the last line of the agenda item's own title, set like the line of the item."""
    first, last = rest[item], item
    for index in range(item + 1, min(item + 14, len(rest))):
        line = rest[index]
        if line.heading or abs(line.size - first.size) > 0.6:
            break
        if first.x0 is not None and line.x0 is not None:
            if abs(line.x0 - first.x0) > 4 or line.group > rest[last].group + 1:
                break
        elif (
            # DOCX: the same size is enough. TXT: one typed paragraph. HTML: the next paragraph,
            # where a heading follows it.
            not first.size
            and line.group != first.group
            and not any(later.heading for later in rest[index:])
        ):
            break
        if opens_text(line.text):
            break
        last = index
    return last
