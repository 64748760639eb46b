"""Acts on a whole installation: index, restrict, release, remove, back up, restore, repair, pull.

An installation is a folder with `own` files, an `index`, a `library.sqlite`, a `keys.sqlite`,
`models` and two backups, of which `first.zip` was made at the very beginning.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import indexer.reading
from corpus.errors import UnknownNameError
from corpus.restricted import collection_of, id_outside
from indexer.build import build_index, move_documents, remove_documents
from indexer.models import DEFAULT_MODEL, store
from indexer.models.fetch import Fetched
from indexer.repair import repair_index
from indexer.restricted.place import collection_dir, collections_of
from library import collections
from library.checking import repair_library
from library.file import Library
from precedent.backup import make_backup, restore_backup
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from search_api.access.keys import KeyFile
from tests.fakes import FakeEncoder
from tests.robustness.after import look_at_catalogue
from tests.search_api.fake_job import OwnPool
from tests.search_api.intake import a_text

__all__ = [
    "MODEL_FILES", "Act", "Held", "Installation", "Kept", "State", "digest_of", "do_act", "id_of",
    "number_of", "symbol_of",
]  # fmt: skip

MODEL_FILES = ("openvino_model.xml", "openvino_model.bin", "tokenizer.json")

Kept = tuple[list[str], list[str]]
"""Names of collections, and of keys."""

Held = dict[str, dict[str | None, str]]
"""The digest of each document by the collection that it is held in, by its id outside of any."""


@dataclass(frozen=True, slots=True)
class Act:
    """One command.

    Attributes:
        kind: which; see `do_act`.
        what: ids of documents.
        name: of a restricted collection.
    """

    kind: str
    what: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What an installation holds.

    Attributes:
        held: documents.
        kept: collections and keys.
    """

    held: Held
    kept: Kept


@dataclass(frozen=True, slots=True)
class Installation:
    """Where everything of one lies.

    Attributes:
        folder: of it.
    """

    folder: Path

    @property
    def own(self) -> Path:
        """Folder of the files that are indexed."""
        return self.folder / "own"

    @property
    def index_dir(self) -> Path:
        """Folder of the index."""
        return self.folder / "index"

    @property
    def library(self) -> Path:
        """File of collections and saved searches."""
        return self.folder / "library.sqlite"

    @property
    def keys(self) -> Path:
        """File of API keys."""
        return self.folder / "keys.sqlite"

    @property
    def places(self) -> Places:
        """Where a backup goes."""
        return Places(self.index_dir, self.library, self.folder / "models", self.keys)

    @property
    def backup(self) -> Path:
        """The backup that is made again and again."""
        return self.folder / "now.zip"

    @property
    def first_backup(self) -> Path:
        """The backup that is restored."""
        return self.folder / "first.zip"

    def file(self, number: int) -> Path:
        """Return the file of a document."""
        return self.own / f"{number}.en.txt"

    def write(self, number: int, edition: int) -> None:
        """Write a file of an edition of a document."""
        words = (f"unique{number} edition{edition} of the report", "The wells are of all.")
        self.own.mkdir(exist_ok=True)
        self.file(number).write_bytes(a_text(symbol_of(number), *words))

    def keep(self, name: str) -> None:
        """Keep a collection, and make a key."""
        with Library(self.library).writing() as connection:
            collections.create(connection, name)
        KeyFile(self.keys).add(name, ["read"])

    def kept(self) -> Kept:
        """Return the names of collections, and of keys; the files are whole."""
        with Library(self.library).reading() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            names = [each.name for each in collections.all_collections(connection)]
        return sorted(names), sorted(each.name for each in KeyFile(self.keys).all())

    def catalogues(self) -> dict[str | None, Path]:
        """Return the files of catalogues, by collection; None is of what is public."""
        names = collections_of(self.index_dir)
        apart = {name: collection_dir(self.index_dir, name) / "catalogue.sqlite" for name in names}
        return {None: self.index_dir / "catalogue.sqlite", **apart}

    def claimed(self) -> dict[str, str]:
        """Return the collection that each file is claimed by, by its path."""
        found = {}
        for name, path in self.catalogues().items():
            if name is not None:
                with closing(sqlite3.connect(path)) as held:
                    claims = held.execute("SELECT source FROM claims").fetchall()
                found.update({source: name for (source,) in claims})
        return found

    def held(self) -> Held:
        """Return where each document is held; every catalogue is whole."""
        found: Held = {}
        for name, path in self.catalogues().items():
            for document_id, digest in look_at_catalogue(path.parent).items():
                assert collection_of(document_id) == name, f"{document_id} is held by {name}"
                found.setdefault(id_outside(document_id), {})[name] = digest
        return found


def symbol_of(number: int) -> str:
    """Return the symbol of a document."""
    return f"A/HRC/97/{number}"


def id_of(number: int) -> str:
    """Return the id of a document while it is public."""
    return f"{symbol_of(number).replace('/', '_')}:en"


def number_of(named: str) -> int:
    """Return the number of a document, by its symbol or an id of it."""
    return int(re.split("[/_]", id_outside(named).partition(":")[0])[-1])


def digest_of(file: Path) -> str:
    """Return the digest that a document of a file is known by."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def do_act(place: Path, act: Act) -> None:
    """Do an act, as the command of its name does; one that has been done already does nothing."""
    with patch.object(indexer.reading, "ParsingPool", OwnPool):
        _ACTS[act.kind](Installation(place), act)


def _index(at: Installation, act: Act) -> None:
    paths = [at.own] if act.kind == "index" else []
    build_index(paths, at.index_dir, encoder=FakeEncoder(), whole=act.kind == "whole")


def _move(at: Installation, act: Act) -> None:
    with suppress(UnknownNameError):  # done already
        move_documents(act.what, at.index_dir, act.name, encoder=FakeEncoder())


def _remove(at: Installation, act: Act) -> None:
    with suppress(UnknownNameError):
        remove_documents(act.what, at.index_dir, encoder=FakeEncoder())


def _backup(at: Installation, _: Act) -> None:
    make_backup(Wanted(at.index_dir, at.library, keys=at.keys), at.backup)


def _restore(at: Installation, _: Act) -> None:
    restore_backup(at.first_backup, at.places, replace_all=True)


def _repair(at: Installation, _: Act) -> None:
    repair_index(at.index_dir)


def _repair_library(at: Installation, _: Act) -> None:
    repair_library(at.library)


def _pull(at: Installation, _: Act) -> None:
    with patch.multiple(store, fetch=_fetch, convert=_convert, _NEEDED_BYTES=0):
        store.pull(DEFAULT_MODEL, at.places.models)


def _fetch(_spec: object, folder: Path, **_: object) -> Fetched:
    """Stand for the hub."""
    for name in ("weights", "tokenizer.json"):
        (folder / name).write_bytes(name.encode() * 1000)
    return Fetched(folder / "weights", "safetensors", "d" * 64, folder / "tokenizer.json", "here")


def _convert(_spec: object, fetched: Fetched, folder: Path) -> None:
    """Stand for a conversion."""
    for name in MODEL_FILES:
        (folder / name).write_bytes(name.encode() + fetched.weights.read_bytes())


_ACTS: Mapping[str, Callable[[Installation, Act], None]] = {
    "index": _index,
    "whole": _index,
    "restrict": _move,
    "release": _move,
    "remove": _remove,
    "backup": _backup,
    "restore": _restore,
    "repair": _repair,
    "repair library": _repair_library,
    "pull": _pull,
}
