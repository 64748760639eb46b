"""Folds of a snapshot in memory: which passages say the same, and which of them to show."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FoldColumns"]

Rows = NDArray[np.int64]

_NONE = -1
_WIDEST = 8


@dataclass(frozen=True, slots=True)
class FoldColumns:
    """Folds by row.

    Attributes:
        fold: (n,) int32, the fold of each row, or -1.
        preference: (n,) int32, of the row's document; the lowest of a fold is shown.
        members: rows that have a fold, ordered by it.
        starts: (folds + 1,) where each fold begins in `members`.
        widest: rows of the largest fold, at most 8: what a search must look deeper by.
    """

    fold: NDArray[np.int32]
    preference: NDArray[np.int32]
    members: Rows
    starts: Rows
    widest: int

    @classmethod
    def load(cls, connection: sqlite3.Connection, rows: int) -> FoldColumns:
        """Read the folds of a snapshot of so many rows."""
        table = connection.execute("SELECT fold, row, preference FROM folds ORDER BY fold, row")
        held = np.array([tuple(each) for each in table], np.int64).reshape(-1, 3)
        fold = np.full(rows, _NONE, np.int32)
        preference = np.zeros(rows, np.int32)
        fold[held[:, 1]] = held[:, 0]
        preference[held[:, 1]] = held[:, 2]
        count = int(held[:, 0].max(initial=-1)) + 1
        starts = np.searchsorted(held[:, 0], np.arange(count + 1))
        widest = int(np.diff(starts).max(initial=1))
        return cls(fold, preference, held[:, 1].copy(), starts, min(widest, _WIDEST))

    @property
    def is_empty(self) -> bool:
        """Whether no passage has a double."""
        return not len(self.members)

    def shown(self, rows: Rows, allowed: NDArray[np.bool_] | None) -> Rows:
        """Return what to show for candidates: of each fold its best row that is allowed.

        A row takes another's place whether or not it was a candidate itself, because both say the
        same. The order is that of rows.
        """
        if self.is_empty or not len(rows):
            return rows
        folds = np.unique(self.fold[rows])
        folds = folds[folds != _NONE]
        if not len(folds):
            return rows
        doubles = np.concatenate(
            [self.members[self.starts[each] : self.starts[each + 1]] for each in folds]
        )
        if allowed is not None:
            doubles = doubles[allowed[doubles]]
        best = np.full(len(self.starts), np.iinfo(np.int32).max, np.int32)
        np.minimum.at(best, self.fold[doubles], self.preference[doubles])
        kept = doubles[self.preference[doubles] == best[self.fold[doubles]]]
        return np.union1d(rows[self.fold[rows] == _NONE], kept)

    def doubles(self, row: int) -> list[int]:
        """Return the other rows of a row's fold, the preferred first."""
        fold = int(self.fold[row])
        if fold == _NONE:
            return []
        members = self.members[self.starts[fold] : self.starts[fold + 1]]
        others = members[self.preference[members] != self.preference[row]]
        return [int(each) for each in others[np.argsort(self.preference[others], kind="stable")]]

    def lesser(self, row: int) -> list[int]:
        """Return the rows of a row's fold that it stands before."""
        return [each for each in self.doubles(row) if self.preference[each] > self.preference[row]]
