"""Moving documents into a restricted collection, and out of it: each an act of its own.

A document is written where it goes, with its claim, before it is taken from where it was. What is
cut in between is restricted from then on, whichever way it was going, and the act can be repeated.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError, SidecarError, UnknownNameError
from corpus.restricted import id_in, id_outside
from corpus.sandbox.beside import RowsApart
from corpus.sandbox.records import RecordReader
from corpus.sidecars.apply import restricted_beside
from corpus.sidecars.files import Rows
from corpus.types import Document
from indexer.catalogue import Catalogue
from indexer.noted import note_copy
from indexer.restricted.apart import Apart, withdraw, withdraw_document
from indexer.restricted.compartment import Compartment, names_of_file
from indexer.restricted.mirroring import drop_warnings, transfer
from indexer.restricted.place import CATALOGUE

__all__ = ["Moved", "release", "restrict"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that was moved.

    Attributes:
        document_id: that it has now.
        symbol: of it, or None.
        source: collection it came from; None where it was public, and so may have been seen.
        target: collection it is in now, or None.
        copies: files with the same bytes, which went with it.
    """

    document_id: str
    symbol: str | None
    source: str | None
    target: str | None
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    document_id: str
    symbol: str | None
    origin: str
    sha256: str
    records: bool


def restrict(apart: Apart, name: str, what: Sequence[str]) -> list[Moved]:
    """Move documents into a collection, from the public index or from another collection.

    Args:
        apart: of the index.
        name: of the collection, made where it is missing.
        what: symbols, document ids, files or folders.

    Raises:
        UnknownNameError: nothing is called so; nothing is moved then.
        InputError: it cannot be a name.
    """
    target = apart.of(name)
    others = [each for each in apart.compartments if each.name != name]
    found: list[tuple[Compartment | None, _Held]] = [
        (None, held) for held in _all_named(apart.public, what)
    ]
    found += [(each, held) for each in others for held in _all_named(each.catalogue, what)]
    _check_known(what, [held for _, held in found] + _all_named(target.catalogue, what), apart)
    moved: list[Moved] = []
    for source, held in found:
        which = id_outside(held.document_id) if held.records else ""
        new_id = id_in(id_outside(held.document_id), name)
        copies = _copies_of(apart.public if source is None else source.catalogue, held)
        origin = _file_moved(apart, held, source, target)
        with target.catalogue.lent(_path(apart, source)), target.catalogue.transaction():
            # Where it was as well: a run that is cut takes it from there, or the next one does.
            for path in (origin, held.origin, *copies):
                for each in dict.fromkeys((path, *names_of_file(Path(path)))):
                    target.claim_now(each, which)
            transfer(target.catalogue, held.document_id, new_id, held.origin, origin)
            drop_warnings(target.catalogue, new_id, name)
        for each in copies:
            note_copy(target.catalogue, each, new_id, held.sha256)
        if source is not None:
            _give_up(source, held, which)
        elif which:
            withdraw_document(apart.public, held.origin, held.document_id)
        else:
            for path in (held.origin, *copies):
                withdraw(apart.public, path)
        if origin != held.origin:
            target.unclaim(held.origin, which)  # the same file may come again, and publicly
        _tidy(held, origin)
        came = None if source is None else source.name
        moved.append(Moved(new_id, held.symbol, came, name, copies))
    return moved


def release(apart: Apart, what: Sequence[str]) -> list[Moved]:
    """Make restricted documents public; those that are public already stay so.

    Raises:
        UnknownNameError: nothing is called so; nothing is released then.
        InputError: what a sidecar or the record itself says restricts it still, or it is one of
            many of a file that is restricted as a whole.
    """
    found = [
        (each, held) for each in apart.compartments for held in _all_named(each.catalogue, what)
    ]
    folders = [
        (each, names_of_file(Path(one)))
        for one in what
        for each in apart.compartments
        if set(names_of_file(Path(one))) & set(each.folders())
    ]
    if not folders:  # a release that was cut before it was published is finished by the same one
        _check_known(what, [held for _, held in found] + _all_named(apart.public, what), apart)
    with RowsApart() as rows:
        for source, held in found:
            _check_free(source, held, found, rows)
    for source, names in folders:
        source.release_folder(names)
    moved: list[Moved] = []
    for source, held in found:
        new_id = id_outside(held.document_id)
        which = new_id if source.has_claimed_apart(held.origin, new_id) else ""
        origin = _file_moved(apart, held, source, None)
        public_id = _free_id(apart.public, new_id, held.sha256)
        with apart.public.lent(_path(apart, source)), apart.public.transaction():
            if apart.public.digest(public_id) != held.sha256:
                transfer(apart.public, held.document_id, public_id, held.origin, origin)
                drop_warnings(apart.public, public_id, None)
        copies = _copies_of(source.catalogue, held)
        _give_up(source, held, which, origin, *copies)
        _tidy(held, origin)
        moved.append(Moved(public_id, held.symbol, source.name, None, copies))
    return moved


def _copies_of(catalogue: Catalogue, held: _Held) -> tuple[str, ...]:
    """Return the files that hold the same bytes as a document, sorted."""
    rows = catalogue.connection.execute(
        "SELECT source FROM copies WHERE document_id = ? AND sha256 = ? ORDER BY source",
        (held.document_id, held.sha256),
    )
    return tuple(str(source) for (source,) in rows if source != held.origin)


def _path(apart: Apart, source: Compartment | None) -> Path:
    return (apart.index_dir if source is None else source.folder) / CATALOGUE


def _all_named(catalogue: Catalogue, what: Sequence[str]) -> list[_Held]:
    found = {held.document_id: held for one in what for held in _named(catalogue, one)}
    return list(found.values())


def _named(catalogue: Catalogue, one: str) -> list[_Held]:
    """Return documents of a symbol, an id (with its collection or without), a file or a folder."""
    rows = catalogue.connection.execute(
        "SELECT document_id, symbol, o.source, sha256, file_format IN ('jsonl') FROM documents "
        "JOIN origins o USING (document_id) ORDER BY document_id"
    ).fetchall()
    names = names_of_file(Path(one))
    inside = tuple(f"{name.rstrip('/')}/" for name in names)
    return [
        _Held(document_id, symbol, origin, sha256, bool(records))
        for document_id, symbol, origin, sha256, records in rows
        if one in (document_id, symbol, id_outside(document_id))
        or origin in names
        or origin.startswith(inside)
    ]


def _check_known(what: Sequence[str], found: Sequence[_Held], apart: Apart) -> None:
    for one in what:
        names = set(names_of_file(Path(one)))
        inside = tuple(f"{name.rstrip('/')}/" for name in names)
        if not any(
            one in (held.document_id, held.symbol, id_outside(held.document_id))
            or held.origin in names
            or held.origin.startswith(inside)
            for held in found
        ):
            raise UnknownNameError(
                one,
                f"no such document, file or folder in {apart.index_dir}",
                "see `precedent restricted list`, or give a symbol",
            )


def _check_free(
    source: Compartment, held: _Held, found: Sequence[tuple[object, _Held]], rows: Rows
) -> None:
    """Make sure that the next run would not restrict a document again.

    Raises:
        InputError: it would.
    """
    path = Path(held.origin)
    try:
        said = restricted_beside(path, rows)
    except SidecarError as error:
        raise InputError(
            held.symbol or held.document_id,
            f"may be restricted by what stands beside its file: {error.cause}",
            "mend that first, and take `restricted` out of it",
        ) from error
    if said is None and held.records and path.exists():
        with RecordReader() as reader:
            records = (one for one in reader.read(path) if isinstance(one, Document))
            said = next((one.restricted for one in records if one.sha256 == held.sha256), None)
    if said is not None:
        raise InputError(
            held.symbol or held.document_id,
            f"is said to be restricted in {said} by its record or its sidecar",
            "take `restricted` out of that first",
        )
    whole = not source.has_claimed_apart(held.origin, id_outside(held.document_id))
    siblings = {
        str(document_id)
        for (document_id,) in source.catalogue.connection.execute(
            "SELECT document_id FROM origins WHERE source = ?", (held.origin,)
        )
    }
    if whole and not siblings <= {each.document_id for _, each in found}:
        raise InputError(
            held.symbol or held.document_id,
            f"is one of {len(siblings)} documents of a file that is restricted as a whole",
            f"release the file: {held.origin}",
        )


def _give_up(source: Compartment, held: _Held, which: str, *others: str) -> None:
    """Take a document out of a collection, with the claims to its file and to others."""
    paths = (held.origin, *others)
    names = dict.fromkeys((*paths, *(n for path in paths for n in names_of_file(Path(path)))))
    with source.catalogue.transaction():
        source.release_now(names, which)
        if held.records:
            source.release_now(names, held.sha256)
        source.catalogue.connection.execute(
            "DELETE FROM copies WHERE document_id = ?", (held.document_id,)
        )
        source.catalogue.forget(held.document_id)
        source.catalogue.connection.execute("DELETE FROM sources WHERE source = ?", (held.origin,))


def _free_id(public: Catalogue, document_id: str, sha256: str) -> str:
    """Return the id a document gets in the public index: marked, where another text has its own."""
    if public.digest(document_id) in (None, sha256):
        return document_id
    key, colon, language = document_id.partition(":")
    return f"{key}~{sha256[:6]}{colon}{language}"


def _file_moved(
    apart: Apart, held: _Held, source: Compartment | None, target: Compartment | None
) -> str:
    """Copy an uploaded file to the uploads of where it goes; return where it is then.

    Uploads of a collection lie apart, or the bytes of one that comes again publicly would be known.
    """
    before = apart.index_dir.absolute() if source is None else source.folder.absolute()
    after = apart.index_dir.absolute() if target is None else target.folder.absolute()
    path = Path(held.origin)
    uploads = before / "uploads" / "files"
    if uploads not in path.parents or not path.is_file():
        return held.origin
    place = after / "uploads" / "files" / path.relative_to(uploads)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = place.with_name(f".{place.name}")
    shutil.copyfile(path, scratch)
    scratch.replace(place)
    return str(place)


def _tidy(held: _Held, origin: str) -> None:
    if origin != held.origin:
        path = Path(held.origin)
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            path.parent.rmdir()
