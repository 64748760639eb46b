"""Repairing an index: what is derived is made anew, and a damaged catalogue salvaged, on a copy.

Nothing is embedded and no model is needed. What is in service stays until the new is whole; a
damaged catalogue keeps another name beside the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMismatchError
from indexer.catalogue import Catalogue
from indexer.check import Disagreement, Report, check_index
from indexer.check.index import CATALOGUE, published_folders
from indexer.databases import faults_of, fold_log, read_database, replace_damaged
from indexer.encoder import EncoderIdentity
from indexer.guard import only_writer
from indexer.publish import tidy
from indexer.report import Progress
from indexer.republish import encoder_of, refuse_newer, republish, without_vectors
from indexer.restricted.apart import Apart
from indexer.restricted.listed import listed
from indexer.restricted.place import collection_dir, collections_of, views_of
from indexer.restricted.republishing import begin_anew, republish_views
from indexer.restricted.salvaging import salvage_claims
from indexer.salvage import Salvaged, salvage
from indexer.salvaged_vectors import recover_vectors
from indexer.scratch import scratch_in
from indexer.snapshot_files import SnapshotFiles, sound_snapshots
from indexer.unread import had_now

__all__ = ["Repaired", "repair_index"]

Tell = Callable[[Progress], None]

_BEYOND = frozenset({"model", "original", "unembedded", "origin"})
"""Kinds that publishing anew does not mend; what each says is the remedy."""


@dataclass(slots=True)
class Repaired:
    """What a repair found and did.

    Attributes:
        before: the check it began with.
        steps: what it did, or would do, in order.
        salvaged: what became of a damaged catalogue, or None where it was sound.
        collections: the same of catalogues of restricted collections, by name.
        kept: the damaged catalogues, under their new names.
        recovered: vectors worked out from a snapshot.
        generation: published, or None.
        waiting: ids of documents that are held and lack vectors.
        after: the check it ended with; None where nothing was done.
    """

    before: Report
    steps: list[str] = field(default_factory=list)
    salvaged: Salvaged | None = None
    collections: dict[str, Salvaged] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    recovered: int = 0
    generation: int | None = None
    waiting: tuple[str, ...] = ()
    after: Report | None = None

    @property
    def is_sound(self) -> bool:
        """Whether everything agrees now."""
        return (self.after or self.before).agrees

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON."""
        return {
            "sound": self.is_sound,
            **asdict(self),
            "before": self.before.as_dict(),
            "after": None if self.after is None else self.after.as_dict(),
        }


def repair_index(
    index_dir: Path, *, dry_run: bool = False, progress: Tell | None = None
) -> Repaired:
    """Check an index, and make anew what does not agree with the catalogue.

    Args:
        index_dir: folder of the index.
        dry_run: say what would be done, and do nothing.
        progress: told how far it has come.

    Raises:
        NoIndexError: there is no index.
        IndexBusyError: another process is writing to it, or lets nobody read it.
        StorageError: the disk refuses to have it read.
        IndexMismatchError: a later version of the software wrote it.
        IndexDamagedError: neither the catalogue nor a snapshot can be read.
    """
    if dry_run or not index_dir.exists():
        return _planned(check_index(index_dir, progress=progress))
    with only_writer(index_dir):
        repaired = _planned(check_index(index_dir, progress=progress))
        if not repaired.steps:
            for folder in views_of(index_dir).values():  # of a repair that was killed
                tidy(folder)
            return repaired
        for folder in published_folders(index_dir):
            refuse_newer(folder)
        _Repair(index_dir, repaired, progress or (lambda _progress: None)).run()
        repaired.after = check_index(index_dir, progress=progress)
    return repaired


def _planned(report: Report) -> Repaired:
    for each in report.disagreements:
        if each.kind == "version" and "newer" in each.remedy:
            raise IndexMismatchError(each.subject, each.detail, each.remedy)
    steps = []
    if report.is_catalogue_damaged:
        steps.append("salvage the catalogue, and keep the damaged one beside it")
    apart = [part for part in sorted(report.damaged_parts) if part.startswith("restricted/")]
    steps += [f"salvage {part}, and keep the damaged one beside it" for part in apart]
    if any(_is_mended(each) for each in report.disagreements):
        steps.append("publish everything anew from the catalogue")
    return Repaired(report, steps)


def _is_mended(each: Disagreement) -> bool:
    return each.kind not in _BEYOND or each.kind == "unembedded"


@dataclass(slots=True)
class _Repair:
    """A repair under way."""

    index_dir: Path
    repaired: Repaired
    tell: Tell

    def run(self) -> None:
        """Salvage where that is needed, then publish."""
        before = self.repaired.before
        if before.is_catalogue_damaged:
            path = self.index_dir / CATALOGUE
            self.repaired.salvaged = self._salvage(path, sound_snapshots(self.index_dir), None)
        for name in sorted({*listed(self.index_dir), *collections_of(self.index_dir)}):
            if f"restricted/{name}" in before.damaged_parts:
                views = views_of(self.index_dir).items()
                snapshots = [one for view, folder in views if name in view
                             for one in sound_snapshots(folder)]  # fmt: skip
                path = collection_dir(self.index_dir, name) / CATALOGUE
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.repaired.collections[name] = self._salvage(path, snapshots, name)
        with Catalogue(self.index_dir / CATALOGUE) as catalogue:
            if not catalogue.get("model") and not catalogue.count("documents"):
                return
            identity = encoder_of(catalogue, self.index_dir)
            if without_vectors(catalogue, identity.digest):
                snapshots = sound_snapshots(self.index_dir)
                self.repaired.recovered += recover_vectors(catalogue, snapshots, identity.digest)
            with Apart(self.index_dir, catalogue, identity) as apart:
                self._publish(catalogue, apart, identity)

    def _publish(self, catalogue: Catalogue, apart: Apart, identity: EncoderIdentity) -> None:
        """Publish the public index, then the views, those that disagree from nothing."""

        def tell(done: int, total: int) -> None:
            self.tell(Progress("publish", done, total, "part"))

        waiting: tuple[str, ...] = ()
        if catalogue.change or catalogue.count("documents"):
            for folder in published_folders(self.index_dir):
                done = republish(catalogue, folder, identity, tell)
                self.repaired.generation = done.manifest.generation
                waiting = done.waiting
        for view, folder in views_of(self.index_dir).items():
            parts = {each.part for each in self.repaired.before.disagreements}
            if view and f"views/{folder.name}" in parts:
                begin_anew(folder)
        self.repaired.waiting = (*waiting, *republish_views(apart, identity, tell))

    def _salvage(
        self, path: Path, snapshots: Sequence[SnapshotFiles], restricted: str | None
    ) -> Salvaged:
        with scratch_in(self.index_dir, "repair") as scratch, had_now(path):
            new = scratch / CATALOGUE
            salvaged = salvage(path, snapshots, new, restricted)
            if not salvaged.documents:
                raise IndexDamagedError(
                    str(path),
                    "no document can be read from it, nor from a snapshot; it was left as it is",
                    "restore a backup, or index into another folder with --index",
                )
            if restricted is not None:
                salvaged.unread += salvage_claims(path, new, self.index_dir / CATALOGUE)
            with read_database(new) as connection:
                if faults := faults_of(connection):
                    raise IndexDamagedError(str(new), faults[0], "report it; nothing was changed")
            fold_log(new)
            if path.exists():
                self.repaired.kept.append(str(replace_damaged(new, path)))
            else:
                new.replace(path)
        self.repaired.recovered += salvaged.recovered
        return salvaged
