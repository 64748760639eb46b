"""Other orders than that of relevance: by date, and by authority.

They are orders of what is near enough to the question. All candidates in the order of their dates
would put on top the newest passage that is about something else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import numpy as np

from indexer.snapshot import Snapshot
from search_api.ranking import Ranking
from search_api.ranking.grouping import Group
from search_api.schemas import Sort, Sorted
from search_api.standing import standing_of

__all__ = ["NEAR_LEAST", "NEAR_SHARE", "groups_in_order", "in_order"]

NEAR_SHARE = 0.5
"""Share of the best score from which a passage is near enough. Of the answers to claims of scifact
that are ranked at all it keeps 0.935, among 15 passages (median) of 458; of those to the themes of
ohchr-issues, which are broad, 0.815, among 193 of 399. A share of 0.4 keeps 0.982 and 0.900, among
45 and 279."""

NEAR_LEAST = 20
"""Best passages that are near enough in any case: scores of a pasted text fall so steeply that half
of the best leaves one or two. Of the answers in gc-citations these are 0.890."""


def in_order(
    snapshot: Snapshot, ranking: Ranking, sort: Sort, *, whole: bool, by_document: bool
) -> tuple[Ranking, Sorted | None]:
    """Return what is near enough in an order, and what that was chosen from.

    Args:
        snapshot: that was searched.
        ranking: of all candidates, best first.
        sort: the order.
        whole: whether all candidates are near enough: what was asked for by name, or has what was
            quoted.
        by_document: whether hits are grouped. Groups are put in order as a whole, by
            `groups_in_order`, and within them the best stay first.
    """
    if sort == "relevance" or not ranking.rows:
        return ranking, None
    count = len(ranking.rows)
    if not whole:
        near = int(np.count_nonzero(ranking.fused >= NEAR_SHARE * float(ranking.fused[0])))
        count = min(count, max(near, NEAR_LEAST))
    places: Sequence[int] = range(count)
    if not by_document:
        places = _places(snapshot, ranking.rows[:count], sort)
    told = Sorted(
        sort=sort,
        near=count,
        candidates=len(ranking.rows),
        least_share=None if whole else NEAR_SHARE,
    )
    return ranking.taking(places), told


def groups_in_order(
    snapshot: Snapshot, ranking: Ranking, groups: list[Group], sort: Sort
) -> list[Group]:
    """Return documents by their dates, or by the authority of the best passage of each."""
    if sort == "relevance":
        return groups
    best = [ranking.rows[group.places[0]] for group in groups]
    return [groups[place] for place in _places(snapshot, best, sort)]


def _places(snapshot: Snapshot, rows: Sequence[int], sort: Sort) -> list[int]:
    """Return the places of rows in an order; what is equal keeps its own."""
    held = snapshot.passages(rows)
    places = range(len(held))
    if sort == "authority":
        authority = [_authority(row) for row in held]
        return sorted(places, key=authority.__getitem__)
    # ISO dates of any precision: a year alone stands before the months of it.
    dates = [row["date"] or (str(row["year"]) if row["year"] else "") for row in held]
    dated = [place for place in places if dates[place]]
    undated = [place for place in places if not dates[place]]
    return sorted(dated, key=dates.__getitem__, reverse=sort == "newest") + undated


def _authority(row: sqlite3.Row) -> tuple[bool, int]:
    """Return what orders by authority: what does not count stands even below the unknown."""
    section = tuple(json.loads(row["section"]))
    found = standing_of(
        row["kind"],
        row["status"],
        title=row["title"] or "",
        body=row["body"],
        paragraph_kind=row["paragraph_kind"],
        section=section if row["lead"] is None else (*section, row["lead"]),
    )
    return not found.counts, found.authority
