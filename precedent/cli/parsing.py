"""`precedent parse`: read one file and show what was understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.console import Command, as_json, json_option, printable, wrapped

if TYPE_CHECKING:
    from corpus.types import Document

__all__ = ["parse"]


@click.command(cls=Command, examples=["precedent parse report.pdf --json"])
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def parse(file: Path, as_json_: bool) -> None:
    """Read one file and print its numbered paragraphs.

    FILE is PDF, DOCX, HTML, TXT or JSON Lines, gzipped or not; nothing is indexed. The file is read
    in a process of its own, within limits on time and memory. With --json: one object; for JSON
    Lines, which hold many documents, one object a line. Unknown is null.
    """
    from corpus.parse import document_as_dict

    documents = _read(file)
    if not as_json_:
        for document in documents:
            _print_document(document)
        return
    held = next(documents, None)
    several = False
    while held is not None:
        following = next(documents, None)
        several = several or following is not None
        as_json(document_as_dict(held), indent=None if several else 1)
        held = following


def _read(file: Path) -> Iterator[Document]:
    """Yield the documents of a file, as they come for JSON Lines.

    Raises:
        InputError: there is no such file, or this user may not open it.
        ReadError: it, or a record of it, cannot be read.
    """
    from corpus.errors import InputError, ReadError
    from corpus.parse import parse_file
    from corpus.sandbox.pool import ParsingPool
    from corpus.sandbox.records import RecordReader
    from corpus.sniff import HEAD_BYTES, Format, sniff
    from corpus.types import Document

    try:
        if not file.is_file():
            cause = "is a folder" if file.is_dir() else "no such file"
            raise InputError(str(file), cause, "name one file; `precedent index` takes folders")
        with file.open("rb") as stream:
            form = sniff(stream.read(HEAD_BYTES), file.name)
    except PermissionError as error:
        cause = f"cannot be opened: {error.strerror}"
        raise InputError(str(file), cause, "check its permissions and its folder's") from error
    if form not in {Format.JSONL, Format.JSONL_GZ}:
        with ParsingPool(parse_file, workers=1) as pool:
            yield from pool.run_one(file)
        return
    with RecordReader() as reader:
        for found in reader.read(file):
            if isinstance(found, ReadError):
                raise found
            if isinstance(found, Document):
                yield found


def _print_document(document: Document) -> None:
    click.secho(printable(document.symbol or document.id), bold=True)
    facts = {
        "title": document.title,
        "kind": document.kind,
        "body": document.body,
        "mandate": document.mandate,
        "country": ", ".join(document.country),
        "session": document.session,
        "agenda item": document.agenda_item,
        "date": document.date,
        "language": document.language,
        "status": document.status,
    }
    for name, fact in facts.items():
        if fact:
            click.echo(printable(f"  {name}: {fact}"))
    quality = document.quality
    gaps = f", missing {', '.join(map(str, quality.gaps))}" if quality.gaps else ""
    click.echo(f"  paragraphs: {len(document.paragraphs)}, numbered {quality.chain}{gaps}")
    for warning in document.warnings:
        click.echo(printable(f"  warning: {warning}"), err=True)
    for paragraph in document.paragraphs:
        click.echo()
        pages = ",".join(map(str, paragraph.pages))
        place = f"  [{paragraph.kind}{f', p. {pages}' if pages else ''}]"
        click.echo(printable(f"{paragraph.id}{place}"))
        click.echo(wrapped(printable(paragraph.text), "     "))
