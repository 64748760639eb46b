"""A few of the kills of `python -m tests.robustness.kills`, which makes 200."""

from __future__ import annotations

from pathlib import Path

from tests.robustness.kills import kill

KILLS = 6


def test_killed_at_random_moments_nothing_is_lost(tmp_path: Path) -> None:
    found = kill(tmp_path, KILLS, seed=20240601, traced=False)
    indexing = {how: count for how, count in found.kills.items() if not how.startswith("keep")}
    assert sum(indexing.values()) == KILLS
    assert found.kills["keep, time"] >= KILLS // 2
    assert found.finished
    assert found.opened
