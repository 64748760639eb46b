"""Damage to the file of keys: it is named with what mends it, and nobody gets in who should not."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import ServiceError
from search_api.access.door import Door
from search_api.access.errors import NoKeyError
from search_api.access.keys import KeyFile
from search_api.access.keys_file import MIGRATIONS
from search_api.app import serve
from tests.robustness.test_damage import damaged
from tests.search_api.access.doors import bearer, closed
from tests.search_api.fake_engine import FakeOpener, fake_settings

SEED = 7
FLIPS = 600
ANY = "0.0.0.0"  # noqa: S104 - nothing listens
LATER = datetime(2999, 1, 2, tzinfo=UTC)
EXPIRES = datetime(2999, 1, 1, tzinfo=UTC).date()


class Kept:
    """A file of three keys: one is good, one revoked, one has expired when they are tried."""

    def __init__(self, path: Path) -> None:
        self.file = KeyFile(path)
        _, self.good = self.file.add("archive", ["read", "restricted:witnesses-a"])
        _, self.revoked = self.file.add("gone", ["read", "write", "admin"])
        self.file.revoke("gone")
        _, self.expired = self.file.add("guest", ["read"], expires_on=EXPIRES)
        self.sound = path.read_bytes()

    def let_in(self) -> set[tuple[str, frozenset[str]]]:
        """Return who gets in, and to what; raise what a service tells that cannot start."""
        self.file.all()

        async def tried() -> set[tuple[str, frozenset[str]]]:
            door = Door(self.file, wall=lambda: LATER)
            await door.look()
            found = set()
            for presented in (self.good, self.revoked, self.expired):
                try:
                    caller, _ = door.admit(presented, "192.0.2.1")
                except NoKeyError:
                    continue
                found.add((presented, caller.scopes))
            return found

        return asyncio.run(tried())

    def should_be(self) -> set[tuple[str, frozenset[str]]]:
        return {(self.good, frozenset({"read", "restricted:witnesses-a"}))}

    def put(self, content: bytes) -> None:
        for path in self.file.path.parent.glob("keys.sqlite*"):
            path.unlink()
        self.file.path.write_bytes(content)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "keys.sqlite")


def _told(error: ServiceError, path: Path) -> None:
    assert error.subject == str(path)
    assert "the keys cannot be used" in error.cause
    assert "precedent restore" in error.remedy


def test_who_gets_in_to_a_sound_file(kept: Kept) -> None:
    assert kept.let_in() == kept.should_be()


def _turned(sound: bytes, at: random.Random) -> Iterator[bytes]:
    """Yield the file with one bit turned, wherever something is written."""
    written = [place for place, byte in enumerate(sound) if byte]
    for _ in range(FLIPS):
        changed = bytearray(sound)
        changed[at.choice(written)] ^= 1 << at.randrange(8)
        yield bytes(changed)


def test_a_damaged_file_lets_in_nobody_who_should_not(kept: Kept) -> None:
    at = random.Random(SEED)
    told: list[ServiceError] = []
    made = [content for _ in range(10) for _, content in damaged(kept.sound, at)]
    made += _turned(kept.sound, at)
    for content in made:
        kept.put(content)
        try:
            assert kept.let_in() <= kept.should_be()
        except ServiceError as error:
            told.append(error)
    assert len(told) > len(made) / 4
    assert {error.subject for error in told} == {str(kept.file.path)}
    assert all(error.remedy for error in told)


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _unreadable(path: Path) -> None:
    if not os.geteuid():
        pytest.skip("whoever runs this may read every file")
    path.chmod(0)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "cut in its head": lambda path: path.write_bytes(path.read_bytes()[:40]),
    "emptied": lambda path: path.write_bytes(b""),
    "noughts": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "a folder": _a_folder,
    "unreadable": _unreadable,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_service_does_not_start_over_a_damaged_file(kept: Kept, damage: str) -> None:
    """Neither here with keys on nor where others reach it."""
    DAMAGES[damage](kept.file.path)
    for given in ({"require_keys": "on"}, {"host": ANY}):
        settings = fake_settings(keys_file=kept.file.path, **given)
        with pytest.raises(ServiceError) as told:
            serve(settings, FakeOpener())
        assert told.value.subject == str(kept.file.path)
        assert "the keys cannot be used" in told.value.cause
        assert told.value.remedy


@pytest.mark.parametrize("damage", ["cut", "emptied", "noughts", "a folder"])
def test_no_key_is_added_to_a_damaged_file(kept: Kept, damage: str) -> None:
    DAMAGES[damage](kept.file.path)
    for work in (lambda: kept.file.add("new", ["read"]), lambda: kept.file.revoke("archive")):
        with pytest.raises(ServiceError) as told:
            work()
        assert told.value.subject == str(kept.file.path)
    assert {path.name for path in kept.file.path.parent.iterdir()} == {"keys.sqlite"}


def test_what_opens_a_service_is_not_taken_from_a_damaged_file(kept: Kept) -> None:
    """A service that is started some other way, over a file that is no good, lets in nobody."""
    DAMAGES["noughts"](kept.file.path)
    with closed(kept.file.path.parent) as client:
        for key in (kept.good, kept.revoked):
            assert client.get("/v1/info", headers=bearer(key)).status_code == 503
        assert client.get("/v1/info").status_code in (401, 503)


def test_a_turned_bit_is_told_with_what_mends_it(kept: Kept) -> None:
    kept.put(kept.sound.replace(b"restricted:witnesses-a", b"restricted:witnesses-c"))
    with pytest.raises(ServiceError) as told:
        kept.let_in()
    _told(told.value, kept.file.path)
    with pytest.raises(ServiceError):
        kept.file.revoke("archive")


def test_a_writer_killed_in_the_middle_of_it_changes_nothing(kept: Kept) -> None:
    script = (
        "import os, signal, sqlite3, sys\n"
        "held = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "held.execute('PRAGMA cache_size = 1')\n"
        "held.execute('BEGIN IMMEDIATE')\n"
        "held.execute('UPDATE keys SET revoked_at = NULL, expires_on = NULL')\n"
        "for n in range(2000):\n"
        "    held.execute('INSERT INTO spent SELECT key_id, ?, 1 FROM keys', (str(n),))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(kept.file.path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert kept.file.path.read_bytes() != kept.sound, "nothing was half written"
    assert kept.let_in() == kept.should_be()


def test_a_file_is_never_there_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as while_made:
        while_made.setattr(Path, "hardlink_to", killed)
        with pytest.raises(KeyboardInterrupt):
            KeyFile(tmp_path / "keys.sqlite").add("archive", ["read"])
    assert list(tmp_path.iterdir()) == []
    kept = Kept(tmp_path / "keys.sqlite")
    assert kept.file.path.stat().st_mode & 0o777 == 0o600
    assert kept.let_in() == kept.should_be()


@pytest.mark.parametrize(
    ("version", "without"), [(1, ("seal", "old_digest", "old_until")), (2, ("seal",))]
)
def test_keys_of_earlier_versions_go_on(
    tmp_path: Path, version: int, without: tuple[str, ...]
) -> None:
    """Their rows had no seal; they get one when the file is written."""
    path = tmp_path / "keys.sqlite"
    kept = Kept(path)
    with closing(sqlite3.connect(path)) as held:
        for column in without:
            held.execute(f"ALTER TABLE keys DROP COLUMN {column}")
        held.execute(f"PRAGMA user_version = {version}")
        held.commit()
    assert len(MIGRATIONS) == 3
    assert kept.let_in() == kept.should_be()
    assert {key.name for key in kept.file.all()} == {"archive", "gone", "guest"}
    kept.file.add("desk", ["read"])
    with closing(sqlite3.connect(path)) as held:
        seals = held.execute("SELECT seal FROM keys").fetchall()
    assert len(seals) == 4
    assert all(len(seal) == 32 for (seal,) in seals)
    assert kept.let_in() == kept.should_be()
