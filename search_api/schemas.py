"""The contract of the API: what goes in and comes out, for HTTP, the page and the command line.

The engine answers in these same classes, so a hit is one class from index to screen. Everything is
frozen; nothing here imports more than pydantic, so that a client can use it without the engine.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "MAX_K",
    "MAX_QUERY_CHARACTERS",
    "Document",
    "DocumentList",
    "DocumentSummary",
    "FacetValue",
    "Facets",
    "Filters",
    "Highlight",
    "Hit",
    "HitGroup",
    "Info",
    "ModelInfo",
    "Neighbours",
    "Passage",
    "Problem",
    "Readiness",
    "Scores",
    "SearchRequest",
    "SearchResponse",
    "Signals",
]

MAX_QUERY_CHARACTERS = 20_000
"""A pasted page is about 3,000 characters; past 20,000 a text is a document, not a query."""

MAX_K = 200
"""Hits in one answer; further ones by `offset` or `cursor`."""

Signals = Literal["lexical", "dense", "hybrid"]


class Contract(BaseModel):
    """Base of every schema: frozen, and unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Filters(Contract):
    """What a hit must be. Values of one facet are alternatives; facets are conjoined."""

    kind: tuple[str, ...] = Field(
        (), description="Document kinds.", examples=[["resolution", "special-rapporteur-report"]]
    )
    body: tuple[str, ...] = Field(
        (), description="Organs, treaty bodies or mandates.", examples=[["Human Rights Council"]]
    )
    country: tuple[str, ...] = Field(
        (), description="Countries concerned, ISO 3166-1 alpha-3.", examples=[["BLR"]]
    )
    language: tuple[str, ...] = Field(
        (), description="Languages of the text, ISO 639-1.", examples=[["en", "ru"]]
    )
    symbol: tuple[str, ...] = Field(
        (),
        description="Document symbols, for a search inside given documents.",
        examples=[["A/HRC/15/16"]],
    )
    year_from: int | None = Field(
        None, ge=1900, le=2100, description="Earliest year, inclusive.", examples=[2019]
    )
    year_to: int | None = Field(
        None, ge=1900, le=2100, description="Latest year, inclusive.", examples=[2024]
    )


class SearchRequest(Contract):
    """A question, a pasted paragraph, a symbol or a citation, with what its hits must be."""

    query: str = Field(
        max_length=MAX_QUERY_CHARACTERS,
        description=(
            'Plain words or a pasted paragraph. In short queries "quoted words" must stand in the '
            "paragraph as quoted, and -word excludes. A symbol, or a symbol with a paragraph "
            "number, goes straight to it."
        ),
        examples=["access of detainees to a lawyer of their choice"],
    )
    k: int = Field(10, ge=1, le=MAX_K, description="How many hits to return.", examples=[10])
    offset: int = Field(0, ge=0, le=1000, description="How many hits to pass over.", examples=[0])
    cursor: str | None = Field(
        None,
        description="`next_cursor` of an earlier answer; takes the place of `offset`.",
        examples=[None],
    )
    filters: Filters = Field(default_factory=Filters, description="What a hit must be.")
    group_by_document: bool = Field(
        False, description="Return each document once, with its best passages inside."
    )
    highlights: bool = Field(True, description="Mark the matched parts of each hit.")
    signals: Signals = Field(
        "hybrid",
        description="Rank by words (lexical), by meaning (dense), or by both (hybrid).",
    )


class Highlight(Contract):
    """A part of a hit's text that the query matches, as character offsets into `text`."""

    start: int = Field(description="First character.", examples=[14])
    end: int = Field(description="One past the last character.", examples=[20])
    kind: Literal["word", "phrase", "sentence"] = Field(
        description="A query word, a quoted phrase, or the sentence nearest in meaning.",
        examples=["word"],
    )


class Scores(Contract):
    """Score of each signal; higher is better. None where the signal did not score the passage."""

    fused: float = Field(description="What the ranking is by, 0 to 1.", examples=[0.81])
    lexical: float | None = Field(None, description="BM25.", examples=[17.3])
    dense: float | None = Field(None, description="Cosine similarity.", examples=[0.87])


class Passage(Contract):
    """A numbered paragraph, or a part of a long one, with all that is needed to cite it."""

    passage_id: str = Field(
        description="Readable key, stable across re-indexing.", examples=["A_HRC_15_16:en:12"]
    )
    document_id: str = Field(description="Key of the document.", examples=["A_HRC_15_16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/16"])
    title: str | None = Field(
        description="Document title.", examples=["Report of the Working Group: Freedonia"]
    )
    number: str | None = Field(description="Paragraph number as printed.", examples=["12"])
    paragraph_id: str = Field(description="Label in the document.", examples=["12"])
    paragraph_kind: str = Field(
        description="body, preambular, operative, recommendation, heading, footnote or annex.",
        examples=["body"],
    )
    part: int = Field(description="Part of a long paragraph, from 1.", examples=[1])
    parts: int = Field(description="Parts the paragraph was split into.", examples=[1])
    pages: tuple[int, ...] = Field(description="Physical pages, from 1.", examples=[[4, 5]])
    section: tuple[str, ...] = Field(
        description="Headings above it, outermost first.", examples=[["II. Findings", "A. Courts"]]
    )
    kind: str | None = Field(description="Document kind.", examples=["upr-report"])
    body: str | None = Field(description="Who speaks.", examples=["Human Rights Council"])
    mandate: str | None = Field(None, description="Special procedure or expert group.")
    country: tuple[str, ...] = Field(description="Countries concerned.", examples=[["BLR"]])
    date: str | None = Field(description="ISO date, to the precision known.", examples=["2010-06"])
    year: int | None = Field(description="Year it is filed under.", examples=[2010])
    language: str | None = Field(description="ISO 639-1.", examples=["en"])
    status: str | None = Field(
        None, description="Standing, where known: draft, rejected, superseded, adopted-by-vote, …"
    )
    superseded_by: str | None = Field(None, description="Symbol of the text that replaced it.")
    text: str = Field(description="The words.", examples=["The delegation stated that …"])
    citation: str = Field(description="In UN form.", examples=["A/HRC/15/16, para. 12"])
    url: str | None = Field(None, description="Where the original can be opened.")


class Hit(Passage):
    """A passage that answers, with its place and the reason for it."""

    rank: int = Field(description="From 1, best first.", examples=[1])
    score: float = Field(description="Equal to `scores.fused`.", examples=[0.81])
    scores: Scores = Field(description="Score of each signal.")
    highlights: tuple[Highlight, ...] = Field(
        (), description="Matched parts of `text`, by start, not overlapping."
    )


class HitGroup(Contract):
    """A document among the answers, with its best passages, best first."""

    rank: int = Field(description="From 1, best first.", examples=[1])
    document_id: str = Field(description="Key of the document.", examples=["A_HRC_15_16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/16"])
    title: str | None = Field(description="Document title.")
    score: float = Field(description="Of its best passage.", examples=[0.81])
    hits: tuple[Hit, ...] = Field(description="Its passages among the answers, best first.")


class SearchResponse(Contract):
    """The answer to a `SearchRequest`."""

    query: str = Field(description="As asked.")
    interpretation: Literal["words", "symbol", "citation", "empty"] = Field(
        description="How the query was read.", examples=["words"]
    )
    warnings: tuple[str, ...] = Field((), description="What was read otherwise than written.")
    total: int = Field(
        description="Candidates ranked; those past `offset + k` are on later pages.", examples=[200]
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


class FacetValue(Contract):
    """One value of a facet and how many passages and documents have it."""

    value: str = Field(description="The value to filter by.", examples=["BLR"])
    label: str = Field(description="The value for people.", examples=["Belarus"])
    passages: int = Field(description="Passages.", examples=[120])
    documents: int = Field(description="Documents.", examples=[3])


class Facets(Contract):
    """Values of every facet, most passages first (years: latest first).

    Each facet is counted under the filters of the others but not its own, so that its other values
    stay to choose from.
    """

    kind: tuple[FacetValue, ...] = ()
    body: tuple[FacetValue, ...] = ()
    country: tuple[FacetValue, ...] = ()
    language: tuple[FacetValue, ...] = ()
    year: tuple[FacetValue, ...] = ()


class Neighbours(Contract):
    """A passage with the passages before and after it in its document."""

    passage: Passage
    before: tuple[Passage, ...] = Field((), description="In reading order, nearest last.")
    after: tuple[Passage, ...] = Field((), description="In reading order, nearest first.")


class DocumentSummary(Contract):
    """A document without its text."""

    document_id: str = Field(description="Key.", examples=["A_HRC_15_16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/16"])
    title: str | None = Field(description="Title.")
    kind: str | None = Field(description="Document kind.", examples=["upr-report"])
    body: str | None = Field(description="Who speaks.")
    mandate: str | None = None
    country: tuple[str, ...] = ()
    session: str | None = None
    agenda_item: str | None = None
    date: str | None = None
    year: int | None = None
    language: str | None = None
    status: str | None = None
    superseded_by: str | None = None
    vote: tuple[int, int, int] | None = Field(None, description="In favour, against, abstaining.")
    source: str = Field(description="Name of the file it was read from.")
    sha256: str = Field(description="Digest of the source.")
    url: str | None = None
    page_count: int | None = None
    paragraphs: int = Field(description="Paragraphs.", examples=[112])
    passages: int = Field(description="Passages.", examples=[118])
    warnings: tuple[str, ...] = ()


class Document(DocumentSummary):
    """A document with its passages in reading order."""

    quality: dict[str, object] = Field(
        default_factory=dict, description="How well paragraph numbering came out."
    )
    contents: tuple[Passage, ...] = Field((), description="Passages in reading order.")


class DocumentList(Contract):
    """A page of documents, by symbol."""

    total: int = Field(description="Documents that match.", examples=[112])
    offset: int = 0
    documents: tuple[DocumentSummary, ...] = ()


class ModelInfo(Contract):
    """The embedding model an index was built with."""

    name: str = Field(examples=["multilingual-e5-small"])
    digest: str = Field(description="sha256 of its weights.")
    precision: str = Field(description="Arithmetic the encoder runs in.", examples=["bf16"])
    dim: int = Field(examples=[384])
    max_tokens: int = Field(examples=[512])


class Info(Contract):
    """What is served."""

    version: str = Field(description="Of the software.", examples=["0.1.0"])
    model: ModelInfo
    generation: int = Field(description="Of the published index.", examples=[3])
    schema_version: int = Field(description="Of the index files.", examples=[1])
    published_at: str = Field(description="ISO 8601, UTC.")
    documents: int
    paragraphs: int
    passages: int
    languages: tuple[str, ...] = ()


class Readiness(Contract):
    """Whether searches can be answered."""

    ready: bool
    reason: str | None = Field(None, description="Why not, with the remedy.")


class Problem(BaseModel):
    """An error, as RFC 9457 `application/problem+json`."""

    type: str = Field("about:blank", description="Kind of problem, as a URI reference.")
    title: Annotated[str, Field(description="Kind of problem, for people.")]
    status: int = Field(description="HTTP status.", examples=[404])
    detail: str = Field(description="What is wrong with what, and what to do.")
    instance: str | None = Field(None, description="Path of the request.")
    errors: tuple[dict[str, object], ...] = Field(
        (), description="For an invalid request: each field and what is wrong with it."
    )
