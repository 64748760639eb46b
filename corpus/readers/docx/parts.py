"""The XML parts of a Word archive: unpacked within bounds, found by their relationships.

Three things differ between the producers of such archives and are evened out here: the names of
the parts, the namespace of the strict variant of the standard, and which alternative of a drawing
is to be read. Source: ECMA-376 parts 1 to 3 (ISO/IEC 29500).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree  # type: ignore[import-untyped]

from corpus.errors import DamagedFileError, EncryptedFileError, LimitExceededError
from corpus.limits import Limits

__all__ = ["Parts", "attribute", "integer", "is_on", "opened_parts", "tag", "value"]

_MAX_PART_BYTES = 96 * 2**20  # document.xml of the longest real report (600 pages) has 14 MB
_MAX_PARTS = 10_000
_LISTED = b"PK\x01\x02"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/"
# The strict variant is the transitional one under other names, as far as text is concerned.
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)


def tag(name: str) -> str:
    """Return the qualified name of a word-processing element."""
    return f"{{{_W}}}{name}"


def attribute(node: etree._Element | None, name: str) -> str | None:
    """Return a word-processing attribute, or None."""
    return None if node is None else node.get(tag(name))


def value(node: etree._Element | None, child: str) -> str | None:
    """Return the `val` of a child element, or None."""
    return attribute(node.find(tag(child)), "val") if node is not None else None


def integer(text: str | None, default: int) -> int:
    """Read a number of the file; what is none, or absurdly large, is the default."""
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def is_on(node: etree._Element | None, name: str) -> bool | None:
    """Tell whether a switch ("bold", "hidden") is on; None where nothing is said of it."""
    found = node.find(tag(name)) if node is not None else None
    return None if found is None else attribute(found, "val") not in {"0", "false", "off", "none"}


@contextmanager
def opened_parts(data: bytes, source: str, limits: Limits) -> Iterator[Parts]:
    """Open an archive; what its packing or its XML provokes inside the block is said cleanly.

    Raises:
        EncryptedFileError: packed with a password.
        DamagedFileError: cut short, or not well-formed.
        LimitExceededError: nested or unfolding beyond all measure, as a bomb is.
    """
    # Counted before the list is read, which takes 400 bytes of memory a part. What the archive says
    # of their number may be a lie; that each begins so in the list cannot be one.
    if (parts := data.count(_LISTED)) > _MAX_PARTS:
        raise LimitExceededError(source, f"{parts:,} parts in the archive", "save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Parts(archive, source, limits)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError
    ) as error:  # fmt: skip
        raise DamagedFileError(source, f"a damaged DOCX ({error})", "obtain it again") from error
    except (RuntimeError, etree.XMLSyntaxError) as error:
        code = getattr(error, "code", None)
        if isinstance(error, RecursionError) or code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise LimitExceededError(
                source, "its parts are nested, or unfold, beyond all measure", "save it again"
            ) from error
        if "password" in str(error):
            raise EncryptedFileError(source, "needs a password", "save it without one") from error
        cause = f"not readable as DOCX ({error})"
        raise DamagedFileError(source, cause, "save it again") from error


class Parts:
    """The XML parts of an archive, unpacked within bounds."""

    def __init__(self, archive: zipfile.ZipFile, source: str, limits: Limits) -> None:
        self._archive, self._source = archive, source
        self._left = min(limits.max_file_bytes, 2 * _MAX_PART_BYTES)
        self.names = frozenset(archive.namelist())

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
        if not data.strip():
            return None
        root = _parsed(data)
        if any(uri.encode().startswith(_STRICT) for uri in root.nsmap.values()):
            data = etree.tostring(root)
            for strict, transitional in _TRANSITIONAL:
                data = data.replace(strict, transitional)
            root = _parsed(data)
        return root

    def main(self) -> str:
        """Return the name of the part that holds the body, or "" where there is none."""
        for kind, target in self._related("_rels/.rels", ""):
            if kind == "officeDocument" and target in self.names:
                return target
        named = sorted(n for n in self.names if re.fullmatch(r"word/document\d*\.xml", n))
        return named[0] if named else ""

    def related(self, main: str, kind: str) -> list[str]:
        """Return the parts of a kind ("footnotes", "header") that belong to the body.

        Where the archive names none, those that stand under their usual names are taken.
        """
        folder, name = posixpath.split(main)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        found = [t for k, t in self._related(rels, folder) if k == kind and t in self.names]
        pattern = rf"word/{kind}\d*\.xml"
        usual = sorted(n for n in self.names if re.fullmatch(pattern, n))
        return list(dict.fromkeys(found)) or usual

    def _related(self, rels: str, folder: str) -> list[tuple[str, str]]:
        root = self.xml(rels)
        if root is None:
            return []
        return [
            (
                (node.get("Type") or "").rpartition("/")[2],
                _resolved(node.get("Target") or "", folder),
            )
            for node in root.iter(f"{{{_RELATIONSHIPS}}}Relationship")
            if node.get("TargetMode") != "External"
        ]


def _resolved(target: str, folder: str) -> str:
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    return etree.fromstring(data, parser)
