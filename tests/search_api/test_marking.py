"""Why passages answer: words, phrases, runs, and the sentence nearest in meaning."""

from __future__ import annotations

import pytest

from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.highlights import Highlighter
from search_api.marking import EXPLAINED_HITS, Marker
from search_api.nearest import NearestSentence, Shown
from search_api.ranking import Meaning
from search_api.runs import longest_run
from search_api.schemas import Span
from tests.fakes import FakeEncoder, document

TEXT = "Cells were cold. Journalists left the country. Rain fell."
COLD, LEFT, RAIN = (0, 16), (17, 46), (47, 57)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    index_dir = tmp_path_factory.mktemp("index")
    filler = [f"Filler of number {n}." for n in range(9)]
    made = document("SAMPLE/2022/SR/1", TEXT, *filler)
    build_from_documents([made], index_dir, encoder=FakeEncoder())
    return Snapshot.open(index_dir)


def marker(
    snapshot: Snapshot, encoder: FakeEncoder, words: str, *, explain: bool = False
) -> Marker:
    """Ask for one thing by meaning and for another by words, as if in another language."""
    vectors = encoder.encode_queries(["journalists left the country"])
    nearest = NearestSentence(snapshot, encoder, Meaning(vectors, vectors, None))
    highlighter = Highlighter(words, (), snapshot.lexical)
    return Marker(highlighter, words, nearest, explain)


def test_where_no_word_is_in_common_the_nearest_sentence_is_marked(snapshot: Snapshot) -> None:
    encoder = FakeEncoder()
    (marked,) = marker(snapshot, encoder, "unrelated").mark([Shown(0, TEXT, "en")])
    assert [(m.start, m.end, m.kind) for m in marked.highlights] == [(*LEFT, "sentence")]
    assert marked.why is not None
    assert marked.why.sentence is not None
    assert (marked.why.sentence.start, marked.why.sentence.end) == LEFT
    assert 0 < marked.why.sentence.score <= 1
    assert marked.why.words == ()


def test_the_only_sentence_of_a_passage_is_neither_marked_nor_encoded(snapshot: Snapshot) -> None:
    encoder = FakeEncoder()
    asked = marker(snapshot, encoder, "unrelated")
    before = encoder.embedded
    (marked,) = asked.mark([Shown(0, TEXT[:16], "en")])
    assert marked.highlights == ()
    assert encoder.embedded == before


def test_words_in_common_are_named_and_no_sentence_is_encoded(snapshot: Snapshot) -> None:
    encoder = FakeEncoder()
    asked = marker(snapshot, encoder, "rain")
    before = encoder.embedded
    (marked,) = asked.mark([Shown(0, TEXT + " RAIN again.", "en")])
    assert {m.kind for m in marked.highlights} == {"word"}
    assert marked.why is not None
    assert (marked.why.words, marked.why.sentence, marked.why.run) == (("Rain",), None, None)
    assert encoder.embedded == before


def test_asked_to_explain_words_stay_marked_and_the_sentence_is_named(snapshot: Snapshot) -> None:
    asked = marker(snapshot, FakeEncoder(), "were the cells cold", explain=True)
    first, second = asked.mark([Shown(0, TEXT, "en"), Shown(1, "Rain fell.", "en")])
    assert {m.kind for m in first.highlights} == {"word"}
    assert first.why is not None
    assert first.why.sentence is not None
    assert (first.why.sentence.start, first.why.sentence.end) == LEFT
    assert second.highlights == ()
    assert second.why is not None
    assert second.why.sentence is not None
    assert (second.why.sentence.start, second.why.sentence.end) == (0, 10)


def test_a_passage_without_a_word_has_no_sentence(snapshot: Snapshot) -> None:
    (marked,) = marker(snapshot, FakeEncoder(), "x", explain=True).mark([Shown(0, "", "en")])
    assert marked.why is not None
    assert marked.why.sentence is None


@pytest.mark.parametrize(
    ("query", "text", "run"),
    [
        ("access to a lawyer of choice", "ACCESS to a lawyer, of old", "ACCESS to a lawyer, of"),
        ("access to counsel", "access to a lawyer", None),
        ("被拘留者有权", "所有被拘留者均", "被拘留者"),
        ("", "access to a lawyer", None),
        ("the detainee’s own lawyer", "The detainee's own view", "The detainee's own"),
    ],
)  # fmt: skip
def test_the_longest_run_in_common(query: str, text: str, run: str | None) -> None:
    found = longest_run(query, text)
    assert (None if found is None else text[found.start : found.end]) == run
    assert found is None or isinstance(found, Span)


def test_no_more_hits_are_explained_than_an_answer_may_take(snapshot: Snapshot) -> None:
    """Each costs encoding its sentences: hundreds of hits would keep a thread for many seconds."""
    encoder = FakeEncoder()
    shown = [Shown(0, TEXT, "en")] * (EXPLAINED_HITS + 5)
    marked = marker(snapshot, encoder, "were the cells cold", explain=True).mark(shown)
    told = [each.why is not None and each.why.sentence is not None for each in marked]
    assert told == [True] * EXPLAINED_HITS + [False] * 5
    assert all(each.why is not None and each.why.words for each in marked)
