"""From a file to documents: sniff, read, segment, describe."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import LimitExceededError, ReadError
from corpus.identity import document_id
from corpus.limits import Limits
from corpus.metadata import Metadata, describe_flow, describe_pages
from corpus.readers.docx import read_docx
from corpus.readers.flow import FlowReading
from corpus.readers.html import read_html
from corpus.readers.jsonl import read_jsonl
from corpus.readers.text import read_text
from corpus.segmentation import Segmentation, segment_blocks, segment_pages
from corpus.sniff import HEAD_BYTES, Format, sniff
from corpus.symbols import document_url
from corpus.types import Document, DocumentKind, Footnote

__all__ = ["document_as_dict", "iter_documents", "parse_file"]

_RESOLUTIONS = {
    DocumentKind.RESOLUTION,
    DocumentKind.DRAFT_RESOLUTION,
}
_ANCHOR_CHARS = 120
_FLOW_READERS = {
    Format.DOCX: read_docx,
    Format.HTML: read_html,
    Format.TXT: read_text,
}


def parse_file(path: Path, limits: Limits | None = None) -> list[Document]:
    """Return the documents of a file: one, or all of a JSON Lines file.

    PDFs are read in this process; for files that may be hostile use `corpus.worker`.

    Raises:
        ReadError: the file, or a line of it, cannot be read.
    """
    documents = []
    for found in iter_documents(path, limits):
        if isinstance(found, ReadError):
            raise found
        documents.append(found)
    return documents


def iter_documents(path: Path, limits: Limits | None = None) -> Iterator[Document | ReadError]:
    """Yield the documents of a file one by one; what cannot be read comes as a `ReadError`.

    A JSON Lines file is streamed, and a bad line of it costs only itself.
    """
    limits = limits or Limits()
    try:
        with path.open("rb") as stream:
            format_ = sniff(stream.read(HEAD_BYTES), str(path))
            if format_ not in {Format.JSONL, Format.JSONL_GZ}:
                stream.seek(0)
                yield _parse(stream.read(limits.max_file_bytes + 1), path, format_, limits)
                return
    except ReadError as error:
        yield error
        return
    except OSError as error:
        yield ReadError(str(path), f"cannot be opened: {error.strerror}", "check its permissions")
        return
    yield from read_jsonl(path, limits)


def _parse(data: bytes, path: Path, format_: Format, limits: Limits) -> Document:
    if len(data) > limits.max_file_bytes:
        allowed = f"more than {limits.max_file_bytes / 2**20:.0f} MiB"
        raise LimitExceededError(str(path), allowed, "split the file")
    if format_ is Format.PDF:
        return _parse_pdf(data, path, limits)
    reading = _FLOW_READERS[format_](data, str(path), limits)
    metadata = describe_flow(reading, path.name)
    segmentation = segment_blocks(reading.blocks, resolution=_is_resolution(metadata))
    segmentation = dataclasses.replace(segmentation, footnotes=_anchored(segmentation, reading))
    return _document(data, path, format_, metadata, segmentation, warnings=reading.warnings)


def _parse_pdf(data: bytes, path: Path, limits: Limits) -> Document:
    from corpus.readers.pdf import read_pdf  # pdfium is loaded only where a PDF is read

    reading = read_pdf(data, str(path), limits)
    metadata = describe_pages(reading.pages, path.name)
    segmentation = segment_pages(reading.pages, resolution=_is_resolution(metadata))
    return _document(
        data,
        path,
        Format.PDF,
        metadata,
        segmentation,
        page_count=reading.page_count,
        warnings=reading.warnings,
    )


def _is_resolution(metadata: Metadata) -> bool | None:
    """Tell segmentation what it has before it; None where only the layout can tell."""
    if metadata.kind in _RESOLUTIONS:
        return True
    return (
        None
        if metadata.kind in {None, DocumentKind.DECISION, DocumentKind.DRAFT_AMENDMENT}
        else False
    )


def _anchored(segmentation: Segmentation, reading: FlowReading) -> tuple[Footnote, ...]:
    """Tie the notes of a flowing document, which has no pages, to the paragraphs of their marks."""
    places: dict[str, str] = {}
    for mark, words in reading.marks:
        holders = (p.id for p in segmentation.paragraphs if words[:_ANCHOR_CHARS] in p.text)
        if (holder := next(holders, None)) is not None:
            places.setdefault(mark, holder)
    return tuple(
        dataclasses.replace(
            note, page=note.page or None, paragraph_id=note.paragraph_id or places.get(note.mark)
        )
        for note in segmentation.footnotes
    )


def _document(
    data: bytes,
    path: Path,
    format_: Format,
    metadata: Metadata,
    segmentation: Segmentation,
    *,
    page_count: int | None = None,
    warnings: tuple[str, ...] = (),
) -> Document:
    symbol = metadata.symbol
    name = symbol.text if symbol else None
    published = symbol is not None and symbol.organ != "SAMPLE"
    return Document(
        id=document_id(name, metadata.language, metadata.title, path.name),
        symbol=name,
        title=metadata.title,
        kind=metadata.kind,
        body=metadata.body,
        mandate=metadata.mandate,
        country=metadata.country,
        session=metadata.session,
        agenda_item=metadata.agenda_item,
        date=metadata.date,
        year=metadata.year,
        language=metadata.language,
        source=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        paragraphs=segmentation.paragraphs,
        footnotes=segmentation.footnotes,
        quality=segmentation.quality,
        warnings=(*warnings, *metadata.warnings, *segmentation.warnings),
        status=metadata.status,
        vote=metadata.vote,
        url=document_url(symbol, metadata.language) if symbol and published else None,
        file_format=format_.value,
        page_count=page_count,
    )


def document_as_dict(document: Document) -> dict[str, object]:
    """Return a document in the shape that `precedent parse --json` prints.

    The keys and their order are a contract; those after `warnings` are additions to it.
    """
    return {
        "symbol": document.symbol,
        "title": document.title,
        "kind": document.kind,
        "body": document.body,
        "mandate": document.mandate,
        "country": list(document.country),
        "session": document.session,
        "agenda_item": document.agenda_item,
        "date": document.date,
        "language": document.language,
        "source": document.source,
        "sha256": document.sha256,
        "paragraphs": [
            {
                "id": paragraph.id,
                "number": paragraph.number,
                "kind": paragraph.kind.value,
                "section": list(paragraph.section),
                "pages": list(paragraph.pages),
                "text": paragraph.text,
            }
            for paragraph in document.paragraphs
        ],
        "footnotes": [dataclasses.asdict(note) for note in document.footnotes],
        "quality": dataclasses.asdict(document.quality) | {"gaps": list(document.quality.gaps)},
        "warnings": list(document.warnings),
        "status": document.status.value if document.status else None,
        "superseded_by": document.superseded_by,
        "vote": list(document.vote) if document.vote else None,
        "url": document.url,
        "year": document.year,
        "document_id": document.id,
        "page_count": document.page_count,
    }
