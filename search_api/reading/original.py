"""Where the file that a document was read from lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import OriginalError

__all__ = ["Original"]


@dataclass(frozen=True, slots=True)
class Original:
    """The file a document was read from.

    Attributes:
        document_id: of the document.
        paths: where its bytes were found when it was indexed.
        sha256: that they must have.
        page_count: of a PDF; None where it has no pages to draw.
    """

    document_id: str
    paths: tuple[Path, ...]
    sha256: str
    page_count: int | None

    def path(self) -> Path:
        """Return the first of its places where there still is a file.

        Raises:
            OriginalError: there is none.
        """
        for path in self.paths:
            if path.is_file():
                return path
        raise OriginalError(
            self.paths[0].name, "the file that was indexed is gone", "put it back, or index again"
        )
