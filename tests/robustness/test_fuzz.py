"""Whatever the bytes, reading ends in documents or a reason, within the limits, the same each time.

In the suite each property is tried on a fixed choice of examples. For a longer search set the
number of examples: `PRECEDENT_FUZZ=5000 pytest tests/robustness/test_fuzz.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.sandbox.pool import ParsingPool
from corpus.types import Document
from indexer.catalogue import Catalogue
from tests.fakes import FakeEncoder
from tests.robustness.grammar import pages, record_lines, texts
from tests.robustness.mutation import Step, damage, damage_part, sample, samples_of, steps
from tests.robustness.soundness import Found, assert_sound, parse_twice

NAMES = ("a.pdf", "a.docx", "a.html", "a.jsonl.gz", "a.txt", "a.doc", "a", "a.rtf")
LIMITS = Limits(wall_time_s=20, address_space_bytes=2**30)
EXAMPLES = int(os.environ.get("PRECEDENT_FUZZ", "0"))

pytestmark = pytest.mark.slow
search = settings(
    max_examples=EXAMPLES or 40,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    # What is drawn is small already; shrinking it may take minutes.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module", autouse=True)
def _without_ocr() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRECEDENT_OCR", "off")
        yield


class Reader:
    """Reads bytes under a name, in one worker that is replaced when a file kills it."""

    def __init__(self, folder: Path, pool: ParsingPool[tuple[Found, bool]]) -> None:
        self._folder, self._pool = folder, pool

    def __call__(self, name: str, data: bytes) -> Found:
        path = self._folder / name
        path.write_bytes(data)
        try:
            found, again = self._pool.run_one(path)
        except ReadError as error:  # it cost the worker its life, or its time
            found, again = [error], True
        assert again, "another result the second time"
        assert_sound(found)
        return found


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, _without_ocr: None) -> Iterator[Reader]:
    with ParsingPool(parse_twice, workers=1, limits=LIMITS) as pool:
        yield Reader(tmp_path_factory.mktemp("fuzz"), pool)


def _damaged(suffix: str) -> dict[str, st.SearchStrategy[object]]:
    """Draw a sample, another to splice from, and what is done: all small enough to print."""
    return {
        "path": st.sampled_from(samples_of(suffix)),
        "other": st.sampled_from(samples_of(suffix)),
        "harm": steps(),
    }


@search
@given(**_damaged(".pdf"))
def test_damaged_pdf(read: Reader, path: Path, other: Path, harm: list[Step]) -> None:
    read("damaged.pdf", damage(sample(path), harm, sample(other)))


@search
@given(path=st.sampled_from(samples_of(".docx")), which=st.integers(0, 30), harm=steps())
def test_docx_with_a_damaged_part(read: Reader, path: Path, which: int, harm: list[Step]) -> None:
    read("damaged.docx", damage_part(path, which, harm))


@search
@given(**_damaged(".docx"))
def test_damaged_docx(read: Reader, path: Path, other: Path, harm: list[Step]) -> None:
    read("damaged.docx", damage(sample(path), harm, sample(other)))


@search
@given(**_damaged(".html"))
def test_damaged_html(read: Reader, path: Path, other: Path, harm: list[Step]) -> None:
    read("damaged.html", damage(sample(path), harm, sample(other)))


@search
@given(page=pages())
def test_senseless_html(read: Reader, page: str) -> None:
    read("senseless.html", page.encode("utf-8", "replace"))


@search
@given(**_damaged(".txt"))
def test_damaged_text(read: Reader, path: Path, other: Path, harm: list[Step]) -> None:
    read("damaged.txt", damage(sample(path), harm, sample(other)))


@search
@given(text=texts(), encoding=st.sampled_from(("utf-8", "utf-16", "cp1251", "cp1252", "gb18030")))
def test_senseless_text(read: Reader, text: str, encoding: str) -> None:
    read("senseless.txt", text.encode(encoding, "replace"))


@search
@given(**_damaged(".jsonl"))
def test_damaged_json_lines(read: Reader, path: Path, other: Path, harm: list[Step]) -> None:
    read("damaged.jsonl", damage(sample(path), harm, sample(other)))


@search
@given(lines=record_lines())
def test_senseless_records_are_refused_or_can_be_kept(
    read: Reader, tmp_path_factory: pytest.TempPathFactory, lines: bytes
) -> None:
    found = read("senseless.jsonl", lines)
    encoder = FakeEncoder()
    folder = tmp_path_factory.mktemp("catalogue")
    with Catalogue(folder / "catalogue.sqlite") as catalogue:
        for document in found:
            if isinstance(document, Document):
                catalogue.write(document, origin="a", reading="1", max_tokens=64,
                                count_tokens=encoder.count_tokens)  # fmt: skip


@search
@given(data=st.binary(max_size=400), name=st.sampled_from(NAMES))
def test_any_bytes_under_any_name(read: Reader, data: bytes, name: str) -> None:
    read(name, data)
