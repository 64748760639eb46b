"""Which index a segment of vectors gets, by its size."""

from __future__ import annotations

from typing import Literal

__all__ = ["CODED_FROM", "KINDS", "SEGMENT_ROWS", "Kind", "is_coded"]

Kind = Literal["auto", "flat", "rabitq"]
"""`auto` codes segments of CODED_FROM rows or more, `flat` none, `rabitq` all but the smallest."""

KINDS: tuple[Kind, ...] = ("auto", "flat", "rabitq")

CODED_FROM = 32_768
"""Rows from which a segment is coded. Below, an exact scan costs about a millisecond."""

_LEAST_CODED = 1024
"""Rows a segment needs to be coded at all: with fewer, all are candidates for rescoring."""

SEGMENT_ROWS = 1_000_000
"""Most rows of a segment: what is in memory at once while a large store is built."""


def is_coded(kind: Kind, rows: int) -> bool:
    """Tell whether a segment of so many rows gets codes."""
    if kind == "flat":
        return False
    return rows >= (CODED_FROM if kind == "auto" else _LEAST_CODED)
