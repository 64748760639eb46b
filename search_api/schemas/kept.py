"""Bounds and kinds of field that everything the user keeps has in common."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, field_validator

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

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def _one_line(given: object) -> object:
    """Return a name in one line, without controls; empty where nobody would see anything of it."""
    if not isinstance(given, str):
        return given
    line = " ".join(_BREAKS.sub(" ", given).split())
    return line if any(unicodedata.category(each)[0] != "C" for each in line) else ""


def _without_controls(given: object) -> object:
    """Return a note without what a terminal obeys and no file of Word may hold."""
    return _CONTROLS.sub("", given) if isinstance(given, str) else given


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME_CHARACTERS),
    BeforeValidator(_one_line),
]
Note = Annotated[str, Field(max_length=MAX_NOTE_CHARACTERS), BeforeValidator(_without_controls)]
Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TAG_CHARACTERS),
    BeforeValidator(_one_line),
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
