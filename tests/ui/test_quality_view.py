"""How well documents were read: a view of the corpus page, and what it makes of an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from search_api.schemas import Concern, DocumentConcerns, Double, Hit, QualityReport, Unread
from tests.browser.fake_api import FakeService
from tests.ui.opening import html, opened
from ui.corpus import quality
from ui.parts.cards import hit_card
from ui.service import connection

MakeHit = Callable[..., Hit]


def _page() -> None:
    from ui.corpus import page as corpus_page

    corpus_page.show()


@pytest.fixture
def open_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setattr(connection, "_client", lambda url: client)

    return partial(opened, _page)


def test_documents_stand_worst_first_with_reasons_and_figures(
    open_page: Callable[..., AppTest], service: FakeService
) -> None:
    shown = html(open_page(view="quality"))
    assert "GET /v1/quality?offset=0&k=25" in service.asked
    assert "112 documents, 100 of them with numbered paragraphs. 97.0 % of these" in shown
    assert "99.9 % of 9,824 numbers were found" in shown
    assert "Documents 1–25 of 30 worth a look" in shown
    assert shown.index("X/IRC/1<") < shown.index("X/IRC/2<") < shown.index("X/IRC/25<")
    assert "<li>paragraph numbers 3, 6 missing</li>" in shown
    assert "Files that could not be read (2)" in shown


def test_the_list_is_turned_and_its_place_stands_in_the_address(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page(view="quality")
    (more,) = [button for button in app.button if button.key == "more"]
    more.click().run()
    shown = html(app)
    assert app.query_params["from"] in ("25", ["25"])
    assert "Documents 26–30 of 30 worth a look" in shown
    assert "Files that could not be read" not in shown
    (back,) = [button for button in app.button if button.key == "previous"]
    back.click().run()
    assert "Documents 1–25 of 30" in html(app)


@pytest.mark.parametrize("place", ["9000", "minus one", "²"])
def test_a_place_that_is_none_is_no_error(open_page: Callable[..., AppTest], place: str) -> None:
    shown = html(open_page(view="quality", **{"from": place}))
    assert ("The list ends before this page." in shown) == (place == "9000")


def test_a_service_that_is_away_is_said(
    open_page: Callable[..., AppTest], service: FakeService
) -> None:
    service.ready = False
    assert "The search service has no index" in html(open_page())


def test_names_of_files_and_titles_are_escaped() -> None:
    hostile = DocumentConcerns(
        document_id="x",
        symbol=None,
        title="<script>alert(1)</script>",
        language="en",
        source="<img src=x>.pdf",
        score=1.0,
        concerns=(Concern(code="gaps", weight=1, message="<b>12</b>"),),
    )
    shown = str(quality.document_card(hostile))
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "&lt;b&gt;12" in shown
    file = Unread(source="<i>.pdf", kind="damaged", reason="<u>", at="2025-05-04")
    listed = str(quality.unread_list((file,), 7))
    assert "<i>" not in listed
    assert "and 6 more" in listed


def test_figures_of_an_index_without_numbers() -> None:
    empty = QualityReport(
        documents=1, numbered=0, without_gap=0, paragraphs=0, missing=0, ocr=1, total=0
    )
    assert "0 of these have no gap" in quality.figures(empty)


def test_a_hit_says_where_else_its_words_stand(make_hit: MakeHit) -> None:
    doubles = (
        Double(passage_id="X_1_L.2:en:3", document_id="X_1_L.2:en", citation="X/1/L.2, para. 3",
               status="draft", link="adopted-as"),
        Double(passage_id="X_9:en:3", document_id="X_9:en", citation="<X/9>, para. 3"),
    )  # fmt: skip
    shown = str(hit_card(make_hit(also_in=doubles), {}))
    assert "Also in <span" in shown
    assert "X/1/L.2, para. 3 (the draft of this)</span>; <span" in shown
    assert "&lt;X/9&gt;, para. 3</span>" in shown
    assert "Also in" not in str(hit_card(make_hit(), {}))


def test_words_read_from_an_image_are_marked_and_drafts_stay_drafts(make_hit: MakeHit) -> None:
    assert "Read from an image" in str(hit_card(make_hit(ocr=True), {}))
    assert "Read from an image" not in str(hit_card(make_hit(), {}))
    replaced = make_hit(status="superseded", superseded_by="X/2", kind="draft-resolution")
    shown = str(hit_card(replaced, {}))
    assert "Superseded by X/2" in shown
    assert "Draft: not agreed language" in shown
