"""The words that tell the periods of a theme apart."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from search_api.schemas import Telling, TellingPeriod, TellingRequest, TellingWord
from ui.parts.cards import line
from ui.parts.markup import Markup, element
from ui.see import state as address
from ui.see.asking import asked
from ui.see.state import SeeState
from ui.service import connection
from ui.wording import common
from ui.wording import see as texts

__all__ = ["periods", "show"]


def show(query: str, state: SeeState) -> None:
    """Draw the section: closed, it asks nothing of the service."""
    st.html(str(element("h2", texts.TELLING, class_="p-plot-title")))
    if st.session_state.get("see-telling") != state.telling:
        st.session_state["see-telling"] = state.telling
    st.toggle(texts.TELLING_SHOW, key="see-telling", on_change=_toggled)
    if not state.telling:
        return
    request = TellingRequest(query=query, how=state.how, filters=state.filters)
    st.html(str(periods(asked(connection.client().trends_words, request, Telling))))


def periods(told: Telling) -> Markup:
    """Show each period with its words, the most telling first."""
    if not told.periods:
        return line(texts.TELLING_NONE)
    language = common.LANGUAGES.get(told.language or "", told.language) or texts.LANGUAGE_UNKNOWN
    return element(
        "div",
        line(texts.TELLING_INTRO.format(passages=told.passages, language=language)),
        element("div", *(_period(each, told) for each in told.periods), class_="p-periods"),
    )


def _period(period: TellingPeriod, told: Telling) -> Markup:
    form = texts.PERIOD if period.year_from != period.year_to else texts.PERIOD_ONE
    words = [element("li", *_word(each)) for each in period.words]
    return element(
        "section",
        element("h3", form.format(first=period.year_from, last=period.year_to)),
        line(texts.PERIOD_OF.format(passages=period.passages, documents=period.documents)),
        element("ol", *words, lang=told.language, dir="auto")
        if words
        else line(texts.PERIOD_NOTHING),
        class_="p-period",
    )


def _word(each: TellingWord) -> tuple[Markup, Markup]:
    title = texts.WORD_TITLE.format(
        word=each.word, passages=each.passages, elsewhere=each.elsewhere
    )
    return (
        element("span", each.word, title=title),
        element("small", texts.WORD_COUNT.format(passages=each.passages, z=each.z)),
    )


def _toggled() -> None:
    chosen = bool(st.session_state["see-telling"])
    address.write(replace(address.read(), telling=chosen))
