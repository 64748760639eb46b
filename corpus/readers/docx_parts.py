"""The XML parts of a Word archive, unpacked within bounds."""

from __future__ import annotations

import zipfile

from lxml import etree  # type: ignore[import-untyped]

from corpus.errors import LimitExceededError
from corpus.limits import Limits

__all__ = ["Parts"]

_MAX_PART_BYTES = 96 * 2**20  # document.xml of the longest real report (600 pages) has 14 MB
_MAX_PARTS = 10_000


class Parts:
    """The XML parts of an archive, unpacked within bounds."""

    def __init__(self, archive: zipfile.ZipFile, source: str, limits: Limits) -> None:
        names = archive.namelist()
        if len(names) > _MAX_PARTS:
            raise LimitExceededError(source, f"{len(names)} parts in the archive", "save it again")
        self._archive, self._source = archive, source
        self._left = min(limits.max_file_bytes, 2 * _MAX_PART_BYTES)
        self.names = names

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part, or None where there is none of that name."""
        if name not in self.names:
            return None
        budget = min(_MAX_PART_BYTES, self._left)
        with self._archive.open(name) as stream:
            data = stream.read(budget + 1)
        if len(data) > budget:
            raise LimitExceededError(
                self._source, f"{name} unpacks to more than {budget >> 20} MiB", "save it again"
            )
        self._left -= len(data)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
        )
        return etree.fromstring(data, parser)
