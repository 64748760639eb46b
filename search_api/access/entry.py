"""An entry of the audit log: as a line, with its hash, and whether it follows the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

__all__ = ["Entry", "entry_after", "faults", "read_entry", "read_unended"]

_GENESIS: Final = "0" * 64
"""Stands for the entry before the first."""

_LONGEST = 2_000
"""Characters of an object or a detail; what is longer is cut, and ends with an ellipsis."""
_MOST_DETAILS = 50
"""Parts of a detail that is a list."""
_TEXTS = ("at", "actor", "act", "object", "outcome", "previous", "hash")


@dataclass(frozen=True, slots=True)
class Entry:
    """One act.

    Attributes:
        n: its number, from 1.
        at: when, by the clock of the machine: ISO 8601, UTC. Clocks jump; `n` gives the order.
        actor: "local", or the id and name of a key.
        act: what was done, such as "keys.add" or "upload".
        object: what to.
        outcome: "done", "accepted" (a job was made of it), "refused: why" or "failed: why".
        details: more of it; numbers, names and lists of these.
        previous: hash of the entry before; 64 zeros for the first.
        hash: SHA-256 of this entry without its hash.
    """

    n: int
    at: str
    actor: str
    act: str
    object: str
    outcome: str
    previous: str
    hash: str
    details: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the members as they stand in the file."""
        return {**_body(self), "hash": self.hash}

    def line(self) -> bytes:
        """Return it as it stands in the file."""
        return _line(self.as_json())


def _body(entry: Entry) -> dict[str, Any]:
    body = {
        "n": entry.n,
        "at": entry.at,
        "actor": entry.actor,
        "act": entry.act,
        "object": entry.object,
        "outcome": entry.outcome,
    }
    if entry.details:
        body["details"] = dict(entry.details)
    return {**body, "previous": entry.previous}


def _line(value: Mapping[str, Any]) -> bytes:
    written = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return written.encode("ascii") + b"\n"


def _hash(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_line(body)).hexdigest()


def entry_after(
    last: Entry | None, rest: bytes, details: Mapping[str, object], **members: str
) -> Entry:
    """Return the entry that follows another.

    Args:
        last: the entry before; None for the first.
        rest: what stands behind that and is no entry, because it was cut short.
        details: as they were given; bounded here, and without what is None.
        members: when, who, what, to what, and what became of it.
    """
    more = {name: _bounded(value) for name, value in details.items() if value is not None}
    if rest:
        more["after_cut"] = _digest(rest)
    entry = Entry(
        **{name: _short(value) for name, value in members.items()},
        n=last.n + 1 if last else 1,
        details=more,
        previous=last.hash if last else _GENESIS,
        hash="",
    )
    return replace(entry, hash=_hash(_body(entry)))


def read_entry(line: bytes) -> Entry | None:
    """Return the entry of a line, or None where it is none."""
    if not line.endswith(b"\n"):
        return None
    try:
        members = json.loads(line)
        entry = Entry(**members)
    except (ValueError, TypeError, RecursionError):
        return None
    texts = (getattr(entry, name) for name in _TEXTS)
    is_entry = type(entry.n) is int and isinstance(entry.details, dict)
    return entry if is_entry and all(isinstance(text, str) for text in texts) else None


def faults(entry: Entry, line: bytes, last: Entry | None, unread: bytes) -> Iterator[str]:
    """Yield what is wrong with an entry behind another, and with what stands between them.

    Args:
        entry: the entry.
        line: what it was read from; it may say more than the entry, a member twice for instance.
        last: the entry before; None for the first.
        unread: what stands between the two and is no entry.
    """
    if _hash(_body(entry)) != entry.hash or entry.line() != line:
        yield f"entry {entry.n} was altered"
    if entry.previous != (last.hash if last else _GENESIS):
        yield f"entry {entry.n} does not follow the one before it"
    if entry.n != (last.n + 1 if last else 1):
        yield f"entry {entry.n} comes after {last.n if last else 'nothing'}"
    cut = _digest(unread) if unread else None
    if entry.details.get("after_cut") != cut:
        yield f"what stands before entry {entry.n} is no entry, and not what was cut short there"
    if "lost" in entry.details:
        lost = entry.details["lost"]
        yield f"when entry {entry.n} was noted, this was gone, which had been the last: {lost}"


def read_unended(line: bytes) -> Entry | None:
    """Return the entry of a line that lacks nothing but its end."""
    entry = read_entry(line + b"\n")
    return entry if entry is not None and _hash(_body(entry)) == entry.hash else None


def _digest(rest: bytes) -> str:
    return hashlib.sha256(rest.rstrip(b"\n")).hexdigest()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _bounded(value: object) -> object:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, list | tuple | set | frozenset):
        parts = list(value)[:_MOST_DETAILS]
        more = len(value) - len(parts)
        return [*map(_bounded, parts), *([f"and {more} more"] if more else [])]
    return _short(str(value))
