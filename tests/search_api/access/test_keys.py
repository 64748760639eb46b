"""Keys: 256 random bits, kept as a digest, withdrawn for good."""

from __future__ import annotations

import re
import sqlite3
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corpus.errors import ConflictError, InputError, PrecedentError, ServiceError, UnknownNameError
from search_api.access.keys import KeyFile, key_id_of
from tests.search_api.access.doors import key_file

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
    with pytest.raises(PrecedentError, match="has version 99, this software reads up to 2"):
        file.all()
