"""Trends of the invented corpus: passages with all the words, counted one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from search_api.schemas import (
    BodyCount,
    CellCount,
    Count,
    Passage,
    Telling,
    TellingPeriod,
    TellingRequest,
    TellingWord,
    Trend,
    TrendFileRequest,
    Trends,
    TrendsRequest,
    YearCount,
)

__all__ = ["Csv", "csv_file", "telling", "trends"]


class Csv(BaseModel):
    """Stands for a file: goes out as its text."""

    text: str

    def model_dump_json(self, **_options: object) -> str:  # type: ignore[override]
        return self.text


def trends(asked: TrendsRequest, passages: Sequence[Passage]) -> Trends:
    """Count each query among passages that the filters allow."""
    return Trends(
        how=asked.how,
        bar=0.6 if asked.how == "meaning" else None,
        trends=tuple(_trend(query, passages) for query in asked.queries),
    )


def csv_file(asked: TrendFileRequest, passages: Sequence[Passage]) -> Csv:
    """Write counts by year as lines."""
    lines = ["query,year,passages"]
    for trend in trends(asked, passages).trends:
        lines += [f'"{trend.query}",{year.year},{year.passages}' for year in trend.by_year]
    return Csv(text="\r\n".join(lines) + "\r\n")


def telling(asked: TellingRequest) -> Telling:
    """Return two periods, of whatever is asked."""
    word = TellingWord(word="<b>drones</b>", z=4.2, passages=12, elsewhere=3, documents=5)
    first = TellingPeriod(year_from=2001, year_to=2010, passages=40, documents=9)
    last = TellingPeriod(year_from=2011, year_to=2011, passages=1, documents=1, words=(word,))
    return Telling(
        query=asked.query, how=asked.how, language="en", passages=41, periods=(first, last)
    )


def _trend(query: str, passages: Sequence[Passage]) -> Trend:
    wanted = set(re.findall(r"\w+", query.lower()))
    said = {p.passage_id for p in passages if wanted <= set(re.findall(r"\w+", p.text.lower()))}

    def count(some: Iterable[Passage]) -> dict[str, int]:
        held = list(some)
        speaking = [p for p in held if p.passage_id in said]
        return {
            "passages": len(speaking),
            "of_passages": len(held),
            "documents": len({p.document_id for p in speaking}),
            "of_documents": len({p.document_id for p in held}),
        }

    years = sorted({p.year for p in passages if p.year})
    bodies = sorted({p.body for p in passages}, key=str)
    pairs = sorted({(p.body, p.year) for p in passages if p.year}, key=str)
    return Trend(
        query=query,
        languages=("en",) if said else (),
        total=Count(**count(passages)),
        undated=Count(**count(p for p in passages if not p.year)),
        by_year=tuple(
            YearCount(year=year, **count(p for p in passages if p.year == year)) for year in years
        ),
        by_body=tuple(
            BodyCount(body=body, **count(p for p in passages if p.body == body)) for body in bodies
        ),
        by_body_and_year=tuple(
            CellCount(
                body=body,
                year=year,
                **count(p for p in passages if (p.body, p.year) == (body, year)),
            )
            for body, year in pairs
            if year
        ),
    )
