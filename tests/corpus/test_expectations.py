"""Real files, held to what a person saw on their pages; see tests/expectations/README.md."""

from __future__ import annotations

import functools
import os
import shutil
import tomllib
from pathlib import Path

import pytest

from benchmarks.expectations import EXPECTATIONS_DIR, Expectation, load
from benchmarks.scoring import Check, score, score_error, tally
from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.parse import iter_documents

pytestmark = pytest.mark.real

EXPECTATIONS = load()
BY_FILE = {each.file: each for each in EXPECTATIONS}
KNOWN = tomllib.loads((EXPECTATIONS_DIR / "known-misses.toml").read_text(encoding="utf-8"))["miss"]

# What the parser must reach over all files together; false values count apart.
TARGETS = {
    "number": 0.995,
    "start": 0.99,
    "end": 0.99,
    "pages": 0.99,
    "kind": 0.99,
    "heading": 0.97,
    "metadata.symbol": 0.99,
    "metadata.title": 0.95,
    "metadata.date": 0.97,
    "metadata.body": 0.97,
    "metadata.kind": 0.97,
    "metadata.language": 0.97,
    "metadata.page_count": 1.0,
    "metadata.country": 0.97,
    "metadata.session": 0.97,
    "metadata.agenda_item": 0.97,
    "metadata.job_number": 0.97,
    "metadata.status": 0.97,
    "metadata.vote": 1.0,
}
LEAST_PARAGRAPHS = 1500
# Files with pages that are images: read a second time with text recognition.
IMAGES = [each.file for each in EXPECTATIONS if each.error == "without text"]
IMAGES += ["aiun__A_79_940.en.pdf", "aiun__A_ES-10_1022.en.pdf"]


@functools.cache
def _checks(path: Path, max_ocr_pages: int = 0) -> tuple[Check, ...]:
    # Recognition takes seconds a page and is not installed everywhere.
    expectation = BY_FILE[path.name]
    found = list(iter_documents(path, Limits(max_ocr_pages=max_ocr_pages)))
    assert len(found) == 1, f"{path.name} holds {len(found)} documents"
    document = found[0]
    if isinstance(document, ReadError):
        return score_error(document.cause, expectation)
    if expectation.error and not expectation.metadata:
        return (Check("error", expectation.file, expectation.error, "no error", right=False),)
    return score(document, expectation)


@pytest.fixture(scope="module")
def checks(real_data: Path) -> dict[str, tuple[Check, ...]]:
    """Return the comparisons of every file by its name."""
    return {file: _checks(real_data / "pdf" / file) for file in BY_FILE}


def _known(file: str) -> list[dict[str, str]]:
    return [miss for miss in KNOWN if miss["file"] == file]


def _is_known(check: Check, miss: dict[str, str]) -> bool:
    return check.aspect == miss["aspect"] and check.place == miss["place"]


def _listed(file: str, misses: list[Check]) -> str:
    return "\n".join(f"{file}: {miss}" for miss in misses)


@pytest.mark.parametrize("expectation", EXPECTATIONS, ids=lambda each: each.file)
def test_a_file_is_read_as_a_person_saw_it(real_data: Path, expectation: Expectation) -> None:
    known = [miss for miss in _known(expectation.file) if "recognised" not in miss]
    checks = _checks(real_data / "pdf" / expectation.file)
    misses = [check for check in checks if not check.right]
    unknown = [check for check in misses if not any(_is_known(check, miss) for miss in known)]
    assert not unknown, "\n" + _listed(expectation.file, unknown)


def test_a_known_miss_is_still_missed(checks: dict[str, tuple[Check, ...]]) -> None:
    mended = []
    for miss in KNOWN:
        same = [check for check in checks[miss["file"]] if _is_known(check, miss)]
        if "recognised" not in miss and all(check.right for check in same):
            mended.append(f"{miss['file']}: {miss['aspect']} of {miss['place']}")
    assert not mended, "take these from known-misses.toml:\n" + "\n".join(mended)


@pytest.mark.slow
@pytest.mark.parametrize("file", IMAGES)
def test_recognition_adds_and_takes_nothing_away(
    real_data: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRECEDENT_OCR", raising=False)
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    plain = {
        (check.aspect, check.place) for check in _checks(real_data / "pdf" / file) if check.right
    }
    recognised = _checks(real_data / "pdf" / file, max_ocr_pages=3)
    worse = [
        check
        for check in recognised
        if (check.false or ((check.aspect, check.place) in plain and not check.right))
        and not any(_is_known(check, miss) for miss in _known(file))
    ]
    assert not worse, "\n" + _listed(file, worse)


def test_known_misses_give_a_reason() -> None:
    files = {each.file for each in EXPECTATIONS}
    for miss in KNOWN:
        assert miss["file"] in files, f"no expectations for {miss['file']}"
        assert len(miss["reason"].split()) > 2, f"no reason given for {miss}"


def test_the_targets_are_reached_over_all_files(checks: dict[str, tuple[Check, ...]]) -> None:
    all_checks = [check for file in checks.values() for check in file]
    misses = [_listed(file, [c for c in each if not c.right]) for file, each in checks.items()]
    print("\n".join(filter(None, misses)))  # noqa: T201 - shown where the test fails
    missed = {
        aspect: f"{found.right} of {found.total} right, {found.false} false"
        for aspect, found in tally(all_checks).items()
        if found.share < TARGETS.get(aspect, 0.95)
    }
    assert not missed


def test_the_set_is_large_enough_to_show_one_error_in_a_hundred() -> None:
    assert sum(len(each.paragraphs) for each in EXPECTATIONS) >= LEAST_PARAGRAPHS
    assert sum(bool(each.paragraphs) for each in EXPECTATIONS) >= 16


def test_every_file_of_the_real_data_has_its_expectations(real_data: Path) -> None:
    judged = {each.file for each in EXPECTATIONS}
    present = {entry.name for entry in os.scandir(real_data / "pdf") if entry.name.endswith("pdf")}
    assert judged == present
