"""Keys: 256 random bits, kept as a digest, withdrawn for good."""

from __future__ import annotations

import re
import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corpus.errors import ConflictError, InputError, PrecedentError, ServiceError, UnknownNameError
from search_api.access.keys import KeyFile, digest_of, key_id_of
from tests.search_api.access.doors import expire, key_file

TODAY = datetime.now(UTC).date()


def test_a_key_is_not_in_the_file_that_keeps_it(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    key, presented = file.add("archive", ["read", "write"])
    assert re.fullmatch(r"prk_[a-z0-9]{8}_[A-Za-z0-9]{43}", presented)
    secret = presented.rpartition("_")[2]
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert key.key_id.encode() in held
    assert secret.encode() not in held
    assert secret not in repr(key)
    assert file.all() == [key]
    assert key.is_of(presented)
    assert not key.is_of(presented[:-1] + ("a" if presented[-1] != "a" else "b"))


def test_no_two_keys_are_alike(tmp_path: Path) -> None:
    made = {key_file(tmp_path).add(f"k{n}", ["read"])[1] for n in range(20)}
    assert len({key_id_of(each) for each in made}) == 20
    assert len({each[13:] for each in made}) == 20


def test_the_file_is_its_owner_s_alone_and_reading_makes_none(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "new" / "keys.sqlite")
    assert file.all() == []
    assert not file.path.exists()
    file.add("archive", ["read"])
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"name": " "}, "cannot be a key's name"),
        ({"name": "a\nb"}, "cannot be a key's name"),
        ({"name": "a" * 81}, "cannot be a key's name"),
        ({"scopes": []}, "has no scope"),
        ({"scopes": ["root"]}, "'root': is no scope"),
        ({"scopes": ["restricted:"]}, "is no scope"),
        ({"scopes": ["restricted:A b"]}, "is no scope"),
        ({"rate": 0}, "rate: 0 is not between"),
        ({"quota": 2**40}, "quota"),
        ({"expires_on": date(2001, 1, 1)}, "is over"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_kept(
    tmp_path: Path, given: dict[str, object], what: str
) -> None:
    with pytest.raises(InputError, match=what):
        key_file(tmp_path).add(**{"name": "archive", "scopes": ["read"], **given})  # type: ignore[arg-type]
    assert key_file(tmp_path).all() == []


def test_a_name_is_free_again_once_its_key_is_revoked(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    first, _ = file.add("archive", ["read"])
    with pytest.raises(ConflictError, match="archive: a key has this name"):
        file.add("archive", ["read"])
    assert file.revoke("archive").key_id == first.key_id
    second, _ = file.add("archive", ["read"])
    assert [key.state() for key in file.all() if key.key_id == first.key_id] == ["revoked"]
    when = file.revoke(first.key_id).revoked_at
    assert file.revoke(first.key_id).revoked_at == when  # the first time counts
    assert file.revoke(second.key_id).state() == "revoked"
    with pytest.raises(UnknownNameError, match="keys list"):
        file.revoke("archive")


def test_a_key_works_through_its_last_day(tmp_path: Path) -> None:
    key, _ = key_file(tmp_path).add("visitor", ["read"], expires_on=TODAY)
    assert key.state(TODAY) == "active"
    assert key.state(TODAY + timedelta(days=1)) == "expired"


def test_use_is_counted_by_the_day_and_of_its_time_only_the_day_is_kept(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    key, _ = file.add("archive", ["read"])
    assert file.count("2026-01-02", {key.key_id: 3}) == {key.key_id: 3}
    assert file.count("2026-01-02", {key.key_id: 4}) == {key.key_id: 7}
    assert file.count("2026-01-03", {}) == {}
    assert file.all()[0].last_used == "2026-01-02"
    assert file.count("2026-01-01", {key.key_id: 1}) == {key.key_id: 1}  # the clock went back
    assert file.count("2026-01-02", {}) == {key.key_id: 7}
    for day in range(10, 20):
        file.count(f"2026-01-{day}", {key.key_id: 1})
    with sqlite3.connect(file.path) as connection:
        assert connection.execute("SELECT count(*) FROM spent").fetchone() == (3,)
    connection.close()


def test_a_rotated_key_is_the_same_key_with_another_secret(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    before, old = file.add("desk", ["read", "write"], rate=9, quota=90, expires_on=TODAY)
    file.count("2026-01-02", {before.key_id: 3})
    after, new = file.rotate("desk")
    assert key_id_of(new) == key_id_of(old) == before.key_id
    assert new != old
    kept = ("key_id", "name", "scopes", "created_at", "expires_on", "rate", "quota")
    assert [getattr(after, each) for each in kept] == [getattr(before, each) for each in kept]
    assert file.all() == [after]
    assert (after.is_of(new), after.is_of(old), after.keeps_old()) == (True, False, False)
    assert file.count("2026-01-02", {}) == {before.key_id: 3}
    secrets = [each.rpartition("_")[2].encode() for each in (old, new)]
    assert not any(secret in file.path.read_bytes() for secret in secrets)


def test_an_old_secret_works_until_its_time_and_only_the_last_one(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    _, first = file.add("desk", ["read"])
    _, second = file.rotate("desk", timedelta(hours=24))
    key, third = file.rotate("desk", timedelta(hours=24))
    assert key.old_until is not None
    end = datetime.fromisoformat(key.old_until)
    assert abs(end - datetime.now(UTC) - timedelta(hours=24)) < timedelta(minutes=5)
    before, after = end - timedelta(seconds=1), end
    assert [key.is_of(each, before) for each in (first, second, third)] == [False, True, True]
    assert [key.is_of(each, after) for each in (first, second, third)] == [False, False, True]
    assert file.revoke("desk").state() == "revoked"


@pytest.mark.parametrize("days", [-1, 31])
def test_an_old_secret_is_kept_for_a_month_at_most(tmp_path: Path, days: int) -> None:
    file = key_file(tmp_path)
    _, presented = file.add("desk", ["read"])
    with pytest.raises(InputError, match="not between 0 and 30 days"):
        file.rotate("desk", timedelta(days=days))
    assert file.all()[0].is_of(presented)


def test_what_opens_nothing_is_not_rotated(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    key, _ = file.add("desk", ["read"])
    with pytest.raises(UnknownNameError, match="keys list"):
        file.rotate("none")
    file.revoke("desk")
    with pytest.raises(ConflictError, match="was revoked; make another"):
        file.rotate(key.key_id)
    file.add("visitor", ["read"], expires_on=TODAY)
    expire(file, "visitor", "2001-01-01")
    with pytest.raises(ConflictError, match="expired on 2001-01-01"):
        file.rotate("visitor")


def of_version_1(path: Path) -> str:
    """Write a file as the first version did, with a key; return the key."""
    presented = "prk_abcd1234_" + "x" * 43
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE keys (key_id TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL,
            digest BLOB NOT NULL, created_at TEXT NOT NULL, last_used TEXT, expires_on TEXT,
            revoked_at TEXT, rate INTEGER, quota INTEGER);
        CREATE TABLE spent (key_id TEXT NOT NULL REFERENCES keys ON DELETE CASCADE,
            day TEXT NOT NULL, requests INTEGER NOT NULL, PRIMARY KEY (key_id, day)) WITHOUT ROWID;
        PRAGMA user_version = 1;
        """
    )
    row = ("abcd1234", "desk", '["read"]', digest_of(presented), "2026-01-01T00:00:00+00:00")
    named = "INSERT INTO keys (key_id, name, scopes, digest, created_at) VALUES (?, ?, ?, ?, ?)"
    connection.execute(named, row)
    connection.execute("INSERT INTO spent VALUES ('abcd1234', '2026-01-02', 7)")
    connection.commit()
    connection.close()
    return presented


def test_a_file_of_the_first_version_is_read_as_it_is_and_grows_with_the_first_change(
    tmp_path: Path,
) -> None:
    file = key_file(tmp_path)
    presented = of_version_1(file.path)
    before = file.path.read_bytes()
    (key,) = file.all()
    assert (key.is_of(presented), key.old_until) == (True, None)
    assert file.count("2026-01-02", {}) == {"abcd1234": 7}
    assert file.path.read_bytes() == before
    rotated, new = file.rotate("desk", timedelta(hours=1))
    assert (rotated.is_of(new), rotated.is_of(presented)) == (True, True)
    assert file.count("2026-01-02", {"abcd1234": 1}) == {"abcd1234": 8}
    assert file.all() == [replace(rotated, last_used="2026-01-02")]


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be read as one" * 20, b"SQLite format 3\0"]
)
def test_a_damaged_file_is_told_and_opens_nothing(tmp_path: Path, content: bytes) -> None:
    key_file(tmp_path).path.write_bytes(content)
    with pytest.raises(
        ServiceError, match=r"keys\.sqlite: the keys cannot be used.*precedent restore"
    ):
        key_file(tmp_path).all()


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    file.add("archive", ["read"])
    connection = sqlite3.connect(file.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(PrecedentError, match="has version 99, this software reads up to 3"):
        file.all()
