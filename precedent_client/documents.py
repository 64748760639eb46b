"""Calls that read: passages, documents, their pages and their files."""

from __future__ import annotations

from collections.abc import Iterator

from precedent_client.addressing import filter_params, params_of, segment, symbol_path
from precedent_client.answers import Download
from precedent_client.calls import Calls
from search_api.schemas import (
    Document,
    DocumentList,
    DocumentSummary,
    Filters,
    Neighbours,
    QualityReport,
    Reading,
    Twins,
)

__all__ = ["Documents"]


class Documents(Calls):
    """Calls that read."""

    def passage(
        self, passage_id: str, *, before: int | None = None, after: int | None = None
    ) -> Neighbours:
        """Return a passage with those around it in its document."""
        params = params_of(before=before, after=after)
        return self._connection.get(f"/v1/passages/{segment(passage_id)}", Neighbours, params)

    def twins(self, passage_id: str) -> Twins:
        """Return the same paragraph in the other languages of its document."""
        return self._connection.get(f"/v1/twins/{segment(passage_id)}", Twins)

    def documents(
        self,
        *,
        q: str | None = None,
        offset: int | None = None,
        cursor: str | None = None,
        k: int | None = None,
        filters: Filters | None = None,
    ) -> DocumentList:
        """Return a page of the documents, by symbol, without their text.

        Args:
            q: Part of a symbol or of a title.
            offset: Documents to pass over.
            cursor: `next_cursor` of the page before; takes the place of `offset`.
            k: Most documents to return.
            filters: What they must be.
        """
        params = {**params_of(q=q, offset=offset, cursor=cursor, k=k), **filter_params(filters)}
        return self._connection.get("/v1/documents", DocumentList, params)

    def iter_documents(
        self, *, q: str | None = None, filters: Filters | None = None, k: int = 200
    ) -> Iterator[DocumentSummary]:
        """Yield every document, by symbol, asking for `k` at a time."""
        cursor: str | None = None
        while True:
            page = self.documents(q=q, cursor=cursor, k=k, filters=filters)
            yield from page.documents
            cursor = page.next_cursor
            if cursor is None:
                return

    def document(self, symbol: str, *, language: str | None = None) -> Document:
        """Return a document with its passages in reading order.

        Args:
            symbol: Its symbol, or its id.
            language: Which version, where a symbol stands for several.
        """
        path = f"/v1/documents/{symbol_path(symbol)}"
        return self._connection.get(path, Document, params_of(language=language))

    def reading(
        self,
        named: str,
        *,
        paragraph: str | None = None,
        offset: int | None = None,
        k: int | None = None,
        q: str | None = None,
    ) -> Reading:
        """Return a window of a document, as it is read: whole paragraphs, headings, notes.

        Args:
            named: A passage, or a document by symbol or id.
            paragraph: The one asked for, by number or label.
            offset: Paragraphs before the window; without it, it lies around what is asked for.
            k: Most paragraphs.
            q: Words to mark.
        """
        params = params_of(paragraph=paragraph, offset=offset, k=k, q=q)
        return self._connection.get(f"/v1/reading/{symbol_path(named)}", Reading, params)

    def page_image(self, document: str, page: int, *, width: int | None = None) -> Download:
        """Return the picture of a page, `width` dots wide."""
        path = f"/v1/pages/{segment(document)}/{page}"
        return self._connection.download("GET", path, params=params_of(width=width))

    def original(self, document: str) -> Download:
        """Return the file that a document was read from."""
        return self._connection.download("GET", f"/v1/originals/{segment(document)}")

    def quality(
        self, *, offset: int | None = None, cursor: str | None = None, k: int | None = None
    ) -> QualityReport:
        """Return how well the documents were read, and which are worth a look, worst first."""
        params = params_of(offset=offset, cursor=cursor, k=k)
        return self._connection.get("/v1/quality", QualityReport, params)
