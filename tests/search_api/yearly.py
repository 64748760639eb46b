"""Four invented resolutions of a yearly series, a draft, an amendment and a French version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.types import Document, DocumentStatus, Paragraph, ParagraphKind
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from tests.fakes import FakeEncoder, document

BODY = "Council of Invented Rights"

GUIDED = "Guided by the founding charter of the league and by the covenant on civil rights,"
LAWYER = (
    "{verb} the authorities of Freedonia to give every person deprived of liberty prompt access to "
    "a lawyer{more};"
)
DIALOGUE = (
    "Encourages dialogue between the government, the opposition and exiled citizens about honest "
    "elections;"
)
PASSPORTS = "Calls upon consular posts abroad to renew passports of nationals without any charge;"
WATER = "Urges neighbouring countries to share river water fairly during months of severe drought;"
MANDATE = (
    "Decides to extend the mandate of the special rapporteur for one year and requests an oral "
    "update in autumn;"
)
ARCHIVE = "Requests the secretariat to establish a permanent archive of evidence in the capital;"
OWN_CHOICE = " of their own choosing"
CONFIDENTIAL = " of their own choosing, in full confidence and without delay"


def resolution(
    symbol: str,
    year: int,
    *operative: str,
    preamble: tuple[str, ...] = (GUIDED,),
    kind: str = "resolution",
    status: DocumentStatus = DocumentStatus.ADOPTED_WITHOUT_VOTE,
    language: str = "en",
    closing: tuple[str, ...] = (),
) -> Document:
    """Return a resolution: preambular paragraphs, then numbered operative ones."""
    session = year - 2000
    made = document(
        symbol,
        language=language,
        kind=kind,
        body=BODY,
        year=year,
        title=f"{session}/1. Situation of human rights in Freedonia",
    )
    paragraphs = [
        Paragraph(f"pp{n}", None, ParagraphKind.PREAMBULAR, (), (1,), text, text.split()[0])
        for n, text in enumerate(preamble, 1)
    ]
    paragraphs += [
        Paragraph(str(n), str(n), ParagraphKind.OPERATIVE, (), (1,), text, text.split()[0])
        for n, text in enumerate(operative, 1)
    ]
    paragraphs += [
        Paragraph(f"u{n}", None, ParagraphKind.BODY, (), (2,), text)
        for n, text in enumerate(closing, 1)
    ]
    return replace(
        made,
        sha256=made.sha256[:-4] + f"{year:04d}",
        session=str(session),
        status=status,
        paragraphs=tuple(paragraphs),
    )


def lawyer(verb: str, more: str = "") -> str:
    return LAWYER.format(verb=verb, more=more)


DOCUMENTS = (
    resolution("SAMPLE/2021/RES/1", 2021, lawyer("Encourages"), DIALOGUE, MANDATE),
    resolution(
        "SAMPLE/2022/RES/1", 2022, PASSPORTS, lawyer("Calls upon", OWN_CHOICE), DIALOGUE, MANDATE
    ),
    resolution("SAMPLE/2023/RES/1", 2023, PASSPORTS, MANDATE, WATER),
    resolution(
        "SAMPLE/2024/RES/1", 2024, lawyer("Urges", CONFIDENTIAL), PASSPORTS, WATER, MANDATE,
        closing=("34th meeting, 8 July 2024", "[Adopted without a vote.]"),
    ),
    resolution(
        "SAMPLE/2024/L.1", 2024, lawyer("Demands that", CONFIDENTIAL), ARCHIVE, PASSPORTS, WATER,
        MANDATE, kind="draft-resolution", status=DocumentStatus.DRAFT,
    ),
    resolution(
        "SAMPLE/2024/L.7", 2024, "Delete paragraph 1, on counsel.", kind="draft-amendment",
        status=DocumentStatus.REJECTED, preamble=(),
    ),
    resolution(
        "SAMPLE/2024/RES/1", 2024, "Exhorte les autorités à garantir un avocat;",
        "Demande aux consulats de renouveler les passeports;", language="fr",
        preamble=("Guidé par la charte de la ligue,",),
    ),
)  # fmt: skip


def engine_in(folder: Path, documents: tuple[Document, ...] = DOCUMENTS) -> Engine:
    """Publish documents in a folder and open them."""
    build_from_documents(documents, folder, encoder=FakeEncoder())
    return Engine(Snapshot.open(folder), FakeEncoder())
