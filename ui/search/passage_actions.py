"""What can be done with a hit: copy it, read around it, follow it, put it in the table."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import Hit
from ui.collect.control import add_to_collection
from ui.parts.cards import context, line, notice, other_languages
from ui.parts.copy_button import copy_buttons
from ui.search import address, citing
from ui.service import connection
from ui.table import rows as table_rows
from ui.wording import common as texts
from ui.wording import language
from ui.wording import lineage as lineage_texts
from ui.wording import search as search_texts
from ui.wording import table as table_texts

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
    width_key, abroad_key = f"context of {hit.passage_id}", f"languages of {hit.passage_id}"
    width: int = st.session_state.get(width_key, 0)
    abroad: bool = st.session_state.get(abroad_key, False)
    key = f"{at}-{hit.passage_id}"
    with st.container(horizontal=True, key=f"actions-{at}", vertical_alignment="center"):
        # Links, which open beside the search: it stays as it is, with its history and what is open.
        st.link_button(search_texts.READ, _address("read", hit), type="tertiary")
        copy_buttons({texts.COPY_CITATION: hit.citation}, key=f"copy-{key}")
        citing.show(hit, key)
        st.button(
            texts.HIDE_CONTEXT if width else texts.CONTEXT,
            key=f"context-{key}",
            type="tertiary",
            on_click=_set,
            args=(width_key, 0 if width else CONTEXT_STEP),
        )
        if st.button(texts.SIMILAR, key=f"similar-{key}", type="tertiary"):
            address.write(replace(address.read(), similar=hit.passage_id, offset=0))
            st.rerun(scope="app")
        st.button(
            search_texts.HIDE_LANGUAGES if abroad else search_texts.OTHER_LANGUAGES,
            key=f"languages-{key}",
            type="tertiary",
            on_click=_set,
            args=(abroad_key, not abroad),
        )
        st.link_button(lineage_texts.OPEN, _address("lineage", hit), type="tertiary")
        held = table_rows.holds(hit.passage_id)
        st.button(
            table_texts.IN_TABLE if held else table_texts.ADD,
            key=f"table-{key}",
            type="tertiary",
            disabled=held,
            on_click=table_rows.add,
            args=(hit.passage_id,),
        )
        add_to_collection(hit.passage_id, key)
        _say_added()
    if width:
        _context(hit, key, width_key, width)
    if abroad:
        _other_languages(hit)


def _address(page: str, hit: Hit) -> str:
    """Return the address of a page about a hit, in the language that is spoken here."""
    passage = quote(hit.passage_id, safe="")
    named = {
        "read": f"read?document={quote(hit.document_id, safe='')}&at={passage}",
        "lineage": f"lineage?passage={passage}",
    }[page]
    spoken = st.query_params.get(language.PARAMETER)
    return f"{named}&{language.PARAMETER}={quote(spoken, safe='')}" if spoken else named


def _say_added() -> None:
    # Not said by the button's own callback: what a callback draws takes the place of the page's
    # first element, and that is the style sheet.
    count = table_rows.just_added()
    if count:
        st.toast(table_texts.COUNT_ONE if count == 1 else table_texts.COUNT.format(count=count))


def _context(hit: Hit, key: str, width_key: str, width: int) -> None:
    try:
        found = connection.client().passage(hit.passage_id, before=width, after=width)
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
                on_click=_set,
                args=(width_key, min(width + CONTEXT_STEP, MAX_CONTEXT)),
            )
        if hit.symbol and st.button(texts.WITHIN_DOCUMENT, key=f"within-{key}", type="tertiary"):
            state = replace(address.read(), symbol=(hit.symbol,), offset=0, similar=None)
            address.write(state)
            st.rerun(scope="app")


def _other_languages(hit: Hit) -> None:
    try:
        found = connection.client().twins(hit.passage_id)
    except ServiceError as error:
        st.html(str(notice("", f"{texts.NEIGHBOURS_FAILED} {error.detail}", tone="warning")))
        return
    shown = other_languages(found)
    if shown is None:
        st.html(str(line(search_texts.LANGUAGES_NONE)))
    else:
        st.html(str(line(texts.OTHER_LANGUAGES)))
        st.html(str(shown))
    if found.without:
        documents = ", ".join(found.without)
        st.html(str(line(search_texts.LANGUAGES_WITHOUT.format(documents=documents))))


def _set(key: str, value: int | bool) -> None:
    st.session_state[key] = value
