"""Documents as linking sees them: names, language, standing, and what they say of each other."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.errors import SymbolError
from corpus.metadata.relations import relations_of_symbol
from corpus.symbols import parse_symbol
from corpus.types import DocumentKind, DocumentStatus, RelationKind

__all__ = ["Entries", "Entry", "symbols_of"]

_DIGEST_MARK = re.compile(r"~[0-9a-f]{6}\Z")
_COMMENT_MARK = re.compile(r"~gc\d+")
_DRAFT_KINDS = frozenset({DocumentKind.DRAFT_RESOLUTION, DocumentKind.DRAFT_AMENDMENT})
_ADOPTABLE_KINDS = frozenset({DocumentKind.RESOLUTION, DocumentKind.DECISION})


_SYMBOLS_REMEMBERED = 1 << 17
"""Symbols of which it is remembered what they say: publication asks of each document three times,
and the languages of a document share one."""


def symbols_of(symbol: str | None) -> tuple[str, ...]:
    """Return the names a document is asked for by: a joint one has its own and each member's."""
    return () if symbol is None else _said_by(symbol)[0]


@lru_cache(maxsize=_SYMBOLS_REMEMBERED)
def _said_by(symbol: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the names that a symbol gives, and what it says of other documents."""
    try:
        parsed = parse_symbol(symbol)
    except SymbolError:
        return (symbol,), ()
    names = dict.fromkeys([symbol, *(member.text for member in parsed.members)])
    implied = relations_of_symbol(parsed)
    return tuple(names), tuple((relation.kind.value, relation.symbol) for relation in implied)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document without its text.

    Attributes:
        id: of the document.
        symbol: its symbol, or None.
        names: its symbol and, of a joint one, each member's.
        language: ISO 639-1, or None.
        kind: a `DocumentKind`, another word, or None.
        status: a `DocumentStatus`, or None.
        superseded_by: symbol of the text that replaced it, as it or a record says.
        session: of the body.
        year: people file it under.
        relations: (kind, symbol) of each tie that it states.
    """

    id: str
    symbol: str | None
    names: tuple[str, ...]
    language: str | None
    kind: str | None
    status: str | None
    superseded_by: str | None
    session: str | None
    year: int | None
    relations: tuple[tuple[str, str], ...]

    @property
    def comment_mark(self) -> str:
        """`~gc20` of a general comment that shares the symbol of a session report, or ""."""
        found = _COMMENT_MARK.search(self.id)
        return found[0] if found else ""

    @property
    def is_marked(self) -> bool:
        """Whether its id carries a digest: another text was indexed under the symbol before it."""
        return _DIGEST_MARK.search(self.id.partition(":")[0]) is not None

    @property
    def is_draft(self) -> bool:
        """Whether it was put forward for adoption and not, or not yet, adopted under its symbol."""
        return self.kind in _DRAFT_KINDS or self.status == DocumentStatus.DRAFT

    @property
    def is_adoptable(self) -> bool:
        """Whether it may be what became of a draft."""
        return (
            self.kind in _ADOPTABLE_KINDS
            and not self.is_draft
            and self.status != DocumentStatus.REJECTED
        )

    def states(self, kind: RelationKind, other: Entry) -> bool:
        """Tell whether this document says that it is so tied to another."""
        return any(said == kind and symbol in other.names for said, symbol in self.relations)


def _relations(symbol: str | None, stated: str) -> tuple[tuple[str, str], ...]:
    """Return what a document states, and what its symbol says where no reader has looked at it."""
    found = [(kind, other) for kind, other in json.loads(stated)]
    if symbol is not None:
        found += _said_by(symbol)[1]
    return tuple(dict.fromkeys(found))


class Entries:
    """The documents of an index, by id and by name."""

    def __init__(self, entries: list[Entry]) -> None:
        self.by_id = {entry.id: entry for entry in entries}
        self._named: dict[str, list[Entry]] = {}
        for entry in entries:
            for name in entry.names:
                self._named.setdefault(name, []).append(entry)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.by_id.values())

    def named(self, symbol: str) -> list[Entry]:
        """Return the documents of a symbol, in every language."""
        return self._named.get(symbol, [])

    def names(self) -> Iterator[tuple[str, list[Entry]]]:
        """Yield every name with its documents."""
        yield from self._named.items()

    @classmethod
    def load(cls, connection: sqlite3.Connection) -> Entries:
        """Read the documents of a database that has the table, in the order of their ids."""
        rows = connection.execute(
            "SELECT document_id, symbol, language, kind, status, superseded_by, session, year, "
            "relations FROM documents ORDER BY document_id"
        )
        return cls(
            [
                Entry(
                    id=row[0],
                    symbol=row[1],
                    names=symbols_of(row[1]),
                    language=row[2],
                    kind=row[3],
                    status=row[4],
                    superseded_by=row[5],
                    session=row[6],
                    year=row[7],
                    relations=_relations(row[1], row[8]),
                )
                for row in rows
            ]
        )
