"""What the library holds, as values."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

__all__ = [
    "Collection",
    "Entry",
    "PassageCopy",
    "SavedSearch",
    "Seen",
    "SeenHit",
    "digest_of",
    "name_key",
]


def digest_of(text: str) -> str:
    """Return the sha256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def name_key(name: str) -> str:
    """Return what two names have in common that a reader takes for the same.

    Case, width and composition do not tell names apart; SQLite's own NOCASE knows ASCII only.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class PassageCopy:
    """A passage as it stood when it was added.

    Attributes:
        passage_id: key in the index.
        document_id: key of its document.
        citation: in UN form.
        text: its words.
        symbol: of the document; so title, url, date, language.
        standing: what it was worth as precedent, for people.
        counts: whether it was precedent at all.
    """

    passage_id: str
    document_id: str
    citation: str
    text: str
    symbol: str | None
    title: str | None
    url: str | None
    date: str | None
    language: str | None
    standing: str | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage in a collection.

    Attributes:
        entry_id: never given twice.
        copy: the passage as it stood when it was added.
        note: the user's.
        tags: the user's, in the order given.
        added_at: ISO 8601, UTC.
        revision: how often note and tags were changed, from 1.
    """

    entry_id: int
    copy: PassageCopy
    note: str
    tags: tuple[str, ...]
    added_at: str
    revision: int


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages kept together under a name.

    Attributes:
        collection_id: never given twice.
        name: unlike every other one by more than case.
        note: the user's.
        tags: the user's, in the order given.
        created_at: ISO 8601, UTC.
        changed_at: of it or of one of its entries.
        revision: how often name, note and tags were changed, from 1.
        entries: how many.
        used: greater than that of every one used before it.
    """

    collection_id: int
    name: str
    note: str
    tags: tuple[str, ...]
    created_at: str
    changed_at: str
    revision: int
    entries: int
    used: int


@dataclass(frozen=True, slots=True)
class SeenHit:
    """A passage that stood among the best of a search when it was last looked at."""

    passage_id: str
    digest: str
    citation: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a search gave at the last visit.

    Attributes:
        index: identity of the index.
        generation: of the index.
        at: ISO 8601, UTC.
        hits: best first.
        census: a key for every passage the index had then; see `search_api.keeping.census`.
    """

    index: str
    generation: int
    at: str
    hits: tuple[SeenHit, ...]
    census: bytes


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept under a name.

    Attributes:
        search_id: never given twice.
        name: unlike every other one by more than case.
        request: the search, JSON of the contract.
        note: the user's.
        depth: how many of the best hits are watched.
        created_at: ISO 8601, UTC.
        revision: how often it was changed, from 1.
        seen_at: the last visit, ISO 8601, UTC; None where there was none.
        seen_index: identity of the index at the last visit.
        seen_generation: of that index.
    """

    search_id: int
    name: str
    request: str
    note: str
    depth: int
    created_at: str
    revision: int
    seen_at: str | None
    seen_index: str | None
    seen_generation: int | None
