"""A file read as a draft."""

from __future__ import annotations

from pydantic import Field

from search_api.schemas.contract import Asked, Contract

__all__ = ["DraftFile", "DraftText"]


class DraftFile(Asked):
    """A file with a draft in it, as it travels in a request."""

    name: str = Field(
        max_length=300, description="Of the file, for messages.", examples=["statement.docx"]
    )
    content: str = Field(description="Its bytes in base64.", examples=["QS9IUkMvMTUvMTY="])


class DraftText(Contract):
    """The words of a draft: paragraphs parted by an empty line, marks of notes in place."""

    text: str = Field(description="The words; notes stand at the end, each behind its mark.")
    warnings: tuple[str, ...] = Field((), description="What to know of how it was read.")
