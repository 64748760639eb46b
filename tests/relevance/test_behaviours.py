"""Search finds what an advocate must find; where it does not, the failure says where it ranked."""

from __future__ import annotations

import pytest

from search_api.engine import Engine
from search_api.schemas import Hit, SearchRequest
from tests.relevance.behaviours import BEHAVIOURS, Behaviour

DIAGNOSIS_DEPTH = 200


def _is_in(hit: Hit, paragraphs: dict[str, set[str]]) -> bool:
    return hit.number in paragraphs.get(hit.symbol or "", ())


def _diagnosis(behaviour: Behaviour, hits: tuple[Hit, ...]) -> str:
    ranked = [
        f"{hit.citation} ranked {hit.rank}" for hit in hits if _is_in(hit, behaviour.expected)
    ]
    lines = [f"{behaviour.name}: {behaviour.query!r}, k={behaviour.k}"]
    lines += ranked[:5] or [f"no expected paragraph among the first {DIAGNOSIS_DEPTH}"]
    for hit in hits[: behaviour.k]:
        scores = f"words {hit.scores.lexical}, meaning {hit.scores.dense}"
        lines.append(f"  {hit.rank}. {hit.score:.3f} {hit.citation} ({scores}): {hit.text[:70]}")
    return "\n".join(lines)


@pytest.mark.real
@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_behaviour(behaviour: Behaviour, engine: Engine) -> None:
    request = SearchRequest(query=behaviour.query, k=DIAGNOSIS_DEPTH, filters=behaviour.filters)
    hits = engine.search(request).hits
    first = next((hit.rank for hit in hits if _is_in(hit, behaviour.expected)), DIAGNOSIS_DEPTH + 1)
    above = [hit.citation for hit in hits[: first - 1] if _is_in(hit, behaviour.forbidden)]
    assert first <= behaviour.k, _diagnosis(behaviour, hits)
    assert not above, f"{above} above the answer\n{_diagnosis(behaviour, hits)}"


@pytest.mark.real
@pytest.mark.model
def test_there_are_at_least_twenty_behaviours_and_every_answer_is_indexed(engine: Engine) -> None:
    assert len(BEHAVIOURS) >= 20
    for behaviour in BEHAVIOURS:
        for symbol, numbers in behaviour.expected.items():
            held = engine.document(symbol).contents
            assert numbers & {passage.number for passage in held}, (behaviour.name, symbol)
