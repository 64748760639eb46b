"""What the service asks of an engine, so that it can be built and tested without vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

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

if TYPE_CHECKING:
    from search_api.bench.workbench import Workbench
    from search_api.reading.reader import Reader
    from search_api.trends import TrendRoom

__all__ = ["EngineLike"]


class EngineLike(Protocol):
    """What the service asks of an engine; calls may come from several threads at once."""

    @property
    def generation(self) -> int:
        """Return the generation of the index it has open."""

    @property
    def identity(self) -> str:
        """Return what tells its index from every other one, whatever their generations."""

    @property
    def bench(self) -> Workbench:
        """Return what it offers beside search."""

    @property
    def reader(self) -> Reader:
        """Return what reads documents from beginning to end."""

    @property
    def trends(self) -> TrendRoom:
        """Return what it offers of counts."""

    def warm(self) -> None:
        """Do what would make a first answer slow."""

    def prepare(self, requests: Sequence[SearchRequest]) -> None:
        """Do in one go what searches that come one after the other would each do."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a search."""

    def passage(self, passage_id: str, *, before: int = 2, after: int = 2) -> Neighbours:
        """Return a passage with its neighbours."""

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return those of these passages that are there, each once, in the order given."""

    def census(self) -> bytes:
        """Return which passages it has, with which words; see `search_api.keeping.census`."""

    def similar(
        self,
        passage_id: str,
        *,
        k: int = 10,
        offset: int = 0,
        cursor: str | None = None,
        filters: Filters = ...,
    ) -> SearchResponse:
        """Return the passages nearest in meaning to one."""

    def twins(self, passage_id: str) -> Twins:
        """Return the same paragraph in other languages."""

    def quality(self, *, offset: int, k: int, cursor: str | None = None) -> QualityReport:
        """Say how well reading went."""

    def document(self, symbol: str, *, language: str | None = None) -> Document:
        """Return a document by symbol or by document id."""

    def documents(
        self,
        *,
        filters: Filters,
        text: str | None,
        offset: int,
        k: int,
        cursor: str | None = None,
    ) -> DocumentList:
        """Return a page of the documents."""

    def facets(self, filters: Filters) -> Facets:
        """Count the values of every facet."""

    def info(self) -> Info:
        """Return what is served."""

    def close(self) -> None:
        """Let go of files and memory."""
