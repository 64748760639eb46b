"""Where nothing was found: why, and the ways on; and other questions for what is not here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from search_api.schemas import Removed, SearchResponse, Suggestion
from ui.parts.cards import Labels, line, notice
from ui.parts.labels import plain_label
from ui.parts.markup import Markup, element, join
from ui.search import address, filters_panel
from ui.search.state import PageState
from ui.wording import common as texts
from ui.wording import search as search_texts

__all__ = ["nothing", "suggested"]


def suggested(state: PageState, suggestions: Sequence[Suggestion]) -> None:
    """Offer what may have been meant, each as a button that asks it."""
    if not suggestions:
        return
    by_paragraph = suggestions[0].reason == "paragraph"
    title = search_texts.NEAREST_PARAGRAPHS if by_paragraph else search_texts.DID_YOU_MEAN
    with st.container(key="suggestions", gap="small"):
        st.html(str(element("h2", title, class_="p-side")))
        if by_paragraph:
            with st.container(horizontal=True, key="suggestion-paragraphs"):
                for at, each in enumerate(suggestions):
                    _instead(state, at, each)
            return
        for at, each in enumerate(suggestions):
            with st.container(horizontal=True, key=f"suggestion-{at}", vertical_alignment="center"):
                _instead(state, at, each)
                if each.title:
                    st.html(str(line(each.title)))


def _instead(state: PageState, at: int, suggestion: Suggestion) -> None:
    st.button(
        plain_label(suggestion.query),
        key=f"instead-{at}",
        on_click=address.write,
        args=(replace(state, query=suggestion.query, offset=0),),
    )


def nothing(state: PageState, response: SearchResponse, labels: Labels) -> None:
    """Say why nothing was found, from what the answer tells of it, and offer the ways on."""
    helping = [way for way in response.removed if way.hits]
    said: list[str | Markup] = [_why(state, response), *_phrases(state, response)]
    if parts := [_part(way, labels) for way in response.removed if _is_idle_filter(way)]:
        said.append(search_texts.EMPTY_NO_HELP)
        said.append(element("ul", join([element("li", part, dir="auto") for part in parts])))
    if helping and not state.offset:
        said.append(search_texts.WAYS_NOTE)
    st.html(str(notice(texts.EMPTY_TITLE, *said)))
    with st.container(horizontal=True, key="ways-on"):
        if state.offset:
            at_first = state.at(0)
            st.button(texts.FIRST_PAGE, key="first-page", on_click=address.write, args=(at_first,))
            return
        for at, way in enumerate(helping):
            st.button(
                plain_label(_label(way, labels), longest=120),
                key=f"way-{at}",
                type="primary" if at == 0 else "secondary",
                on_click=address.write,
                args=(_after(state, way),),
            )
        if state.filtered and not any(way.field == "filters" for way in helping):
            st.button(texts.CLEAR_FILTERS, key="clear", on_click=filters_panel.clear)


def _why(state: PageState, response: SearchResponse) -> str:
    if state.offset:
        return texts.EMPTY_PAST_END
    if state.filtered and not response.allowed:
        return texts.EMPTY_FILTERS
    if any(each.reason == "paragraph" for each in response.suggestions):
        return search_texts.EMPTY_PARAGRAPH
    if response.interpretation in {"symbol", "citation"}:
        return texts.EMPTY_SYMBOL
    if state.filtered:
        return texts.EMPTY_FILTERED.format(allowed=response.allowed)
    return texts.EMPTY_WORDS.format(allowed=response.allowed)


def _phrases(state: PageState, response: SearchResponse) -> list[str]:
    """Say where each quoted phrase stands by itself."""
    if state.offset:
        return []
    if not response.quoted:
        return [texts.EMPTY_QUOTED] if any(mark in state.query for mark in '"“”«»') else []
    said = [texts.EMPTY_QUOTED]
    if len(response.quoted) > 1 and not state.filtered:
        said.append(search_texts.PHRASES_APART)
    for each in response.quoted:
        fewer = each.passages != each.passages_unfiltered
        form = search_texts.PHRASE_ALONE_FILTERED if fewer else search_texts.PHRASE_ALONE
        said.append(
            form.format(
                phrase=each.phrase, passages=each.passages, everywhere=each.passages_unfiltered
            )
        )
    return said


def _is_idle_filter(way: Removed) -> bool:
    """Tell a filter without which there is still nothing."""
    return not way.hits and way.field not in {"phrase", "excluded", "filters"}


def _part(way: Removed, labels: Labels) -> str:
    values = _values(way, labels)
    return search_texts.PART_FILTER.format(field=search_texts.FIELDS[way.field], values=values)


def _label(way: Removed, labels: Labels) -> str:
    if way.field == "filters":
        if way.query is not None:
            return search_texts.WORDS_ALONE.format(hits=way.hits)
        return search_texts.WITHOUT_FILTERS.format(hits=way.hits)
    if way.field == "phrase" and len(way.values) > 1:
        return search_texts.WITHOUT_ALL_MARKS.format(hits=way.hits)
    if way.field == "phrase":
        return search_texts.WITHOUT_MARKS.format(phrase=way.values[0], hits=way.hits)
    if way.field == "excluded":
        return search_texts.WITHOUT_EXCLUSION.format(word=way.values[0], hits=way.hits)
    field, values = search_texts.FIELDS[way.field], _values(way, labels)
    return search_texts.WITHOUT_FILTER.format(field=field, values=values, hits=way.hits)


def _values(way: Removed, labels: Labels) -> str:
    """Write the values of a filter as alternatives; a span of years by its ends."""
    if way.field != "year":
        said = [filters_panel.names(way.field, value, labels) for value in way.values]
    else:
        said = [_span(value) for value in way.values]
    joined = said[0] if said else ""
    for each in said[1:]:
        joined = search_texts.OR.format(first=joined, second=each)
    return joined


def _span(value: str) -> str:
    first, _, last = value.partition("..")
    if first == last:
        return first
    if first and last:
        return search_texts.YEARS_BETWEEN.format(first=first, last=last)
    form = search_texts.YEARS_FROM if first else search_texts.YEARS_TO
    return form.format(first=first, last=last)


def _after(state: PageState, way: Removed) -> PageState:
    """Return the search without a part of it."""
    query = state.query if way.query is None else way.query
    if way.field == "filters":
        return replace(state.without_filters(), query=query)
    if way.query is not None:
        return replace(state, query=query, offset=0)
    return state.without(way.field)
