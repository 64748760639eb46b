"""What gave way to another text never stands above what speaks of the same in that text."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.types import DocumentStatus, Relation, RelationKind
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import Filters, SearchRequest
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, published, text, words

COMMON = text(1)
CLAUSE = words(77, 30)
"""A clause that each text words otherwise: ever fewer of its words are left."""

FIRST = made("CAT/C/GC/1", [*COMMON[:4], " ".join(CLAUSE) + "."])
SECOND = made(
    "CAT/C/GC/2", [*text(2, 4), " ".join([*CLAUSE[:22], *words(78, 12)]) + "."],
    relations=(Relation(RelationKind.SUPERSEDES, "CAT/C/GC/1"),),
)  # fmt: skip
THIRD = made(
    "CAT/C/GC/4", [*text(3, 4), " ".join([*CLAUSE[:20], *words(79, 20)]) + "."],
    relations=(Relation(RelationKind.SUPERSEDES, "CAT/C/GC/2"),),
)  # fmt: skip
AMENDMENT = made(
    "A/HRC/59/L.50", [" ".join([*words(91, 12), *words(92, 12)]) + ".", *text(6, 3)],
    kind="amendment", status=DocumentStatus.REJECTED,
    relations=(Relation(RelationKind.AMENDS, "A/HRC/59/L.17"),),
)  # fmt: skip
AMENDED = made(
    "A/HRC/59/L.17", [" ".join([*words(91, 12), *words(93, 18)]) + ".", *text(7, 3)],
    kind="draft-resolution", status=DocumentStatus.DRAFT,
)  # fmt: skip
OTHER = made("A/HRC/15/16", text(9, 3))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("index")
    return published(folder, FIRST, SECOND, THIRD, AMENDMENT, AMENDED, OTHER)


@pytest.fixture(scope="module")
def engine(snapshot: Snapshot) -> Engine:
    return Engine(snapshot, FakeEncoder())


def documents(engine: Engine, query: str, **fields: object) -> list[str | None]:
    request = SearchRequest.model_validate({"query": query, "k": 50, **fields})
    hits = engine.search(request).hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert max(scores) <= 1
    return list(dict.fromkeys(hit.symbol for hit in hits))


def test_documents_are_known_by_all_that_stands_above_them(snapshot: Snapshot) -> None:
    ids = snapshot.columns.document_ids
    above = {ids[low]: {ids[each] for each in high} for low, high in snapshot.replaced.items()}
    assert above == {
        "CAT_C_GC_1:en": {"CAT_C_GC_2:en", "CAT_C_GC_4:en"},
        "CAT_C_GC_2:en": {"CAT_C_GC_4:en"},
        "A_HRC_59_L.50:en": {"A_HRC_59_L.17:en"},
    }


@pytest.mark.parametrize("signals", ["lexical", "dense", "hybrid"])
def test_a_series_stands_latest_first_though_the_first_has_every_word(
    engine: Engine, signals: str
) -> None:
    found = documents(engine, " ".join(CLAUSE), signals=signals)
    assert found[:3] == ["CAT/C/GC/4", "CAT/C/GC/2", "CAT/C/GC/1"]


def test_grouped_hits_stand_so_too(engine: Engine) -> None:
    request = SearchRequest(query=" ".join(CLAUSE), group_by_document=True)
    groups = [group.symbol for group in engine.search(request).groups]
    assert groups[:3] == ["CAT/C/GC/4", "CAT/C/GC/2", "CAT/C/GC/1"]


def test_a_rejected_amendment_stands_below_the_text_it_would_have_amended(engine: Engine) -> None:
    found = documents(engine, " ".join([*words(91, 12), *words(92, 4)]))
    assert found[:2] == ["A/HRC/59/L.17", "A/HRC/59/L.50"]


def test_a_clause_that_was_taken_out_stays_where_it_was_found(engine: Engine) -> None:
    found = engine.search(SearchRequest(query=" ".join(COMMON[2].split()[:20]), k=3))
    assert found.hits[0].passage_id == "CAT_C_GC_1:en:3"


def test_a_filter_shows_what_gave_way_alone(engine: Engine) -> None:
    filters = Filters(status=("superseded",))
    found = documents(engine, " ".join(CLAUSE), filters=filters)
    assert found[0] == "CAT/C/GC/2"
    assert "CAT/C/GC/4" not in found


def test_texts_that_replace_each_other_do_not_hang_it(tmp_path: Path) -> None:
    one = made("A/1", text(4, 3), relations=(Relation(RelationKind.SUPERSEDES, "A/2"),))
    other = made("A/2", text(5, 3), relations=(Relation(RelationKind.SUPERSEDES, "A/1"),))
    engine = Engine(published(tmp_path, one, other), FakeEncoder())
    assert documents(engine, " ".join(text(4, 1)[0].split()[:10]))[0]
