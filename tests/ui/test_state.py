"""The address holds the whole state, and nothing in an address can break the page."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.schemas import MAX_QUERY_CHARACTERS, Filters, SearchRequest
from ui.search.state import MAX_ADDRESS_BYTES, MAX_VALUE_CHARACTERS, PageState

words = st.text(min_size=1, max_size=40)
values = st.lists(words, unique=True, max_size=3).map(tuple)
years = st.lists(st.integers(1900, 2100), min_size=2, max_size=2).map(sorted)


@st.composite
def states(draw: st.DrawFn) -> PageState:
    first, last = draw(years)
    return PageState(
        query=draw(st.text(max_size=200)),
        kind=draw(values),
        body=draw(values),
        country=draw(values),
        language=draw(values),
        status=draw(values),
        symbol=draw(values),
        year_from=draw(st.sampled_from([None, first])),
        year_to=draw(st.sampled_from([None, last])),
        k=draw(st.integers(1, 200)),
        offset=draw(st.integers(0, 1000)),
        grouped=draw(st.booleans()),
        signals=draw(st.sampled_from(["hybrid", "lexical", "dense"])),
        explain=draw(st.booleans()),
        rerank=draw(st.booleans()),
        similar=draw(st.none() | words),
    )


@given(states())
def test_a_state_survives_the_address_bar(state: PageState) -> None:
    address = urlencode(state.to_params(), doseq=True)
    assert PageState.from_params(parse_qs(address, keep_blank_values=True)) == state


@given(st.dictionaries(
    st.sampled_from([
        "q", "kind", "year", "k", "offset", "group", "signals", "rerank", "similar", "symbol",
    ]),
    st.lists(st.text(max_size=12) | st.sampled_from(["²", "-1", "9" * 30, "2020..x", ".."])),
))  # fmt: skip
def test_any_address_gives_a_state_the_service_takes(params: dict[str, list[str]]) -> None:
    state = PageState.from_params(params)
    assert isinstance(state.request(), SearchRequest)
    assert PageState.from_params(state.to_params()) == state


def test_the_start_needs_no_parameters() -> None:
    assert PageState().to_params() == {}
    assert PageState.from_params({}) == PageState()
    assert not PageState().filtered


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019..2024", (2019, 2024)),
        ("2019..", (2019, None)),
        ("..2024", (None, 2024)),
        ("2020", (2020, 2020)),
        ("2024..2019", (2019, 2024)),
        ("1066..2024", (None, 2024)),
        ("soon", (None, None)),
    ],
)
def test_years_are_spelt_as_on_the_command_line(
    written: str, expected: tuple[int | None, int | None]
) -> None:
    state = PageState.from_params({"year": [written]})
    assert (state.year_from, state.year_to) == expected


def test_values_longer_than_the_service_takes_are_passed_over() -> None:
    long = "x" * (MAX_VALUE_CHARACTERS + 1)
    state = PageState.from_params({"kind": [long, "resolution"], "similar": [long], "q": [long]})
    assert state.kind == ("resolution",)
    assert state.similar is None
    assert state.query == long


def test_clearing_the_filters_keeps_the_search() -> None:
    state = PageState(query="q", kind=("a",), year_from=2000, offset=20, k=20, grouped=True)
    cleared = state.without_filters()
    assert cleared == PageState(query="q", k=20, grouped=True)
    assert cleared.filters == Filters()


@pytest.mark.parametrize(("offset", "expected"), [(-10, 0), (990, 990), (5000, 1000)])
def test_an_offset_stays_within_what_the_service_takes(offset: int, expected: int) -> None:
    assert PageState().at(offset).offset == expected


def test_a_text_that_is_too_long_for_an_address_is_known_to_be() -> None:
    assert PageState(query="п" * 3_000).fits_address()
    assert not PageState(query="п" * MAX_QUERY_CHARACTERS).fits_address()
    assert PageState(query="a" * (MAX_ADDRESS_BYTES - 2)).fits_address()
    assert not PageState(query="a" * (MAX_ADDRESS_BYTES - 1)).fits_address()
