"""One saved search: what is new in it, the new first."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from search_api.schemas import (
    MAX_NAME_CHARACTERS,
    MAX_NOTE_CHARACTERS,
    Gone,
    Hit,
    SavedSearch,
    SavedSearchChange,
    SearchChanges,
    SearchRequest,
    SeenRequest,
)
from ui.collect import address, asking
from ui.collect.control import add_to_collection
from ui.parts.cards import Labels, hit_card, line, notice
from ui.parts.dates import time_words
from ui.parts.markup import Markup, element, join
from ui.search.state import PageState
from ui.service import connection
from ui.wording import collect as texts
from ui.wording import common
from ui.wording.language import carried

__all__ = ["gone_list", "search_address", "show"]

_BOX = "search-edit-box"


def show(search_id: int) -> None:
    """Draw a saved search with its changes since the last visit."""
    search = connection.client().saved_search(search_id)
    st.html(str(element("header", element("h1", search.name, dir="auto"), class_="p-top")))
    st.html(str(_asked(search)))
    if search.note:
        st.html(str(element("p", search.note, class_="p-note", dir="auto")))
    asking.say_refusal()
    with st.container(key="collect-search-actions"):
        room = st.empty()
    # What is kept of the search is shown, and can be removed, where it cannot be answered as well.
    found = None
    try:
        found = asking.changes(search_id)
    finally:
        with room.container():
            _actions(search, found)
    _draw(found)


def search_address(request: SearchRequest) -> str:
    """Return the address of the search page that asks this."""
    params = {**_state(request).to_params(), **carried()}
    return f"./?{urlencode(params, doseq=True)}"


def _state(request: SearchRequest) -> PageState:
    filters = request.filters
    return PageState(
        query=request.query,
        kind=filters.kind,
        body=filters.body,
        country=filters.country,
        language=filters.language,
        status=filters.status,
        symbol=filters.symbol,
        year_from=filters.year_from,
        year_to=filters.year_to,
        signals=request.signals,
        rerank=request.rerank,
    )


def gone_list(gone: Sequence[Gone]) -> Markup:
    """List what stood among the best hits and does no more."""
    items = [
        element(
            "li",
            (texts.GONE_ONE if each.held else texts.GONE_REMOVED).format(citation=each.citation),
            dir="auto",
        )
        for each in gone
    ]
    return element(
        "details",
        element("summary", texts.GONE.format(count=len(gone))),
        element("ul", *items),
        class_="p-concerns",
    )


def _asked(search: SavedSearch) -> Markup:
    filters = search.request.filters.model_dump(exclude_defaults=True)
    names = asking.labels()
    facts = [element("span", search.request.query, class_="p-asked", dir="auto")]
    for facet, value in filters.items():
        given = value if isinstance(value, tuple) else (str(value),)
        shown = ", ".join(names.get(facet, {}).get(each, each) for each in given)
        facts.append(element("span", _named(facet, shown), dir="auto"))
    facts.append(element("span", texts.WATCHED.format(depth=search.depth)))
    return element("p", join(facts), class_="p-facts p-kept")


def _named(facet: str, value: str) -> str:
    names = {
        **common.FACET_LABELS,
        "symbol": common.SYMBOL_LABEL,
        "year_from": common.YEAR_FROM,
        "year_to": common.YEAR_TO,
    }
    return common.READ_FILTER.format(field=names.get(facet, facet), values=value)


def _actions(search: SavedSearch, found: SearchChanges | None) -> None:
    with st.container(horizontal=True, key="actions-search", vertical_alignment="center"):
        if found is not None and not found.search.unchanged:
            st.button(
                texts.MARK_SEEN,
                key="collect-seen",
                type="primary",
                help=texts.MARK_SEEN_HELP,
                on_click=_see,
                args=(search.id, found.generation),
            )
        st.html(
            str(
                element(
                    "a",
                    texts.OPEN_SEARCH,
                    href=search_address(search.request),
                    target="_self",
                    class_="p-go",
                )
            ),
            width="content",
        )
        with st.popover(
            texts.EDIT_SEARCH, type="tertiary", icon=":material/edit:", key=_BOX, on_change="rerun"
        ) as box:
            if box.open:
                _edit(search)
        with st.popover(texts.REMOVE_SEARCH, type="tertiary", icon=":material/delete:"):
            st.html(str(element("p", texts.REMOVE_SEARCH_SURE)))
            st.button(texts.REMOVE_SURE, key="search-remove", on_click=_remove, args=(search.id,))


def _draw(found: SearchChanges) -> None:
    search = found.search
    if search.unchanged:
        st.html(str(notice(texts.NOTHING_NEW, texts.SAME_INDEX)))
        return
    since = (
        texts.SINCE.format(date=time_words(search.seen_at)) if search.seen_at else texts.SINCE_NEVER
    )
    st.html(str(line(since)))
    labels = asking.labels()
    if not found.new and not found.changed:
        st.html(str(notice("", texts.NOTHING_NEW)))
    _hits(texts.NEW_HITS, found.new, labels)
    _hits(texts.CHANGED_HITS, found.changed, labels)
    _hits(texts.RISEN_HITS, found.risen, labels)
    if found.gone:
        st.html(str(gone_list(found.gone)))


def _hits(heading: str, hits: Sequence[Hit], labels: Labels) -> None:
    if not hits:
        return
    st.html(str(element("h2", heading.format(count=len(hits)), class_="p-section")))
    for hit in hits:
        with st.container(key=f"card-hit-{hit.rank}", gap=None):
            st.html(str(hit_card(hit, labels)))
            with st.container(horizontal=True, key=f"actions-hit-{hit.rank}"):
                link = address.href("read", at=hit.passage_id)
                st.html(
                    str(element("a", texts.READ, href=link, target="_self", class_="p-go")),
                    width="content",
                )
                add_to_collection(hit.passage_id, f"hit-{hit.rank}")


def _see(search_id: int, generation: int) -> None:
    asked = SeenRequest(generation=generation)
    asking.attempt(lambda: connection.client().mark_search_seen(search_id, asked))


def _edit(search: SavedSearch) -> None:
    key = f"search-{search.id}-{search.revision}"
    with st.form(key, border=False):
        st.text_input(texts.NAME, search.name, max_chars=MAX_NAME_CHARACTERS, key=f"{key}-name")
        st.text_area(texts.NOTE, search.note, max_chars=MAX_NOTE_CHARACTERS, key=f"{key}-note")
        st.form_submit_button(texts.KEEP, type="primary", on_click=_change, args=(search, key))


def _change(search: SavedSearch, key: str) -> None:
    state = st.session_state
    state[_BOX] = False
    asked = SavedSearchChange.model_construct(
        name=str(state.get(f"{key}-name") or search.name),
        note=str(state.get(f"{key}-note") or ""),
        revision=search.revision,
    )
    asking.attempt(lambda: connection.client().change_search(search.id, asked))


def _remove(search_id: int) -> None:
    if asking.attempt(lambda: connection.client().remove_search(search_id)):
        address.go()
