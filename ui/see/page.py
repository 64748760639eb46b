"""The page of trends: in which years something is said, by whom, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from precedent_client import RefusedError, ServiceError
from search_api.schemas import MAX_TREND_QUERIES, Trend, Trends
from ui.parts import waiting
from ui.parts.cards import line, notice
from ui.parts.markup import element
from ui.see import narrowing, plots, telling
from ui.see import plot as plot_of
from ui.see import state as address
from ui.see.asking import asked
from ui.see.state import SeeState, queries_in
from ui.service import connection
from ui.wording import see as texts
from ui.wording.language import PARAMETER

__all__ = ["show"]

_QUERIES = "see-queries"


def show() -> None:
    """Draw the page for the state in the address."""
    state = address.read()
    st.html(str(element("header", element("h1", texts.TITLE), class_="p-top")))
    st.html(str(element("p", texts.INTRO, class_="p-tips")))
    _question(state)
    try:
        narrowing.show(state)
        if not state.queries:
            _examples()
            return
        _answer(state)
    except RefusedError as error:
        st.html(
            str(notice(waiting.problem_title(error, error.title), error.detail, tone="warning"))
        )
    except ServiceError as error:
        waiting.show(error)


def _question(state: SeeState) -> None:
    written = "\n".join(state.queries)
    if queries_in(st.session_state.get(_QUERIES, "")) != state.queries:
        st.session_state[_QUERIES] = written
    with st.form("see", border=False):
        st.text_area(
            texts.QUERIES,
            key=_QUERIES,
            placeholder=texts.QUERIES_PLACEHOLDER,
            help=texts.QUERIES_HELP.format(most=MAX_TREND_QUERIES),
            height=96,
        )
        st.form_submit_button(texts.DRAW, type="primary", on_click=_asked)
    with st.container(horizontal=True, key="see-choices", gap="medium"):
        _choice("how", texts.HOW, texts.HOWS, state.how)
        _choice("shown", texts.SHOWN, texts.SHOWNS, state.shown)
        _choice("unit", texts.UNIT, texts.UNITS, state.unit)


def _choice(name: str, label: str, options: dict[str, str], chosen: str) -> None:
    key = f"see-{name}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.radio(
        label,
        list(options),
        format_func=options.__getitem__,
        horizontal=True,
        key=key,
        on_change=_chosen,
        args=(name,),
    )


def _answer(state: SeeState) -> None:
    found = asked(connection.client().trends, state.request(), Trends)
    _remarks(found)
    said = [trend for trend in found.trends if trend.total.passages]
    if not said:
        st.html(str(notice(texts.NOTHING_TITLE, texts.NOTHING[state.how])))
        return
    st.html(str(line(texts.OPEN_HINT)))
    lang = st.query_params.get(PARAMETER, "")
    shown = plots.Answer(found, state, lang)
    for plot in shown.of_years():
        plot_of.show(plot, state)
    chosen = _one_of(said)
    for plot in shown.of_bodies(chosen):
        plot_of.show(plot, state)
    telling.show(chosen.query, state)


def _remarks(found: Trends) -> None:
    """Say what was read otherwise than written, and what found nothing beside what did."""
    remarks = [
        texts.REMARK.format(query=trend.query, warning=warning)
        for trend in found.trends
        for warning in trend.warnings
    ]
    if any(trend.total.passages for trend in found.trends):
        remarks += [
            texts.NOTHING_OF.format(query=trend.query)
            for trend in found.trends
            if not trend.total.passages
        ]
    if remarks:
        st.html(str(element("div", *(line(each) for each in remarks), class_="p-remarks")))


def _one_of(said: Sequence[Trend]) -> Trend:
    """Let one of several queries be chosen, for what is drawn of one."""
    if len(said) == 1:
        return said[0]
    by_query = {trend.query: trend for trend in said}
    if st.session_state.get("see-one") not in by_query:
        st.session_state["see-one"] = said[0].query
    return by_query[st.selectbox(texts.OF_QUERY, list(by_query), key="see-one")]


def _examples() -> None:
    st.html(str(element("h2", texts.EXAMPLES, class_="p-side")))
    with st.container(gap=None):
        for at, queries in enumerate(texts.EXAMPLE_QUERIES):
            st.button(
                texts.EXAMPLE_JOIN.join(queries),
                key=f"see-example-{at}",
                type="tertiary",
                on_click=_ask,
                args=(tuple(str(query) for query in queries),),
            )


def _asked() -> None:
    _ask(queries_in(st.session_state[_QUERIES]))


def _ask(queries: tuple[str, ...]) -> None:
    address.write(replace(address.read(), queries=queries))


def _chosen(name: str) -> None:
    changed: dict[str, str] = {name: st.session_state[f"see-{name}"]}
    address.write(replace(address.read(), **changed))  # type: ignore[arg-type]
