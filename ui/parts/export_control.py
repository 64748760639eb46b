"""One quiet control that puts the hits on the page into a file, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from search_api.schemas import ExportFormat, ExportRequest
from ui.service import connection
from ui.wording import export as export_texts

__all__ = ["export_control"]

_FILES: dict[ExportFormat, tuple[str, str]] = {
    "docx": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "un": ("txt", "text/plain"),
    "oscola": ("txt", "text/plain"),
    "chicago": ("txt", "text/plain"),
    "bibtex": ("bib", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "csv": ("csv", "text/csv"),
    "json": ("json", "application/json"),
}
"""Ending and media type of the file of each format, in the order offered."""


def export_control(
    passage_ids: Sequence[str], label: str | None = None, title: str | None = None
) -> None:
    """Draw the control for these passages; only it is redrawn when another format is chosen.

    Args:
        passage_ids: What the file holds.
        label: Of the control; says by default how many hits it takes.
        title: Of the file.
    """
    if label is None:
        many = export_texts.EXPORT if len(passage_ids) > 1 else export_texts.EXPORT_ONE
        label = many.format(count=len(passage_ids))
    with st.popover(label, type="tertiary", icon=":material/download:"):
        _choice(tuple(passage_ids), title or export_texts.TITLE)


@st.fragment
def _choice(passage_ids: tuple[str, ...], title: str) -> None:
    chosen = st.selectbox(
        export_texts.FORMAT,
        list(_FILES),
        format_func=export_texts.FORMATS.__getitem__,
        key="export-format",
    )
    ending, media_type = _FILES[chosen]
    st.download_button(
        export_texts.DOWNLOAD,
        _content(passage_ids, chosen, title),
        file_name=f"precedent-hits.{ending}",
        mime=media_type,
        key="download",
        on_click="ignore",
    )


def _content(passage_ids: tuple[str, ...], chosen: ExportFormat, title: str) -> Callable[[], bytes]:
    request = ExportRequest(passage_ids=passage_ids, format=chosen, title=title)
    # Nothing is made until the reader asks for it.
    return lambda: connection.client().export(request).content
