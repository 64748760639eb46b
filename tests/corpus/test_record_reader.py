"""JSON Lines are read in a process of their own, which answers a few records at a time."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import corpus.sandbox.records
from corpus.errors import DamagedFileError, LimitExceededError, ReadError, RestrictedRecordError
from corpus.limits import Limits
from corpus.parse import iter_documents
from corpus.readers.jsonl.known import Known, KnownRecord
from corpus.sandbox.records import RecordReader
from corpus.types import Document

LIMITS = Limits(wall_time_s=1.5, records_time_s=3.0, max_records=10, address_space_bytes=2**30)


def _line(number: int, **others: object) -> str:
    record = {"symbol": f"SAMPLE/2024/{number}", "paragraphs": [{"text": f"Text {number}."}]}
    return json.dumps(record | others)


def _file(path: Path, lines: list[str]) -> Path:
    data = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_it_yields_what_reading_here_yields(tmp_path: Path, name: str) -> None:
    lines = [_line(number) for number in range(250)]
    lines[7], lines[130] = "broken", _line(130, year="soon", restricted="witness")
    path = _file(tmp_path / name, lines)
    (tmp_path / f"{name}.toml").write_text('body = "A body"')
    here = list(iter_documents(path))
    with RecordReader() as reader:
        there = list(reader.read(path))
    assert [str(each) for each in there] == [str(each) for each in here]
    assert [type(each) for each in there] == [type(each) for each in here]
    assert len(there) == 250
    assert isinstance(there[7], DamagedFileError)
    assert there[7].subject == f"{path}, line 8"
    assert isinstance(there[130], RestrictedRecordError)
    assert all(each.body == "A body" for each in there if isinstance(each, Document))


def test_nothing_of_a_file_is_parsed_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("read here")

    monkeypatch.setattr("gzip.GzipFile.__init__", refuse)
    monkeypatch.setattr("tomllib.loads", refuse)
    monkeypatch.setattr("corpus.readers.jsonl.read._document_or_error", refuse)
    path = tmp_path / "a.jsonl.gz"
    with monkeypatch.context() as patch:
        patch.undo()
        _file(path, [_line(1)])
    (tmp_path / "a.jsonl.gz.toml").write_text('body = "A body"')
    with RecordReader() as reader:
        (document,) = reader.read(path)
    assert isinstance(document, Document)
    assert document.body == "A body"


def test_records_that_are_known_are_named_in_their_place(tmp_path: Path) -> None:
    path = _file(tmp_path / "a.jsonl", [_line(1), _line(2), _line(1), _line(3)])
    with RecordReader() as reader:
        first, *_ = reader.read(path)
        assert isinstance(first, Document)
        known = Known(frozenset({first.sha256, "0" * 64}))
        found = list(reader.read(path, known))
        assert found[0] == KnownRecord(1, first.sha256)
        # A second record of the same words is read: it is to count as a duplicate.
        assert [getattr(each, "symbol", None) for each in found[1:]] == [
            "SAMPLE/2024/2", "SAMPLE/2024/1", "SAMPLE/2024/3",
        ]  # fmt: skip
        (third,) = reader.read(path, Known(lines=frozenset({4})))
    assert isinstance(third, Document)
    assert third.symbol == "SAMPLE/2024/3"


def test_a_line_takes_no_memory_here(tmp_path: Path) -> None:
    record = {"paragraphs": [{"text": "Words."}], "note": "a" * (48 * 2**20)}
    path = _file(tmp_path / "a.jsonl.gz", [json.dumps(record)])
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from corpus.sandbox.records import RecordReader\n"
        "with RecordReader() as reader:\n"
        "    (document,) = reader.read(Path(sys.argv[1]))\n"
        "assert document.paragraphs[0].text == 'Words.'\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(status.partition('VmHWM:')[2].split()[0])\n"
    )
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc tells the peak here")
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 90 * 2**10, "KiB"


def test_a_worker_reads_file_after_file_but_none_after_one_that_was_left(tmp_path: Path) -> None:
    one, other = (_file(tmp_path / f"{n}.jsonl", [_line(n)] * 3000) for n in (1, 2))
    with RecordReader() as reader:
        list(reader.read(one))
        worker = reader._worker
        assert worker is not None
        assert len(list(reader.read(other))) == 3000
        assert reader._worker is worker
        left = reader.read(one)
        next(left)
        left.close()  # type: ignore[attr-defined]
        assert not worker.alive
        symbols = {getattr(each, "symbol", None) for each in reader.read(other)}
    assert symbols == {"SAMPLE/2024/2"}


def test_more_records_than_any_collection_has_are_not_read(tmp_path: Path) -> None:
    path = _file(tmp_path / "a.jsonl", [_line(number) for number in range(50)])
    with RecordReader(LIMITS) as reader:
        *documents, error = reader.read(path)
    assert len(documents) == 10
    assert isinstance(error, LimitExceededError)
    assert "more than 10 records" in error.cause


def misbehave(asked: Any, _limits: Limits) -> Iterator[list[Any]]:
    """Answer as a worker that a file has taken over; the name of the file says how."""
    document = next(iter_documents(asked.path))
    yield [document]
    match asked.path.stem:
        case "dies":
            os._exit(3)
        case "hangs":
            time.sleep(60)
        case "trickles":
            for _ in range(8):
                time.sleep(0.5)
                yield [document]
        case "never-ends":
            for _ in itertools.count():
                yield [document]
        case "answers-otherwise":
            yield [document.paragraphs[0]]  # type: ignore[union-attr]
        case "answers-no-list":
            yield document  # type: ignore[misc]
        case "needs-memory":
            yield [bytearray(4 * 2**30)]
        case "fails":
            raise KeyError("no such layout")


@pytest.mark.parametrize(
    ("name", "kind", "cause"),
    [
        ("dies", DamagedFileError, "crashed its reader (exit 3)"),
        ("hangs", LimitExceededError, "took longer than 1.5 s"),
        ("trickles", LimitExceededError, "took longer than"),
        ("never-ends", LimitExceededError, "more than 10 records"),
        ("answers-otherwise", DamagedFileError, "answer was refused"),
        ("answers-no-list", DamagedFileError, "answer was refused"),
        ("needs-memory", LimitExceededError, "needs more than 1 GiB of memory"),
        ("fails", DamagedFileError, "KeyError"),
    ],
)
def test_what_befalls_the_worker_costs_the_rest_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: type[ReadError], cause: str
) -> None:
    monkeypatch.setattr(corpus.sandbox.records, "_ANSWER", f"{__name__}:misbehave")
    bad, good = (_file(tmp_path / f"{n}.jsonl", [_line(1)]) for n in (name, "good"))
    with RecordReader(LIMITS) as reader:
        *before, error = reader.read(bad)
        after = list(reader.read(good))
    assert type(error) is kind
    assert isinstance(error, ReadError)
    assert cause in error.cause
    assert error.subject == str(bad)
    assert before
    assert all(isinstance(each, Document) for each in (*before, *after))
    assert len(after) == 1
