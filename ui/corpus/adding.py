"""Adding documents: files or a folder, sent to the service, which reads them as a job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from precedent_client import RefusedError, ServiceError, ServiceNotReadyError
from search_api.schemas import CorpusState, UploadBounds
from ui.corpus import jobs
from ui.corpus.sizes import size_words
from ui.parts import waiting
from ui.parts.cards import notice
from ui.parts.markup import element
from ui.service import connection
from ui.wording import corpus as texts

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

__all__ = ["show"]

_SOURCE = "add-source"
_ROUND = "add-round"
"""Counted up with every upload, since a chooser forgets what it holds only under another key."""


def show(state: CorpusState) -> None:
    """Draw the choice of files, what is under way, and what became of the last."""
    if state.changeable:
        _choose(state.bounds)
    else:
        told = [words for words in (state.reason, state.remedy) if words]
        st.html(str(notice(texts.NOT_CHANGEABLE, *told)))
    jobs.show_active(told=True)
    jobs.show_ended(changeable=state.changeable)


def _choose(bounds: UploadBounds) -> None:
    st.html(str(element("p", texts.ADD_INTRO, class_="p-tips")))
    said = texts.BOUNDS.format(
        files=bounds.files,
        file_size=size_words(bounds.file_bytes),
        size=size_words(bounds.bytes),
    )
    terminal = element("code", texts.ADD_COMMAND, dir="ltr")
    st.html(str(element("p", said, " ", terminal, class_="p-tips")))
    source = st.segmented_control(
        texts.SOURCE_LABEL,
        list(texts.SOURCES),
        default="files",
        required=True,
        format_func=lambda each: texts.SOURCES[each],
        key=_SOURCE,
        label_visibility="collapsed",
    )
    turn = st.session_state.setdefault(_ROUND, 0)
    folder = source == "folder"
    files = st.file_uploader(
        texts.CHOOSE_FOLDER if folder else texts.CHOOSE_FILES,
        accept_multiple_files="directory" if folder else True,
        max_upload_size=max(1, bounds.file_bytes >> 20),
        key=f"add-{source}-{turn}",
    )
    if st.button(texts.UPLOAD, type="primary", key="add-send"):
        _send([file for file in files if not (folder and _is_hidden(file.name))], bounds)


def _is_hidden(path: str) -> bool:
    """Tell what a folder holds for programs, which `precedent index` passes over too."""
    return any(part.startswith(".") for part in path.split("/"))


def _send(files: Sequence[UploadedFile], bounds: UploadBounds) -> None:
    """Send the files, unless there is nothing to send or too much."""
    wrong = _wrong(files, bounds)
    if wrong:
        st.html(str(notice("", wrong, tone="warning")))
        return
    try:
        job = connection.client().upload([(f.name, f) for f in files])
    except (RefusedError, ServiceNotReadyError) as error:
        st.html(str(notice(texts.REFUSED, error.detail, tone="warning")))
        return
    except ServiceError as error:
        st.html(str(waiting.explain(error)))
        return
    st.session_state[_ROUND] += 1
    st.query_params["view"] = "add"
    jobs.began(job)
    st.rerun()


def _wrong(files: Sequence[UploadedFile], bounds: UploadBounds) -> str:
    """Say why files cannot be sent as they are, or return nothing."""
    size = sum(file.size for file in files)
    if not files:
        return texts.NONE_CHOSEN
    if len(files) > bounds.files:
        return texts.TOO_MANY.format(count=len(files), most=bounds.files)
    # Besides their bytes travel a few hundred of each file's name and type.
    if size + 1024 * len(files) > bounds.bytes:
        return texts.TOO_LARGE.format(size=size_words(size), most=size_words(bounds.bytes))
    return ""
