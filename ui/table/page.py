"""The negotiation table: rows filled from passages, edited, read as they will be, downloaded."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import partial

import streamlit as st

from precedent_client import RefusedError, ServiceError
from search_api.schemas import (
    MAX_CELL_CHARACTERS,
    MAX_TABLE_ROWS,
    TableFile,
    TableRequest,
    TableRow,
    TableRowsRequest,
)
from ui.parts import waiting
from ui.parts.cards import line, notice
from ui.parts.markup import Markup, element
from ui.service import connection
from ui.table import rows as table_rows
from ui.table.rows import PASSAGE, Row
from ui.wording import table as table_texts

__all__ = ["preview", "show"]

_PARAMETER = "passage"
_MAX_FROM_ADDRESS = 100
_TAKEN = "table-from-address"
_BASE = "table-base"
_WARNING = "WARNING: "
"""The service begins a cell so that must be read before the table is used; in any language."""
_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}


def show() -> None:
    """Draw the page; passages named in the address (`?passage=ID`, repeated) have rows."""
    st.html(str(element("header", element("h1", table_texts.TITLE), class_="p-top")))
    st.html(str(element("p", table_texts.INTRO, class_="p-tips")))
    for passage_id in st.query_params.get_all(_PARAMETER)[:_MAX_FROM_ADDRESS]:
        taken: set[str] = st.session_state.setdefault(_TAKEN, set())
        if passage_id not in taken:  # else a row that was taken out would come back
            taken.add(passage_id)
            table_rows.add(passage_id)
    try:
        _fill_waiting()
    except ServiceError as error:
        waiting.show(error)
    st.html(str(line(table_texts.EDIT_HELP)))
    rows = _editor()
    if table_rows.too_long():
        too_long = table_texts.CELL_TOO_LONG.format(most=MAX_CELL_CHARACTERS)
        st.html(str(notice("", too_long, tone="warning")))
    # Below the editor: its own tools hover over what stands right above it.
    _by_citation()
    if rows:
        st.html(str(element("h2", table_texts.PREVIEW, class_="p-side")))
        st.html(str(preview(rows)))
    else:
        st.html(str(notice("", table_texts.EMPTY)))
    _files(rows)


def _fill_waiting() -> None:
    """Fill a row for each passage that was added since the table was last looked at."""
    # One by one, so that each row knows its passage; a table has tens of rows.
    for passage_id in table_rows.waiting():
        _append(passage_id, passage_id)
        table_rows.filled(passage_id)


def _append(reference: str, passage_id: str | None = None) -> int:
    """Add the rows that a reference names and return how many; say why where there are none."""
    request = TableRowsRequest(references=(reference,))
    found = connection.client().table_rows(request)
    table_rows.extend(row.model_dump() | {PASSAGE: passage_id} for row in found.rows)
    for why in found.missing:
        st.html(str(notice("", table_texts.LEFT_OUT.format(why=why), tone="warning")))
    return len(found.rows)


def _by_citation() -> None:
    with (
        st.form("table-reference", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        reference = st.text_input(
            table_texts.REFERENCE,
            max_chars=300,
            placeholder=table_texts.REFERENCE_PLACEHOLDER,
            help=table_texts.REFERENCE_HELP,
            key="table-citation",
        )
        asked = st.form_submit_button(table_texts.ADD_REFERENCE)
    if asked and reference.strip():
        try:
            added = _append(reference.strip())
        except ServiceError as error:
            _said(error)
            return
        if added:
            st.rerun()


def _editor() -> tuple[TableRow, ...]:
    """Draw the rows to edit and return them as they stand now, without empty ones."""
    key = f"table-editor-{table_rows.version()}"
    if key not in st.session_state:
        # What an editor is given must not change while it holds edits, or they are lost.
        st.session_state[_BASE] = table_rows.rows()
    # Never without a row: columns with nothing in them have no type that a text could be put in.
    base: list[Row] = st.session_state.get(_BASE) or [{}]
    columns = [*table_texts.COLUMNS, PASSAGE]
    now = st.data_editor(
        {name: [row.get(name) or "" for row in base] for name in columns},
        key=key,
        num_rows="dynamic",
        hide_index=True,
        row_height=110,
        width="stretch",
        column_config={
            **{
                name: st.column_config.TextColumn(label, width=_WIDTHS[name])
                for name, label in table_texts.COLUMNS.items()
            },
            PASSAGE: None,
        },
    )
    held: list[Row] = [
        {name: cell for name, cell in zip(columns, cells, strict=True) if cell}
        for cells in zip(*(now[name] for name in columns), strict=True)
    ]
    table_rows.edited(held)
    return table_rows.as_schema(held)


_WIDTHS = {
    "issue": 130,
    "suggested_language": 280,
    "where_inserted": 110,
    "un_reference": 150,
    "justification": 160,
}


def preview(rows: Sequence[TableRow]) -> Markup:
    """Show the rows as a table, every cell whole and in its own direction."""
    heads = (element("th", label, scope="col") for label in table_texts.COLUMNS.values())
    return element(
        "div",
        element(
            "table",
            element("thead", element("tr", *heads)),
            element("tbody", *(_row(row) for row in rows)),
        ),
        class_="p-table",
        tabindex="0",
        role="region",
        aria_label=table_texts.PREVIEW,
    )


def _row(row: TableRow) -> Markup:
    cells = []
    for name, label in table_texts.COLUMNS.items():
        words = str(getattr(row, name))
        warned = words.startswith(_WARNING)
        cells.append(
            element(
                "td", words, dir="auto", data_label=label, class_="p-warned" if warned else None
            )
        )
    return element("tr", *cells)


def _made(request: TableRequest) -> bytes:
    return connection.client().table(request).content


def _files(rows: tuple[TableRow, ...]) -> None:
    title = st.text_input(
        table_texts.NAME, max_chars=200, key="table-title", persist_state="session"
    ).strip()
    title = title or table_texts.UNTITLED
    parts = [rows[at : at + MAX_TABLE_ROWS] for at in range(0, len(rows), MAX_TABLE_ROWS)] or [()]
    if len(parts) > 1:
        words = table_texts.IN_PARTS.format(count=len(rows), most=MAX_TABLE_ROWS)
        st.html(str(notice("", words, tone="warning")))
    with st.container(horizontal=True):
        for number, part in enumerate(parts, start=1):
            _part(part, title, number if len(parts) > 1 else None)
        if rows:
            st.button(table_texts.CLEAR, key="table-clear", on_click=table_rows.clear)
    with st.form("table-upload", border=False, clear_on_submit=True):
        file = st.file_uploader(
            table_texts.UPLOAD, type=["csv", "txt"], key="table-file", max_upload_size=20
        )
        if st.form_submit_button(table_texts.READ) and file is not None:
            _read(file.name, file.getvalue())


def _part(rows: tuple[TableRow, ...], title: str, number: int | None) -> None:
    """Offer rows as files; of a table that is too long for one, those of a part."""
    ending = "" if number is None else f"-{number}"
    for format_, label in (("docx", table_texts.WORD), ("csv", table_texts.CSV)):
        request = TableRequest.model_validate({"rows": rows, "format": format_, "title": title})
        st.download_button(
            label if number is None else table_texts.PART.format(label=label, number=number),
            partial(_made, request),
            file_name=f"negotiation-table{ending}.{format_}",
            mime=_MEDIA_TYPES[format_],
            key=f"table-{format_}{ending}",
            on_click="ignore",
            type="primary" if format_ == "docx" else "secondary",
            disabled=not rows,
        )


def _read(name: str, content: bytes) -> None:
    request = TableFile(name=name[:300], content=base64.b64encode(content))
    try:
        found = connection.client().read_table(request)
    except ServiceError as error:
        _said(error)
        return
    table_rows.extend(row.model_dump() for row in found.rows)
    st.rerun()


def _said(error: ServiceError) -> None:
    if isinstance(error, RefusedError):
        st.html(
            str(notice(waiting.problem_title(error, error.title), error.detail, tone="warning"))
        )
    else:
        waiting.show(error)
