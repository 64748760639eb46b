"""`precedent keys` and `precedent audit`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from library.place import library_of
from precedent.cli import run
from search_api.access.keys import KeyFile

Call = Callable[..., int]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(tmp_path / "library.sqlite"))
    monkeypatch.delenv("PRECEDENT_AUDIT")
    return lambda *arguments: run(list(arguments))


def test_a_key_is_printed_once_and_by_itself(call: Call, capsys: Captured, tmp_path: Path) -> None:
    bounds = ("--rate", "60", "--quota", "900", "--expires", "2999-12-31")
    assert call("keys", "add", "archive", "--scope", "read", "--scope", "write", *bounds) == 0
    shown = capsys.readouterr()
    presented = shown.out.strip()
    (key,) = KeyFile(tmp_path / "keys.sqlite").all()  # beside the library
    assert key.is_of(presented)
    assert (key.rate, key.quota, key.expires_on) == (60, 900, "2999-12-31")
    assert presented not in shown.err
    for form in ((), ("--json",)):
        assert call("keys", "list", *form) == 0
        shown = capsys.readouterr()
        assert key.key_id in shown.out
        assert presented not in shown.out
        assert key.digest.hex() not in shown.out


def test_keys_as_json(call: Call, capsys: Captured) -> None:
    assert call("keys", "add", "archive", "--scope", "read", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["key"].startswith(f"prk_{made['key_id']}_")
    assert call("keys", "revoke", made["key_id"], "--json") == 0
    capsys.readouterr()
    assert call("keys", "list", "--json") == 0
    (listed,) = json.loads(capsys.readouterr().out)["keys"]
    assert listed["state"] == "revoked"
    assert listed["scopes"] == ["read"]


def test_a_rotated_key_is_printed_once_and_noted(
    call: Call, capsys: Captured, tmp_path: Path
) -> None:
    call("keys", "add", "desk", "--scope", "read", "--rate", "60")
    old = capsys.readouterr().out.strip()
    assert call("keys", "rotate", "desk", "--keep-old-for", "24h") == 0
    shown = capsys.readouterr()
    new = shown.out.strip()
    (key,) = KeyFile(tmp_path / "keys.sqlite").all()
    assert (key.is_of(new), key.is_of(old), key.rate) == (True, True, 60)
    assert f"the old secret works until {key.old_until}" in shown.err
    assert call("keys", "list") == 0
    assert f"old secret until {key.old_until}" in capsys.readouterr().out
    assert call("keys", "rotate", key.key_id, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["old_until"] is None
    (key,) = KeyFile(tmp_path / "keys.sqlite").all()
    given = [old, new, told["key"]]
    assert [key.is_of(each) for each in given] == [False, False, True]
    log = (tmp_path / "audit.jsonl").read_text()
    entries = [json.loads(line) for line in log.splitlines()]
    assert [each["act"] for each in entries] == ["keys.add", "keys.rotate", "keys.rotate"]
    assert list(entries[1]["details"]) == ["old_until"]
    assert "details" not in entries[2]
    assert not any(each in log for each in given)


def test_revoking_says_where_the_holder_s_library_is(
    call: Call, capsys: Captured, tmp_path: Path
) -> None:
    call("keys", "add", "archive", "--scope", "read")
    (key,) = KeyFile(tmp_path / "keys.sqlite").all()
    file = library_of(key.key_id, tmp_path / "library.sqlite")
    file.parent.mkdir()
    file.touch()
    capsys.readouterr()
    assert call("keys", "revoke", "archive") == 0
    shown = capsys.readouterr()
    assert shown.out == f"{key.key_id} (archive): revoked\n"
    assert str(file) in shown.err
    assert call("keys", "list") == 0
    assert "revoked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "code", "what"),
    [
        (("add", "a"), 2, "--scope"),
        (("add", "a", "--scope", "root"), 1, "'root': is no scope"),
        (("add", "a", "--scope", "read", "--rate", "0"), 2, "--rate"),
        (("add", "a", "--scope", "read", "--expires", "soon"), 2, "--expires"),
        (("add", "a", "--scope", "read", "--expires", "2001-01-01"), 1, "is over"),
        (("rotate", "none"), 1, "no such key; `precedent keys list` lists them"),
        (("rotate", "none", "--keep-old-for", "soon"), 2, "'soon' is no time; give one such as"),
        (("rotate", "none", "--keep-old-for", "31d"), 1, "is not between 0 and 30 days"),
        (("revoke", "none"), 1, "no such key; `precedent keys list` lists them"),
    ],
)
def test_what_is_wrong_is_one_line(
    call: Call, capsys: Captured, given: tuple[str, ...], code: int, what: str
) -> None:
    assert call("keys", *given) == code
    shown = capsys.readouterr()
    assert what in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_keys_made_and_revoked_are_in_the_audit_log(
    call: Call, capsys: Captured, tmp_path: Path
) -> None:
    assert call("audit", "list") == 0
    assert "Nothing is noted" in capsys.readouterr().err
    call("keys", "add", "archive", "--scope", "read")
    call("keys", "revoke", "archive")
    capsys.readouterr()
    assert call("audit", "list", "--json") == 0
    entries = json.loads(capsys.readouterr().out)["entries"]
    assert [each["act"] for each in entries] == ["keys.add", "keys.revoke"]
    assert entries[0]["details"]["scopes"] == ["read"]
    assert call("audit", "list", "--last", "1") == 0
    assert "local · keys.revoke" in capsys.readouterr().out
    assert call("audit", "check") == 0
    shown = capsys.readouterr().out
    assert "2 entries" in shown
    assert entries[1]["hash"] in shown
    assert call("audit", "check", "--expect", entries[0]["hash"]) == 0
    assert call("audit", "check", "--expect", "0" * 64) == 1
    file = tmp_path / "audit.jsonl"
    file.write_text(file.read_text().replace("archive", "archives", 1))
    capsys.readouterr()
    assert call("audit", "check", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["agrees"] is False
    assert "entry 1 was altered" in told["wrong"][0]


def test_a_log_that_is_off_cannot_be_looked_at(
    call: Call, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRECEDENT_AUDIT", "off")
    assert call("audit", "list") == 1
    assert capsys.readouterr().err == (
        "precedent: PRECEDENT_AUDIT: is off; name the file to look at\n"
    )
