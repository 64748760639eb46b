"""The pages that compare and follow, run by Streamlit without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote

import httpx
import pytest
from pydantic import BaseModel
from streamlit.testing.v1 import AppTest

from corpus.errors import PrecedentError
from precedent_client import Client
from search_api.engine import Engine
from search_api.schemas import (
    CompareRequest,
    Comparison,
    Passage,
    Problem,
    Span,
    Version,
    WordChange,
)
from tests.search_api.yearly import engine_in
from tests.ui.opening import html, opened
from ui.compare import page as compare_page
from ui.lineage import page as lineage_page
from ui.lineage import timeline
from ui.parts import differences
from ui.service import connection

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = engine_in(tmp_path_factory.mktemp("index"))
    yield made
    made.close()


def _answer(engine: Engine, request: httpx.Request) -> BaseModel:
    if request.url.path == "/v1/compare":
        return engine.bench.compare(CompareRequest.model_validate_json(request.content))
    passage_id = unquote(request.url.raw_path.decode()).partition("/v1/lineage/")[2]
    scope = request.url.params["scope"]
    return engine.bench.lineage(passage_id.partition("?")[0], scope=scope)


@pytest.fixture
def client(engine: Engine) -> Client:
    def answer(request: httpx.Request) -> httpx.Response:
        try:
            found = _answer(engine, request)
        except PrecedentError as error:
            problem = Problem(title="No such document", status=404, detail=str(error))
            return httpx.Response(404, content=problem.model_dump_json())
        return httpx.Response(200, content=found.model_dump_json())

    return Client("http://127.0.0.1:8000", retries=0, transport=httpx.MockTransport(answer))


def _compare() -> None:
    from ui.compare import page as compare_page

    compare_page.show()


def _lineage() -> None:
    from ui.lineage import page as lineage_page

    lineage_page.show()


@pytest.fixture
def open_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setattr(connection, "_client", lambda url: client)

    return opened


def test_nothing_is_asked_of_an_empty_page(open_page: OpenPage) -> None:
    assert "p-compared" not in html(open_page(_compare))
    assert "p-compared" not in html(open_page(_lineage))


def test_what_is_compared_stands_in_the_address(open_page: OpenPage) -> None:
    shown = html(open_page(_compare, first="SAMPLE/2024/L.1", second="SAMPLE/2024/RES/1"))
    assert "SAMPLE/2024/L.1 → SAMPLE/2024/RES/1" in shown
    assert "The first is a draft that was adopted as the second." in shown
    assert "1 lost" in shown
    assert ">Lost<" in shown
    assert "permanent archive" in shown
    assert "<del>Demands that</del> <ins>Urges</ins>" in shown
    assert "Weaker: demands → urges" in shown
    assert "Guided by" not in shown


def test_unchanged_paragraphs_are_shown_where_asked(open_page: OpenPage) -> None:
    app = open_page(_compare, first="SAMPLE/2024/L.1", second="SAMPLE/2024/RES/1", all="1")
    assert "Guided by" in html(app)


def test_a_form_that_is_sent_is_kept_in_the_address(open_page: OpenPage) -> None:
    app = open_page(_compare)
    app.text_input[0].set_value("SAMPLE/2021/RES/1")
    app.text_input[1].set_value("SAMPLE/2022/RES/1")
    app.button[0].click().run()
    assert app.query_params["first"] in ("SAMPLE/2021/RES/1", ["SAMPLE/2021/RES/1"])
    assert "SAMPLE/2021/RES/1 → SAMPLE/2022/RES/1" in html(app)


def test_languages_stand_side_by_side(open_page: OpenPage) -> None:
    shown = html(open_page(_compare, first="SAMPLE_2024_RES_1:en", second="SAMPLE_2024_RES_1:fr"))
    assert "p-sides" in shown
    assert 'lang="fr"' in shown
    assert "<ins>" not in shown


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("SAMPLE/2024/L.1", "", "Give both texts"),
        ("SAMPLE/2024/L.1", "SAMPLE/1/2", "is not in this index"),
        ("SAMPLE/2024/L.1", "SAMPLE_2024_RES_1:en:1", "compare two documents, or two paragraphs"),
    ],
)
def test_what_cannot_be_compared_is_said(
    open_page: OpenPage, first: str, second: str, says: str
) -> None:
    assert says in html(open_page(_compare, first=first, second=second))


def test_a_paragraph_is_followed_from_the_address(open_page: OpenPage) -> None:
    app = open_page(_lineage, passage="SAMPLE_2024_RES_1:en:1")
    shown = html(app)
    assert "First used in SAMPLE/2021/RES/1, para. 1 (2021)." in shown
    assert shown.index("Stronger: encourages") < shown.index("Stronger: calls upon")
    assert "Draft, beside this text: SAMPLE/2024/L.1, para. 1" in shown
    assert "Rejected, beside this text: SAMPLE/2024/L.7, para. 1" in shown
    assert "Came back" in shown
    assert "Texts of the series without it (1)" in shown
    assert len(app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")) == 1


def test_a_paragraph_that_is_not_held_is_said(open_page: OpenPage) -> None:
    assert "is not in this index" in html(open_page(_lineage, passage="SAMPLE_1:en:1"))


def test_a_draft_that_nothing_became_of(open_page: OpenPage) -> None:
    shown = html(open_page(_lineage, passage="SAMPLE_2024_L.1:en:2", scope="nonsense"))
    assert "no text that became of it: SAMPLE/2024/L.1, para. 2" in shown


def test_marks_of_the_timeline_say_standing_in_words(engine: Engine) -> None:
    found = engine.bench.lineage("SAMPLE_2024_RES_1:en:1")
    rows = {(mark["row"], mark["year"], mark["standing"]) for mark in timeline.marks(found)}
    assert ("Versions", 2021, "Adopted without a vote") in rows
    assert ("Drafts, rejected", 2024, "Draft") in rows
    assert ("Drafts, rejected", 2024, "Rejected") in rows
    assert ("Without it", 2023, "Without it") in rows


def test_text_is_escaped_and_spans_out_of_range_are_cut(engine: Engine) -> None:
    words = (
        WordChange(kind="replaced", before=Span(start=0, end=99), after=Span(start=0, end=3)),
        WordChange(kind="inserted", before=Span(start=0, end=0), after=Span(start=2, end=99)),
    )
    shown = str(differences.marked("<b>x</b>", "<i>y</i>", words))
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert shown == ("<del>&lt;b&gt;x&lt;/b&gt;</del> <ins>&lt;i&gt;</ins><ins>y&lt;/i&gt;</ins>")
    found = engine.bench.lineage("SAMPLE_2024_RES_1:en:1")
    hostile: Passage = found.passage.model_copy(update={"text": "<script>", "citation": "<img>"})
    card = lineage_page.version_card(
        Version(passage=hostile, asked=True, grade="verbatim", similarity=1, meaning=1), None
    )
    assert "<script>" not in str(card)
    assert "<img>" not in str(card)


def test_a_comparison_without_differences(engine: Engine) -> None:
    request = CompareRequest(first="SAMPLE/2024/RES/1", second="SAMPLE/2024/RES/1")
    found: Comparison = engine.bench.compare(request)
    assert found.counts.unchanged == 5
    assert "5 unchanged" in str(compare_page.comparison_heading(found))
