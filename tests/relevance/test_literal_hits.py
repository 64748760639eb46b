"""A paragraph that has what was asked for, letter by letter, stands above one that has nothing.

What is asked for here is rare and means one thing: a practice with its own name, an instrument, a
symbol. A paragraph without a single word of it can be near in meaning, and often only seems to be;
it may follow, and not come between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from search_api.engine import Engine
from search_api.schemas import Hit, SearchRequest

DEPTH = 30


@dataclass(frozen=True)
class Literal:
    """Something rare that is asked for by name.

    Attributes:
        name: what it is.
        query: as typed.
        text: what stands in a literal hit, in any case.
        least: literal hits there are at least in the index, so that the test can fail.
    """

    name: str
    query: str
    text: str
    least: int


LITERALS = [
    Literal("a practice with its own name", "shackling", "shackling", 1),
    Literal("a group with its own name", "albinism", "albinism", 2),
    Literal("a word of law", "incommunicado", "incommunicado", 20),
    Literal("a word of policy", "homeschooling", "homeschooling", 1),
    Literal("an instrument", "Mandela Rules", "Mandela Rules", 5),
    Literal("an older instrument", "Beijing Rules", "Beijing Rules", 5),
    Literal("a quoted phrase", '"Istanbul Protocol" training', "Istanbul Protocol", 3),
    Literal(
        "a phrase in typographic marks", "„diplomatic assurances“", "diplomatic assurances", 20
    ),
    Literal("a symbol that is mentioned", '"A/HRC/13/39"', "A/HRC/13/39", 5),
    Literal("a symbol that is only mentioned", "A/HRC/13/39/Add.5", "A/HRC/13/39/Add.5", 1),
]


def _matches(hit: Hit) -> bool:
    return any(mark.kind in ("word", "phrase") for mark in hit.highlights)


@pytest.mark.real
@pytest.mark.model
@pytest.mark.parametrize("literal", LITERALS, ids=lambda literal: literal.name)
def test_a_literal_hit_is_never_below_one_without_a_word_of_it(
    literal: Literal, engine: Engine
) -> None:
    hits = engine.search(SearchRequest(query=literal.query, k=DEPTH)).hits
    named = re.compile(rf"(?<!\w){re.escape(literal.text)}(?!\w)", re.IGNORECASE)
    literal_ranks = [hit.rank for hit in hits if named.search(" ".join(hit.text.split()))]
    assert len(literal_ranks) >= literal.least
    between = [
        f"{hit.rank}. {hit.citation} (words {hit.scores.lexical}, meaning {hit.scores.dense})"
        for hit in hits
        if hit.rank < max(literal_ranks) and not _matches(hit)
    ]
    assert not between, (
        f"{literal.query!r}: literal hits at {literal_ranks}, above them without a word: {between}"
    )


@pytest.mark.real
@pytest.mark.model
def test_quotation_marks_of_every_kind_find_the_same(engine: Engine) -> None:
    found = {
        tuple(hit.passage_id for hit in engine.search(SearchRequest(query=query, k=DEPTH)).hits)
        for query in (
            '"places of detention" visits',
            "“places of detention” visits",
            "„places of detention“ visits",
            "«places of detention» visits",
            "‘places of detention’ visits",
        )
    }
    assert len(found) == 1
    assert found != {()}


@pytest.mark.real
@pytest.mark.model
@pytest.mark.parametrize(
    ("query", "symbol"),
    [
        ("country:Belarus moratorium on executions", "A/HRC/15/16"),
        ("country:Беларусь moratorium on executions", "A/HRC/15/16"),
        ("A/66/268 juveniles", "A/66/268"),
        ("juveniles https://undocs.org/A/66/268", "A/66/268"),
        ("body:CCPR year:2007 fair trial", "CCPR/C/GC/32"),
    ],
)
def test_filters_of_the_query_hold_for_every_hit(engine: Engine, query: str, symbol: str) -> None:
    hits = engine.search(SearchRequest(query=query, k=DEPTH)).hits
    assert hits
    assert {hit.symbol for hit in hits} == {symbol}


@pytest.mark.real
@pytest.mark.model
def test_what_is_excluded_is_nowhere(engine: Engine) -> None:
    hits = engine.search(
        SearchRequest(query='solitary confinement -juveniles -"death row" -country:BLR', k=200)
    ).hits
    assert hits
    for hit in hits:
        assert not re.search(r"\bjuveniles\b|\bdeath row\b", hit.text, re.IGNORECASE), hit.citation
        assert "BLR" not in hit.country
