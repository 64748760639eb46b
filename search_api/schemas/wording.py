"""What differs between two wordings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.contract import Contract
from search_api.schemas.search import Span

__all__ = ["WordChange"]


class WordChange(Contract):
    """A run of words that is the same in both texts, or is not; runs are in order."""

    kind: Literal["same", "deleted", "inserted", "replaced"] = Field(
        description="What became of it.", examples=["replaced"]
    )
    before: Span = Field(description="In the earlier text; empty where words were inserted.")
    after: Span = Field(description="In the later text; empty where words were deleted.")
