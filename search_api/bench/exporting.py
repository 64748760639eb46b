"""Passages of a snapshot as files; see `workbench.export` and `workbench.citing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus.citations import format_place, parse_citation
from corpus.errors import SymbolError, UnknownNameError
from corpus.types import DocumentKind, ParagraphKind
from indexer.snapshot import Snapshot
from search_api import listing, present
from search_api.files import File, file_name, today
from search_api.schemas import DocumentSummary, Exported, ExportRequest, Passage
from workbench.citing import FORMS, Source, notes
from workbench.citing.adoption import adopted_on
from workbench.export import Entry
from workbench.export.bibliography import as_bibtex, as_ris
from workbench.export.quotations import as_docx
from workbench.export.spreadsheet import as_csv

__all__ = ["entries_of", "export", "ids_named", "passages_held", "passages_named"]

_ENDINGS = {"bibtex": "bib", "un": "txt", "oscola": "txt", "chicago": "txt"}
_SHOWN = 20
"""Missing names that an error repeats."""


def export(snapshot: Snapshot, request: ExportRequest, on: date | None = None) -> File:
    """Put passages into a file.

    Args:
        snapshot: that holds them.
        request: what is asked for.
        on: day that the file bears; today if not given.

    Raises:
        UnknownNameError: the index has none of the passages.
    """
    passages, missing = passages_held(snapshot, request.passage_ids)
    if not passages:
        named = ", ".join(missing[:_SHOWN]) + (", …" if len(missing) > _SHOWN else "")
        raise UnknownNameError(
            named, "no such passage is in this index", "take ids from search answers"
        )
    ending = _ENDINGS.get(request.format, request.format)
    name = f"{file_name(request.title)}.{ending}"
    if request.format == "json":
        held = Exported(title=request.title, passages=tuple(passages), missing=tuple(missing))
        return File(name, held.model_dump_json(indent=1).encode(), tuple(missing))
    entries = entries_of(snapshot, passages)
    return File(name, _content(entries, request, on or today()), tuple(missing))


def _content(entries: Sequence[Entry], request: ExportRequest, on: date) -> bytes:
    if request.format in FORMS:
        return _footnotes(entries, request).encode("utf-8", "replace")
    if request.format == "docx":
        return as_docx(
            entries, title=request.title, form=request.citation_form, on=on, ibid=request.ibid
        )
    writers: Mapping[str, Callable[[Sequence[Entry]], str | bytes]] = {
        "bibtex": as_bibtex,
        "ris": as_ris,
        "csv": as_csv,
    }
    written = writers[request.format](entries)
    return written if isinstance(written, bytes) else written.encode()


def _footnotes(entries: Sequence[Entry], request: ExportRequest) -> str:
    """Write a line for each passage, numbered where there are several, as OSCOLA's (n 1) needs."""
    cited = [(entry.source, entry.place) for entry in entries]
    lines = []
    written = notes(cited, request.format, ibid=request.ibid)
    for number, (entry, note) in enumerate(zip(entries, written, strict=True), 1):
        numbered = f"{number}. " if len(entries) > 1 else ""
        caveat = f" [{entry.caveat}]" if entry.caveat else ""
        lines.append(f"{numbered}{' '.join(note.split())}{caveat}\n")
    return "".join(lines)


def entries_of(snapshot: Snapshot, passages: Iterable[Passage]) -> list[Entry]:
    """Return passages with what their citations need of their documents, in the order given."""
    held = list(passages)
    rows = snapshot.documents(list(dict.fromkeys(each.document_id for each in held)))
    sources = {row["document_id"]: _source(snapshot, listing.summary(row)) for row in rows}
    return [_entry(each, sources[each.document_id]) for each in held]


def _source(snapshot: Snapshot, document: DocumentSummary) -> Source:
    source = Source(
        symbol=document.symbol,
        title=document.title,
        kind=document.kind,
        body=document.body,
        mandate=document.mandate,
        holder=document.mandate_holder,
        date=document.date,
        year=document.year,
        language=document.language,
        url=document.url,
        file=document.source,
    )
    if document.kind not in {DocumentKind.RESOLUTION, DocumentKind.DECISION}:
        return source
    rows = snapshot.passages(snapshot.document_rows(document.document_id))
    closings = [
        row["text"]
        for row in rows
        if row["number"] is None and row["paragraph_kind"] == ParagraphKind.BODY
    ]
    return replace(source, adopted=adopted_on(closings, document.date))


def _entry(passage: Passage, source: Source) -> Entry:
    standing = passage.standing
    tally = "–".join(map(str, standing.vote)) if standing.vote else ""
    return Entry(
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        source=source,
        place=format_place(passage.number, passage.paragraph_id, passage.pages),
        citation=passage.citation,
        number=passage.number,
        pages=passage.pages,
        section=passage.section,
        text=passage.text,
        standing=f"{standing.label} {tally}".strip(),
        counts=standing.counts,
        why=standing.why,
        doubt=standing.vote_in_doubt,
        restricted=passage.restricted,
    )


def ids_named(snapshot: Snapshot, reference: str) -> list[str]:
    """Return keys of the passages that a key or a citation names, in reading order.

    Where a document is held in several languages: English, else the first.

    Raises:
        SymbolError: it is neither a key that is held nor a citation.
        UnknownNameError: it is a citation of what is not held.
    """
    if reference.isascii() and snapshot.row_of(reference) is not None:
        return [reference]
    citation = parse_citation(reference)
    held = snapshot.document_ids_of(citation.symbol.text)
    if not held:
        raise UnknownNameError(citation.symbol.text, "is not in this index", "check its symbol")
    document_id = min(held, key=lambda each: (not each.endswith(":en"), each))
    rows = [row for n in citation.paragraphs for row in snapshot.rows_of_paragraph(document_id, n)]
    found = snapshot.passages(list(dict.fromkeys(rows)))
    # An annex repeats the numbers of the text: the plain label is what a citation means.
    exact = [row for row in found if row["paragraph_id"] in citation.paragraphs]
    if not found:
        raise UnknownNameError(
            f"{citation.symbol.text}, para. {', '.join(citation.paragraphs)}",
            "the document has no such paragraph",
            f"look at the document: {document_id}",
        )
    return [row["passage_id"] for row in exact or found]


def passages_held(
    snapshot: Snapshot, passage_ids: Iterable[str]
) -> tuple[list[Passage], list[str]]:
    """Return the passages of these keys, each once, and the keys that are not there."""
    rows: list[int] = []
    missing: list[str] = []
    for passage_id in dict.fromkeys(passage_ids):
        # Keys are ASCII; anything else might not even be text that can be asked for.
        row = snapshot.row_of(passage_id) if passage_id.isascii() else None
        if row is None:
            missing.append(passage_id)
        else:
            rows.append(row)
    return [present.passage(row) for row in snapshot.passages(rows)], missing


def passages_named(
    snapshot: Snapshot, references: Iterable[str]
) -> tuple[list[Passage], list[str]]:
    """Return the passages that keys and citations name, each once, and what is not there, why."""
    ids: list[str] = []
    missing: list[str] = []
    for reference in references:
        try:
            ids += ids_named(snapshot, reference.strip())
        except (SymbolError, UnknownNameError) as error:
            missing.append(str(error))
    return passages_held(snapshot, ids)[0], missing
