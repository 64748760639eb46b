"""A page of the interface, run by Streamlit without a browser."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

__all__ = ["html", "opened"]


def opened(page: Callable[[], None], **params: str) -> AppTest:
    """Run a page at an address; `page` imports what it draws, since its source is run alone."""
    app = AppTest.from_function(page, default_timeout=20)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def html(app: AppTest) -> str:
    """Return all the HTML that was drawn."""
    return "\n".join(str(block.proto.body) for block in app.get("html"))
