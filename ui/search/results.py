"""The hits of a search, or the passages like one passage, and what to do where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from search_api.schemas import MAX_K, Hit, SearchResponse, Sorted
from ui.collect.control import save_search
from ui.parts.cards import Labels, group_heading, hit_card, legend, line, notice, passage_text
from ui.parts.export_control import export_control
from ui.parts.markup import Markup, element, highlighted, join
from ui.search import address, filters_panel, passage_actions, ways_on
from ui.search.reasons import read_as, reasons
from ui.search.state import MAX_OFFSET, PER_PAGE, PageState
from ui.service import connection
from ui.wording import common as texts
from ui.wording import search as search_texts

__all__ = ["show_hits", "show_similar"]


def show_hits(state: PageState, response: SearchResponse, labels: Labels) -> None:
    """Draw the answer to the question in the address."""
    hits = _hits(response)
    _remarks(response, labels)
    ways_on.suggested(state, response.suggestions)
    if not hits:
        ways_on.nothing(state, response, labels)
        return
    with st.container(key="found", gap="small"):
        _summary(state, _found(state, response, hits), hits, legend(hits))
        if response.sorted_by is not None:
            st.html(str(line(_chosen_from(response.sorted_by))))
    if response.groups:
        at = 0
        for group in response.groups:
            st.html(str(group_heading(group, labels)))
            _cards(state, group.hits, labels, first=at, titled=False)
            at += len(group.hits)
    else:
        _cards(state, hits, labels)
    _turn_pages(state, response)


def show_similar(state: PageState, labels: Labels) -> None:
    """Draw the passages nearest in meaning to one passage."""
    passage_id = state.similar or ""
    back = texts.BACK_TO_SEARCH if state.query else texts.BACK_TO_START
    icon = ":material/arrow_back:"
    st.button(back, key="back", type="tertiary", icon=icon, on_click=_leave_similar)
    client = connection.client()
    source = client.passage(passage_id, before=0, after=0).passage
    response = client.similar(passage_id, k=state.k, filters=state.filters)
    title = texts.SIMILAR_TO.format(citation=source.citation)
    st.html(str(notice(title, passage_text(source, highlighted(source.text, ())))))
    hits = _hits(response)
    _remarks(response, labels)
    if not hits:
        st.html(str(notice(texts.EMPTY_TITLE, texts.EMPTY_SIMILAR)))
        if state.filtered:
            st.button(texts.CLEAR_FILTERS, key="clear", on_click=filters_panel.clear)
        return
    found = texts.SIMILAR_FOUND.format(count=len(hits))
    _summary(None, found, hits, legend(hits, texts.SIMILAR_MARK_NAMES))
    _cards(state, hits, labels)
    wider = next((k for k in PER_PAGE if k > state.k), MAX_K)
    if len(hits) >= state.k and wider > state.k:
        st.button(texts.MORE, key="more", on_click=_go, args=(replace(state, k=wider),))


def _hits(response: SearchResponse) -> tuple[Hit, ...]:
    return response.hits or tuple(hit for group in response.groups for hit in group.hits)


def _remarks(response: SearchResponse, labels: Labels) -> None:
    direct = texts.INTERPRETED.get(response.interpretation)
    read = None if direct else read_as(response.read_as, labels)
    remarks = [line(words) for words in (direct, read, *response.warnings) if words]
    if remarks:
        st.html(str(element("div", join(remarks), class_="p-remarks")))


def _found(state: PageState, response: SearchResponse, hits: Sequence[Hit]) -> str:
    if response.groups:
        last = response.offset + len(response.groups)
        found = texts.RANGE_GROUPS.format(
            first=response.offset + 1,
            last=last,
            hits=len(hits),
            total=max(response.total, last),
        )
    else:
        last = response.offset + len(hits)
        single = last == 1 and response.total <= 1
        form = texts.RANGE_ONE if single else texts.RANGE_HITS
        found = form.format(first=response.offset + 1, last=last, total=max(response.total, last))
    parts = [found]
    if response.interpretation == "words":
        among = texts.ALLOWED_FILTERED if state.filtered else texts.ALLOWED_ALL
        parts.append(among.format(allowed=response.allowed))
    if took := response.took_ms.get("total", sum(response.took_ms.values())):
        parts.append(texts.TOOK.format(ms=took))
    return " · ".join(parts)


def _summary(
    state: PageState | None, found: str, hits: Sequence[Hit], marks: Markup | None
) -> None:
    """Draw what was found, and beside it its order (of a search) and the way to take it away."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.html(str(join([line(found), marks])))
        with st.container(horizontal=True, key="taken", width="content"):
            if state is not None:
                _order(state)
                save_search(state.request())
            export_control([hit.passage_id for hit in hits])


def _order(state: PageState) -> None:
    filters_panel.seed("sort", state.sort)
    st.selectbox(
        search_texts.SORT,
        list(search_texts.SORTS),
        format_func=search_texts.SORTS.__getitem__,
        key="sort",
        label_visibility="collapsed",
        on_change=filters_panel.changed,
        args=("sort",),
        width=160,
    )


def _chosen_from(told: Sorted) -> str:
    form = search_texts.SORTED_WHOLE if told.least_share is None else search_texts.SORTED
    return form.format(near=told.near, candidates=told.candidates)


def _cards(
    state: PageState, hits: Sequence[Hit], labels: Labels, *, first: int = 0, titled: bool = True
) -> None:
    for at, hit in enumerate(hits, start=first):
        with st.container(key=f"card-{at}", gap=None):
            why = reasons(hit) if state.explain else None
            st.html(str(join([hit_card(hit, labels, titled=titled), why])))
            passage_actions.show(hit, at)


def _turn_pages(state: PageState, response: SearchResponse) -> None:
    more = response.next_cursor is not None and state.offset + state.k <= MAX_OFFSET
    if not more and not state.offset:
        return
    with st.container(horizontal=True, key="turn-pages"):
        if state.offset:
            back = state.at(state.offset - state.k)
            st.button(texts.PREVIOUS, key="previous", on_click=_go, args=(back,))
        if more:
            st.button(
                texts.MORE, key="more", on_click=_go, args=(state.at(state.offset + state.k),)
            )


def _leave_similar() -> None:
    _go(replace(address.read(), similar=None))


def _go(state: PageState) -> None:
    address.write(state)
