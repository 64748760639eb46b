"""An index made with a model of one language: what it does not read is found by its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import SearchRequest, SearchResponse, Signals
from tests.fakes import FakeEncoder, document

ENGLISH, MANY = "bge-small-en-v1.5", "multilingual-e5-small"

DOCUMENTS = [
    document("SAMPLE/1", "Detained lawyers were denied access to counsel of their choice."),
    document("SAMPLE/2", "Prison cells were cold and crowded in winter."),
    document("SAMPLE/3", "Защитника не допускали к задержанным в тюрьме.", language="ru"),
    document(
        "SAMPLE/4", "Les détenus n'avaient pas accès à un avocat de leur choix.", language="fr"
    ),
]


class _Leaning(FakeEncoder):
    """Puts every text beside every other, so that whatever is looked at by meaning is found."""

    def _encode(self, texts):  # type: ignore[no-untyped-def]
        vectors = super()._encode(texts)
        vectors[:, 1] += 5.0
        return vectors / (vectors**2).sum(axis=1, keepdims=True) ** 0.5


def _engine(folder: Path, model: str) -> Engine:
    encoder = _Leaning(model=model)
    build_from_documents(DOCUMENTS, folder, encoder=encoder)
    return Engine(Snapshot.open(folder), encoder)


@pytest.fixture(scope="module", params=[ENGLISH, MANY])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    made = _engine(tmp_path_factory.mktemp("index"), request.param)
    yield made
    made.close()


def _ask(engine: Engine, query: str, signals: Signals = "hybrid") -> SearchResponse:
    return engine.search(SearchRequest(query=query, signals=signals, k=10))


def _model(engine: Engine) -> str:
    return engine.snapshot.manifest.encoder.model


@pytest.mark.parametrize("signals", ["hybrid", "dense"])
@pytest.mark.parametrize(
    "query",
    ["защитник задержанных", "l'accès des détenus à un avocat", "accès à un avocat " * 12],
    ids=["ru", "fr", "pasted"],
)
def test_a_question_the_model_does_not_read_is_matched_by_words(
    engine: Engine, query: str, signals: Signals
) -> None:
    answer = _ask(engine, query, signals)
    said = [warning for warning in answer.warnings if "by words alone" in warning]
    assert bool(said) == (_model(engine) == ENGLISH)
    assert answer.hits
    if _model(engine) == ENGLISH:
        assert MANY in said[0]
        assert {hit.scores.dense for hit in answer.hits} == {None}
        assert "encode" not in answer.took_ms
    else:
        assert {hit.scores.dense for hit in answer.hits} != {None}


@pytest.mark.parametrize("query", ["access to counsel", "non-refoulement", "ne bis in idem"])
def test_a_question_in_english_is_matched_by_meaning_too(engine: Engine, query: str) -> None:
    answer = _ask(engine, query)
    assert answer.warnings == ()
    assert all(hit.scores.dense is not None for hit in answer.hits)


def test_words_alone_are_what_was_asked_for_and_need_no_warning(engine: Engine) -> None:
    assert _ask(engine, "защитник задержанных", "lexical").warnings == ()


@pytest.mark.parametrize("query", ["prison cells", "prison cells in winter were crowded " * 8])
def test_passages_the_model_does_not_read_are_no_answer_by_meaning(
    engine: Engine, query: str
) -> None:
    found = {hit.language for hit in _ask(engine, query).hits}
    assert found == ({"en"} if _model(engine) == ENGLISH else {"en", "fr", "ru"})


def test_they_are_still_found_by_a_name_that_stands_in_them(engine: Engine) -> None:
    assert _ask(engine, "avocat").hits[0].language == "fr"


def test_a_passage_of_another_language_has_likes_by_its_words(tmp_path: Path) -> None:
    engine = _engine(tmp_path / "index", ENGLISH)
    row = next(hit for hit in _ask(engine, "avocat").hits if hit.language == "fr")
    assert any("by words alone" in each for each in engine.similar(row.passage_id).warnings)
    engine.close()


@pytest.mark.parametrize(("model", "said"), [(ENGLISH, True), (MANY, False), ("fake", False)])
def test_indexing_says_which_documents_are_not_read(tmp_path: Path, model: str, said: bool) -> None:
    report = build_from_documents(DOCUMENTS, tmp_path, encoder=FakeEncoder(model=model))
    assert [remark for remark in report.remarks if "(fr 1, ru 1)" in remark] == report.remarks
    assert bool(report.remarks) == said
