"""The lexical store: words by language, phrases, exclusions, filters."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamagedError
from indexer.facets import Selection
from indexer.lexical import LexicalEntry, LexicalQuery, LexicalStore, LexicalWriter
from indexer.lexical.fields import PAIRS

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


def test_pairs_of_neighbours_are_found_and_counted(store: LexicalStore) -> None:
    rows, scores = store.search_pairs(LexicalQuery("of their choice"), 8)
    assert rows.tolist() == [0]
    assert scores[0] > 0
    pairs = [tuple(store.terms_of("en", text)) for text in ("their choice", "choice their")]
    assert store.pair_frequencies("en", [(p[0], p[1]) for p in pairs]).tolist() == [1, 0]
    assert store.pair_frequencies("fr", [(pairs[0][0], pairs[0][1])]).tolist() == [0]


def test_pairs_are_looked_up_where_both_words_stand(
    store: LexicalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One question is analysed in every language of the index, and has words of one."""
    asked: list[tuple[str, str]] = []
    known = store._frequency

    def noting(field: str, term: str) -> int:
        asked.append((field, term))
        return known(field, term)

    monkeypatch.setattr(store, "_frequency", noting)
    rows, _ = store.search_pairs(LexicalQuery("of their choice"), 8)
    assert rows.tolist() == [0]
    pairs = [term for field, term in asked if field == PAIRS]
    assert pairs
    assert all(term.startswith("en_") for term in pairs)


def test_frequencies_are_by_language(store: LexicalStore) -> None:
    (term,) = store.terms_of("en", "lawyers")
    assert store.document_frequencies("en", [term, "absent"]).tolist() == [2, 0]
    assert store.document_frequencies("ru", [term]).tolist() == [0]
    assert (store.passages_of_language("en"), store.passages_of_language("de")) == (2, 0)


def test_candidates_are_those_of_the_search(store: LexicalStore) -> None:
    query = LexicalQuery("lawyers denied access to counsel", excluded=("avocat",))
    assert store.candidates(query, 8)[0].tolist() == store.search(query, 8)[0].tolist()
    only = LexicalQuery("counsel", selection=Selection({"kind": ("k1",)}))
    assert store.candidates(only, 8)[0].tolist() == [1]
    assert len(store.candidates(LexicalQuery("…!"), 8)[0]) == 0


def test_candidates_by_title_too_are_those_of_the_search(tmp_path: Path) -> None:
    entries = [
        LexicalEntry(0, "Detained persons were denied counsel.", "A report", "en", {}, None),
        LexicalEntry(1, "What follows from it.", "Access to counsel", "en", {}, None),
        LexicalEntry(2, "Schools were closed.", "A report", "en", {}, None),
    ]
    store = LexicalStore.build(tmp_path, entries)
    query = LexicalQuery("access to counsel")
    rows, scores = store.titled_candidates(query, 8)
    expected, of_search = store.search(query, 8)
    assert rows.tolist() == expected.tolist()
    np.testing.assert_allclose(scores, of_search, rtol=1e-6)
    assert store.candidates(query, 8)[0].tolist() == [0]
    assert len(store.titled_candidates(LexicalQuery("…!"), 8)[0]) == 0


def test_the_commonest_words_are_left_out_first(
    store: LexicalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = LexicalQuery("detained lawyers")  # one passage has the one, two have the other
    assert sorted(store.candidates(query, 8)[0].tolist()) == [0, 1]
    monkeypatch.setattr("indexer.lexical.store._POSTINGS", 0)
    monkeypatch.setattr("indexer.lexical.store._TERMS_KEPT", 1)
    assert store.candidates(query, 8)[0].tolist() == [0]


def test_going_on_from_a_store_leaves_it_as_it_is(store: LexicalStore, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    entries = [
        LexicalEntry(row, text, "", lang, {}, None) for row, (lang, text) in enumerate(TEXTS)
    ]
    old = LexicalStore.build(first, entries)
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    with LexicalWriter.opened(second, first, passages=2) as writer:
        writer.remove([1, 4])
        writer.add(LexicalEntry(8, "A new passage on counsel.", "", "en", {}, None))
        analysed = writer.add(LexicalEntry(1, "The same row again.", "Title", "en", {}, None))
    assert analysed.words == store.terms_of("en", "The same row again.")
    assert analysed.context == store.terms_of("en", "Title")
    new = LexicalStore.open(second)
    assert (len(old), len(new)) == (8, 8)
    assert sorted(new.matching(LexicalQuery("")).tolist()) == [0, 1, 2, 3, 5, 6, 7, 8]
    assert sorted(new.search(LexicalQuery("counsel"), 8)[0].tolist()) == [0, 8]
    assert new.search(LexicalQuery("same row"), 8)[0].tolist() == [1]
    again = LexicalStore.open(first)
    for each in (old, again):
        assert sorted(each.search(LexicalQuery("counsel"), 8)[0].tolist()) == [0, 1]
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before
    assert any(path.stat().st_nlink > 1 for path in second.iterdir())
