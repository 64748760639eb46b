"""Bounds and kinds of field that everything the user keeps has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from search_api.schemas.contract import Asked

__all__ = [
    "MAX_NAME_CHARACTERS",
    "MAX_NOTE_CHARACTERS",
    "MAX_TAGS",
    "Name",
    "Note",
    "Tag",
    "Tagged",
    "When",
]

MAX_NAME_CHARACTERS = 200
MAX_NOTE_CHARACTERS = 10_000
MAX_TAGS = 20
MAX_TAG_CHARACTERS = 50

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME_CHARACTERS)
]
Note = Annotated[str, Field(max_length=MAX_NOTE_CHARACTERS)]
Tag = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TAG_CHARACTERS)
]
When = Annotated[
    str, StringConstraints(max_length=40, pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)?$")
]


class Tagged(Asked):
    """Base of what has tags; those that differ by case alone count once."""

    tags: tuple[Tag, ...] = Field(
        (), max_length=MAX_TAGS, description="In the order given.", examples=[["session 58"]]
    )

    @field_validator("tags")
    @classmethod
    def _once(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        return tuple({tag.casefold(): tag for tag in reversed(tags)}.values())[::-1]
