"""Sidecars and manifests are read in a process of their own, and say the same as if read here."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

import corpus.sandbox.beside
from corpus.errors import ReadError, SidecarError
from corpus.limits import Limits
from corpus.sandbox.beside import RowsApart
from corpus.sidecars.apply import restricted_beside, sidecar_digest, unmatched_rows
from corpus.sidecars.files import Row, Rows, may_restrict
from corpus.sources import find_sources

SAID = {
    "precedent.csv": "file,title,restricted\n*.pdf,A title,\nb.pdf,One,witness\ngone.pdf,Two,\n",
    "precedent.toml": '["a.*"]\nyear = 2024\ncountry = ["BLR", "USA"]\n[gone.txt]\nyear = 2020\n',
    "a.pdf.toml": 'date = 2024-02-03\nvote = [1, 2, 3]\nnote = "mine"\n',
    "c.pdf.toml": "nonsense = true\nat = 10:00:00\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.7")
    for name, text in SAID.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_what_is_said_is_the_same(folder: Path) -> None:
    paths = [folder / f"{name}.pdf" for name in "abcd"]
    with RowsApart() as rows:
        assert [sidecar_digest(path, rows) for path in paths] == list(map(sidecar_digest, paths))
        for path in paths:
            assert list(rows.beside(path)) == list(Rows().beside(path))
        assert restricted_beside(paths[1], rows) == "witness"
        assert unmatched_rows(folder, rows) == unmatched_rows(folder)
        assert len(unmatched_rows(folder, rows)) == 2
        found = [each.sidecar for each in find_sources([folder], rows=rows)]  # type: ignore[union-attr]
    assert found == [sidecar_digest(path) for path in paths[:3]]


def test_nothing_of_it_is_parsed_in_this_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("read here")

    monkeypatch.setattr("tomllib.loads", refuse)
    monkeypatch.setattr("csv.reader", refuse)
    with RowsApart() as rows:
        assert restricted_beside(folder / "b.pdf", rows) == "witness"
        assert sidecar_digest(folder / "a.pdf", rows) is not None


@pytest.mark.parametrize("text", ["[" * 100_000, "a = ", "\x00", "year = " + "9" * 5000])
def test_a_sidecar_that_cannot_be_read_is_said_in_the_same_words(folder: Path, text: str) -> None:
    (folder / "a.pdf.toml").write_text(f"# restricted\n{text}")
    path = folder / "a.pdf"
    with RowsApart() as rows:
        assert sidecar_digest(path, rows) == sidecar_digest(path)
        with pytest.raises(SidecarError) as apart:
            restricted_beside(path, rows)
    with pytest.raises(SidecarError) as here:
        restricted_beside(path)
    assert apart.value.args == here.value.args


def misbehave(asked: Any, _limits: Limits) -> tuple[Row, ...]:
    """Answer as a worker that a sidecar has taken over."""
    if asked.path.name == "a.pdf.toml":
        time.sleep(60)
    row = Row("file", "where", "*.pdf", {"restricted": "../../etc"})
    if asked.path.name == "b.pdf.toml":
        object.__setattr__(row, "pattern", 7)
    return (row,)


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("a", "its sidecar a.pdf.toml: took longer than 1.5 s"),
        ("b", "its sidecar b.pdf.toml: its reader's answer was refused"),
        ("c", "its sidecar where, key `restricted`: must be a name"),
    ],
)
def test_a_file_whose_sidecar_takes_its_reader_over_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, cause: str
) -> None:
    monkeypatch.setattr(corpus.sandbox.beside, "_ANSWER", f"{__name__}:misbehave")
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(b"%PDF-1.7")
    path.with_name(f"{path.name}.toml").write_text('restricted = "witness"')
    with RowsApart(Limits(wall_time_s=1.5)) as rows, pytest.raises(ReadError) as caught:
        restricted_beside(path, rows)
    assert cause in caught.value.cause


def test_a_manifest_larger_than_any_is_not_taken_into_memory(tmp_path: Path) -> None:
    with (tmp_path / "precedent.csv").open("wb") as stream:
        stream.truncate(2**40)
    assert may_restrict(tmp_path / "a.pdf"), "what is perhaps restricted is not taken for public"
