"""The search page: a question above, filters at the side, hits below."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import MAX_QUERY_CHARACTERS, SearchResponse
from ui.parts import waiting
from ui.parts.cards import info_line, own_names
from ui.parts.markup import element
from ui.search import address, chips, filters_panel, history, keys, results
from ui.search.filters_panel import Choices
from ui.search.state import PageState
from ui.service import connection
from ui.wording import common as texts

__all__ = ["show"]

LONG_QUERY_CHARACTERS = 200
"""From here a query opens in the larger box."""

_QUERY = "query"
_LONG_BOX = "long-box"


def show() -> None:
    """Draw the page for the state in the address."""
    state = address.read()
    history.remember(state)
    st.html(
        str(
            element(
                "header",
                element("h1", texts.APP_NAME),
                element("p", texts.TAGLINE),
                class_="p-top p-asked" if state.query or state.similar else "p-top",
            )
        )
    )
    _question(state)
    keys.show(state.offset)
    response: SearchResponse | None = None
    choices: Choices | None = None
    wrong: ServiceError | None = None
    try:
        if state.query.strip() and not state.similar:
            response = connection.client().search(state.request())
        counted = response.facets if response else None
        choices = filters_panel.read_choices(state, counted, connection.facets)
    except ServiceError as error:
        wrong = error
    with st.sidebar:
        filters_panel.show(state, choices)
    chips.show(state, choices.labels if choices else own_names())
    if wrong is None and choices is not None:
        try:
            _answer(state, response, choices)
            st.html(str(info_line(connection.info())))
        except ServiceError as error:
            wrong = error
    if wrong is not None:
        waiting.show(wrong)


def _answer(state: PageState, response: SearchResponse | None, choices: Choices) -> None:
    if state.similar:
        results.show_similar(state, choices.labels)
    elif response is not None:
        results.show_hits(state, response, choices.labels)
    else:
        _start()


def _question(state: PageState) -> None:
    changed = st.session_state.get(_QUERY) != state.query
    if changed:
        st.session_state[_QUERY] = state.query
    long = len(state.query) > LONG_QUERY_CHARACTERS or "\n" in state.query
    if _LONG_BOX not in st.session_state or (changed and long):
        st.session_state[_LONG_BOX] = long
    with st.form("question", border=False), st.container(key="question-row", horizontal=True):
        if st.session_state[_LONG_BOX]:
            st.text_area(
                texts.QUERY_LABEL,
                key=_QUERY,
                max_chars=MAX_QUERY_CHARACTERS,
                placeholder=texts.QUERY_PLACEHOLDER,
                label_visibility="collapsed",
                height=160,
            )
        else:
            st.text_input(
                texts.QUERY_LABEL,
                key=_QUERY,
                max_chars=MAX_QUERY_CHARACTERS,
                placeholder=texts.QUERY_PLACEHOLDER,
                label_visibility="collapsed",
                autocomplete="off",
            )
        st.form_submit_button(texts.SEARCH, type="primary", on_click=_asked)
    with st.container(horizontal=True, key="question-more", vertical_alignment="center"):
        st.toggle(
            texts.LONG_TEXT, key=_LONG_BOX, help=texts.LONG_TEXT_HELP, persist_state="session"
        )
        history.show()
    if address.lost_long_query():
        st.html(str(element("p", texts.TOO_LONG_FOR_ADDRESS, class_="p-line")))


def _start() -> None:
    st.html(str(element("p", texts.QUERY_TIPS, class_="p-tips")))
    st.html(str(element("h2", texts.EXAMPLES_TITLE, class_="p-side")))
    with st.container(gap=None):
        for at, example in enumerate(texts.EXAMPLES):
            st.button(example, key=f"example-{at}", type="tertiary", on_click=_ask, args=(example,))


def _asked() -> None:
    _ask(st.session_state[_QUERY])


def _ask(query: str) -> None:
    address.write(replace(address.read(), query=query, offset=0, similar=None))
