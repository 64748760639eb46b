"""A run of the indexer over an index with restricted collections: what goes where, and is kept.

Whatever may be restricted is not taken for public: a claim, an option, a sidecar and a folder each
suffice, and so do bytes that are restricted already under another name. Each is kept as a claim,
in the collection's own catalogue, before the document is written there and before it goes from
the public one; a run that is cut in between is finished by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.errors import InputError, ReadError, SidecarError
from corpus.restricted import check_name
from corpus.sandbox.beside import RowsApart
from corpus.sidecars.apply import restricted_beside
from corpus.sidecars.files import Rows
from corpus.sources import printable_path
from corpus.types import Source
from indexer.catalogue import Catalogue
from indexer.choices import keep_model
from indexer.encoder.types import Keyed
from indexer.report import Failure, Outcome, failure_of
from indexer.restricted.compartment import Compartment, names_of_file
from indexer.restricted.listed import list_name, require_all
from indexer.restricted.place import collections_of

__all__ = ["Apart", "withdraw", "withdraw_document"]


class Apart:
    """The restricted collections of an index while it is written; use as a context manager."""

    def __init__(self, index_dir: Path, public: Catalogue, encoder: Keyed) -> None:
        """Open the collections there are, and take from the public catalogue what is claimed.

        Raises:
            IndexUnusableError: a collection cannot be opened, is not there any more, or is of
                another model.
        """
        require_all(index_dir)
        self.index_dir = index_dir
        self.public = public
        self._encoder = encoder
        self._open: dict[str, Compartment] = {}
        self.sources: dict[str, list[Source]] = {}
        self.failures: dict[str, list[Failure]] = {}
        try:
            for name in collections_of(index_dir):
                self.of(name)
            self._enforce()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the catalogues."""
        for each in self._open.values():
            each.close()
        self._open.clear()

    @property
    def compartments(self) -> list[Compartment]:
        """The collections, by name."""
        return [self._open[name] for name in sorted(self._open)]

    def of(self, name: str) -> Compartment:
        """Return a collection, made where it is missing.

        Raises:
            InputError: it cannot be a name.
        """
        if name not in self._open:
            made = Compartment(self.index_dir, name)
            self._open[name] = made
            keep_model(made.catalogue, self._encoder, made.folder)
            list_name(self.index_dir, name)
        return self._open[name]

    def _enforce(self) -> None:
        """Take from the public catalogue what is claimed: a run may have been cut before it was."""
        for each in self.compartments:
            for source, document_id in each.claims():
                if document_id:
                    withdraw_document(self.public, source, document_id)
                else:
                    withdraw(self.public, source)

    # Assigning ---------------------------------------------------------------------------------

    def give(self, paths: Iterable[Path], name: str) -> None:
        """Claim folders and files for a collection: those that lie there now, and later.

        Raises:
            InputError: a folder belongs to another collection.
        """
        check_name(name)
        for path in paths:
            names = names_of_file(path)
            other = self._ruling(names)
            if other is not None and other != name and path.is_dir():
                raise InputError(
                    printable_path(path),
                    f"belongs to the restricted collection {other}",
                    f"use --restricted {other}, or `precedent restricted release` first",
                )
            if path.is_dir():
                self.of(name).claim_folder(names)

    def part(self, sources: Iterable[Source], name: str | None = None) -> list[Source]:
        """Return the sources that are public; the others are claimed, and noted for their own.

        Args:
            sources: that were found.
            name: the collection that all of them are to go into; None where each says it itself.
        """
        public: list[Source] = []
        with RowsApart() as rows:
            for source in sources:
                try:
                    own = self._collection(source, name, rows)
                except ReadError as error:
                    origin = printable_path(source.path)
                    failure = failure_of(origin, error, sha256=source.sha256)
                    self.failures.setdefault("", []).append(failure)
                    withdraw(self.public, origin)  # it may be restricted from now on
                    continue
                if own is None:
                    public.append(source)
                else:
                    self.of(own).claim(names_of_file(source.path))
                    self.sources.setdefault(own, []).append(source)
        return public

    def part_failures(self, failures: Iterable[Failure], name: str | None = None) -> list[Failure]:
        """Return the failures to find a file that may be told publicly; the others are noted."""
        public: list[Failure] = []
        for failure in failures:
            names = names_of_file(Path(failure.origin))
            own = name or self._claiming(names) or self._ruling(names)
            if own is None:
                public.append(failure)
            else:
                self.failures.setdefault(own, []).append(failure)
        return public

    def outcomes(self) -> list[Outcome]:
        """Return what became of the files that were left out because they may be restricted."""
        return [Outcome(each.origin, "failed", failure=each) for each in self.failures.get("", ())]

    def is_public(self, sha256: str, origin: str) -> bool:
        """Tell whether the public catalogue has a document of these bytes from this file."""
        row = self.public.connection.execute(
            "SELECT 1 FROM documents JOIN origins o USING (document_id) "
            "WHERE sha256 = ? AND o.source = ?",
            (sha256, origin),
        ).fetchone()
        return row is not None

    def withdraw(self, sources: Iterable[Source]) -> None:
        """Take files out of the public catalogue that a collection has claimed."""
        for source in sources:
            withdraw(self.public, printable_path(source.path))

    def _collection(self, source: Source, given: str | None, rows: Rows) -> str | None:
        """Return the collection of a source, or None.

        Raises:
            ReadError: it is claimed by another than is said now, or what is said is unclear.
        """
        names = names_of_file(source.path) if self._open else ()
        claiming = self._claiming(names)
        ruling = self._ruling(names)
        try:
            said = restricted_beside(source.path, rows) if source.sidecar else None
        except SidecarError:
            if claiming is None and ruling is None and given is None:
                raise
            said = None  # to read it fails, and is told to those who may know
        wanted = given or said
        if (claiming is not None and wanted not in (None, claiming)) or (
            given is not None and said not in (None, given)
        ):
            raise SidecarError(
                printable_path(source.path),
                f"belongs to the restricted collection {claiming or said}, not {wanted}",
                "`precedent restricted set` moves it",
            )
        if claiming or wanted:
            return claiming or wanted
        if any(each.has_released(names) for each in self.compartments):
            return None
        return ruling or self._known(source)

    def _claiming(self, names: Sequence[str]) -> str | None:
        return next((each.name for each in self.compartments if each.has_claimed(names)), None)

    def _ruling(self, names: Sequence[str]) -> str | None:
        """Return the collection of the nearest folder that belongs to one."""
        found: tuple[int, str] | None = None
        for each in self.compartments:
            for folder in each.folders():
                inside = (name == folder or name.startswith(f"{folder.rstrip('/')}/")
                          for name in names)  # fmt: skip
                if any(inside) and (found is None or len(folder) > found[0]):
                    found = (len(folder), each.name)
        return None if found is None else found[1]

    def _known(self, source: Source) -> str | None:
        """Return the collection that has the same bytes, unless this file is public already."""
        holds = next(
            (each.name for each in self.compartments if each.has_bytes(source.sha256)), None
        )
        if holds is None or self.public.holds_source(printable_path(source.path)):
            return None
        return holds


def withdraw(public: Catalogue, source: str) -> list[str]:
    """Take a file out of the public catalogue, and all that tells of it; return its documents."""
    held = public.connection
    with public.transaction():
        rows = held.execute("SELECT document_id FROM origins WHERE source = ?", (source,))
        ids = [str(document_id) for (document_id,) in rows.fetchall()]
        for document_id in ids:
            public.forget(document_id)
        noted = sum(
            held.execute(query, (source,)).rowcount
            for query in (
                "DELETE FROM copies WHERE source = ?",
                "DELETE FROM failures WHERE origin = ?",
            )
        )
        held.execute("DELETE FROM sources WHERE source = ?", (source,))
        if noted and public.count("documents"):
            public.count_change()
    return ids


def withdraw_document(public: Catalogue, source: str, document_id: str) -> bool:
    """Take a document of a file out of the public catalogue; tell whether it was there."""
    if public.origin(document_id) != source:
        return False
    with public.transaction():
        public.forget(document_id)
    return True
