"""What may have been meant by a symbol or a paragraph that is not in the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from corpus.symbols import find_symbols
from indexer.lexical import LexicalQuery
from indexer.snapshot import Snapshot
from search_api.named import numbers_of
from search_api.query import ParsedQuery
from search_api.query.alike import symbols_alike, symbols_spelt
from search_api.schemas import Suggestion

__all__ = ["paragraphs_instead", "symbols_instead"]

MAX_WORDS = 12
"""A longer query is a sentence, and a figure with a slash in it is part of what it says."""

_LIKENESS_MALFORMED = 0.8
"""Of a word that is no symbol to one: more than of a symbol that is not here, since most words with
a figure and a slash in them are dates or fractions."""

_MALFORMED = re.compile(r"(?=\S*[^\W\d_])(?=\S*\d)\S*[/\\]\S*")
_EDGES = " ()[],;:.“”\"'«»"
_NEAREST = 4


def symbols_instead(snapshot: Snapshot, query: str, parsed: ParsedQuery) -> tuple[Suggestion, ...]:
    """Return the query with symbols of the index for one that it lacks, likest first.

    A symbol that some passage mentions is a right one, of a document that is not here: nothing is
    offered in its place.

    Args:
        snapshot: that is searched.
        query: as asked.
        parsed: as read, before it was looked up.
    """
    held = snapshot.columns.values["symbol"].names
    if parsed.symbol is None:
        return tuple(_malformed(snapshot, query, held))
    if not snapshot.document_ids_of(parsed.symbol):
        mentioned = snapshot.lexical.matching(LexicalQuery("", phrases=(parsed.symbol,)))
        if not len(mentioned):
            near = symbols_alike(parsed.symbol, held)
            return tuple(_instead(snapshot, _with(query, parsed, each), each) for each in near)
    return ()


def paragraphs_instead(snapshot: Snapshot, parsed: ParsedQuery) -> tuple[Suggestion, ...]:
    """Return the paragraphs nearest to one that a document does not have, then the document."""
    symbol = parsed.symbol or ""
    numbers = {
        int(label)
        for document_id in snapshot.document_ids_of(symbol)
        for label in numbers_of(snapshot, document_id)
        if label.isdecimal()
    }
    wanted = [int(label) for label in parsed.paragraphs if label.isdecimal()]
    near: list[int] = []
    if wanted:
        near = sorted(numbers, key=lambda number: (abs(number - wanted[0]), number))[:_NEAREST]
    found = [_instead(snapshot, f"{symbol}, para. {each}", symbol, "paragraph") for each in near]
    return (*found, _instead(snapshot, symbol, symbol, "paragraph"))


def _malformed(snapshot: Snapshot, query: str, held: tuple[str, ...]) -> Iterator[Suggestion]:
    """Yield the query with a symbol in the place of what was meant for one."""
    words = list(re.finditer(r"\S+", query))
    if len(words) > MAX_WORDS or not re.search(r"\d", query):
        return
    for size in (3, 2, 1):  # "A/HRC 58/68" before its parts
        for first in range(len(words) - size + 1):
            start, end = words[first].start(), words[first + size - 1].end()
            written = query[start:end]
            meant = written.strip(_EDGES)
            if not re.search(r"[/\\_-]", meant) or not re.search(r"\d", meant):
                continue
            found = symbols_spelt(meant, held)
            if not found and size == 1 and _MALFORMED.fullmatch(meant):
                found = symbols_alike(meant, held, least=_LIKENESS_MALFORMED)
            if found:
                at = start + written.index(meant)
                for symbol in found:
                    asked = query[:at] + symbol + query[at + len(meant) :]
                    yield _instead(snapshot, asked, symbol)
                return


def _with(query: str, parsed: ParsedQuery, symbol: str) -> str:
    """Return a query with a symbol in the place of the one that it names."""
    for start, end, found in find_symbols(query):
        if found.text == parsed.symbol:
            return query[:start] + symbol + query[end:]
    return " ".join(part for part in (parsed.words, symbol) if part)


def _instead(
    snapshot: Snapshot, query: str, symbol: str, reason: Literal["symbol", "paragraph"] = "symbol"
) -> Suggestion:
    documents = snapshot.documents(snapshot.document_ids_of(symbol))
    best = min(documents, key=lambda row: (row["language"] != "en", row["document_id"]))
    return Suggestion(query=query, reason=reason, symbol=symbol, title=best["title"])
