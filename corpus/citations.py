"""Citations in United Nations form: written for a paragraph, and read from what people type.

`A/HRC/15/16, para. 12`; `paras. 24–26`; general comments by their committee's name and number
(`Human Rights Committee, general comment No. 32 (2007), para. 33`). Paragraph numbers are the same
in all language versions, so a citation read from Russian or French finds the English paragraph.
Source: UN Editorial Manual, footnotes and other references.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bodies import COMMITTEES
from corpus.errors import SymbolError
from corpus.identity import general_comment_number, leading_symbol
from corpus.pinpoints import HOW_TO_CITE, NUMBERS, ORDINALS, written_out
from corpus.roman import roman_numeral
from corpus.symbols import Symbol, find_symbols, fold, parse_symbol
from corpus.types import DocumentKind

__all__ = [
    "Citation",
    "format_citation",
    "format_place",
    "format_span",
    "parse_citation",
]

_RECOMMENDING = {"CEDAW", "CERD"}  # their general comments are called recommendations
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)*(?:\s?(?:bis|ter))?\Z")


@dataclass(frozen=True, slots=True)
class Citation:
    """A symbol and the paragraphs of it that are meant.

    Attributes:
        symbol: of the document.
        paragraphs: labels in the order given ("12", "2.1"; "pp3" for the third preambular one);
            spans are written out.
    """

    symbol: Symbol
    paragraphs: tuple[str, ...]


def format_citation(
    symbol: str | None,
    title: str | None,
    number: str | None,
    kind: str | None,
    paragraph_id: str,
    *,
    body: str | None = None,
    year: int | None = None,
    pages: Sequence[int] = (),
) -> str:
    """Write the citation of one paragraph.

    Args:
        symbol: of the document; where there is none its title is cited.
        title: of the document.
        number: of the paragraph as printed.
        kind: of the document, a `DocumentKind` or what its source gives.
        paragraph_id: label of the paragraph in its document, which tells preambular paragraphs,
            annexes, individual opinions and footnotes apart.
        body: that speaks, as in `Document.body`; needed for general comments.
        year: of the document; a general comment's title is believed first.
        pages: physical pages, cited where the paragraph has no number.
    """
    place = format_place(number, paragraph_id, pages)
    document = _document_words(symbol, title, kind, body, year)
    return ", ".join(words for words in (document, place) if words)


def format_span(
    symbol: str | None,
    title: str | None,
    numbers: Sequence[str],
    kind: str | None,
    *,
    body: str | None = None,
    year: int | None = None,
) -> str:
    """Write the citation of several numbered paragraphs, consecutive ones as a span.

    >>> format_span("A/80/1", None, ["24", "25", "26"], None)
    'A/80/1, paras. 24–26'
    """
    document = _document_words(symbol, title, kind, body, year)
    spans = _spans(numbers)
    label = "paras." if len(numbers) > 1 else "para."
    joined = " and ".join([", ".join(spans[:-1]), spans[-1]] if len(spans) > 1 else spans)
    return f"{document}, {label} {joined}"


def _spans(numbers: Sequence[str]) -> list[str]:
    spans: list[list[str]] = []
    for number in numbers:
        last = spans[-1][-1] if spans else ""
        if last.isdecimal() and number.isdecimal() and int(number) == int(last) + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    written: list[str] = []
    for span in spans:
        written.extend([f"{span[0]}–{span[-1]}"] if len(span) > 2 else span)
    return written


def _document_words(
    symbol: str | None, title: str | None, kind: str | None, body: str | None, year: int | None
) -> str:
    if kind == DocumentKind.GENERAL_COMMENT:
        words = _general_comment_words(leading_symbol(symbol), title, body, year)
        if words:
            return words
    return symbol or title or "untitled"


def _general_comment_words(
    symbol: Symbol | None, title: str | None, body: str | None, year: int | None
) -> str | None:
    issued = _issued_year(title, year)
    dated = f" ({issued})" if issued else ""
    members = symbol.members if symbol else ()
    if len(members) > 1 and all(m.body in COMMITTEES and m.number for m in members):
        shares = [f"{_series(m.body)} No. {m.number} of the {_name(m.body)}" for m in members]
        return f"joint {'/'.join(shares)}{dated}"
    number = general_comment_number(title)
    if number is None and symbol and symbol.kind is DocumentKind.GENERAL_COMMENT:
        number = symbol.number
    body = body or (symbol.body if symbol else None)
    if number is None or body is None:
        return None
    return f"{_name(body)}, {_series(body)} No. {number}{dated}"


def _issued_year(title: str | None, year: int | None) -> int | None:
    found = re.search(r"No\.?\s*\d+\s*\((?:[^()]*\s)?((?:19|20)\d\d)\)", title or "", re.I)
    return int(found[1]) if found else year


def _series(body: str | None) -> str:
    return "general recommendation" if body in _RECOMMENDING else "general comment"


def _name(body: str | None) -> str:
    return COMMITTEES.get(body or "", body or "")


def format_place(number: str | None, paragraph_id: str, pages: Sequence[int] = ()) -> str:
    """Write where in its document a paragraph stands; empty where nothing says it.

    >>> format_place("4", "annex1-4")
    'annex I, para. 4'
    """
    label = paragraph_id.partition("~")[0]
    if match := re.fullmatch(r"pp(\d+)", label):
        return f"{_ordinal(int(match[1]))} preambular paragraph"
    if match := re.fullmatch(r"fn(.+)", label):
        return f"footnote {match[1]}"
    if match := re.fullmatch(r"(?:annex|A)(\d*)-(\d+(?:\.\d+)*)", label):
        annex = f"annex {roman_numeral(int(match[1]))}" if match[1] else "annex"
        return f"{annex}, para. {match[2]}"
    if match := re.fullmatch(r"OP(\d+)-([UG]?)(\d+(?:\.\d+)*)", label):
        opinion = f"individual opinion {match[1]}"
        return opinion if match[2] else f"{opinion}, para. {match[3]}"
    if (match := re.fullmatch(r"(\d+)\.(\d+)", label)) and number == match[2]:
        return f"para. {match[1]} ({match[2]})"
    if number is not None and _PLAIN_NUMBER.match(number):
        return f"para. {number}"
    if len(pages) > 1:
        return f"pp. {pages[0]}–{pages[-1]}"
    return f"p. {pages[0]}" if pages else ""


def _ordinal(n: int) -> str:
    if 1 <= n <= len(ORDINALS):
        return ORDINALS[n - 1]
    last = "th" if n % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{last}"


# Written before the number: English, French, Spanish and Portuguese, Russian, Belarusian and
# Ukrainian, Arabic, Chinese; "OP" and "PP" are what negotiators say.
_LABEL = (
    r"(?:paragraphs?|paras?|pars?|paragraphes?|párrafos?|párrs?|parágrafos?|pár|"
    r"пункты?|пункта[хм]?|пунктов|пп|п|параграф|абзац|пункце|"
    r"الفقرات|الفقرة|فقرة|第|OP|§§|§|¶¶|¶)"
)
_LISTED = rf"{NUMBERS}(?:\s*(?:[-–—,;&]|\b(?:and|to|et|à|y|a|и|і|و|至|и)\b)\s*{NUMBERS})*"
_PINPOINT = re.compile(
    rf"\s*[,:;]?\s*(?:at\s+)?(?:{_LABEL}\s*\.?\s*)?(?P<list>{_LISTED})\s*(?:段)?\s*\.?\s*\Z",
    re.IGNORECASE,
)
_PREAMBULAR = re.compile(
    r"\s*,?\s*(?:PP\s*(?P<n>\d{1,4})|"
    rf"(?P<word>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
    r"\s+preambular\s+para(?:graph|\.)?)\s*\.?\s*\Z",
    re.IGNORECASE,
)


def parse_citation(text: str) -> Citation:
    """Read a symbol followed by paragraph numbers, as people type or paste it.

    Accepts `A/HRC/15/16, para. 12`, `paras. 24-26`, `para. 111 (4)` (item 4 of its list), `§ 12`,
    `пункт 12`, `párr. 12`, `第12段`, a bare number, and `third preambular paragraph`.

    Raises:
        SymbolError: no symbol, no paragraph, or a span that runs backwards or too far.
    """
    text = fold(text)
    found = find_symbols(text)
    if not found or text[: found[0][0]].strip(" \t«“\"'("):
        raise SymbolError(repr(text), "not a citation: no symbol at its start", HOW_TO_CITE)
    _, end, symbol = found[0]
    if len(found) > 1 and text[end : found[1][0]].strip() == "-":
        end = found[1][1]
        symbol = parse_symbol(text[found[0][0] : end])
    rest = text[end:].lstrip("*").rstrip(" \t»”\"'")
    rest = rest if "(" in rest else rest.rstrip(")")
    if preambular := _PREAMBULAR.match(rest):
        n = preambular["n"] or str(ORDINALS.index(preambular["word"].lower()) + 1)
        return Citation(symbol, (f"pp{int(n)}",))
    listed = _PINPOINT.match(rest) if rest[:1] in {"", " ", ",", ":", ";", "§", "¶"} else None
    if listed is None:
        raise SymbolError(
            repr(text), "not a citation: no paragraph number after the symbol", HOW_TO_CITE
        )
    return Citation(symbol, written_out(listed["list"], text))
