"""Documents and paragraphs as rows of the catalogue, and what JSON in them holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict

from corpus.concerns import Concern, concerns_of
from corpus.types import Box, Document, Paragraph

__all__ = [
    "boxes_of",
    "concerns_as_json",
    "concerns_in",
    "document_row",
    "paragraph_row",
    "strings_in",
    "to_json",
]

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_POINT_DECIMALS = 1  # a tenth of a point is a thirtieth of a millimetre


def document_row(document: Document) -> tuple[object, ...]:
    """Return the values of a row of `documents`, in the order of its columns."""
    return (
        document.id, document.symbol, document.title, document.kind, document.body,
        document.mandate, to_json(document.country), document.session, document.agenda_item,
        document.date, document.year, document.language, document.source, document.sha256,
        document.status, document.superseded_by,
        None if document.vote is None else to_json(document.vote),
        document.url, document.file_format, document.page_count,
        to_json(asdict(document.quality)), to_json(document.warnings),
        document.mandate_holder, document.job_number,
        to_json([[relation.kind.value, relation.symbol] for relation in document.relations]),
        concerns_as_json(concerns_of(document)),
    )  # fmt: skip


def paragraph_row(document_id: str, ordinal: int, paragraph: Paragraph) -> tuple[object, ...]:
    """Return the values of a row of `paragraphs`, in the order of its columns."""
    boxes = [[box.page, *_rounded(box)] for box in paragraph.boxes]
    return (
        document_id, ordinal, paragraph.id, paragraph.number, str(paragraph.kind),
        to_json(paragraph.section), to_json(paragraph.pages), paragraph.text, paragraph.verb,
        _json_or_none(paragraph.addressees), _json_or_none(paragraph.states), _json_or_none(boxes),
        int(paragraph.ocr),
    )  # fmt: skip


def _rounded(box: Box) -> list[float]:
    return [round(edge, _POINT_DECIMALS) for edge in (box.x0, box.y0, box.x1, box.y1)]


def _json_or_none(values: Iterable[object]) -> str | None:
    listed = list(values)
    return to_json(listed) if listed else None


def strings_in(value: str | None) -> tuple[str, ...]:
    """Return the strings of a JSON array, none of NULL."""
    return tuple(json.loads(value)) if value else ()


def boxes_of(row: sqlite3.Row) -> tuple[Box, ...]:
    """Return the boxes of a row that has a column `boxes`."""
    return tuple(Box(*box) for box in json.loads(row["boxes"])) if row["boxes"] else ()


def concerns_as_json(concerns: Iterable[Concern]) -> str:
    """Write concerns as they are kept."""
    return to_json([[concern.code, concern.weight, concern.message] for concern in concerns])


def concerns_in(value: str | None) -> tuple[Concern, ...]:
    """Return the concerns of a document as they are kept; one where none were looked for."""
    if value is None:
        remark = "was read by an earlier version; index its file again"
        return (Concern("read-before", 0.1, remark),)
    return tuple(Concern(*each) for each in json.loads(value))
