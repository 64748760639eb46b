"""Records that need not be read, since they are held as they are: what is asked and answered."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Known", "KnownRecord"]


@dataclass(frozen=True, slots=True)
class Known:
    """Which records of a file to read.

    Attributes:
        digests: sha256, as `Document.sha256` has it, of records that are only named where they
            stand; each once.
        lines: from 1; where they are given no others are read, or named.
    """

    digests: frozenset[str] = frozenset()
    lines: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record that was not read.

    Attributes:
        line: from 1.
        sha256: of it.
    """

    line: int
    sha256: str
