"""The fake service's documents as they are read, with a drawn page of nothing but lines."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

from pydantic import BaseModel

from search_api.schemas import (
    Box,
    Concern,
    DocumentLink,
    Highlight,
    OutlineEntry,
    Passage,
    Place,
    ReadDocument,
    ReadFootnote,
    Reading,
    ReadParagraph,
)

__all__ = ["FakeFile", "page_image", "reading", "served"]

WIDTH, HEIGHT = 600.0, 800.0


class FakeFile(BaseModel):
    """An answer that is a file."""

    content: bytes
    headers: dict[str, str]


def served(answer: BaseModel) -> tuple[bytes, dict[str, str]]:
    """Return the bytes and the headers of an answer."""
    if isinstance(answer, FakeFile):
        return answer.content, answer.headers
    return answer.model_dump_json().encode(), {"Content-Type": "application/json"}


def page_image() -> FakeFile:
    """Return a small picture of a page, grey lines on white."""
    rows = b"".join(
        b"\0" + bytes([200 if y % 8 == 0 and 10 < x < 50 else 255 for x in range(60)])
        for y in range(80)
    )
    head = struct.pack(">IIBBBBB", 60, 80, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n"
    for kind, data in chunks:
        check = zlib.crc32(data, zlib.crc32(kind))
        png += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
    size = {"Precedent-Page-Width": f"{WIDTH}", "Precedent-Page-Height": f"{HEIGHT}"}
    return FakeFile(content=png, headers={"Content-Type": "image/png", **size})


def reading(passages: Sequence[Passage], name: str, params: dict[str, list[str]]) -> Reading | None:
    """Return a window of a document; None where there is no such document or paragraph."""
    asked = {name: values[0] for name, values in params.items()}
    at = next((p for p in passages if p.passage_id == name), None)
    named = at.document_id if at else name
    held = [p for p in passages if named in (p.document_id, p.symbol)]
    held = [p for p in held if p.document_id == held[0].document_id]
    if not held:
        return None
    rows = _paragraphs(held, asked.get("q", ""))
    wanted = at.paragraph_id if at else asked.get("paragraph")
    marked = next((p for p in rows if wanted in (p.number, p.paragraph_id)), None)
    if wanted is not None and marked is None:
        return None
    k, ordinal = int(asked.get("k", 200)), marked.ordinal if marked else 0
    offset = int(asked.get("offset", 0 if len(rows) <= k else ordinal // k * k))
    read = [p for p in rows if p.kind != "heading"]
    before = [p for p in read if marked and p.ordinal < marked.ordinal]
    after = [p for p in read if marked is None or p.ordinal > marked.ordinal]
    document = held[0].document_id
    return Reading(
        document=_document(held, len(rows)),
        outline=tuple(
            OutlineEntry(
                title=p.text, level=p.level or 1, ordinal=p.ordinal, paragraph_id=p.paragraph_id
            )
            for p in rows
            if p.kind == "heading"
        ),
        total=len(rows),
        offset=offset,
        paragraphs=tuple(rows[offset : offset + k]),
        marked=_place(marked, document) if marked else None,
        passage=next((p for p in held if marked and p.paragraph_id == marked.paragraph_id), None),
        before=_place(before[-1], document) if before else None,
        after=_place(after[0], document) if after else None,
        twins=tuple(
            Place(
                document_id=p.document_id,
                ordinal=0,
                paragraph_id=p.paragraph_id,
                passage_id=p.passage_id,
                language=p.language,
            )
            for p in passages
            if marked
            and (p.symbol, p.number) == (held[0].symbol, marked.number)
            and p.document_id != document
        ),
    )


def _paragraphs(held: Sequence[Passage], q: str) -> list[ReadParagraph]:
    rows: list[ReadParagraph] = []
    section: tuple[str, ...] = ()
    for passage in held:
        for level in range(len(section), len(passage.section)):
            section = passage.section[: level + 1]
            rows.append(
                ReadParagraph(
                    ordinal=len(rows),
                    paragraph_id=f"h{len(rows) + 1}",
                    number=None,
                    kind="heading",
                    level=level + 1,
                    text=section[-1],
                )
            )
        rows.append(_paragraph(passage, len(rows), q))
    return rows


def _paragraph(passage: Passage, ordinal: int, q: str) -> ReadParagraph:
    top = 100.0 + 200 * (ordinal % 3)
    start = passage.text.find(q) if q else -1
    marks = (Highlight(start=start, end=start + len(q), kind="word"),) if start >= 0 else ()
    return ReadParagraph(
        ordinal=ordinal,
        paragraph_id=passage.paragraph_id,
        number=passage.number,
        kind=passage.paragraph_kind,
        section=passage.section,
        pages=passage.pages,
        boxes=tuple(Box(page=p, x0=60, y0=top, x1=540, y1=top + 150) for p in passage.pages[:1]),
        text=passage.text,
        verb="Urges" if passage.text.startswith("Urges") else None,
        footnotes=(ReadFootnote(mark="7", text="Visit of March.", page=1),) * (ordinal == 3),
        passage_id=passage.passage_id,
        highlights=marks,
    )


def _place(paragraph: ReadParagraph, document: str) -> Place:
    return Place(
        document_id=document,
        ordinal=paragraph.ordinal,
        paragraph_id=paragraph.paragraph_id,
        number=paragraph.number,
        passage_id=paragraph.passage_id,
    )


def _document(held: Sequence[Passage], paragraphs: int) -> ReadDocument:
    first = held[0]
    report = first.document_id == "X_IRC_40_12:en"
    other = DocumentLink(
        kind="language-version",
        document_id="X_IRC_40_12:ru",
        symbol=first.symbol,
        title=None,
        language="ru",
        numbered=1,
    )
    named = ("symbol", "title", "kind", "body", "mandate", "country", "date", "year", "language")
    return ReadDocument(
        document_id=first.document_id,
        **{name: getattr(first, name) for name in (*named, "status", "superseded_by", "standing")},
        source="report.pdf",
        sha256="0" * 64,
        url=first.url,
        page_count=12 if report else None,
        paragraphs=paragraphs,
        passages=len(held),
        concerns=(Concern(code="gaps", weight=0.5, message="number 9 is missing"),) * report,
        links=(other,) * report,
        original="file" if report else "record",
        page_images=report,
    )
