"""The engine: one published snapshot, one encoder, and every question asked of them.

It answers in the classes of `search_api.schemas`, knows no HTTP, and is safe to call from several
threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import IndexMismatchError
from indexer.encoder import Encoder, named, open_encoder
from indexer.home import models_dir as default_models_dir
from indexer.manifest import published_generation
from indexer.reranker import LazyReranker, Reranker
from indexer.snapshot import Snapshot
from search_api import counting, listing, present, quality
from search_api.bench.exporting import passages_held
from search_api.bench.workbench import Workbench
from search_api.keeping.census import census
from search_api.named import neighbours, row_of
from search_api.reading.reader import Reader
from search_api.schemas import (
    Document,
    DocumentList,
    Facets,
    Filters,
    Info,
    Neighbours,
    Passage,
    QualityReport,
    SearchRequest,
    SearchResponse,
    Twins,
)
from search_api.searching import Searcher
from search_api.trends import TrendRoom
from workbench.standing import standing_table

__all__ = ["Engine", "published_generation"]


class Engine:
    """Answers searches over one generation of an index."""

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder, reranker: Reranker | None = None
    ) -> None:
        """Join a snapshot, the encoder it was made with, and what reranks on request.

        Raises:
            IndexMismatchError: the encoder is of another model.
            InputError: the table that `PRECEDENT_STANDING` names cannot be used.
        """
        standing_table()  # what is wrong with it is said now, not with each answer
        made_with, given = snapshot.manifest.encoder, encoder.identity
        if (made_with.model, made_with.digest) != (given.model, given.digest):
            raise IndexMismatchError(
                str(snapshot.folder),
                f"was made with model {named(made_with.model, made_with.digest)}, the one "
                f"installed is {named(given.model, given.digest)}",
                f"run `precedent models pull {made_with.model}`, or index anew into another folder",
            )
        self._snapshot = snapshot
        self._encoder = encoder
        self._reranker = reranker
        self._searcher = Searcher(snapshot, encoder, reranker)

    @classmethod
    def open(cls, index_dir: Path, *, models_dir: Path | None = None) -> Engine:
        """Open the index in service and its model.

        Raises:
            NoIndexError: nothing was published there.
            IndexUnusableError: what was published cannot be used as it is.
            ModelError: the model is not installed.
        """
        models = models_dir or default_models_dir()
        snapshot = Snapshot.open(index_dir)
        try:
            made_with = snapshot.manifest.encoder
            encoder = open_encoder(made_with.model, models, int8=made_with.int8)
            return cls(snapshot, encoder, LazyReranker(models))
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
    def identity(self) -> str:
        """What tells its index from every other one: the name that its catalogue drew."""
        return self._snapshot.manifest.catalogue

    @property
    def snapshot(self) -> Snapshot:
        """What it searches."""
        return self._snapshot

    @property
    def encoder(self) -> Encoder:
        """What encodes the questions."""
        return self._encoder

    @property
    def bench(self) -> Workbench:
        """What an advocate does with what is found: drafts, lineage, comparison, citations."""
        return Workbench(self._snapshot, self._encoder)

    @property
    def reader(self) -> Reader:
        """What reads documents from beginning to end, and knows where their files lie."""
        return Reader(self._snapshot)

    @property
    def trends(self) -> TrendRoom:
        """How often something is said, by year and by body."""
        return TrendRoom(self._snapshot, self._encoder)

    def warm(self) -> None:
        """Ask a question and forget the answer: the first one maps files and compiles the model."""
        self.search(SearchRequest(query="human rights", k=1))

    # Searching ---------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a request.

        Raises:
            QueryError: the cursor is not one of ours, or nothing to rerank with is installed.
            ModelError: the model to rerank with cannot be read.
            IndexDamagedError: a file is not as it was published.
        """
        with self._snapshot.blaming():
            return self._searcher.search(request)

    def prepare(self, requests: Sequence[SearchRequest]) -> None:
        """Encode the questions of searches that are to follow, in one go."""
        self._searcher.encode_ahead(requests)

    def similar(
        self,
        passage_id: str,
        *,
        k: int = 10,
        offset: int = 0,
        cursor: str | None = None,
        filters: Filters | None = None,
    ) -> SearchResponse:
        """Return the passages most like one, itself and its lesser doubles left out.

        Raises:
            UnknownNameError: no such passage.
            QueryError: the cursor is not one of ours.
        """
        with self._snapshot.blaming():
            return self._searcher.similar(
                passage_id, k=k, offset=offset, cursor=cursor, filters=filters or Filters()
            )

    # Reading -----------------------------------------------------------------------------------

    def passage(self, passage_id: str, *, before: int = 2, after: int = 2) -> Neighbours:
        """Return a passage with its neighbours in its document.

        Raises:
            UnknownNameError: no such passage.
        """
        row = row_of(self._snapshot, passage_id)
        return neighbours(self._snapshot, row, before, after)

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return those of these passages that are there, each once, in the order given."""
        return passages_held(self._snapshot, passage_ids)[0]

    def census(self) -> bytes:
        """Return which passages there are, with which words; 70 ms for 31,000."""
        with self._snapshot.reading() as connection:
            return census(connection.execute("SELECT passage_id, text_sha256 FROM passages"))

    def document(self, symbol: str, *, language: str | None = None) -> Document:
        """Return a document with its passages, by symbol or id.

        Where a symbol is held in several languages and none is asked for: English, else the first.

        Raises:
            UnknownNameError: no such document, or not in that language.
        """
        return listing.document(self._snapshot, symbol, language)

    def twins(self, passage_id: str) -> Twins:
        """Return the same paragraph in the other languages of its document.

        Raises:
            UnknownNameError: no such passage.
        """
        return present.twins(self._snapshot, row_of(self._snapshot, passage_id))

    def quality(self, *, offset: int = 0, k: int = 50, cursor: str | None = None) -> QualityReport:
        """Say how well reading went, and which documents are worth a look, worst first."""
        return quality.quality(self._snapshot, offset=offset, k=k, cursor=cursor)

    def documents(
        self,
        *,
        filters: Filters,
        text: str | None = None,
        offset: int = 0,
        k: int = 50,
        cursor: str | None = None,
    ) -> DocumentList:
        """Return documents that filters allow and whose symbol or title has a text, by symbol.

        Raises:
            QueryError: the cursor is not one of this list.
        """
        return listing.documents(self._snapshot, filters, text, offset, k, cursor)

    def facets(self, filters: Filters | None = None) -> Facets:
        """Count passages and documents by value of each facet, under the other facets' filters."""
        return counting.facets(self._snapshot, filters or Filters())

    def info(self) -> Info:
        """Say what is served."""
        info = listing.info(self._snapshot, self._encoder.identity.precision)
        held = self._reranker
        return info.model_copy(
            update={"reranker": held.name if held and held.is_installed() else None}
        )
