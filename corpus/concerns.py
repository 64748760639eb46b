"""What gives reason to look at a document again: named, weighed, in plain words.

A concern accuses no one: a gap may be the document's own, as in addenda that number only what they
answer. It says where a reader should look before citing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.errors import SymbolError
from corpus.symbols import Symbol, parse_symbol
from corpus.types import Document, DocumentKind, ParagraphKind

__all__ = ["Concern", "concern_score", "concerns_of", "symbol_of_file_name"]


@dataclass(frozen=True, slots=True)
class Concern:
    """One reason to look at a document.

    Attributes:
        code: for programs; stable.
        weight: 0 to 1; how likely it is that something cited from the document would be wrong.
        message: for people, with the numbers and pages concerned.
    """

    code: str
    weight: float
    message: str


_NAMED = 8
"""Numbers or pages named in a message; the rest is counted."""

_NUMBERED_KINDS = frozenset(
    # Kinds whose paragraphs the drafting rules of their bodies number without exception.
    {
        DocumentKind.RESOLUTION,
        DocumentKind.DRAFT_RESOLUTION,
        DocumentKind.GENERAL_COMMENT,
        DocumentKind.CONCLUDING_OBSERVATIONS,
        DocumentKind.TREATY_BODY_DECISION,
        DocumentKind.SPECIAL_RAPPORTEUR_REPORT,
        DocumentKind.EXPERT_GROUP_REPORT,
        DocumentKind.UPR_REPORT,
        DocumentKind.UPR_NATIONAL_REPORT,
        DocumentKind.UPR_COMPILATION,
        DocumentKind.UPR_STAKEHOLDERS,
    }
)
_PUBLISHED_FORMATS = frozenset({"pdf", "docx"})
_DIVIDED = re.compile(r"(\d{1,4})\.\d")
_MANY_UNUSED = 10
_UNUSED_SHARE = 0.25
_FEW_WORDS = 60
# Chinese and Japanese put no space between words, of which two characters make about one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CUT_SHORT = re.compile(r"\b(?:cut short|could not be read)\b")
_SECOND_READER = re.compile(r"^read with pypdf")
_LOST_CHARACTERS = re.compile(r"could not be decoded")
_ANOTHER_LANGUAGE = re.compile(r"its text is in")
_ANOTHER_SYMBOL = re.compile(r"^the file is named .+ but prints ")
_SIDECAR = re.compile(r"\b(?:sidecar|precedent\.(?:toml|csv)|manifest)\b")
_LANGUAGE_SUFFIX = re.compile(r"[-_.](?:en|fr|es|ru|ar|zh|e|f|s|r)\Z", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:\.(?:pdf|docx?|x?html?|txt|text))+\Z", re.IGNORECASE)


def concern_score(concerns: Sequence[Concern]) -> float:
    """Return the sum of the weights; documents are looked at from the highest down."""
    return round(sum(concern.weight for concern in concerns), 3)


def concerns_of(document: Document) -> tuple[Concern, ...]:
    """Return what in a document by itself gives reason to look at it, weightiest first."""
    found = [
        *_of_numbering(document),
        *_of_pages(document),
        *_of_metadata(document),
        *_of_reading(document),
    ]
    return tuple(sorted(found, key=lambda concern: (-concern.weight, concern.code)))


def _of_numbering(document: Document) -> Iterator[Concern]:
    quality = document.quality
    divided = _divided(document)
    gaps = [gap for gap in quality.gaps if gap not in divided]
    if gaps:
        missing = len(gaps)
        weight = min(0.9, 0.3 + missing / max(quality.chain + missing, 1))
        words = "paragraph number" if missing == 1 else "paragraph numbers"
        verb = "is" if missing == 1 else "are"
        yield Concern("gaps", weight, f"{words} {_named(gaps)} {verb} missing")
    if quality.repeats:
        word = "paragraph number" if len(quality.repeats) == 1 else "paragraph numbers"
        verb = "stands" if len(quality.repeats) == 1 else "stand"
        yield Concern("repeats", 0.4, f"{word} {_named(quality.repeats)} {verb} more than once")
    first = min([quality.first, *divided]) if quality.first is not None else 1
    if first > 1 and not _is_addition(document):
        yield Concern("late-start", 0.3, f"numbering starts at {first}")
    numbered = quality.chain or any(paragraph.number for paragraph in document.paragraphs)
    if not numbered and document.kind in _NUMBERED_KINDS and not _is_correction(document):
        yield Concern("unnumbered", 0.6, f"no paragraph numbers, though a {document.kind} has them")
    if quality.unused_candidates > max(_MANY_UNUSED, _UNUSED_SHARE * quality.chain):
        message = f"{quality.unused_candidates} lines look like numbered paragraphs and are not"
        yield Concern("unused", 0.2, f"{message} taken for them")


def _divided(document: Document) -> set[int]:
    """Return the numbers that stand only divided: "2.1" and "2.2", and no "2" by itself."""
    numbers = (paragraph.number or "" for paragraph in document.paragraphs)
    return {int(found[1]) for number in numbers if (found := _DIVIDED.match(number))}


def _of_pages(document: Document) -> Iterator[Concern]:
    quality = document.quality
    total = document.page_count or 0
    if quality.ocr_pages:
        share = len(quality.ocr_pages) / max(total, len(quality.ocr_pages))
        words = f"{_pages(quality.ocr_pages)} recognised in an image: expect wrong letters"
        yield Concern("ocr", 0.2 + 0.3 * share, words)
    if quality.textless_pages:
        share = len(quality.textless_pages) / max(total, len(quality.textless_pages))
        words = f"{_pages(quality.textless_pages)} an image without words: nothing there is found"
        yield Concern("textless", 0.2 + 0.6 * share, words)


def _of_metadata(document: Document) -> Iterator[Concern]:
    asked = symbol_of_file_name(PurePath(document.source).name, document.file_format)
    printed = _symbol(document.symbol)
    if asked is not None and printed is not None and not set(asked.members) & set(printed.members):
        yield Concern("wrong-document", 0.8, f"the file is named {asked}, but prints {printed}")
    if document.symbol is None:
        weight = 0.3 if document.file_format in _PUBLISHED_FORMATS else 0.1
        yield Concern("no-symbol", weight, "no document symbol was found; cite it by its title")
    if document.title is None:
        yield Concern("no-title", 0.2, "no title was found")
    if document.year is None and document.date is None:
        yield Concern("no-date", 0.2, "no date was found; filters by year leave it out")
    if document.language is None:
        yield Concern("no-language", 0.2, "its language is not known; filters by it leave it out")


def _of_reading(document: Document) -> Iterator[Concern]:
    words = sum(
        _words_in(paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.kind is not ParagraphKind.HEADING
    )
    if (document.page_count or 0) > 1 and words < _FEW_WORDS * (document.page_count or 0) / 2:
        message = f"only {words} words on {document.page_count} pages"
        yield Concern("few-words", 0.4, message)
    for warning in document.warnings:
        if _CUT_SHORT.search(warning):
            yield Concern("damaged", 0.7, warning)
        elif _SIDECAR.search(warning):
            yield Concern("sidecar", 0.1, warning)
        elif _ANOTHER_LANGUAGE.search(warning):
            yield Concern("another-language", 0.5, warning)
        elif _LOST_CHARACTERS.search(warning):
            yield Concern("lost-characters", 0.4, warning)
        elif _SECOND_READER.search(warning):
            yield Concern("second-reader", 0.1, warning)


def _words_in(text: str) -> int:
    unspaced = len(_UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + unspaced // 2


def symbol_of_file_name(name: str, file_format: str | None = None) -> Symbol | None:
    """Return the symbol a file's name asks for (`A_HRC_58_68.en.pdf`), or None.

    A name says less than a document, so only what opens like a symbol and has a number counts;
    JSON Lines hold many documents, and their name asks for none.
    """
    if file_format == "jsonl":
        return None
    stem = _EXTENSION.sub("", name).rpartition("__")[2]
    stem = _LANGUAGE_SUFFIX.sub("", stem)
    candidate = stem.replace("_", "/")
    if candidate.count("/") < 2 and not re.match(r"[AES]/\d", candidate):
        return None
    return _symbol(candidate)


def _symbol(text: str | None) -> Symbol | None:
    if not text:
        return None
    try:
        return parse_symbol(text)
    except SymbolError:
        return None


def _suffixes(document: Document) -> tuple[str, ...]:
    symbol = _symbol(document.symbol)
    return symbol.suffixes if symbol is not None else ()


def _is_addition(document: Document) -> bool:
    """Tell addenda and corrections, which go on with others' numbers or name only some."""
    return any(suffix.startswith(("Add.", "Corr.", "Amend.")) for suffix in _suffixes(document))


def _is_correction(document: Document) -> bool:
    return any(suffix.startswith("Corr.") for suffix in _suffixes(document))


def _named(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_NAMED]))
    more = len(numbers) - _NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _pages(pages: Sequence[int]) -> str:
    return f"page {pages[0]} is" if len(pages) == 1 else f"pages {_named(pages)} are"
