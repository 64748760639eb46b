"""Putting a backup back: all of it is compared, taken out and made ready beside, then put in place.

Until the last step nothing of what is there is touched. The last step puts the catalogue in place
in one transaction, and the snapshot made from it by one rename; killed between the two, the old
snapshot answers on, and the same command finishes (with `replace_all`, for there is something now).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.disk import sync_folder
from corpus.errors import (
    IndexBusyError,
    InputError,
    LibraryError,
    ServiceError,
)
from indexer.catalogue import Catalogue
from indexer.databases import drop_free_pages, fold_log, put_in_place
from indexer.encoder import EncoderIdentity
from indexer.guard import only_writer
from indexer.manifest import generation_dir, published_generation, set_current
from indexer.publish import tidy
from indexer.report import Progress
from indexer.republish import encoder_of, generations_of, republish
from indexer.restricted.apart import Apart
from indexer.restricted.place import collections_of
from indexer.restricted.republishing import republish_views
from indexer.scratch import scratch_in
from library.place import library_of
from precedent.backup.beside import has_model, put_beside
from precedent.backup.collections_back import (
    drop_uploads,
    put_collections,
    put_uploads,
    raise_generations,
    refuse_restricted,
    take_out,
)
from precedent.backup.contents import (
    CATALOGUE,
    KEYED,
    KEYS,
    LIBRARY,
    MODEL,
    STANDING,
    UPLOADS,
)
from precedent.backup.places import (
    Places,
    check_empty,
    check_room,
    check_versions,
    staged_beside,
)
from precedent.backup.reading import Backup, open_backup
from precedent.backup.relocation import relocate
from precedent.backup.restorable import fault_of_database, is_possible_model

__all__ = ["Places", "Restored", "restore_backup"]

Tell = Callable[[Progress], None]

_OTHER = "use another backup"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place.

    Attributes:
        documents: in the catalogue.
        passages: in service.
        generation: in service, or None where the backup holds no document.
        waiting: ids of documents that are held and lack vectors.
        uploads: files.
        library: whether collections and saved searches came with it.
        libraries_of_keys: how many of what holders of keys keep came with it.
        restricted: names of the restricted collections that came with it.
        keys: whether keys did.
        model: name and digest of the model it needs, or None.
        model_is_installed: whether that one is there.
        remarks: what the user has to know.
    """

    documents: int
    passages: int
    generation: int | None
    waiting: tuple[str, ...] = ()
    uploads: int = 0
    library: bool = False
    libraries_of_keys: int = 0
    restricted: tuple[str, ...] = ()
    keys: bool = False
    model: str | None = None
    model_is_installed: bool = False
    remarks: tuple[str, ...] = ()


def restore_backup(
    file: Path, places: Places, *, replace_all: bool = False, progress: Tell | None = None
) -> Restored:
    """Restore a backup, and put it in service; nothing is embedded and no model is needed.

    Args:
        file: the backup.
        places: where to put it.
        replace_all: whether what is there may be replaced.
        progress: told how far it has come.

    Raises:
        InputError: the file is no backup, damaged, made by a later version, or made to harm.
        ConflictError: there is an index or a library, and `replace_all` was not given.
        IndexBusyError: another process is indexing.
        ServiceError: there is no room, or something cannot be written.
    """
    tell = progress or (lambda _progress: None)
    with open_backup(file) as backup:
        check_versions(backup)
        backup.verify(lambda done, total: tell(Progress("verify", done, total, "byte")))
        with only_writer(places.index_dir):
            if not replace_all:
                check_empty(backup, places)
            check_room(backup, places.index_dir)
            try:
                with scratch_in(places.index_dir, "restore") as scratch:
                    return _Restoring(backup, places, scratch, tell).run()
            except OSError as error:
                cause = f"cannot be written: {error.strerror or error}"
                raise ServiceError(
                    str(error.filename or places.index_dir), cause, "make room, and restore again"
                ) from error


@dataclass(slots=True)
class _Restoring:
    """One restoration, from the verified file to what is in service."""

    backup: Backup
    places: Places
    scratch: Path
    tell: Tell

    def run(self) -> Restored:
        """Make everything ready beside, then put it in place."""
        names = self.backup.contents.members
        model = self.backup.names(MODEL) if self.places.takes_model else []
        self._extract([CATALOGUE, *self.backup.names(UPLOADS), *model])
        self._extract([name for name in self._singles() if name in names])
        catalogue = self.scratch / CATALOGUE
        self._check_database(CATALOGUE, catalogue)
        refuse_restricted(catalogue, self.backup)
        if (self.scratch / KEYS).exists():
            self._check_database(KEYS, self.scratch / KEYS)
        restored = self._publish(catalogue)
        with ExitStack() as stack:
            kept: dict[Path, Path] = {}
            for name, target in self._libraries().items():  # which may be on another disk
                kept[target] = stack.enter_context(staged_beside(target))
                self.backup.extract(name, kept[target])
                self._check_database(name, kept[target])
            remarks = self._put_in_place(catalogue, kept, restored.generation)
        remarks += put_beside(self.backup, self.places, self.scratch)
        return replace(
            restored,
            uploads=sum(f"/{UPLOADS}" in f"/{name}" for name in names),
            library=LIBRARY in names,
            libraries_of_keys=len(self.backup.names(KEYED)),
            restricted=tuple(sorted(self.backup.contents.restricted)),
            keys=KEYS in names and self.places.keys is not None,
            remarks=(*restored.remarks, *remarks),
            model_is_installed=has_model(restored.model, self.places.models),
        )

    # Making ready ------------------------------------------------------------------------------

    def _extract(self, names: list[str]) -> None:
        for number, name in enumerate(names, 1):
            self.backup.extract(name, self.scratch / name)
            self.tell(Progress("extract", number, len(names), "file"))

    def _check_database(self, name: str, path: Path) -> None:
        """Refuse a database that is damaged, or has more in it than ours: a trigger would run."""
        if (fault := fault_of_database(name, path)) is not None:
            is_later = "this software reads up to" in fault
            remedy = "install the newer Precedent" if is_later else _OTHER
            raise InputError(str(self.backup.path), f"{name}: {fault}", remedy)

    def _publish(self, path: Path) -> Restored:
        """Bring the catalogues up to date, and make their snapshots where they stand."""
        index_dir = self.places.index_dir
        held = [int(folder.name) for folder in generations_of(index_dir)]
        floor = max([self.backup.contents.generation, published_generation(index_dir) or 0, *held])
        with Catalogue(path) as catalogue:
            relocate(catalogue.connection, index_dir)
            remarks = take_out(
                self.backup, self.scratch, index_dir, catalogue, self._check_database
            )
            is_held = any(catalogue.count(name) for name in ("documents", "vectors"))
            if not is_held and not catalogue.change and not collections_of(self.scratch):
                return Restored(0, 0, None, remarks=tuple(remarks))
            identity = self._identity(catalogue)
            if not is_possible_model(identity):
                cause = "what it says of the model of its vectors cannot be"
                raise InputError(str(self.backup.path), cause, _OTHER)
            set_current(self.scratch, floor)  # its generation is to be a later one than any other
            raise_generations(index_dir, self.scratch)
            restored = self._published(catalogue, identity)
        fold_log(path)
        if collections_of(self.scratch):
            drop_free_pages(path)  # of what was taken from it, as it is restricted
        return replace(restored, model=identity.key, remarks=tuple(remarks))

    def _published(self, catalogue: Catalogue, identity: EncoderIdentity) -> Restored:
        """Publish the public index without what is restricted, then the views that have it."""

        def tell(done: int, total: int) -> None:
            self.tell(Progress("publish", done, total, "part"))

        with Apart(self.scratch, catalogue, identity) as apart:
            documents = catalogue.count("documents")
            restored = Restored(documents, 0, None)
            if documents or catalogue.change:
                made = republish(catalogue, self.scratch, identity, tell)
                restored = replace(
                    restored,
                    passages=made.manifest.passages,
                    generation=made.manifest.generation,
                    waiting=made.waiting,
                )
            waiting = republish_views(apart, identity, tell)
        return replace(restored, waiting=(*restored.waiting, *waiting))

    def _identity(self, catalogue: Catalogue) -> EncoderIdentity:
        told = self.backup.contents.encoder
        if told is not None:
            try:
                identity = EncoderIdentity(**told)  # type: ignore[arg-type]
            except TypeError:
                pass
            else:
                if catalogue.get("model") == f"{identity.model} {identity.digest}":
                    return identity
        return encoder_of(catalogue, self.scratch)

    def _singles(self) -> list[str]:
        return [STANDING] if self.places.keys is None else [STANDING, KEYS]

    def _libraries(self) -> dict[str, Path]:
        """Return where each library of the backup goes, by name of the member."""
        found = {name: library_of(Path(name).stem, self.places.library)
                 for name in self.backup.names(KEYED)}  # fmt: skip
        if LIBRARY in self.backup.contents.members:
            found[LIBRARY] = self.places.library
        return found

    # Putting in place --------------------------------------------------------------------------

    def _put_in_place(
        self, catalogue: Path, kept: dict[Path, Path], generation: int | None
    ) -> list[str]:
        index_dir = self.places.index_dir
        put_uploads(self.scratch, index_dir)
        # Before the public catalogue: what they claim is not in that.
        aside: list[Path | None] = [*put_collections(self.backup, self.scratch, index_dir)]
        busy = IndexBusyError(
            str(index_dir), "its catalogue is being read without end", "try again"
        )
        aside.append(put_in_place(catalogue, index_dir / CATALOGUE, busy))
        if generation is not None:
            place = generation_dir(index_dir, generation)
            place.parent.mkdir(parents=True, exist_ok=True)
            generation_dir(self.scratch, generation).rename(place)
            sync_folder(place.parent)
            set_current(index_dir, generation)
            tidy(index_dir)
        for target, staged in kept.items():
            wait = LibraryError(str(target), "is being written to without end", "try again")
            aside.append(put_in_place(staged, target, wait))
        if not self.backup.contents.without_originals:
            drop_uploads(index_dir, self.backup.names(UPLOADS))
        return [f"what was damaged there is kept as {each}" for each in aside if each is not None]
