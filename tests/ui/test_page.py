"""The page's behaviour, run by Streamlit without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from tests.browser.fake_api import FakeService
from tests.browser.invented_corpus import HOSTILE
from tests.ui.test_markup import Reader
from ui.launch import APP
from ui.service import connection

Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    st.cache_data.clear()
    yield
    st.cache_data.clear()


@pytest.fixture
def open_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(connection, "_client", lambda url: client)

    def open_at(**params: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=20)
        for name, value in params.items():
            app.query_params[name] = value
        return checked(app.run())

    return open_at


def checked(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    return app


def html(app: AppTest) -> str:
    bodies = [str(block.proto.body) for block in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style"))


def address(app: AppTest) -> dict[str, list[str]]:
    """Return the parameters of the address; AppTest gives a single value bare."""
    given = dict(app.query_params)
    return {name: value if isinstance(value, list) else [value] for name, value in given.items()}


def citations(app: AppTest) -> list[str]:
    articles = [b.proto.body for b in app.get("html") if b.proto.body.startswith("<article")]
    return [str(dict(Reader(body).attributes)["aria-label"]) for body in articles]


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [b for b in app.button if b.key is not None and b.key.startswith(key)]
    return checked(button.click().run())


def test_the_start_offers_examples_and_says_what_is_served(
    open_page: Open, service: FakeService
) -> None:
    app = open_page()
    assert "7 documents · 30 passages · 3 languages · model fake-words (bf16)" in html(app)
    assert not citations(app)
    assert "POST /v1/search" not in service.asked
    press(app, "example-0")
    assert address(app)["q"] == ["access of detainees to a lawyer of their choice"]
    assert citations(app)


def test_a_search_puts_the_question_into_the_address(open_page: Open) -> None:
    app = open_page()
    app.text_input(key="query").set_value("detention lawyer")
    press(app, "FormSubmitter")
    assert address(app) == {"q": ["detention lawyer"]}
    assert "X/IRC/40/12, para. 11" in citations(app)


def test_an_address_opens_the_same_search(open_page: Open) -> None:
    app = open_page(q="detention", kind=["resolution"], k="20", group="1", year="2020..2023")
    assert app.text_input(key="query").value == "detention"
    assert app.multiselect(key="kind").value == ["resolution"]
    assert app.selectbox(key="year_from").value == 2020
    assert app.selectbox(key="k").value == 20
    assert app.toggle(key="grouped").value is True
    assert sorted(citations(app)) == ["X/IRC/41/L.9, para. 5", "X/IRC/RES/41/7, para. 4"]


def test_filters_show_counts_that_the_other_filters_leave(open_page: Open) -> None:
    app = open_page(q="detention")
    assert "Resolution (2)" in app.multiselect(key="kind").options
    # Of the passages that are found: 26 in all are of this kind.
    assert "Special Rapporteur report (24)" in app.multiselect(key="kind").options
    checked(app.multiselect(key="kind").set_value(["resolution"]).run())
    assert address(app) == {"q": ["detention"], "kind": ["resolution"]}
    assert len(citations(app)) == 2
    assert "Special Rapporteur report (24)" in app.multiselect(key="kind").options
    # What nothing is found in stays to be chosen, at the end.
    assert app.multiselect(key="language").options == ["English (2)", "Russian (0)", "Arabic (0)"]
    assert "Counts are among the passages found for this question" in html(app)


def test_a_filter_value_that_is_gone_can_still_be_taken_away(open_page: Open) -> None:
    app = open_page(q="detention", body="Council that was renamed")
    assert app.multiselect(key="body").options[-1] == "Council that was renamed (0)"
    assert "Your filters allow no passage at all." in html(app)
    press(app, "clear-side")
    assert address(app) == {"q": ["detention"]}
    assert citations(app)


def test_years_chosen_the_wrong_way_round_are_turned(open_page: Open) -> None:
    app = open_page(q="detention", year="2022..")
    checked(app.selectbox(key="year_to").set_value(1994).run())
    assert address(app)["year"] == ["1994..2022"]


def test_changing_a_filter_returns_to_the_first_hit(open_page: Open) -> None:
    app = open_page(q="detention")
    press(app, "more")
    assert address(app)["offset"] == ["10"]
    checked(app.toggle(key="grouped").set_value(True).run())
    assert "offset" not in address(app)


def test_reading_again_is_asked_for_in_the_address(open_page: Open, service: FakeService) -> None:
    app = open_page(q="detention lawyer")
    assert app.checkbox(key="rerank").value is False
    checked(app.checkbox(key="rerank").set_value(True).run())
    assert address(app) == {"q": ["detention lawyer"], "rerank": ["1"]}
    assert open_page(q="detention", rerank="1").checkbox(key="rerank").value is True


def test_an_answer_s_reading_and_warnings_are_shown(open_page: Open) -> None:
    app = open_page(q='detention, para. 12 "')
    assert "Read as a citation" in html(app)
    assert "A lone quotation mark was read as nothing." in html(app)


def test_context_widens_and_closes(open_page: Open, service: FakeService) -> None:
    app = open_page(q="conversation guards")
    press(app, "context-0")
    assert "p-here" in html(app)
    press(app, "wider-0")
    assert service.asked[-1].endswith("?before=4&after=4")
    press(app, "context-0")
    assert "p-here" not in html(app)


def test_similar_passages_obey_the_filters(open_page: Open, service: FakeService) -> None:
    app = open_page(q="conversation guards", language="en")
    press(app, "similar-0")
    assert address(app)["similar"] == ["X_IRC_40_12:en:11"]
    assert "Paragraphs like X/IRC/40/12, para. 11" in html(app)
    assert "X/IRC/40/12, para. 11" not in citations(app)
    assert any("similar" in asked and "language=en" in asked for asked in service.asked)
    press(app, "back")
    assert citations(app) == ["X/IRC/40/12, para. 11"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"q": "zzzz"}, "None of the passages answers (30 searched)."),
        ({"q": "zzzz", "language": "ru"}, "passages your filters allow (1)"),
        ({"q": '"zzzz yyyy"'}, "Quoted words must stand in one paragraph exactly as written"),
        ({"q": "detention", "offset": "900"}, "The list ends before this page."),
        ({"q": "zzzz, para. 3"}, "No document or paragraph with this symbol is indexed."),
    ],
)
def test_nothing_found_says_why(open_page: Open, params: dict[str, str], words: str) -> None:
    app = open_page(**params)
    assert "Nothing found" in html(app)
    assert words in html(app)


def test_hostile_documents_add_nothing_to_the_page(open_page: Open) -> None:
    app = open_page(q="bold link alert")
    assert len(citations(app)) == 1
    for block in app.get("html"):
        if not block.proto.body.startswith("<style"):
            reader = Reader(block.proto.body)
            assert not {"script", "img", "b", "i"} & {*reader.elements}
    shown = [b for b in app.get("html") if b.proto.body.startswith("<article")]
    assert HOSTILE in Reader(shown[0].proto.body).words
    # Streamlit reads markup in these; nothing that comes from a document may be among them.
    assert not app.markdown
    assert not any("script" in button.label for button in app.button)


def test_a_service_without_an_index_is_explained_and_picked_up(
    open_page: Open, service: FakeService
) -> None:
    service.ready = False
    app = open_page(q="detention", kind="resolution")
    assert "has no index" in html(app)
    assert "<code>precedent index PATH</code>" in html(app)
    assert app.multiselect(key="kind").value == ["resolution"]
    service.ready = True
    press(app, "try-again")
    assert len(citations(app)) == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx.ConnectError("refused"), "<code>precedent serve</code>"),
        (httpx.ReadTimeout("slow"), "no answer in 35 s"),
        (httpx.Response(200, content="<html>"), "did not answer as Precedent"),
        (
            httpx.Response(500, content='{"title": "T <b>", "status": 500, "detail": "**d**"}'),
            "T &lt;b&gt;: **d**",
        ),
        (
            httpx.Response(
                503,
                content='{"type": "urn:precedent:problem:model", "title": "T", "status": 503,'
                ' "detail": "model: not pulled; run precedent models pull"}',
            ),
            "run precedent models pull",
        ),
    ],
)
def test_each_trouble_with_the_service_has_its_words(
    monkeypatch: pytest.MonkeyPatch, answer: httpx.Response | Exception, words: str
) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    broken = Client("http://127.0.0.1:8000", retries=0, transport=httpx.MockTransport(handle))
    monkeypatch.setattr(connection, "_client", lambda url: broken)
    app = AppTest.from_file(str(APP), default_timeout=20)
    app.query_params["q"] = "detention"
    checked(app.run())
    assert words in html(app)
    assert app.text_input(key="query").value == "detention"


def test_a_long_text_opens_in_the_large_box_and_says_when_it_cannot_be_shared(
    open_page: Open,
) -> None:
    app = open_page(q="detention\nlawyer")
    assert app.text_area(key="query").value == "detention\nlawyer"
    app.text_area(key="query").set_value("задержание detention " * 900)
    press(app, "FormSubmitter")
    assert address(app) == {"long": ["1"]}
    assert "too long for the page" in html(app)
    assert citations(app)
