"""The negotiation table."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Base64Bytes, Field

from search_api.schemas.contract import Asked, Contract

__all__ = [
    "MAX_CELL_CHARACTERS",
    "MAX_TABLE_ROWS",
    "TableFile",
    "TableFormat",
    "TableRequest",
    "TableRow",
    "TableRows",
    "TableRowsRequest",
]

MAX_TABLE_ROWS = 500
MAX_CELL_CHARACTERS = 20_000

TableFormat = Literal["docx", "csv"]
_Cell = Annotated[str, Field(max_length=MAX_CELL_CHARACTERS)]


class TableRow(Asked):
    """One proposal of a negotiation table; any cell may be empty."""

    issue: _Cell = Field("", description="What it is about.", examples=["Access to a lawyer"])
    suggested_language: _Cell = Field(
        "",
        description="Words that are suggested.",
        examples=["Urges the authorities to grant detainees a lawyer of their choice;"],
    )
    where_inserted: _Cell = Field(
        "", description="Where in the draft they are to stand.", examples=["New OP 7 bis"]
    )
    un_reference: _Cell = Field(
        "",
        description="Where the words come from, and what that is worth.",
        examples=["A/HRC/RES/58/19, para. 4 (Adopted by vote 25–5–17)"],
    )
    justification: _Cell = Field("", description="Why they should be there.")


class TableRequest(Asked):
    """A table to put into a file."""

    rows: tuple[TableRow, ...] = Field(
        max_length=MAX_TABLE_ROWS, description="Proposals, in the order in which they are to stand."
    )
    format: TableFormat = Field(
        "docx", description="docx: Word, A4 landscape. csv: to go on with.", examples=["docx"]
    )
    title: str = Field(
        "Negotiation table", max_length=300, description="Over the table.", examples=["Draft 58/…"]
    )


class TableRowsRequest(Asked):
    """Passages to fill rows from."""

    references: tuple[Annotated[str, Field(max_length=500)], ...] = Field(
        min_length=1,
        max_length=MAX_TABLE_ROWS,
        description="Passage keys, or citations as people type them.",
        examples=[["A_HRC_15_16:en:12", "A/HRC/15/16, para. 14"]],
    )


class TableRows(Contract):
    """Rows of a table."""

    rows: tuple[TableRow, ...] = Field(description="In the order asked for.")
    missing: tuple[str, ...] = Field(
        (), description="What was asked for and is not in the index, with the reason."
    )


class TableFile(Asked):
    """A CSV file to read a table from."""

    name: str = Field("table.csv", max_length=300, description="Named in errors.")
    content: Base64Bytes = Field(description="The file, in base64.")
