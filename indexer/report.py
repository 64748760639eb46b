"""What a run of the indexer tells: how far it has come, and in the end what it did."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

__all__ = ["BuildReport", "Failure", "Progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come.

    Attributes:
        stage: "find", "read", "embed" or "publish".
        done: units finished.
        total: units in all, or None where unknown.
        unit: what is counted.
    """

    stage: str
    done: int
    total: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not indexed, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class BuildReport:
    """What a run did.

    Attributes:
        documents: in the index now.
        paragraphs: in the index now.
        passages: in the index now.
        added: documents new in this run.
        updated: documents that changed.
        removed: documents removed.
        unchanged: files and records passed over, their digest being known.
        duplicates: documents passed over, the same bytes being indexed from another file.
        embedded: passages embedded in this run.
        failed: what could not be read, with the reason.
        generation: in service now, or None.
        seconds: wall time by stage.
    """

    documents: int = 0
    paragraphs: int = 0
    passages: int = 0
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    embedded: int = 0
    failed: list[Failure] = field(default_factory=list)
    generation: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return asdict(self)
