"""The page of the negotiation table, run by Streamlit without a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from search_api.schemas import Hit, TableRow
from tests.browser.fake_api import FakeService
from tests.ui.opening import html
from ui.service import connection
from ui.table import page as table_page


def _page() -> None:
    from ui.table import page as table_page

    table_page.show()


@pytest.fixture
def open_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setattr(connection, "_client", lambda url: client)

    def open_at(*passages: str, **state: object) -> AppTest:
        app = AppTest.from_function(_page, default_timeout=20)
        if passages:
            app.query_params["passage"] = list(passages)
        for name, value in state.items():
            app.session_state[name.replace("_", "-")] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return open_at


Open = Callable[..., AppTest]
FIRST, SECOND = "X_IRC_40_12:en:11", "X_IRC_40_12:en:12"


def test_an_empty_table_says_what_to_do_and_offers_no_file(open_page: Open) -> None:
    app = open_page()
    assert "The table is empty" in html(app)
    assert "p-table" not in html(app)
    assert [button.proto.disabled for button in app.get("download_button")] == [True, True]


def test_passages_of_the_address_have_rows_once(open_page: Open, service: FakeService) -> None:
    app = open_page(FIRST, SECOND)
    shown = html(app)
    assert shown.index("X/IRC/40/12, para. 11") < shown.index("X/IRC/40/12, para. 12")
    app.run()
    assert html(app).count("X/IRC/40/12, para. 11") == 1
    assert service.asked.count("POST /v1/table/rows") == 2
    assert [button.proto.disabled for button in app.get("download_button")] == [False, False]


def test_hits_that_wait_get_their_rows(open_page: Open) -> None:
    app = open_page(table_waiting=[FIRST])
    assert "X/IRC/40/12, para. 11" in html(app)
    assert app.session_state["table-waiting"] == []
    assert app.session_state["table-rows"][0]["passage"] == FIRST


def test_a_row_is_added_by_its_citation(open_page: Open) -> None:
    app = open_page(FIRST)
    app.text_input(key="table-citation").set_value(" X/IRC/40/12, para. 12 ")
    app.button[0].click().run()
    assert not app.exception
    assert "X/IRC/40/12, para. 12" in html(app)
    assert "X/IRC/40/12, para. 11" in html(app)


def test_a_citation_that_is_not_held_is_said_and_nothing_lost(open_page: Open) -> None:
    app = open_page(FIRST)
    app.text_input(key="table-citation").set_value("<b>X/1</b>")
    app.button[0].click().run()
    assert "Not added: &lt;b&gt;X/1&lt;/b&gt;: no such" in html(app)
    assert "X/IRC/40/12, para. 11" in html(app)


def test_a_saved_table_is_gone_on_with(open_page: Open) -> None:
    app = open_page(FIRST)
    app.file_uploader(key="table-file").set_value(("t.csv", b"Issue\nWater\n", "text/csv"))
    (read,) = [button for button in app.button if button.label == "Add its rows"]
    read.click().run()
    assert not app.exception
    assert ">Water</td>" in html(app)
    assert "X/IRC/40/12, para. 11" in html(app)


def test_a_file_that_is_no_table_is_said_and_nothing_lost(open_page: Open) -> None:
    app = open_page(FIRST)
    app.file_uploader(key="table-file").set_value(("t.csv", b"a,b\n", "text/csv"))
    (read,) = [button for button in app.button if button.label == "Add its rows"]
    read.click().run()
    assert "t.csv: has none of the columns" in html(app)
    assert "X/IRC/40/12, para. 11" in html(app)


def test_the_table_is_emptied_and_stays_so(open_page: Open) -> None:
    app = open_page(FIRST)
    app.button(key="table-clear").click().run()
    assert "The table is empty" in html(app)
    app.run()
    assert "The table is empty" in html(app)


def test_a_service_that_is_away_loses_no_row(open_page: Open, service: FakeService) -> None:
    app = open_page(FIRST)
    service.ready = False
    app.session_state["table-waiting"] = [SECOND]
    app.run()
    assert "The search service has no index" in html(app)
    assert "X/IRC/40/12, para. 11" in html(app)
    service.ready = True
    app.run()
    assert "X/IRC/40/12, para. 12" in html(app)


def test_a_table_of_too_many_rows_is_taken_in_parts(open_page: Open) -> None:
    app = open_page(table_rows=[{"issue": f"Issue {at}"} for at in range(501)])
    assert "The table has 501 rows, and a file holds 500" in html(app)
    files = [button.proto.label for button in app.get("download_button")]
    assert files == [
        "Download as Word, part 1", "Save as CSV, part 1",
        "Download as Word, part 2", "Save as CSV, part 2",
    ]  # fmt: skip
    app.button(key="table-clear").click().run()
    assert "The table is empty" in html(app)


def test_a_cell_that_is_too_long_is_told(open_page: Open) -> None:
    assert "left out of the table" in html(open_page(table_rows=[{"issue": "x" * 20_001}]))
    assert "left out of the table" not in html(open_page(table_rows=[{"issue": "x" * 20_000}]))


def test_the_preview_escapes_and_warns() -> None:
    rows = [TableRow(issue="<script>", justification="WARNING: Not precedent (Draft): …")]
    shown = str(table_page.preview(rows))
    assert "<script>" not in shown
    assert 'class="p-warned"' in shown
    assert 'dir="auto"' in shown
    assert "p-warned" not in str(table_page.preview([TableRow(issue="No WARNING: here")]))


def _hit_page() -> None:
    import streamlit as st

    from ui.search import passage_actions

    passage_actions.show(st.session_state["hit"], 0)


def test_a_hit_is_added_once_and_the_count_is_said(
    client: Client, monkeypatch: pytest.MonkeyPatch, make_hit: Callable[..., Hit]
) -> None:
    monkeypatch.setattr(connection, "_client", lambda url: client)
    app = AppTest.from_function(_hit_page, default_timeout=20)
    app.session_state["hit"] = make_hit()
    app.session_state["table-waiting"] = ["X_9:en:1"]
    app.run()
    (add,) = [button for button in app.button if button.label == "Add to table"]
    add.click().run()
    assert app.session_state["table-waiting"] == ["X_9:en:1", "X_1:en:12"]
    assert [toast.value for toast in app.toast] == ["2 passages are in the negotiation table"]
    (held,) = [button for button in app.button if button.label == "In the table"]
    assert held.disabled
    app.run()
    assert not app.toast
