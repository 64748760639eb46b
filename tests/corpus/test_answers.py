"""Answers of workers: what is read crosses whole, and what a hostile file makes up harms nobody."""

from __future__ import annotations

import os
import pickle
import stat
import struct
import time
from pathlib import Path

import pytest

from corpus.errors import DamagedFileError, EncryptedFileError, ReadError
from corpus.limits import Limits
from corpus.parse import parse_file
from corpus.sandbox.answers import pack, unpack
from corpus.sandbox.pool import ParsingPool
from corpus.types import Paragraph, ParagraphKind

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "documents"
LIMITS = Limits(wall_time_s=20, address_space_bytes=2**31)


def _class(module: str, name: str) -> bytes:
    return b"c" + module.encode() + b"\n" + name.encode() + b"\n"


def _text(words: str) -> bytes:
    return b"X" + struct.pack("<I", len(words)) + words.encode()


def _set(target: bytes, name: str, value: bytes) -> bytes:
    """Return the part of a pickle that sets an attribute of what another part puts on the stack."""
    return target + b"N}" + _text(name) + value + b"s\x86b0"


PARAGRAPH = _class("corpus.types", "Paragraph")
KIND = _class("corpus.types", "ParagraphKind")
END = _text("result") + b"N\x86."
HOSTILE = {
    "sets-on-a-class": _set(PARAGRAPH, "__qualname__", _text("evil")) + END,
    "sets-on-the-pool": _set(_class("corpus.sandbox.pool", "ParsingPool"), "x", b"N") + END,
    "sets-the-maker": _set(PARAGRAPH, "_make", b"N") + END,
    "makes-without-fields": PARAGRAPH + b")\x810" + END,
    "too-few-fields": PARAGRAPH + b")R0" + END,
    "takes-a-member": KIND + _text("heading") + b"\x85R0" + END,
    "calls": _class("os", "getpid") + b")R0" + END,
    "endless": _class("builtins", "bytearray") + b"I9999999999999\n\x85R0" + END,
    "of-an-error": _class("corpus.errors", "PrecedentError.__init__") + b")R0" + END,
    "nothing": b"",
    "cut-short": b"X\xff",
    "no-pair": b"N.",
    "no-status": b"NN\x86.",
    "unknown-status": _text("otherwise") + b"N\x86.",
    "no-error": _text("read-error") + _text("words") + b"\x86.",
    "no-failure": _text("failure") + b"N\x86.",
    "not-utf-8": b"X\x02\x00\x00\x00\xff\xff.",
    "ready-again": _text("ready") + b"K\x01\x86.",
    "not-started": _text("not-started") + _text("words") + b"\x86.",
}


def forge(path: Path, _limits: Limits) -> object:
    """Answer as a worker that has been taken over; the file's name says how."""
    if (data := HOSTILE.get(path.name)) is None:
        return "fine"
    data = b"\x80\x04" + data if data else data
    for number in range(3, 64):
        try:
            is_pipe = stat.S_ISFIFO(os.fstat(number).st_mode)
        except OSError:
            continue
        if is_pipe:
            os.write(number, struct.pack(">Q", len(data)) + data)
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


def test_what_stands_for_a_class_cannot_be_changed() -> None:
    _, (maker, _) = unpack(b"\x80\x04" + _text("result") + PARAGRAPH + b"N\x86\x86.")
    assert maker is not Paragraph
    assert not hasattr(maker, "__dict__")
    with pytest.raises(pickle.UnpicklingError):
        maker.x = 1


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
