"""A few of the kills of `python -m tests.robustness.kills`, which makes 200."""

from __future__ import annotations

from pathlib import Path

from tests.robustness.kill_uploads import kill_uploads
from tests.robustness.kills import kill

KILLS = 6


def test_killed_at_random_moments_nothing_is_lost(tmp_path: Path) -> None:
    found = kill(tmp_path, KILLS, seed=20240601, traced=False)
    indexing = {how: count for how, count in found.kills.items() if not how.startswith("keep")}
    assert sum(indexing.values()) == KILLS
    assert found.kills["keep, time"] >= KILLS // 2
    assert found.finished
    assert found.opened


def test_an_upload_that_was_accepted_outlives_every_kill(tmp_path: Path) -> None:
    found = kill_uploads(tmp_path, KILLS, seed=20240601)
    assert found.kills.total() == KILLS
    assert len(found.kills) > 1, "by time, by call, and of the job itself"
    assert found.accepted
    assert found.finished
