"""One run of the indexer: find, read, embed, publish, and the report of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import IndexUnusableError, ReadError
from corpus.sandbox.beside import RowsApart
from corpus.sidecars.apply import unmatched_rows
from corpus.sources import find_sources, printable_path
from corpus.types import Document, Source
from indexer.catalogue import Catalogue
from indexer.centring.measuring import add_parallel
from indexer.choices import unread_languages, vector_index_of
from indexer.embeddings import (
    add_vectors,
    count_unembedded,
    settle_vectors,
    unembedded,
    unsettle_vectors,
)
from indexer.encoder import Encoder
from indexer.manifest import Manifest, current_dir, published_generation
from indexer.publish import publish, tidy
from indexer.reading import Reading
from indexer.report import BuildReport, Failure, Outcome, Progress, failure_of
from indexer.snapshot import Snapshot
from indexer.sound import require_nothing_lost

if TYPE_CHECKING:
    from indexer.restricted.mixed import Mixed

__all__ = ["Run", "Settle", "Tell"]

EMBEDDING_BLOCK = 256
"""Passages embedded between two commits: a few seconds of work, which is what a kill can cost."""

Settle = Callable[[Outcome], None]
Tell = Callable[[Progress], None]


class Run:
    """One run of the indexer: its report and its progress."""

    def __init__(
        self,
        index_dir: Path,
        progress: Tell | None,
        *,
        whole: bool = False,
        settle: Settle | None = None,
    ) -> None:
        """Begin a run.

        Args:
            index_dir: folder of the index.
            progress: told how far each stage has come.
            whole: publish everything anew, whatever is in service and whether or not it changed.
            settle: told what became of each file, once that is known.
        """
        self._settle = settle
        self.index_dir = index_dir
        self._whole = whole
        self.report = BuildReport()
        self._tell = progress or (lambda _progress: None)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        start = time.perf_counter()
        yield
        self.report.seconds[name] = round(time.perf_counter() - start, 3)

    def found(self, paths: Iterable[Path]) -> Iterator[Source]:
        """Yield the sources under `paths`; what cannot be opened goes into the report."""
        folders: set[Path] = set()
        with RowsApart() as rows:
            for number, source in enumerate(find_sources(paths, self._ignore, rows), 1):
                self._tell(Progress("find", number, None, "file"))
                if isinstance(source, ReadError):
                    failure = failure_of(source.subject, source)
                    self.report.failed.append(failure)
                    if self._settle is not None:
                        self._settle(Outcome(failure.origin, "failed", failure=failure))
                else:
                    folders.add(source.path.parent)
                    yield source
            for folder in sorted(folders):
                self.report.remarks += unmatched_rows(folder, rows)

    def _ignore(self, path: Path, kind: str, why: str) -> None:
        self.report.ignored.append(Failure(printable_path(path), why, kind, cause=why))

    def read(
        self,
        catalogue: Catalogue,
        sources: Sequence[Source],
        encoder: Encoder,
        workers: int,
        mixed: Mixed | None = None,
    ) -> None:
        """Read every new or changed source into the catalogue."""
        self.reading(catalogue, encoder, mixed=mixed).read(sources, workers)

    def reading(
        self,
        catalogue: Catalogue,
        encoder: Encoder,
        *,
        restricted: str | None = None,
        mixed: Mixed | None = None,
    ) -> Reading:
        """Return what reads into a catalogue and counts it in this run's report."""
        return Reading(
            catalogue, encoder, self.report, self._tell, self._settle,
            restricted=restricted, mixed=mixed,
        )  # fmt: skip

    def write(self, catalogue: Catalogue, documents: Iterable[Document], encoder: Encoder) -> None:
        """Write documents that were read elsewhere."""
        Reading(catalogue, encoder, self.report, self._tell).write(documents)

    # Embedding and publishing ------------------------------------------------------------------

    def finish(self, catalogue: Catalogue, encoder: Encoder) -> None:
        """Embed what is new, and publish; nothing of it where what is in service would be lost."""
        require_nothing_lost(catalogue, self.index_dir)
        with self.stage("embed"):
            self.embed(catalogue, encoder)
        with self.stage("publish"):
            self.publish(catalogue, encoder)

    def embed(self, catalogue: Catalogue, encoder: Encoder) -> None:
        """Embed every passage that has no vector yet."""
        digest = encoder.key.split(" ")[1]
        if self._whole:
            unsettle_vectors(catalogue)
        total = count_unembedded(catalogue, digest)
        self._tell(Progress("embed", 0, total, "passage"))
        for block in unembedded(catalogue, digest, EMBEDDING_BLOCK):
            vectors = encoder.encode_passages([text for _, text in block])
            add_vectors(catalogue, [key for key, _ in block], vectors, digest)
            self.report.embedded += len(block)
            self._tell(Progress("embed", self.report.embedded, total, "passage"))

    def publish(self, catalogue: Catalogue, encoder: Encoder) -> None:
        """Publish where the snapshot in service is not what it would be if made now."""
        published = None if self._whole else self._published(catalogue)
        if published is None and catalogue.change:
            settle_vectors(catalogue, encoder.identity.digest)
            add_parallel(catalogue, encoder)
            published = publish(
                catalogue,
                self.index_dir,
                encoder.identity,
                lambda done, total: self._tell(Progress("publish", done, total, "part")),
                whole=self._whole,
            )
            if unread := unread_languages(catalogue, encoder.identity.model):
                self.report.remarks.append(unread)
        tidy(self.index_dir)
        self.report.generation = published_generation(self.index_dir)
        if published is not None:
            self.report.documents = published.documents
            self.report.paragraphs = published.paragraphs
            self.report.passages = published.passages

    def _published(self, catalogue: Catalogue) -> Manifest | None:
        """Return the manifest of the snapshot in service where it is whole and up to date."""
        try:
            manifest = Manifest.read(current_dir(self.index_dir))
            if (manifest.catalogue, manifest.change) != (catalogue.identity, catalogue.change):
                return None
            snapshot = Snapshot.open(self.index_dir)
        except IndexUnusableError:
            return None
        snapshot.close()
        return manifest if snapshot.vectors.kind == vector_index_of(catalogue) else None
