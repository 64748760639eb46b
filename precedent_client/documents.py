"""Calls that read: passages, documents, their pages and their files."""

from __future__ import annotations

from precedent_client.addressing import filter_params, params_of, segment, symbol_path
from precedent_client.answers import Download
from precedent_client.calls import Call, download, get, operation, series
from precedent_client.paging import Pages
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


class Documents:
    """Calls that read."""

    @operation
    def passage(
        self, passage_id: str, *, before: int | None = None, after: int | None = None
    ) -> Call[Neighbours]:
        """Return a passage with those around it in its document."""
        params = params_of(before=before, after=after)
        return get(f"/v1/passages/{segment(passage_id)}", Neighbours, params)

    @operation
    def twins(self, passage_id: str) -> Call[Twins]:
        """Return the same paragraph in the other languages of its document."""
        return get(f"/v1/twins/{segment(passage_id)}", Twins)

    @operation
    def documents(
        self,
        *,
        q: str | None = None,
        offset: int | None = None,
        cursor: str | None = None,
        k: int | None = None,
        filters: Filters | None = None,
    ) -> Call[DocumentList]:
        """Return a page of the documents, by symbol, without their text.

        Args:
            q: Part of a symbol or of a title.
            offset: Documents to pass over.
            cursor: `next_cursor` of the page before; takes the place of `offset`.
            k: Most documents to return.
            filters: What they must be.
        """
        return _documents(filters, q=q, offset=offset, cursor=cursor, k=k)

    @series
    def iter_documents(
        self, *, q: str | None = None, filters: Filters | None = None, k: int = 200
    ) -> Pages[DocumentList, DocumentSummary]:
        """Yield every document, by symbol, asking for `k` at a time."""
        return Pages(
            lambda cursor: _documents(filters, q=q, cursor=cursor, k=k),
            lambda page: page.documents,
            lambda page: page.next_cursor,
        )

    @operation
    def document(self, symbol: str, *, language: str | None = None) -> Call[Document]:
        """Return a document with its passages in reading order.

        Args:
            symbol: Its symbol, or its id.
            language: Which version, where a symbol stands for several.
        """
        path = f"/v1/documents/{symbol_path(symbol)}"
        return get(path, Document, params_of(language=language))

    @operation
    def reading(
        self,
        named: str,
        *,
        paragraph: str | None = None,
        offset: int | None = None,
        k: int | None = None,
        q: str | None = None,
    ) -> Call[Reading]:
        """Return a window of a document, as it is read: whole paragraphs, headings, notes.

        Args:
            named: A passage, or a document by symbol or id.
            paragraph: The one asked for, by number or label.
            offset: Paragraphs before the window; without it, it lies around what is asked for.
            k: Most paragraphs.
            q: Words to mark.
        """
        params = params_of(paragraph=paragraph, offset=offset, k=k, q=q)
        return get(f"/v1/reading/{symbol_path(named)}", Reading, params)

    @operation
    def page_image(self, document: str, page: int, *, width: int | None = None) -> Call[Download]:
        """Return the picture of a page, `width` dots wide."""
        path = f"/v1/pages/{segment(document)}/{page}"
        return download("GET", path, params=params_of(width=width))

    @operation
    def original(self, document: str) -> Call[Download]:
        """Return the file that a document was read from."""
        return download("GET", f"/v1/originals/{segment(document)}")

    @operation
    def quality(
        self, *, offset: int | None = None, cursor: str | None = None, k: int | None = None
    ) -> Call[QualityReport]:
        """Return how well the documents were read, and which are worth a look, worst first."""
        params = params_of(offset=offset, cursor=cursor, k=k)
        return get("/v1/quality", QualityReport, params)


def _documents(filters: Filters | None, **said: str | int | None) -> Call[DocumentList]:
    params = {**params_of(**said), **filter_params(filters)}
    return get("/v1/documents", DocumentList, params)
