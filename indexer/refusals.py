"""What a reader hands over that is not taken: of another file, or of another collection."""

from __future__ import annotations

from corpus.errors import DamagedFileError, ReadError, SidecarError
from corpus.sources import digest_file, printable_path
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
    if found.source == origin and (is_record or _are_bytes_of(source, found.sha256)):
        return None
    cause = "its reader gave what is not of this file"
    return DamagedFileError(origin, cause, "do not trust this file")


def _are_bytes_of(source: Source, sha256: str) -> bool:
    """Tell whether a digest is of a file, as it was found or, since then, has become."""
    if sha256 == source.sha256:
        return True
    try:
        return sha256 == digest_file(source.path)
    except OSError:
        return False


def of_another_collection(origin: str) -> ReadError:
    """Return the refusal of what says that it belongs to a collection it is not read for."""
    return SidecarError(
        origin,
        "says that it belongs to a restricted collection other than the one it is read for",
        "index it with --restricted, or mend what it says",
    )
