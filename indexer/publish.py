"""Publication: a snapshot made aside from the catalogue, then put in service by one rename.

A snapshot is a folder that nothing writes to any more: documents and passages (SQLite), vectors
(FAISS), words (Tantivy), terms in reading order (`indexer.forward`) and a manifest. Readers keep
the one they opened until they open the next. What a new one shares with the one before it is
linked, so that publication costs what has changed: docs/adr/0010.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from corpus.disk import sync_folder
from corpus.errors import IndexUnusableError
from indexer.analysis import ANALYSIS_VERSION
from indexer.catalogue import Catalogue
from indexer.checksums import FileRecord, records_of
from indexer.encoder import EncoderIdentity
from indexer.linking.derive import derive
from indexer.manifest import (
    SNAPSHOT_VERSION,
    Manifest,
    generation_dir,
    may_be_in_service,
    next_generation,
    published_generation,
    set_current,
)
from indexer.parts import SERVING, Growth, write_vectors, write_words
from indexer.passages import CHUNKING_VERSION
from indexer.serving_file import (
    Changes,
    changes_since,
    counts_of,
    reading,
    refaceted,
    update,
    write,
)
from indexer.snapshot import Snapshot
from indexer.sound import require_sound

__all__ = ["ENCODER", "publish", "tidy"]

ENCODER = "encoder"
"""Key of the state that holds what made the vectors: a catalogue whose snapshots are all gone can
be published without the model."""

_KEPT = 2
"""The one in service, and the one before it, which a reader may just be opening."""

_PUBLISHED = "published"
"""Key of the state that holds the count of changes of the last publication: a catalogue that was
restored from a copy counts some numbers twice, and knows by it that its history is another."""

_DEAD_SHARE = 0.2
"""Share of rows without a passage from which a snapshot is written whole. Until then they cost that
share of memory and of a scan; and it happens as often as a fifth of the index has changed."""


def publish(
    catalogue: Catalogue,
    index_dir: Path,
    identity: EncoderIdentity,
    on_progress: Callable[[int, int], None] | None = None,
    *,
    whole: bool = False,
) -> Manifest:
    """Make a snapshot of the catalogue and put it in service.

    It goes on from the one in service, unless that is damaged, of another model or version, made
    from another catalogue, or too little of it would be left.

    Args:
        catalogue: every passage of which has a vector.
        index_dir: folder of the index.
        identity: of the encoder that made the vectors.
        on_progress: told (stages done, stages in all).
        whole: write every part anew, whatever is in service.

    Raises:
        IndexDamagedError: a passage has no vector.
    """
    tell = on_progress or (lambda _done, _total: None)
    generation = next_generation(index_dir)
    place = generation_dir(index_dir, generation)
    place.parent.mkdir(parents=True, exist_ok=True)
    tidy(index_dir)
    scratch = place.parent / f".{place.name}-{os.getpid()}"
    scratch.mkdir()
    try:
        return _published(catalogue, index_dir, identity, tell, generation, scratch, whole)
    except BaseException:
        # On a full disk the room it took is what is needed next.
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _published(
    catalogue: Catalogue,
    index_dir: Path,
    identity: EncoderIdentity,
    tell: Callable[[int, int], None],
    generation: int,
    scratch: Path,
    whole: bool,
) -> Manifest:
    """Make generation `generation` in `scratch`, move it to its place and put it in service."""
    place = generation_dir(index_dir, generation)
    earlier = None if whole else _earlier(catalogue, index_dir, identity)
    growth = _write_serving(catalogue, scratch / SERVING, earlier)
    tell(1, 4)
    write_vectors(catalogue, scratch, identity, growth)
    tell(2, 4)
    write_words(scratch, growth)
    tell(3, 4)
    linked = None if earlier is None else (earlier[1], earlier[0].files)
    files = records_of(scratch, linked)
    manifest = _manifest(catalogue, scratch, generation, identity, growth, files)
    manifest.write(scratch)
    first = 0 if growth is None else growth.first
    require_sound(scratch, first, index_dir / "catalogue.sqlite")
    _sync(scratch)
    if place.exists():  # of a publication that was cut short before it came into service
        shutil.rmtree(place)
    scratch.rename(place)
    try:
        sync_folder(place.parent)
        set_current(index_dir, generation)
    except BaseException:
        if not may_be_in_service(index_dir, generation):
            place.rename(scratch)
        raise
    catalogue.put(_PUBLISHED, str(manifest.change))
    catalogue.put(ENCODER, json.dumps(asdict(identity)))
    tidy(index_dir)
    tell(4, 4)
    return manifest


def _earlier(
    catalogue: Catalogue, index_dir: Path, identity: EncoderIdentity
) -> tuple[Manifest, Path] | None:
    """Return the snapshot in service if a new one can go on from it."""
    try:
        snapshot = Snapshot.open(index_dir)
    except IndexUnusableError:
        return None
    snapshot.close()
    manifest = snapshot.manifest
    fits = (
        manifest.catalogue == catalogue.identity
        and catalogue.get(_PUBLISHED) == str(manifest.change)
        and manifest.encoder == identity
        and manifest.chunking == CHUNKING_VERSION
    )
    return (manifest, snapshot.folder) if fits else None


def _write_serving(
    catalogue: Catalogue, target: Path, earlier: tuple[Manifest, Path] | None
) -> Growth | None:
    """Write the database; return how the other parts follow from earlier ones, or None.

    An earlier database may be damaged where opening it does not look: then nothing follows from it.
    """
    if earlier is not None:
        try:
            growth = _updated(catalogue, target, *earlier)
        except sqlite3.DatabaseError:
            target.unlink(missing_ok=True)
            growth = None
        if growth is not None:
            return growth
    write(catalogue, target)
    derive(catalogue, target)
    return None


def _updated(catalogue: Catalogue, target: Path, manifest: Manifest, folder: Path) -> Growth | None:
    """Write the database from the earlier one, or return None where it is better written whole."""
    changes = changes_since(catalogue, manifest.change, folder / SERVING)
    if _too_little_left(manifest, changes):
        return None
    update(catalogue, folder / SERVING, target, changes, manifest.rows)
    derive(catalogue, target)
    return Growth(
        folder=folder,
        first=manifest.rows,
        passages=changes.passages,
        dead=changes.dead,
        refaceted=tuple(refaceted(folder / SERVING, target, changes)),
    )


def _too_little_left(manifest: Manifest, changes: Changes) -> bool:
    rows = manifest.rows + changes.passages
    live = manifest.passages - len(changes.dead) + changes.passages
    return rows - live > _DEAD_SHARE * rows or changes.passages > manifest.rows


def _manifest(
    catalogue: Catalogue,
    scratch: Path,
    generation: int,
    identity: EncoderIdentity,
    growth: Growth | None,
    files: Mapping[str, FileRecord],
) -> Manifest:
    with closing(reading(scratch / SERVING)) as serving:
        documents, paragraphs, passages = counts_of(serving)
        languages = serving.execute(
            "SELECT DISTINCT language FROM documents WHERE language IS NOT NULL ORDER BY 1"
        ).fetchall()
    return Manifest(
        snapshot_version=SNAPSHOT_VERSION,
        software=version("precedent"),
        generation=generation,
        catalogue=catalogue.identity,
        change=catalogue.change,
        published_at=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=identity,
        chunking=CHUNKING_VERSION,
        analysis=ANALYSIS_VERSION,
        documents=documents,
        paragraphs=paragraphs,
        passages=passages,
        rows=passages if growth is None else growth.first + growth.passages,
        languages=tuple(language for (language,) in languages),
        files=files,
    )


def _sync(folder: Path) -> None:
    """Write to disk what is new; a file with a second name was written with the first."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        elif path.stat().st_nlink == 1:
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
    sync_folder(folder)


def tidy(index_dir: Path) -> None:
    """Remove what publications that were killed left behind, and generations out of service.

    Only who holds the index's lock may: what another one is making is hidden in the same way.
    """
    for left in index_dir.glob(".CURRENT-*"):
        left.unlink()
    published = published_generation(index_dir)
    for folder in (index_dir / "generations").glob("*"):
        unfinished = folder.name.startswith(".")
        retired = folder.name.isdigit() and published and int(folder.name) <= published - _KEPT
        if unfinished or retired:
            shutil.rmtree(folder)
