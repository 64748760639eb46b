"""The corpus page, run by Streamlit without a browser: what is indexed, adding, removing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from search_api.schemas import FacetValue, Job, JobFile
from tests.browser.fake_api import FakeService
from tests.ui.opening import html, opened
from ui.corpus import adding, jobs, overview
from ui.corpus.sizes import size_words
from ui.service import connection

OpenPage = Callable[..., AppTest]


def _page() -> None:
    from ui.corpus import page as corpus_page

    corpus_page.show()


@pytest.fixture
def open_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setattr(connection, "_client", lambda url: client)
    return partial(opened, _page)


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [each for each in app.button if each.key == key]
    button.click().run()
    assert not app.exception, app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_what_is_indexed_stands_first_with_the_model_and_where_it_lies(
    open_page: OpenPage, service: FakeService
) -> None:
    shown = html(open_page())
    assert f"<dt>Passages</dt><dd>{len(service.passages)}</dd>" in shown
    assert "By kind" in shown
    assert 'href="corpus?view=documents&amp;kind=' in shown
    assert f"<code>{'0' * 64}</code>" in shown
    assert "<code>/home/somebody/precedent/index</code>" in shown
    assert '<dd dir="auto">3 MB</dd>' in shown
    assert "2 files, 2 KB" in shown
    assert "The same as a table" in shown


def test_the_list_is_narrowed_by_the_address_and_by_hand(
    open_page: OpenPage, service: FakeService
) -> None:
    app = open_page(view="documents")
    every = html(app).count("data-document=")
    assert every > 2
    app.text_input(key="list-q").set_value("no such thing").run()
    assert "No document matches." in html(app)
    assert app.query_params["q"] in ("no such thing", ["no such thing"])
    language = open_page(view="documents", language="ru")
    assert 0 < html(language).count("data-document=") < every
    assert language.selectbox(key="list-language").value == "ru"
    language.selectbox(key="list-language").set_value(None).run()
    assert html(language).count("data-document=") == every
    assert "language" not in language.query_params
    assert 'href="read?document=' in html(language)


def test_a_document_is_removed_after_a_question(open_page: OpenPage, service: FakeService) -> None:
    app = press(open_page(view="documents"), "remove-0")
    first = service.corpus._documents({"offset": ["0"], "k": ["1"]}).documents[0].document_id
    assert not service.corpus.jobs
    press(app, "remove-yes")
    assert [(job.kind, job.subject) for job in service.corpus.jobs] == [("remove", first)]


def test_a_document_is_kept_where_the_question_is_answered_so(
    open_page: OpenPage, service: FakeService
) -> None:
    press(press(open_page(view="documents"), "remove-0"), "remove-no")
    assert not service.corpus.jobs


def test_a_service_that_may_only_read_says_so_and_offers_nothing(
    open_page: OpenPage, service: FakeService
) -> None:
    service.corpus.changeable = False
    adding_view = open_page(view="add")
    assert "the index may only be read by this service" in html(adding_view)
    assert "add-send" not in keys(adding_view)
    assert not [key for key in keys(open_page(view="documents")) if key.startswith("remove")]
    assert "rebuild" not in keys(open_page())


def test_rebuilding_is_a_job_that_is_shown_while_it_runs(
    open_page: OpenPage, service: FakeService
) -> None:
    service.corpus.held = True
    app = press(open_page(), "rebuild")
    assert [job.kind for job in service.corpus.jobs] == ["rebuild"]
    assert "Rebuilding the index" in html(app)
    assert "<progress" in html(app)


def test_bounds_are_said_before_the_choice_and_nothing_is_sent_without_one(
    open_page: OpenPage, service: FakeService
) -> None:
    app = open_page(view="add")
    assert "up to 3 files of 1 MB each, 2 MB in all" in html(app)
    press(app, "add-send")
    assert "Choose at least one file first." in html(app)
    assert not service.corpus.jobs


def test_a_page_opened_again_finds_the_job_and_stops_it(
    open_page: OpenPage, service: FakeService
) -> None:
    service.corpus.held = True
    job = service.corpus._add("upload", files=(JobFile(name="a.pdf", bytes=1, outcome="waiting"),))
    app = open_page(view="add")
    assert "Adding 1 file" in html(app)
    app.run()
    assert "Reading a.pdf (0 of 2 done)" in html(app)
    press(app, f"stop-{job.job_id}")
    assert service.corpus.jobs[0].state == "cancelled"
    assert "What had been read stays" in html(app)


@pytest.mark.parametrize(("key", "state"), [("resume", "running"), ("give-up", "cancelled")])
def test_an_interrupted_job_waits_for_a_decision(
    open_page: OpenPage, service: FakeService, key: str, state: str
) -> None:
    service.corpus.held = True
    job = service.corpus._add("upload", state="interrupted")
    service.corpus._add("rebuild", state="done")
    app = open_page(view="add")
    assert "Interrupted: the service ended meanwhile" in html(app)
    press(app, f"{key}-{job.job_id}")
    assert service.corpus.jobs[1].state == state


def test_outcomes_have_reasons_and_lead_on_and_hostile_text_is_text() -> None:
    job = Job.model_validate(
        {
            "job_id": "20250504-101500-3f2a91", "kind": "upload", "state": "done",
            "created_at": "2025-05-04T10:15:00Z",
            "files": [
                {"name": "<img src=x>.pdf", "bytes": 1, "outcome": "failed",
                 "reason": "<script>", "remedy": "fetch it again"},
                {"name": "b.pdf", "bytes": 1, "outcome": "indexed", "paragraphs": 1,
                 "documents": [{"document_id": "X/9:en", "symbol": "X/9", "title": "<i>"}]},
                {"name": "c.pdf", "bytes": 1, "outcome": "duplicate",
                 "documents": [{"document_id": "X_8:en", "symbol": None, "title": None}]},
            ],
        }
    )  # fmt: skip
    shown = str(jobs.outcomes(job.files))
    assert "<img" not in shown
    assert "&lt;script&gt;; fetch it again" in shown
    assert "Indexed: 1 paragraph<" in shown
    assert 'href="read?document=X%2F9%3Aen"' in shown
    assert 'href="./?symbol=X%2F9"' in shown
    assert "from another file, as:" in shown
    assert ">X_8:en</a>" in shown


def test_a_table_of_many_files_is_cut() -> None:
    file = JobFile(name="a.pdf", bytes=1, outcome="waiting")
    shown = str(jobs.outcomes([file] * 250))
    assert shown.count("<tr") == 201
    assert "… and 50 more files." in shown


def test_bars_show_most_first_and_fold_the_rest() -> None:
    values = [FacetValue(value=f"v{n}", label=f"V{n}", passages=n, documents=n) for n in range(14)]
    shown = str(overview.bars("body", values, {}))
    assert shown.index(">V13<") < shown.index(">V1<")
    assert "<summary>4 more</summary>" in shown
    assert "--p-share: 100.0%" in shown


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 KB"), (2048, "2 KB"), (64 << 20, "64 MB"), (3 << 30, "3.0 GB")],
)
def test_sizes_are_in_the_unit_that_suits_them(count: int, words: str) -> None:
    assert size_words(count) == words


@pytest.mark.parametrize(
    ("path", "hidden"),
    [("a/b.pdf", False), ("a/.DS_Store", True), ("a/.git/b.pdf", True), ("b.en.pdf", False)],
)
def test_what_a_folder_hides_is_left_there(path: str, hidden: bool) -> None:
    assert adding._is_hidden(path) is hidden


def test_too_much_is_said_before_anything_is_sent(
    open_page: OpenPage, service: FakeService
) -> None:
    class File:
        def __init__(self, size: int) -> None:
            self.size = size

    bounds = service.corpus._state().bounds
    many = adding._wrong([File(1)] * 4, bounds)  # type: ignore[arg-type,list-item]
    assert many == "4 files were chosen; 3 can be added at a time."
    large = adding._wrong([File(2 << 20)], bounds)  # type: ignore[list-item]
    assert large == "The files are 2 MB in all; 2 MB can be added at a time."
