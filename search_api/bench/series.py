"""Which documents are the series of one: the yearly texts of a mandate, a resolution, a body."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indexer.facets import Selection
from indexer.linked import links_of
from indexer.snapshot import Snapshot
from search_api.schemas.lineage import LineageScope
from workbench.lineage import series_title

__all__ = ["Series", "series_of"]

RESOLUTIONS = frozenset({"resolution", "decision", "draft-resolution", "draft-amendment"})

ALIKE = 0.9
"""Least cosine of two paragraphs that are one paragraph in two resolutions."""

SHARED = 1 / 3
"""Least share of a resolution's paragraphs that must stand in another under a different title for
both to be of one series. Resolutions on other subjects have up to a fifth in common: opening
recitals, requests to the secretariat, the last paragraph."""

_ON_THEIR_OWN = frozenset(
    {"general-comment", "treaty-body-decision", "ngo-statement", "letter", "meeting-record"}
)

By = Literal["mandate", "title", "country", "body-and-kind", "body", "all"]


@dataclass(frozen=True, slots=True)
class Series:
    """Documents that are looked through for one paragraph.

    Attributes:
        by: what makes them one series.
        name: for people.
        documents: metadata, by date; the one that was asked about is among them.
        successive: whether each takes up the one before it, so that what it lacks was dropped. A
            general comment, a decision or a statement is on a subject of its own.
    """

    by: By
    name: str
    documents: tuple[sqlite3.Row, ...]
    successive: bool


def series_of(snapshot: Snapshot, document: sqlite3.Row, scope: LineageScope) -> Series:
    """Find the series of a document, in its language.

    Args:
        snapshot: where to look.
        document: metadata, from `Snapshot.document`.
        scope: the series itself, all that its body said, or everything.
    """
    values = {"language": (document["language"],)} if document["language"] else {}
    if scope != "all" and document["body"]:
        values["body"] = (document["body"],)
    allowed = snapshot.columns.documents(Selection(values))
    ids = [snapshot.columns.document_ids[i] for i in np.flatnonzero(allowed)]
    held = snapshot.documents(ids)
    by: By
    name = (scope != "all" and document["body"]) or "every text of this language"
    if scope != "series":
        by = scope
    elif document["kind"] in RESOLUTIONS:
        by, name = "title", document["title"] or document["document_id"]
        held = _resolutions(snapshot, document, held)
    elif document["mandate"]:
        by, name = "mandate", document["mandate"]
        held = _alike(document, held, "mandate", "kind")
    elif json.loads(document["country"]):
        by, name = "country", f"{document['body']}: {(document['kind'] or '').replace('-', ' ')}"
        held = _alike(document, held, "body", "kind", "country")
    else:
        by, name = "body-and-kind", f"{name}: {(document['kind'] or '').replace('-', ' ')}"
        held = _alike(document, held, "body", "kind")
    successive = scope == "series" and document["kind"] not in _ON_THEIR_OWN
    return Series(by, name, tuple(sorted(held, key=_when)), successive)


def _when(row: sqlite3.Row) -> tuple[str, str]:
    """Order by date; a text known by its year alone comes before those dated in it."""
    return row["date"] or (str(row["year"]) if row["year"] else "9999"), row["document_id"]


def _alike(document: sqlite3.Row, held: list[sqlite3.Row], *names: str) -> list[sqlite3.Row]:
    wanted = tuple(document[name] for name in names)
    return [row for row in held if tuple(row[name] for name in names) == wanted]


def _resolutions(
    snapshot: Snapshot, document: sqlite3.Row, held: list[sqlite3.Row]
) -> list[sqlite3.Row]:
    """Keep resolutions under one title, and those that share paragraphs, with their drafts."""
    family = [row for row in held if row["kind"] in RESOLUTIONS]
    title = series_title(document["title"])
    linked = {link["other_id"] for link in links_of(snapshot, document["document_id"])}
    own = _vectors(snapshot, document["document_id"])
    return [
        row
        for row in family
        if row["document_id"] == document["document_id"]
        or row["document_id"] in linked
        or (title and series_title(row["title"]) == title)
        or _share(own, _vectors(snapshot, row["document_id"])) >= SHARED
    ]


def _vectors(snapshot: Snapshot, document_id: str) -> NDArray[np.float32]:
    rows = snapshot.document_rows(document_id)
    return snapshot.vectors.floats(slice(rows.start, rows.stop))


def _share(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Return the share of the shorter text's passages that stand in the other."""
    if not len(first) or not len(second):
        return 0.0
    alike = first @ second.T >= ALIKE
    return float(min(alike.any(axis=1).sum(), alike.any(axis=0).sum()) / min(alike.shape))
