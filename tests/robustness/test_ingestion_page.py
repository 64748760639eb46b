"""docs/ingestion.md says what the code does: kinds, exit codes and limits."""

from __future__ import annotations

import re
from pathlib import Path

from corpus import errors
from corpus.errors import ReadError
from corpus.limits import Limits
from indexer.report import KINDS, failure_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ingestion.md").read_text(encoding="utf-8")


def test_the_kinds_are_listed_as_they_are() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| (failed|ignored) \|$", PAGE, re.MULTILINE)
    assert {kind: meaning for kind, meaning, _ in rows} == KINDS
    first_ignored = list(KINDS).index("duplicate")
    assert [how for _, _, how in rows] == ["failed"] * first_ignored + ["ignored"] * (
        len(KINDS) - first_ignored
    )


def test_every_reason_for_a_file_has_a_kind_of_its_own() -> None:
    classes = [getattr(errors, name) for name in errors.__all__]
    reasons = [one for one in classes if issubclass(one, ReadError)]
    reasons.remove(errors.OriginalError)  # of files that were indexed, and are opened again
    reasons.remove(errors.RestrictedRecordError)  # told as the damage that it is
    kinds = {failure_of("a.pdf", one("a.pdf", "cause", "remedy")).kind for one in reasons}
    assert len(kinds) == len(reasons)
    assert kinds <= set(KINDS)


def test_a_line_of_a_file_is_a_number_for_programs() -> None:
    error = errors.DamagedFileError("/d/a, line 3.jsonl, line 12", "no `text`", "add it")
    failure = failure_of(error.subject, error, "/d/a, line 3.jsonl", "ab")
    assert (failure.origin, failure.line) == ("/d/a, line 3.jsonl", 12)
    whole = failure_of("/d/a, line 3", errors.EmptyFileError("/d/a, line 3", "is empty"))
    assert (whole.origin, whole.line) == ("/d/a, line 3", None)


def test_the_limits_are_those_of_the_code() -> None:
    limits = Limits()
    for value in (
        f"{limits.wall_time_s:.0f} s", f"{limits.address_space_bytes >> 30} GiB",
        f"{limits.max_file_bytes >> 20} MiB", f"{limits.max_pages:,}",
        f"{limits.max_page_chars:,}", f"{limits.max_chars:,}", f"{limits.max_blocks:,}",
    ):  # fmt: skip
        assert f"| {value}" in PAGE, value
