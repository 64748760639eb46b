"""The main job of the indexer: files in, a published snapshot out, nothing lost on the way.

Reading commits one document at a time and embedding one block of passages at a time, so that a run
that is interrupted anywhere is finished by the next one. Publication comes last and is atomic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.disk import storage_told
from corpus.errors import InputError, UnknownNameError
from corpus.restricted import check_name, collection_of
from corpus.types import Document
from indexer.catalogue import Catalogue
from indexer.choices import keep_model, keep_vector_index, precision_of
from indexer.encoder import Encoder, LazyEncoder, Precision
from indexer.guard import only_writer
from indexer.home import models_dir as default_models_dir
from indexer.lost import catalogue_told
from indexer.manifest import Manifest, current_dir, published_generation
from indexer.models import DEFAULT_MODEL, InstalledModel, require
from indexer.parts import SERVING
from indexer.report import BuildReport, Failure, Outcome, Progress
from indexer.restricted.apart import Apart
from indexer.restricted.moving import Moved, release, restrict
from indexer.restricted.place import is_derived, views_of
from indexer.restricted.running import Restricted
from indexer.run import Run, Settle, Tell
from indexer.serving_file import reading
from indexer.vectors import Kind

__all__ = [
    "BuildReport",
    "Failure",
    "Outcome",
    "Progress",
    "build_from_documents",
    "build_index",
    "move_documents",
    "refresh_views",
    "remove_documents",
]


def build_index(
    paths: Iterable[Path],
    index_dir: Path,
    *,
    model: str = DEFAULT_MODEL,
    models_dir: Path | None = None,
    encoder: Encoder | None = None,
    progress: Tell | None = None,
    workers: int = 2,
    precision: Precision | None = None,
    vector_index: Kind | None = None,
    whole: bool = False,
    settle: Settle | None = None,
    restricted: str | None = None,
    asked: bool = False,
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
        precision: that the model runs in; by default the one the index has, at first `float`.
        vector_index: kind to have from now on; by default the one the index has, at first `auto`.
        whole: publish everything anew from the catalogue, whatever is in service and whether or
            not it changed.
        settle: told what became of each file, once that is known.
        restricted: the restricted collection that all of it belongs to, now and later.
        asked: by a service, for somebody who may not know of what else there is: files go where
            `restricted` says and nowhere else, and views are left to `refresh_views`.

    Raises:
        IndexBusyError: another process is writing there.
        IndexMismatchError: the index was made with another model, or in another precision.
        ModelError: the model is not installed.
        StorageError: the disk is full, may only be read, or fails; what was committed is kept.
        InputError: `restricted` cannot be a name, or a folder belongs to another collection.
    """
    run = Run(index_dir, progress, whole=whole, settle=settle)
    wanted = encoder or _installed(model, models_dir)
    given = [Path(path) for path in paths]
    with (
        _writing(index_dir, wanted, precision) as (catalogue, chosen),
        Apart(index_dir, catalogue, chosen) as apart,
    ):
        beside = Restricted(apart, run, chosen, progress=progress, settle=settle, whole=whole)
        keep_vector_index(catalogue, vector_index)
        with run.stage("find"):
            found = list(run.found(given))
            sources = beside.part(given, found, restricted, asked=asked)
        with run.stage("read"):
            beside.read(workers)
            run.read(catalogue, sources, chosen, workers, None if asked else beside.mixed)
        run.finish(catalogue, chosen)
        beside.finish(views=not asked or restricted is not None)
    return run.report


def move_documents(
    what: Sequence[str],
    index_dir: Path,
    name: str | None,
    *,
    models_dir: Path | None = None,
    encoder: Encoder | None = None,
    progress: Tell | None = None,
) -> tuple[list[Moved], BuildReport]:
    """Move documents into a restricted collection, or, without a name, make them public.

    Args:
        what: symbols, document ids, files or folders.
        index_dir: folder of the index.
        name: of the collection.
        models_dir: where models are installed.
        encoder: used instead of the model, in tests.
        progress: told how far each stage has come.

    Raises:
        UnknownNameError: nothing is called so; nothing is moved then.
        InputError: it cannot be a name, or what is beside a file restricts it still.
    """
    run = Run(index_dir, progress)
    with _writing_apart(index_dir, models_dir, encoder) as (catalogue, chosen, apart):
        moved = release(apart, what) if name is None else restrict(apart, check_name(name), what)
        run.finish(catalogue, chosen)
        Restricted(apart, run, chosen, progress=progress).finish()
    return moved, run.report


def refresh_views(
    index_dir: Path,
    *,
    models_dir: Path | None = None,
    encoder: Encoder | None = None,
    progress: Tell | None = None,
    whole: bool = False,
) -> BuildReport:
    """Publish the views of the restricted collections that are not up to date.

    Raises:
        IndexUnusableError: nothing is published, or another process is writing there.
        ModelError: the model is not installed.
    """
    run = Run(index_dir, progress, whole=whole)
    with _writing_apart(index_dir, models_dir, encoder) as (catalogue, chosen, apart):
        beside = Restricted(apart, run, chosen, progress=progress, whole=whole)
        run.finish(catalogue, chosen)
        beside.finish()
    return run.report


def build_from_documents(
    documents: Iterable[Document],
    index_dir: Path,
    *,
    model: str = DEFAULT_MODEL,
    models_dir: Path | None = None,
    encoder: Encoder | None = None,
    progress: Tell | None = None,
    precision: Precision | None = None,
) -> BuildReport:
    """Index documents that were read elsewhere, such as the corpus of an evaluation set.

    A document held with the same digest is passed over. Errors as for `build_index`.
    """
    run = Run(index_dir, progress)
    wanted = encoder or _installed(model, models_dir)
    with _writing(index_dir, wanted, precision) as (catalogue, chosen):
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
    progress: Tell | None = None,
    restricted: str | None = None,
    asked: bool = False,
) -> BuildReport:
    """Remove documents by symbol (every language) or by document id, and publish.

    An id that names a restricted collection is looked for there. Other arguments as for
    `build_index`.

    Raises:
        UnknownNameError: there is no such document; nothing is removed then.
    """
    run = Run(index_dir, progress)
    with _writing_apart(index_dir, models_dir, encoder) as (catalogue, chosen, apart):
        held = {each.name: each.catalogue for each in apart.compartments}
        of: dict[str, Catalogue] = {}
        for symbol in symbols:
            name = restricted or collection_of(symbol)
            of[symbol] = held.get(name, catalogue) if name else catalogue
            known = of[symbol].symbols() | _served(index_dir, catalogue, name)
            if (name and name not in held) or symbol not in known:
                raise UnknownNameError(
                    symbol,
                    f"is not in {index_dir}",
                    "look at `precedent show SYMBOL`, or at the documents of the API",
                )
        for symbol in symbols:
            run.report.removed += len(of[symbol].remove(symbol))
        run.finish(catalogue, chosen)
        public = all(each is catalogue for each in of.values())
        Restricted(apart, run, chosen, progress=progress).finish(views=not (asked and public))
    return run.report


def _served(index_dir: Path, catalogue: Catalogue, name: str | None) -> set[str]:
    """Return what is still in service, of a collection or publicly, where that may be behind.

    A removal that was interrupted before its publication, or that of a view, is finished by the
    same command.
    """
    found: set[str] = set()
    for view, folder in views_of(index_dir).items():
        if published_generation(folder) is None or (name is not None and name not in view):
            continue
        if not view and Manifest.read(current_dir(folder)).change == catalogue.change:
            continue
        with closing(reading(current_dir(folder) / SERVING)) as serving:
            rows = serving.execute("SELECT document_id, symbol FROM documents").fetchall()
        for document_id, symbol in rows:
            if collection_of(document_id) == name:
                found |= {str(document_id), str(symbol or document_id)}
    return found


@contextmanager
def _writing_apart(
    index_dir: Path, models_dir: Path | None, encoder: Encoder | None
) -> Iterator[tuple[Catalogue, Encoder, Apart]]:
    """Open an index that there is, with its collections, by the model it was made with."""
    made_with = _model_of(index_dir)
    wanted = encoder or _installed(made_with, models_dir)
    with (
        _writing(index_dir, wanted) as (catalogue, chosen),
        Apart(index_dir, catalogue, chosen) as apart,
    ):
        yield catalogue, chosen, apart


def _model_of(index_dir: Path) -> str:
    """Return the model of what is published, be it only of a restricted collection."""
    published = (folder for folder in views_of(index_dir).values() if published_generation(folder))
    return Manifest.read(current_dir(next(published, index_dir))).encoder.model


def _installed(model: str, models_dir: Path | None) -> InstalledModel:
    return require(model, models_dir or default_models_dir())


@contextmanager
def _writing(
    index_dir: Path, wanted: Encoder | InstalledModel, precision: Precision | None = None
) -> Iterator[tuple[Catalogue, Encoder]]:
    """Open the catalogue as its only writer, and the encoder of the vectors it holds."""
    if is_derived(index_dir):
        raise InputError(
            str(index_dir), "is a part of an index and none by itself", "give the index folder"
        )
    file = index_dir / "catalogue.sqlite"
    with (
        only_writer(index_dir),
        storage_told(index_dir),
        catalogue_told(file),
        Catalogue(file) as catalogue,
    ):
        if isinstance(wanted, InstalledModel):
            int8 = (precision or precision_of(catalogue)) == "int8"
            chosen: Encoder = LazyEncoder(wanted, int8=int8)
        else:
            chosen = wanted
        keep_model(catalogue, chosen, index_dir)
        yield catalogue, chosen
