"""The page of trends, run by Streamlit without a browser, and its files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import altair as alt
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from precedent_client import Client
from search_api.schemas import Count, Telling, Trend, YearCount
from tests.browser.fake_api import FakeService
from tests.ui.opening import html, opened
from ui.see import charts, figures, images
from ui.see import telling as telling_part
from ui.see.charts import Look
from ui.see.state import SeeState
from ui.service import connection

Open = Callable[..., AppTest]


def _page() -> None:
    from ui.see import page

    page.show()


@pytest.fixture
def open_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(connection, "_client", lambda url: client)
    return partial(opened, _page)


def specs(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]


def in_address(app: AppTest) -> dict[str, str]:
    """Return the parameters that have one value, which Streamlit gives as it or as a list."""
    held = {name: app.query_params[name] for name in app.query_params}
    return {name: each if isinstance(each, str) else each[0] for name, each in held.items()}


def labels(app: AppTest) -> list[str]:
    return [each.proto.label for each in app.get("download_button")]


def test_one_query_is_drawn_by_year_by_body_and_by_both(
    open_page: Open, service: FakeService
) -> None:
    app = open_page(q="detention")
    shown = html(app)
    assert service.asked.count("POST /v1/trends") == 1
    assert [spec["description"][:24] for spec in specs(app)] == [
        "detention: most in 2021,", "Most by Council of Inven", "Most by Council of Inven"
    ]  # fmt: skip
    assert "detention: most in 2021, 23 of 25 passages (92.0 %); first in 1994" in shown
    assert "Counted: passages that have every word of the query" in shown
    assert "Among passages in English." in shown
    assert "Shares are of all passages of the year." in shown
    assert "Pale: fewer than 50 passages are held" in shown
    assert labels(app) == ["Image (PNG)", "Drawing (SVG)", "Data (CSV)"] * 3
    link = '<a href="./?q=detention&amp;year=2021..2021" target="_self"'
    assert link in shown
    assert "<td>23</td><td>25</td><td>92.0 %</td>" in shown
    assert "<script>" not in shown


def test_several_queries_are_lines_and_a_heat_map(open_page: Open) -> None:
    app = opened_with(open_page, "detention", "lawyer", "unheard")
    first, second, *_ = specs(app)
    assert [layer["mark"]["type"] for layer in first["layer"]] == ["line", "point"]
    assert [layer["mark"]["type"] for layer in second["layer"]] == ["rect", "rect"]
    assert "unheard: nothing was found." in html(app)
    assert app.selectbox(key="see-one").options == ["detention", "lawyer"]
    app.selectbox(key="see-one").set_value("lawyer").run()
    assert not app.exception
    assert "By body: lawyer" in html(app)


def opened_with(open_page: Open, *queries: str) -> AppTest:
    app = open_page()
    app.text_area(key="see-queries").set_value("\n".join(queries))
    app.button[0].click().run()
    assert not app.exception
    assert app.query_params["q"] == list(queries)
    return app


def test_what_is_chosen_stands_in_the_address_and_asks_nothing_anew(
    open_page: Open, service: FakeService
) -> None:
    app = open_page(q="detention", lang="en")
    app.radio(key="see-shown").set_value("number").run()
    app.radio(key="see-unit").set_value("documents").run()
    assert service.asked.count("POST /v1/trends") == 1
    assert in_address(app) == {"q": "detention", "show": "number", "of": "documents", "lang": "en"}
    shown = html(app)
    assert "Shares are of" not in shown
    assert "A document in several languages is one document." in shown
    app.radio(key="see-how").set_value("meaning").run()
    assert service.asked.count("POST /v1/trends") == 2
    assert "scores 0.60 or more out of 1" in html(app)


def test_filters_narrow_and_are_told(open_page: Open) -> None:
    app = open_page(q="detention", year="2022..2022")
    shown = html(app)
    assert "Only: 2022." in shown
    assert "detention: most in 2022, 2 of 2 passages" in shown
    app.multiselect(key="see-kind").set_value(["ngo-statement"]).run()
    assert "Nothing was found." in html(app)
    app.button(key="see-clear").click().run()
    assert "detention: most in 2021" in html(app)
    assert "year" not in app.query_params


def test_words_of_periods_are_asked_for_when_wanted(open_page: Open, service: FakeService) -> None:
    app = open_page(q="detention")
    assert "POST /v1/trends/words" not in service.asked
    app.toggle(key="see-telling").set_value(True).run()
    shown = html(app)
    assert service.asked.count("POST /v1/trends/words") == 1
    assert "2001–2010" in shown
    assert "&lt;b&gt;drones&lt;/b&gt;" in shown
    assert "<b>drones" not in shown
    assert "No word stands out." in shown
    assert in_address(app)["words"] == "1"


def test_a_theme_without_periods_says_so() -> None:
    none = Telling(query="x", how="words", language=None)
    assert "too few to tell them apart" in str(telling_part.periods(none))


def test_nothing_asked_offers_examples_and_nothing_found_a_way_out(
    open_page: Open, service: FakeService
) -> None:
    app = open_page()
    assert "POST /v1/trends" not in service.asked
    app.button(key="see-example-2").click().run()
    assert in_address(app) == {"q": "access to a lawyer"}
    assert "Count what is close in words and meaning" in html(open_page(q="unheard"))


@pytest.mark.parametrize("params", [{"q": "\x00"}, {"q": " "}, {"how": "x"}, {"year": "20..19"}])
def test_addresses_that_say_nothing_are_no_error(open_page: Open, params: dict[str, str]) -> None:
    assert "How often it is said" in html(open_page(**params))


def test_a_service_that_is_away_is_said(open_page: Open, service: FakeService) -> None:
    service.ready = False
    assert "The search service has no index" in html(open_page(q="detention"))


def test_the_address_holds_the_whole_state() -> None:
    params = {
        "q": ["a", '"b c"'], "how": ["meaning"], "show": ["number"], "of": ["documents"],
        "words": ["1"], "body": ["CCPR"], "year": ["2001..2010"],
    }  # fmt: skip
    state = SeeState.from_params(params)
    assert state.to_params() == params
    assert SeeState.from_params({"q": ["a"] * 3 + [str(n) for n in range(20)]}).queries == (
        "a", *map(str, range(7))
    )  # fmt: skip
    link = state.search_link('"b c"', year=2005, body="CAT", lang="fr")
    assert link == "./?q=%22b+c%22&body=CAT&year=2005..2005&lang=fr"


# Figures and files ----------------------------------------------------------------------------


def _trend(*years: tuple[int, int, int], query: str = "x") -> Trend:
    none = Count(passages=0, of_passages=0, documents=0, of_documents=0)
    return Trend(
        query=query,
        total=none,
        undated=none,
        by_year=tuple(
            YearCount(year=year, passages=part, of_passages=whole, documents=0, of_documents=0)
            for year, part, whole in years
        ),
    )


def test_the_peak_of_shares_is_of_a_year_that_holds_enough() -> None:
    points = figures.years(_trend((1999, 1, 1), (2001, 0, 90), (2005, 9, 90)), SeeState())
    told = figures.summary_of_years(points, SeeState())
    assert told == "x: most in 2005, 9 of 90 passages (10.0 %); first in 1999, last in 2005."
    assert [point.few for point in points] == [True, False, False]
    assert [bool(point.link) for point in points] == [True, False, True]


def test_years_before_the_first_that_are_scarce_are_not_drawn_and_gaps_are() -> None:
    points = figures.years(_trend((1950, 0, 3), (1990, 0, 80), (1993, 2, 9)), SeeState())
    assert charts.spanned(points) == [1990, 1991, 1992, 1993]


def test_lines_break_where_nothing_is_held() -> None:
    series = [
        figures.years(_trend((2001, 1, 90), (2003, 1, 90), query=query), SeeState())
        for query in ("x", "y")
    ]
    spec = charts.lines(series, Look(share=True, value="Share")).to_dict()
    values = next(iter(spec["datasets"].values())) if "datasets" in spec else spec["data"]["values"]
    assert [v["value"] for v in values if v["year"] == 2002] == [None, None]


@pytest.fixture
def chart() -> alt.Chart:
    points = figures.years(_trend((2001, 9, 90), query="اختفاء 失踪 право"), SeeState())
    return charts.lines([points], Look(share=True, value="Share"))


def test_images_open_and_hold_what_is_counted(chart: alt.Chart) -> None:
    """Sockets are refused in this test: nothing is fetched for it."""
    title = "By year: اختفاء 失踪 право"
    picture = Image.open(io.BytesIO(images.picture(chart, title, ["Counted: passages."])))
    assert picture.format == "PNG"
    assert picture.width > 1800
    drawn = images.drawing(chart, title, ["Counted: passages."]).decode()
    assert drawn.startswith("<svg")
    assert "Counted: passages." in drawn
    assert "失踪" in drawn
    assert "href" not in drawn.replace("xmlns:xlink", "")
