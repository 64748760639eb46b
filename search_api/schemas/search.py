"""The answer to a search."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.contract import Contract
from search_api.schemas.documents import Facets
from search_api.schemas.passages import Double, Passage
from search_api.schemas.waysout import QuotedPhrase, Removed, Suggestion

__all__ = [
    "Highlight",
    "Hit",
    "HitGroup",
    "ReadAs",
    "ReadFilter",
    "Scores",
    "SearchResponse",
    "Sentence",
    "Sorted",
    "Span",
    "Why",
]


class Span(Contract):
    """A part of a hit's text, as character offsets into `text`."""

    start: int = Field(description="First character.", examples=[14])
    end: int = Field(description="One past the last character.", examples=[20])


class Highlight(Span):
    """A part of a hit's text that the query matches."""

    kind: Literal["word", "phrase", "sentence"] = Field(
        description="A query word, a quoted phrase, or the sentence nearest in meaning.",
        examples=["word"],
    )


class Sentence(Span):
    """The sentence of a hit that is nearest to the query in meaning."""

    score: float = Field(
        description="Cosine of sentence and query, taken as `scores.dense` is.", examples=[0.52]
    )


class Why(Contract):
    """Why a passage is among the hits, beside its scores."""

    words: tuple[str, ...] = Field(
        (),
        description="Words of the query as the passage has them, in whatever form.",
        examples=[["detainees", "lawyer"]],
    )
    phrases: tuple[str, ...] = Field(
        (), description="Quoted phrases that stand in it.", examples=[["in absentia"]]
    )
    run: Span | None = Field(
        None,
        description=(
            "The longest run of words in common, of three or more; looked for with `explain`."
        ),
    )
    sentence: Sentence | None = Field(
        None,
        description=(
            "The sentence nearest in meaning; looked for with `explain`, and where a hit has no "
            "word of the query."
        ),
    )


class Scores(Contract):
    """Score of each signal; higher is better. None where the signal did not score the passage."""

    fused: float = Field(description="What the ranking is by, 0 to 1.", examples=[0.81])
    lexical: float | None = Field(
        None, description="BM25 of the words of text, title and headings.", examples=[17.3]
    )
    dense: float | None = Field(
        None,
        description=(
            "Cosine of text and query, without what is common to all texts of their languages."
        ),
        examples=[0.47],
    )
    quoted_words: int | None = Field(
        None,
        description="Words in a row that text and query have in common, at most.",
        examples=[6],
    )
    rerank: float | None = Field(
        None,
        description="Of a cross-encoder that read question and text together, about -11 to 11.",
        examples=[7.4],
    )


class Hit(Passage):
    """A passage that answers, with its place and the reason for it."""

    rank: int = Field(description="From 1, best first.", examples=[1])
    score: float = Field(description="Equal to `scores.fused`.", examples=[0.81])
    scores: Scores = Field(description="Score of each signal.")
    highlights: tuple[Highlight, ...] = Field(
        (), description="Matched parts of `text`, by start, not overlapping."
    )
    why: Why | None = Field(
        None, description="The reasons in words; None where highlights were not asked for."
    )
    also_in: tuple[Double, ...] = Field(
        (),
        description=(
            "Passages that say the same in linked documents (a draft, a superseded text, another "
            "name of it), which are not shown for it."
        ),
    )


class HitGroup(Contract):
    """A document among the answers, with its best passages, best first."""

    rank: int = Field(description="From 1, best first.", examples=[1])
    document_id: str = Field(description="Key of the document.", examples=["A_HRC_15_16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/16"])
    title: str | None = Field(description="Document title.")
    score: float = Field(
        description="Of its three best passages, the best of which counts most.", examples=[0.81]
    )
    hits: tuple[Hit, ...] = Field(description="Its passages among the answers, best first.")


class ReadFilter(Contract):
    """A filter that stood in the query."""

    field: str = Field(description="Facet, or year.", examples=["country"])
    values: tuple[str, ...] = Field(
        description="Alternatives, as the index has them; years as spans.",
        examples=[["BLR"]],
    )
    excluded: bool = Field(False, description="Whether what has one of the values is left out.")


class ReadAs(Contract):
    """What a query was read as: its words, and its operators where it had some."""

    words: str = Field(
        "", description="Matched by words and by meaning.", examples=["access to counsel"]
    )
    phrases: tuple[str, ...] = Field(
        (),
        description="Must stand in the paragraph, word for word.",
        examples=[["in absentia"]],
    )
    excluded: tuple[str, ...] = Field(
        (),
        description="Must not stand in it.",
        examples=[["military"]],
    )
    filters: tuple[ReadFilter, ...] = Field((), description="What the documents must be.")
    symbol: str | None = Field(
        None, description="A document that was asked for.", examples=["A/HRC/15/16"]
    )
    paragraphs: tuple[str, ...] = Field(
        (),
        description="Paragraphs of it that were asked for.",
        examples=[["12", "13"]],
    )


class Sorted(Contract):
    """What an order other than that of relevance was made of."""

    sort: Literal["newest", "oldest", "authority"] = Field(description="As asked.")
    near: int = Field(description="Passages that are near enough to the query.", examples=[236])
    candidates: int = Field(description="Passages that were ranked.", examples=[415])
    least_share: float | None = Field(
        None,
        description=(
            "Share of the best score from which a passage is near enough; the best 20 are in any "
            "case. None where all candidates are: they have the quoted words, or were asked for by "
            "name."
        ),
        examples=[0.5],
    )


class SearchResponse(Contract):
    """The answer to a `SearchRequest`."""

    query: str = Field(description="As asked.")
    interpretation: Literal["words", "symbol", "citation", "empty"] = Field(
        description="How the query was read.", examples=["words"]
    )
    read_as: ReadAs = Field(
        default_factory=ReadAs, description="The query as it was read, operators apart from words."
    )
    warnings: tuple[str, ...] = Field((), description="What was read otherwise than written.")
    total: int = Field(
        description=(
            "Candidates ranked, or documents where grouped; those past `offset + k` are on later "
            "pages. In another order than that of relevance: those near enough."
        ),
        examples=[200],
    )
    allowed: int = Field(
        description="Passages the filters allow, before ranking.", examples=[15702]
    )
    k: int = Field(description="As asked.", examples=[10])
    offset: int = Field(description="Of the first hit.", examples=[0])
    next_cursor: str | None = Field(None, description="For the next page; None on the last.")
    hits: tuple[Hit, ...] = Field((), description="Best first; empty when grouped.")
    groups: tuple[HitGroup, ...] = Field((), description="Best first; empty unless grouped.")
    took_ms: dict[str, float] = Field(
        default_factory=dict, description="Milliseconds by stage.", examples=[{"encode": 4.1}]
    )
    facets: Facets | None = Field(
        None, description="Counts among the candidates; None where they were not asked for."
    )
    sorted_by: Sorted | None = Field(
        None, description="What the hits were chosen from; None where they are by relevance."
    )
    suggestions: tuple[Suggestion, ...] = Field(
        (), description="Other questions, where the query names what is not here; likest first."
    )
    removed: tuple[Removed, ...] = Field(
        (),
        description=(
            "Where nothing was found: what there is without each part of the search, the nearest "
            "way out first."
        ),
    )
    quoted: tuple[QuotedPhrase, ...] = Field(
        (), description="Where nothing was found: how many passages each quoted phrase stands in."
    )
