"""Every bad file ends in its own reason or a right reading, within limits, and harms no other."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.parse import iter_documents
from corpus.sandbox.pool import ParsingPool
from corpus.types import Document
from tests.robustness import pdf_bytes
from tests.robustness.zoo import SPECIMENS

LIMITS = Limits(wall_time_s=60, address_space_bytes=2 * 2**30)
GOOD_EVERY = 10


def parse_all(path: Path, limits: Limits) -> list[Document | ReadError]:
    """Return what comes of a file in a worker: documents, and reasons for what is none."""
    return list(islice(iter_documents(path, limits), 2000))


@dataclass(frozen=True)
class Outcome:
    found: list[Document | ReadError]
    seconds: float


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Parse every specimen, and good files between them, in one pool of two."""
    folder = tmp_path_factory.mktemp("zoo")
    found: dict[str, Outcome] = {}
    began: dict[str, float] = {}

    def paths() -> Iterator[Path]:
        for number, specimen in enumerate(SPECIMENS.values()):
            if number % GOOD_EVERY == 0:
                good = folder / f"good-{number}.pdf"
                good.write_bytes(pdf_bytes.good_pdf())
                began[good.name] = time.monotonic()
                yield good
            path = folder / specimen.name
            path.write_bytes(specimen.make())
            began[path.name] = time.monotonic()
            yield path

    with pytest.MonkeyPatch.context() as patch:
        # Whether a machine can recognise text must not decide what is expected here.
        patch.setenv("PRECEDENT_OCR", "off")
        with ParsingPool(parse_all, workers=2, limits=LIMITS) as pool:
            for path, outcome in pool.run(paths()):
                listed = [outcome] if isinstance(outcome, ReadError) else outcome
                found[path.name] = Outcome(listed, time.monotonic() - began[path.name])
                path.unlink()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECIMENS)
def test_bad_file(name: str, outcomes: dict[str, Outcome]) -> None:
    specimen, outcome = SPECIMENS[name], outcomes[name]
    # A second attempt, with the other reader, has a time of its own.
    assert outcome.seconds < 2 * LIMITS.wall_time_s
    documents = [one for one in outcome.found if isinstance(one, Document)]
    errors = [one for one in outcome.found if isinstance(one, ReadError)]
    for error in errors:
        assert name in error.subject
        assert error.cause
        assert "\n" not in str(error)
        assert "failed on it" not in error.cause, "a bug of ours, not a fault of the file"
    if specimen.errors:
        assert errors, documents
        assert isinstance(errors[0], specimen.errors), errors[0]
        assert re.search(specimen.cause, errors[0].cause), errors[0]
        assert errors[0].remedy, "says what to do"
        return
    assert documents, errors
    text = "\n".join(paragraph.text for paragraph in documents[0].paragraphs)
    assert specimen.words in text
    if specimen.chain is not None:
        assert documents[0].quality.chain == specimen.chain
    assert text.encode("utf-8")
    assert not any(ord(c) < 32 and c != "\n" for c in text)


@pytest.mark.slow
def test_good_files_between_them_are_all_read(outcomes: dict[str, Outcome]) -> None:
    good = [outcome.found for name, outcome in outcomes.items() if name.startswith("good-")]
    assert len(good) == -(-len(SPECIMENS) // GOOD_EVERY)
    for found in good:
        (document,) = found
        assert isinstance(document, Document)
        assert document.quality.chain == 10
