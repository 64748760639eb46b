"""What reads text that strangers write, each as a function of bytes that must end in two ways only.

Either it gives a sound answer, or it raises the project's own error. `fuzz_atheris.py` searches
them with coverage, `test_fuzz_text.py` tries each for a moment in every run of the suite.
"""

from __future__ import annotations

import itertools
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from corpus.citations import parse_citation
from corpus.errors import InputError, PrecedentError, ReadError, SidecarError, SymbolError
from corpus.sandbox.answers import pack, unpack
from corpus.sidecars.apply import read_sidecar, sidecar_digest
from corpus.sniff import looks_like_document, sniff
from corpus.symbols import find_symbols, normalise_symbol, parse_symbol, symbol_from_url
from corpus.types import Document
from indexer.manifest import Manifest
from indexer.passages import passages_of
from indexer.rows import document_row
from search_api.keeping.exchange import read_file
from search_api.query import as_typed, parse_query
from workbench.attempts import attempts_in
from workbench.claims import cited_in
from workbench.export.table import read_csv, table_as_csv
from workbench.quotations import quotations_in
from workbench.references import find_references
from workbench.standing import StandingTable
from workbench.statement import read_statement

__all__ = ["TEXT_TARGETS"]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass") if _is_wide(data) else data.decode("latin-1")


def _is_wide(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def query(data: bytes) -> None:
    """Read a query."""
    parsed = parse_query(_text(data))
    assert (parsed.interpretation == "words") == bool(parsed.words)
    assert all(any(c.isalnum() or c == "_" for c in phrase) for phrase in parsed.phrases)
    parse_query(as_typed(parsed))


def symbols(data: bytes) -> None:
    """Find and parse symbols; each is found where it stands, and its text parses back."""
    text = _text(data)
    last = 0
    for start, end, symbol in find_symbols(text):
        assert last <= start < end <= len(text)
        last = end
        assert parse_symbol(str(symbol)) == symbol
        assert normalise_symbol(str(symbol)) == str(symbol)
    for parse in (parse_symbol, symbol_from_url):
        try:
            symbol = parse(text)
        except SymbolError:
            continue
        assert parse_symbol(str(symbol)) == symbol
    list(attempts_in(text))


def citations(data: bytes) -> None:
    """Read a citation."""
    try:
        found = parse_citation(_text(data))
    except SymbolError:
        return
    assert found.paragraphs
    assert parse_symbol(str(found.symbol)) == found.symbol


def drafts(data: bytes) -> None:
    """Find what a draft cites, quotes and says."""
    text = _text(data)
    for reference in find_references(text):
        assert 0 <= reference.start < reference.end <= len(text)
    for quotation in quotations_in(text):
        assert 0 <= quotation.start < quotation.end <= len(text)
    cited_in(text)
    read_statement(text)


def table(data: bytes) -> None:
    """Read a negotiation table; what was read and written again reads the same."""
    try:
        rows = read_csv(data, "table.csv")
    except InputError:
        return
    again = read_csv(table_as_csv(rows), "table.csv")
    assert read_csv(table_as_csv(again), "table.csv") == again


def library(data: bytes) -> None:
    """Read a file of collections."""
    try:
        read_file(data, "library.json")
    except InputError:
        return


def answers(data: bytes) -> None:
    """Take an answer of a reader that may be in anybody's hands; what is taken is sound."""
    try:
        status, value = unpack(data)
    except Exception:  # of any class: these bytes are no answer
        return
    assert repr(unpack(pack((status, value)))) == repr((status, value))  # errors are not equal
    if isinstance(value, list) and value and all(isinstance(one, Document) for one in value):
        for one in value:
            passages = passages_of(one, max_tokens=254, count_tokens=lambda texts: [1] * len(texts))
            json.dumps([document_row(one), *map(str, passages)]).encode()


def head(data: bytes) -> None:
    """Tell what a file is."""
    looks_like_document(data, "a")
    for name in ("a", "a.html", "a.docx", "a.jsonl.gz"):
        try:
            sniff(data, name)
        except ReadError as error:
            assert error.cause  # noqa: PT017 - not what is raised, but that it says why


def _of_a_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], None]:
    place = tempfile.TemporaryDirectory(prefix="precedent-fuzz-")
    path = Path(place.name, name)
    written = itertools.count()

    def target(data: bytes, _kept: object = place) -> None:
        path.write_bytes(data)
        os.utime(path, ns=(0, next(written)))  # read again: manifests are kept by their time
        try:
            read(path)
        except PrecedentError as error:
            assert error.cause  # noqa: PT017 - not what is raised, but that it says why

    return target


def _said(path: Path) -> None:
    """Read what is said of a file; told once that it is wrong, it is wrong again."""
    document = path.with_name("a.pdf")
    sidecar_digest(document)
    try:
        read_sidecar(document)
    except SidecarError:
        sidecar_digest(document)


TEXT_TARGETS: dict[str, Callable[[bytes], None]] = {
    "answers": answers,
    "head": head,
    "query": query,
    "symbols": symbols,
    "citations": citations,
    "drafts": drafts,
    "table": table,
    "library": library,
    "sidecar": _of_a_file("a.pdf.toml", _said),
    "folder-toml": _of_a_file("precedent.toml", _said),
    "folder-csv": _of_a_file("precedent.csv", _said),
    "standing": _of_a_file("standing.toml", StandingTable.read),
    "manifest": _of_a_file("manifest.json", lambda path: Manifest.read(path.parent)),
}
