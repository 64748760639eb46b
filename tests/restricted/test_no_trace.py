"""Who may not see a restricted document finds no trace of it, by any operation.

A corpus of which documents are restricted is served beside the same corpus without them, and every
operation that tells something is asked the same of both: the answers are the same bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.restricted.asking import CHANGING, DOCUMENT, answers_of, requests_for
from tests.restricted.world import SCOPES, Record, index, jsonl, service

PUBLIC_WORDS = ("lawyer", "water", "detention", "witnesses", "court")
SECRETS = {"alpha": "zebrafinch", "beta": "quaggaherd"}

OTHERS: tuple[str | None, ...] = (None, "", "restricted:gamma", "restricted:alpha-beta admin")
"""Scopes of callers who may see none of it: no key, one without, with others, with nearly the
same."""

_TEXT = st.lists(st.sampled_from(PUBLIC_WORDS), min_size=3, max_size=9).map(" ".join)


@st.composite
def corpora(draw: st.DrawFn) -> list[Record]:
    """Draw public and restricted documents, some of them of one symbol, or with the same words."""
    public = [
        Record(f"A/HRC/{90 + number}/1", tuple(draw(st.lists(_TEXT, min_size=1, max_size=3))))
        for number in range(draw(st.integers(2, 4)))
    ]
    made = list(public)
    for name, secret in SECRETS.items():
        for number in range(draw(st.integers(1, 2))):
            texts = [f"{draw(_TEXT)} {secret}", *draw(st.lists(_TEXT, max_size=2))]
            twin = draw(st.sampled_from([None, *public]))
            if twin is not None:  # a text that a public document has as well
                texts += twin.texts
            symbol = twin.symbol if twin and draw(st.booleans()) else f"A/HRC/7{number}/{name[0]}"
            symbol = symbol.replace("/a", "/1").replace("/b", "/2")
            symbol += draw(st.sampled_from(["", "/Rev.1", "/Corr.1"]))
            made.append(Record(symbol, tuple(texts), name))
    return made


def _built(folder: Path, records: list[Record], left_out: set[str]) -> Path:
    """Index a corpus in three runs, as it grows: public, then restricted, then public again."""
    shutil.rmtree(folder, ignore_errors=True)
    public = [record for record in records if record.restricted is None]
    own = jsonl(folder / "own" / "first.jsonl", public[:1])
    index(own, folder / "index")
    for name in sorted(SECRETS.keys() - left_out):
        held = [Record(each.symbol, each.texts) for each in records if each.restricted == name]
        index(jsonl(folder / name / f"{name}.jsonl", held), folder / "index", restricted=name)
    index(jsonl(folder / "own" / "second.jsonl", public[1:]), folder / "index")
    return folder / "index"


@contextmanager
def _served(*indexes: Path, **given: Any) -> Iterator[list[TestClient]]:
    with ExitStack() as stack:
        yield [stack.enter_context(TestClient(service(each, **given))) for each in indexes]


def _asked(records: list[Record]) -> list[tuple[str, tuple[str, str, dict[str, Any] | None]]]:
    words = [*SECRETS.values(), PUBLIC_WORDS[0]]
    restricted = [record for record in records if record.restricted]
    documents = [f"{restricted[0].symbol}", *{_id(each) for each in (records[0], *restricted[-1:])}]
    passages = [f"{_id(each)}:1" for each in (records[0], records[1], *restricted[-1:])]
    return list(requests_for(words, passages, documents))


def _id(record: Record) -> str:
    mark = f"@{record.restricted}" if record.restricted else ""
    return f"{record.symbol.replace('/', '_')}{mark}:en"


def _headers(scopes: str | None) -> dict[str, str]:
    """Return the headers of a caller; the id of a request is its own, and so is given."""
    asked = {"X-Request-ID": "asked"}
    return asked if scopes is None else {**asked, SCOPES: scopes}


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # to shrink a corpus takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=corpora())
def test_no_caller_finds_a_trace_of_what_he_may_not_see(
    tmp_path: Path, records: list[Record]
) -> None:
    """Also of one collection, for who may see the other."""
    everything = _built(tmp_path / "with", records, set())
    without = _built(tmp_path / "sans", records, set(SECRETS))
    only_beta = _built(tmp_path / "only", records, {"alpha"})
    with _served(everything, without, only_beta) as (full, bare, beta):
        seen = set()
        for operation, (method, address, body) in _asked(records):
            for number, scopes in enumerate([*OTHERS, "restricted:beta"]):
                if number in (1, 2, 3) and method != "get" and operation != "search":
                    continue  # they are of the same view: spared for time
                other = beta if scopes == "restricted:beta" else bare
                one = full.request(method, address, json=body, headers=_headers(scopes))
                two = other.request(method, address, json=body, headers=_headers(scopes))
                assert answers_of(one) == answers_of(two), (operation, address, body, scopes)
                assert one.status_code < 500, (operation, address, one.text)
                assert one.status_code != 403, (operation, address)
                hidden = [SECRETS["alpha"]] if scopes == "restricted:beta" else SECRETS.values()
                for word in hidden:
                    asked = f"{address} {body}"
                    if word not in asked:
                        assert word not in one.text + str(one.headers), (operation, address)
                if one.status_code == 200:
                    seen.add(operation)
        unanswered = {"job", "job_events", "entries", "collection", "collection_file",
                      "saved_search", "search_changes", "page_image", "original"}  # fmt: skip
        assert seen >= _telling() - unanswered, _telling() - unanswered - seen
        scoped = {"restricted:alpha": "zebrafinch", "restricted:beta": "quaggaherd"}
        for scopes, word in scoped.items():
            found = full.post("/v1/search", json={"query": word}, headers=_headers(scopes)).json()
            assert any(word in hit["text"] for hit in found["hits"]), "who may see it finds it"


def _telling() -> set[str]:
    return {
        operation["operationId"]
        for operations in DOCUMENT["paths"].values()
        for operation in operations.values()
    } - CHANGING


def test_every_operation_is_asked_or_changes_something() -> None:
    records = [Record("A/HRC/90/1", ("water",)), Record("A/HRC/91/1", ("court",)),
               Record("A/HRC/70/1", ("zebrafinch",), "alpha")]  # fmt: skip
    assert {operation for operation, _ in _asked(records)} == _telling()


def test_as_many_rows_are_ranked_for_who_may_not_see_them_as_if_they_were_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time tells nothing, as the work is the same: it is counted, not timed."""
    from indexer.vectors import VectorStore

    scanned: list[int] = []
    for name in ("search_many", "scores_many", "scores"):
        work = getattr(VectorStore, name)

        def counted(self: VectorStore, *given: Any, work: Any = work, **named: Any) -> Any:
            scanned.append(len(self))
            return work(self, *given, **named)

        monkeypatch.setattr(VectorStore, name, counted)
    records = [Record(f"A/HRC/9{n}/1", ("water of the court",)) for n in range(3)]
    records += [Record(f"A/HRC/7{n}/1", ("water of the zebrafinch",), "alpha") for n in range(3)]
    everything = _built(tmp_path / "with", records, {"beta"})
    without = _built(tmp_path / "sans", records, set(SECRETS))
    counts = []
    with _served(everything, without) as clients:
        for client in clients:  # each searches once by itself as it starts
            client.post("/v1/search", json={"query": "court"})
        for client in clients:
            scanned.clear()
            client.post("/v1/search", json={"query": "water zebrafinch"})
            counts.append(list(scanned))
        scanned.clear()
        clients[0].post("/v1/search", json={"query": "water"}, headers=_headers("restricted:alpha"))
    assert counts[0] == counts[1] != []
    assert scanned
    assert scanned[-1] == 6, "and who may see them has them ranked"
