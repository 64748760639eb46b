"""Length, speaking time and formalities of a statement, for any page that has one."""

from __future__ import annotations

import streamlit as st

from precedent_client import ServiceError
from search_api.schemas import MAX_STATEMENT_CHARACTERS, StatementReport, StatementRequest
from ui.parts.cards import line, notice
from ui.parts.markup import Markup, element
from ui.service import connection
from ui.wording import verify as texts

__all__ = ["report_card", "show"]

_CONTEXT_WORDS = 8


def show(text: str, *, key: str = "statement") -> None:
    """Draw the panel for a text; the reader's pace is kept while the page is open.

    Args:
        text: the statement.
        key: keeps its controls apart from those of another panel.
    """
    if not text.strip():
        st.html(str(line(texts.STATEMENT_EMPTY)))
        return
    if len(text) > MAX_STATEMENT_CHARACTERS:
        too_long = texts.STATEMENT_TOO_LONG.format(most=MAX_STATEMENT_CHARACTERS)
        st.html(str(notice("", too_long, tone="warning")))
        return
    pace = st.number_input(
        texts.PACE,
        min_value=40,
        max_value=400,
        value=None,
        placeholder=texts.PACE_USUAL,
        step=5,
        key=f"{key}-pace",
        help=texts.PACE_HELP,
    )
    try:
        request = StatementRequest(text=text, words_a_minute=pace)
        report = connection.client().statement(request)
    except ServiceError as error:
        st.html(str(notice("", error.detail, tone="warning")))
        return
    st.html(str(report_card(report, text)))


def report_card(report: StatementReport, text: str) -> Markup:
    """Show what was counted, and what is over."""
    unit = texts.UNITS.get(report.unit, report.unit)
    minutes, seconds = divmod(report.seconds, 60)
    rows = [
        _row(texts.LIMIT.format(status=each.status, words=each.words), each.over)
        for each in report.limits
    ]
    rows += [
        _row(texts.TIME.format(minutes=each.seconds / 60, words=each.words), each.over)
        for each in report.times
    ]
    cuts = [
        texts.CUT.format(words=" ".join(text[: each.passed_at].split()[-_CONTEXT_WORDS:]))
        for each in report.limits
        if each.passed_at is not None
    ]
    counted = texts.COUNTED.format(
        words=report.words, unit=unit, title=report.title, quoted=report.quoted, notes=report.notes
    )
    aloud = texts.ALOUD.format(
        minutes=minutes, seconds=seconds, pace=report.words_a_minute, unit=unit
    )
    return element(
        "section",
        element("p", counted),
        element("ul", *rows),
        *(element("p", cut, class_="p-line", dir="auto") for cut in cuts),
        element("p", aloud),
        element("ul", *(element("li", hint, dir="auto") for hint in report.hints))
        if report.hints
        else None,
        element("p", texts.COUNTING_RULE, class_="p-line"),
        class_="p-card p-concerns",
        aria_label=texts.STATEMENT,
    )


def _row(words: str, over: int) -> Markup:
    verdict = texts.OVER.format(over=over) if over else texts.WITHIN
    tone = "p-badge p-caution" if over else "p-badge"
    return element("li", words, " ", element("span", verdict, class_=tone))
