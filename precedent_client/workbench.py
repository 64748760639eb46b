"""Calls of the advocate's workbench: precedents, citations, lineage, comparison, files."""

from __future__ import annotations

from precedent_client.addressing import params_of, symbol_path
from precedent_client.answers import Download
from precedent_client.calls import Call, ask, download, get, operation
from search_api.schemas import (
    CompareRequest,
    Comparison,
    DraftFile,
    DraftText,
    ExportRequest,
    Lineage,
    LineageScope,
    Precedents,
    PrecedentsRequest,
    StatementReport,
    StatementRequest,
    TableFile,
    TableRequest,
    TableRows,
    TableRowsRequest,
    VerifyRequest,
    VerifyResponse,
)

__all__ = ["Workbench"]


class Workbench:
    """Calls of the workbench."""

    @operation
    def precedents(self, request: PrecedentsRequest | str) -> Call[Precedents]:
        """Return the sentences of a draft, each with who said it before.

        Where time runs out, what was checked is answered; `next_offset` says where to go on.
        """
        asked = PrecedentsRequest(text=request) if isinstance(request, str) else request
        return ask("/v1/precedents", asked, Precedents)

    @operation
    def verify(self, request: VerifyRequest | str) -> Call[VerifyResponse]:
        """Return the citations of a text, each held against what its source says."""
        asked = VerifyRequest(text=request) if isinstance(request, str) else request
        return ask("/v1/verify", asked, VerifyResponse)

    @operation
    def lineage(
        self,
        passage_id: str,
        *,
        scope: LineageScope | None = None,
        language: str | None = None,
    ) -> Call[Lineage]:
        """Return one paragraph through the texts of its series, earliest first.

        Args:
            passage_id: Of the paragraph, or its citation.
            scope: Which texts to look through.
            language: Which version of the paragraph to follow.
        """
        params = params_of(scope=scope, language=language)
        return get(f"/v1/lineage/{symbol_path(passage_id)}", Lineage, params)

    @operation
    def compare(self, request: CompareRequest) -> Call[Comparison]:
        """Return two documents, or two paragraphs, held against each other."""
        return ask("/v1/compare", request, Comparison)

    @operation
    def statement(self, request: StatementRequest) -> Call[StatementReport]:
        """Return the length of a statement, held against the limits of written and oral ones."""
        return ask("/v1/statement", request, StatementReport)

    @operation
    def draft_text(self, request: DraftFile) -> Call[DraftText]:
        """Return the words of a draft's file."""
        return ask("/v1/draft-text", request, DraftText)

    @operation
    def export(self, request: ExportRequest) -> Call[Download]:
        """Return passages as a file."""
        return download("POST", "/v1/export", request)

    @operation
    def table(self, request: TableRequest) -> Call[Download]:
        """Return a negotiation table as a file."""
        return download("POST", "/v1/table", request)

    @operation
    def table_rows(self, request: TableRowsRequest) -> Call[TableRows]:
        """Return rows of a negotiation table, filled from passages."""
        return ask("/v1/table/rows", request, TableRows)

    @operation
    def read_table(self, request: TableFile) -> Call[TableRows]:
        """Return the rows of a CSV file."""
        return ask("/v1/table/read", request, TableRows)
