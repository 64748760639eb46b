"""The page that checks citations, run by Streamlit without a browser."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

import httpx
import pytest
from fastapi.testclient import TestClient
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from search_api.app import create_app
from search_api.schemas import CitationCheck
from tests.robustness.docx_bytes import archive, good_docx, listing
from tests.search_api.fake_engine import FakeOpener, fake_settings
from tests.search_api.verifying import COLD, LAWYER, verifying_engine
from tests.ui.opening import html, opened
from ui.parts import uploads
from ui.service import connection
from ui.verify import page as verify_page
from ui.verify.check_cards import check_card, summary


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    engine = verifying_engine(tmp_path_factory.mktemp("index"))
    with TestClient(create_app(fake_settings(), FakeOpener.of(engine))) as client:  # type: ignore[arg-type]
        yield client


def _page() -> None:
    from ui.verify import page as verify_page

    verify_page.show()


@pytest.fixture
def open_page(service: TestClient, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def answer(request: httpx.Request) -> httpx.Response:
        given = service.request(
            request.method, request.url.raw_path.decode(), content=request.content,
            headers={"content-type": "application/json"},
        )  # fmt: skip
        return httpx.Response(given.status_code, content=given.content)

    client = Client("http://127.0.0.1:8000", retries=0, transport=httpx.MockTransport(answer))
    monkeypatch.setattr(connection, "_client", lambda url: client)
    monkeypatch.setattr(verify_page, "BATCH", 1)

    return partial(opened, _page)


def checked(app: AppTest, text: str) -> str:
    app.text_area[0].set_value(text).run()
    next(button for button in app.button if button.key == "verify-check").click().run()
    assert not app.exception, app.exception
    return html(app)


def test_every_citation_of_a_draft_has_its_card(open_page: Callable[..., AppTest]) -> None:
    app = open_page()
    shown = checked(app, f"“{LAWYER}” (A/HRC/70/5, para. 1). “{COLD}” (ibid., para. 1).")
    assert "2 citations" in shown
    assert shown.index(">Right<") < shown.rindex(">Another paragraph<")
    app.toggle[0].set_value(True).run()
    assert html(app).count("<article") == 1


def test_right_words_of_a_draft_need_a_look(open_page: Callable[..., AppTest]) -> None:
    app = open_page()
    warm = "Urges all States to keep their prisons warm in the winter months"
    text = f"“{LAWYER}” (A/HRC/70/5, para. 1). “{warm}” (A/HRC/70/L.9, para. 1)."
    assert checked(app, text).count(">Right<") >= 2
    app.toggle[0].set_value(True).run()
    assert html(app).count("<article") == 1
    assert "it is a draft" in html(app)
    assert "Nothing needs a look" not in html(app)


def test_a_short_citation_stands_in_the_address(open_page: Callable[..., AppTest]) -> None:
    app = open_page(text="A/HRC/70/5, para. 1", claim=f"“{LAWYER}”")
    assert ">Right<" in html(app)
    checked(app, "x" * 400 + " (A/HRC/70/5, para. 1)")
    assert not app.query_params.get("text")


def test_changed_words_are_marked_on_both_sides(open_page: Callable[..., AppTest]) -> None:
    shown = checked(
        open_page(), "“denied access to a doctor of their own choice” (A/HRC/70/5, para. 1)"
    )
    assert "<del>doctor</del>" in shown
    assert "<ins>lawyer</ins>" in shown


def test_a_text_without_citations_says_so(open_page: Callable[..., AppTest]) -> None:
    assert "No citation was found" in checked(open_page(), "Nothing is cited in this text.")


def test_a_text_that_is_too_long_says_what_to_do(open_page: Callable[..., AppTest]) -> None:
    assert "precedent verify FILE" in checked(open_page(), "x " * 100_001)


def test_the_statement_is_counted_below(open_page: Callable[..., AppTest]) -> None:
    app = open_page()
    app.text_area[0].set_value("Agenda item 4\n\n" + "word " * 1600).run()
    assert "103 too many" in html(app)


def test_what_is_shown_is_escaped() -> None:
    hostile = CitationCheck(
        number=1, citation="<script>", start=0, end=8, verdict="not-held",
        explanation="<img src=x>", claim="<b>", cautions=("<i>",), read_as="<u>",
    )  # fmt: skip
    shown = str(check_card(hostile)) + str(summary([hostile]))
    for tag in ("<script>", "<img", "<b>", "<i>", "<u>"):
        assert tag not in shown


def test_a_word_file_is_sent_without_its_pictures() -> None:
    picture = bytes(range(256)) * 12_000
    with zipfile.ZipFile(io.BytesIO(good_docx(3))) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    big = io.BytesIO()
    with zipfile.ZipFile(big, "w") as packed:
        for name, data in {**parts, "word/media/image1.png": picture}.items():
            packed.writestr(name, data)
    sent = uploads.draft_file("a.docx", big.getvalue())
    assert sent is not None
    held = zipfile.ZipFile(io.BytesIO(base64.b64decode(sent.content))).namelist()
    assert "word/document.xml" in held
    assert "word/media/image1.png" not in held


def test_a_file_that_stays_too_large_is_not_sent() -> None:
    assert uploads.draft_file("a.txt", b"x" * (uploads.MOST_BYTES + 1)) is None
    assert uploads.draft_file("a.docx", archive({"x": "x"})) is not None


def test_another_address_brings_its_own_text_and_verdicts(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page(text=f"“{LAWYER}” (A/HRC/70/5, para. 1)")
    assert ">Right<" in html(app)
    checked(app, f"“{COLD}” (A/HRC/70/5, para. 1)")
    assert ">Another paragraph<" in html(app)
    app.query_params["text"] = f"“{LAWYER}” (A/HRC/70/5, para. 1)"  # as Back does
    app.run()
    assert LAWYER in str(app.text_area[0].value)
    assert ">Right<" in html(app)
    assert ">Another paragraph<" not in html(app)
    app.text_area[0].set_value("Typed since.").run()
    assert app.text_area[0].value == "Typed since."


def test_a_file_takes_the_place_of_the_address(open_page: Callable[..., AppTest]) -> None:
    app = open_page(text="A/HRC/70/5, para. 1", claim="Nothing of the kind.")
    app.file_uploader(key="verify-file").set_value(("a.txt", LAWYER.encode(), "text/plain")).run()
    assert LAWYER in str(app.text_area[0].value)
    assert not app.query_params.get("text")
    assert "<article" not in html(app)


def _left_and_come_back_to() -> None:
    import streamlit as st

    from ui.verify import page as verify_page

    if not st.session_state.get("elsewhere"):
        verify_page.show()


def test_what_was_typed_is_there_after_another_page(open_page: Callable[..., AppTest]) -> None:
    app = opened(_left_and_come_back_to)
    app.text_area[0].set_value("Half a thought").run()
    app.text_input(key="verify-claim").set_value("what it says").run()
    app.session_state["elsewhere"] = True
    app.run()
    assert not app.text_area
    app.session_state["elsewhere"] = False
    app.run()
    assert app.text_area[0].value == "Half a thought"
    assert app.text_input(key="verify-claim").value == "what it says"


def test_a_statement_that_is_too_long_is_said_in_the_words_of_the_page(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page()
    app.text_area[0].set_value("word " * 40_001).run()
    assert "too long to be counted here" in html(app)
    assert "validation error" not in html(app)


def test_a_word_file_with_a_list_of_parts_without_end_is_sent_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = listing(70_000, 1, long=True)
    assert len(data) > uploads.MOST_BYTES

    def refuse(*_: object) -> None:
        raise AssertionError("its list was read in the process of the page")

    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    assert uploads.draft_file("a.docx", data) is None
