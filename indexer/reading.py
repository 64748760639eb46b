"""Reading into the catalogue: which sources need it, and what becomes of each document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ReadError, RestrictedRecordError
from corpus.parse import parse_file
from corpus.readers.jsonl.known import Known, KnownRecord
from corpus.restricted import id_in
from corpus.sandbox.pool import ParsingPool
from corpus.sandbox.records import RecordReader
from corpus.sniff import HEAD_BYTES, Format, sniff
from corpus.sources import printable_path
from corpus.types import Document, Source
from indexer.catalogue import Catalogue
from indexer.encoder import Encoder
from indexer.noted import forget_copies, note_copy, note_failures
from indexer.outcomes import outcome_of
from indexer.passages import CHUNKING_VERSION
from indexer.refusals import of_another_collection, of_another_file
from indexer.report import BuildReport, Failure, Outcome, Progress, failure_of

if TYPE_CHECKING:
    from indexer.restricted.mixed import Mixed

__all__ = ["ANOTHER_TEXT", "READER_VERSION", "Reading", "reading_of"]

READER_VERSION = 2
"""Raised when the same file would be read otherwise; unchanged files are then read again."""

ANOTHER_TEXT = "another text under this symbol is indexed as "
"""Begins the warning that names the id of another document."""

_READING = f"{READER_VERSION}.{CHUNKING_VERSION}"


class Reading:
    """Writes what sources hold into the catalogue and counts it in the report."""

    def __init__(
        self,
        catalogue: Catalogue,
        encoder: Encoder,
        report: BuildReport,
        tell: Callable[[Progress], None],
        settle: Callable[[Outcome], None] | None = None,
        *,
        restricted: str | None = None,
        mixed: Mixed | None = None,
    ) -> None:
        """Begin to read.

        Args:
            catalogue: to write to.
            encoder: whose tokens decide where a long paragraph is parted.
            report: counts what was done.
            tell: told how far reading has come.
            settle: told what became of each file.
            restricted: the restricted collection whose catalogue it is.
            mixed: takes records of files that belong to one; without it they are refused.
        """
        self._restricted = restricted
        self._mixed = mixed
        self._untold: set[str] = set()
        self._settle = settle
        self._catalogue = catalogue
        self._encoder = encoder
        self._report = report
        self._tell = tell

    def read(self, sources: Sequence[Source], workers: int) -> None:
        """Read every new or changed source, and record what failed."""
        unread = [
            source
            for source in sources
            if not self._catalogue.is_read(
                printable_path(source.path), source.sha256, reading_of(source)
            )
        ]
        self._report.unchanged += len(sources) - len(unread)
        by_path = {source.path: source for source in unread}
        for source in sources:
            if source.path not in by_path:
                self._settled(source.path, unchanged=True)
        records = [path for path in by_path if _is_records(path)]
        files = [path for path in by_path if path not in set(records)]
        done = 0
        self._tell(Progress("read", done, len(unread), "file"))

        def begun(paths: Sequence[Path]) -> Iterator[Path]:
            for path in paths:
                self._tell(Progress("read", done, len(unread), "file", printable_path(path)))
                yield path

        # Starting workers takes a second, which a run without new files need not spend.
        with ParsingPool(parse_file, workers=min(workers, len(files) or 1)) as pool:
            for path, outcome in pool.run(begun(files)) if files else ():
                if isinstance(outcome, ReadError):
                    name, digest = printable_path(path), by_path[path].sha256
                    self._report.failed.append(failure_of(name, outcome, sha256=digest))
                else:
                    self._keep(by_path[path], iter(outcome[:1]), set(), is_records=False)
                done += 1
                self._settled(path)
                self._tell(Progress("read", done, len(unread), "file"))
        with RecordReader() as reader:
            for path in begun(records):
                self._keep_records(reader, by_path[path])
                done += 1
                self._settled(path)
                self._tell(Progress("read", done, len(unread), "file"))
        tried = {printable_path(source.path) for source in sources}
        tried |= {failure.origin for failure in self._report.failed}
        note_failures(self._catalogue, tried, self._noted())

    def _noted(self) -> list[Failure]:
        """Return the failures that readers of the catalogue are told."""
        return [each for each in self._report.failed if each.source not in self._untold]

    def _settled(self, path: Path, *, unchanged: bool = False) -> None:
        """Tell what became of a file, to whom asked for it."""
        if self._settle is not None:
            name = printable_path(path)
            failures = (each for each in self._report.failed if each.origin == name)
            self._settle(
                outcome_of(self._catalogue, name, next(failures, None), unchanged=unchanged)
            )

    def _keep_records(self, reader: RecordReader, source: Source) -> None:
        """Keep the records of a JSON Lines file; those that are held as they are are not read."""
        held = self._catalogue.records(printable_path(source.path), reading_of(source))
        kept: set[str] = set()
        overtaken: set[int] = set()

        def read(known: Known) -> Iterator[Document | ReadError]:
            for found in reader.read(source.path, known):
                if not isinstance(found, KnownRecord):
                    yield found
                elif (document_id := held.pop(found.sha256, None)) is None or document_id in kept:
                    overtaken.add(found.line)  # an earlier record has come to be what it was
                else:
                    kept.add(document_id)
                    self._report.unchanged += 1

        def in_turn() -> Generator[Document | ReadError]:
            yield from read(Known(frozenset(held)))
            if overtaken:
                yield from read(Known(lines=frozenset(overtaken)))

        with closing(in_turn()) as documents:
            self._keep(source, documents, kept, is_records=True)

    def _keep(
        self,
        source: Source,
        documents: Iterator[Document | ReadError],
        kept: set[str],
        *,
        is_records: bool,
    ) -> None:
        """Write the documents of a source; ids of those that it holds are put into `kept`."""
        origin = printable_path(source.path)
        forget_copies(self._catalogue, origin)
        if self._mixed is not None:
            self._mixed.begin()
        whole, failed = True, len(self._report.failed)
        for number, found in enumerate(documents, 1):
            found = of_another_file(source, found, is_record=is_records) or found
            if isinstance(found, ReadError):
                self._fail(source, found)
                whole = False
            elif (own := self._elsewhere(found, source)) is not None and self._mixed is not None:
                self._mixed.keep(found, source, own)
            elif found.restricted not in (None, self._restricted):
                self._fail(source, of_another_collection(origin))
                whole = False
            else:
                self.keep_one(found, source, kept)
            if number % 20 == 0:
                self._tell(Progress("records", number, None, "document"))
        if self._mixed is not None and self._mixed.touched:
            self._untold |= {each.source for each in self._report.failed[failed:]}
        if whole:
            if self._mixed is not None:
                self._mixed.finish(source)
            gone = self._catalogue.finish_source(origin, source.sha256, reading_of(source), kept)
            self._report.removed += len(gone)

    def _elsewhere(self, document: Document, source: Source) -> str | None:
        return None if self._mixed is None else self._mixed.collection_of(document, source)

    def _fail(self, source: Source, error: ReadError) -> None:
        origin = printable_path(source.path)
        self._report.failed.append(failure_of(error.subject, error, origin, source.sha256))
        if self._restricted is None and isinstance(error, RestrictedRecordError):
            self._untold.add(error.subject)

    def keep_one(self, document: Document, source: Source, kept: set[str]) -> None:
        """Write a document, with the id it has in this catalogue, which is put into `kept`."""
        origin = printable_path(source.path)
        if self._restricted is not None:
            own_id = id_in(document.id, self._restricted)
            document = replace(document, id=own_id, restricted=self._restricted)
        distinct = self._distinct(document, origin, kept)
        if distinct is not None:
            kept.add(distinct.id)
            self._write(distinct, origin, reading_of(source))

    def write(self, documents: Iterable[Document]) -> None:
        """Write documents that were read elsewhere."""
        for number, document in enumerate(documents, 1):
            self._write(document, document.source, _READING)
            if number % 100 == 0:
                self._tell(Progress("records", number, None, "document"))

    def _write(self, document: Document, origin: str, reading: str) -> None:
        if self._catalogue.holds(document.id, document.sha256, reading, origin):
            self._report.unchanged += 1
            return
        held = self._catalogue.digest(document.id)
        self._catalogue.write(
            document,
            origin=origin,
            reading=reading,
            max_tokens=self._encoder.identity.max_tokens,
            count_tokens=self._encoder.count_tokens,
        )
        if held is None:
            self._report.added += 1
        else:
            self._report.updated += 1

    def _distinct(self, document: Document, origin: str, kept: Collection[str]) -> Document | None:
        """Give a document its own id where another source, or record, holds it already.

        The same bytes are a duplicate and passed over (None), unless they were read by earlier
        readers or from a file that has gone since: then this file takes the document over. Another
        text under the same symbol and language keeps both: the later one is marked with the start
        of its digest.
        """
        key, colon, language = document.id.partition(":")
        marked = f"{key}~{document.sha256[:6]}{colon}{language}"
        warning = f"{ANOTHER_TEXT}{document.id}"
        other = replace(document, id=marked, warnings=(*document.warnings, warning))
        for candidate in (document, other):
            holder = self._catalogue.origin(candidate.id)
            if candidate.id not in kept and holder in (None, origin):
                return candidate
            if self._catalogue.digest(candidate.id) == document.sha256:
                if candidate.id not in kept and self._is_stale(candidate.id, holder):
                    return candidate
                if holder != origin:
                    note_copy(self._catalogue, origin, candidate.id, document.sha256)
                break
        self._report.duplicates += 1
        cause = f"the same bytes are indexed from {holder}"
        self._report.ignored.append(
            Failure(origin, cause, "duplicate", cause=cause, sha256=document.sha256)
        )
        return None

    def _is_stale(self, document_id: str, holder: str | None) -> bool:
        """Tell whether what is held was read by other readers, or from a file that has gone."""
        version = (self._catalogue.read_as(document_id) or "").partition("+")[0]
        return version != _READING or (holder is not None and not Path(holder).exists())


def reading_of(source: Source) -> str:
    """Return what decides how a source is read: the readers, and what is said of it beside it."""
    return _READING if source.sidecar is None else f"{_READING}+{source.sidecar[:16]}"


def _is_records(path: Path) -> bool:
    """Tell JSON Lines, whose records come one by one, from files that are read whole."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        return sniff(head, path.name) in (Format.JSONL, Format.JSONL_GZ)
    except (OSError, ReadError):  # gone since it was found, or bad: its reader says so
        return False
