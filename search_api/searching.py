"""From a request to its answer: read, narrowed, ranked, put in order, told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.encoder import Encoder
from indexer.reranker import Reranker
from indexer.snapshot import Snapshot
from search_api import counting
from search_api.answering import Found, list_of, respond
from search_api.asides import asides
from search_api.asked import Asked
from search_api.named import named_rows, row_of
from search_api.paging import StaleCursorError, decode_cursor, digest_of
from search_api.query import (
    Narrowing,
    ParsedQuery,
    narrow,
    parse_query,
    sought_in,
)
from search_api.ranking import Question, Ranking, rank
from search_api.ranking.meaning import encode_ahead
from search_api.ranking.reranking import BY_NAME, ready
from search_api.ranking.unread import by_what_is_read
from search_api.schemas import Filters, SearchRequest, SearchResponse
from search_api.selection import selection_of
from search_api.sorting import in_order
from search_api.suggesting import paragraphs_instead, symbols_instead

__all__ = ["Searcher"]

MAX_OFFSET = 1200
"""Hits that a cursor passes over: those up to the greatest `offset`, and a page."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """Answers searches over one snapshot; see `Engine`.

    Attributes:
        snapshot: to search.
        encoder: of the snapshot.
        reranker: what rereads on request; None where there is none.
    """

    snapshot: Snapshot
    encoder: Encoder
    reranker: Reranker | None = None

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a request; see `Engine.search`."""
        start = time.perf_counter()
        reranker = ready(self.reranker) if request.rerank else None
        offset = self._offset(request, list_of(request))
        parsed = parse_query(request.query)
        if parsed.interpretation in ("symbol", "citation"):
            direct = self._direct(request, parsed, offset, start)
            if direct is not None:
                return direct
        sought = sought_in(self.snapshot, parsed)
        narrowing = self._narrow(request, sought)
        mask = narrowing.mask
        allowed = len(self.snapshot.vectors) if mask is None else int(np.count_nonzero(mask))
        if sought.interpretation == "empty":
            beside: dict[str, object] = {}
            if request.facets:
                beside["facets"] = counting.facets(self.snapshot, request.filters)
            return self._respond(
                Found(request, sought, Ranking.empty(), offset, allowed, start, narrowing, beside)
            )
        question = Question(
            words=sought.words,
            phrases=sought.phrases,
            excluded=sought.excluded,
            selection=narrowing.selection,
            mask=mask,
            signals=request.signals,
            k=request.k,  # and not those before: the pages of one search are parts of one ranking
            by_document=request.group_by_document,
            reranker=reranker,
        )
        ranking = rank(self.snapshot, self.encoder, question)
        question, _ = by_what_is_read(self.snapshot, question)
        found = Found(request, sought, ranking, offset, allowed, start, narrowing)
        asked = self._asked(found, question=question)
        instead = symbols_instead(self.snapshot, request.query, parsed)
        beside = asides(asked, request, suggestions=instead)
        return self._respond(replace(found, asides=beside), whole=bool(sought.phrases))

    def encode_ahead(self, requests: Sequence[SearchRequest]) -> None:
        """Encode the questions of several searches together, for an encoder that remembers them."""
        parsed = [parse_query(each.query) for each in requests if each.signals != "lexical"]
        encode_ahead(
            self.snapshot,
            self.encoder,
            [each.words for each in parsed if each.words and each.symbol is None],
        )

    def similar(
        self, passage_id: str, *, k: int, offset: int, cursor: str | None, filters: Filters
    ) -> SearchResponse:
        """Return the passages most like one; see `Engine.similar`."""
        start = time.perf_counter()
        row = row_of(self.snapshot, passage_id)
        text = self.snapshot.texts([row])[0]
        request = SearchRequest(
            query=text[:500], k=k, offset=offset, cursor=cursor, filters=filters
        )
        of = f"similar {digest_of(passage_id, filters.model_dump())}"
        offset = self._offset(request, of)
        selection = selection_of(request.filters)
        mask = self.snapshot.columns.mask(selection)
        if mask is None:
            mask = np.ones(len(self.snapshot.vectors), np.bool_)
        mask = mask.copy()
        mask[[row, *self.snapshot.folds.lesser(row)]] = False
        question = Question(
            words=text,
            selection=selection,
            mask=mask,
            k=k,
            vector=self.snapshot.vectors.vector(row),
        )
        ranking = rank(self.snapshot, self.encoder, question)
        parsed = ParsedQuery("words", words=text)
        allowed = int(np.count_nonzero(mask))
        return self._respond(Found(request, parsed, ranking, offset, allowed, start, of=of))

    def _offset(self, request: SearchRequest, of: str) -> int:
        """Return how many hits to pass over.

        A cursor counts hits of one ranking. In another index the same number would lead to others,
        some shown before and some never: that is said, and whoever does not mind gives `offset`.
        """
        if request.cursor is None:
            return request.offset
        manifest = self.snapshot.manifest
        offset, *index = decode_cursor(request.cursor, of, int, str, int)
        if index != [manifest.catalogue, manifest.generation]:
            raise StaleCursorError(
                "cursor",
                "the index has changed since the page before",
                "search again without it, or go on with `offset`",
            )
        return min(max(int(offset), 0), MAX_OFFSET)

    def _direct(
        self, request: SearchRequest, parsed: ParsedQuery, offset: int, start: float
    ) -> SearchResponse | None:
        """Go straight to a document or a paragraph; None where it is not in the index."""
        rows, missing = named_rows(self.snapshot, parsed)
        if not rows and not missing:
            return None
        narrowing = self._narrow(request, parsed)
        allowed = [row for row in rows if narrowing.mask is None or narrowing.mask[row]]
        if rows and not allowed:
            missing.append(f"{parsed.symbol} is in this index, but the filters leave it out")
        if request.rerank:
            missing.append(BY_NAME)
        shown = replace(parsed, warnings=(*parsed.warnings, *missing))
        ranking = Ranking.in_order(allowed)
        found = Found(request, shown, ranking, offset, len(allowed), start, narrowing)
        instead = () if rows else paragraphs_instead(self.snapshot, parsed)
        beside = asides(self._asked(found, named=rows), request, suggestions=instead)
        return self._respond(replace(found, asides=beside), whole=True)

    def _narrow(self, request: SearchRequest, parsed: ParsedQuery) -> Narrowing:
        return narrow(self.snapshot.columns, selection_of(request.filters), parsed.filters)

    def _asked(
        self, found: Found, *, question: Question | None = None, named: Sequence[int] = ()
    ) -> Asked:
        return Asked(
            snapshot=self.snapshot,
            encoder=self.encoder,
            selection=selection_of(found.request.filters),
            parsed=found.parsed,
            found=np.array(found.ranking.rows, np.int64),
            question=question,
            meaning=found.ranking.meaning,
            named=tuple(named),
        )

    def _respond(self, found: Found, *, whole: bool = False) -> SearchResponse:
        request = found.request
        ranking, told = in_order(
            self.snapshot,
            found.ranking,
            request.sort,
            whole=whole,
            by_document=request.group_by_document,
        )
        if told is not None:
            found = replace(found, ranking=ranking, asides={**found.asides, "sorted_by": told})
        return respond(self.snapshot, self.encoder, found)
