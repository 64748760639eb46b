"""Put together what masthead, title, symbol, adoption note and file name say of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.countries import find_countries, is_country_code
from corpus.errors import SymbolError
from corpus.metadata import titles as title_words
from corpus.metadata.dates import year_of
from corpus.metadata.language import language_of
from corpus.metadata.opening import Opening, opening_lines, read_opening
from corpus.metadata.votes import Adoption, find_adoption
from corpus.readers.flow import FlowReading
from corpus.readers.page import Page
from corpus.symbols import Symbol, find_symbols, parse_symbol
from corpus.types import DocumentKind, DocumentStatus

__all__ = ["Metadata", "describe_flow", "describe_pages"]

_VOTED = {
    DocumentKind.RESOLUTION,
    DocumentKind.DECISION,
    DocumentKind.DRAFT_RESOLUTION,
    DocumentKind.DRAFT_AMENDMENT,
}
_PARENT_BODIES = {"General Assembly", "Economic and Social Council", "Security Council"}
_HEAD_LINES = 3
_FURNITURE = re.compile(
    r"(?:page )?\d{1,4}(?:/\d{1,4})?|(?:\d+ )?[A-Z]{2,3}[.:]\s?\d{2}-\d{4,6}.{0,30}(?: \d+)?|"
    r"[A-Z]{1,6}/[A-Z0-9./()-]+\*?",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^(?:Madam|Sir|Excellency|Your Excellency|Dear [^\n]{3,60}),$", re.MULTILINE
)


# A GA document is often a note by which the Secretary-General passes on another's report.
_TRANSMITTED = re.compile(
    r"(?:transmit|convey)\b.{0,120}?\b((?:the |a )?report (?:of|by|prepared by) the [^;:]{10,400}?)"
    r"(?:, (?:submitted|prepared|in accordance|pursuant)|\.\s)",
    re.IGNORECASE,
)
_STATE_PARTY = re.compile(
    r"(?:State party|États? parties?|Estado parte|Государство-участник)\s*[:：]\s*([^\n.;]{3,80})",
    re.IGNORECASE,
)
# The first page of a statement names who submits it; what it is about stands on the second.
_STATEMENT = re.compile(
    r"(?:joint )?(?:written|oral) statement|exposé écrit|exposición|письменное", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; the fields are those of `corpus.types.Document`."""

    symbol: Symbol | None
    title: str | None
    kind: DocumentKind | None
    body: str | None
    mandate: str | None
    country: tuple[str, ...]
    session: str | None
    agenda_item: str | None
    date: str | None
    year: int | None
    language: str | None
    status: DocumentStatus | None
    vote: tuple[int, int, int] | None
    warnings: tuple[str, ...]


def describe_pages(
    pages: Sequence[Page], name: str, *, running_heads: Sequence[str] = (), text: str = ""
) -> Metadata:
    """Read the metadata of a paged document.

    Args:
        pages: as a PDF reader gives them.
        name: of the file, the last resort for the symbol.
        running_heads: what ran at the head of pages, where segmentation has found it.
        text: the words of the document, for language and adoption; of the pages where it is empty.
    """
    first = next((page for page in pages if page.lines), None)
    opening = Opening()
    if first is not None:
        opening = read_opening(opening_lines(first), _text_size(pages))
    if len(opening.titles) == 1 and len(pages) > 1 and _STATEMENT.match(opening.titles[0]):
        subject = read_opening(opening_lines(pages[1]), _text_size(pages)).titles
        opening = replace(opening, titles=(*opening.titles, *subject[:1]))
    heads = [*_page_heads(pages), *running_heads]
    words = text or "\n".join(_text_lines(pages))
    return _describe(opening, heads, words, name, stated=None)


def describe_flow(reading: FlowReading, name: str, *, text: str = "") -> Metadata:
    """Read the metadata of a flowing document (DOCX, HTML, TXT).

    Args:
        reading: as its reader gives it.
        name: of the file, the last resort for the symbol.
        text: the words of the document; of the blocks where it is empty.
    """
    opening = read_opening(reading.opening)
    words = text or "\n".join(block.text for block in reading.blocks)
    if opening.job_letter is None:
        jobs = (re.search(r"\d{2}-\d{4,6}\s*\(([A-Z])\)", head) for head in reading.heads)
        opening = replace(opening, job_letter=next((job[1] for job in jobs if job), None))
    return _describe(opening, reading.heads, words, name, stated=reading.language)


def _describe(
    opening: Opening, heads: Sequence[str], words: str, name: str, *, stated: str | None
) -> Metadata:
    symbol, warnings = _symbol(opening, heads, name)
    language, remark = language_of(opening, _body_words(words), stated)
    kind = title_words.kind_of_title(opening.titles, symbol)
    mandate = title_words.mandate_of(opening.titles)
    if kind is None and (note := _TRANSMITTED.search(" ".join(words[:6000].split()))):
        kind = title_words.kind_of_title([note[1]], symbol)
        mandate = mandate or title_words.mandate_of([note[1]])
    if kind is None and symbol is None and _SALUTATION.search(words[:1500]):
        kind = DocumentKind.LETTER
    body = _body(opening, symbol)
    adoption = _adoption(words, kind, body)
    status = adoption.status if adoption else (symbol.status if symbol else None)
    if status is None and kind in {DocumentKind.DRAFT_RESOLUTION, DocumentKind.DRAFT_AMENDMENT}:
        status = DocumentStatus.DRAFT
    remarks = [*warnings, *([remark] if remark else []), *(adoption.warnings if adoption else ())]
    return Metadata(
        symbol=symbol,
        title=title_words.title_of(opening.titles),
        kind=kind,
        body=body,
        mandate=mandate,
        country=_country(opening, symbol, language, _state_party(words, kind)),
        session=(symbol.session if symbol else None) or opening.session,
        agenda_item=opening.agenda_item,
        date=opening.date,
        year=year_of(opening.date) or (symbol.year if symbol else None),
        language=language,
        status=status,
        vote=adoption.vote if adoption else None,
        warnings=tuple(remarks),
    )


def _text_size(pages: Sequence[Page]) -> float:
    """Return the size most words of the first pages are printed in, in points."""
    sizes: Counter[float] = Counter()
    for page in pages[:6]:
        for line in page.lines:
            sizes[round(2 * line.size) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _text_lines(pages: Sequence[Page]) -> Iterator[str]:
    """Yield the lines of the pages without page numbers, job numbers and running symbols."""
    for page in pages:
        for line in page.lines:
            if not _FURNITURE.fullmatch(line.text.strip()):
                yield line.text


def _page_heads(pages: Sequence[Page]) -> list[str]:
    """Return the top lines of the pages after the first; symbols stand there undivided."""
    heads: list[str] = []
    for page in pages[1:6]:
        top = sorted(page.lines, key=lambda line: (round(line.y), line.x0))[:_HEAD_LINES]
        heads.extend(line.text for line in top)
    return heads


def _symbol(
    opening: Opening, heads: Sequence[str], name: str
) -> tuple[Symbol | None, tuple[str, ...]]:
    """Choose the symbol: running heads first, then the masthead, then the file name."""
    running: Counter[Symbol] = Counter()
    for head in heads:
        found = find_symbols(head)
        if found and len(found[-1][2].text) >= len(head.strip()) - 30:
            running.update(symbol for _, _, symbol in found)
    printed = opening.symbol
    named = _symbol_of_name(name)
    if printed is not None and (not running or set(printed.members) & set(running)):
        chosen = printed
    elif running:
        chosen = running.most_common(1)[0][0]
    else:
        return named, ()
    if named is not None and not set(named.members) & set(chosen.members):
        return chosen, (f"the file is named {named}, but prints {chosen}",)
    return chosen, ()


def _symbol_of_name(name: str) -> Symbol | None:
    """Read a symbol out of a file name such as `A_HRC_58_68.en.pdf` or `x__A_80_44.pdf`."""
    stem = re.sub(
        r"(?:\.(?:pdf|docx?|html?|txt|en|fr|es|ru|ar|zh))+\Z", "", PurePath(name).name, flags=re.I
    )
    stem = stem.rpartition("__")[2]
    stem = re.sub(r"[-_](?:en|fr|es|ru|ar|zh|e|f|s|r)\Z", "", stem, flags=re.I)
    candidate = stem.replace("_", "/")
    if candidate.count("/") < 2 and not re.match(r"[AES]/\d", candidate):
        return None
    try:
        return parse_symbol(candidate)
    except SymbolError:
        return None


def _body(opening: Opening, symbol: Symbol | None) -> str | None:
    committee = title_words.committee_of(opening.titles)
    named = [body for body in opening.bodies if body not in _PARENT_BODIES]
    of_symbol = symbol.body if symbol else None
    if committee is not None:
        return committee
    if named:
        return named[0]
    return of_symbol or (opening.bodies[0] if opening.bodies else None)


def _state_party(words: str, kind: DocumentKind | None) -> tuple[str, ...]:
    """Return the State a communication is about, from the table that opens a decision."""
    if kind is not DocumentKind.TREATY_BODY_DECISION:
        return ()
    found = _STATE_PARTY.search(words[:6000])
    return find_countries(found[1]) if found else ()


def _country(
    opening: Opening, symbol: Symbol | None, language: str | None, party: tuple[str, ...]
) -> tuple[str, ...]:
    if party:
        return party
    if symbol is not None and is_country_code(symbol.country_code):
        return (symbol.country_code or "",)
    return title_words.countries_of(opening.titles, language)


def _adoption(words: str, kind: DocumentKind | None, body: str | None) -> Adoption | None:
    if kind not in _VOTED:
        return None
    adoption = find_adoption(words, body)
    drafted = kind in {DocumentKind.DRAFT_RESOLUTION, DocumentKind.DRAFT_AMENDMENT}
    if adoption and drafted and adoption.status is not DocumentStatus.REJECTED:
        return None  # a draft that recalls how another text was adopted is still a draft
    return adoption


def _body_words(words: str) -> str:
    """Return the words past the masthead, which is partly English in every language."""
    return words[600:] if len(words) > 1500 else words
