"""Kill the indexer at many random moments: what is served is whole, and the next run finishes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import NoIndexError
from indexer.build import build_from_documents
from indexer.manifest import published_generation
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder
from tests.indexer.killable import DOCUMENTS, PARAGRAPHS, documents

KILLS = 20


def _start(index_dir: Path, version: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.indexer.killable", str(index_dir), str(version)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _editions(index_dir: Path) -> set[str]:
    """Open what is in service, check that it is whole, and return the editions in it."""
    snapshot = Snapshot.open(index_dir)
    try:
        rows = snapshot.passages(range(len(snapshot.vectors)))
        assert len(rows) == DOCUMENTS * PARAGRAPHS
        encoder = FakeEncoder()
        expected = encoder.encode_passages([row["text"] for row in rows])
        for row in (0, len(rows) // 2, len(rows) - 1):
            np.testing.assert_allclose(snapshot.vectors.vector(row), expected[row], atol=2e-3)
            assert rows[row]["text"].split()[1] == rows[row]["title"].replace(" ", "")
        return {row["title"] for row in rows if row["document_id"] == "SAMPLE_2024_SR_0:en"}
    finally:
        snapshot.close()


@pytest.mark.slow
def test_killed_at_random_moments_nothing_is_lost(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    began = time.perf_counter()
    whole = _start(tmp_path / "timing", 1)
    assert whole.wait() == 0
    duration_s = time.perf_counter() - began
    assert whole.stdout is not None
    whole.stdout.close()

    moments = random.Random(20240601)
    killed = 0
    for version in range(1, KILLS + 1):
        process = _start(index_dir, version)
        time.sleep(moments.uniform(0, duration_s * 0.5))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert process.stdout is not None
        process.stdout.close()
        try:
            editions = _editions(index_dir)
        except NoIndexError:
            assert published_generation(index_dir) is None
            continue
        assert len(editions) == 1, "one document is served in one edition"
    assert killed >= KILLS // 2, f"only {killed} of {KILLS} runs were caught at work"

    report = build_from_documents(documents(KILLS), index_dir, encoder=FakeEncoder())
    assert (report.documents, report.passages) == (DOCUMENTS, DOCUMENTS * PARAGRAPHS)
    assert _editions(index_dir) == {f"edition {KILLS}"}
    again = build_from_documents(documents(KILLS), index_dir, encoder=FakeEncoder())
    assert (again.unchanged, again.embedded) == (DOCUMENTS, 0)
    assert again.generation == report.generation
