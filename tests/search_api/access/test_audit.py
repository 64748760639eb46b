"""The audit log: every entry tied to the one before it, whatever happens to the file."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from corpus.errors import ServiceError
from search_api.access import audit
from search_api.access.audit import AuditLog, note


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    log = AuditLog(tmp_path / "audit.jsonl")
    for number in range(1, 6):
        log.note("upload", f"job-{number}", "accepted", details={"files": [f"{number}.pdf"]})
    return log


def lines(log: AuditLog) -> list[bytes]:
    return log.path.read_bytes().splitlines(keepends=True)


def test_entries_say_who_did_what_to_what_and_what_became_of_it(log: AuditLog) -> None:
    log.note("remove_document", "A_HRC_15_16:en", "refused: scope", actor="k3x9mzq2 (archive)")
    last = list(log.entries())[-1]
    assert (last.n, last.actor, last.act) == (6, "k3x9mzq2 (archive)", "remove_document")
    assert (last.object, last.outcome) == ("A_HRC_15_16:en", "refused: scope")
    assert last.at.endswith("+00:00")
    assert log.check().wrong == ()
    assert log.check().last_hash == last.hash


def test_only_its_owner_reads_it(log: AuditLog) -> None:
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.path.with_name("audit.jsonl.head").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("how", "what"),
    [
        (lambda them: [them[0], them[1].replace(b"2.pdf", b"9.pdf"), *them[2:]], "was altered"),
        (lambda them: [*them[:2], *them[3:]], "does not follow"),
        (lambda them: [them[1], them[0], *them[2:]], "does not follow"),
        (lambda them: [*them[:3], them[2], *them[3:]], "entry 3 comes after 3"),
        (lambda them: them[1:], "does not follow"),
        (lambda them: [*them[:2], b"nothing\n", *them[2:]], "is no entry"),
        (lambda them: [*them, b"nothing\n"], "behind the last entry"),
        (lambda them: them[:-1], "entry 5, which was the last"),
        (lambda them: [], "entry 5, which was the last"),
    ],
    ids=["altered", "out", "swapped", "twice", "first out", "put in", "put behind", "cut", "empty"],
)  # fmt: skip
def test_what_is_done_to_the_file_is_seen(log: AuditLog, how: object, what: str) -> None:
    log.path.write_bytes(b"".join(how(lines(log))))  # type: ignore[operator]
    wrong = log.check().wrong
    assert any(what in each for each in wrong), wrong


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_entries_that_were_cut_off_are_missed_for_good(log: AuditLog, kept: int) -> None:
    gone = f"5 {log.check().last_hash}"
    log.path.write_bytes(b"".join(lines(log)[:kept]))
    assert log.note("upload", "job-9").details["lost"] == gone
    for _ in range(3):
        log.note("upload", "job-10")
    (wrong,) = log.check().wrong
    assert wrong.endswith(gone)
    assert f"entry {kept + 1} was noted" in wrong


def test_entries_that_were_replaced_by_more_are_missed_too(log: AuditLog) -> None:
    head = log.path.with_name("audit.jsonl.head")
    gone = head.read_bytes()
    log.path.write_bytes(b"".join(lines(log)[:2]))
    head.unlink()
    for _ in range(5):
        log.note("upload", "job-9")
    head.write_bytes(gone)
    log.note("upload", "job-10")
    assert any(gone.decode().strip() in each for each in log.check().wrong)


def test_a_head_that_was_taken_away_is_missed_for_good(log: AuditLog) -> None:
    log.path.with_name("audit.jsonl.head").unlink()
    assert "audit.jsonl.head is not there" in log.check().wrong[0]
    log.note("upload", "job-9")
    log.note("upload", "job-9")
    assert log.check().wrong[0].endswith("the head")


def test_a_loss_of_power_before_the_head_of_the_first_entry_does_no_harm(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    log.note("upload", "job-1")
    log.path.with_name("audit.jsonl.head").unlink()
    log.note("upload", "job-2")
    assert log.check().wrong == ()


def test_a_check_amid_entries_that_are_noted_finds_nothing_wrong(log: AuditLog) -> None:
    lines_of = AuditLog._lines

    def meanwhile(self: AuditLog) -> Iterator[bytes]:
        yield from list(lines_of(self))
        self.note("upload", "meanwhile")

    with patch.object(AuditLog, "_lines", meanwhile):
        assert log.check().wrong == ()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b'"object":"job-2"', b'"object":5', "is no entry"),
        (b'"hash":"[0-9a-f]+"', b'"hash":[]', "is no entry"),
        (b'"actor":"local"', b'"actor":["local"]', "is no entry"),
        (b'"actor":"local"', b'"actor":"another","actor":"local"', "entry 2 was altered"),
        (b'"n":2', b'"n": 2', "entry 2 was altered"),
    ],
)  # fmt: skip
def test_members_of_another_kind_or_twice_are_seen(
    log: AuditLog, old: bytes, new: bytes, what: str
) -> None:
    them = lines(log)
    them[1] = re.sub(old, new, them[1], count=1)
    log.path.write_bytes(b"".join(them))
    assert any(what in each for each in log.check().wrong)
    assert all(isinstance(each.object, str) for each in log.entries())


def test_a_full_disk_is_told_before_the_act(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "new" / "audit.jsonl")
    log.check_writable()
    assert list(log.path.parent.iterdir()) == []  # nothing was done
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with (
        patch.object(os, "fsync", side_effect=full),
        pytest.raises(ServiceError, match="No space left on device"),
    ):
        log.check_writable()


def test_a_hash_noted_elsewhere_sees_a_log_that_was_written_anew(log: AuditLog) -> None:
    noted = log.check().last_hash
    log.path.unlink()
    log.path.with_name("audit.jsonl.head").unlink()
    log.note("upload", "job-9")
    assert log.check().wrong == ()
    assert log.check(noted).wrong == (f"no entry has the hash {noted}",)


@pytest.mark.parametrize("kept", [1, 20, -40, -1])
def test_a_line_that_a_loss_of_power_cut_short_breaks_nothing(log: AuditLog, kept: int) -> None:
    """The head of the log is that of the entry before: it is written last."""
    whole = log.path.read_bytes()
    head = log.path.with_name("audit.jsonl.head")
    before = head.read_bytes()
    log.note("rebuild_index", "the index")
    added = log.path.read_bytes()[len(whole) :]
    log.path.write_bytes(whole + added[:kept])
    head.write_bytes(before)
    assert log.check().wrong == ()
    entry = log.note("rebuild_index", "the index")
    assert log.check().wrong == ()
    assert entry.n == (7 if kept == -1 else 6)  # of the last nothing was lost but its line's end
    assert ("after_cut" in entry.details) == (kept != -1)
    log.note("rebuild_index", "the index")
    assert log.check().wrong == ()


def test_cut_twice_running(log: AuditLog) -> None:
    head = log.path.with_name("audit.jsonl.head")
    before = head.read_bytes()
    for _ in range(2):
        log.path.write_bytes(log.path.read_bytes() + b'{"n": 6, "at')
        log.note("upload", "job")
        log.path.write_bytes(log.path.read_bytes()[:-30])
        head.write_bytes(before)
    log.note("upload", "job")
    assert log.check().wrong == ()


def test_threads_and_processes_take_turns(log: AuditLog) -> None:
    script = (
        "import sys; from pathlib import Path; from search_api.access.audit import note\n"
        "for n in range(20): note('act', str(n), path=Path(sys.argv[1]))"
    )
    others = [subprocess.Popen([sys.executable, "-c", script, str(log.path)]) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: log.note("act", str(n)), range(20)))
    assert [each.wait() for each in others] == [0, 0]
    found = log.check()
    assert (found.entries, found.wrong) == (65, ())


def test_a_clock_that_goes_back_changes_no_order(log: AuditLog) -> None:
    class Past:
        @staticmethod
        def now(_: object) -> datetime:
            return datetime(1999, 1, 1, tzinfo=UTC)

    with patch.object(audit, "datetime", Past):
        assert log.note("upload", "later").at.startswith("1999")
    assert [entry.n for entry in log.entries()] == [1, 2, 3, 4, 5, 6]
    assert log.check().wrong == ()


def test_an_entry_is_on_disk_before_the_act_is_done(log: AuditLog) -> None:
    lengths: list[int] = []
    with patch.object(os, "fsync", lambda descriptor: lengths.append(os.fstat(descriptor).st_size)):
        log.note("upload", "job")
    head = log.path.with_name("audit.jsonl.head")
    assert lengths == [log.path.stat().st_size, head.stat().st_size]


def test_what_cannot_be_written_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ServiceError, match=r"audit\.jsonl: .*cannot be written.*PRECEDENT_AUDIT"):
        note("backup", "b.zip", path=tmp_path / "file" / "audit.jsonl")


def test_a_file_that_is_no_audit_log_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Buy bread.\nAnd milk.\n")
    with pytest.raises(ServiceError, match="is not an audit log"):
        note("backup", "b.zip", path=other)
    with pytest.raises(ServiceError, match="is not an audit log"):
        AuditLog(other).check_writable()
    assert other.read_text() == "Buy bread.\nAnd milk.\n"


def test_entries_are_one_line_whatever_stands_in_them(log: AuditLog) -> None:
    long = "я\n\u2028" * 5000
    entry = log.note("upload\n", long, details={"files": ["x"] * 500, "odd": object(), "no": None})
    assert len(entry.object) == 2000
    assert entry.details["files"][-1] == "and 450 more"
    assert "no" not in entry.details
    assert [json.loads(line)["n"] for line in lines(log)] == [1, 2, 3, 4, 5, 6]
    assert log.check().wrong == ()


def test_the_environment_names_the_log_or_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRECEDENT_AUDIT", str(tmp_path / "own.jsonl"))
    note("backup", "b.zip")
    assert [entry.object for entry in AuditLog(tmp_path / "own.jsonl").entries()] == ["b.zip"]
    monkeypatch.setenv("PRECEDENT_AUDIT", "off")
    note("backup", "c.zip")
    assert [path.name for path in tmp_path.glob("own*")] == ["own.jsonl", "own.jsonl.head"]
    assert not (tmp_path / "off").exists()


FIRST_VERSION = (
    b'{"n":1,"at":"2026-11-23T17:00:32.143+00:00","actor":"local","act":"index","object":"x",'
    b'"outcome":"done","details":{"added":3},"previous":"' + b"0" * 64 + b'",'
    b'"hash":"164f774bc35454e66b2a578bec266052ad9ca20b7b635c618d8763f81ac72976"}\n'
    b'{"n":2,"at":"2026-11-23T17:00:32.167+00:00","actor":"abcd1234 desk","act":"keys.add",'
    b'"object":"desk","outcome":"done",'
    b'"previous":"164f774bc35454e66b2a578bec266052ad9ca20b7b635c618d8763f81ac72976",'
    b'"hash":"8d5c425ff55dbb1a07554897b93c4b166ee5b9db82a8782944bb1571bd6a4fc1"}\n'
)
"""A log as it was written once: whatever is written later, this is one."""


def test_a_log_of_the_first_version_is_read_and_gone_on_with(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    log.path.write_bytes(FIRST_VERSION)
    log.path.with_name("audit.jsonl.head").write_text(
        "2 8d5c425ff55dbb1a07554897b93c4b166ee5b9db82a8782944bb1571bd6a4fc1\n"
    )
    assert log.check().wrong == ()
    third = log.note("remove", "x")
    assert log.check() == audit.AuditCheck(3, third.hash, ())


def test_what_a_later_version_has_noted_is_left_and_vouched_for(tmp_path: Path) -> None:
    """Its entries say more, and are none of this version, which says what stood there."""
    log = AuditLog(tmp_path / "audit.jsonl")
    first = log.note("index", "x")
    later = {**first.as_json(), "n": 2, "previous": first.hash, "signed": "by whom"}
    with log.path.open("a") as stream:
        stream.write(json.dumps(later) + "\n")
    before = log.path.read_bytes()
    (_, unread) = lines(log)
    assert (
        log.note("index", "y").details["after_cut"] == hashlib.sha256(unread.rstrip()).hexdigest()
    )
    assert log.path.read_bytes().startswith(before)
    assert log.check().wrong == ()
    log.path.write_bytes(log.path.read_bytes().replace(b"by whom", b"by none"))
    assert log.check().wrong
