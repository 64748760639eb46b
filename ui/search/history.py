"""The questions of this visit, newest first: in the memory of the tab, and nowhere else.

They are in the state of Streamlit's session, which ends with the page; no file and no cookie has
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from ui.parts.cards import line
from ui.parts.labels import plain_label
from ui.search import address
from ui.search.state import PageState
from ui.wording import search as texts

__all__ = ["MOST", "remember", "show"]

MOST = 50
"""Questions remembered; an older one is forgotten for a newer."""

_KEY = "questions-asked"
_LATEST = "question-asked-last"


def remember(state: PageState) -> None:
    """Put a question first; asked again, under whatever filters, it is there once.

    The page is drawn anew for many reasons: only what changed was asked, so that a question that
    was forgotten while its hits are shown does not come back with the next drawing.
    """
    query, asked_now = state.query.strip(), replace(state, offset=0)
    if not query or state.similar or st.session_state.get(_LATEST) == asked_now:
        return
    st.session_state[_LATEST] = asked_now
    others = {asked: held for asked, held in _held().items() if asked != query}
    kept = {query: asked_now, **others}
    st.session_state[_KEY] = dict(list(kept.items())[:MOST])


def show() -> None:
    """Draw the list, closed, and beside each question what forgets it."""
    with st.popover(texts.HISTORY, type="tertiary", icon=":material/history:", key="history"):
        st.html(str(line(texts.HISTORY_NOTE)))
        held = _held()
        if not held:
            st.html(str(line(texts.HISTORY_EMPTY)))
            return
        for at, (query, state) in enumerate(held.items()):
            with st.container(horizontal=True, key=f"asked-{at}", gap="small"):
                st.button(
                    plain_label(_words(state), longest=60),
                    key=f"ask-{at}",
                    type="tertiary",
                    on_click=address.write,
                    args=(state,),
                )
                st.button(
                    texts.HISTORY_FORGET,
                    key=f"forget-{at}",
                    type="tertiary",
                    icon=":material/close:",
                    on_click=_forget,
                    args=(query,),
                )
        st.button(texts.HISTORY_FORGET_ALL, key="forget-all", on_click=_forget)


def _words(state: PageState) -> str:
    filters = len(state.chosen)
    if not filters:
        return texts.HISTORY_ONE.format(query=state.query)
    return texts.HISTORY_FILTERED.format(query=state.query, filters=filters)


def _forget(query: str | None = None) -> None:
    """Forget one question, or all of them."""
    kept = {asked: held for asked, held in _held().items() if query is not None and asked != query}
    st.session_state[_KEY] = kept


def _held() -> Mapping[str, PageState]:
    held: Mapping[str, PageState] = st.session_state.get(_KEY, {})
    return held
