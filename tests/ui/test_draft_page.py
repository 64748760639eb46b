"""The draft page, run by Streamlit without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from search_api.schemas import MAX_DRAFT_CHARACTERS
from tests.browser.fake_api import FakeService
from tests.ui.opening import html, opened
from ui.service import connection


@pytest.fixture(autouse=True)
def _connected(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.st.cache_data.clear()
    monkeypatch.setattr(connection, "_client", lambda url: client)


def _page() -> None:
    import streamlit as st

    from ui.draft import page as draft_page

    if not st.session_state.get("elsewhere"):
        draft_page.show()


def find(app: AppTest) -> AppTest:
    """Ask for precedents."""
    next(button for button in app.button if button.label == "Find precedents").click().run()
    assert not app.exception
    return app


def test_what_was_typed_is_there_after_another_page() -> None:
    app = opened(_page)
    app.text_area(key="draft-text").set_value("Half a sentence").run()
    app.text_input(key="draft-exclude").set_value("A/HRC/1/L.1").run()
    app.session_state["elsewhere"] = True
    app.run()
    assert not app.text_area
    app.session_state["elsewhere"] = False
    app.run()
    assert app.text_area(key="draft-text").value == "Half a sentence"
    assert app.text_input(key="draft-exclude").value == "A/HRC/1/L.1"


def test_typing_alone_asks_for_nothing(service: FakeService) -> None:
    app = opened(_page)
    app.text_area(key="draft-text").set_value("A whole sentence stands here.").run()
    assert not any("precedents" in asked for asked in service.asked)


def test_a_draft_that_is_too_long_is_said_in_the_words_of_the_page() -> None:
    app = opened(_page)
    app.text_area(key="draft-text").set_value("x" * (MAX_DRAFT_CHARACTERS + 1)).run()
    assert "longer than 1,000,000 characters" in html(find(app))


def test_too_many_symbols_are_said_in_the_words_of_the_page() -> None:
    app = opened(_page)
    app.text_input(key="draft-exclude").set_value("A/1," * 51).run()
    assert "At most 50 symbols" in html(find(app))
