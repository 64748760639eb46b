"""What docs/security.md points to is there: modules, tests, commands."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:corpus|indexer|library|precedent|search_api|tests|ui|workbench)/[\w/.]*)`")


def test_every_file_it_names_is_there() -> None:
    named = PATH.findall(PAGE)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_row_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| to ")]
    assert len(rows) > 5
    assert [row for row in rows if "`tests/" not in row.rsplit("|", 2)[1]] == []
