"""Calls of the advocate's workbench: precedents, citations, lineage, comparison, files."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, TypeAdapter, ValidationError

from precedent_client.addressing import params_of, symbol_path
from precedent_client.answers import Download, error_of
from precedent_client.calls import Calls
from precedent_client.connection import Connection
from precedent_client.errors import ForeignServiceError
from search_api.schemas import (
    CompareRequest,
    Comparison,
    DraftFile,
    DraftText,
    DraftUnit,
    ExportRequest,
    Lineage,
    LineageScope,
    Precedents,
    PrecedentsRequest,
    Problem,
    StatementReport,
    StatementRequest,
    TableFile,
    TableRequest,
    TableRows,
    TableRowsRequest,
    VerifyRequest,
    VerifyResponse,
)

__all__ = ["PrecedentStream", "Workbench"]


class _Begun(BaseModel):
    """The first line: how many sentences there are."""

    total: int


class _Ended(BaseModel):
    """The last line: what the answer says beside its sentences."""

    summary: Precedents


class _Stopped(BaseModel):
    """The line of a check that cannot go on."""

    problem: Problem


_LINE: TypeAdapter[DraftUnit | _Begun | _Ended | _Stopped] = TypeAdapter(
    DraftUnit | _Begun | _Ended | _Stopped
)


class PrecedentStream:
    """The sentences of a draft, each as soon as it is checked; iterate over it once.

    Attributes:
        total: Sentences of the whole draft; None until the first line has come.
        summary: Counts, warnings and where to go on, without the sentences; None until the end.
    """

    def __init__(self, connection: Connection, request: PrecedentsRequest) -> None:
        self.total: int | None = None
        self.summary: Precedents | None = None
        self._url = connection.url
        self._lines = connection.lines(
            "POST", "/v1/precedents", accept="application/x-ndjson", body=request
        )

    def __iter__(self) -> Iterator[DraftUnit]:
        """Yield the sentences in reading order.

        Raises:
            ServiceError: the check cannot go on; what was yielded stands.
        """
        for line in self._lines:
            if not line:
                continue
            try:
                said = _LINE.validate_json(line, extra="ignore")
            except ValidationError as error:
                cause = "a line of its answer is not as expected"
                raise ForeignServiceError(self._url, cause) from error
            match said:
                case DraftUnit():
                    yield said
                case _Begun():
                    self.total = said.total
                case _Ended():
                    self.summary = said.summary
                case _Stopped():
                    raise error_of(self._url, said.problem)


class Workbench(Calls):
    """Calls of the workbench."""

    def precedents(self, request: PrecedentsRequest | str) -> Precedents:
        """Return the sentences of a draft, each with who said it before.

        Where time runs out, what was checked is answered; `next_offset` says where to go on.
        """
        asked = PrecedentsRequest(text=request) if isinstance(request, str) else request
        return self._connection.ask("/v1/precedents", asked, Precedents)

    def stream_precedents(self, request: PrecedentsRequest | str) -> PrecedentStream:
        """Return the same, each sentence as soon as it is checked."""
        asked = PrecedentsRequest(text=request) if isinstance(request, str) else request
        return PrecedentStream(self._connection, asked)

    def verify(self, request: VerifyRequest | str) -> VerifyResponse:
        """Return the citations of a text, each held against what its source says."""
        asked = VerifyRequest(text=request) if isinstance(request, str) else request
        return self._connection.ask("/v1/verify", asked, VerifyResponse)

    def lineage(
        self,
        passage_id: str,
        *,
        scope: LineageScope | None = None,
        language: str | None = None,
    ) -> Lineage:
        """Return one paragraph through the texts of its series, earliest first.

        Args:
            passage_id: Of the paragraph, or its citation.
            scope: Which texts to look through.
            language: Which version of the paragraph to follow.
        """
        params = params_of(scope=scope, language=language)
        return self._connection.get(f"/v1/lineage/{symbol_path(passage_id)}", Lineage, params)

    def compare(self, request: CompareRequest) -> Comparison:
        """Return two documents, or two paragraphs, held against each other."""
        return self._connection.ask("/v1/compare", request, Comparison)

    def statement(self, request: StatementRequest) -> StatementReport:
        """Return the length of a statement, held against the limits of written and oral ones."""
        return self._connection.ask("/v1/statement", request, StatementReport)

    def draft_text(self, request: DraftFile) -> DraftText:
        """Return the words of a draft's file."""
        return self._connection.ask("/v1/draft-text", request, DraftText)

    def export(self, request: ExportRequest) -> Download:
        """Return passages as a file."""
        return self._connection.download("POST", "/v1/export", request)

    def table(self, request: TableRequest) -> Download:
        """Return a negotiation table as a file."""
        return self._connection.download("POST", "/v1/table", request)

    def table_rows(self, request: TableRowsRequest) -> TableRows:
        """Return rows of a negotiation table, filled from passages."""
        return self._connection.ask("/v1/table/rows", request, TableRows)

    def read_table(self, request: TableFile) -> TableRows:
        """Return the rows of a CSV file."""
        return self._connection.ask("/v1/table/read", request, TableRows)
