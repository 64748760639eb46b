"""The rows of the negotiation table, kept for as long as the page is open and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from search_api.schemas import MAX_CELL_CHARACTERS, TableRow

__all__ = [
    "PASSAGE", "Row", "add", "as_schema", "clear", "edited", "extend", "filled", "holds",
    "just_added", "rows", "too_long", "version", "waiting",
]  # fmt: skip

Row = dict[str, Any]
"""Cells by the names of `TableRow`, and under `PASSAGE` the passage that filled it, if one did."""

PASSAGE = "passage"
_ROWS = "table-rows"
_WAITING = "table-waiting"
_ADDED = "table-added"
_VERSION = "table-version"


def rows() -> list[Row]:
    """Return the rows as last edited."""
    held: list[Row] = st.session_state.get(_ROWS, [])
    return held


def waiting() -> list[str]:
    """Return passages that were added and have no row yet."""
    held: list[str] = st.session_state.get(_WAITING, [])
    return held


def holds(passage_id: str) -> bool:
    """Tell whether a passage is in the table."""
    return passage_id in waiting() or any(row.get(PASSAGE) == passage_id for row in rows())


def add(passage_id: str) -> None:
    """Put a passage in the table; the page shows its row when it is next drawn."""
    if not holds(passage_id):
        st.session_state[_WAITING] = [*waiting(), passage_id]
        st.session_state[_ADDED] = len(waiting()) + sum(bool(row.get(PASSAGE)) for row in rows())


def just_added() -> int:
    """Return how many passages the table holds if one was added since this was asked, else 0."""
    count: int = st.session_state.pop(_ADDED, 0)
    return count


def extend(added: Iterable[Row]) -> None:
    """Append rows; an editor of the old ones is done with, see `version`."""
    st.session_state[_ROWS] = [*(row for row in rows() if any(row.values())), *added]
    st.session_state[_VERSION] = version() + 1


def edited(now: list[Row]) -> None:
    """Keep rows as an editor left them, which goes on with what it was given."""
    st.session_state[_ROWS] = now


def filled(passage_id: str) -> None:
    """Say that a waiting passage has been dealt with."""
    st.session_state[_WAITING] = [each for each in waiting() if each != passage_id]


def clear() -> None:
    """Empty the table."""
    st.session_state[_ROWS], st.session_state[_WAITING] = [], []
    st.session_state[_VERSION] = version() + 1


def version() -> int:
    """Return a number that changes whenever rows change from outside their editor."""
    held: int = st.session_state.get(_VERSION, 0)
    return held


def too_long() -> bool:
    """Tell whether a cell has more than a file of the table takes, which leaves out the rest."""
    cells = (row.get(name) for row in rows() for name in TableRow.model_fields)
    return any(len(str(cell or "")) > MAX_CELL_CHARACTERS for cell in cells)


def as_schema(held: Iterable[Row]) -> tuple[TableRow, ...]:
    """Return rows for the service; those with nothing in them are left out."""
    cells = [
        {name: str(row.get(name) or "")[:MAX_CELL_CHARACTERS] for name in TableRow.model_fields}
        for row in held
    ]
    return tuple(TableRow(**each) for each in cells if any(map(str.strip, each.values())))
