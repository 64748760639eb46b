"""What the page says when the search service is not there, and how it notices that it is back."""

from __future__ import annotations

import streamlit as st

from precedent_client import (
    ForeignServiceError,
    RefusedError,
    ServiceAwayError,
    ServiceError,
    ServiceNotReadyError,
    ServiceSlowError,
)
from ui.parts.cards import command, notice
from ui.parts.markup import Markup, element
from ui.service import connection
from ui.wording import common as texts

__all__ = ["RETRY_S", "explain", "problem_line", "problem_title", "show"]

RETRY_S = 3
_ARMED = "watch-armed"


def show(error: ServiceError) -> None:
    """Say what is wrong and what to do; go on by itself once the service answers."""
    st.html(str(explain(error)))
    st.button(texts.TRY_AGAIN, key="try-again")
    if isinstance(error, ServiceAwayError | ServiceNotReadyError):
        st.session_state[_ARMED] = False
        _watch()


def explain(error: ServiceError) -> Markup:
    """Write an error as a notice with its remedy."""
    retrying = element("p", texts.RETRYING.format(seconds=RETRY_S), class_="p-line")
    match error:
        case ServiceAwayError():
            told = texts.AWAY_TEXT.format(url=error.url)
            remedy = command(texts.AWAY_COMMAND)
            return notice(texts.AWAY_TITLE, told, remedy, retrying, tone="warning")
        case ServiceNotReadyError():
            reason = element("p", error.detail, class_="p-line", dir="auto")
            if not error.lacks_index:
                return notice(texts.NOT_READY_TITLE, reason, retrying, tone="warning")
            remedy = command(texts.NO_INDEX_COMMAND)
            told = texts.NO_INDEX_TEXT
            return notice(texts.NO_INDEX_TITLE, told, remedy, reason, retrying, tone="warning")
        case ServiceSlowError():
            told = texts.SLOW_TEXT.format(url=error.url, cause=error.detail)
            return notice(problem_title(error, texts.SLOW_TITLE), told, tone="warning")
        case ForeignServiceError():
            told = texts.FOREIGN_TEXT.format(url=error.url, cause=error.detail)
            return notice(texts.FOREIGN_TITLE, told, tone="warning")
        case RefusedError():
            return notice(texts.REFUSED_TITLE, problem_line(error), tone="warning")
        case _:
            return notice(texts.REFUSED_TITLE, error.detail, tone="warning")


def problem_title(error: ServiceError, otherwise: str) -> str:
    """Name the kind of a problem in the language of the page; `otherwise` where it has no name."""
    kind = error.problem.type.rpartition(":")[2] if error.problem else ""
    return texts.PROBLEMS.get(kind, otherwise)


def problem_line(error: RefusedError) -> str:
    """Tell a problem in one line: its kind, as the page names it, and what the service says."""
    title = problem_title(error, error.title)
    return texts.PROBLEM.format(title=title, detail=error.detail)


@st.fragment(run_every=RETRY_S)
def _watch() -> None:
    # The first run is the one that has just failed; asking again at once could go on for ever
    # where the service calls itself ready and is not.
    if not st.session_state.get(_ARMED):
        st.session_state[_ARMED] = True
        return
    try:
        ready = connection.client().readyz().ready
    except ServiceError:
        return
    if ready:
        st.rerun(scope="app")
