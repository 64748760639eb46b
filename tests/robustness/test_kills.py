"""A few of the kills of `python -m tests.robustness.kills`, which makes hundreds."""

from __future__ import annotations

from pathlib import Path

from tests.robustness.kill_acts import kill_acts
from tests.robustness.kill_index import kill_index
from tests.robustness.kill_rows import kill_rows
from tests.robustness.kill_uploads import kill_uploads

KILLS = 6


def test_killed_at_random_moments_nothing_is_lost(tmp_path: Path) -> None:
    found = kill_index(tmp_path, KILLS, seed=20240601, traced=False)
    assert found.kills.total() == KILLS
    assert found.finished
    assert found.opened


def test_an_upload_that_was_accepted_outlives_every_kill(tmp_path: Path) -> None:
    found = kill_uploads(tmp_path, KILLS, seed=20240601)
    assert found.kills.total() == KILLS
    assert len(found.kills) > 1, "by time, by call, and of the job itself"
    assert found.accepted
    assert found.finished


def test_a_command_that_was_killed_is_finished_by_the_same_command(tmp_path: Path) -> None:
    found = kill_acts(tmp_path, KILLS, seed=20240601)
    assert found.kills.total() >= KILLS
    assert found.finished >= KILLS // 2
    assert found.answered


def test_what_is_kept_row_by_row_is_there_after_every_kill(tmp_path: Path) -> None:
    found = kill_rows(tmp_path, 2 * KILLS, seed=20240601)
    assert found.kills.total() == 2 * KILLS
    assert {how.partition(",")[0] for how in found.kills} == {"library", "keys", "audit"}
    assert found.acts
