"""Trends over one published index, as one library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.encoder import Encoder
from indexer.snapshot import Snapshot
from search_api.files import File, file_name
from search_api.schemas import (
    Count,
    Telling,
    TellingRequest,
    Trend,
    TrendFileRequest,
    Trends,
    TrendsRequest,
)
from search_api.trends import telling
from search_api.trends.saying import BAR, said
from search_api.trends.tallying import Tally
from workbench.export.spreadsheet import written

__all__ = ["TrendRoom"]

_COUNTED = ("passages", "of_passages", "documents", "of_documents")


@dataclass(frozen=True, slots=True)
class TrendRoom:
    """What an engine offers of counts; get it as `Engine.trends`.

    Attributes:
        snapshot: what is counted.
        encoder: of the snapshot.
    """

    snapshot: Snapshot
    encoder: Encoder

    def trends(self, request: TrendsRequest) -> Trends:
        """Count each query by year, by body, and by both."""
        return Trends(
            how=request.how,
            bar=BAR if request.how == "meaning" else None,
            trends=tuple(self._trend(query, request) for query in request.queries),
        )

    def telling(self, request: TellingRequest) -> Telling:
        """Tell periods of a theme apart by their words."""
        found = said(self.snapshot, self.encoder, request.query, request.filters, request.how)
        return telling.telling(self.snapshot, request, found)

    def file(self, request: TrendFileRequest) -> File:
        """Return counts as CSV, a row for each query and year or body."""
        counted = self.trends(request)
        keys = {"year": ("year",), "body": ("body",), "body-year": ("body", "year")}[request.table]
        rows = (
            (trend.query, *(_cell(count, name) for name in (*keys, *_COUNTED)))
            for trend in counted.trends
            for count in _counts(trend, keys)
        )
        name = file_name("-".join(["trend", request.table, *request.queries]))
        return File(f"{name}.csv", written(("query", *keys, *_COUNTED), rows))

    def _trend(self, query: str, request: TrendsRequest) -> Trend:
        found = said(self.snapshot, self.encoder, query, request.filters, request.how)
        tally = Tally.of(self.snapshot, found)
        return Trend(
            query=query,
            warnings=found.warnings,
            languages=found.languages,
            elsewhere=found.elsewhere,
            complete=found.complete,
            total=tally.total(),
            undated=tally.undated(),
            by_year=tally.by_year(),
            by_body=tally.by_body(),
            by_body_and_year=tally.by_body_and_year(),
        )


def _counts(trend: Trend, keys: Sequence[str]) -> Iterable[Count]:
    if keys == ("year",):
        return (*trend.by_year, *([trend.undated] if trend.undated.of_passages else []))
    return trend.by_body if keys == ("body",) else trend.by_body_and_year


def _cell(count: Count, name: str) -> str:
    value = getattr(count, name, None)
    return "" if value is None else str(value)
