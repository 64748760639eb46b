"""Several searches in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import (
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from search_api.schemas.contract import Asked, Contract
from search_api.schemas.request import SearchRequest
from search_api.schemas.search import SearchResponse
from search_api.schemas.service import Problem

__all__ = [
    "MAX_BATCH",
    "MAX_BATCH_HITS",
    "BatchAnswer",
    "BatchRequest",
    "BatchResponse",
    "UnreadSearch",
]

MAX_BATCH = 50
"""Searches in one call."""

MAX_BATCH_HITS = 2000
"""Hits of all of them together, by `k`: some 4 MB."""


@dataclass(frozen=True, slots=True)
class UnreadSearch:
    """A search of a batch that is not valid.

    Attributes:
        errors: each field and what is wrong with it, as pydantic tells it.
    """

    errors: tuple[dict[str, Any], ...]


def _keep(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Keep what is wrong with one search beside the others, which it would else take with it."""
    try:
        return read(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return UnreadSearch(tuple(dict(one) for one in found))


class BatchRequest(Asked):
    """Searches to answer in one call, each as `POST /v1/search` takes it."""

    searches: tuple[Annotated[SearchRequest, WrapValidator(_keep)], ...] = Field(
        min_length=1,
        max_length=MAX_BATCH,
        description=f"In any order; `k` of all together is {MAX_BATCH_HITS} at most.",
    )

    @property
    def read(self) -> tuple[SearchRequest | UnreadSearch, ...]:
        """The searches, and in place of one that is not valid what is wrong with it."""
        return self.searches

    @model_validator(mode="after")
    def _bound(self) -> Self:
        wanted = sum(one.k for one in self.read if isinstance(one, SearchRequest))
        if wanted > MAX_BATCH_HITS:
            raise ValueError(f"asks for {wanted} hits in all, at most {MAX_BATCH_HITS} are given")
        return self


class BatchAnswer(Contract):
    """What became of one search: its answer, or why there is none."""

    answer: SearchResponse | None = Field(None, description="As `POST /v1/search` gives it.")
    problem: Problem | None = Field(None, description="Why there is no answer.")


class BatchResponse(Contract):
    """Answers, in the order of the searches."""

    results: tuple[BatchAnswer, ...] = Field(description="One for each search, in their order.")
    took_ms: float = Field(description="For all of them.", examples=[84.2])
