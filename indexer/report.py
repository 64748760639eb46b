"""What a run of the indexer tells: how far it has come, and in the end what it did."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from corpus.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    InputError,
    LimitExceededError,
    NotADocumentError,
    NoTextError,
    RestrictedRecordError,
    SidecarError,
    WrongTypeError,
)

__all__ = ["KINDS", "BuildReport", "Failure", "Outcome", "Progress", "failure_of"]

KINDS: dict[str, str] = {
    "empty-file": "nothing in it",
    "wrong-type": "content of no type that is read",
    "encrypted": "needs a password",
    "damaged": "cannot be opened, or not to its end",
    "no-text": "images of pages only",
    "not-a-document": "an error page or placeholder under a document's name",
    "limit-exceeded": "passed a limit on time, memory, pages or size",
    "sidecar": "what is said of it beside it cannot be used",
    "unreadable": "cannot be opened, or listed, by this user",
    "duplicate": "the same bytes are indexed from another file",
    "unknown-type": "in a folder, neither named nor made like a document",
    "hidden": "in a folder, its name begins with a full stop",
    "special-file": "in a folder, a pipe, a socket or a device",
    "broken-link": "in a folder, a link that leads nowhere",
}
"""Why a source was not indexed: what a report says for programs, and what it means.

Those from `duplicate` on are no failures: such sources are ignored.
"""

_KIND_OF: dict[type[Exception], str] = {
    EmptyFileError: "empty-file",
    WrongTypeError: "wrong-type",
    EncryptedFileError: "encrypted",
    DamagedFileError: "damaged",
    RestrictedRecordError: "damaged",
    NoTextError: "no-text",
    NotADocumentError: "not-a-document",
    LimitExceededError: "limit-exceeded",
    SidecarError: "sidecar",
}
_LINE = re.compile(r", line (\d+)\Z")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come.

    Attributes:
        stage: "find", "read", "embed" or "publish".
        done: units finished.
        total: units in all, or None where unknown.
        unit: what is counted.
        file: the one that is being read, where one has just been begun.
    """

    stage: str
    done: int
    total: int | None
    unit: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not indexed, and why.

    Attributes:
        source: the file, or the file and the line of it.
        reason: the cause, and the remedy where there is one.
        kind: one of `KINDS`, for programs.
        file: the file, where the source is a line of it; empty where the source is the file.
        cause: what is wrong with it.
        remedy: what the user can do, or an empty string.
        sha256: of the file, where it could be read as far as that.
        line: of the file, from 1, where it holds a document a line.
    """

    source: str
    reason: str
    kind: str = "unreadable"
    file: str = ""
    cause: str = ""
    remedy: str = ""
    sha256: str | None = None
    line: int | None = None

    @property
    def origin(self) -> str:
        """The file."""
        return self.file or self.source

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON; `source` is the file."""
        return {
            "source": self.origin,
            "line": self.line,
            "kind": self.kind,
            "reason": self.reason,
            "cause": self.cause or self.reason,
            "remedy": self.remedy,
            "sha256": self.sha256,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file in a run.

    Attributes:
        file: as the report names it.
        became: a file that was read is "indexed" where documents are held from it, and a
            "duplicate" where all it holds are copies of documents held from other files.
        documents: (id, symbol, title) of those held from it; of a duplicate, of those it is a copy
            of.
        paragraphs: of these.
        failure: the first thing that could not be read in it, or None.
    """

    file: str
    became: Literal["indexed", "unchanged", "duplicate", "failed"]
    documents: tuple[tuple[str, str | None, str | None], ...] = ()
    paragraphs: int = 0
    failure: Failure | None = None


def failure_of(
    source: str, error: InputError, file: str = "", sha256: str | None = None
) -> Failure:
    """Return what the report says of an error.

    Args:
        source: the file, or the file and the line of it.
        error: what became of it.
        file: the file, where the source is a line of it.
        sha256: of the file.
    """
    line = _LINE.search(source) if file else None
    return Failure(
        source,
        f"{error.cause}; {error.remedy}" if error.remedy else error.cause,
        _KIND_OF.get(type(error), "unreadable"),
        file,
        error.cause,
        error.remedy,
        sha256,
        int(line[1]) if line else None,
    )


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
        ignored: what is no failure and was not indexed all the same, with the reason: of a folder,
            what is hidden or no document; copies of what is indexed from another file.
        generation: in service now, or None.
        remarks: what the user should know besides, such as rows of a manifest that name no file.
        seconds: wall time by stage.
        views: views of restricted collections that were published.
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
    ignored: list[Failure] = field(default_factory=list)
    generation: int | None = None
    remarks: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    views: list[str] = field(default_factory=list)

    def add(self, other: BuildReport) -> None:
        """Add what another part of the same run did; what is in the index now stays its own."""
        for name in ("added", "updated", "removed", "unchanged", "duplicates", "embedded"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failed += other.failed
        self.ignored += other.ignored
        self.remarks += other.remarks

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        values = asdict(self)
        values["failed"] = [failure.as_dict() for failure in self.failed]
        values["ignored"] = [omission.as_dict() for omission in self.ignored]
        return values

    def by_kind(self) -> dict[str, int]:
        """Count what was not indexed by its kind, in the order of `KINDS`."""
        counts = Counter(failure.kind for failure in (*self.failed, *self.ignored))
        return {kind: counts[kind] for kind in KINDS if counts[kind]}

    def summary(self) -> dict[str, object]:
        """Return the figures, without the lists, and what was not indexed by kind."""
        listed = {"failed", "ignored", "remarks", "views"}
        figures = {name: value for name, value in asdict(self).items() if name not in listed}
        return {
            **figures,
            "failed": len(self.failed),
            "ignored": len(self.ignored),
            "not_indexed": self.by_kind(),
        }

    def write(self, path: Path) -> None:
        """Write what was not indexed: `.json` as one object, anything else as JSON Lines.

        The file is whole or as it was. In JSON Lines the summary is the last line, the one object
        with the key `summary`; in JSON the objects are listed under `not_indexed`.

        Raises:
            OSError: it cannot be written.
        """
        listed = [failure.as_dict() for failure in (*self.failed, *self.ignored)]
        if path.suffix.lower() == ".json":
            whole = {"summary": self.summary(), "not_indexed": listed}
            text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
        else:
            rows = [*listed, {"summary": self.summary()}]
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
