"""The API container mounts the index read-only; what it opens must open there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.lexical import LexicalEntry, LexicalStore

ROOT = Path(__file__).resolve().parents[2]

OPEN = """
import sys
from pathlib import Path
from indexer.lexical import LexicalQuery, LexicalStore
folder = Path(sys.argv[1])
try:
    (folder / "probe").touch()
except OSError:
    rows, _ = LexicalStore.open(folder).search(LexicalQuery("lawyer"), 10)
    print("read-only", rows.tolist())
else:
    print("writable")
"""


@pytest.fixture
def unshare() -> list[str]:
    """Return the command that gives a process mounts of its own, or skip."""
    if shutil.which("unshare"):
        for options in (["--mount"], ["--map-root-user", "--mount"]):
            command = ["unshare", *options]
            if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
                return command
    pytest.skip("cannot make a read-only mount here: unshare is missing or not allowed")


def test_words_can_be_searched_on_a_read_only_volume(tmp_path: Path, unshare: list[str]) -> None:
    folder = tmp_path / "lexical"
    entries = [
        LexicalEntry(row, text, "", "en", {}, 2024)
        for row, text in enumerate(["access to a lawyer", "water and food", "a lawyer of choice"])
    ]
    LexicalStore.build(folder, entries)
    script = tmp_path / "open.py"
    script.write_text(OPEN)
    mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" "$3" "$1"'

    done = subprocess.run(
        [*unshare, "sh", "-c", mount, "sh", str(folder), sys.executable, str(script)],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("read-only")
    assert sorted(map(int, done.stdout.split("[")[1].strip("]\n").split(","))) == [0, 2]
