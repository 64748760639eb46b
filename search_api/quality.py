"""How well reading went over an index: figures, documents worth a look, files not read."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from pathlib import PurePath

from corpus.concerns import concern_score
from indexer.linked import documents_judged, failures
from indexer.rows import concerns_in
from indexer.snapshot import Snapshot
from search_api.listing import concerns
from search_api.paging import page_by_key
from search_api.schemas import DocumentConcerns, QualityReport, Unread

__all__ = ["quality"]

_SOURCE = re.compile(r"(?P<file>.+?)(?P<line>, line \d+)?\Z", re.DOTALL)


def quality(
    snapshot: Snapshot, *, offset: int = 0, k: int = 50, cursor: str | None = None
) -> QualityReport:
    """Return the figures, a page of the documents with a concern, worst first, and failures."""
    rows = documents_judged(snapshot)
    records = [json.loads(row["quality"]) for row in rows]
    chains = [record for record in records if record.get("chain")]
    codes: Counter[str] = Counter()
    scored: list[tuple[float, sqlite3.Row]] = []
    for row in rows:
        found = concerns_in(row["concerns"])
        codes.update({concern.code for concern in found})
        if found:
            scored.append((concern_score(found), row))
    scored.sort(key=_worst)
    page = page_by_key(
        scored,
        _worst,
        of="quality",
        types=((float, int), str),
        k=k,
        cursor=cursor,
        offset=offset,
    )
    unread = failures(snapshot)
    return QualityReport(
        documents=len(rows),
        numbered=len(chains),
        without_gap=sum(not record["gaps"] for record in chains),
        paragraphs=sum(record["chain"] for record in chains),
        missing=sum(len(record["gaps"]) for record in chains),
        ocr=sum(bool(record.get("ocr_pages")) for record in records),
        concerns=dict(codes.most_common()),
        total=len(scored),
        offset=page.offset,
        next_cursor=page.next_cursor,
        worst=tuple(_judged(score, row) for score, row in page.rows),
        unread_total=len(unread),
        unread=tuple(_unread(row) for row in unread[:k]),
    )


def _worst(judged: tuple[float, sqlite3.Row]) -> tuple[float, str]:
    return -judged[0], judged[1]["document_id"]


def _judged(score: float, row: sqlite3.Row) -> DocumentConcerns:
    return DocumentConcerns(
        document_id=row["document_id"],
        symbol=row["symbol"],
        title=row["title"],
        language=row["language"],
        source=PurePath(row["source"]).name,
        score=score,
        concerns=concerns(row["concerns"]),
    )


def _unread(row: sqlite3.Row) -> Unread:
    # The folder a file lay in may name a person or a case: only its name is told.
    found = _SOURCE.match(row["source"])
    file, line = (found["file"], found["line"] or "") if found else (row["source"], "")
    reason = str(row["reason"]).replace(row["origin"], PurePath(row["origin"]).name)
    return Unread(source=PurePath(file).name + line, kind=row["kind"], reason=reason, at=row["at"])
