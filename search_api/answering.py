"""From what a search found to the answer that people and programs read."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.encoder import Encoder
from indexer.snapshot import Snapshot
from search_api import present
from search_api.highlights import Highlighter
from search_api.marking import Marker
from search_api.nearest import NearestSentence
from search_api.paging import digest_of, encode_cursor
from search_api.query import Narrowing, ParsedQuery, read_as, unknown_values
from search_api.ranking import Ranking
from search_api.schemas import SearchRequest, SearchResponse
from search_api.selection import selection_of

__all__ = ["Found", "list_of", "respond"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, and how it was read.

    Attributes:
        request: as asked.
        parsed: as read.
        ranking: of all that was found.
        offset: hits to pass over.
        allowed: passages that the filters leave.
        started: by `time.perf_counter`.
        narrowing: by filters, where there was any.
        asides: what is told beside the hits: fields of the answer.
        of: name of the list that the hits are of; by default that of the search.
    """

    request: SearchRequest
    parsed: ParsedQuery
    ranking: Ranking
    offset: int
    allowed: int
    started: float
    narrowing: Narrowing | None = None
    asides: Mapping[str, object] = field(default_factory=dict)
    of: str = ""


def respond(snapshot: Snapshot, encoder: Encoder, found: Found) -> SearchResponse:
    """Write the answer: one page of hits, with their reasons, and how the query was read."""
    began = time.perf_counter()
    request, parsed, ranking, narrowing = (
        found.request, found.parsed, found.ranking, found.narrowing,
    )  # fmt: skip
    chosen = selection_of(request.filters)
    warnings = [*parsed.warnings, *unknown_values(snapshot.columns, chosen.values)]
    warnings += (*(narrowing.warnings if narrowing else ()), *ranking.warnings)
    hits, groups, total = present.page(
        snapshot,
        ranking,
        _marker(snapshot, encoder, found),
        offset=found.offset,
        k=request.k,
        by_document=request.group_by_document,
        sort=request.sort,
    )
    end = time.perf_counter()
    took = {name: round(value * 1000, 3) for name, value in ranking.seconds.items()}
    took["present"] = round((end - began) * 1000, 3)
    took["total"] = round((end - found.started) * 1000, 3)
    following = found.offset + request.k
    answer = SearchResponse(
        query=request.query,
        interpretation=parsed.interpretation,
        read_as=read_as(parsed, narrowing),
        warnings=tuple(dict.fromkeys(warnings)),
        total=total,
        allowed=found.allowed,
        k=request.k,
        offset=found.offset,
        next_cursor=_cursor(snapshot, found, following) if following < total else None,
        hits=hits,
        groups=groups,
        took_ms=took,
    )
    return answer.model_copy(update=dict(found.asides)) if found.asides else answer


def list_of(request: SearchRequest) -> str:
    """Return the name of a search's list of hits: what they are and in which order."""
    asked = request.model_dump(include=_TELLING)
    return f"search {digest_of(asked)}"


_TELLING = {"query", "filters", "group_by_document", "signals", "sort", "rerank"}


def _cursor(snapshot: Snapshot, found: Found, offset: int) -> str:
    manifest = snapshot.manifest
    of = found.of or list_of(found.request)
    return encode_cursor(of, offset, manifest.catalogue, manifest.generation)


def _marker(snapshot: Snapshot, encoder: Encoder, found: Found) -> Marker | None:
    request, parsed, meaning = found.request, found.parsed, found.ranking.meaning
    if not request.highlights and not request.explain:
        return None
    highlighter = Highlighter(parsed.words, parsed.phrases, snapshot.lexical)
    nearest = None if meaning is None else NearestSentence(snapshot, encoder, meaning)
    return Marker(highlighter, parsed.words, nearest, request.explain)
