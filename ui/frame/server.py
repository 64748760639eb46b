"""What `streamlit run` serves: Streamlit's own application, with headers and packing of our own.

Streamlit sends its scripts as they are (3 MB for the first page), and no Content-Security-Policy.
Here each file is packed once and kept, and every answer forbids the browser to ask anybody else.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from ui.frame.departures import Departures
from ui.frame.front import Front
from ui.frame.headers import Headers
from ui.frame.origins import ask_nobody
from ui.frame.packed import Packed
from ui.frame.pages import PAGES

__all__ = ["app"]


@asynccontextmanager
async def _quietly(_app: Any) -> AsyncIterator[None]:
    # Which connections came and went is nobody's business, and hides what went wrong.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    import_module(PAGES[0].module)  # or the first reader would wait a second for it
    yield


ask_nobody()
app = st.App(
    Path(__file__).resolve().parent.parent / "app.py",
    middleware=[Middleware(each) for each in (Departures, Headers, Front, Packed)],
    lifespan=_quietly,
)
