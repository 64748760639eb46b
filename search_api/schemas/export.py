"""Passages as files: citations, bibliographies, spreadsheets, Word documents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from search_api.schemas.contract import Asked, Contract
from search_api.schemas.passages import Passage

__all__ = ["MAX_EXPORTED", "CitationForm", "ExportFormat", "ExportRequest", "Exported"]

MAX_EXPORTED = 1_000
"""Passages of one file; a Word document of so many has some 300 pages."""

ExportFormat = Literal["un", "oscola", "chicago", "bibtex", "ris", "csv", "json", "docx"]
CitationForm = Literal["un", "oscola", "chicago"]


class ExportRequest(Asked):
    """Passages to put into a file, in the order in which they are to stand."""

    passage_ids: tuple[Annotated[str, Field(max_length=300)], ...] = Field(
        description="Keys of passages, as hits carry them. Repeated ones are exported once.",
        min_length=1,
        max_length=MAX_EXPORTED,
        examples=[["A_HRC_15_16:en:12", "A_HRC_15_16:en:14"]],
    )
    format: ExportFormat = Field(
        description="un, oscola, chicago: footnotes as plain text, a line each. bibtex, ris: a "
        "record for each document. csv: a row for each passage. json: `Exported`. docx: each "
        "passage quoted, its citation in a footnote.",
        examples=["docx"],
    )
    title: str = Field(
        "Passages",
        max_length=300,
        description="Of the file, and of the Word document.",
        examples=["Access to a lawyer"],
    )
    citation_form: CitationForm = Field(
        "un", description="Of the footnotes of a Word document.", examples=["oscola"]
    )
    ibid: bool = Field(
        False, description="Write “ibid.” where a footnote cites what the one before it does."
    )


class Exported(Contract):
    """Passages as JSON."""

    title: str = Field(description="As asked for.", examples=["Access to a lawyer"])
    passages: tuple[Passage, ...] = Field(description="In the order asked for.")
    missing: tuple[str, ...] = Field(
        (), description="Keys that the index does not have.", examples=[["A_HRC_15_16:en:999"]]
    )
