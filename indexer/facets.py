"""What passages can be filtered by, and a selection of values: known to vectors and words alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["FACETS", "Selection"]

FACETS = ("kind", "body", "country", "language", "symbol", "status")
"""Facets with values; the year is a range besides."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a passage must be. Values of one facet are alternatives; facets are conjoined.

    Attributes:
        values: wanted values by facet; an absent or empty facet allows all.
        year_from: earliest year, inclusive, or None.
        year_to: latest year, inclusive, or None.
        excluded: unwanted values by facet; a passage that has one of them is left out.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered out."""
        return (
            not any(self.values.values())
            and not any(self.excluded.values())
            and self.year_from is None
            and self.year_to is None
        )
