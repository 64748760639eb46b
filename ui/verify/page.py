"""The page that checks citations: a draft goes in, each citation comes back with a verdict."""

from __future__ import annotations

import streamlit as st

from precedent_client import RefusedError, ServiceError
from search_api.schemas import CitationCheck, VerifyRequest
from search_api.schemas.verify import MAX_CLAIM_CHARACTERS, MAX_VERIFIED_CHARACTERS
from ui.draft import statement_panel
from ui.parts import waiting
from ui.parts.cards import line, notice
from ui.parts.markup import element
from ui.parts.uploads import draft_file
from ui.service import connection
from ui.verify.check_cards import check_card, summary
from ui.wording import verify as texts
from ui.wording.language import carried

__all__ = ["show"]

BATCH = 10
"""Citations asked for at a time: each answer within seconds, and progress between them."""

_ADDRESS_CHARACTERS = 300
"""Longest text that stands in the address: a citation may be sent to somebody, a draft may not."""

_TEXT, _CLAIM, _CHECKED, _MESSAGE = "verify-text", "verify-claim", "verify-checked", "verify-read"
_NAMED = "verify-named"
"""What the address named when the boxes were last filled from it, or it from them."""

_NO_TEXT = {"text": "", "claim": ""}


def show() -> None:
    """Draw the page."""
    top = element("header", element("h1", texts.TITLE), class_="p-top")
    st.html(str(top))
    st.html(str(element("p", texts.INTRO, class_="p-tips")))
    _from_address()
    text = st.text_area(
        texts.TEXT,
        key=_TEXT,
        height=220,
        placeholder=texts.TEXT_PLACEHOLDER,
        persist_state="session",
    )
    claim = st.text_input(
        texts.CLAIM,
        key=_CLAIM,
        help=texts.CLAIM_HELP,
        max_chars=MAX_CLAIM_CHARACTERS,
        persist_state="session",
    )
    st.file_uploader(
        texts.UPLOAD,
        type=["docx", "txt", "md", "pdf"],
        key="verify-file",
        on_change=_read,
        max_upload_size=20,
    )
    if message := st.session_state.get(_MESSAGE):
        st.html(str(line(message)))
    asked = st.button(texts.CHECK, type="primary", key="verify-check")
    if asked:
        st.session_state[_CHECKED] = None
        _into_address(text, claim)
    if asked or (st.query_params.get("text") and _CHECKED not in st.session_state):
        _check(text, claim)
    with st.expander(texts.STATEMENT, key="verify-statement"):
        statement_panel.show(text)
    _results()


def _from_address() -> None:
    """Take the text of an address that was not yet taken: a link, or the way Back.

    What was typed since an address was taken stays, also where the reader was on another page.
    """
    named = {name: st.query_params.get(name, "") for name in _NO_TEXT}
    if named == st.session_state.get(_NAMED, _NO_TEXT):
        return
    st.session_state[_NAMED] = named
    if named["text"]:
        st.session_state[_TEXT] = named["text"]
        st.session_state[_CLAIM] = named["claim"][:MAX_CLAIM_CHARACTERS]
        st.session_state.pop(_CHECKED, None)
        st.session_state.pop(_MESSAGE, None)


def _into_address(text: str, claim: str) -> None:
    short = {"text": text, "claim": claim} if len(text) <= _ADDRESS_CHARACTERS else _NO_TEXT
    st.session_state[_NAMED] = dict(short)
    named = {name: value for name, value in short.items() if value}
    st.query_params.from_dict({**named, **carried()})


def _read() -> None:
    """Put the words of an uploaded file into the box."""
    given = st.session_state.get("verify-file")
    st.session_state[_MESSAGE] = ""
    if given is None:
        return
    file = draft_file(given.name, given.getvalue())
    if file is None:
        st.session_state[_MESSAGE] = texts.UPLOAD_TOO_LARGE.format(name=given.name)
        return
    try:
        read = connection.client().draft_text(file)
    except ServiceError as error:
        st.session_state[_MESSAGE] = error.detail
        return
    st.session_state[_TEXT] = read.text
    _into_address("", "")
    said = texts.UPLOAD_READ.format(name=given.name, words=len(read.text.split()))
    st.session_state[_MESSAGE] = " ".join([said, *read.warnings])
    st.session_state.pop(_CHECKED, None)


def _check(text: str, claim: str) -> None:
    """Check all citations, some at a time; what was checked stays where a later part fails."""
    if len(text) > MAX_VERIFIED_CHARACTERS:
        too_long = texts.TOO_LONG.format(most=MAX_VERIFIED_CHARACTERS)
        st.html(str(notice("", too_long, tone="warning")))
        return
    checks: list[CitationCheck] = []
    total = 0
    bar = st.progress(0.0)
    try:
        while True:
            request = VerifyRequest(
                text=text, claim=claim.strip() or None, offset=len(checks), k=BATCH
            )
            answer = connection.client().verify(request)
            checks += answer.checks
            total = answer.total
            st.session_state[_CHECKED] = (checks, total, answer.warnings)
            if len(checks) >= total or not answer.checks:
                break
            done = texts.CHECKING.format(done=len(checks), total=total)
            bar.progress(len(checks) / total, done)
    except RefusedError as error:
        st.html(str(notice("", error.detail, tone="warning")))
    except ServiceError as error:
        waiting.show(error)
    bar.empty()


def _results() -> None:
    held = st.session_state.get(_CHECKED)
    if not held:
        return
    checks, total, warnings = held
    for warning in warnings:
        st.html(str(notice("", warning)))
    if not checks:
        return
    if len(checks) < total:
        stopped = texts.STOPPED.format(done=len(checks), total=total)
        st.html(str(notice("", stopped, tone="warning")))
    st.html(str(summary(checks)))
    shown = checks
    if len(checks) > 1 and st.toggle(texts.ONLY_WRONG, key="verify-wrong"):
        shown = [each for each in checks if needs_a_look(each)]
        if not shown:
            st.html(str(line(texts.NONE_WRONG)))
    for check in shown:
        with st.container(key=f"card-check-{check.number}", gap=None):
            st.html(str(check_card(check)))


def needs_a_look(check: CitationCheck) -> bool:
    """Tell whether a check is wrong or doubtful, or right of a source that is not to be cited so.

    Right words of a draft or of a superseded text have a caution, and so has a list of paragraphs
    of which one is missing.
    """
    return bool(check.cautions) or check.verdict not in {"right", "paraphrased"}
