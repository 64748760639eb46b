"""Every bad file ends in a clean reason or a right reading, within limits, and harms no other."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from corpus.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitExceededError,
    NoTextError,
    ReadError,
    WrongTypeError,
)
from corpus.limits import Limits
from corpus.readers.pdf.read import read_pdf
from corpus.sandbox.handed import open_file
from corpus.sandbox.pool import ParsingPool
from corpus.segmentation import segment_pages
from tests.robustness import pdf_bytes

LIMITS = Limits(wall_time_s=20, address_space_bytes=2**30)


def parse_chain(path: Path, limits: Limits) -> int:
    with open_file(path) as stream:
        reading = read_pdf(stream.read(), path.name, limits)
    return segment_pages(reading.pages).quality.chain


def _encrypted(user: str, owner: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_bytes.good_pdf()))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _bad_startxref() -> bytes:
    data = pdf_bytes.good_pdf()
    position = data.rindex(b"startxref")
    return data[:position] + b"startxref\n99999999\n%%EOF\n"


def _truncated() -> bytes:
    data = pdf_bytes.good_pdf(3)
    return data[: len(data) * 2 // 3]


# name: (file, what must come of it: classes of error, or the length of the chain)
HOSTILE: dict[str, tuple[Callable[[], bytes], int | tuple[type[ReadError], ...]]] = {
    "empty": (lambda: b"", (EmptyFileError,)),
    "header-only": (lambda: b"%PDF-1.7\n", (DamagedFileError,)),
    "html": (lambda: b"<!DOCTYPE html><html><body>Not found</body></html>", (WrongTypeError,)),
    "docx": (lambda: b"PK\x03\x04" + b"\x00" * 400, (WrongTypeError,)),
    "doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 400, (WrongTypeError,)),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 400, (WrongTypeError,)),
    "noise": (lambda: b"%PDF-1.4\n" + bytes(range(256)) * 40, (DamagedFileError,)),
    "truncated": (_truncated, 20),
    "bad-startxref": (_bad_startxref, 10),
    "junk-before-header": (lambda: b"From: someone\r\n" * 400 + pdf_bytes.good_pdf(), 10),
    "user-password": (lambda: _encrypted("secret", "owner"), (EncryptedFileError,)),
    "owner-password": (lambda: _encrypted("", "owner"), 10),
    "flate-bomb": (pdf_bytes.flate_bomb, (LimitExceededError, NoTextError)),
    "recursive-form": (pdf_bytes.recursive_form, 10),
    "nested-arrays": (pdf_bytes.nested_arrays, 10),
    "cyclic-tree": (pdf_bytes.cyclic_tree, (DamagedFileError, NoTextError)),
    "many-pages": (pdf_bytes.many_pages, (LimitExceededError,)),
    "many-operators": (pdf_bytes.many_operators, (LimitExceededError,)),
    "scan": (pdf_bytes.scan, (NoTextError,)),
}


@pytest.fixture(scope="module")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[int | ReadError, float]]:
    """Parse a good file before, between and after the hostile ones, in one pool of two."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = []
    for number, (name, (make, _)) in enumerate(HOSTILE.items()):
        bad, good = folder / f"{name}.pdf", folder / f"good-{number}.pdf"
        bad.write_bytes(make())
        good.write_bytes(pdf_bytes.good_pdf())
        paths += [good, bad]
    found: dict[str, tuple[int | ReadError, float]] = {}
    started = time.monotonic()
    with ParsingPool(parse_chain, workers=2, limits=LIMITS) as pool:
        for path, outcome in pool.run(paths):
            found[path.stem] = (outcome, time.monotonic() - started)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_file_ends_in_a_clean_reason_or_a_right_reading(
    name: str, outcomes: dict[str, tuple[int | ReadError, float]]
) -> None:
    outcome, _ = outcomes[name]
    expected = HOSTILE[name][1]
    if isinstance(expected, int):
        assert outcome == expected
    else:
        assert isinstance(outcome, expected), outcome
        assert isinstance(outcome, ReadError)
        assert name in outcome.subject
        assert outcome.cause
        assert "\n" not in str(outcome)


def test_good_files_beside_them_are_all_read(
    outcomes: dict[str, tuple[int | ReadError, float]],
) -> None:
    good = {name: outcome for name, (outcome, _) in outcomes.items() if name.startswith("good-")}
    assert len(good) == len(HOSTILE)
    assert set(good.values()) == {10}


def test_the_run_stays_within_its_limits(
    outcomes: dict[str, tuple[int | ReadError, float]],
) -> None:
    last = max(seconds for _, seconds in outcomes.values())
    assert last < 6 * LIMITS.wall_time_s


def test_damage_at_random_never_stops_a_run(tmp_path: Path) -> None:
    """Forty files, each with a few bytes changed, cut or doubled: a result or a reason for each."""
    chance = random.Random(20260701)
    paths = []
    for number in range(40):
        data = bytearray(pdf_bytes.good_pdf(2))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            action = chance.choice(["change", "cut", "double"])
            if action == "change":
                data[at] = chance.randrange(256)
            elif action == "cut":
                del data[at : at + chance.randint(1, 60)]
            else:
                data[at:at] = data[at : at + chance.randint(1, 60)]
        path = tmp_path / f"damaged-{number}.pdf"
        path.write_bytes(data)
        paths.append(path)
    with ParsingPool(parse_chain, workers=2, limits=LIMITS) as pool:
        outcomes = dict(pool.run(paths))
    assert set(outcomes) == set(paths)
    assert all(isinstance(outcome, int | ReadError) for outcome in outcomes.values())
    assert sum(isinstance(outcome, int) for outcome in outcomes.values()) > 20
