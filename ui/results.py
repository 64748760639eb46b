"""The hits of a search, or the passages like one passage, and what to do where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from search_api.schemas import MAX_K, Hit, SearchResponse
from ui import address, connection, filters_panel, passage_actions, texts
from ui.cards import Labels, group_heading, hit_card, legend, line, notice, passage_text
from ui.csv_export import hits_as_csv
from ui.markup import Markup, element, highlighted, join
from ui.state import MAX_OFFSET, PER_PAGE, PageState

__all__ = ["show_hits", "show_similar"]


def show_hits(state: PageState, labels: Labels) -> None:
    """Draw the answer to the question in the address."""
    response = connection.client().search(state.request())
    hits = _hits(response)
    _remarks(response)
    if not hits:
        _nothing(state, response)
        return
    _summary(_found(state, response, hits), hits, legend(hits))
    if response.groups:
        at = 0
        for group in response.groups:
            st.html(str(group_heading(group, labels)))
            _cards(group.hits, labels, first=at, titled=False)
            at += len(group.hits)
    else:
        _cards(hits, labels)
    _turn_pages(state, response)


def show_similar(state: PageState, labels: Labels) -> None:
    """Draw the passages nearest in meaning to one passage."""
    passage_id = state.similar or ""
    back = texts.BACK_TO_SEARCH if state.query else texts.BACK_TO_START
    icon = ":material/arrow_back:"
    st.button(back, key="back", type="tertiary", icon=icon, on_click=_leave_similar)
    client = connection.client()
    source = client.neighbours(passage_id, 0, 0).passage
    response = client.similar(passage_id, state.k, state.filters)
    title = texts.SIMILAR_TO.format(citation=source.citation)
    st.html(str(notice(title, passage_text(source, highlighted(source.text, ())))))
    hits = _hits(response)
    _remarks(response)
    if not hits:
        st.html(str(notice(texts.EMPTY_TITLE, texts.EMPTY_SIMILAR)))
        if state.filtered:
            st.button(texts.CLEAR_FILTERS, key="clear", on_click=filters_panel.clear)
        return
    found = texts.SIMILAR_FOUND.format(count=len(hits))
    _summary(found, hits, legend(hits, texts.SIMILAR_MARK_NAMES))
    _cards(hits, labels)
    wider = next((k for k in PER_PAGE if k > state.k), MAX_K)
    if len(hits) >= state.k and wider > state.k:
        st.button(texts.MORE, key="more", on_click=_go, args=(replace(state, k=wider),))


def _hits(response: SearchResponse) -> tuple[Hit, ...]:
    return response.hits or tuple(hit for group in response.groups for hit in group.hits)


def _remarks(response: SearchResponse) -> None:
    read_as = texts.INTERPRETED.get(response.interpretation)
    remarks = [line(words) for words in (read_as, *response.warnings) if words]
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


def _summary(found: str, hits: Sequence[Hit], marks: Markup | None) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.html(str(join([line(found), marks])))
        many = texts.DOWNLOAD if len(hits) > 1 else texts.DOWNLOAD_ONE
        st.download_button(
            many.format(count=len(hits)),
            hits_as_csv(hits),
            file_name="precedent-hits.csv",
            mime="text/csv",
            key="download",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def _cards(hits: Sequence[Hit], labels: Labels, *, first: int = 0, titled: bool = True) -> None:
    for at, hit in enumerate(hits, start=first):
        with st.container(key=f"card-{at}", gap=None):
            st.html(str(hit_card(hit, labels, titled=titled)))
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


def _nothing(state: PageState, response: SearchResponse) -> None:
    """Say why nothing was found, from what the answer tells of it, and offer the way on."""
    said: list[str] = []
    if state.offset:
        said.append(texts.EMPTY_PAST_END)
    elif state.filtered and not response.allowed:
        said.append(texts.EMPTY_FILTERS)
    elif response.interpretation in {"symbol", "citation"}:
        said.append(texts.EMPTY_SYMBOL)
    elif state.filtered:
        said.append(texts.EMPTY_FILTERED.format(allowed=response.allowed))
    else:
        said.append(texts.EMPTY_WORDS.format(allowed=response.allowed))
    if any(mark in state.query for mark in '"“”«»') and not state.offset:
        said.append(texts.EMPTY_QUOTED)
    st.html(str(notice(texts.EMPTY_TITLE, *said)))
    with st.container(horizontal=True):
        if state.offset:
            st.button(texts.FIRST_PAGE, key="first-page", on_click=_go, args=(state.at(0),))
        if state.filtered:
            st.button(texts.CLEAR_FILTERS, key="clear", on_click=filters_panel.clear)


def _leave_similar() -> None:
    _go(replace(address.read(), similar=None))


def _go(state: PageState) -> None:
    address.write(state)
