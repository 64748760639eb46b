"""What a reader hands over that is not taken: of another file, or of another collection."""

from __future__ import annotations

from corpus.errors import DamagedFileError, ReadError, SidecarError
from corpus.sources import printable_path
from corpus.types import Document, Source

__all__ = ["of_another_collection", "of_another_file"]


def of_another_file(
    source: Source, found: Document | ReadError, *, is_record: bool
) -> ReadError | None:
    """Return why a document is not taken that says of where it comes what is not so.

    A reader may be in the hands of a file. What it gives under the name or the digest of another
    file could take that one's place, or have it passed over.

    Args:
        source: that was given to the reader.
        found: what came of it.
        is_record: the digest is of a part of the file, and not known.
    """
    if isinstance(found, ReadError):
        return None
    origin = printable_path(source.path)
    if found.source == origin and (is_record or found.sha256 == source.sha256):
        return None
    return DamagedFileError(
        origin,
        "what was read is not the file that was found: it has changed, or its reader was misled",
        "index it again; if it stays so, do not trust the file",
    )


def of_another_collection(origin: str) -> ReadError:
    """Return the refusal of what says that it belongs to a collection it is not read for."""
    return SidecarError(
        origin,
        "says that it belongs to a restricted collection other than the one it is read for",
        "index it with --restricted, or mend what it says",
    )
