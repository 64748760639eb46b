"""Dates and the numbers of plots, as the language of the page writes them."""

from __future__ import annotations

import pytest

from ui.parts.dates import date_words, dated, time_words
from ui.see.charts import number_locale
from ui.wording import language


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setattr(language, "current", lambda: request.param)


@pytest.mark.usefixtures("speak")
@pytest.mark.parametrize(
    ("speak", "day", "month"),
    [
        ("en", "3 November 2026", "November 2026"),
        ("fr", "3 novembre 2026", "novembre 2026"),
        ("ru", "3 ноября 2026\u202fг.", "ноябрь 2026\u202fг."),
        ("be", "3 лістапада 2026\u202fг.", "лістапад 2026"),
    ],
    indirect=["speak"],
)
def test_dates_are_told_to_the_precision_known(day: str, month: str) -> None:
    assert date_words("2026-11-03") == day
    assert date_words("2026-11-03T09:05:00Z") == day
    assert date_words("2026-11") == month
    assert time_words("2026-11-03T11:05:00+02:00") == f"{day}, 09:05"


@pytest.mark.parametrize("written", ["2026", "", "2026-13", "n.d.", "2026-02-30", "17 июня"])
def test_what_is_no_date_stays_as_it_is(written: str) -> None:
    assert date_words(written) == time_words(written) == written


def test_programs_read_the_iso_date() -> None:
    assert str(dated("2026-11")) == '<time datetime="2026-11">November 2026</time>'


@pytest.mark.usefixtures("speak")
@pytest.mark.parametrize(
    ("speak", "decimal", "percent"),
    [("en", ".", "%"), ("fr", ",", "\xa0%"), ("ru", ",", "\xa0%"), ("be", ",", "\xa0%")],
    indirect=["speak"],
)
def test_plots_write_numbers_as_the_page_does(decimal: str, percent: str) -> None:
    found = number_locale()
    assert (found["decimal"], found["percent"]) == (decimal, percent)
