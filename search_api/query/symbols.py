"""A document symbol that an index may hold, may only mention, or does not know."""

from __future__ import annotations

from dataclasses import replace

from indexer.lexical import LexicalQuery
from indexer.snapshot import Snapshot
from search_api.query.alike import symbols_alike
from search_api.query.fields import FieldValue
from search_api.query.reading import ParsedQuery

__all__ = ["sought_in"]


def sought_in(snapshot: Snapshot, parsed: ParsedQuery) -> ParsedQuery:
    """Return what to look for in an index, where a query names a document beside its words.

    A document of the index is searched inside: who names it wants to know what it says, and who
    wants to know who cites it quotes the symbol. Of one that the index only mentions, the
    paragraphs that mention it are what there is. One it does not know is said to be unknown.
    """
    symbol = parsed.symbol
    if symbol is None:
        return parsed
    if parsed.interpretation == "words" and snapshot.document_ids_of(symbol):
        how = f'searched inside {symbol}; for paragraphs that mention it, quote it: "{symbol}"'
        return replace(
            parsed,
            filters=(*parsed.filters, FieldValue("symbol", symbol)),
            warnings=(*parsed.warnings, how),
        )
    mentioned = len(snapshot.lexical.matching(LexicalQuery("", phrases=(symbol,)))) > 0
    if mentioned:
        warning = f"{symbol} is not in this index; these paragraphs mention it"
    else:
        near = symbols_alike(symbol, snapshot.columns.values["symbol"].names)
        hint = f"; the nearest here: {', '.join(near)}" if near else ""
        warning = f"{symbol} is not in this index, and no paragraph mentions it{hint}"
    words = " ".join(each for each in (parsed.words, symbol) if each)
    wanted = mentioned or not parsed.words
    return replace(
        parsed,
        interpretation="words",
        words=words,
        phrases=(*parsed.phrases, symbol) if wanted else parsed.phrases,
        warnings=(*parsed.warnings, warning),
    )
