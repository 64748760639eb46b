"""The table opens in a spreadsheet with every word intact, and nothing in it runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.schemas import Hit
from ui.csv_export import COLUMNS, hits_as_csv

MakeHit = Callable[..., Hit]

CELLS = st.one_of(
    st.text(),
    st.tuples(st.sampled_from("=+-@\t\r\n|% ＝＋－＠\u00a0"), st.text()).map("".join),
)


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_columns_and_order(make_hit: MakeHit) -> None:
    hits = [make_hit(citation=f"X/1, para. {n}") for n in (3, 1, 2)]
    table = hits_as_csv(hits)
    assert table.startswith(b"\xef\xbb\xbf")
    assert [row["citation"] for row in rows(table)] == [hit.citation for hit in hits]
    assert tuple(rows(table)[0]) == COLUMNS
    assert rows(table)[0] == {
        "citation": "X/1, para. 3",
        "symbol": "X/1",
        "number": "12",
        "page": "4–5",
        "title": "An invented report",
        "body": "Council of Invented Rights",
        "date": "2021-03",
        "language": "en",
        "url": "",
        "text": "Nobody was told.",
    }


@given(value=CELLS)
def test_every_cell_comes_back_and_none_is_a_formula(make_hit: MakeHit, value: str) -> None:
    hit = make_hit(citation=value, symbol=value, number=value, title=value, text=value)
    (row,) = rows(hits_as_csv([hit]))
    for column in ("citation", "symbol", "number", "title", "text"):
        assert row[column] in (value, f"'{value}")
        assert row[column].lstrip(" \u00a0")[:1] not in set("=+-@\t\r\n|%＝＋－＠")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1+1"])
def test_a_formula_is_led_by_an_apostrophe(make_hit: MakeHit, formula: str) -> None:
    (row,) = rows(hits_as_csv([make_hit(text=formula)]))
    assert row["text"] == f"'{formula}"
