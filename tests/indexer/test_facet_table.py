"""A table of pairs says what a table of all documents by all values would."""

from __future__ import annotations

import random

import numpy as np
import pytest

from indexer import facet_columns
from indexer.facet_columns import FacetColumns
from indexer.facet_table import FacetTable
from indexer.facets import Selection
from indexer.serving_file import reading
from tests.indexer.linking import made, published, text

NAMES = ("BLR", "CHE", "FRA", "KAZ", "UKR")


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_table_of_all_documents_by_all_values(seed: int) -> None:
    chance = random.Random(seed)
    held = [chance.choices(NAMES, k=chance.randrange(4)) for _ in range(40)]
    table = FacetTable.of(held)
    whole = np.array([[name in each for name in table.names] for each in held], np.bool_)
    assert table.names == tuple(sorted({name for each in held for name in each}))
    document, value = np.nonzero(whole.reshape(40, len(table.names)))
    assert table.document.tolist() == document.tolist()
    assert table.value.tolist() == value.tolist()
    wanted = ["BLR", "KAZ", "nowhere"]
    assert table.holders(wanted).tolist() == [bool({"BLR", "KAZ"} & set(each)) for each in held]
    counts = np.array([chance.randrange(9) for _ in held], np.int64)
    assert table.sums(counts).tolist() == (whole * counts[:, None]).sum(axis=0).tolist()
    assert table.sums(counts > 4).tolist() == (whole & (counts > 4)[:, None]).sum(axis=0).tolist()
    first = [min((table.names.index(name) for name in each), default=-1) for each in held]
    assert table.first().tolist() == first
    assert ("BLR" in table, "nowhere" in table) == (any("BLR" in each for each in held), False)


def test_a_facet_that_no_document_has_is_empty() -> None:
    table = FacetTable.of([(), ()])
    assert (table.names, table.first().tolist()) == ((), [-1, -1])
    assert table.holders(["x"]).tolist() == [False, False]
    assert table.sums(np.ones(2, np.int64)).tolist() == []
    assert FacetTable.of([]).holders([]).tolist() == []


def test_rows_of_few_documents_are_those_of_many(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("index")
    snapshot = published(folder, *(made(f"A/{n}", text(n, n), year=2000 + n) for n in range(1, 7)))
    with reading(snapshot.folder / "serving.sqlite") as connection:
        columns = FacetColumns.load(connection, snapshot.rows)
    chosen = Selection({"symbol": ("A/2", "A/5", "A/9")})
    few = columns.mask(chosen)
    monkeypatch.setattr(facet_columns, "_FEW_DOCUMENTS", 0)
    many = columns.mask(chosen)
    assert few is not None
    assert many is not None
    assert few.tolist() == many.tolist()
    assert few.sum() == 7
