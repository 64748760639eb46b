"""What a check found, and how much it looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Literal

__all__ = ["INDEX_AGAIN", "REPAIR", "RESTORE", "Checked", "Disagreement", "Kind", "Report"]

Kind = Literal[
    "version",  # of the catalogue
    "catalogue",  # the file itself: missing, its pages, its references
    "text",  # a passage whose digest is not that of its text
    "vector",  # in the catalogue: of another length, or no numbers
    "unembedded",  # a document that lacks vectors
    "origin",  # a document of which nothing tells what it was read from
    "unpublished",  # held by the catalogue, and not in service yet
    "published",  # CURRENT, the manifest, the generation
    "file",  # a file of the snapshot is not the one that was published
    "documents",  # rows of the snapshot's database that are not the catalogue's
    "rows",  # numbers of passages
    "derived",  # links, folds, copies, standing
    "vectors",  # in the snapshot: another than the catalogue's
    "words",  # the lexical store
    "terms",  # the forward index
    "counts",  # what the manifest says there is
    "model",  # that the vectors were made with
    "original",  # an uploaded file
    "library",  # collections and saved searches
    "restricted",  # a restricted document where it may be seen
    "mirrored",  # a view's rows that are not those of the catalogues it is of
]
"""What disagrees."""

REPAIR = "run `precedent repair`"
RESTORE = "run `precedent repair`, or restore a backup"
INDEX_AGAIN = "run `precedent index PATH` with any path"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that does not agree with another.

    Attributes:
        kind: which parts.
        subject: a file, a passage, a document.
        detail: how they disagree.
        remedy: the command that mends it.
        part: folder in the index that it is in, "restricted/NAME" or "views/NAME"; "" is the
            public index.
    """

    kind: Kind
    subject: str
    detail: str
    remedy: str
    part: str = ""

    def __str__(self) -> str:
        if self.part:
            return f"{self.part}: {self.kind}: {self.subject}: {self.detail}; {self.remedy}"
        return f"{self.kind}: {self.subject}: {self.detail}; {self.remedy}"


@dataclass(slots=True)
class Checked:
    """How much was compared.

    Attributes:
        documents: whose rows were compared.
        passages: that were looked up in every part.
        vectors: compared with the catalogue's.
        terms: whose lists of passages were compared.
        files: whose digests were compared.
        originals: uploaded files whose digests were compared.
    """

    documents: int = 0
    passages: int = 0
    vectors: int = 0
    terms: int = 0
    files: int = 0
    originals: int = 0


@dataclass(slots=True)
class Report:
    """The outcome of a check.

    Attributes:
        index_dir: what was checked.
        quick: whether a sample was.
        disagreements: in the order they were found.
        checked: how much was compared.
        remarks: what could not be compared, and why.
        seconds: it took.
        part: what is being checked, noted with what is added.
    """

    index_dir: str
    quick: bool = False
    disagreements: list[Disagreement] = field(default_factory=list)
    checked: Checked = field(default_factory=Checked)
    remarks: list[str] = field(default_factory=list)
    seconds: float = 0.0
    part: str = ""

    @property
    def agrees(self) -> bool:
        """Whether nothing disagrees."""
        return not self.disagreements

    def add(self, kind: Kind, subject: str, detail: str, remedy: str = REPAIR) -> None:
        """Note a disagreement."""
        self.disagreements.append(Disagreement(kind, subject, detail, remedy, self.part))

    @property
    def is_catalogue_damaged(self) -> bool:
        """Whether the public catalogue itself has to be salvaged."""
        return "" in self.damaged_parts

    @property
    def damaged_parts(self) -> set[str]:
        """The parts whose catalogue itself is damaged."""
        damage = ("catalogue", "text", "vector")
        return {each.part for each in self.disagreements if each.kind in damage}

    def has(self, *kinds: Kind) -> bool:
        """Tell whether anything of these kinds was found."""
        return any(each.kind in kinds for each in self.disagreements)

    def counts(self) -> Counter[str]:
        """Return how many disagreements there are of each kind."""
        return Counter(each.kind for each in self.disagreements)

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON."""
        return {"agrees": self.agrees, "counts": dict(self.counts()), **asdict(self)}
