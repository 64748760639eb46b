"""Small controls for other pages: keep a passage, keep a search."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import (
    MAX_NAME_CHARACTERS,
    MAX_NOTE_CHARACTERS,
    Collection,
    CollectionList,
    CollectionRequest,
    EntryRequest,
    SavedSearch,
    SavedSearchRequest,
    SearchRequest,
)
from ui.collect import asking
from ui.collect.address import href
from ui.parts.cards import notice
from ui.parts.markup import Markup, element, join
from ui.service import connection
from ui.wording import collect as texts

__all__ = ["add_to_collection", "save_search"]

_NEW = 0
"""Stands for a collection that is yet to be made; ids begin at 1."""

_SUGGESTED_CHARACTERS = 60


def add_to_collection(passage_id: str, key: str) -> None:
    """Draw a control that puts a passage into a collection; nothing is asked until it is opened.

    Args:
        passage_id: The passage.
        key: Keeps the controls of one page apart.
    """
    with st.container(width="content"):  # a fragment by itself takes all the room of a row
        _add_to_collection(passage_id, f"collect-{key}")


@st.fragment
def _add_to_collection(passage_id: str, key: str) -> None:
    with st.popover(texts.ADD, type="tertiary", key=key, on_change="rerun") as box:
        if not box.open:
            return
        try:
            found = asking.collections(passage_id)
        except ServiceError as error:
            st.html(str(notice(texts.REFUSED, error.detail, tone="warning")))
            return
        _place(found, passage_id, key)


def _place(found: CollectionList, passage_id: str, key: str) -> None:
    # Each time under other keys: what was chosen and written for the last one is done with.
    field = f"{key}-{st.session_state.get(f'{key}-times', 0)}"
    if found.locked:
        st.html(str(notice(texts.LOCKED, found.locked, tone="warning")))
        return
    holding = [each for each in found.collections if each.entry is not None]
    if holding:
        st.html(str(_links(texts.ALREADY_IN, holding)))
    free = {each.id: each.name for each in found.collections if each.entry is None}
    chosen = st.selectbox(
        texts.COLLECTION,
        [*free, _NEW],
        format_func=lambda at: free.get(at) or texts.NEW_COLLECTION,
        key=f"{field}-where",
    )
    if chosen == _NEW:
        st.text_input(
            texts.NAME,
            key=f"{field}-name",
            max_chars=MAX_NAME_CHARACTERS,
            placeholder=texts.NAME_PLACEHOLDER,
            autocomplete="off",
        )
    st.text_area(
        texts.NOTE,
        key=f"{field}-note",
        max_chars=MAX_NOTE_CHARACTERS,
        placeholder=texts.NOTE_PLACEHOLDER,
        height=80,
    )
    st.button(
        texts.PUT,
        key=f"{key}-put",
        type="primary",
        on_click=_add,
        args=(passage_id, int(chosen or _NEW), key, field),
    )
    _say(key)


def _add(passage_id: str, chosen: int, key: str, field: str) -> None:
    name = str(st.session_state.get(f"{field}-name") or "").strip()
    note = str(st.session_state.get(f"{field}-note") or "")
    if chosen == _NEW and not name:
        st.session_state[f"{key}-said"] = texts.NAME_MISSING
        return
    client = connection.client()
    try:
        if chosen == _NEW:
            chosen = client.create_collection(CollectionRequest(name=name)).id
        asked = EntryRequest(passage_id=passage_id, note=note)
        client.add_entry(chosen, asked)
    except ServiceError as error:
        st.session_state[f"{key}-said"] = error.detail
        return
    st.session_state[f"{key}-said"] = texts.ADDED
    st.session_state[f"{key}-times"] = st.session_state.get(f"{key}-times", 0) + 1


def save_search(request: SearchRequest) -> None:
    """Draw a control that keeps a search; nothing is asked until it is opened."""
    if request.query.strip():
        with st.container(width="content"):
            _save_search(request)


@st.fragment
def _save_search(request: SearchRequest) -> None:
    key = "save-search"
    icon = ":material/bookmark:"
    with st.popover(
        texts.SAVE_SEARCH, type="tertiary", icon=icon, key=key, on_change="rerun"
    ) as box:
        if not box.open:
            return
        try:
            found = asking.searches()
        except ServiceError as error:
            st.html(str(notice(texts.REFUSED, error.detail, tone="warning")))
            return
        same = [each for each in found.searches if _asks(each.request) == _asks(request)]
        asked_for = f"{key}-{hash(_asks(request))}"
        if same:
            st.html(str(_links(texts.SAVED_AS, same)))
        else:
            _name_search(request, asked_for)
        _say(asked_for)


def _name_search(request: SearchRequest, key: str) -> None:
    st.text_input(
        texts.NAME,
        " ".join(request.query.split())[:_SUGGESTED_CHARACTERS],
        key=f"{key}-name",
        max_chars=MAX_NAME_CHARACTERS,
        autocomplete="off",
    )
    st.text_area(texts.NOTE, key=f"{key}-note", max_chars=MAX_NOTE_CHARACTERS, height=80)
    st.button(texts.SAVE, key=f"{key}-keep", type="primary", on_click=_keep, args=(request, key))


def _keep(request: SearchRequest, key: str) -> None:
    name = str(st.session_state.get(f"{key}-name") or "").strip()
    if not name:
        st.session_state[f"{key}-said"] = texts.SEARCH_NAME_MISSING
        return
    note = str(st.session_state.get(f"{key}-note") or "")
    asked = SavedSearchRequest(name=name, request=request, note=note)
    try:
        connection.client().save_search(asked)
    except ServiceError as error:
        st.session_state[f"{key}-said"] = error.detail
        return
    st.session_state[f"{key}-said"] = texts.SAVED


def _asks(request: SearchRequest) -> str:
    """Return what a search asks for, without how its hits are shown."""
    return request.model_dump_json(include={"query", "filters", "signals", "rerank"})


def _say(key: str) -> None:
    said = st.session_state.pop(f"{key}-said", None)
    # Always there, so that a screen reader hears what is put into it.
    st.html(str(element("p", said or "", role="status", class_="p-said", dir="auto")))


def _links(before: str, held: Sequence[Collection | SavedSearch]) -> Markup:
    links = [
        element(
            "a",
            each.name,
            href=href("collections", **{_parameter(each): str(each.id)}),
            target="_self",
            dir="auto",
        )
        for each in held
    ]
    return element("p", before, " ", join(links, ", "), class_="p-line p-places")


def _parameter(each: Collection | SavedSearch) -> str:
    return "collection" if isinstance(each, Collection) else "search"
