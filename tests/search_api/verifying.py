"""A small index of invented sources, for tests of what checks citations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.types import DocumentStatus
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from tests.fakes import FakeEncoder, document

LAWYER = "Detained journalists were denied access to a lawyer of their own choice for many weeks."
COLD = "Cells of the northern prison were cold, crowded and without any light at night."
DECREE = "The State should repeal its decree on foreign funding of associations without delay."
LONG = "Water was rationed in the camp. Guards sold bread to families at three times its price."
RELIEF = "Convoys with medicine waited eleven days at the border before they were let through."
RIGHT = "Everyone has the right to be warm in winter, in prison as elsewhere."
SEIZED = "Boats of the fishermen of the bay were unlawfully seized by the guards of the coast."

DOCUMENTS = [
    document("A/HRC/70/5", LAWYER, COLD, DECREE, LONG),
    document("A/HRC/70/6", RELIEF, "Schools of the province stayed closed for the whole winter."),
    document("A/HRC/81/1", "Not everyone who was detained in the camp saw a judge in time.", SEIZED,
             SEIZED.replace("unlawfully", "lawfully")),
    document("A/HRC/RES/55/2", "Urges the coastal States to keep a register of all their boats.",
             kind="resolution"),
    document("A/RES/55/2", "Decides to hold a conference on the safety of lighthouses in spring.",
             kind="resolution"),
    document("A/HRC/70/5", "Задержанных журналистов лишили доступа к адвокату.", language="ru"),
    replace(
        document("A/HRC/70/L.9", "Urges all States to keep their prisons warm in the winter months",
                 kind="draft-resolution", body="Human Rights Council"),
        status=DocumentStatus.DRAFT,
    ),
    document("CCPR/C/GC/90", RIGHT,
             kind="general-comment", body="CCPR", title="General comment No. 90: Article 99"),
    replace(
        document("A/53/44", "The burden of proof lies on the author of a late complaint alone.",
                 kind="general-comment", body="CAT", title="General comment No. 91: Proof"),
        id="A_53_44~gc91:en",
        status=DocumentStatus.SUPERSEDED,
        superseded_by="CAT/C/GC/94",
    ),
]  # fmt: skip


def verifying_engine(folder: Path) -> Engine:
    """Build the index in a folder and open it."""
    build_from_documents(DOCUMENTS, folder, encoder=FakeEncoder(dim=256))
    return Engine(Snapshot.open(folder), FakeEncoder(dim=256))
