"""From a file to documents: sniff, read, segment, describe."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import LimitExceededError, NoTextError, ReadError, SidecarError
from corpus.identity import document_id
from corpus.limits import Limits
from corpus.metadata import Metadata, describe_flow, describe_pages
from corpus.readers.doc import read_doc
from corpus.readers.docx.read import read_docx
from corpus.readers.flow import FlowReading
from corpus.readers.html.read import read_html
from corpus.readers.jsonl.known import Known, KnownRecord
from corpus.readers.jsonl.read import read_jsonl
from corpus.readers.text.read import read_text
from corpus.sandbox.handed import open_file
from corpus.segmentation import Segmentation, segment_blocks, segment_pages
from corpus.sidecars.apply import Sidecar, read_sidecar
from corpus.sniff import HEAD_BYTES, Format, sniff
from corpus.sources import printable_path
from corpus.symbols import document_url
from corpus.types import Document, DocumentKind, Footnote, ParagraphKind

if TYPE_CHECKING:
    from corpus.readers.pdf.read import PdfReading

__all__ = ["document_as_dict", "iter_documents", "iter_records", "parse_file"]

_RESOLUTIONS = {DocumentKind.RESOLUTION, DocumentKind.DRAFT_RESOLUTION}
_ANCHOR_CHARS = 120
_FLOW_READERS = {
    Format.DOCX: read_docx,
    Format.DOC: read_doc,
    Format.HTML: read_html,
    Format.TXT: read_text,
}


def parse_file(path: Path, limits: Limits | None = None) -> list[Document]:
    """Return the documents of a file: one, or all of a JSON Lines file.

    PDFs are read in this process; for files that may be hostile use `corpus.sandbox.pool`.

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

    A JSON Lines file is streamed, and a bad line of it costs only itself. What a sidecar says of
    the file wins over what was read. Files that may be hostile are for `corpus.sandbox.records`.
    """
    for found in iter_records(path, limits):
        if not isinstance(found, KnownRecord):  # none is known
            yield found


def iter_records(
    path: Path, limits: Limits | None = None, known: Known | None = None
) -> Iterator[Document | KnownRecord | ReadError]:
    """Yield the documents of a file as `iter_documents` does, and name those that are known."""
    limits = limits or Limits()
    try:
        sidecar = read_sidecar(path)
        with open_file(path) as stream:
            format_ = sniff(stream.read(HEAD_BYTES), str(path))
            if format_ not in {Format.JSONL, Format.JSONL_GZ}:
                stream.seek(0)
                data = stream.read(limits.max_file_bytes + 1)
                yield sidecar.over(_parse(data, path, format_, limits, sidecar))
                return
    except ReadError as error:
        yield error
        return
    except OSError as error:
        yield ReadError(str(path), f"cannot be opened: {error.strerror}", "check its permissions")
        return
    if "symbol" in sidecar.values:
        cause = "its sidecar gives one symbol to all its records"
        yield SidecarError(str(path), cause, "give each record its own")
        return
    for found in read_jsonl(path, limits, known):
        yield sidecar.over(found) if isinstance(found, Document) else found


def _parse(data: bytes, path: Path, format_: Format, limits: Limits, sidecar: Sidecar) -> Document:
    if len(data) > limits.max_file_bytes:
        allowed = f"more than {limits.max_file_bytes / 2**20:.0f} MiB"
        raise LimitExceededError(str(path), allowed, "split the file")
    if format_ is Format.PDF:
        return _parse_pdf(data, path, limits, sidecar)
    reading = _FLOW_READERS[format_](data, str(path), limits)
    metadata = describe_flow(reading, path.name)
    kind = sidecar.kind or metadata.kind
    segmentation = segment_blocks(
        reading.blocks,
        resolution=_is_resolution(kind),
        title=metadata.title,
        annexed=kind == DocumentKind.TREATY_BODY_DECISION,
    )
    segmentation = dataclasses.replace(segmentation, footnotes=_anchored(segmentation, reading))
    return _document(data, path, format_, metadata, segmentation, warnings=reading.warnings)


def _parse_pdf(data: bytes, path: Path, limits: Limits, sidecar: Sidecar) -> Document:
    from corpus import rereading  # pdfium is loaded only where a PDF is read

    reading, metadata, segmentation = _read_pages(data, path, limits, sidecar)
    warnings = reading.warnings
    if rereading.is_doubtful(data, reading.pages, segmentation.quality):
        again = _read_again(data, path, limits, sidecar)
        if again and rereading.is_better(
            reading.pages, segmentation.quality, again[0].pages, again[2].quality
        ):
            reading, metadata, segmentation = again
            warnings = (rereading.READ_AGAIN, *reading.warnings)
        else:
            warnings = (*warnings, rereading.KEPT if again else rereading.NOT_READ_AGAIN)
    return _document(
        data,
        path,
        Format.PDF,
        metadata,
        segmentation,
        page_count=reading.page_count,
        warnings=warnings,
    )


def _read_pages(
    data: bytes, path: Path, limits: Limits, sidecar: Sidecar, *, again: bool = False
) -> tuple[PdfReading, Metadata, Segmentation]:
    from corpus.readers.pdf.read import read_pdf

    reading = read_pdf(data, str(path), limits, again=again)
    metadata = describe_pages(reading.pages, path.name)
    kind = sidecar.kind or metadata.kind
    segmentation = segment_pages(
        reading.pages,
        resolution=_is_resolution(kind),
        annexed=kind == DocumentKind.TREATY_BODY_DECISION,
    )
    return reading, metadata, segmentation


def _read_again(
    data: bytes, path: Path, limits: Limits, sidecar: Sidecar
) -> tuple[PdfReading, Metadata, Segmentation] | None:
    """Read a PDF from the pictures of its pages; None where that cannot be done."""
    try:
        again = _read_pages(data, path, limits, sidecar, again=True)
    except ReadError:
        return None
    return again if any(page.ocr for page in again[0].pages) else None


def _is_resolution(kind: str | None) -> bool | None:
    """Tell segmentation what it has before it; None where only the layout can tell."""
    if kind in _RESOLUTIONS:
        return True
    return None if kind in {None, DocumentKind.DECISION, DocumentKind.DRAFT_AMENDMENT} else False


def _anchored(segmentation: Segmentation, reading: FlowReading) -> tuple[Footnote, ...]:
    """Tie the notes of a flowing document, which has no pages, to the paragraphs of their marks."""
    places: dict[str, list[str]] = {}
    for mark, words in reading.marks:
        holders = (p.id for p in segmentation.paragraphs if words[:_ANCHOR_CHARS] in p.text)
        if (holder := next(holders, None)) is not None:
            places.setdefault(mark, []).append(holder)
    # Marks that begin anew in each section, or stars, belong to their notes in order.
    left = {mark: iter(holders) for mark, holders in places.items()}
    return tuple(
        dataclasses.replace(
            note,
            page=note.page or None,
            paragraph_id=note.paragraph_id or next(left.get(note.mark, iter(())), None),
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
    if all(paragraph.kind is ParagraphKind.HEADING for paragraph in segmentation.paragraphs):
        cause = "nothing but a title, headings or furniture of pages in it"
        raise NoTextError(printable_path(path), cause, "look at the file")
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
        source=printable_path(path),
        sha256=hashlib.sha256(data).hexdigest(),
        paragraphs=segmentation.paragraphs,
        footnotes=segmentation.footnotes,
        quality=segmentation.quality,
        warnings=(*warnings, *metadata.warnings, *segmentation.warnings),
        status=metadata.status,
        superseded_by=metadata.superseded_by,
        vote=metadata.vote,
        url=document_url(symbol, metadata.language) if symbol and published else None,
        file_format=format_.value,
        page_count=page_count,
        mandate_holder=metadata.mandate_holder,
        job_number=metadata.job_number or segmentation.job_number,
        relations=metadata.relations,
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
                "verb": paragraph.verb,
                "addressees": list(paragraph.addressees),
                "states": list(paragraph.states),
                "boxes": [dataclasses.asdict(box) for box in paragraph.boxes],
                "ocr": paragraph.ocr,
            }
            for paragraph in document.paragraphs
        ],
        "footnotes": [dataclasses.asdict(note) for note in document.footnotes],
        "quality": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in dataclasses.asdict(document.quality).items()
        },
        "warnings": list(document.warnings),
        "status": document.status.value if document.status else None,
        "superseded_by": document.superseded_by,
        "vote": list(document.vote) if document.vote else None,
        "url": document.url,
        "year": document.year,
        "document_id": document.id,
        "page_count": document.page_count,
        "mandate_holder": document.mandate_holder,
        "job_number": document.job_number,
        "relations": [
            {"kind": relation.kind.value, "symbol": relation.symbol}
            for relation in document.relations
        ],
        "restricted": document.restricted,
    }
