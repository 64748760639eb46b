"""The check of an index: each part of it, from the catalogue outwards."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from corpus.errors import IndexUnusableError, NoIndexError
from indexer.centring import Centring
from indexer.check.apart import check_apart
from indexer.check.catalogue import (
    check_catalogue,
    check_texts,
    check_vectors,
    is_of_this_version,
)
from indexer.check.derived import check_derived
from indexer.check.originals import check_originals
from indexer.check.report import REPAIR, RESTORE, Report
from indexer.check.serving import (
    SETTLED,
    Pending,
    check_counts,
    check_documents,
    check_links,
    check_rows,
    settle,
)
from indexer.check.vectors import check_model, check_published_vectors
from indexer.check.words import check_words
from indexer.databases import read_database
from indexer.forward import ForwardIndex
from indexer.lexical.postings import Postings
from indexer.manifest import Manifest, current_dir, verify_files
from indexer.parts import CENTRING, CONTEXT, FORWARD, LEXICAL, SERVING, VECTORS
from indexer.report import Progress
from indexer.scratch import scratch_in
from indexer.serving_file import reading
from indexer.unread import had_now
from indexer.vectors import VectorStore

__all__ = ["CATALOGUE", "check_index", "published_folders"]

CATALOGUE = "catalogue.sqlite"

_SAMPLE = 25
"""Documents that a quick check looks at, drawn anew each time."""

Tell = Callable[[Progress], None]


def published_folders(index_dir: Path) -> list[Path]:
    """Return the folders that the public catalogue is published in, each with its CURRENT."""
    return [index_dir]


def check_index(
    index_dir: Path,
    *,
    models_dir: Path | None = None,
    quick: bool = False,
    progress: Tell | None = None,
) -> Report:
    """Compare every part of an index with the catalogue, row by row; change nothing.

    Searching, indexing and publishing go on meanwhile: the catalogue is read as it is at one
    moment, and what it holds beyond what is in service counts as not published yet.

    Args:
        index_dir: folder of the index.
        models_dir: where the model has to be installed; None leaves the model out.
        quick: look at a sample of the documents, read no file for its digest and derive nothing
            anew.
        progress: told how far it has come.

    Raises:
        NoIndexError: there is no index.
        IndexBusyError: another program holds a catalogue and lets nobody read it.
        StorageError: the disk refuses to have one read.
    """
    started = time.perf_counter()
    report = Report(str(index_dir), quick)
    path = index_dir / CATALOGUE
    folders = published_folders(index_dir)
    if not path.exists():
        if not any((folder / "CURRENT").exists() for folder in folders):
            raise NoIndexError(str(index_dir), "holds no index", "run `precedent index PATH` first")
        report.add("catalogue", str(path), "is missing", RESTORE)
    else:
        try:
            with had_now(path), read_database(path) as connection:
                _Check(index_dir, report, quick, progress).run(connection, folders, models_dir)
        except sqlite3.DatabaseError as error:
            report.add("catalogue", str(path), f"cannot be read: {error}", RESTORE)
    check_apart(
        index_dir,
        report,
        lambda folder, held, published: _Check(folder, report, quick, progress).run(
            held, published, None
        ),
    )
    report.seconds = round(time.perf_counter() - started, 3)
    return report


@dataclass(slots=True)
class _Check:
    """One check of an index."""

    index_dir: Path
    report: Report
    quick: bool
    progress: Tell | None

    def tell(self, stage: str, done: int, total: int | None, unit: str) -> None:
        """Say how far a stage has come."""
        if self.progress is not None:
            self.progress(Progress(stage, done, total, unit))

    def run(
        self, connection: sqlite3.Connection, folders: Iterable[Path], models_dir: Path | None
    ) -> None:
        """Check the catalogue, then what is published of it in each folder."""
        report = self.report
        path = self.index_dir / CATALOGUE
        if not is_of_this_version(connection, path, report):
            return
        if not check_catalogue(connection, path, report):
            return
        for folder in folders:
            manifest = self._manifest(connection, folder)
            if manifest is None:
                continue
            model = manifest.encoder
            waiting = check_vectors(connection, report, model.digest, model.dim)
            if models_dir is not None:
                check_model(model, models_dir, report)
            self._published(connection, current_dir(folder), manifest, waiting)
        if not self.quick:
            check_texts(connection, report, "", lambda: None)
            check_originals(connection, self.index_dir, report)

    def _manifest(self, connection: sqlite3.Connection, folder: Path) -> Manifest | None:
        """Read the manifest of what is in service, and tell whether it is of this catalogue."""
        try:
            manifest = Manifest.read(current_dir(folder))
        except NoIndexError:
            (documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
            if documents:
                detail = f"{documents} documents are held and nothing is published"
                self.report.add("published", str(folder), detail, REPAIR)
            return None
        except IndexUnusableError as error:
            remedy = error.remedy if "newer" in error.remedy else REPAIR
            self.report.add("published", error.subject, error.cause, remedy)
            return None
        state = dict(connection.execute("SELECT key, value FROM state").fetchall())
        subject = str(current_dir(folder))
        if manifest.catalogue != state.get("identity"):
            self.report.add("published", subject, "was made from another catalogue", REPAIR)
            return None
        if manifest.change > int(state.get("change", 0)):
            detail = "was made from a later state of the catalogue, which was lost or replaced"
            self.report.add("published", subject, detail, REPAIR)
            return None
        made_with = state.get("model")
        if (
            made_with is not None
            and made_with != f"{manifest.encoder.model} {manifest.encoder.digest}"
        ):
            self.report.add("published", subject, f"was made with a model other than {made_with}")
            return None
        return manifest

    def _published(
        self, connection: sqlite3.Connection, folder: Path, manifest: Manifest, waiting: set[str]
    ) -> None:
        report = self.report
        damages = verify_files(folder, thorough=not self.quick)
        for damage in damages:
            report.add("file", str(damage.path), damage.cause, REPAIR)
        report.checked.files += len(manifest.files)
        if not manifest.files:
            report.remarks.append("the snapshot has no digests of its files: an earlier version")
        if damages:  # what is mapped and too short would end this process
            return
        if not (folder / SERVING).is_file():  # of a snapshot without digests
            report.add("file", str(folder / SERVING), "is missing", REPAIR)
            return
        attached = f"file:{quote(str((folder / SERVING).absolute()))}?mode=ro&immutable=1"
        connection.execute("ATTACH DATABASE ? AS serving", (attached,))
        connection.execute("BEGIN")
        try:
            self._database(connection, folder, manifest, waiting)
        except sqlite3.DatabaseError as error:
            report.add("file", str(folder / SERVING), f"cannot be read: {error}", REPAIR)
        except IndexUnusableError as error:
            report.add("file", error.subject, error.cause, REPAIR)
        finally:
            connection.execute("ROLLBACK")
            connection.execute("DROP TABLE IF EXISTS " + SETTLED)
            connection.execute("DETACH DATABASE serving")

    def _database(
        self, connection: sqlite3.Connection, folder: Path, manifest: Manifest, waiting: set[str]
    ) -> None:
        report = self.report
        before = len(report.disagreements)
        pending = settle(connection, manifest, waiting, report)
        sample = self._sample(connection) if self.quick else None
        check_counts(connection, manifest, report)
        check_documents(connection, report)
        check_rows(connection, manifest, report)
        check_links(connection, report)
        compared = report.checked.documents
        self.tell("documents", compared, compared, "document")
        if sample is not None:
            check_texts(connection, report, SETTLED, lambda: None)
        elif not _pending(pending) and len(report.disagreements) == before:
            self._derived(connection, report)
        self._parts(connection, folder, manifest, sample)

    def _parts(
        self,
        connection: sqlite3.Connection,
        folder: Path,
        manifest: Manifest,
        sample: list[str] | None,
    ) -> None:
        report = self.report
        store = VectorStore.open(folder / VECTORS)
        forward = ForwardIndex.open(folder / FORWARD)
        context = ForwardIndex.open(folder / CONTEXT)
        for name, held in (("vectors", store), ("terms", forward), ("headings", context)):
            if len(held) != manifest.rows:
                report.add("counts", name, f"{len(held)} rows, {manifest.rows} in the manifest")
        with closing(reading(folder / SERVING)) as serving:
            postings = Postings.open(folder / LEXICAL)
            check_words(
                serving, postings, forward, context, report, sample,
                lambda done, total: self.tell("words", done, total, "passage"),
            )  # fmt: skip
        compared = 0

        def count(more: int) -> None:
            nonlocal compared
            compared += more
            self.tell("vectors", compared, manifest.passages, "vector")

        check_published_vectors(
            connection,
            store,
            Centring.open(folder / CENTRING),
            manifest.encoder,
            report,
            "" if sample is None else SETTLED,
            count,
        )

    def _sample(self, connection: sqlite3.Connection) -> list[str]:
        """Draw documents, and leave them alone among the settled ones."""
        held = [row[0] for row in connection.execute(f"SELECT document_id FROM {SETTLED}")]
        drawn = sorted(random.sample(held, min(_SAMPLE, len(held))))
        connection.execute(f"DELETE FROM {SETTLED}")
        connection.executemany(f"INSERT INTO {SETTLED} VALUES (?)", ((each,) for each in drawn))
        return drawn

    def _derived(self, connection: sqlite3.Connection, report: Report) -> None:
        """Derive links and standing anew beside the index, where there is room to do so."""
        with ExitStack() as stack:
            try:
                scratch = stack.enter_context(scratch_in(self.index_dir, "check"))
            except OSError as error:
                report.remarks.append(f"links were not derived anew: {error.strerror}")
                return
            check_derived(connection, self.index_dir / CATALOGUE, scratch, report)


def _pending(pending: Pending) -> bool:
    return bool(pending.written or pending.removed)
