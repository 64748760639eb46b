"""An encoder opened ahead is taken once, by who wants that one, and never in place of an error."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from corpus.errors import ModelError
from indexer.build import build_from_documents
from indexer.encoder import EncoderIdentity, ahead
from indexer.encoder.ahead import EncoderAhead
from search_api.openers import IndexOpener
from tests.fakes import FakeEncoder, document

WANTED = FakeEncoder().identity
OTHER = EncoderIdentity("another", "1" * 64, 64, 512, "", "", "f32")


class Opened:
    """Stands for `open_encoder`."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Path, bool]] = []
        self.fault: Exception | None = None
        self.may_end = threading.Event()
        self.may_end.set()

    def __call__(self, name: str, folder: Path, *, int8: bool) -> FakeEncoder:
        self.calls.append((name, folder, int8))
        assert self.may_end.wait(10)
        if self.fault is not None:
            raise self.fault
        return FakeEncoder()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    made = Opened()
    monkeypatch.setattr(ahead, "open_encoder", made)
    return made


def test_it_is_opened_meanwhile_and_taken_once(opened: Opened) -> None:
    opened.may_end.clear()
    held = EncoderAhead(WANTED, Path("models"))  # returns before it is open
    opened.may_end.set()
    taken = held.take(WANTED)
    assert taken is not None
    assert taken.identity == WANTED
    assert held.take(WANTED) is None
    assert opened.calls == [(WANTED.model, Path("models"), False)]


def test_who_wants_another_opens_it(opened: Opened) -> None:
    assert EncoderAhead(WANTED, Path("models")).take(OTHER) is None


def test_what_cannot_be_opened_is_told_to_who_opens_it_then(opened: Opened) -> None:
    opened.fault = ModelError("model fake", "is not there", "run `precedent models pull fake`")
    assert EncoderAhead(WANTED, Path("models")).take(WANTED) is None


def test_a_fault_is_not_hidden(opened: Opened) -> None:
    opened.fault = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        EncoderAhead(WANTED, Path("models")).take(WANTED)


def test_the_index_is_served_with_it(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def must_not(*_: object, **__: object) -> None:
        raise AssertionError("it was opened a second time")

    monkeypatch.setattr("indexer.encoder.open_encoder", must_not)
    build_from_documents([document("A/1", "Counsel was refused.")], tmp_path, encoder=FakeEncoder())
    opener = IndexOpener(tmp_path, None, ahead=EncoderAhead(WANTED, tmp_path))
    engine = opener.open()
    assert engine.generation == 1
    engine.close()
