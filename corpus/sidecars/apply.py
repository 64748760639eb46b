"""What a user says of a file beside it, which wins over what the file prints.

Three places, the nearest to the file winning field by field: `NAME.pdf.toml` for the one file, a
table of `precedent.toml` and a row of `precedent.csv` in its folder. Their form is described in
`docs/metadata.md`. A mistake in them fails the files they speak of, so that nothing is ever indexed
with metadata that someone tried to correct.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.errors import SidecarError
from corpus.sidecars.fields import apply_fields, checked
from corpus.sidecars.files import (
    MANIFESTS,
    Row,
    Rows,
    SidecarFault,
    is_glob,
    key_of,
    may_restrict,
)
from corpus.types import Document

__all__ = [
    "Sidecar",
    "is_sidecar",
    "read_sidecar",
    "restricted_beside",
    "sidecar_digest",
    "unmatched_rows",
]

_HERE = Rows()
"""Reads in this process, which is a worker or has no business with strangers."""

_REMEDY = "correct it as docs/metadata.md describes"
_OF_A_DOCUMENT = re.compile(
    r".+\.(?:pdf|docx?|x?html?|te?xt|(?:jsonl|ndjson)(?:\.gz)?)\.toml\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is said of one file, checked; empty where nothing is said.

    Attributes:
        values: typed, by the name of the `Document` field; None or () blanks it.
        places: the file that said it, by the name of the field.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str | None:
        """The kind of document, which decides how it is segmented."""
        return self.values.get("kind")

    def over(self, document: Document) -> Document:
        """Return the document as the user says it is, with a warning that names what changed."""
        return apply_fields(document, self.values, self.places) if self.values else document


def is_sidecar(path: Path) -> bool:
    """Tell whether a file says something of others rather than being a document."""
    return path.name in MANIFESTS or _OF_A_DOCUMENT.match(path.name) is not None


def read_sidecar(path: Path) -> Sidecar:
    """Return what is said of a file beside it and in its folder.

    Raises:
        SidecarError: about the file, naming the sidecar, the line or key, and what is wrong.
    """
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    try:
        for row in _HERE.beside(path):
            values |= _checked(row)
            places |= dict.fromkeys(row.values, row.file)
    except SidecarFault as fault:
        raise SidecarError(str(path), f"its sidecar {fault}", _REMEDY) from fault
    return Sidecar(values, places)


def _checked(row: Row) -> dict[str, Any]:
    if row.fault is not None:
        raise SidecarFault(f"{row.where}: {row.fault}")
    values = {}
    for name, given in row.values.items():
        try:
            values[name] = checked(name, given)
        except ValueError as error:
            raise SidecarFault(f"{row.where}, {error}") from error
    return values


def restricted_beside(path: Path, rows: Rows | None = None) -> str | None:
    """Return the restricted collection that a file is to be kept in, as is said beside it.

    Where what is said has a mistake elsewhere, None: reading the file fails on that.

    Raises:
        SidecarError: what is said cannot be understood, and may be that it is restricted.
    """
    name: str | None = None
    try:
        for row in (rows or _HERE).beside(path):
            if row.fault is not None or "restricted" in row.values:
                name = _checked(_only(row, "restricted")).get("restricted")
    except (SidecarFault, ValueError) as fault:
        if not may_restrict(path):
            return None
        raise SidecarError(
            str(path), f"its sidecar {fault}", f"{_REMEDY}; until then it is left out"
        ) from fault
    return name


def _only(row: Row, name: str) -> Row:
    values = {name: row.values[name]} if name in row.values else {}
    return replace(row, values=values)


def sidecar_digest(path: Path, rows: Rows | None = None) -> str | None:
    """Return the sha256 of what is said of a file, or None where nothing is.

    It changes with what concerns this file alone, so that one row added to a manifest makes one
    file be read again.

    Args:
        path: of the file.
        rows: read what stands beside it, in another process where it may be hostile.
    """
    try:
        beside = list((rows or _HERE).beside(path))
    except SidecarFault as fault:
        return hashlib.sha256(str(fault).encode()).hexdigest()
    said = [
        (row.file, row.fault, sorted((name, repr(value)) for name, value in row.values.items()))
        for row in beside
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest() if said else None


def unmatched_rows(folder: Path, rows: Rows | None = None) -> tuple[str, ...]:
    """Return a remark for each table, row or sidecar that names a file not in the folder.

    A manifest that cannot be read is passed over here: every file of the folder says so.
    """
    there = {key_of(entry.name) for entry in folder.iterdir()} if folder.is_dir() else set()
    remarks: list[str] = []
    for name in MANIFESTS:
        try:
            said = (rows or _HERE).of(folder / name)
        except SidecarFault:
            continue
        remarks.extend(
            f"{folder / row.where}: names {row.pattern!r}, which is not in the folder"
            for row in said
            if not is_glob(row.pattern) and key_of(row.pattern) not in there
        )
    beside = sorted(name for name in there if _OF_A_DOCUMENT.match(name))
    remarks.extend(
        f"{folder / name}: stands beside no file called {name[:-5]!r}"
        for name in beside
        if name[:-5] not in there
    )
    return tuple(remarks)
