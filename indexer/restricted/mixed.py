"""Files of records of which some are restricted: each record is kept where it belongs."""

from __future__ import annotations

from collections.abc import Callable

from corpus.restricted import id_in
from corpus.sources import printable_path
from corpus.types import Document, Source
from indexer.reading import Reading, reading_of
from indexer.restricted.apart import Apart, withdraw_document
from indexer.restricted.compartment import Compartment, names_of_file

__all__ = ["Mixed"]


class Mixed:
    """Takes the restricted records of files that are public otherwise."""

    def __init__(self, apart: Apart, reading: Callable[[Compartment], Reading]) -> None:
        self._apart = apart
        self._reading = reading
        self._kept: dict[str, set[str]] = {}

    def begin(self) -> None:
        """Begin a file."""
        self._kept.clear()

    @property
    def touched(self) -> bool:
        """Whether the file has a record that is restricted, as far as it was read."""
        return bool(self._kept)

    def collection_of(self, document: Document, source: Source) -> str | None:
        """Return the collection a record belongs to: as it says, or as an earlier one of it did.

        Where a collection has its bytes already, or a text of its symbol that was marked, it
        belongs there too, but for what this file had published before.
        """
        if document.restricted is not None:
            return document.restricted
        held, names = self._apart.compartments, names_of_file(source.path)
        claiming = next(
            (
                each.name
                for each in held
                if each.has_claimed(names, document.id) or each.has_claimed(names, document.sha256)
            ),
            None,
        )
        if claiming is not None or document.file_format != "jsonl":
            return claiming
        if self._apart.is_public(document.sha256, printable_path(source.path)):
            return None
        known = (
            each.name
            for each in held
            if each.has_bytes(document.sha256) or each.has_claimed_marked(names, document.id)
        )
        return next(known, None)

    def keep(self, document: Document, source: Source, name: str) -> None:
        """Keep a record in its collection, and then no more in the public catalogue."""
        compartment = self._apart.of(name)
        names = names_of_file(source.path)
        compartment.claim(names, document.id)
        before = compartment.catalogue.digest(id_in(document.id, name))
        if document.symbol is None and before not in (None, document.sha256):
            compartment.claim(names, str(before))  # its line is another's now: known by its bytes
        kept = self._kept.setdefault(name, set())
        self._reading(compartment).keep_one(document, source, kept)
        withdraw_document(self._apart.public, printable_path(source.path), document.id)

    def finish(self, source: Source) -> None:
        """Remove from every collection the records that the file no longer has."""
        origin = printable_path(source.path)
        for each in self._apart.compartments:
            held = each.name in self._kept or each.catalogue.holds_source(origin)
            if held and not each.has_claimed(names_of_file(source.path)):
                each.catalogue.finish_source(
                    origin, source.sha256, reading_of(source), self._kept.get(each.name, ())
                )
