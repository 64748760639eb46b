"""The forward index: terms of rows in reading order, grown by segments."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import IndexDamagedError
from indexer.forward import ForwardIndex, TermIds, pair_id, term_ids

LENGTHS = st.lists(st.integers(0, 9), max_size=30)


def _sequences(lengths: list[int], seed: int) -> list[TermIds]:
    chance = np.random.default_rng(seed)
    return [chance.integers(0, 1 << 32, length, dtype=np.uint32) for length in lengths]


def _check(index: ForwardIndex, expected: list[TermIds]) -> None:
    assert len(index) == len(expected)
    chance = np.random.default_rng(7)
    rows = chance.integers(0, max(1, len(expected)), 2 * len(expected)).astype(np.int64)
    flat, offsets = index.terms(rows)
    assert len(offsets) == len(rows) + 1
    for place, row in enumerate(rows):
        assert flat[offsets[place] : offsets[place + 1]].tolist() == expected[row].tolist()
    assert index.lengths(rows).tolist() == [len(expected[row]) for row in rows]
    total = sum(map(len, expected))
    assert index.average_length == pytest.approx(total / len(expected) if expected else 0.0)


@settings(max_examples=30, deadline=None)
@given(batches=st.lists(LENGTHS, min_size=1, max_size=6))
def test_terms_are_those_that_were_added(
    batches: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("forward")
    expected: list[TermIds] = _sequences(batches[0], 0)
    index = ForwardIndex.build(folder / "0", expected)
    for number, lengths in enumerate(batches[1:], 1):
        more = _sequences(lengths, number)
        before, held = index, list(expected)
        index = index.appended(folder / str(number), more)
        expected = expected + more
        _check(before, held)
    _check(index, expected)


def test_few_rows_are_few_bytes_to_write(tmp_path: Path) -> None:
    index = ForwardIndex.build(tmp_path / "a", _sequences([9] * 1000, 1))
    grown = index.appended(tmp_path / "b", _sequences([9] * 5, 2))
    assert grown.segments == (1000, 5)
    new = [p for p in (tmp_path / "b").iterdir() if p.stat().st_nlink == 1]
    assert sum(path.stat().st_size for path in new) < 500


def test_segments_stay_few(tmp_path: Path) -> None:
    index = ForwardIndex.build(tmp_path / "0", _sequences([3] * 200, 0))
    for number in range(1, 41):
        index = index.appended(tmp_path / str(number), _sequences([3] * 3, number))
    assert len(index) == 320
    assert len(index.segments) <= 7


def test_a_row_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    index = ForwardIndex.build(tmp_path, _sequences([2, 2], 0))
    for row in (-1, 2):
        with pytest.raises(IndexError, match="0 to 1"):
            index.terms(np.array([row]))


@pytest.mark.parametrize("name", ["segments.json", "0-2.terms", "0-2.offsets"])
@pytest.mark.parametrize("how", ["missing", "cut short"])
def test_a_damaged_file_is_named(name: str, how: str, tmp_path: Path) -> None:
    ForwardIndex.build(tmp_path, _sequences([2, 2], 0))
    path = tmp_path / name
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(IndexDamagedError, match=name.replace(".", r"\.")):
        ForwardIndex.open(tmp_path)


@pytest.mark.parametrize("bit", [2, 40, 62, 63])
@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_place_that_the_disk_has_turned_is_named(at: int, bit: int, tmp_path: Path) -> None:
    ForwardIndex.build(tmp_path, [term_ids(["a", "b"]), term_ids(["c"]), term_ids(["d"])])
    (path,) = tmp_path.glob("*.offsets")
    places = np.fromfile(path, "<u8")
    places[at] ^= np.uint64(1) << np.uint64(bit)
    places.tofile(path)
    with pytest.raises(IndexDamagedError, match=r"\.offsets: is not as it was written"):
        ForwardIndex.open(tmp_path)


def test_terms_have_one_number_everywhere() -> None:
    ids = term_ids(["state", "parti", "право", "state"])
    assert ids.tolist() == [2744374011, 2485280388, 644982859, 2744374011]


def test_pairs_have_an_order() -> None:
    left, right = term_ids(["human", "right"]), term_ids(["right", "human"])
    pairs = pair_id(left, right)
    assert pairs.dtype == np.uint32
    assert pairs[0] != pairs[1]
    assert pair_id(left[:1], right[:1])[0] == pairs[0]


def test_pairs_of_different_terms_hardly_collide() -> None:
    ids = term_ids([f"term{n}" for n in range(500)])
    left, right = np.repeat(ids, 500), np.tile(ids, 500)
    # 250,000 of 4.3 × 10⁹: about seven collisions are to be expected.
    assert len(np.unique(pair_id(left, right))) > 250_000 - 30
