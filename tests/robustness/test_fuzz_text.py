"""What strangers write where text is read: any bytes, long ones, and what the search has found."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.citations import parse_citation
from corpus.errors import InputError, SidecarError, SymbolError
from corpus.readers.text.read import read_text
from corpus.sidecars.apply import read_sidecar
from corpus.sources import find_sources
from corpus.symbols import symbol_from_url
from tests.robustness.text_seeds import TEXT_SEEDS
from tests.robustness.text_targets import TEXT_TARGETS
from workbench.claims import cited_in
from workbench.references import find_references
from workbench.standing import StandingTable

_PIECES = [piece for seeds in TEXT_SEEDS.values() for seed in seeds for piece in seed.split(b" ")]


@pytest.mark.parametrize("name", TEXT_TARGETS)
@settings(deadline=None)  # patterns are compiled at their first use
@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(_PIECES)).map(b" ".join)))
@example(b"https://un]doc/A/1")
@example(b"x = " + b"9" * 5000)
@example(b"[" * 5000)
@example(b"A/80/1, PP " + b"9" * 5000)
@example(b"A/80/1, para. " + "٣".encode() * 3000)
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    TEXT_TARGETS[name](data)


@pytest.mark.parametrize("name", TEXT_TARGETS)
def test_good_text_is_read(name: str) -> None:
    for seed in TEXT_SEEDS[name]:
        TEXT_TARGETS[name](seed)


# Found, and mended.


def test_half_of_the_brackets_of_an_address_are_no_address() -> None:
    with pytest.raises(SymbolError, match="not an address"):
        symbol_from_url("https://un]docs.org/A/80/1")


def test_a_number_of_thousands_of_digits_names_no_paragraph() -> None:
    with pytest.raises(SymbolError):
        parse_citation(f"A/80/1, PP{'9' * 5000}")


@pytest.mark.parametrize("text", [f"year = {'9' * 5000}", f"title = {'[' * 3000}"])
def test_a_sidecar_that_its_parser_chokes_on_fails_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.pdf.toml").write_text(text)
    with pytest.raises(SidecarError, match="not valid TOML"):
        read_sidecar(tmp_path / "a.pdf")
    (tmp_path / "standing.toml").write_text(text)
    with pytest.raises(InputError, match="cannot be read as TOML"):
        StandingTable.read(tmp_path / "standing.toml")


def test_a_pipe_under_the_name_of_a_manifest_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "precedent.csv")
    os.mkfifo(tmp_path / "a.txt.toml")
    (tmp_path / "a.txt").write_text("1. Words of it.")
    assert [source.path.name for source in find_sources([tmp_path])] == ["a.txt"]  # type: ignore[union-attr]


# Time must grow as the text does: with the square of its length one request could take an hour.

_READERS: dict[str, Callable[[str], object]] = {
    "references": find_references,
    "claims": cited_in,
    "query": lambda text: TEXT_TARGETS["query"](text.encode()),
    "symbols": lambda text: TEXT_TARGETS["symbols"](text.encode()),
    "text": lambda text: read_text(f"Words {text}".encode(), "a.txt"),
}
_REPEATED = [
    "1", "A/", "A/80/1, para. ", "Art. 1 ", "No. 1 ", "paras. 1-2 and ", "“", "(", "[^1] ", "éa",
    " ", "1.1.", "PP1 ", "1, ",
]  # fmt: skip


@pytest.mark.parametrize("name", _READERS)
@pytest.mark.parametrize("unit", _REPEATED)
def test_time_grows_no_faster_than_the_text(name: str, unit: str) -> None:
    read = _READERS[name]
    short, long = (unit * (size // len(unit)) for size in (2_500, 10_000))
    read(short)  # what is made once is made
    quick = min(_seconds(read, short) for _ in range(3))
    slow = min(_seconds(read, long) for _ in range(2))
    # Four times is even; sixteen times is the square. Under a few hundredths nothing is told.
    assert slow < 10 * quick + 0.05


def _seconds(read: Callable[[str], object], text: str) -> float:
    """Return the processor time of this process, which other programs do not lengthen."""
    gc.disable()
    try:
        began = time.process_time()
        read(text)
        return time.process_time() - began
    finally:
        gc.enable()
