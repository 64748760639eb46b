"""Put together what masthead, title, symbol, adoption note and file name say of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.countries import find_countries, is_country_code
from corpus.metadata import titles as title_words
from corpus.metadata.courts import judgment_of
from corpus.metadata.dates import year_of
from corpus.metadata.imprint import date_of_record, job_number_of
from corpus.metadata.language import language_of
from corpus.metadata.naming import choose_symbol
from corpus.metadata.opening import Opening, opening_lines, read_opening
from corpus.metadata.relations import relations_of_symbol, relations_of_words, superseded_by
from corpus.metadata.reporting import holder_of, mandate_of
from corpus.metadata.votes import Adoption, find_adoption
from corpus.readers.flow import FlowReading, OpeningLine
from corpus.readers.page import Page
from corpus.symbols import Symbol
from corpus.types import DocumentKind, DocumentStatus, Relation

__all__ = ["Metadata", "describe_flow", "describe_pages"]

_VOTED = {
    DocumentKind.RESOLUTION,
    DocumentKind.DECISION,
    DocumentKind.DRAFT_RESOLUTION,
    DocumentKind.DRAFT_AMENDMENT,
}
# A resolution on a mandate, or a statement to one, is not by its holder.
_REPORTING = {None, DocumentKind.SPECIAL_RAPPORTEUR_REPORT, DocumentKind.EXPERT_GROUP_REPORT}
_PARENT_BODIES = {"General Assembly", "Economic and Social Council", "Security Council"}
_HEAD_LINES = 3
_FRONT_CHARS = 6000
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
    r"(?:, (?:submitted|prepared|in accordance|pursuant)|"
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\b[A-Z])\.(?:\s|\Z))",
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
    superseded_by: str | None = None
    mandate_holder: str | None = None
    job_number: str | None = None
    relations: tuple[Relation, ...] = ()


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
    if opening.official_records and opening.date is None:
        opening = replace(opening, date=date_of_record(pages))
    opening = replace(opening, job_number=opening.job_number or job_number_of(pages))
    heads = [*_page_heads(pages), *running_heads]
    words = text or "\n".join(_text_lines(pages))
    described = _describe(opening, heads, words, name, stated=None)
    if described.symbol is None and first is not None and not opening.distributed:
        return _as_judgment(described, opening_lines(first))
    return described


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
    symbol, warnings = choose_symbol(opening, heads, name)
    language, remark = language_of(opening, _body_words(words), stated)
    kind = title_words.kind_of_title(opening.titles, symbol)
    flat = " ".join(words[:_FRONT_CHARS].split())
    reporting = list(opening.titles)
    if kind is None and (note := _TRANSMITTED.search(flat)):
        kind = title_words.kind_of_title([note[1]], symbol)
        reporting.append(note[1])
    if kind is None and symbol is None and _SALUTATION.search(words[:1500]):
        kind = DocumentKind.LETTER
    body = _body(opening, symbol)
    adoption = _adoption(words, kind, body)
    successor = superseded_by(flat)
    remarks = [*warnings, *([remark] if remark else []), *(adoption.warnings if adoption else ())]
    return Metadata(
        symbol=symbol,
        title=title_words.title_of(opening.titles),
        kind=kind,
        body=body,
        mandate=(mandate_of(reporting) or opening.mandate) if kind in _REPORTING else None,
        country=_country(opening, symbol, language, _state_party(words, kind)),
        session=(symbol.session if symbol else None) or opening.session,
        agenda_item=opening.agenda_item,
        date=opening.date,
        year=year_of(opening.date) or (symbol.year if symbol else None),
        language=language,
        status=DocumentStatus.SUPERSEDED if successor else _status(symbol, kind, adoption),
        vote=adoption.vote if adoption else None,
        warnings=tuple(remarks),
        superseded_by=successor,
        mandate_holder=holder_of(reporting) if kind in _REPORTING else None,
        job_number=opening.job_number,
        relations=_relations(symbol, opening, flat),
    )


def _as_judgment(described: Metadata, lines: Sequence[OpeningLine]) -> Metadata:
    judgment = judgment_of(lines, described.language or "en")
    if judgment is None:
        return described
    return replace(
        described, title=judgment.title, body=judgment.body, country=judgment.country, kind=None
    )


def _status(
    symbol: Symbol | None, kind: DocumentKind | None, adoption: Adoption | None
) -> DocumentStatus | None:
    if adoption is not None:
        return adoption.status
    drafted = kind in {DocumentKind.DRAFT_RESOLUTION, DocumentKind.DRAFT_AMENDMENT}
    if drafted or (symbol is not None and symbol.status is DocumentStatus.DRAFT):
        return DocumentStatus.DRAFT
    revised = symbol is not None and re.search(r"/Rev\.\d+\Z", symbol.text)
    return DocumentStatus.REVISED if revised else None


def _relations(symbol: Symbol | None, opening: Opening, front: str) -> tuple[Relation, ...]:
    implied = relations_of_symbol(symbol) if symbol else ()
    stated = relations_of_words(symbol, opening.brackets, opening.titles, front)
    return tuple(dict.fromkeys((*implied, *stated)))


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
