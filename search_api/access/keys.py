"""API keys: made, kept as digests, looked up, withdrawn.

A key is `prk_`, eight characters that name it and may be shown, `_`, and 43 random characters out
of 62: 256 bits. Only a SHA-256 of it is kept. A slow hash (bcrypt, Argon2) makes guessing passwords
dear, of which few are likely; nobody guesses one of 2^256, and every request would pay for it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection, Row
from typing import Final, Literal

from corpus.errors import ConflictError, InputError, UnknownNameError
from search_api.access.keys_file import damaged, opened, seal, seal_of
from search_api.access.scopes import check_scopes

__all__ = ["LONGEST_OVERLAP", "PREFIX", "Key", "KeyFile", "digest_of", "key_id_of"]

PREFIX: Final = "prk_"
_ID_LETTERS: Final = string.ascii_lowercase + string.digits
_LETTERS: Final = string.ascii_letters + string.digits
_ID_LENGTH: Final = 8
_SECRET_LENGTH: Final = 43  # 62^43 > 2^256
_FORM = re.compile(rf"{PREFIX}([a-z0-9]{{{_ID_LENGTH}}})_[A-Za-z0-9]{{{_SECRET_LENGTH}}}")
_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,80}")
_MOST: Final = 1_000_000_000
_TURNED: Final = "a key in it is not what was written"

_NO_DIGEST: Final = b"\0" * 32
"""Stands for a secret there is none of: nothing that can be found has this SHA-256."""

LONGEST_OVERLAP: Final = timedelta(days=30)
"""Longest that a secret works beside the one that replaced it."""

State = Literal["active", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept: without its secret.

    Attributes:
        key_id: eight characters that name it.
        name: whose it is or what for.
        scopes: what it allows.
        digest: SHA-256 of the whole key.
        created_at: ISO 8601, UTC.
        last_used: day of its last use (UTC); a day and not a time, so that nobody's hours are kept.
        expires_on: its last day (UTC), or None.
        revoked_at: when it was withdrawn, or None.
        rate: requests a minute, or None for any.
        quota: requests a day (UTC), or None for any.
        old_digest: SHA-256 of the key as it was before its secret was replaced, or None.
        old_until: ISO 8601, UTC: when that stops working; None where it never was replaced.
    """

    key_id: str
    name: str
    scopes: frozenset[str]
    digest: bytes = field(repr=False)
    created_at: str
    last_used: str | None = None
    expires_on: str | None = None
    revoked_at: str | None = None
    rate: int | None = None
    quota: int | None = None
    old_digest: bytes | None = field(default=None, repr=False)
    old_until: str | None = None

    def state(self, today: date | None = None) -> State:
        """Return whether it can be used today (UTC)."""
        if self.revoked_at is not None:
            return "revoked"
        day = (today or datetime.now(UTC).date()).isoformat()
        return "expired" if self.expires_on is not None and day > self.expires_on else "active"

    def is_of(self, presented: str, now: datetime | None = None) -> bool:
        """Tell whether what was sent is this key, in the same time whatever it is.

        Until `old_until` what it was before its secret was replaced is this key, too.
        """
        digest = digest_of(presented)
        is_new = hmac.compare_digest(self.digest, digest)
        is_old = hmac.compare_digest(self.old_digest or _NO_DIGEST, digest)
        return is_new or (is_old and self.keeps_old(now))

    def keeps_old(self, now: datetime | None = None) -> bool:
        """Tell whether the secret before this one still works."""
        if self.old_until is None:
            return False
        return (now or datetime.now(UTC)) < datetime.fromisoformat(self.old_until)


def digest_of(presented: str) -> bytes:
    """Return the digest under which a key is kept."""
    return hashlib.sha256(presented.encode("utf-8", "surrogatepass")).digest()


def key_id_of(presented: str) -> str | None:
    """Return the id inside a key, or None for what is none."""
    match = _FORM.fullmatch(presented)
    return match[1] if match else None


class KeyFile:
    """The file of keys; each piece of work opens it, so processes take turns."""

    def __init__(self, path: Path) -> None:
        """Name the file; it is made by the first key."""
        self.path = path

    def add(
        self,
        name: str,
        scopes: Iterable[str],
        *,
        rate: int | None = None,
        quota: int | None = None,
        expires_on: date | None = None,
    ) -> tuple[Key, str]:
        """Make a key; return it, and the key itself, which is not to be had again.

        Raises:
            InputError: a name, scope or bound cannot be.
            ConflictError: a key that is not revoked has the name.
            ServiceError: the file cannot be written.
        """
        _check(name, rate, quota, expires_on)
        allowed = check_scopes(scopes)
        key_id = "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))
        presented = _drawn(key_id)
        key = Key(
            key_id=key_id,
            name=name,
            scopes=allowed,
            digest=digest_of(presented),
            created_at=_now(),
            expires_on=expires_on.isoformat() if expires_on else None,
            rate=rate,
            quota=quota,
        )
        with opened(self.path) as connection:
            taken = "SELECT 1 FROM keys WHERE name = ? AND revoked_at IS NULL"
            if connection.execute(taken, (name,)).fetchone():
                raise ConflictError(name, "a key has this name", "choose another, or revoke that")
            _insert(connection, key)
        return key, presented

    def all(self) -> list[Key]:
        """Return all keys, revoked ones too, the first made first.

        Raises:
            ServiceError: the file cannot be read.
        """
        with opened(self.path, write=False) as connection:
            rows = connection.execute("SELECT * FROM keys ORDER BY created_at, key_id").fetchall()
        return [_key(row, self.path) for row in rows]

    def revoke(self, named: str) -> Key:
        """Withdraw a key, by its id or name, for good; a running service follows within seconds.

        Raises:
            UnknownNameError: there is no such key.
            ServiceError: the file cannot be written.
        """
        with opened(self.path) as connection:
            key = self._find(connection, named)
            when = "UPDATE keys SET revoked_at = coalesce(revoked_at, ?) WHERE key_id = ?"
            connection.execute(when, (_now(), key.key_id))
            return _key(_sealed(connection, key.key_id), self.path)

    def rotate(self, named: str, keep_old_for: timedelta = timedelta()) -> tuple[Key, str]:
        """Give a key, by its id or name, a new secret; return it and the key itself, as `add` does.

        Name, scopes, bounds and what its holder keeps stay. The secret before works on for
        `keep_old_for`; one before that, which was still kept, ends now.

        Raises:
            InputError: the time is too long.
            UnknownNameError: there is no such key.
            ConflictError: it is revoked or has expired.
            ServiceError: the file cannot be written.
        """
        if not timedelta() <= keep_old_for <= LONGEST_OVERLAP:
            cause = f"is not between 0 and {LONGEST_OVERLAP.days} days"
            raise InputError("the time that the old secret is kept for", cause)
        with opened(self.path) as connection:
            key = self._find(connection, named)
            if (state := key.state()) != "active":
                cause = "was revoked" if state == "revoked" else f"expired on {key.expires_on}"
                raise ConflictError(named, cause, "make another with `precedent keys add`")
            presented, until = _drawn(key.key_id), datetime.now(UTC) + keep_old_for
            connection.execute(
                "UPDATE keys SET old_digest = digest, old_until = ?2, digest = ?3 "
                "WHERE key_id = ?1",
                (key.key_id, until.isoformat(timespec="seconds"), digest_of(presented)),
            )
            return _key(_sealed(connection, key.key_id), self.path), presented

    def _find(self, connection: Connection, named: str) -> Key:
        found = "SELECT * FROM keys WHERE key_id = ?1 OR (name = ?1 AND revoked_at IS NULL)"
        row = connection.execute(found, (named,)).fetchone()
        if row is None:
            raise UnknownNameError(named, "no such key", "`precedent keys list` lists them")
        return _key(row, self.path)

    def count(self, day: str, spent: Mapping[str, int]) -> dict[str, int]:
        """Add requests to what keys have spent on a day; return what each has spent on it.

        Raises:
            ServiceError: the file cannot be read or written.
        """
        with opened(self.path, write=bool(spent)) as connection:
            for key_id, requests in spent.items():
                connection.execute(
                    "INSERT INTO spent VALUES (?1, ?2, ?3) ON CONFLICT (key_id, day) "
                    "DO UPDATE SET requests = requests + ?3",
                    (key_id, day, requests),
                )
                connection.execute(
                    "UPDATE keys SET last_used = ?2 WHERE key_id = ?1 AND last_used IS NOT ?2",
                    (key_id, day),
                )
            if spent:  # days that are over; two are kept, for a clock that goes back
                connection.execute(
                    "DELETE FROM spent WHERE day NOT IN "
                    "(SELECT DISTINCT day FROM spent ORDER BY day DESC LIMIT 3) AND day <> ?",
                    (day,),
                )
            found = connection.execute("SELECT key_id, requests FROM spent WHERE day = ?", (day,))
            return {row["key_id"]: row["requests"] for row in found}


def _check(name: str, rate: int | None, quota: int | None, expires_on: date | None) -> None:
    if not name.strip() or not _NAME.fullmatch(name):
        cause = "cannot be a key's name"
        raise InputError(repr(name[:80]), cause, "give 1 to 80 characters on one line")
    for what, bound in (("rate", rate), ("quota", quota)):
        if bound is not None and not 1 <= bound <= _MOST:
            raise InputError(what, f"{bound} is not between 1 and {_MOST}")
    if expires_on is not None and expires_on < datetime.now(UTC).date():
        raise InputError("expires", f"{expires_on} is over", "give a day to come")


def _drawn(key_id: str) -> str:
    secret = "".join(secrets.choice(_LETTERS) for _ in range(_SECRET_LENGTH))
    return f"{PREFIX}{key_id}_{secret}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _insert(connection: Connection, key: Key) -> None:
    connection.execute(
        "INSERT INTO keys (key_id, name, scopes, digest, created_at, expires_on, rate, quota) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key.key_id,
            key.name,
            json.dumps(sorted(key.scopes)),
            key.digest,
            key.created_at,
            key.expires_on,
            key.rate,
            key.quota,
        ),
    )
    _sealed(connection, key.key_id)


def _sealed(connection: Connection, key_id: str) -> Row:
    """Seal a row as it is now; return it."""
    seal(connection, [key_id])
    asked = "SELECT * FROM keys WHERE key_id = ?"
    sealed: Row = connection.execute(asked, (key_id,)).fetchone()
    return sealed


def _key(row: Row, path: Path) -> Key:
    """Return a key.

    Raises:
        ServiceError: its row is not as it was written.
    """
    try:
        members = dict(row)
        # A file that no version with seals has written yet is read as it is.
        sealed = "seal" not in members or members.pop("seal") == seal_of(row)
        key = Key(**{**members, "scopes": frozenset(json.loads(members["scopes"]))})
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise damaged(path, _TURNED) from error
    if not sealed:
        raise damaged(path, _TURNED)
    return key
