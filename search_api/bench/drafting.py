"""Who said each sentence of a draft before."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.metadata.language import likeliest_language
from corpus.symbols import find_symbols
from indexer.encoder import Encoder
from indexer.snapshot import Snapshot
from search_api import present
from search_api.bench.matching import Match, matches
from search_api.bench.units import draft_units, summary
from search_api.query.values import nearest
from search_api.schemas import (
    DraftUnit,
    PrecedentMatch,
    Precedents,
    PrecedentsRequest,
    Span,
    WordChange,
)
from search_api.selection import selection_of
from workbench.differing import changes_between
from workbench.grading import LEAST_WORDS, Grade
from workbench.units import Unit, without_citations
from workbench.words import words_of

__all__ = [
    "AT_A_TIME",
    "Progress",
    "each_of",
    "precedents",
    "precedents_of",
    "quietly",
    "unknown_exclusions",
]

_SURE_OF_LANGUAGE = 8
"""Words from which a sentence tells its language by itself; a shorter one has its draft's."""

_LEAD_IN_WORDS = 8
"""Words up to which a unit that ends in a colon only introduces the items below it."""

_TOO_SHORT = "too short to compare"
_LEAD_IN = "introduces what follows"
_ONLY_OTHERS = "said only in texts that do not count as precedent"
_ADOPTED = frozenset({"resolution", "decision"})

Mask = NDArray[np.bool_]
AT_A_TIME = 2
"""Sentences looked for at the same time."""

Progress = Callable[[int, int], None]
"""Called with the sentences that are done, and all that will be."""


def quietly(_done: int, _of: int) -> None:
    """Say nothing of how far a draft is."""


def precedents(
    snapshot: Snapshot,
    encoder: Encoder,
    request: PrecedentsRequest,
    progress: Progress = quietly,
) -> Precedents:
    """Find the precedents of every sentence of a draft that is asked for.

    Args:
        snapshot: to look in.
        encoder: of the snapshot.
        request: the draft and what a precedent must be.
        progress: called with the sentences done and all that will be.
    """
    began = time.perf_counter()
    units = draft_units(request.text)
    chosen = range(request.offset, min(request.offset + request.limit, len(units)))
    found = []
    for unit in each_of(snapshot, encoder, request, units, chosen):
        found.append(unit)
        progress(len(found), len(chosen))
    unknown = unknown_exclusions(snapshot, request)
    return summary(found, len(units), request.offset, began, unknown)


def each_of(
    snapshot: Snapshot,
    encoder: Encoder,
    request: PrecedentsRequest,
    units: Sequence[Unit],
    chosen: Sequence[int],
) -> Iterator[DraftUnit]:
    """Yield the precedents of chosen sentences in order, as `precedents_of` finds them.

    Two are looked for at a time: while one is encoded the other waits for the disk. Whoever stops
    in between waits for no more than these two.
    """
    waiting = iter(chosen)
    with ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="draft") as pool:

        def start(index: int) -> Future[DraftUnit]:
            return pool.submit(precedents_of, snapshot, encoder, request, units, index)

        ahead = deque(start(index) for index in islice(waiting, AT_A_TIME))
        try:
            while ahead:
                found = ahead.popleft().result()
                ahead.extend(start(index) for index in islice(waiting, 1))
                yield found
        finally:
            for future in ahead:
                future.cancel()


def precedents_of(
    snapshot: Snapshot,
    encoder: Encoder,
    request: PrecedentsRequest,
    units: Sequence[Unit],
    index: int,
) -> DraftUnit:
    """Find the precedents of one sentence of a draft.

    Args:
        snapshot: to look in.
        encoder: of the snapshot.
        request: what a precedent must be.
        units: of the draft, as `draft_units` gives them.
        index: which of them.
    """
    unit = units[index]
    language = _language(units, index)
    facts = {
        "index": index,
        "paragraph": unit.paragraph,
        "number": unit.number,
        "section": unit.section,
        "text": unit.text,
        "language": language,
    }
    said_itself = without_citations(unit.text)
    length = len(words_of(said_itself))
    if length < LEAST_WORDS:
        return DraftUnit(**facts, grade="none", note=_TOO_SHORT)
    if length <= _LEAD_IN_WORDS and said_itself.rstrip().endswith((":", "：")):
        return DraftUnit(**facts, grade="none", note=_LEAD_IN)
    found = matches(
        snapshot, encoder, said_itself, language=language, mask=_mask(snapshot, request)
    )
    said = [_said(said_itself, match) for match in found if match.grade is not Grade.NONE]
    said.sort(key=lambda one: _order(one, request.before))
    counting = [one for one in said if one.passage.standing.counts]
    others = [one for one in said if not one.passage.standing.counts]
    closest = min((Grade(one.grade) for one in counting), key=_distance, default=Grade.NONE)
    return DraftUnit(
        **facts,
        grade=closest.value,
        precedents=_shown(counting, request.k),
        not_precedent=tuple(others[: request.k]),
        note=_ONLY_OTHERS if others and not counting else None,
    )


def _distance(grade: Grade) -> int:
    return grade.distance


def _language(units: Sequence[Unit], index: int) -> str | None:
    """Tell the language of a unit by its own words, or by those around it where it is short."""
    text = units[index].text
    first = index
    while len(text.split()) < _SURE_OF_LANGUAGE and first > max(0, index - 5):
        first -= 1
        text = f"{units[first].text} {text}"
    return likeliest_language(text)


def _mask(snapshot: Snapshot, request: PrecedentsRequest) -> Mask | None:
    """Return the rows that may be precedents, (n,) bool; None for all."""
    mask = snapshot.columns.mask(selection_of(request.filters))
    if not request.exclude:
        return mask
    allowed = np.ones(len(snapshot.vectors), np.bool_) if mask is None else mask.copy()
    for named in request.exclude:
        for document_id in _ids_of(snapshot, named):
            allowed[list(snapshot.document_rows(document_id))] = False
    return allowed


def unknown_exclusions(snapshot: Snapshot, request: PrecedentsRequest) -> list[str]:
    """Return a warning for every symbol to exclude that no document has."""
    held = snapshot.columns.values["symbol"].names
    warnings = []
    for named in request.exclude:
        if not _ids_of(snapshot, named):
            near = nearest("symbol", named, held)
            hint = f"; the nearest here: {', '.join(near)}" if near else ""
            warnings.append(f"nothing is excluded by {named!r}: no document has that symbol{hint}")
    return warnings


def _ids_of(snapshot: Snapshot, named: str) -> list[str]:
    """Return ids of the documents that a reader names, in whatever form he writes the symbol."""
    ids = snapshot.document_ids_of(named.strip())
    for _, _, symbol in () if ids else find_symbols(named.upper()):
        ids += snapshot.document_ids_of(symbol.text)
    return ids


def _said(text: str, match: Match) -> PrecedentMatch:
    worded = match.grade in (Grade.VERBATIM, Grade.NEAR_VERBATIM)
    part: tuple[int, int] | None = match.sentence
    if worded:
        part = (match.words[0].start, match.words[-1].end)
    changes: tuple[WordChange, ...] = ()
    if match.grade is Grade.NEAR_VERBATIM:
        changes = tuple(
            WordChange(
                kind=change.kind.value,
                before=Span(start=change.before[0], end=change.before[1]),
                after=Span(start=change.after[0], end=change.after[1]),
            )
            for change in changes_between(words_of(text), match.words)
        )
    evidence = match.evidence
    return PrecedentMatch(
        passage=present.passage(match.passage),
        grade=match.grade.value,
        kept=round(evidence.kept, 3),
        similarity=round(evidence.similarity, 3),
        meaning=None if evidence.cosine is None else round(evidence.cosine, 3),
        part=Span(start=part[0], end=part[1]) if part else None,
        changes=changes,
    )


def _order(one: PrecedentMatch, before: str | None) -> tuple[float, int, float, int]:
    """Return what precedents are sorted by: authority, then closeness, then recency."""
    passage = one.passage
    authority = float(passage.standing.authority)
    if before and passage.kind in _ADOPTED and (passage.body or "").lower() != before.lower():
        # Between what the body itself adopted, in whatever way, and the treaty bodies.
        authority = 3.5 + authority / 100
    nearness = one.similarity if one.meaning is None else max(one.similarity, one.meaning)
    return authority, Grade(one.grade).distance, -nearness, -(passage.year or 0)


def _shown(counting: Sequence[PrecedentMatch], k: int) -> tuple[PrecedentMatch, ...]:
    """Return the first k, the last of which gives way to the closest where that is not among them.

    A sentence has the grade of its closest precedent, which must be there to be seen.
    """
    shown = list(counting[:k])
    if shown:
        closest = min(counting, key=lambda one: (Grade(one.grade).distance, -one.similarity))
        if closest not in shown:
            shown[-1] = closest
    return tuple(shown)
