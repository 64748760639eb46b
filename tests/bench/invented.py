"""Invented documents of every standing that say one clause, or nearly."""

from __future__ import annotations

from corpus.types import Document, DocumentStatus
from tests.indexer.linking import made, text, words

CLAUSE = words(1, 20)
SAID = " ".join(CLAUSE)
EDITED = " ".join([*CLAUSE[:9], "otherwise", *CLAUSE[10:]])
UNSAID = " ".join(words(999, 20))


def saying(symbol: str, clause: str, seed: int, **fields: object) -> Document:
    facts: dict[str, object] = {"kind": "resolution", "body": "Human Rights Council", **fields}
    return made(symbol, [*text(seed, 2), f"{clause}.", *text(seed + 1, 2)], **facts)


EXPERT = saying("A/HRC/10/1", SAID, 10, kind="special-rapporteur-report", body="SR Torture")
VOTED = saying(
    "A/HRC/RES/11/1", EDITED, 12, status=DocumentStatus.ADOPTED_BY_VOTE, vote=(25, 5, 17),
    year=2011,
)  # fmt: skip
LATER = saying(
    "A/HRC/RES/12/1", EDITED, 14, status=DocumentStatus.ADOPTED_BY_VOTE, vote=(24, 6, 17),
    year=2012,
)  # fmt: skip
ASSEMBLY = saying(
    "A/RES/70/1", SAID, 16, status=DocumentStatus.ADOPTED_WITHOUT_VOTE, body="General Assembly"
)
DRAFT = saying("A/HRC/13/L.1", SAID, 18, kind="draft-resolution", status=DocumentStatus.DRAFT)
ONLY_DRAFT = " ".join(words(7, 20))
REJECTED = saying(
    "A/HRC/13/L.9", ONLY_DRAFT, 20, kind="draft-amendment", status=DocumentStatus.REJECTED
)

HELD = (EXPERT, VOTED, LATER, ASSEMBLY, DRAFT, REJECTED)
