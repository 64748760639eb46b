"""Asking the service once for what is drawn several times: in shares, in numbers, as documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from pydantic import BaseModel

__all__ = ["asked"]

_Question = TypeVar("_Question", bound=BaseModel)
_Answer = TypeVar("_Answer", bound=BaseModel)


def asked(
    ask: Callable[[_Question], _Answer], request: _Question, answer: type[_Answer]
) -> _Answer:
    """Return what a call answers; the last answer of each class is kept while the page is open.

    Raises:
        ServiceError: there is no answer.
    """
    key = f"asked {answer.__name__}"
    question = request.model_dump_json()
    held = st.session_state.get(key)
    if held is None or held[0] != question:
        held = st.session_state[key] = (question, ask(request))
    found = held[1]
    # A class of before a reload of the program is another class.
    return found if isinstance(found, answer) else answer.model_validate(found.model_dump())
