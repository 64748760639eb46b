"""Counts without an index: the same few for whatever is asked."""

from __future__ import annotations

from search_api.files import File
from search_api.schemas import (
    BodyCount,
    CellCount,
    Count,
    Telling,
    TellingRequest,
    Trend,
    TrendFileRequest,
    Trends,
    TrendsRequest,
    YearCount,
)

COUNT = {"passages": 2, "of_passages": 20, "documents": 1, "of_documents": 3}


class FakeTrends:
    """Answers whatever is asked."""

    def trends(self, request: TrendsRequest) -> Trends:
        trend = Trend(
            query=request.queries[0],
            languages=("en",),
            total=Count(**COUNT),
            undated=Count(**dict.fromkeys(COUNT, 0)),
            by_year=(YearCount(year=2010, **COUNT),),
            by_body=(BodyCount(body="CCPR", **COUNT),),
            by_body_and_year=(CellCount(body="CCPR", year=2010, **COUNT),),
        )
        trends = tuple(trend.model_copy(update={"query": query}) for query in request.queries)
        return Trends(how=request.how, trends=trends)

    def telling(self, request: TellingRequest) -> Telling:
        return Telling(query=request.query, how=request.how, language="en")

    def file(self, request: TrendFileRequest) -> File:
        return File("trend.csv", ",".join(request.queries).encode())
