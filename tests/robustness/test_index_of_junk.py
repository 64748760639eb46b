"""A folder of which half is junk: the good half is indexed, each bad file reported, none lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.junk import make_folder
from indexer.build import build_index
from indexer.report import KINDS, BuildReport, Progress
from tests.fakes import FakeEncoder
from tests.robustness.zoo import Specimen

pytestmark = pytest.mark.slow
FILES = 400

_KIND_OF_ERROR = {
    "EmptyFileError": "empty-file",
    "WrongTypeError": "wrong-type",
    "EncryptedFileError": "encrypted",
    "DamagedFileError": "damaged",
    "NoTextError": "no-text",
    "NotADocumentError": "not-a-document",
    "LimitExceededError": "limit-exceeded",
}


def test_the_good_half_is_indexed_and_the_other_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRECEDENT_OCR", "off")
    good, junk = make_folder(tmp_path / "documents", FILES)
    index = tmp_path / "index"
    steps: list[Progress] = []

    def stop_in_the_middle(step: Progress) -> None:
        if step.stage == "read" and step.done == FILES // 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index([tmp_path], index, encoder=FakeEncoder(), progress=stop_in_the_middle)
    report = build_index([tmp_path], index, encoder=FakeEncoder(), progress=steps.append)

    assert report.documents == len(good)
    assert report.unchanged > 0, "what was read before the interruption is not read again"
    assert report.added + report.unchanged == len(good)
    _check_failures(report, junk)
    first = next(step for step in steps if step.stage == "read")
    assert first.total == FILES - report.unchanged

    again = build_index([tmp_path], index, encoder=FakeEncoder())
    assert (again.added, again.updated, again.embedded) == (0, 0, 0)
    assert again.unchanged == len(good)
    assert again.generation == report.generation
    assert {f.source for f in again.failed} == {f.source for f in report.failed}


def _check_failures(report: BuildReport, junk: dict[Path, Specimen]) -> None:
    # Of a file that fails line by line, the first line.
    reported = {failure.origin: failure for failure in reversed(report.failed)}
    assert set(reported) == {str(path) for path in junk}
    for path, specimen in junk.items():
        failure = reported[str(path)]
        expected = {_KIND_OF_ERROR[one.__name__] for one in specimen.errors}
        assert failure.kind in expected, failure
        assert failure.kind in KINDS
        assert failure.cause
        assert failure.remedy
        assert failure.sha256 is None or len(failure.sha256) == 64
    assert report.ignored == [] or {one.kind for one in report.ignored} <= set(KINDS)
