"""The corpus page: what is indexed, its documents, adding some, and how well they were read."""

from __future__ import annotations

import streamlit as st

from precedent_client import ServiceError, ServiceNotReadyError
from search_api.schemas import CorpusState, Info
from ui.corpus import adding, documents, jobs, overview, quality, turning
from ui.parts import waiting
from ui.parts.cards import command, notice
from ui.parts.markup import element
from ui.service import connection
from ui.wording import corpus as texts

__all__ = ["show"]

_VIEW = "view"
_CHOICE = "view-choice"
_FIRST = "indexed"


def show() -> None:
    """Draw the page; what is shown of it stands in the address (`?view=documents`)."""
    st.html(str(element("header", element("h1", texts.TITLE), class_="p-top")))
    try:
        state = connection.client().corpus()
    except ServiceError as error:
        waiting.show(error)
        return
    info = _info(state)
    if info is None:
        return
    view = _view()
    if view != "add":
        jobs.show_active()
    if view == "indexed":
        overview.show(info, state)
    elif view == "documents":
        documents.show(state)
    elif view == "add":
        adding.show(state)
    else:
        quality.show()


def _info(state: CorpusState) -> Info | None:
    """Return what is served; where nothing is yet, lead to the first documents instead."""
    try:
        return connection.client().info()
    except ServiceNotReadyError as error:
        if not error.lacks_index:
            waiting.show(error)
        elif state.changeable:
            st.html(str(notice(texts.NOTHING, texts.NOTHING_HELP)))
            adding.show(state)
        else:
            told = command(texts.INDEX_COMMAND)
            st.html(str(notice(texts.NOTHING, texts.NOTHING_FIXED, told)))
    except ServiceError as error:
        waiting.show(error)
    return None


def _view() -> str:
    """Draw the choice of what is shown, and return it."""
    given = st.query_params.get(_VIEW, _FIRST)
    if given not in texts.VIEWS:
        given = _FIRST
    st.session_state[_CHOICE] = given  # as the address has it, also after Back
    st.segmented_control(
        texts.VIEW_LABEL,
        list(texts.VIEWS),
        format_func=lambda view: texts.VIEWS[view],
        key=_CHOICE,
        on_change=_choose,
        label_visibility="collapsed",
    )
    return given


def _choose() -> None:
    chosen = st.session_state.get(_CHOICE)
    if chosen:  # clicked once more, a choice is taken back, which is no view
        for name in (turning.FROM, *documents.FILTERS, jobs.JOB):
            st.query_params.pop(name, None)
        st.query_params[_VIEW] = chosen
