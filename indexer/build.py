"""The main job of the indexer: files in, a published snapshot out, nothing lost on the way.

Reading commits one document at a time and embedding one block of passages at a time, so that a run
that is interrupted anywhere is finished by the next one. Publication comes last and is atomic.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.errors import IndexUnusableError, InputError, ReadError, UnknownNameError
from corpus.parse import iter_documents, parse_file
from corpus.sniff import Format, sniff
from corpus.sources import find_sources
from corpus.types import Document, Source
from corpus.worker import ParsingPool
from indexer.catalogue import Catalogue
from indexer.encoder import Encoder, LazyEncoder
from indexer.guard import check_model, only_writer
from indexer.home import models_dir as default_models_dir
from indexer.manifest import Manifest, current_dir, published_generation
from indexer.models import DEFAULT_MODEL, require
from indexer.passages import CHUNKING_VERSION
from indexer.publish import publish
from indexer.report import BuildReport, Failure, Progress
from indexer.snapshot import Snapshot

__all__ = [
    "BuildReport",
    "Failure",
    "Progress",
    "build_from_documents",
    "build_index",
    "remove_documents",
]

READER_VERSION = 1
"""Raised when the same file would be read otherwise; unchanged files are then read again."""

EMBEDDING_BLOCK = 256
"""Passages embedded between two commits: a few seconds of work, which is what a kill can cost."""

_READING = f"{READER_VERSION}.{CHUNKING_VERSION}"


Tell = Callable[[Progress], None]


def build_index(
    paths: Iterable[Path],
    index_dir: Path,
    *,
    model: str = DEFAULT_MODEL,
    models_dir: Path | None = None,
    encoder: Encoder | None = None,
    progress: Tell | None = None,
    workers: int = 2,
) -> BuildReport:
    """Index files and folders, and publish the result.

    What is unchanged costs nothing; what changed is updated; what cannot be read is reported and
    loses nothing else. Running it again after an interruption finishes the work.

    Args:
        paths: files and folders, folders recursively.
        index_dir: folder of the index, made where missing.
        model: embedding model, by name in the registry.
        models_dir: where models are installed.
        encoder: used instead of the model, in tests.
        progress: told how far each stage has come.
        workers: parsing processes.

    Raises:
        IndexBusyError: another process is writing there.
        IndexMismatchError: the index was made with another model.
        ModelError: the model is not installed.
    """
    run = _Run(index_dir, progress)
    chosen = encoder or _installed(model, models_dir)
    with _writing(index_dir, chosen) as catalogue:
        with run.stage("find"):
            sources = list(run.found(paths))
        with run.stage("read"):
            run.read(catalogue, sources, chosen, workers)
        run.finish(catalogue, chosen)
    return run.report


def build_from_documents(
    documents: Iterable[Document],
    index_dir: Path,
    *,
    model: str = DEFAULT_MODEL,
    models_dir: Path | None = None,
    encoder: Encoder | None = None,
    progress: Tell | None = None,
) -> BuildReport:
    """Index documents that were read elsewhere, such as the corpus of an evaluation set.

    A document held with the same digest is passed over. Errors as for `build_index`.
    """
    run = _Run(index_dir, progress)
    chosen = encoder or _installed(model, models_dir)
    with _writing(index_dir, chosen) as catalogue:
        with run.stage("read"):
            run.write(catalogue, documents, chosen)
        run.finish(catalogue, chosen)
    return run.report


def remove_documents(
    symbols: Sequence[str],
    index_dir: Path,
    *,
    models_dir: Path | None = None,
    encoder: Encoder | None = None,
) -> BuildReport:
    """Remove documents by symbol (every language) or by document id, and publish.

    Raises:
        UnknownNameError: there is no such document; nothing is removed then.
    """
    run = _Run(index_dir, None)
    made_with = Manifest.read(current_dir(index_dir)).encoder.model
    chosen = encoder or _installed(made_with, models_dir)
    with _writing(index_dir, chosen) as catalogue:
        known = catalogue.symbols()
        for symbol in symbols:
            if symbol not in known:
                raise UnknownNameError(
                    symbol,
                    f"is not in {index_dir}",
                    "look at `precedent show SYMBOL`, or at the documents of the API",
                )
        for symbol in symbols:
            run.report.removed += len(catalogue.remove(symbol))
        run.finish(catalogue, chosen)
    return run.report


def _installed(model: str, models_dir: Path | None) -> Encoder:
    return LazyEncoder(require(model, models_dir or default_models_dir()))


@contextmanager
def _writing(index_dir: Path, encoder: Encoder) -> Iterator[Catalogue]:
    """Open the catalogue as its only writer, for the model it was made with."""
    with only_writer(index_dir), Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        check_model(catalogue, encoder, index_dir)
        yield catalogue


class _Run:
    """One run of the indexer: its report and its progress."""

    def __init__(self, index_dir: Path, progress: Tell | None) -> None:
        self.index_dir = index_dir
        self.report = BuildReport()
        self._tell = progress or (lambda _progress: None)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.report.seconds[name] = round(time.perf_counter() - start, 3)

    def fail(self, source: str, error: ReadError | InputError) -> None:
        reason = error.cause if not error.remedy else f"{error.cause}; {error.remedy}"
        self.report.failed.append(Failure(source, reason))

    def found(self, paths: Iterable[Path]) -> Iterator[Source]:
        for number, source in enumerate(find_sources(paths), 1):
            self._tell(Progress("find", number, None, "file"))
            if isinstance(source, ReadError):
                self.fail(source.subject, source)
            else:
                yield source

    # Reading -----------------------------------------------------------------------------------

    def read(
        self, catalogue: Catalogue, sources: Sequence[Source], encoder: Encoder, workers: int
    ) -> None:
        """Read every new or changed source into the catalogue."""
        unread = [
            source
            for source in sources
            if not catalogue.is_read(str(source.path), source.sha256, _READING)
        ]
        self.report.unchanged += len(sources) - len(unread)
        by_path = {source.path: source for source in unread}
        records = [path for path in by_path if _is_records(path)]
        files = [path for path in by_path if path not in set(records)]
        done = 0
        self._tell(Progress("read", done, len(unread), "file"))
        # Starting workers takes a second, which a run without new files need not spend.
        with ParsingPool(parse_file, workers=min(workers, len(files) or 1)) as pool:
            for path, outcome in pool.run(files) if files else ():
                if isinstance(outcome, ReadError):
                    self.fail(str(path), outcome)
                else:
                    self._keep(catalogue, by_path[path], iter(outcome), encoder)
                done += 1
                self._tell(Progress("read", done, len(unread), "file"))
        for path in records:
            self._keep(catalogue, by_path[path], iter_documents(path), encoder)
            done += 1
            self._tell(Progress("read", done, len(unread), "file"))

    def _keep(
        self,
        catalogue: Catalogue,
        source: Source,
        documents: Iterator[Document | ReadError],
        encoder: Encoder,
    ) -> None:
        origin = str(source.path)
        kept: list[str] = []
        whole = True
        for number, found in enumerate(documents, 1):
            if isinstance(found, ReadError):
                self.fail(found.subject, found)
                whole = False
                continue
            document = self._distinct(catalogue, found, origin, kept)
            if document is not None:
                kept.append(document.id)
                self._write(catalogue, document, origin, encoder)
            if number % 20 == 0:
                self._tell(Progress("records", number, None, "document"))
        if whole:
            gone = catalogue.finish_source(origin, source.sha256, _READING, kept)
            self.report.removed += len(gone)

    def write(self, catalogue: Catalogue, documents: Iterable[Document], encoder: Encoder) -> None:
        """Write documents that were read elsewhere."""
        for number, document in enumerate(documents, 1):
            self._write(catalogue, document, document.source, encoder)
            if number % 100 == 0:
                self._tell(Progress("records", number, None, "document"))

    def _write(
        self, catalogue: Catalogue, document: Document, origin: str, encoder: Encoder
    ) -> None:
        if catalogue.holds(document.id, document.sha256, _READING):
            self.report.unchanged += 1
            return
        held = catalogue.digest(document.id)
        catalogue.write(
            document,
            origin=origin,
            reading=_READING,
            max_tokens=encoder.identity.max_tokens,
            count_tokens=encoder.count_tokens,
        )
        if held is None:
            self.report.added += 1
        else:
            self.report.updated += 1

    def _distinct(
        self, catalogue: Catalogue, document: Document, origin: str, kept: Sequence[str]
    ) -> Document | None:
        """Give a document its own id where another source, or record, holds it already.

        The same bytes are a duplicate and passed over (None). Another text under the same symbol
        and language keeps both: the later one is marked with the start of its digest.
        """
        key, colon, language = document.id.partition(":")
        marked = f"{key}~{document.sha256[:6]}{colon}{language}"
        warning = f"another text under this symbol is indexed as {document.id}"
        other = replace(document, id=marked, warnings=(*document.warnings, warning))
        for candidate in (document, other):
            holder = catalogue.origin(candidate.id)
            if candidate.id not in kept and holder in (None, origin):
                return candidate
            if catalogue.digest(candidate.id) == document.sha256:
                break
        self.report.duplicates += 1
        return None

    # Embedding and publishing ------------------------------------------------------------------

    def finish(self, catalogue: Catalogue, encoder: Encoder) -> None:
        """Embed what is new, and publish."""
        with self.stage("embed"):
            self.embed(catalogue, encoder)
        with self.stage("publish"):
            self.publish(catalogue, encoder)

    def embed(self, catalogue: Catalogue, encoder: Encoder) -> None:
        """Embed every passage that has no vector yet."""
        digest = encoder.key.split(" ")[1]
        waiting = catalogue.unembedded(digest)
        total = len(waiting)
        self._tell(Progress("embed", 0, total, "passage"))
        for start in range(0, total, EMBEDDING_BLOCK):
            block = waiting[start : start + EMBEDDING_BLOCK]
            vectors = encoder.encode_passages([text for _, text in block])
            catalogue.add_vectors([key for key, _ in block], vectors, digest)
            self.report.embedded += len(block)
            self._tell(Progress("embed", self.report.embedded, total, "passage"))

    def publish(self, catalogue: Catalogue, encoder: Encoder) -> None:
        """Publish where the catalogue has changed since the snapshot in service was made."""
        if not self._is_current(catalogue):
            catalogue.forget_unused_vectors(encoder.identity.digest)
            publish(
                catalogue,
                self.index_dir,
                encoder.identity,
                lambda done, total: self._tell(Progress("publish", done, total, "part")),
            )
        self.report.generation = published_generation(self.index_dir)
        self.report.documents = catalogue.count("documents")
        self.report.paragraphs = catalogue.count("paragraphs")
        self.report.passages = catalogue.count("passages")

    def _is_current(self, catalogue: Catalogue) -> bool:
        if not catalogue.change:
            return True
        try:
            snapshot = Snapshot.open(self.index_dir)
        except IndexUnusableError:
            return False
        snapshot.close()
        return snapshot.manifest.change == catalogue.change


def _is_records(path: Path) -> bool:
    """Tell JSON Lines, which are streamed here, from files that a worker process reads."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    try:
        return sniff(head, path.name) in (Format.JSONL, Format.JSONL_GZ)
    except ReadError:
        return False
