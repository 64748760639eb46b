"""What a text is worth as precedent: who adopted or said it, how, and whether it still counts.

The order and the names are a table, `standing.toml` beside this module; `PRECEDENT_STANDING` names
another file of the same form. Sources of the order: see docs/standing.md.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import InputError

__all__ = ["Standing", "StandingTable", "standing_file", "standing_table"]

_OWN = Path(__file__).with_name("standing.toml")
_VARIABLE = "PRECEDENT_STANDING"
_WORDS = ("kinds", "statuses", "titled", "paragraphs", "headed", "unless")
_HOW = "see docs/standing.md for the form of this file"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a text is worth as precedent.

    Attributes:
        name: of the standing, as in the table.
        label: for people.
        authority: place in the table, from 1; a lower number is the stronger.
        counts: whether it may be cited as precedent.
        why: the reason where it may not; None where it may.
        vote: (in favour, against, abstaining), where known.
        vote_in_doubt: what is wrong with the tally, or None.
    """

    name: str
    label: str
    authority: int
    counts: bool
    why: str | None = None
    vote: tuple[int, int, int] | None = None
    vote_in_doubt: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    label: str
    counts: bool
    why: str
    kinds: frozenset[str]
    statuses: frozenset[str]
    titled: tuple[str, ...]
    paragraphs: frozenset[str]
    headed: tuple[str, ...]
    unless: tuple[str, ...]

    def meets(
        self,
        kind: str | None,
        status: str | None,
        title: str,
        paragraph: str,
        section: Sequence[str],
    ) -> bool:
        if self.kinds and (kind or "") not in self.kinds:
            return False
        if self.statuses and (status or "") not in self.statuses:
            return False
        if self.paragraphs and paragraph not in self.paragraphs:
            return False
        if self.titled and not any(words in title for words in self.titled):
            return False
        if not self.headed and not self.unless:
            return True
        # Each word with a space before it, wherever the lines of the report break.
        heading = " " + " / ".join(" ".join(part.split()) for part in section).lower()
        if any(words in heading for words in self.unless):
            return False
        return not self.headed or any(words in heading for words in self.headed)


class StandingTable:
    """The standings that texts can have, strongest first."""

    def __init__(self, entries: Sequence[_Entry], members: Mapping[str, int]) -> None:
        self._entries = tuple(entries)
        names = list(dict.fromkeys(entry.name for entry in entries))
        # What never counts comes last in authority, wherever it stands in the file.
        counting = [n for n in names if any(e.name == n and e.counts for e in entries)]
        ordered = counting + [name for name in names if name not in counting]
        self._authority = {name: place for place, name in enumerate(ordered, 1)}
        self._members = dict(members)
        self._found = lru_cache(maxsize=8192)(self._find)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return each standing once, strongest first."""
        first: dict[str, Standing] = {}
        for entry in self._entries:
            first.setdefault(entry.name, self._standing(entry, None))
        return tuple(sorted(first.values(), key=lambda each: each.authority))

    @classmethod
    def read(cls, path: Path) -> StandingTable:
        """Read a table.

        Raises:
            InputError: it cannot be read, or is not of the form of `standing.toml`.
        """
        try:
            held = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise InputError(str(path), f"cannot be read: {error.strerror}", _HOW) from error
        except (ValueError, RecursionError) as error:  # of UTF-8, of TOML, of endless digits
            raise InputError(str(path), f"cannot be read as TOML: {error}", _HOW) from error
        rows = held.pop("standing", None)
        members = held.pop("members", {})
        if held or not isinstance(rows, list) or not rows or not isinstance(members, dict):
            raise InputError(str(path), "needs [[standing]] tables and may have [members]", _HOW)
        for body, count in members.items():
            if type(count) is not int or count < 1:
                raise InputError(str(path), f"members of {body!r} is not a number", _HOW)
        return cls([_entry(row, number, path) for number, row in enumerate(rows, 1)], members)

    def of(
        self,
        *,
        kind: str | None,
        status: str | None,
        title: str = "",
        body: str | None = None,
        superseded_by: str | None = None,
        vote: tuple[int, int, int] | None = None,
        paragraph_kind: str = "",
        section: Sequence[str] = (),
    ) -> Standing:
        """Return the standing of a paragraph.

        Args:
            kind: of its document, a `DocumentKind` or what its source gives.
            status: of its document, a `DocumentStatus`.
            title: of its document.
            body: that speaks, as in `Document.body`; its members bound the tally.
            superseded_by: symbol of the text that replaced it.
            vote: (in favour, against, abstaining).
            paragraph_kind: a `ParagraphKind`.
            section: headings above it.
        """
        told = " ".join(title.split()).replace("’", "'").lower()
        return self._found(
            kind, status, told, body, superseded_by, vote, paragraph_kind, tuple(section)
        )

    def _find(
        self,
        kind: str | None,
        status: str | None,
        title: str,
        body: str | None,
        superseded_by: str | None,
        vote: tuple[int, int, int] | None,
        paragraph_kind: str,
        section: tuple[str, ...],
    ) -> Standing:
        for entry in self._entries:
            if entry.meets(kind, status, title, paragraph_kind, section):
                return self._standing(entry, superseded_by, vote, self._doubt(body, vote))
        return Standing("unknown", "Standing not known", len(self._authority) + 1, counts=True)

    def _standing(
        self,
        entry: _Entry,
        superseded_by: str | None,
        vote: tuple[int, int, int] | None = None,
        doubt: str | None = None,
    ) -> Standing:
        by = f" by {superseded_by}" if superseded_by else ""
        return Standing(
            name=entry.name,
            label=entry.label,
            authority=self._authority[entry.name],
            counts=entry.counts,
            why=None if entry.counts else entry.why.replace("{by}", by),
            vote=vote,
            vote_in_doubt=doubt,
        )

    def _doubt(self, body: str | None, vote: tuple[int, int, int] | None) -> str | None:
        members = self._members.get(body or "")
        if vote is None or members is None or sum(vote) <= members:
            return None
        tally = "–".join(map(str, vote))
        return f"{tally} makes {sum(vote)} votes, and the {body} has {members} members"


def _entry(row: Any, number: int, path: Path) -> _Entry:
    known = {"name", "label", "counts", "why", *_WORDS}
    if not isinstance(row, dict) or not {"name", "label", "counts"} <= set(row) <= known:
        raise InputError(
            f"{path}, standing {number}",
            f"needs name, label and counts, and may have {', '.join(sorted(known))}",
            _HOW,
        )
    lists = {name: row.get(name, []) for name in _WORDS}
    wrong = [name for name, value in lists.items() if not _is_words(value)]
    wrong += [name for name in ("name", "label", "why") if not isinstance(row.get(name, ""), str)]
    wrong += ["counts"] * (type(row["counts"]) is not bool)
    wrong += ["why"] * (row["counts"] is False and not row.get("why"))
    if wrong:
        raise InputError(f"{path}, standing {number}", f"{wrong[0]} is not as it should be", _HOW)
    return _Entry(
        name=row["name"],
        label=row["label"],
        counts=row["counts"],
        why=row.get("why", ""),
        kinds=frozenset(lists["kinds"]),
        statuses=frozenset(lists["statuses"]),
        titled=tuple(words.replace("’", "'") for words in _lowered(lists["titled"])),
        paragraphs=frozenset(lists["paragraphs"]),
        headed=_lowered(lists["headed"]),
        unless=_lowered(lists["unless"]),
    )


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _lowered(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)


def standing_file() -> Path | None:
    """Return the file that `PRECEDENT_STANDING` names, or None where it names none."""
    named = os.environ.get(_VARIABLE)
    return Path(named).expanduser() if named else None


@cache
def _read(path: Path) -> StandingTable:
    return StandingTable.read(path)


def standing_table() -> StandingTable:
    """Return the table in force: the file that `PRECEDENT_STANDING` names, else our own.

    Raises:
        InputError: the file cannot be used; says that this variable names it.
    """
    named = standing_file()
    if named is None:
        return _read(_OWN)
    try:
        return _read(named)
    except InputError as error:
        remedy = f"{error.remedy}; mend it, name another in {_VARIABLE}, or unset that for our own"
        raise InputError(f"{_VARIABLE}: {error.subject}", error.cause, remedy) from error
