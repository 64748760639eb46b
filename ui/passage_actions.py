"""What can be done with a hit: copy it, read around it, find its like."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from search_api.schemas import Hit
from ui import address, connection, texts
from ui.cards import context, notice
from ui.client import ServiceError
from ui.copy_button import copy_buttons

__all__ = ["show"]

CONTEXT_STEP = 2
"""Paragraphs shown before and after, and added by each further step."""

MAX_CONTEXT = 20
"""Bound of `before` and `after`."""


@st.fragment
def show(hit: Hit, at: int) -> None:
    """Draw the actions of a hit, and its context when open; only this part is redrawn by them.

    Args:
        hit: The hit.
        at: Its place on the page, which keeps the controls apart.
    """
    width_key = f"context of {hit.passage_id}"
    width: int = st.session_state.get(width_key, 0)
    key = f"{at}-{hit.passage_id}"
    with st.container(horizontal=True, key=f"actions-{at}", vertical_alignment="center"):
        copy_buttons(
            {
                texts.COPY_CITATION: hit.citation,
                texts.COPY_TEXT: f"“{hit.text}” ({hit.citation})",
            },
            key=f"copy-{key}",
        )
        st.button(
            texts.HIDE_CONTEXT if width else texts.CONTEXT,
            key=f"context-{key}",
            type="tertiary",
            on_click=_widen,
            args=(width_key, 0 if width else CONTEXT_STEP),
        )
        if st.button(texts.SIMILAR, key=f"similar-{key}", type="tertiary"):
            address.write(replace(address.read(), similar=hit.passage_id, offset=0))
            st.rerun(scope="app")
    if width:
        _context(hit, key, width_key, width)


def _context(hit: Hit, key: str, width_key: str, width: int) -> None:
    try:
        found = connection.client().neighbours(hit.passage_id, width, width)
    except ServiceError as error:
        st.html(str(notice("", f"{texts.NEIGHBOURS_FAILED} {error.detail}", tone="warning")))
        return
    st.html(str(context(found)))
    more = len(found.before) == width or len(found.after) == width
    with st.container(horizontal=True, key=f"context-actions-{key}"):
        if more and width < MAX_CONTEXT:
            st.button(
                texts.WIDER_CONTEXT,
                key=f"wider-{key}",
                type="tertiary",
                on_click=_widen,
                args=(width_key, min(width + CONTEXT_STEP, MAX_CONTEXT)),
            )
        if hit.symbol and st.button(texts.WITHIN_DOCUMENT, key=f"within-{key}", type="tertiary"):
            state = replace(address.read(), symbol=(hit.symbol,), offset=0, similar=None)
            address.write(state)
            st.rerun(scope="app")


def _widen(width_key: str, width: int) -> None:
    st.session_state[width_key] = width
