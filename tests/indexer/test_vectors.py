"""The vector store against brute force, in every kind."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError
from indexer.vectors import KINDS, Kind, VectorStore
from indexer.vectors import store as store_module
from indexer.vectors.kinds import CODED_FROM, is_coded

Floats = NDArray[np.float32]
Damage = Callable[[Path], object]

ROWS, DIM = 12_000, 64
HALF = 1e-3
"""Half precision of unit vectors of so few dimensions."""


def _unit(seed: int, n: int) -> Floats:
    """Vectors in a narrow cone, as an encoder gives them: all share a mean, runs a topic."""
    topics = np.random.default_rng(7).standard_normal((40, DIM))
    rng = np.random.default_rng(seed)
    of_rows = topics[np.sort(np.arange(n) % len(topics))]
    vectors = rng.standard_normal((n, DIM)) + of_rows + 3.0
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def vectors() -> Floats:
    return _unit(1, ROWS)


@pytest.fixture(scope="module")
def queries() -> Floats:
    return _unit(2, 40)


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    chosen: Kind = request.param
    return chosen


@pytest.fixture(scope="module")
def store(vectors: Floats, kind: Kind) -> VectorStore:
    return VectorStore.build(vectors, kind=kind)


def _mask(share: float, layout: str) -> NDArray[np.bool_]:
    rng = np.random.default_rng(9)
    allowed = np.zeros(ROWS, np.bool_)
    count = max(1, round(ROWS * share))
    if layout == "at random":
        allowed[rng.choice(ROWS, count, replace=False)] = True
    else:
        start = int(rng.integers(0, ROWS - count + 1))
        allowed[start : start + count] = True
    return allowed


@pytest.mark.parametrize("layout", ["at random", "in one run"])
@pytest.mark.parametrize(
    "share", [1, 0.95, 0.8, 0.4, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0001], ids=lambda s: f"{s:.2%}"
)
def test_filtered_search_finds_what_brute_force_finds(
    store: VectorStore, vectors: Floats, queries: Floats, share: float, layout: str
) -> None:
    allowed = _mask(share, layout)
    found = 0
    for query in queries:
        rows, scores = store.search(query, 10, allowed)
        expected = np.where(allowed, vectors @ query, -np.inf)
        best = np.sort(expected)[::-1][: min(10, int(allowed.sum()))]
        assert len(rows) == len(best)
        assert len(set(rows.tolist())) == len(rows)
        assert allowed[rows].all()
        np.testing.assert_allclose(scores, expected[rows], atol=HALF)
        assert (np.diff(scores) <= 0).all()
        found += int((expected[rows] >= best[-1] - 1e-3).sum())
    assert found >= 0.99 * len(queries) * len(best)


@pytest.mark.parametrize("k", [1, 10, 300, 13_000])
def test_k_is_honoured_without_a_filter(store: VectorStore, vectors: Floats, k: int) -> None:
    query = vectors[17]
    rows, scores = store.search(query, k)
    assert len(rows) == min(k, ROWS)
    assert rows[0] == 17
    assert (np.diff(scores) <= 0).all()
    best = np.argsort(-(vectors @ query))[:k]
    assert len(np.intersect1d(rows, best)) >= 0.99 * len(best)


def test_every_kind_gives_the_same_answer(vectors: Floats, queries: Floats) -> None:
    stores = [VectorStore.build(vectors, kind=kind) for kind in KINDS]
    for query in queries:
        first, *others = [store.search(query, 10, None) for store in stores]
        for rows, scores in others:
            assert rows.tolist() == first[0].tolist()
            np.testing.assert_allclose(scores, first[1], rtol=1e-6)


def test_queries_together_find_what_each_finds(store: VectorStore, queries: Floats) -> None:
    for allowed in (None, _mask(0.5, "at random"), _mask(0.001, "at random")):
        together = store.search_many(queries, 10, allowed)
        assert len(together) == len(queries)
        for query, (rows, scores) in zip(queries, together, strict=True):
            alone, alone_scores = store.search(query, 10, allowed)
            # Together more lists may be scanned, so a score can only be better.
            assert (scores >= alone_scores - 1e-6).all()
            assert len(np.intersect1d(rows, alone)) >= len(alone) - 1


def test_nothing_allowed_or_asked_finds_nothing(store: VectorStore, queries: Floats) -> None:
    assert len(store.search(queries[0], 5, np.zeros(ROWS, np.bool_))[0]) == 0
    assert len(store.search(queries[0], 0)[0]) == 0
    assert store.search_many(queries[:0], 5) == []


def test_scores_are_inner_products(store: VectorStore, vectors: Floats, queries: Floats) -> None:
    rows = np.random.default_rng(1).choice(ROWS, 4500, replace=False)
    expected = queries @ vectors[rows].T
    np.testing.assert_allclose(store.scores(queries[3], rows), expected[3], atol=HALF)
    np.testing.assert_allclose(store.scores_many(queries, rows), expected, atol=HALF)
    assert store.scores(queries[0], rows[:0]).shape == (0,)
    assert store.scores_many(queries, rows[:0]).shape == (len(queries), 0)


@pytest.mark.parametrize("rows", [[-1], [0, ROWS]], ids=["before", "after"])
def test_rows_that_do_not_exist_are_refused(store: VectorStore, rows: list[int]) -> None:
    with pytest.raises(IndexError, match="rows run from 0"):
        store.scores(store.vector(0), np.array(rows))


def test_scores_of_a_search_are_those_of_its_rows(store: VectorStore, queries: Floats) -> None:
    rows, scores = store.search(queries[5], 25)
    np.testing.assert_allclose(store.scores(queries[5], rows), scores, rtol=1e-6)


def test_threads_do_not_disturb_each_other(store: VectorStore, queries: Floats) -> None:
    masks = [None, _mask(0.5, "at random"), _mask(0.5, "in one run"), _mask(0.001, "at random")]
    asked = [(query, mask) for query in queries[:10] for mask in masks]
    alone = [store.search(query, 10, mask)[0].tolist() for query, mask in asked]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: store.search(each[0], 10, each[1])[0].tolist(), asked))
    assert found == alone


def test_a_search_uses_one_thread(store: VectorStore, queries: Floats) -> None:
    faiss.omp_set_num_threads(2)
    store.search(queries[0], 5)
    assert faiss.omp_get_max_threads() == 1


# Kinds -----------------------------------------------------------------------------------------


def test_the_kind_is_chosen_by_size_and_can_be_forced() -> None:
    assert [is_coded("auto", rows) for rows in (10, CODED_FROM - 1, CODED_FROM)] == [0, 0, 1]
    assert not is_coded("flat", 10**7)
    assert is_coded("rabitq", 5000)


def test_a_forced_kind_is_kept(vectors: Floats, tmp_path: Path) -> None:
    for kind, coded in (("auto", False), ("flat", False), ("rabitq", True)):
        VectorStore.build(vectors, kind=kind).save(tmp_path / kind)  # type: ignore[arg-type]
        opened = VectorStore.open(tmp_path / kind)
        assert (opened.kind, opened.segments) == (kind, ((ROWS, coded),))


def test_an_unknown_kind_is_refused(vectors: Floats) -> None:
    with pytest.raises(ValueError, match="auto, flat, rabitq"):
        VectorStore.build(vectors, kind="hnsw")  # type: ignore[arg-type]


# Files -----------------------------------------------------------------------------------------


def test_a_store_survives_being_saved(
    store: VectorStore, vectors: Floats, queries: Floats, tmp_path: Path
) -> None:
    store.save(tmp_path / "vectors.faiss")
    opened = VectorStore.open(tmp_path / "vectors.faiss")
    assert (len(opened), opened.dim) == (ROWS, DIM)
    np.testing.assert_array_equal(opened.vector(7), vectors[7].astype(np.float16))
    np.testing.assert_array_equal(opened.floats(slice(20, 30)), store.floats(slice(20, 30)))
    for query in queries:
        assert opened.search(query, 10)[0].tolist() == store.search(query, 10)[0].tolist()


def test_saving_where_it_was_opened_changes_nothing(store: VectorStore, tmp_path: Path) -> None:
    store.save(tmp_path / "v")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    VectorStore.open(tmp_path / "v").save(tmp_path / "v")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_a_store_is_written_block_by_block(
    vectors: Floats, queries: Floats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dtype: type
) -> None:
    monkeypatch.setattr(store_module, "SEGMENT_ROWS", 5000)
    given: NDArray[Any] = vectors.astype(dtype)
    blocks = (given[start : start + 700] for start in range(0, ROWS, 700))
    created = VectorStore.create(tmp_path / "v", blocks, DIM, kind="rabitq")
    assert created.segments == ((5000, True), (5000, True), (2000, True))
    built = VectorStore.build(vectors, kind="flat")
    opened = VectorStore.open(tmp_path / "v")
    np.testing.assert_array_equal(opened.floats(slice(None)), built.floats(slice(None)))
    rows = np.array([11_999, 0, 5000, 4999, 5000])
    np.testing.assert_allclose(
        opened.scores(queries[0], rows), built.scores(queries[0], rows), rtol=1e-6
    )
    allowed = _mask(0.5, "in one run")
    for query in queries:
        assert opened.search(query, 10)[0].tolist() == built.search(query, 10)[0].tolist()
        found = opened.search(query, 10, allowed)[0].tolist()
        assert found == built.search(query, 10, allowed)[0].tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_store_answers(tmp_path: Path, kind: Kind) -> None:
    VectorStore.build(np.empty((0, 8), np.float32), kind=kind).save(tmp_path / "v")
    store = VectorStore.open(tmp_path / "v")
    assert (len(store), store.dim) == (0, 8)
    assert len(store.search(np.ones(8, np.float32), 5, None)[0]) == 0
    assert len(store.appended(np.ones((2, 8), np.float32))) == 2


def test_the_single_file_of_an_earlier_version_is_read(vectors: Floats, tmp_path: Path) -> None:
    index = faiss.IndexFlatIP(DIM)
    index.add(vectors)
    faiss.write_index(index, str(tmp_path / "vectors.faiss"))
    store = VectorStore.open(tmp_path / "vectors.faiss")
    assert store.search(vectors[5], 1)[0].tolist() == [5]


# Growth ----------------------------------------------------------------------------------------


def test_a_grown_store_finds_what_one_built_at_once_finds(
    vectors: Floats, queries: Floats, kind: Kind, tmp_path: Path
) -> None:
    path, end = tmp_path / "0" / "v", 5000
    path.parent.mkdir()
    VectorStore.build(vectors[:end], kind=kind).save(path)
    for generation, more in enumerate((30, 1, 500, 30, 6439), start=1):
        grown = VectorStore.open(path).appended(vectors[end : end + more])
        path, end = tmp_path / str(generation) / "v", end + more
        path.parent.mkdir()
        grown.save(path)
    assert end == ROWS
    opened, built = VectorStore.open(path), VectorStore.build(vectors, kind=kind)
    np.testing.assert_array_equal(opened.floats(slice(None)), built.floats(slice(None)))
    dead = _mask(0.97, "at random")
    for allowed in (None, dead, _mask(0.1, "in one run"), _mask(0.001, "at random")):
        for query in queries:
            expected = built.search(query, 10, allowed)[0].tolist()
            assert opened.search(query, 10, allowed)[0].tolist() == expected


def test_growth_links_what_it_keeps(vectors: Floats, kind: Kind, tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    VectorStore.build(vectors, kind=kind).save(tmp_path / "old" / "v")
    before = VectorStore.open(tmp_path / "old" / "v")
    after = before.appended(vectors[:30])
    after.save(tmp_path / "new" / "v")
    assert len(before) == ROWS
    names = {path.name for path in (tmp_path / "old").iterdir()} - {"v"}
    assert names
    for name in names:
        assert (tmp_path / "old" / name).samefile(tmp_path / "new" / name)
    written = sum(
        path.stat().st_size for path in (tmp_path / "new").iterdir() if path.stat().st_nlink == 1
    )
    assert written < 30 * DIM * 2 + 1000


def test_growth_outlives_the_generation_it_grew_from(vectors: Floats, tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    VectorStore.build(vectors, kind="rabitq").save(tmp_path / "old" / "v")
    store = VectorStore.open(tmp_path / "old" / "v")
    for path in (tmp_path / "old").iterdir():
        path.unlink()
    store.appended(vectors[:3]).save(tmp_path / "new" / "v")
    opened = VectorStore.open(tmp_path / "new" / "v")
    assert len(opened) == ROWS + 3
    assert opened.search(vectors[7000], 1)[0].tolist() == [7000]


def test_segments_stay_few_however_often_a_store_grows(vectors: Floats) -> None:
    store = VectorStore.build(vectors[:2000])
    for row in range(2000, 2300):
        store = store.appended(vectors[row : row + 1])
    assert len(store) == 2300
    assert len(store.segments) <= 10
    np.testing.assert_array_equal(store.floats(slice(None)), vectors[:2300].astype(np.float16))


def test_appending_nothing_is_nothing(vectors: Floats) -> None:
    store = VectorStore.build(vectors)
    assert store.appended(vectors[:0]) is store


# Damage ----------------------------------------------------------------------------------------


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def _another_length(path: Path) -> None:
    index = faiss.IndexScalarQuantizer(8, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.add(np.ones((ROWS, 8), np.float32))
    faiss.write_index(index, str(path))


def _another_index(path: Path) -> None:
    index = faiss.IndexFlatIP(DIM)
    index.add(np.ones((4, DIM), np.float32))
    faiss.write_index(index, str(path))


def _no_vectors(path: Path) -> None:
    faiss.write_index(faiss.IndexLSH(8, 8), str(path))


def _another_form(path: Path) -> None:
    path.write_text('{"format": "of tomorrow", "kind": "flat", "dim": 4, "segments": []}')


def _other_rows(path: Path) -> None:
    listed = json.loads(path.read_text())
    listed["segments"][0]["rows"] -= 1
    path.write_text(json.dumps(listed))
    path.with_name(f"v.0-{ROWS - 1}").hardlink_to(path.with_name(f"v.0-{ROWS}"))


DAMAGES: list[tuple[str, str, Damage]] = [
    ("v", "is missing", Path.unlink),
    ("v", "is cut", _cut),
    ("v", "is empty", lambda path: path.write_bytes(b"")),
    ("v", "is of something else", lambda path: path.write_bytes(b"\x80not ours")),
    ("v", "is another list", lambda path: path.write_text("[1]")),
    ("v", "is of another form", _another_form),
    ("v", "is an index of another kind", _no_vectors),
    ("v", "counts other rows", _other_rows),
    (f"v.0-{ROWS}", "is missing", Path.unlink),
    (f"v.0-{ROWS}", "is cut", _cut),
    (f"v.0-{ROWS}", "is empty", lambda path: path.write_bytes(b"")),
    (f"v.0-{ROWS}", "is of something else", lambda path: path.write_bytes(b"not faiss at all")),
    (f"v.0-{ROWS}", "is an index of another kind", _another_index),
    (f"v.0-{ROWS}", "holds vectors of another length", _another_length),
    (f"v.0-{ROWS}.rabitq", "is missing", Path.unlink),
    (f"v.0-{ROWS}.rabitq", "is cut", _cut),
    (f"v.0-{ROWS}.rabitq", "is an index of another kind", _another_index),
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(vectors: Floats, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    VectorStore.build(vectors, kind="rabitq").save(folder / "v")
    return folder


@pytest.mark.parametrize(
    ("name", "damage"), [(n, d) for n, _, d in DAMAGES], ids=[f"{n} {i}" for n, i, _ in DAMAGES]
)
def test_a_damaged_store_is_named_with_what_to_do(
    whole: Path, tmp_path: Path, name: str, damage: Damage
) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    VectorStore.open(tmp_path / "copy" / "v")
    damage(tmp_path / "copy" / name)
    with pytest.raises(IndexDamagedError, match="precedent repair") as caught:
        VectorStore.open(tmp_path / "copy" / "v")
    assert str(tmp_path / "copy" / "v") in caught.value.subject


def test_a_thorough_search_finds_what_lies_apart_from_the_question(
    vectors: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As short questions lie: their best are in no list that is nearer to them than others."""
    monkeypatch.setattr("indexer.vectors.codes._SCANNED_ROWS", 1)
    store = VectorStore.build(vectors, kind="rabitq")
    asked = np.random.default_rng(11).standard_normal((60, DIM)) + 1.0
    asked = np.asarray(asked / np.linalg.norm(asked, axis=1, keepdims=True), np.float32)
    best = np.argsort(-asked @ vectors.T, axis=1)[:, :10]

    def recall(*, thorough: bool, allowed: NDArray[np.bool_] | None = None) -> float:
        found = [store.search(query, 10, allowed, thorough=thorough)[0] for query in asked]
        return float(np.mean([np.isin(b, f).mean() for b, f in zip(best, found, strict=True)]))

    assert recall(thorough=True) >= 0.98
    assert recall(thorough=True) > recall(thorough=False)
    half = np.ones(ROWS, np.bool_)
    half[::2] = False
    best = np.flatnonzero(half)[np.argsort(-asked @ vectors[half].T, axis=1)[:, :10]]
    assert recall(thorough=True, allowed=half) >= 0.98
