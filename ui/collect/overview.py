"""Every collection and every saved search, and the file that holds them."""

from __future__ import annotations

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import (
    MAX_NAME_CHARACTERS,
    Collection,
    CollectionList,
    CollectionRequest,
    SavedSearch,
    SavedSearchList,
)
from ui.collect import address, asking, files
from ui.parts.cards import line, notice
from ui.parts.dates import date_words
from ui.parts.labels import plain_label
from ui.parts.markup import Markup, element
from ui.service import connection
from ui.wording import collect as texts

__all__ = ["show"]

_NOTE_CHARACTERS = 300


def show() -> None:
    """Draw both lists."""
    asking.say_refusal()
    found, searches = asking.collections(), asking.searches()
    if found.locked:
        st.html(str(notice(texts.LOCKED, found.locked, tone="warning")))
    _collections(found)
    _searches(searches)
    files.show(found)


def _collections(found: CollectionList) -> None:
    st.html(str(element("h2", texts.COLLECTIONS, class_="p-section")))
    for each in found.collections:
        _row(each.name, f"collection-{each.id}", _facts(each), each.note, collection=str(each.id))
    if not found.collections:
        st.html(str(notice("", texts.NO_COLLECTIONS)))
    with (
        st.form("collect-make", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            texts.MAKE,
            key="collect-make-name",
            max_chars=MAX_NAME_CHARACTERS,
            placeholder=texts.NAME_PLACEHOLDER,
            autocomplete="off",
        )
        st.form_submit_button(texts.MAKE_IT, on_click=_make)


def _make() -> None:
    name = str(st.session_state.get("collect-make-name") or "").strip()
    if name:
        asked = CollectionRequest(name=name)
        asking.attempt(lambda: connection.client().create_collection(asked))


def _searches(found: SavedSearchList) -> None:
    st.html(str(element("h2", texts.SEARCHES, class_="p-section")))
    for each in found.searches:
        _row(each.name, f"search-{each.id}", _news(each), each.note, search=str(each.id))
    for name in found.unreadable:
        st.html(str(line(texts.UNREADABLE.format(name=name))))
    if not found.searches:
        st.html(str(notice("", texts.NO_SEARCHES)))


def _row(name: str, key: str, facts: Markup, note: str, **params: str) -> None:
    with st.container(key=f"card-{key}", gap=None):
        st.button(
            plain_label(name),
            key=f"open-{key}",
            type="tertiary",
            on_click=address.go,
            kwargs=params,
        )
        st.html(str(facts))
        if note:
            short = note if len(note) <= _NOTE_CHARACTERS else f"{note[:_NOTE_CHARACTERS]}…"
            st.html(str(element("p", short, class_="p-note", dir="auto")))


def _facts(each: Collection) -> Markup:
    return element(
        "p",
        element("span", texts.COUNT.format(count=each.entries)),
        element("span", texts.CHANGED_ON.format(date=date_words(each.changed_at))),
        *(element("span", tag, class_="p-badge", dir="auto") for tag in each.tags),
        class_="p-facts p-kept",
    )


def _news(each: SavedSearch) -> Markup:
    query = " ".join(each.request.query.split())
    short = query if len(query) <= _NOTE_CHARACTERS else f"{query[:_NOTE_CHARACTERS]}…"
    seen = texts.SEEN_ON.format(date=date_words(each.seen_at)) if each.seen_at else texts.NEVER_SEEN
    return element(
        "p",
        *_badges(each),
        element("span", seen),
        element("span", short, dir="auto"),
        class_="p-facts p-kept",
    )


def _badges(each: SavedSearch) -> list[Markup]:
    try:
        new, changed = asking.news(each)
    except ServiceError as error:
        return [element("span", texts.NEWS_UNKNOWN.format(why=error.detail), dir="auto")]
    told = [texts.NEWS.format(new=new)] * bool(new)
    told += [texts.NEWS_CHANGED.format(changed=changed)] * bool(changed)
    if not told:
        return [element("span", texts.NEWS_NONE)]
    return [element("span", words, class_="p-badge p-news") for words in told]
