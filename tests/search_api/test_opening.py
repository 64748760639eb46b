"""Opening the real engine again and again: the model is read once, unless it is another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import IndexMismatchError, NoIndexError, QueryError
from indexer.build import build_from_documents
from indexer.encoder import Vectors
from search_api.engine import Engine
from search_api.openers import IndexOpener
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder, FakeReranker, document


class Models:
    """Stands for the installed models: hands out an encoder and counts."""

    def __init__(self) -> None:
        self.encoder = FakeEncoder()
        self.opened: list[str] = []

    def open(self, name: str, _folder: Path, *, int8: bool) -> FakeEncoder:
        self.opened.append(f"{name} in 8 bits" if int8 else name)
        return self.encoder


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Models:
    made = Models()
    monkeypatch.setattr("indexer.encoder.open_encoder", made.open)
    return made


def _publish(index_dir: Path, encoder: FakeEncoder, *texts: str) -> None:
    build_from_documents([document("SAMPLE/2022/SR/1", *texts)], index_dir, encoder=encoder)


def test_the_next_generation_is_opened_with_the_model_at_hand(
    tmp_path: Path, models: Models
) -> None:
    _publish(tmp_path, models.encoder, "Counsel was refused.")
    opener = IndexOpener(tmp_path, None)
    first = opener.open()
    _publish(tmp_path, models.encoder, "Counsel was refused.", "Prisons were crowded.")
    second = opener.open()
    assert (first.generation, second.generation) == (1, 2)
    assert second.search(SearchRequest(query="crowded prisons")).hits[0].number == "2"
    assert models.opened == ["fake"]
    first.close()
    second.close()


def test_a_question_asked_again_after_a_publication_is_not_encoded_again(
    tmp_path: Path, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(tmp_path, models.encoder, "Counsel was refused.")
    opener = IndexOpener(tmp_path, None)
    encoded: list[str] = []
    plain = models.encoder.encode_queries

    def encode_queries(texts: Sequence[str]) -> Vectors:
        encoded.extend(texts)
        return plain(texts)

    monkeypatch.setattr(models.encoder, "encode_queries", encode_queries)
    for _ in range(2):
        engine = opener.open()
        engine.search(SearchRequest(query="counsel"))
        engine.close()
    assert encoded == ["counsel"]


def test_another_model_takes_the_place_of_the_one_at_hand(tmp_path: Path, models: Models) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    _publish(one, models.encoder, "Counsel was refused.")
    opener = IndexOpener(one, None)
    opener.open().close()
    models.encoder = FakeEncoder(digest="e" * 64)
    _publish(other, models.encoder, "Counsel was refused.")
    one.rename(tmp_path / "gone")
    other.rename(one)
    opener.open().close()
    assert models.opened == ["fake", "fake"]


def test_an_index_in_8_bits_is_asked_in_8_bits(tmp_path: Path, models: Models) -> None:
    models.encoder = FakeEncoder(digest="f" * 64 + "-int8", precision="int8")
    _publish(tmp_path, models.encoder, "Counsel was refused.")
    engine = IndexOpener(tmp_path, None).open()
    assert models.opened == ["fake in 8 bits"]
    assert engine.info().model.precision == "int8"
    engine.close()


def test_the_engine_opens_the_encoder_of_its_index(
    tmp_path: Path, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_api.engine.open_encoder", models.open)
    for precision, digest in (("f32", "f" * 64), ("int8", "f" * 64 + "-int8")):
        models.encoder = FakeEncoder(digest=digest, precision=precision)
        _publish(tmp_path / precision, models.encoder, "Counsel was refused.")
        Engine.open(tmp_path / precision, models_dir=tmp_path).close()
    assert models.opened == ["fake", "fake in 8 bits"]


def test_vectors_in_8_bits_are_not_compared_with_others(tmp_path: Path, models: Models) -> None:
    _publish(tmp_path, FakeEncoder(digest="f" * 64 + "-int8", precision="int8"), "Counsel.")
    with pytest.raises(IndexMismatchError, match=r"fake \(f+\) in 8 bits, .* is fake \(f+\);"):
        IndexOpener(tmp_path, None).open()


def test_an_index_of_a_model_that_is_not_installed_is_refused_and_can_be_tried_again(
    tmp_path: Path, models: Models
) -> None:
    _publish(tmp_path, FakeEncoder(digest="e" * 64), "Counsel was refused.")
    opener = IndexOpener(tmp_path, None)
    with pytest.raises(IndexMismatchError, match="made with model fake"):
        opener.open()
    models.encoder = FakeEncoder(digest="e" * 64)
    opener.open().close()


def test_where_nothing_is_published_no_model_is_read(tmp_path: Path, models: Models) -> None:
    opener = IndexOpener(tmp_path, None)
    assert opener.published() is None
    with pytest.raises(NoIndexError):
        opener.open()
    assert models.opened == []


def test_what_reranks_and_what_it_read_outlive_a_generation(
    tmp_path: Path, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[FakeReranker] = []

    def lazy(_folder: Path) -> FakeReranker:
        made.append(FakeReranker({"crowded": 9.0}))
        return made[-1]

    monkeypatch.setattr("indexer.reranker.LazyReranker", lazy)
    opener = IndexOpener(tmp_path, None)
    texts = ("Prisons were cold.", "Prisons were crowded.", "Prisons were closed.")
    for count in (2, 3):
        _publish(tmp_path, models.encoder, *texts[:count])
        engine = opener.open()
        asked = SearchRequest(query="what were prisons like", rerank=True)
        read = {hit.text: hit.scores.rerank for hit in engine.search(asked).hits}
        assert read == {text: 9.0 if "crowded" in text else -5.0 for text in texts[:count]}
        engine.close()
    assert [read for _, read in made[0].asked[1:]] == [[texts[2]]], "a pair was read twice"
    assert len(made) == 1


def test_reranking_with_nothing_installed_is_refused(tmp_path: Path, models: Models) -> None:
    _publish(tmp_path / "index", models.encoder, "Counsel was refused.")
    engine = IndexOpener(tmp_path / "index", tmp_path / "models").open()
    with pytest.raises(QueryError, match="precedent models pull ms-marco"):
        engine.search(SearchRequest(query="counsel", rerank=True))
    assert engine.info().reranker is None
    engine.close()
