"""What an answer tells beside its hits: counts, other questions, ways out."""

from __future__ import annotations

from search_api import counting
from search_api.asked import Asked
from search_api.removed import quoted, ways_out
from search_api.schemas import SearchRequest, Suggestion

__all__ = ["asides"]


def asides(
    asked: Asked,
    request: SearchRequest,
    *,
    suggestions: tuple[Suggestion, ...] = (),
) -> dict[str, object]:
    """Return the fields of an answer beside its hits that are not at their defaults."""
    told: dict[str, object] = {}
    if suggestions:
        told["suggestions"] = suggestions
    nothing = not len(asked.found)
    if request.facets or nothing:
        asked = asked.with_meaning()
    if request.facets:
        told["facets"] = counting.facets_of_candidates(asked)
    if nothing:
        told |= {"removed": ways_out(asked), "quoted": quoted(asked)}
    return told
