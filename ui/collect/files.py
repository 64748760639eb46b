"""Everything that is kept as a file, such a file taken in, and where it all is."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from precedent_client import ServiceError
from search_api.schemas import CollectionList, LibraryFile, LibraryImport
from ui.collect import asking
from ui.parts.cards import command, notice
from ui.parts.markup import element
from ui.parts.uploads import MOST_BYTES
from ui.service import connection
from ui.wording import collect as texts

__all__ = ["show", "written"]

_SAID = "collect-taken-in"


def show(found: CollectionList) -> None:
    """Draw the controls, closed: they are needed seldom."""
    with st.expander(texts.FILES, expanded=_SAID in st.session_state):
        st.download_button(
            texts.SAVE_ALL,
            lambda: written(connection.client().library()),
            file_name="precedent-library.json",
            mime="application/json",
            key="collect-save-all",
            on_click="ignore",
        )
        with st.form("collect-upload", border=False, clear_on_submit=True):
            file = st.file_uploader(texts.UPLOAD, type=["json"], key="collect-file")
            how = st.radio(
                texts.ON_CONFLICT,
                list(texts.CONFLICTS),
                format_func=lambda each: texts.CONFLICTS[each],
                key="collect-conflict",
                horizontal=True,
            )
            if st.form_submit_button(texts.TAKE_IN):
                _take_in(file.name if file else "", file.getvalue() if file else None, how)
        said = st.session_state.pop(_SAID, None)
        if said is not None:
            st.html(str(notice("", said)))
        st.html(
            str(
                element(
                    "section",
                    element("p", texts.KEPT_IN),
                    command(found.kept_in),
                    element("p", texts.WIPE),
                    command(texts.WIPE_COMMAND),
                    class_="p-notice p-where",
                )
            )
        )


def written(kept: LibraryFile) -> bytes:
    """Return what is kept as the bytes of a file."""
    return kept.model_dump_json(indent=1).encode()


def _take_in(name: str, content: bytes | None, how: str) -> None:
    if content is None:
        st.html(str(notice("", texts.NO_FILE)))
        return
    if len(content) > MOST_BYTES:
        st.html(str(notice("", texts.TOO_LARGE)))
        return
    try:
        given = LibraryFile.model_validate_json(content)
    except ValidationError:
        st.html(str(notice("", texts.NOT_OURS.format(name=name), tone="warning")))
        return
    asked = LibraryImport.model_validate({"file": given, "on_conflict": how})
    try:
        done = connection.client().import_library(asked)
    except ServiceError as error:
        asking.tell(error)
        return
    st.session_state[_SAID] = texts.TAKEN_IN.format(entries=done.entries, left_out=done.left_out)
    st.rerun()
