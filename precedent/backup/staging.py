"""What goes into a backup: copies that will not change any more, and what is said of them."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from corpus.errors import IndexUnusableError, ServiceError
from indexer.check.originals import uploaded_files
from indexer.databases import copy_database, read_database, version_of
from indexer.manifest import Manifest, current_dir, published_generation
from indexer.models import InstalledModel, verify
from indexer.restricted.place import views_of
from library.place import library_of
from precedent.backup.collections import jobs_of, stage_catalogues
from precedent.backup.contents import (
    CATALOGUE,
    KEYED,
    KEYS,
    LIBRARY,
    MODEL,
    STANDING,
    UPLOADS,
    Contents,
    is_member_name,
)
from precedent.backup.kept import stage_libraries
from precedent.backup.relocation import unlocate
from precedent.backup.restorable import require_restorable
from precedent.backup.traces import clean_keys, hidden_in
from workbench.standing import StandingTable

__all__ = ["Staged", "Wanted", "stage"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into a backup.

    Attributes:
        index_dir: folder of the index.
        library: file of collections and saved searches; left out where there is none. Those of
            API keys lie beside it, and go in with it.
        originals: whether the files that were uploaded go in.
        model: folder of models, where the index's model goes in too.
        keys: file of API keys, where their digests go in too.
        standing: table of standing in place of the one Precedent comes with.
        restricted: whether restricted collections go in; else neither they do nor what libraries
            keep of them, and the keys are put in without the scopes of them.
    """

    index_dir: Path
    library: Path | None = None
    originals: bool = True
    model: Path | None = None
    keys: Path | None = None
    standing: Path | None = None
    restricted: bool = True


@dataclass(frozen=True, slots=True)
class Staged:
    """Copies that will not change any more, and what is said of them.

    Attributes:
        files: by name of the member.
        jobs: records of uploads, by name of the member.
        contents: but for the members.
        passed_over: files among the uploads that no upload has made, and that no backup can hold.
    """

    files: dict[str, Path]
    jobs: dict[str, bytes]
    contents: Contents
    passed_over: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes of all files; an upload may have gone meanwhile."""
        total = 0
        for path in self.files.values():
            with contextlib.suppress(FileNotFoundError):
                total += path.stat().st_size
        return total


def stage(wanted: Wanted, scratch: Path) -> Staged:
    """Copy to `scratch` what goes into a backup.

    Raises:
        IndexDamagedError: a catalogue cannot be read whole, or not be restored.
        LibraryError: a library cannot be.
        ServiceError: the file of keys cannot be.
        InputError: the table of standing cannot be used.
        ModelError: the model is asked for, and missing or altered.
    """
    # Before the catalogue: what a job of this moment has read is in the catalogue by then.
    whole = wanted.originals and wanted.restricted
    jobs = jobs_of(wanted.index_dir, wanted.index_dir) if whole else {}
    apart = stage_catalogues(
        wanted.index_dir, scratch, restricted=wanted.restricted, originals=wanted.originals
    )
    hidden = None if wanted.restricted else hidden_in(wanted.index_dir, scratch / CATALOGUE)
    if hidden is not None and wanted.originals:
        jobs = jobs_of(wanted.index_dir, wanted.index_dir, hidden.documents)
    contents = replace(
        _described(scratch / CATALOGUE, wanted.index_dir),
        restricted=apart.documents,
        views=apart.views,
        without_restricted=not wanted.restricted,
        without_originals=not wanted.originals,
    )
    files = (
        {CATALOGUE: scratch / CATALOGUE}
        | apart.files
        | stage_libraries(wanted.library, scratch, hidden)
    )
    if LIBRARY in files:
        contents = replace(contents, library_version=version_of(files[LIBRARY]))
    if wanted.keys is not None and wanted.keys.exists():
        try:
            copy_database(wanted.keys, scratch / KEYS)
        except sqlite3.DatabaseError as error:
            cause = f"the keys cannot be read whole: {error}"
            raise ServiceError(str(wanted.keys), cause, "leave out --with-keys") from error
        if hidden is not None:
            clean_keys(scratch / KEYS)
        files[KEYS] = scratch / KEYS
    for name, path in files.items():
        require_restorable(name, path, _source_of(name, wanted))
    if wanted.standing is not None:
        StandingTable.read(wanted.standing)
        files[STANDING] = wanted.standing
    if wanted.originals:
        for path in uploaded_files(wanted.index_dir):
            files[f"{UPLOADS}{path.parent.name}/{path.name}"] = path
    if wanted.model is not None:
        files |= _model_files(contents, wanted.model)
    odd = tuple(str(files.pop(name)) for name in sorted(files) if not is_member_name(name))
    return Staged(files, jobs | apart.jobs, contents, odd)


def _source_of(name: str, wanted: Wanted) -> Path:
    """Return what a database of a backup is a copy of."""
    if name == KEYS and wanted.keys is not None:
        return wanted.keys
    if name == LIBRARY and wanted.library is not None:
        return wanted.library
    if name.startswith(KEYED) and wanted.library is not None:
        return library_of(Path(name).stem, wanted.library)
    return wanted.index_dir / name


def _described(copy: Path, index_dir: Path) -> Contents:
    """Take the folder's name out of a copy of the catalogue, and return what is in it."""
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        unlocate(connection, index_dir)
        connection.execute("PRAGMA journal_mode = DELETE")
    with read_database(copy) as connection:
        state = dict(connection.execute("SELECT key, value FROM state").fetchall())
        documents, passages = (
            int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608
            for name in ("documents", "passages")
        )
    return Contents(
        software=version("precedent"),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        identity=str(state.get("identity", "")),
        generation=published_generation(index_dir) or 0,
        catalogue_version=version_of(copy),
        library_version=None,
        documents=documents,
        passages=passages,
        encoder=_encoder(state, index_dir),
    )


def _encoder(state: dict[str, str], index_dir: Path) -> dict[str, object] | None:
    if "encoder" in state:
        held: dict[str, object] = json.loads(state["encoder"])
        return held
    for folder in views_of(index_dir).values():  # there may be no public document
        with contextlib.suppress(IndexUnusableError):  # nothing published, or by another version
            return asdict(Manifest.read(current_dir(folder)).encoder)
    return None


def _model_files(contents: Contents, models_dir: Path) -> dict[str, Path]:
    name = str((contents.encoder or {}).get("model", ""))
    model: InstalledModel = verify(name, models_dir)
    found = {
        f"{MODEL}{path.relative_to(model.folder).as_posix()}": path
        for path in sorted(model.folder.rglob("*"))
        if path.is_file()
    }
    # What a file manager puts beside them (.DS_Store) is not of the model.
    return {name: path for name, path in found.items() if is_member_name(name)}
