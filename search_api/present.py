"""From rows of a snapshot to what people and programs read: passages, hits, groups."""

from __future__ import annotations

import json
import sqlite3

from corpus.citations import format_citation
from indexer.snapshot import Snapshot
from search_api.marking import Marker
from search_api.ranking import Ranking
from search_api.schemas import Highlight, Hit, HitGroup, Passage, Scores

__all__ = ["page", "passage"]

PASSAGES_A_GROUP = 3


def passage(row: sqlite3.Row) -> Passage:
    """Return a passage from a row of `Snapshot.passages`."""
    return Passage(**_fields(row))


def _fields(row: sqlite3.Row) -> dict[str, object]:
    pages = tuple(json.loads(row["pages"]))
    country = tuple(json.loads(row["country"]))
    named = {
        name: row[name]
        for name in (
            "passage_id", "document_id", "symbol", "title", "number", "paragraph_id",
            "paragraph_kind", "part", "parts", "kind", "body", "mandate", "date", "year",
            "language", "status", "superseded_by", "text", "url",
        )
    }  # fmt: skip
    return named | {
        "pages": pages,
        "section": tuple(json.loads(row["section"])),
        "country": country,
        "citation": format_citation(
            row["symbol"],
            row["title"],
            row["number"],
            row["kind"],
            row["paragraph_id"],
            body=row["body"],
            year=row["year"],
            pages=pages,
        ),
    }


def page(
    snapshot: Snapshot,
    ranking: Ranking,
    marker: Marker | None,
    *,
    offset: int,
    k: int,
    by_document: bool,
) -> tuple[tuple[Hit, ...], tuple[HitGroup, ...], int]:
    """Return (hits, groups, total) of one page; hits or groups are empty, by `by_document`."""
    if not by_document:
        wanted = range(offset, min(offset + k, len(ranking.rows)))
        hits = _hits(snapshot, ranking, marker, list(wanted))
        return hits, (), len(ranking.rows)
    places: dict[int, list[int]] = {}
    for place, row in enumerate(ranking.rows):
        places.setdefault(int(snapshot.columns.document[row]), []).append(place)
    chosen = list(places.values())[offset : offset + k]
    shown = [place for group in chosen for place in group[:PASSAGES_A_GROUP]]
    by_place = dict(zip(shown, _hits(snapshot, ranking, marker, shown), strict=True))
    groups = tuple(
        _group(offset + number, tuple(by_place[place] for place in group[:PASSAGES_A_GROUP]))
        for number, group in enumerate(chosen, 1)
    )
    return (), groups, len(places)


def _group(rank: int, hits: tuple[Hit, ...]) -> HitGroup:
    best = hits[0]
    return HitGroup(
        rank=rank,
        document_id=best.document_id,
        symbol=best.symbol,
        title=best.title,
        score=best.score,
        hits=hits,
    )


def _hits(
    snapshot: Snapshot, ranking: Ranking, marker: Marker | None, places: list[int]
) -> tuple[Hit, ...]:
    rows = snapshot.passages([ranking.rows[place] for place in places])
    marks: list[tuple[Highlight, ...]] = [()] * len(rows)
    if marker is not None:
        marks = marker.mark([(row["text"], row["language"]) for row in rows])
    hits = []
    for place, row, marked in zip(places, rows, marks, strict=True):
        scores: Scores = ranking.scores[place]
        fields = _fields(row)
        hits.append(
            Hit(**fields, rank=place + 1, score=scores.fused, scores=scores, highlights=marked)
        )
    return tuple(hits)
