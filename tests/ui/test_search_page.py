"""What stands around the hits: order, filters in force, ways on, earlier questions, citing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from tests.browser.fake_api import FakeService
from tests.ui.test_page import address, checked, citations, html, press
from ui.launch import APP
from ui.parts.labels import plain_label
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


def labels(app: AppTest, key: str) -> list[str]:
    return [b.label.replace("\\", "") for b in app.button if (b.key or "").startswith(key)]


def link_addresses(app: AppTest) -> list[str]:
    return [str(link.proto.url) for link in app.get("link_button")]


# Order -----------------------------------------------------------------------------------------


def test_the_order_is_chosen_told_and_kept_in_the_address(open_page: Open) -> None:
    app = open_page(q="detention lawyer", offset="10")
    checked(app.selectbox(key="sort").set_value("oldest").run())
    assert address(app) == {"q": ["detention lawyer"], "sort": ["oldest"]}
    shown = citations(app)
    again = open_page(q="detention lawyer", sort="oldest")
    assert again.selectbox(key="sort").value == "oldest"
    assert citations(again) == shown
    assert "near enough to the question" in html(again)
    assert citations(open_page(q="detention lawyer", sort="newest"))[0] != shown[0]
    assert "near enough" not in html(open_page(q="detention lawyer", sort="nonsense"))


# Filters in force ------------------------------------------------------------------------------


def test_each_filter_in_force_is_taken_away_by_itself(open_page: Open) -> None:
    app = open_page(q="detention", kind=["resolution", "ngo-statement"], year="2020..2023")
    assert labels(app, "chip-") == [
        "Kind of document: Resolution",
        "Kind of document: NGO statement",
        "From year: 2020",
        "To year: 2023",
    ]
    press(app, "chip-kind-ngo-statement")
    assert address(app) == {"q": ["detention"], "kind": ["resolution"], "year": ["2020..2023"]}
    press(app, "chip-year_from")
    assert address(app)["year"] == ["..2023"]
    press(app, "chips-clear")
    assert address(app) == {"q": ["detention"]}
    assert not labels(app, "chip")


def test_a_change_of_filters_asks_the_service_once(open_page: Open, service: FakeService) -> None:
    app = open_page(q="detention")
    before = len(service.asked)
    checked(app.multiselect(key="kind").set_value(["resolution"]).run())
    assert service.asked[before:] == ["POST /v1/search"]


def test_the_language_of_the_interface_stays_in_the_address(open_page: Open) -> None:
    app = open_page(q="detention", kind="resolution", lang="en")
    press(app, "chip-kind-resolution")
    assert address(app) == {"q": ["detention"], "lang": ["en"]}
    assert all("&lang=en" in each for each in link_addresses(app))


# Ways on ---------------------------------------------------------------------------------------


def test_a_filter_that_leaves_nothing_is_named_and_taken_away(open_page: Open) -> None:
    app = open_page(q="guards", kind="ngo-statement", country="FRD")
    said = html(app)
    assert "Nothing found" in said
    assert "Taking away one of these alone leaves nothing still:" in said
    assert "<li" in said
    assert "Country: Freedonia" in said
    helping = labels(app, "way-")
    assert helping == ["Without any filter (1)", "Without Kind of document: NGO statement (1)"]
    press(app, "way-1")
    assert address(app) == {"q": ["guards"], "country": ["FRD"]}
    assert citations(app) == ["X/IRC/40/12, para. 11"]


def test_quoted_words_that_stand_nowhere_are_told_apart(open_page: Open) -> None:
    said = html(open_page(q='"zzzz yyyy" "xxxx"'))
    assert "The quoted phrases stand nowhere together in one paragraph." in said
    assert "“zzzz yyyy” stands in 0 passages that your filters allow, and in 1" in said


def test_what_may_have_been_meant_is_asked_with_one_click(open_page: Open) -> None:
    app = open_page(q="X-IRC-40-12", kind="resolution")
    assert "Did you mean" in html(app)
    press(app, "instead-0")
    assert address(app) == {"q": ["X/IRC/40/12"], "kind": ["resolution"]}


# Earlier questions -----------------------------------------------------------------------------


def test_earlier_questions_come_back_and_are_forgotten(open_page: Open) -> None:
    app = open_page(q="detention", kind="resolution")
    for question in ("guards", "**water**", "guards"):
        app.text_input(key="query").set_value(question)
        press(app, "FormSubmitter")
    assert labels(app, "ask-") == [
        "guards (1 filter)", "**water** (1 filter)", "detention (1 filter)"
    ]  # fmt: skip
    press(app, "ask-2")
    assert address(app) == {"q": ["detention"], "kind": ["resolution"]}
    press(app, "forget-1")
    assert labels(app, "ask-") == ["detention (1 filter)", "**water** (1 filter)"]
    press(app, "forget-all")
    assert labels(app, "ask-") == []
    assert "None yet." in html(app)
    assert "Written nowhere" in html(app)


# A card ----------------------------------------------------------------------------------------


def test_a_hit_leads_to_its_document_and_its_lineage(open_page: Open) -> None:
    assert link_addresses(open_page(q="conversation guards")) == [
        "read?document=X_IRC_40_12%3Aen&at=X_IRC_40_12%3Aen%3A11",
        "lineage?passage=X_IRC_40_12%3Aen%3A11",
    ]


def test_other_languages_are_shown_where_there_are_some(open_page: Open) -> None:
    app = open_page(q="conversation guards")
    press(app, "languages-0")
    assert 'aria-label="The same paragraph in other languages"' in html(app)
    press(app, "languages-0")
    assert "The same paragraph in other languages" not in html(app)
    alone = open_page(q="register officer charge")
    press(alone, "languages-0")
    assert "This paragraph is not here in another language." in html(alone)


def test_citations_are_written_only_when_they_are_looked_at(
    open_page: Open, service: FakeService
) -> None:
    app = open_page(q="conversation guards")
    assert not [asked for asked in service.asked if "export" in asked]
    app.session_state["cite-0-X_IRC_40_12:en:11"] = True
    checked(app.run())
    assert len([asked for asked in service.asked if "export" in asked]) == 5
    assert html(app).count('class="p-cited"') == 5


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("plain words", "plain words"),
        ("**a** [b](c)", r"\*\*a\*\* \[b\]\(c\)"),
        (":red[x]\n:material/delete:", "\\:\u2060red\\[x\\] \\:\u2060material\\/delete\\:"),
        ("a\u202eb", "a b"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_a_label_is_shown_as_written(words: str, label: str) -> None:
    assert plain_label(words) == label
