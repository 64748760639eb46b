"""What is served, whether it is ready, and what went wrong."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from search_api.schemas.contract import Contract

__all__ = ["Info", "Liveness", "ModelInfo", "Problem", "Readiness", "VectorIndexInfo"]


class ModelInfo(Contract):
    """The embedding model an index was built with."""

    name: str = Field(examples=["multilingual-e5-small"])
    digest: str = Field(
        description="sha256 of its weights, and `-int8` behind it where it runs in 8 bits."
    )
    precision: str = Field(description="Arithmetic the encoder runs in.", examples=["bf16"])
    dim: int = Field(examples=[384])
    max_tokens: int = Field(examples=[512])


class VectorIndexInfo(Contract):
    """The vector index in service: what was asked for, and what came of it."""

    kind: Literal["auto", "flat", "rabitq"] = Field(
        description="As chosen: exact (flat), coded (rabitq), or by size (auto)."
    )
    exact: int = Field(description="Vectors that are all compared.", examples=[31255])
    coded: int = Field(description="Vectors found by their codes, then compared.", examples=[0])


class Info(Contract):
    """What is served."""

    version: str = Field(description="Of the software.", examples=["0.1.0"])
    model: ModelInfo
    vector_index: VectorIndexInfo
    generation: int = Field(description="Of the published index.", examples=[3])
    schema_version: int = Field(description="Of the index files.", examples=[1])
    published_at: str = Field(description="ISO 8601, UTC.")
    documents: int
    paragraphs: int
    passages: int
    languages: tuple[str, ...] = ()
    reranker: str | None = Field(
        None,
        description="Model that `rerank` uses; None where it is not installed.",
        examples=["ms-marco-MiniLM-L-12-v2"],
    )


class Liveness(Contract):
    """That the service answers."""

    alive: bool = Field(True, description="Always true.", examples=[True])


class Readiness(Contract):
    """Whether searches can be answered."""

    ready: bool
    reason: str | None = Field(None, description="Why not, with the remedy.")


class Problem(BaseModel):
    """An error, as RFC 9457 `application/problem+json`."""

    type: str = Field("about:blank", description="Kind of problem, as a URI reference.")
    title: Annotated[str, Field(description="Kind of problem, for people.")]
    status: int = Field(description="HTTP status.", examples=[404])
    detail: str = Field(description="What is wrong with what, and what to do.")
    instance: str | None = Field(None, description="Path of the request.")
    request_id: str | None = Field(
        None,
        description="Of the request, as in its `X-Request-ID` and in the log.",
        examples=["7d0e43c1b2a95f68"],
    )
    errors: tuple[dict[str, object], ...] = Field(
        (), description="For an invalid request: each field and what is wrong with it."
    )
