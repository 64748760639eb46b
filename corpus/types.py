"""The nouns of the corpus: one noun, one class, all frozen.

`Document` → `Paragraph` is what readers and segmentation produce. What is embedded (`Passage`)
belongs to the indexer, and what is found (`Hit`) to the search API.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

__all__ = [
    "Box",
    "Document",
    "DocumentKind",
    "DocumentStatus",
    "Footnote",
    "Paragraph",
    "ParagraphKind",
    "Quality",
    "Relation",
    "RelationKind",
    "Source",
]


class DocumentKind(StrEnum):
    """What a document is; the first part of its standing as precedent."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    DRAFT_RESOLUTION = "draft-resolution"
    DRAFT_AMENDMENT = "draft-amendment"
    GENERAL_COMMENT = "general-comment"
    CONCLUDING_OBSERVATIONS = "concluding-observations"
    TREATY_BODY_DECISION = "treaty-body-decision"
    TREATY_BODY_REPORT = "treaty-body-report"
    SPECIAL_RAPPORTEUR_REPORT = "special-rapporteur-report"
    EXPERT_GROUP_REPORT = "expert-group-report"
    OFFICIAL_REPORT = "official-report"
    UPR_REPORT = "upr-report"
    UPR_NATIONAL_REPORT = "upr-national-report"
    UPR_COMPILATION = "upr-compilation"
    UPR_STAKEHOLDERS = "upr-stakeholders"
    NGO_STATEMENT = "ngo-statement"
    MEETING_RECORD = "meeting-record"
    LETTER = "letter"


class DocumentStatus(StrEnum):
    """How a text stands, where the document, its symbol, another document or a sidecar says so.

    A text is `superseded` where another took its place (a revision of itself, or a new text),
    `revised` where it is itself a revision (`/Rev.1`) and in force, and `corrected` where a
    corrigendum to it was issued and it otherwise stands. A revised draft is still a draft.
    """

    ADOPTED_WITHOUT_VOTE = "adopted-without-vote"
    ADOPTED_BY_VOTE = "adopted-by-vote"
    DRAFT = "draft"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    REVISED = "revised"
    CORRECTED = "corrected"
    FINAL = "final"


class RelationKind(StrEnum):
    """What a document says it is to another, by its symbol or in its own words."""

    CORRECTS = "corrects"
    REVISES = "revises"
    SUPERSEDES = "supersedes"
    ADDS_TO = "adds-to"
    AMENDS = "amends"
    ADOPTS = "adopts"


class ParagraphKind(StrEnum):
    """What a paragraph is within its document."""

    BODY = "body"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    RECOMMENDATION = "recommendation"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Box:
    """Where some lines of a paragraph stand on a page as it is shown (turned as its file says).

    Attributes:
        page: physical page, from 1.
        x0: left edge, in points from the left of the page.
        y0: upper edge, in points from the top of the page.
        x1: right edge.
        y1: lower edge.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie to another document, as this document or its symbol states it.

    Attributes:
        kind: what this document does to the other.
        symbol: of the other document, normalised.
    """

    kind: RelationKind
    symbol: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""One paragraph, the unit people cite.

    Attributes:
        id: label within the document, unique there and stable across re-reading: the number as
            printed (`12`, `2.1`, `OP1-3`), `pp3` for the third preambular paragraph, `u5` for the
            fifth of an unnumbered text, `111.4` for item 4 of the list that paragraph 111 holds,
            `annex1-4` for paragraph 4 of annex 1, `h2` for the second heading, `fn7` for footnote
            7; a repeated label gets `~2`, `~3`, … in reading order.
        number: as printed, without the full stop; None where none is printed.
        kind: role in the document.
        section: titles of the headings above it, outermost first.
        pages: physical pages it stands on, counted from 1, ascending; empty where the format has
            no pages.
        text: the words, whitespace folded; sub-paragraphs "(a)" are kept inside, each on a line of
            its own (`\n` before it).
        verb: opening verb of an operative paragraph or participle of a preambular one, as printed
            ("Calls upon", "Recalling"); None elsewhere.
        addressees: whom an operative paragraph addresses, as printed without article ("States",
            "Secretary-General", "Government of Belarus"); empty where it names no one.
        states: States that make a UPR recommendation, ISO 3166-1 alpha-3 where resolvable,
            otherwise as printed; empty elsewhere.
        boxes: where it stands in a PDF, one box for each column of each of its pages, in reading
            order; empty in other formats.
        ocr: its words were recognised in an image, at least in part.
    """

    id: str
    number: str | None
    kind: ParagraphKind
    section: tuple[str, ...]
    pages: tuple[int, ...]
    text: str
    verb: str | None = None
    addressees: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page or at the end.

    Attributes:
        mark: as printed ("1", "*", "†").
        text: the note.
        page: physical page from 1, or None.
        paragraph_id: the `Paragraph.id` its mark stands in, or None where it was not found.
    """

    mark: str
    text: str
    page: int | None = None
    paragraph_id: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """How well numbering came out; kept and shown, never hidden.

    Attributes:
        chain: paragraphs in the accepted numbering chain.
        gaps: numbers missing inside the chain.
        unused_candidates: lines that looked like numbered paragraphs and were not taken.
        first: first number of the chain, or None.
        last: last number of the chain, or None.
        restarts: times the numbering began again (annexes).
        repeats: numbers that stand more than once in the chain of one part of the document.
        ocr_pages: pages whose words were recognised in an image.
        textless_pages: pages that hold an image and no words.
    """

    chain: int = 0
    gaps: tuple[int, ...] = ()
    unused_candidates: int = 0
    first: int | None = None
    last: int | None = None
    restarts: int = 0
    repeats: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    textless_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: metadata, paragraphs in reading order, and how well reading went.

    None means unknown; nothing is guessed.

    Attributes:
        id: readable, URL-safe key, unique in an index; see `corpus.symbols.document_id`.
        symbol: normalised UN symbol, or the symbol-like reference the source gives.
        title: as printed.
        kind: a `DocumentKind`, or the value a structured source supplies.
        body: organ or mandate that speaks ("Human Rights Council", "CAT", "SR Torture").
        mandate: special procedure or expert group, as named in the document.
        mandate_holder: person who holds it, where printed.
        country: countries concerned, ISO 3166-1 alpha-3 where resolvable, otherwise as supplied;
            empty where none is concerned or none is known.
        session: "Fifty-ninth session" is "59".
        agenda_item: "4".
        date: ISO 8601, to the precision known: "2025", "2025-04" or "2025-04-15".
        year: the year people file it under (of `date`, else of the symbol), or None.
        language: ISO 639-1.
        source: path or address it was read from, as given.
        sha256: of the source bytes (for JSON Lines, of the record's line).
        status: standing, where known.
        superseded_by: symbol of the text that replaced it.
        vote: (in favour, against, abstaining) where a tally is printed or supplied.
        url: where people can open the original.
        file_format: "pdf", "docx", "doc", "html", "txt" or "jsonl".
        page_count: physical pages, or None.
        job_number: of the UN's document services, as printed without the language letter
            ("GE.25-05795", "24-03160").
        relations: ties to other documents that its symbol or its words state.
        restricted: name of the restricted collection it belongs to; None where it is public.
    """

    id: str
    symbol: str | None
    title: str | None
    kind: str | None
    body: str | None
    mandate: str | None
    country: tuple[str, ...]
    session: str | None
    agenda_item: str | None
    date: str | None
    year: int | None
    language: str | None
    source: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    quality: Quality = field(default_factory=Quality)
    warnings: tuple[str, ...] = ()
    status: DocumentStatus | None = None
    superseded_by: str | None = None
    vote: tuple[int, int, int] | None = None
    url: str | None = None
    file_format: str | None = None
    page_count: int | None = None
    mandate_holder: str | None = None
    job_number: str | None = None
    relations: tuple[Relation, ...] = ()
    restricted: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read, found by `corpus.sources`.

    Attributes:
        path: absolute path.
        sha256: of its bytes.
        size_bytes: length.
        sidecar: sha256 of what a sidecar or manifest says of it, or None where nothing does.
    """

    path: Path
    sha256: str
    size_bytes: int
    sidecar: str | None = None
