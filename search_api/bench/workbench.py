"""Everything an advocate does with one published index, as one library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.encoder import Encoder
from indexer.snapshot import Snapshot
from search_api.bench import drafting, exporting, stating, tabling, verifying
from search_api.bench.comparing import compare
from search_api.bench.lineage import lineage
from search_api.files import File
from search_api.schemas import (
    CitationCheck,
    CompareRequest,
    Comparison,
    DraftUnit,
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
    VerifyRequest,
    VerifyResponse,
)
from workbench.units import Unit

__all__ = ["Workbench"]


@dataclass(frozen=True, slots=True)
class Workbench:
    """What an engine offers beside search; get it as `Engine.bench`.

    Attributes:
        snapshot: what is searched.
        encoder: of the snapshot.
    """

    snapshot: Snapshot
    encoder: Encoder

    def precedents(
        self,
        request: PrecedentsRequest,
        progress: drafting.Progress = drafting.quietly,
    ) -> Precedents:
        """Find who said each sentence of a draft; `progress` gets sentences done, and all."""
        return drafting.precedents(self.snapshot, self.encoder, request, progress)

    def each_precedents(
        self, request: PrecedentsRequest, units: Sequence[Unit], chosen: Sequence[int]
    ) -> Iterator[DraftUnit]:
        """Find who said each of chosen sentences of a draft, in order, as they are found."""
        return drafting.each_of(self.snapshot, self.encoder, request, units, chosen)

    def unknown_exclusions(self, request: PrecedentsRequest) -> list[str]:
        """Warn of symbols to exclude that no document has."""
        return drafting.unknown_exclusions(self.snapshot, request)

    def precedents_of(
        self, request: PrecedentsRequest, units: Sequence[Unit], index: int
    ) -> DraftUnit:
        """Find who said one sentence of a draft; see `drafting.precedents_of`."""
        return drafting.precedents_of(self.snapshot, self.encoder, request, units, index)

    def export(self, request: ExportRequest) -> File:
        """Put passages into a file; see `exporting.export`."""
        return exporting.export(self.snapshot, request)

    def table_rows(self, references: Iterable[str]) -> TableRows:
        """Fill rows of a negotiation table from passages; see `tabling.table_rows`."""
        return tabling.table_rows(self.snapshot, references)

    def table_file(self, request: TableRequest) -> File:
        """Put a negotiation table into a file; see `tabling.table_file`."""
        return tabling.table_file(request)

    def read_table(self, file: TableFile) -> TableRows:
        """Read a negotiation table from a file; see `tabling.read_table`."""
        return tabling.read_table(file.content, file.name)

    def compare(self, request: CompareRequest) -> Comparison:
        """Hold two documents or two paragraphs against each other.

        Raises:
            UnknownNameError: one of the two is not in the index.
            QueryError: a document was given with a paragraph, or they are too long.
        """
        return compare(self.snapshot, request)

    def lineage(
        self, reference: str, *, scope: LineageScope = "series", language: str | None = None
    ) -> Lineage:
        """Follow one paragraph through the texts of its series, earliest first.

        Args:
            reference: citation or passage id of the paragraph.
            scope: the series alone, all that its body said, or every text of the language.
            language: which version of the paragraph to follow; its own where none is asked for.

        Raises:
            UnknownNameError: no such paragraph, or not in that language.
            QueryError: a whole document, or several paragraphs, are named.
        """
        return lineage(self.snapshot, self.encoder, reference, scope=scope, language=language)

    def state(self, request: StatementRequest) -> StatementReport:
        """Count a statement and hold it against the limits; see docs/verify.md."""
        return stating.report(request)

    def verify(self, request: VerifyRequest) -> VerifyResponse:
        """Check the citations of a text against their sources.

        Raises:
            QueryError: a claim is given, and the text is not one citation.
        """
        return verifying.verify(self.snapshot, self.encoder, request)

    def checks_of(self, text: str) -> tuple[int, Iterator[CitationCheck]]:
        """Return how many citations a text of any length has, and their checks as they are made."""
        return verifying.checks_of(self.snapshot, self.encoder, text)
