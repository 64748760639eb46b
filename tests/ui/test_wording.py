"""The words of the interface: filled by the rules of their language, and whole in each."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui
from search_api.schemas import Standing
from tests.ui.opening import html
from ui.parts.standing import standing_name
from ui.wording import common, language
from ui.wording.countries import country_names
from ui.wording.phrases import Phrase, spoken
from workbench import standing


@pytest.mark.parametrize(
    ("language", "count", "written"),
    [
        ("en", 1, "1 hit"),
        ("en", 31255, "31,255 hits"),
        ("fr", 0, "0 hit"),
        ("fr", 31255, "31\u202f255 hits"),
        ("ru", 1, "1 hit"),
        ("ru", 31255, "31\xa0255 hits"),
    ],
)
def test_numbers_and_plurals_are_those_of_the_language(
    language: str, count: int, written: str
) -> None:
    assert Phrase("{count:,} {count:hit|hits}", language).format(count=count) == written


@pytest.mark.parametrize(("count", "form"), [(1, "a"), (3, "b"), (5, "c"), (11, "c"), (21, "a")])
def test_russian_has_three_forms(count: int, form: str) -> None:
    assert Phrase("{count:a|b|c}", "ru").format(count=count) == form
    assert Phrase("{count:a|b|c}", "be").format(count=count) == form


def test_decimals_are_those_of_the_language() -> None:
    assert Phrase("{score:.2f}", "fr").format(score=0.5) == "0,50"
    assert Phrase("{minutes:g}", "fr").format(minutes=1.5) == "1,5"
    assert Phrase("{score:.2f}", "en").format(score=0.5) == "0.50"


def test_percentages_are_those_of_the_language() -> None:
    assert Phrase("{share:.0%}", "fr").format(share=0.85) == "85\xa0%"
    assert Phrase("{share:.0%}", "en").format(share=0.85) == "85%"


def test_a_number_without_needless_decimals_is_one_of_the_language_too() -> None:
    assert Phrase("{minutes:g}", "ru").format(minutes=1.5) == "1,5"
    assert Phrase("{minutes:g}", "ru").format(minutes=2.0) == "2"
    assert Phrase("{minutes:g}", "en").format(minutes=1.5) == "1.5"


def test_standings_are_named_as_the_service_names_them() -> None:
    """In English; so that a standing that the table gains is not forgotten in the translations."""
    table = tomllib.loads(Path(standing.__file__).with_suffix(".toml").read_text("utf-8"))
    named = {each["name"]: each["label"] for each in table["standing"]}
    assert named | {"unknown": "Standing not known"} == common.STANDINGS


def test_tables_speak_too_and_other_values_stay() -> None:
    said = spoken({"kind": ("one {n:,}",), "other": 3}, "en")
    assert said["kind"][0].format(n=1000) == "one 1,000"
    assert said["other"] == 3


def test_a_phrase_is_kept_as_the_plain_string() -> None:
    kept = copy.copy(Phrase("words", "fr"))
    assert type(kept) is str


def test_outside_of_a_page_the_words_are_english() -> None:
    assert common.SEARCH == "Search"


def test_a_word_that_is_nowhere_is_named() -> None:
    with pytest.raises(AttributeError, match="common has no NOWHERE"):
        getattr(common, "NOWHERE")  # noqa: B009


@pytest.mark.parametrize(
    ("label", "named"), [("Expert finding", "Вывод экспертов"), ("Inquiry", "Inquiry")]
)
def test_a_standing_is_named_in_the_reader_s_language_unless_renamed(
    monkeypatch: pytest.MonkeyPatch, label: str, named: str
) -> None:
    monkeypatch.setattr(language, "current", lambda: "ru")
    found = Standing(name="expert-finding", label=label, authority=8, counts=True)
    assert standing_name(found) == named


def test_the_style_sheet_has_words_as_they_are_written() -> None:
    """A sheet knows no escapes of JSON, and would show `u0424` for a letter."""
    app = AppTest.from_file(str(Path(ui.__file__).with_name("app.py")), default_timeout=20)
    app.query_params["lang"] = "ru"
    assert '--p-filters: "Фильтры"' in html(app.run())


def test_countries_have_their_names_in_the_language() -> None:
    assert country_names("ru")["BLR"] == "Беларусь"
    assert country_names("fr")["BLR"] == "Biélorussie"
    assert len(country_names("be")) > 240
