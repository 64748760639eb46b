"""The draft page: paste or read a draft, see who said each sentence of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from precedent_client import RefusedError, ServiceError
from search_api.schemas import (
    MAX_DRAFT_CHARACTERS,
    MAX_EXPORTED,
    DraftUnit,
    Facets,
    Filters,
    GradeCounts,
    PrecedentsRequest,
)
from ui.draft import statement_panel
from ui.draft.units import by_grade, counts_line, table_row, unit_card
from ui.parts import waiting
from ui.parts.cards import line, notice
from ui.parts.export_control import export_control
from ui.parts.markup import element
from ui.parts.uploads import draft_file
from ui.service import connection
from ui.table import rows as table_rows
from ui.wording import draft as draft_texts

__all__ = ["show"]

_TEXT = "draft-text"
_FOUND = "draft-found"
_ASKED = "draft-asked"
_ADDED = "draft-added"
_ADOPTED = ("resolution", "decision")
_STEP = 100
"""Sentences checked in one request."""


def show() -> None:
    """Draw the page. A draft stands in no address and in no file: it is nobody else's business."""
    st.html(str(element("header", element("h1", draft_texts.TITLE), class_="p-top")))
    st.html(str(element("p", draft_texts.INTRO, class_="p-tips")))
    bodies, away = _bodies()
    _file()
    request = _form(bodies)
    if away is not None:  # below the form: what is not drawn is forgotten, and the draft with it
        waiting.show(away)
        return
    if request is not None:
        st.session_state[_ASKED] = request
        st.session_state[_FOUND] = []
        _check(request)
    found: list[DraftUnit] = st.session_state.get(_FOUND, [])
    asked: PrecedentsRequest | None = st.session_state.get(_ASKED)
    if not found or asked is None:
        words = draft_texts.EMPTY_HELP if asked is None else draft_texts.NO_SENTENCE
        st.html(str(notice(draft_texts.EMPTY if asked is None else "", words)))
        return
    _results(found)
    _rest(asked, found)
    with st.expander(draft_texts.STATEMENT):
        statement_panel.show(asked.text, key="draft-statement")


def _bodies() -> tuple[Facets, ServiceError | None]:
    try:
        return connection.facets(Filters(kind=_ADOPTED)), None
    except ServiceError as error:
        return Facets(), error


def _file() -> None:
    with st.form("draft-upload", border=False, clear_on_submit=True):
        file = st.file_uploader(
            draft_texts.FILE,
            type=["docx", "txt", "md", "pdf", "html", "doc"],
            key="draft-file",
            max_upload_size=20,
        )
        wanted = st.form_submit_button(draft_texts.READ)
    if not wanted or file is None:
        return
    content = draft_file(file.name, file.getvalue())
    if content is None:
        st.html(str(notice("", draft_texts.TOO_LARGE, tone="warning")))
        return
    try:
        read = connection.client().draft_text(content)
    except ServiceError as error:
        _said(error)
        return
    st.session_state[_TEXT] = read.text
    for warning in read.warnings:
        st.html(str(line(warning)))


def _form(facets: Facets) -> PrecedentsRequest | None:
    """Draw the draft and what a precedent must be; return what is asked, when it is.

    In no form, which sends nothing of what was typed before its button is pressed; and kept while
    other pages are looked at.
    """
    text = st.text_area(
        draft_texts.PASTE,
        height=220,
        placeholder=draft_texts.PLACEHOLDER,
        key=_TEXT,
        persist_state="session",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        known = [value.value for value in facets.body]
        before = st.selectbox(
            draft_texts.BEFORE,
            known,
            index=None,
            placeholder=draft_texts.BEFORE_ANY,
            help=draft_texts.BEFORE_HELP,
            key="draft-before",
        )
        exclude = st.text_input(
            draft_texts.EXCLUDE,
            help=draft_texts.EXCLUDE_HELP,
            key="draft-exclude",
            persist_state="session",
        )
        k = st.number_input(draft_texts.K, 1, 20, 3, key="draft-k", persist_state="session")
    if not st.button(draft_texts.CHECK, type="primary", key="draft-check"):
        return None
    symbols = tuple(symbol.strip() for symbol in exclude.split(",") if symbol.strip())
    if len(text) > MAX_DRAFT_CHARACTERS:
        too_long = draft_texts.TOO_LONG.format(most=MAX_DRAFT_CHARACTERS)
        st.html(str(notice("", too_long, tone="warning")))
        return None
    try:
        return PrecedentsRequest(text=text, before=before, exclude=symbols, k=int(k), limit=_STEP)
    except ValidationError:  # of the symbols alone: all else is chosen, or was looked at above
        st.html(str(notice("", draft_texts.EXCLUDE_WRONG, tone="warning")))
        return None


def _check(request: PrecedentsRequest) -> None:
    """Check a hundred sentences, showing how far it is; what was checked stays in any case."""
    found: list[DraftUnit] = st.session_state[_FOUND]
    bar = st.progress(0.0, draft_texts.PROGRESS_START)
    try:
        units = connection.client().stream_precedents(request)
        for unit in units:
            if units.total is not None:
                st.session_state["draft-total"] = units.total
            found.append(unit)
            done = len(found)
            total = max(st.session_state.get("draft-total", done), done)
            bar.progress(done / total, draft_texts.PROGRESS.format(done=done, total=total))
    except ServiceError as error:
        _said(error)
        if found:
            st.html(str(line(draft_texts.STOPPED)))
    bar.empty()


def _results(found: Sequence[DraftUnit]) -> None:
    counts = counted(found)
    st.html(str(counts_line(counts, len(found))))
    names = {grade: f"{draft_texts.GRADES[grade]} {n}" for grade, n in by_grade(counts).items()}
    shown = st.segmented_control(
        draft_texts.SHOW,
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        key="draft-show",
    )
    wanted = [unit for unit in found if not shown or unit.grade in shown]
    _take_away(wanted)
    st.html(str(line(draft_texts.DIFFERS)))
    for unit in wanted:
        with st.container(key=f"card-{unit.index}", gap=None):
            st.html(str(unit_card(unit)))


def _take_away(units: Sequence[DraftUnit]) -> None:
    """Offer the sentences for the negotiation table, and their precedents as a file."""
    ids = [match.passage.passage_id for unit in units for match in unit.precedents]
    with st.container(horizontal=True, key="draft-take", vertical_alignment="center"):
        st.button(
            draft_texts.TO_TABLE.format(count=len(units)),
            key="draft-to-table",
            type="tertiary",
            on_click=_to_table,  # done even where the reader leaves before the page is drawn
            args=(units,),
        )
        # Not said by the button's own callback: what that draws takes the place of the style sheet.
        if count := st.session_state.pop(_ADDED, 0):
            st.toast(draft_texts.IN_TABLE.format(count=count))
        if ids:
            export_control(list(dict.fromkeys(ids))[:MAX_EXPORTED])


def _to_table(units: Sequence[DraftUnit]) -> None:
    table_rows.extend(table_row(unit) for unit in units)
    st.session_state[_ADDED] = len(table_rows.rows())


def counted(found: Sequence[DraftUnit]) -> GradeCounts:
    """Count units by grade."""
    grades = [unit.grade for unit in found]
    return GradeCounts(
        verbatim=grades.count("verbatim"),
        near_verbatim=grades.count("near-verbatim"),
        same_meaning=grades.count("same-meaning"),
        none=grades.count("none"),
    )


def _rest(asked: PrecedentsRequest, found: Sequence[DraftUnit]) -> None:
    total = st.session_state.get("draft-total", len(found))
    rest = total - len(found)
    if rest > 0 and st.button(draft_texts.MORE.format(rest=rest), key="draft-rest"):
        _check(asked.model_copy(update={"offset": len(found)}))
        st.rerun()


def _said(error: ServiceError) -> None:
    if isinstance(error, RefusedError):
        st.html(
            str(notice(waiting.problem_title(error, error.title), error.detail, tone="warning"))
        )
    else:
        waiting.show(error)
