"""A workbench without an index: answers of the right form, with nothing in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search_api.files import File
from search_api.schemas import (
    CompareCounts,
    ComparedDocument,
    CompareRequest,
    Comparison,
    DraftUnit,
    ExportRequest,
    Lineage,
    LineageSeries,
    Passage,
    PrecedentsRequest,
    TableFile,
    TableRequest,
    TableRow,
    TableRows,
    VerifyRequest,
    VerifyResponse,
)
from search_api.standing import standing_of
from workbench.units import Unit


class FakeBench:
    """Answers whatever is asked."""

    def compare(self, request: CompareRequest) -> Comparison:
        first, second = (
            ComparedDocument(
                document_id=name, symbol=name, title=None, kind=None, language="en", paragraphs=0
            )
            for name in (request.first, request.second)
        )
        return Comparison(
            first=first,
            second=second,
            of="documents",
            aligned_by="wording",
            counts=CompareCounts(**dict.fromkeys(CompareCounts.model_fields, 0)),
            paragraphs=(),
        )

    def lineage(self, reference: str, **_options: object) -> Lineage:
        passage = Passage(
            passage_id=reference, document_id="F:en", symbol="F", title=None, number="1",
            paragraph_id="1", paragraph_kind="body", part=1, parts=1, pages=(), section=(),
            kind=None, body=None, country=(), date=None, year=None, language="en",
            standing=standing_of(None, None), text="Words.", citation="F, para. 1",
        )  # fmt: skip
        series = LineageSeries(name="F", by="all", language="en", documents=1, complete=False)
        return Lineage(passage=passage, series=series, story=(), versions=())

    def export(self, request: ExportRequest) -> File:
        return File(f"fake.{request.format}", " ".join(request.passage_ids).encode())

    def table_file(self, request: TableRequest) -> File:
        return File(f"fake.{request.format}", request.title.encode())

    def read_table(self, file: TableFile) -> TableRows:
        return TableRows(rows=(TableRow(issue=file.content.decode()),))

    def table_rows(self, references: Iterable[str]) -> TableRows:
        rows = tuple(TableRow(issue="Water", un_reference=each) for each in references)
        return TableRows(rows=rows, missing=("A/HRC/99/99: is not in this index",))

    def unknown_exclusions(self, request: PrecedentsRequest) -> list[str]:
        return [f"nothing is excluded by {each!r}" for each in request.exclude]

    def precedents_of(
        self, _request: PrecedentsRequest, units: Sequence[Unit], index: int
    ) -> DraftUnit:
        unit = units[index]
        return DraftUnit(index=index, paragraph=unit.paragraph, text=unit.text, grade="none")

    def verify(self, _request: VerifyRequest) -> VerifyResponse:
        return VerifyResponse(total=0, checks=(), took_ms=0.1)
