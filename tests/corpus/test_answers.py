"""Answers of workers: what is read crosses whole, and what a hostile file makes up harms nobody."""

from __future__ import annotations

import os
import pickle
import stat
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.drafts import Draft
from corpus.errors import DamagedFileError, EncryptedFileError, LimitExceededError, ReadError
from corpus.limits import Limits
from corpus.parse import parse_file
from corpus.sandbox.answers import MOST_VALUES, pack, unpack
from corpus.sandbox.pool import ParsingPool
from corpus.types import Paragraph, ParagraphKind

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "documents"
LIMITS = Limits(wall_time_s=20, address_space_bytes=2**31)


def _pickle(body: bytes) -> bytes:
    return b"\x80\x04" + body + b"X\x06\x00\x00\x00resultN\x86."


HOSTILE = {
    "a-pickle": pickle.dumps(("result", None)),
    "a-pickle-that-calls": _pickle(b"cos\ngetpid\n)R0"),
    "a-pickle-of-an-endless-memo": _pickle(b"Nr\xff\xff\xff\x7f0"),
    "too-few-fields": b'["()","result",["Paragraph","1"]]',
    "too-many-fields": b'["()","result",["Box",1,2.0,3.0,4.0,5.0,6.0]]',
    "takes-a-member": b'["()","result",["ParagraphKind","heading"]]',
    "of-no-such-kind": b'["()","result",["Relation","no-such-kind","A/1"]]',
    "another-class": b'["()","result",["Source","a","b"]]',
    "of-another-module": b'["()","result",["os.getpid"]]',
    "of-an-error": b'["()","result",["PrecedentError","a","b","c"]]',
    "of-no-error": b'["()","result",["annotations","a","b","c"]]',
    "of-no-name": b'["()","result",[]]',
    "named-by-a-list": b'["()","result",[["()"]]]',
    "an-object": b'["()","result",{"__class__":"Paragraph"}]',
    "unhashable": b'["()","result",["{}",["[]"],1]]',
    "half-a-pair": b'["()","result",["{}",1]]',
    "no-bytes": b'["()","result",["b","*"]]',
    "nested": b'["()","result",' + b"[" * 100_000 + b"]" * 100_000 + b"]",
    "nested-in-order": b'["()","result",' + b'["()",' * 5_000 + b"1" + b"]" * 5_001,
    "a-long-number": b'["()","result",' + b"9" * 100_000 + b"]",
    "many-values": b'["()","result",["()"' + b",0" * (MOST_VALUES + 1) + b"]]",
    "many-parts": b'["()","result",["()"' + b',["()"]' * (MOST_VALUES // 2) + b"]]",
    "nothing": b"",
    "cut-short": b'["()","result"',
    "no-pair": b"null",
    "no-status": b'["()",null,null]',
    "unknown-status": b'["()","otherwise",null]',
    "no-error-at-all": b'["()","read-error","words"]',
    "no-failure": b'["()","failure",null]',
    "no-text-in-a-failure": b'["()","failure",["()","words",1]]',
    "not-utf-8": b'["()","result","\xff"]',
    "ready-again": b'["()","ready",1]',
    "not-started": b'["()","not-started","words"]',
}


def forge(path: Path, _limits: Limits) -> object:
    """Answer as a worker that has been taken over; the file's name says how."""
    if (data := HOSTILE.get(path.name)) is None:
        return "fine"
    for number in range(3, 64):
        try:
            is_pipe = stat.S_ISFIFO(os.fstat(number).st_mode)
        except OSError:
            continue
        if is_pipe:
            with open(number, "wb", closefd=False) as answers:
                answers.write(struct.pack(">Q", len(data)) + data)
    time.sleep(60)
    return None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_forged_answer_costs_its_file_alone(name: str) -> None:
    before = {kind: dict(vars(kind)) for kind in (Paragraph, ParagraphKind, ParsingPool)}
    with ParsingPool[object](forge, workers=1, limits=LIMITS) as pool:
        outcomes = dict(pool.run([Path("a"), Path(name), Path("b")]))
    refused = outcomes[Path(name)]
    assert isinstance(refused, DamagedFileError)
    assert "answer was refused" in refused.cause
    assert outcomes[Path("a")] == outcomes[Path("b")] == "fine"
    assert {kind: dict(vars(kind)) for kind in before} == before


@pytest.mark.parametrize(
    "value",
    [
        None, True, 3, 0.1, float("inf"), "", "\ud800\u2028\x00\U0001f600", b"\x00\xff", (),
        (1, ("a",)), [], ["()", "[]", ["Paragraph"]], {}, {"a": (1, [2]), 3: None},
        Draft("words", ("a",)),
    ],
)  # fmt: skip
def test_values_cross_whole(value: object) -> None:
    _, crossed = unpack(pack(("result", value)))
    assert crossed == value
    assert type(crossed) is type(value)


def test_what_is_not_on_the_list_cannot_be_answered() -> None:
    with pytest.raises(TypeError, match=r"may not contain pathlib\.PosixPath"):
        pack(("result", [Path("a")]))


def test_an_answer_longer_than_any_document_is_refused_before_it_is_read() -> None:
    limits = Limits(wall_time_s=20, address_space_bytes=2**31, max_answer_bytes=10_000)
    with ParsingPool[object](answer_at_length, workers=1, limits=limits) as pool:
        outcomes = dict(pool.run([Path("1"), Path("20000"), Path("2")]))
    refused = outcomes[Path("20000")]
    assert isinstance(refused, LimitExceededError)
    assert "its text is larger" in refused.cause
    assert outcomes[Path("1")] == "x"


def answer_at_length(path: Path, _limits: Limits) -> str:
    return "x" * int(path.name)


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is told in another unit")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc tells the peak here")
@pytest.mark.parametrize("kind", ["texts", "wide text", "parts", "numbers"])
def test_the_memory_that_an_answer_takes_is_bounded(kind: str) -> None:
    """By the worst of what may be sent, in a process whose peak is its own.

    `getrusage` tells the peak of whoever started it, where that was higher.
    """
    script = (
        "from pathlib import Path\n"
        "from corpus.limits import Limits\n"
        "from corpus.sandbox.answers import MOST_VALUES, unpack\n"
        "size, most = Limits().max_answer_bytes - 100, MOST_VALUES - 10\n"
        "wide = b',\"' + '\\U0001f600'.encode() + b'a' * (size - 10) + b'\"'\n"
        "part, values = {\n"
        "    'texts': (b',\"ab0123456789\"', 1),\n"
        "    'wide text': (wide, 1),\n"
        "    'parts': (b',[\"[]\"]', 3),\n"
        "    'numbers': (b',1234567.125', 1),\n"
        f"}}[{kind!r}]\n"
        "times = min(most // values, size // len(part))\n"
        'unpack(b\'["()","result",["[]"\' + part * times + b\']]\')\n'
        "status = Path('/proc/self/status').read_text()\n"
        "print(status.partition('VmHWM:')[2].split()[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 2 * 2**20, "KiB"


@pytest.mark.parametrize("path", sorted(SAMPLE.iterdir()), ids=lambda path: path.name)
def test_documents_cross_whole(path: Path) -> None:
    documents = parse_file(path)
    status, crossed = unpack(pack(("result", documents)))
    assert status == "result"
    assert crossed == documents
    for before, after in zip(documents, crossed, strict=True):
        assert after.status is before.status
        assert [each.kind for each in after.paragraphs] == [each.kind for each in before.paragraphs]
        assert all(isinstance(each.kind, ParagraphKind) for each in after.paragraphs)


def test_every_error_of_reading_crosses_whole() -> None:
    kinds = [ReadError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert EncryptedFileError in kinds
    for kind in kinds:
        _, error = unpack(pack(("read-error", kind("a file", "needs a password", "ask for it"))))
        assert type(error) is kind
        assert error.args == ("a file", "needs a password", "ask for it")
