"""The file: private, made late, written by turns, whole after a kill, and gone when it is wiped."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from library import collections, entries, searches
from library.file import Library
from library.records import PassageCopy
from library.schema import LIBRARY_VERSION, MIGRATIONS, check_version

Make = Callable[..., PassageCopy]

CHILD = """
import sys
from pathlib import Path
from library import collections, entries
from library.file import Library
from library.records import PassageCopy

library, name, count = Library(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(count):
    with library.writing() as connection:
        made = collections.create(connection, f"{name} {number}")
        for at in range(3):
            copy = PassageCopy(
                f"X:{at}", "X", f"X, para. {at}", "words " * 200, *[None] * 6, True
            )
            entries.add_entry(connection, made.collection_id, copy)
    print(number, flush=True)
"""


def started(library: Library, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(library.path), name, str(count)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def held(library: Library) -> dict[str, int]:
    with library.reading() as connection:
        return {each.name: each.entries for each in collections.all_collections(connection)}


def test_the_file_is_private_and_made_by_the_first_thing_kept(library: Library) -> None:
    assert held(library) == {}
    assert not library.path.parent.exists()
    with library.writing() as connection:
        collections.create(connection, "Counsel")
    assert stat.S_IMODE(library.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(library.path.stat().st_mode) == 0o600
    assert held(library) == {"Counsel": 0}


def test_what_fails_leaves_nothing(library: Library) -> None:
    def fail() -> None:
        with library.writing() as connection:
            collections.create(connection, "Half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert held(library) == {}


def test_two_processes_and_several_threads_write_by_turns(library: Library) -> None:
    """From the first moment on: neither finds the file made."""
    children = [started(library, name, 4) for name in ("one", "two")]

    def write(name: str) -> None:
        with library.writing() as connection:
            collections.create(connection, name)

    threads = [threading.Thread(target=write, args=(f"thread {at}",)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for child in children:
        child.communicate()
        assert child.returncode == 0
    assert len(held(library)) == 2 * 4 + 4


def test_killed_in_the_middle_what_was_said_is_there_and_nothing_is_half(library: Library) -> None:
    child = started(library, "kept", 10_000)
    assert child.stdout is not None
    told = [child.stdout.readline() for _ in range(5)][-1]
    child.send_signal(signal.SIGKILL)
    rest = child.communicate()[0].splitlines()
    done = int(rest[-1] if rest else told)
    found = held(library)
    assert len(found) in {done + 1, done + 2}, "what it said it kept, and at most one more"
    assert set(found.values()) == {3}
    with library.writing() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        collections.create(connection, "afterwards")


def version_1(path: Path) -> None:
    """Write a file as the first version did."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    MIGRATIONS[0](connection)
    connection.execute("PRAGMA user_version = 1")
    connection.execute(
        "INSERT INTO collections (name, name_key, note, tags, created_at, changed_at, used, "
        "revision) VALUES ('Old', 'old', '', '[]', '2025', '2025', 1, 1)"
    )
    connection.close()


def test_an_old_file_is_read_as_it_is_and_brought_up_by_the_first_change(library: Library) -> None:
    version_1(library.path)
    before = library.path.read_bytes()
    with library.reading() as connection:
        assert [each.name for each in collections.all_collections(connection)] == ["Old"]
        assert searches.all_searches(connection) == []
    assert library.path.read_bytes() == before
    with library.writing() as connection:
        searches.create(connection, "New", "{}", depth=5)
        assert check_version(connection, "it") == LIBRARY_VERSION
    assert held(library) == {"Old": 0}


def test_a_file_of_a_later_version_is_left_alone(library: Library) -> None:
    version_1(library.path)
    with sqlite3.connect(library.path) as connection:
        connection.execute(f"PRAGMA user_version = {LIBRARY_VERSION + 1}")
    connection.close()
    before = library.path.read_bytes()
    with pytest.raises(LibraryError, match="install the newer"), library.reading():
        pass
    with pytest.raises(LibraryError, match="install the newer"), library.writing():
        pass
    assert library.path.read_bytes() == before


def test_wiping_overwrites_and_deletes(library: Library, passage: Make) -> None:
    secret = "unmistakable words"
    with library.writing() as connection:
        made = collections.create(connection, "Counsel")
        entries.add_entry(connection, made.collection_id, passage(1, text=secret * 500))
    # A second name of the same file: what is left in it after it is unlinked.
    other = library.path.with_name("other")
    os.link(library.path, other)
    assert secret.encode() in other.read_bytes()
    assert library.wipe()
    assert list(library.path.parent.iterdir()) == [other]
    assert secret.encode() not in other.read_bytes()
    assert not library.wipe()
    assert held(library) == {}


def test_what_is_removed_is_not_left_in_the_file(library: Library, passage: Make) -> None:
    secret = "unmistakable words"
    with library.writing() as connection:
        made = collections.create(connection, "Counsel")
        entries.add_entry(connection, made.collection_id, passage(1, text=secret * 500))
    with library.writing() as connection:
        collections.remove(connection, made.collection_id)
    left = b"".join(path.read_bytes() for path in library.path.parent.iterdir())
    assert secret.encode() not in left


READ_ONLY = """
import sys
from pathlib import Path
from corpus.errors import LibraryError
from library import collections
from library.file import Library

library = Library(Path(sys.argv[1]) / "library.sqlite")
with library.reading() as connection:
    print([each.name for each in collections.all_collections(connection)])
try:
    library.check_writable()
except LibraryError:
    print("locked")
try:
    with library.writing() as connection:
        collections.create(connection, "no")
except LibraryError as error:
    print(error.remedy)
"""


def test_a_file_on_a_read_only_volume_is_read_and_said_to_be_so(library: Library) -> None:
    with library.writing() as connection:
        collections.create(connection, "Counsel")
    folder = str(library.path.parent)
    mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh", folder]
    try:
        done = subprocess.run(
            [*command, sys.executable, READ_ONLY], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("unshare is missing: no read-only mount can be made here")
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no read-only mount can be made here: {done.stderr.strip()}")
    assert done.stdout.splitlines() == [
        "['Counsel']",
        "locked",
        "make its folder writable, or name another file in PRECEDENT_LIBRARY",
    ], done.stderr
