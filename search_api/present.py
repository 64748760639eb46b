"""From rows of a snapshot to what people and programs read: passages, hits, groups."""

from __future__ import annotations

import json
import re
import sqlite3
from functools import lru_cache

from corpus.citations import format_citation
from corpus.restricted import collection_of
from indexer.linked import links_of, twin_rows
from indexer.linking.links import LinkKind
from indexer.rows import boxes_of, strings_in
from indexer.snapshot import Snapshot
from search_api.marking import Marked, Marker
from search_api.nearest import Shown
from search_api.ranking import Ranking, grouped
from search_api.schemas import Box, Double, Hit, HitGroup, Passage, Sort, Twins
from search_api.sorting import groups_in_order
from search_api.standing import standing_of

__all__ = ["page", "passage", "twins"]

PASSAGES_A_GROUP = 3


def passage(row: sqlite3.Row) -> Passage:
    """Return a passage from a row of `Snapshot.passages`."""
    return Passage(**_fields(row))


def _fields(row: sqlite3.Row) -> dict[str, object]:
    """Return the fields of a passage. A row is read by position: by name it takes four times."""
    held = dict(zip(row.keys(), row, strict=True))
    pages = _numbers(held["pages"])
    citation = format_citation(
        held["symbol"],
        held["title"],
        held["number"],
        held["kind"],
        held["paragraph_id"],
        body=held["body"],
        year=held["year"],
        pages=pages,
    )
    section, vote = _strings(held["section"]), held["vote"]
    standing = standing_of(
        held["kind"],
        held["status"],
        title=held["title"] or "",
        body=held["body"],
        superseded_by=held["superseded_by"],
        vote=vote and _numbers(vote),
        paragraph_kind=held["paragraph_kind"],
        section=section if held["lead"] is None else (*section, held["lead"]),
    )
    for name in _NOT_SHOWN:
        del held[name]
    return held | {
        "standing": standing,
        "addressees": strings_in(held["addressees"]),
        "states": strings_in(held["states"]),
        "boxes": tuple(
            Box(page=box.page, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1) for box in boxes_of(row)
        ),
        "ocr": bool(held["ocr"]),
        "restricted": collection_of(held["document_id"]),
        "pages": pages,
        "section": section,
        "country": _strings(held["country"]),
        "citation": citation,
    }


_NOT_SHOWN = ("row", "ordinal", "vote", "lead")

# The pages, headings and countries of one document's passages are the same few texts of JSON.


@lru_cache(maxsize=4096)
def _numbers(value: str) -> tuple[int, ...]:
    return tuple(json.loads(value))


@lru_cache(maxsize=4096)
def _strings(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))


def twins(snapshot: Snapshot, row: int) -> Twins:
    """Return a passage with the same paragraph in other languages; see `Engine.twins`."""
    (found,) = snapshot.passages([row])
    label = str(found["paragraph_id"])
    in_all_languages = found["number"] is not None or re.fullmatch(r"pp\d+", label)
    if "~" in label or not in_all_languages:
        return Twins(passage=passage(found))
    rows, without = twin_rows(snapshot, found["document_id"], label)
    return Twins(
        passage=passage(found),
        twins=tuple(passage(each) for each in snapshot.passages(rows)),
        without=tuple(without),
    )


def page(
    snapshot: Snapshot,
    ranking: Ranking,
    marker: Marker | None,
    *,
    offset: int,
    k: int,
    by_document: bool,
    sort: Sort = "relevance",
) -> tuple[tuple[Hit, ...], tuple[HitGroup, ...], int]:
    """Return (hits, groups, total) of one page; hits or groups are empty, by `by_document`."""
    if not by_document:
        wanted = range(offset, min(offset + k, len(ranking.rows)))
        hits = _hits(snapshot, ranking, marker, list(wanted))
        return hits, (), len(ranking.rows)
    documents = groups_in_order(snapshot, ranking, grouped(snapshot, ranking), sort)
    chosen = documents[offset : offset + k]
    shown = [place for group in chosen for place in group.places[:PASSAGES_A_GROUP]]
    by_place = dict(zip(shown, _hits(snapshot, ranking, marker, shown), strict=True))
    groups = tuple(
        _group(
            offset + number,
            group.score,
            tuple(by_place[place] for place in group.places[:PASSAGES_A_GROUP]),
        )
        for number, group in enumerate(chosen, 1)
    )
    return (), groups, len(documents)


def _group(rank: int, score: float, hits: tuple[Hit, ...]) -> HitGroup:
    best = hits[0]
    return HitGroup(
        rank=rank,
        document_id=best.document_id,
        symbol=best.symbol,
        title=best.title,
        score=score,
        hits=hits,
    )


def _hits(
    snapshot: Snapshot, ranking: Ranking, marker: Marker | None, places: list[int]
) -> tuple[Hit, ...]:
    rows = snapshot.passages([ranking.rows[place] for place in places])
    marks = [Marked((), None)] * len(rows)
    if marker is not None:
        marks = marker.mark([Shown(row["row"], row["text"], row["language"]) for row in rows])
    hits = []
    for place, row, marked in zip(places, rows, marks, strict=True):
        scores = ranking.scores(place)
        fields = _fields(row)
        hits.append(
            Hit(
                **fields,
                rank=place + 1,
                score=scores.fused,
                scores=scores,
                highlights=marked.highlights,
                why=marked.why,
                also_in=_doubles(snapshot, row),
            )
        )
    return tuple(hits)


def _doubles(snapshot: Snapshot, row: sqlite3.Row) -> tuple[Double, ...]:
    """Return where else the words of a passage stand, each document once, the preferred first."""
    doubles = snapshot.folds.doubles(row["row"])
    if not doubles:
        return ()
    links = {link["other_id"]: link["kind"] for link in links_of(snapshot, row["document_id"])}
    found: dict[str, Double] = {}
    for other in snapshot.passages(doubles):
        link = links.get(other["document_id"])
        found.setdefault(
            other["document_id"],
            Double(
                passage_id=other["passage_id"],
                document_id=other["document_id"],
                citation=str(_fields(other)["citation"]),
                status=other["status"],
                link=None if link is None else LinkKind(link).inverse.value,
            ),
        )
    return tuple(found.values())
