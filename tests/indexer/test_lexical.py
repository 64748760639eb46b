"""The lexical store: words by language, phrases, exclusions, filters."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamagedError
from indexer.facets import Selection
from indexer.lexical import LexicalEntry, LexicalQuery, LexicalStore

TEXTS = [
    ("en", "Detained lawyers were denied access to counsel of their choice."),
    ("en", "The State denied a lawyer the choice of counsel."),
    ("ru", "Адвокатам было отказано в доступе к задержанным."),
    ("be", "Адвакатам адмовілі ў доступе да затрыманых."),
    ("zh", "被拘留者有权会见律师。"),
    ("ar", "حُرِمَ المحتجزون من الاتصال بالمحامين."),
    ("fr", "Les détenus ont été privés d’accès à un avocat."),
    ("es", "Se negó a los detenidos el acceso a un abogado."),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> LexicalStore:
    return LexicalStore.build(
        tmp_path_factory.mktemp("lexical"),
        (
            LexicalEntry(
                row, text, "Courts", language, {"kind": (f"k{row % 2}",), "symbol": ("A B/1",)}, row
            )
            for row, (language, text) in enumerate(TEXTS)
        ),
    )


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("detaining lawyers", 0),
        ("адвокаты", 2),
        ("адвакатам", 3),
        ("律师", 4),
        ("المحتجزون", 5),
        ("avocats privés", 6),
        ("abogados", 7),
    ],
    ids=["en", "ru", "be", "zh", "ar", "fr", "es"],
)
def test_words_are_found_in_their_language(store: LexicalStore, words: str, row: int) -> None:
    rows, scores = store.search(LexicalQuery(words), 3)
    assert rows[0] == row
    assert scores[0] > 0


def test_a_phrase_is_exact_and_in_order(store: LexicalStore) -> None:
    found = store.matching(LexicalQuery("", phrases=("counsel of their choice",)))
    assert found.tolist() == [0]
    assert store.matching(LexicalQuery("", phrases=("choice of their counsel",))).tolist() == []
    assert store.matching(LexicalQuery("", phrases=("lawyer",))).tolist() == [1]  # not "lawyers"
    assert store.matching(LexicalQuery("", phrases=("律师",))).tolist() == [4]


def test_exclusions_hold(store: LexicalStore) -> None:
    rows, _ = store.search(LexicalQuery("denied counsel", excluded=("lawyer",)), 5)
    assert rows.tolist() == [0]


def test_filters_apply_inside_the_search(store: LexicalStore) -> None:
    only = Selection({"kind": ("k1",)}, year_from=1, year_to=1)
    rows, _ = store.search(LexicalQuery("counsel", selection=only), 1)
    assert rows.tolist() == [1]
    spaced = Selection({"symbol": ("A B/1",)})
    assert len(store.matching(LexicalQuery("", selection=spaced))) == len(TEXTS)


def test_scores_of_given_rows_are_those_of_the_search(store: LexicalStore) -> None:
    rows, scores = store.search(LexicalQuery("denied counsel choice"), 8)
    again = store.score("denied counsel choice", [4, *rows.tolist()])
    assert again[0] == 0
    np.testing.assert_allclose(again[1:], scores, rtol=1e-6)


def test_no_words_find_nothing(store: LexicalStore) -> None:
    assert len(store.search(LexicalQuery("…!"), 5)[0]) == 0
    assert store.score("", [0]).tolist() == [0.0]


def test_a_damaged_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="Tantivy cannot open it"):
        LexicalStore.open(tmp_path)
