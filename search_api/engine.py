"""The engine: one published snapshot, one encoder, and every question asked of them.

It answers in the classes of `search_api.schemas`, knows no HTTP, and is safe to call from several
threads.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from corpus.errors import IndexMismatchError, UnknownNameError
from indexer.encoder import Encoder, open_encoder
from indexer.home import models_dir as default_models_dir
from indexer.manifest import published_generation
from indexer.snapshot import Snapshot
from search_api import listing, present
from search_api.highlights import Highlighter
from search_api.marking import Marker
from search_api.paging import decode_cursor, encode_cursor
from search_api.query import ParsedQuery, parse_query
from search_api.ranking import Question, Ranking, rank
from search_api.schemas import (
    Document,
    DocumentList,
    Facets,
    Filters,
    Info,
    ModelInfo,
    Neighbours,
    SearchRequest,
    SearchResponse,
)
from search_api.selection import selection_of

__all__ = ["Engine", "published_generation"]


class Engine:
    """Answers searches over one generation of an index."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        """Join a snapshot and the encoder it was made with.

        Raises:
            IndexMismatchError: the encoder is of another model.
        """
        made_with, given = snapshot.manifest.encoder, encoder.identity
        if (made_with.model, made_with.digest) != (given.model, given.digest):
            raise IndexMismatchError(
                str(snapshot.folder),
                f"was made with model {made_with.model} ({made_with.digest[:12]}), the one "
                f"installed is {given.model} ({given.digest[:12]})",
                f"run `precedent models pull {made_with.model}`, or index anew into another folder",
            )
        self._snapshot = snapshot
        self._encoder = encoder

    @classmethod
    def open(cls, index_dir: Path, *, models_dir: Path | None = None) -> Engine:
        """Open the index in service and its model.

        Raises:
            NoIndexError: nothing was published there.
            IndexUnusableError: what was published cannot be used as it is.
            ModelError: the model is not installed.
        """
        snapshot = Snapshot.open(index_dir)
        try:
            encoder = open_encoder(
                snapshot.manifest.encoder.model, models_dir or default_models_dir()
            )
            return cls(snapshot, encoder)
        except BaseException:
            snapshot.close()
            raise

    def close(self) -> None:
        """Close the files."""
        self._snapshot.close()

    @property
    def generation(self) -> int:
        """The generation it answers from."""
        return self._snapshot.manifest.generation

    @property
    def snapshot(self) -> Snapshot:
        """What it searches."""
        return self._snapshot

    # Searching ---------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a request.

        Raises:
            QueryError: the cursor is not one of ours.
        """
        start = time.perf_counter()
        offset = decode_cursor(request.cursor) if request.cursor else request.offset
        parsed = parse_query(request.query)
        if parsed.interpretation in ("symbol", "citation"):
            direct = self._direct(request, parsed, offset)
            if direct is not None:
                return direct
            symbol = parsed.symbol or ""
            warning = f"{symbol} is not in this index; these paragraphs mention it"
            parsed = ParsedQuery("words", words=symbol, phrases=(symbol,), warnings=(warning,))
        selection = selection_of(request.filters)
        mask = self._snapshot.columns.mask(selection)
        allowed = len(self._snapshot.vectors) if mask is None else int(np.count_nonzero(mask))
        if parsed.interpretation == "empty":
            return self._respond(request, parsed, Ranking.empty(), offset, allowed, start)
        question = Question(
            words=parsed.words,
            phrases=parsed.phrases,
            excluded=parsed.excluded,
            selection=selection,
            mask=mask,
            signals=request.signals,
            k=offset + request.k,
            by_document=request.group_by_document,
        )
        ranking = rank(self._snapshot, self._encoder, question)
        return self._respond(request, parsed, ranking, offset, allowed, start)

    def similar(
        self, passage_id: str, *, k: int = 10, filters: Filters | None = None
    ) -> SearchResponse:
        """Return the passages most like one, itself left out.

        Raises:
            UnknownNameError: no such passage.
        """
        start = time.perf_counter()
        row = self._row(passage_id)
        text = self._snapshot.texts([row])[0]
        request = SearchRequest(query=text[:500], k=k, filters=filters or Filters())
        selection = selection_of(request.filters)
        mask = self._snapshot.columns.mask(selection)
        if mask is None:
            mask = np.ones(len(self._snapshot.vectors), np.bool_)
        mask = mask.copy()
        mask[row] = False
        question = Question(
            words=text,
            selection=selection,
            mask=mask,
            k=k,
            vector=self._snapshot.vectors.vector(row),
        )
        ranking = rank(self._snapshot, self._encoder, question)
        parsed = ParsedQuery("words", words=text)
        allowed = int(np.count_nonzero(mask))
        return self._respond(request, parsed, ranking, 0, allowed, start)

    def _direct(
        self, request: SearchRequest, parsed: ParsedQuery, offset: int
    ) -> SearchResponse | None:
        """Go straight to a document or a paragraph; None where it is not in the index."""
        start = time.perf_counter()
        rows: list[int] = []
        warnings: list[str] = []
        for document_id in self._snapshot.document_ids_of(parsed.symbol or ""):
            if not parsed.paragraphs:
                rows += self._snapshot.document_rows(document_id)
            for number in parsed.paragraphs:
                held = self._snapshot.rows_of_paragraph(document_id, number)
                rows += held
                if not held:
                    warnings.append(f"{document_id} has no paragraph {number}")
        if not rows:
            if warnings:
                nothing = ParsedQuery(parsed.interpretation, warnings=tuple(warnings))
                return self._respond(request, nothing, Ranking.empty(), offset, 0, start)
            return None
        mask = self._snapshot.columns.mask(selection_of(request.filters))
        if mask is not None:
            rows = [row for row in rows if mask[row]]
        ranking = Ranking.in_order(rows)
        shown = ParsedQuery(parsed.interpretation, warnings=tuple(warnings))
        return self._respond(request, shown, ranking, offset, len(rows), start)

    def _respond(
        self,
        request: SearchRequest,
        parsed: ParsedQuery,
        ranking: Ranking,
        offset: int,
        allowed: int,
        start: float,
    ) -> SearchResponse:
        began = time.perf_counter()
        warnings = list(parsed.warnings)
        warnings += listing.unknown_values(self._snapshot, request.filters)
        hits, groups, total = present.page(
            self._snapshot,
            ranking,
            self._marker(parsed, ranking) if request.highlights else None,
            offset=offset,
            k=request.k,
            by_document=request.group_by_document,
        )
        end = time.perf_counter()
        took = {name: round(value * 1000, 3) for name, value in ranking.seconds.items()}
        took["present"] = round((end - began) * 1000, 3)
        took["total"] = round((end - start) * 1000, 3)
        following = offset + request.k
        return SearchResponse(
            query=request.query,
            interpretation=parsed.interpretation,
            warnings=tuple(warnings),
            total=total,
            allowed=allowed,
            k=request.k,
            offset=offset,
            next_cursor=encode_cursor(following) if following < total else None,
            hits=hits,
            groups=groups,
            took_ms=took,
        )

    def _marker(self, parsed: ParsedQuery, ranking: Ranking) -> Marker:
        highlighter = Highlighter(parsed.words, parsed.phrases, self._snapshot.lexical)
        return Marker(highlighter, self._encoder, ranking.vector)

    # Reading -----------------------------------------------------------------------------------

    def passage(self, passage_id: str, *, before: int = 2, after: int = 2) -> Neighbours:
        """Return a passage with its neighbours in its document.

        Raises:
            UnknownNameError: no such passage.
        """
        row = self._row(passage_id)
        (found,) = self._snapshot.passages([row])
        within = self._snapshot.document_rows(found["document_id"])
        first, last = max(within.start, row - before), min(within.stop, row + after + 1)
        passages = [present.passage(each) for each in self._snapshot.passages(range(first, last))]
        at = row - first
        return Neighbours(
            passage=passages[at], before=tuple(passages[:at]), after=tuple(passages[at + 1 :])
        )

    def document(self, symbol: str, *, language: str | None = None) -> Document:
        """Return a document with its passages, by symbol or id.

        Where a symbol is held in several languages and none is asked for: English, else the first.

        Raises:
            UnknownNameError: no such document, or not in that language.
        """
        return listing.document(self._snapshot, symbol, language)

    def documents(
        self, *, filters: Filters, text: str | None = None, offset: int = 0, k: int = 50
    ) -> DocumentList:
        """Return documents that filters allow and whose symbol or title has a text, by symbol."""
        return listing.documents(self._snapshot, filters, text, offset, k)

    def facets(self, filters: Filters | None = None) -> Facets:
        """Count passages and documents by value of each facet, under the other facets' filters."""
        return listing.facets(self._snapshot, filters or Filters())

    def info(self) -> Info:
        """Say what is served."""
        manifest = self._snapshot.manifest
        encoder = manifest.encoder
        return Info(
            version=manifest.software,
            model=ModelInfo(
                name=encoder.model,
                digest=encoder.digest,
                precision=self._encoder.identity.precision,
                dim=encoder.dim,
                max_tokens=encoder.max_tokens,
            ),
            generation=manifest.generation,
            schema_version=manifest.snapshot_version,
            published_at=manifest.published_at,
            documents=manifest.documents,
            paragraphs=manifest.paragraphs,
            passages=manifest.passages,
            languages=manifest.languages,
        )

    def _row(self, passage_id: str) -> int:
        row = self._snapshot.row_of(passage_id)
        if row is None:
            raise UnknownNameError(
                passage_id, "no passage of that id", "take ids from search answers"
            )
        return row
