"""Which passages say what is asked for: those with its words, or those a search finds close."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.facets import Selection
from indexer.lexical import LexicalQuery
from indexer.snapshot import Snapshot
from search_api.query import Narrowing, ParsedQuery, narrow, parse_query, sought_in
from search_api.ranking import Question, rank
from search_api.schemas import Filters, TrendHow
from search_api.selection import selection_of

__all__ = ["BAR", "DEPTH", "Said", "said"]

Mask = NDArray[np.bool_]

BAR = 0.55
"""Least score of a passage that counts by meaning. On themes of ohchr-issues it finds half of the
documents that are judged right, at 6 to 12 times the precision of chance; on gc-citations, which
had no say in it, 0.43 of them with a precision of 0.75 (`benchmarks/trend_bar.py`). The cosine
alone would not do: short questions differ in it so much that a bar which one of them never reaches
lets thousands pass for another."""

DEPTH = 1000
"""Candidates that words, pairs and meaning give each at most where passages are counted by score.
Of eleven questions to 31,255 passages, ten had under 400 above 0.5; torture had 1,375."""

MINOR = 0.05
"""Share of what was found below which a language is left out: words quoted in a text of another
language do not make that language one in which the question is asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """What says it, and what might have.

    Attributes:
        rows: (n,) bool, passages that say it.
        among: (n,) bool, passages it is counted among, each text once; `rows` are some of them.
        languages: counted among, as `Trend.languages`.
        elsewhere: passages that say it in other languages.
        complete: whether none was missed.
        warnings: what was read otherwise than written.
    """

    rows: Mask
    among: Mask
    languages: tuple[str, ...] = ()
    elsewhere: int = 0
    complete: bool = True
    warnings: tuple[str, ...] = ()


def said(snapshot: Snapshot, encoder: Encoder, query: str, filters: Filters, how: TrendHow) -> Said:
    """Find the passages that say what is asked for, among those that the filters allow.

    Raises:
        QueryError: the filters' years run backwards.
    """
    parsed = _read(snapshot, parse_query(query))
    narrowing = narrow(snapshot.columns, selection_of(filters), parsed.filters)
    warnings = (*parsed.warnings, *narrowing.warnings)
    among = _each_once(snapshot, narrowing.mask)
    rows, complete = np.empty(0, np.int64), True
    if parsed.interpretation != "empty":
        if how == "words":
            rows = _in_words(snapshot, parsed)
        else:
            rows, complete, told = _in_meaning(snapshot, encoder, parsed, narrowing)
            warnings += told
    found = np.zeros(len(among), np.bool_)
    found[rows] = True
    whole = Said(found & among, among, complete=complete, warnings=warnings)
    chosen = "language" in narrowing.selection.values
    return whole if chosen else _of_main_languages(snapshot, whole)


def _read(snapshot: Snapshot, parsed: ParsedQuery) -> ParsedQuery:
    """Take a symbol for the passages that mention it: there is no trend in one document."""
    if parsed.interpretation not in ("symbol", "citation") or parsed.symbol is None:
        return sought_in(snapshot, parsed)
    how = f"counted: passages that mention {parsed.symbol}"
    return replace(
        parsed,
        interpretation="words",
        words=parsed.symbol,
        phrases=(parsed.symbol,),
        warnings=(*parsed.warnings, how),
    )


def _each_once(snapshot: Snapshot, allowed: Mask | None) -> Mask:
    """Return the passages that are allowed, of doubles the one that a search would show."""
    count = len(snapshot.columns.document)
    rows = np.arange(count) if allowed is None else np.flatnonzero(allowed)
    once = np.zeros(count, np.bool_)
    once[snapshot.folds.shown(rows, allowed)] = True
    return once


def _in_words(snapshot: Snapshot, parsed: ParsedQuery) -> NDArray[np.int64]:
    """Return rows with every word and every phrase; what they are allowed to be comes after."""
    query = LexicalQuery(parsed.words, parsed.phrases, parsed.excluded, Selection())
    return snapshot.lexical.holding(query)


def _in_meaning(
    snapshot: Snapshot, encoder: Encoder, parsed: ParsedQuery, narrowing: Narrowing
) -> tuple[NDArray[np.int64], bool, tuple[str, ...]]:
    """Return rows that a search scores at the bar or above, whether these are all, and warnings.

    Some were missed where more reach the bar than one signal alone gives candidates.
    """
    question = Question(
        words=parsed.words,
        phrases=parsed.phrases,
        excluded=parsed.excluded,
        selection=narrowing.selection,
        mask=narrowing.mask,
        k=DEPTH,
    )
    ranking = rank(snapshot, encoder, question)
    rows = np.array(ranking.rows, np.int64)[ranking.fused >= BAR]
    return rows, len(rows) < DEPTH, ranking.warnings


def _of_main_languages(snapshot: Snapshot, whole: Said) -> Said:
    """Leave out languages that hold nearly nothing of it, from what says it and what might.

    Without this a year whose reports are held in six languages would show a sixth of the share.
    """
    columns = snapshot.columns
    names = columns.values["language"].names
    of_rows = columns.language[columns.document[whole.rows]]
    if not len(of_rows) or not names:
        return whole
    counts = np.bincount(of_rows + 1, minlength=len(names) + 1)  # 0: language unknown
    main = counts >= MINOR * len(of_rows)
    allowed = main[columns.language[columns.document] + 1]
    rows, among = whole.rows & allowed, whole.among & allowed
    order = [
        int(i) for i in np.argsort(-counts[1:], kind="stable") if main[i + 1] and counts[i + 1]
    ]
    elsewhere = int(np.count_nonzero(whole.rows)) - int(np.count_nonzero(rows))
    return replace(
        whole,
        rows=rows,
        among=among,
        languages=tuple(names[i] for i in order),
        elsewhere=elsewhere,
    )
