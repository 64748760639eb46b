"""A clock that jumps, back to 1970 and far ahead: it is shown, and nothing depends on it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient

from indexer.build import build_from_documents
from indexer.manifest import Manifest, current_dir, verify_files
from indexer.snapshot import Snapshot
from library import collections
from library.file import Library
from precedent.backup import make_backup, restore_backup
from precedent.backup.make import Wanted
from precedent.backup.restore import Places
from search_api.access.keys import KeyFile
from search_api.engine import Engine
from search_api.intake.folder import UploadFolder
from search_api.intake.records import Record, Records, new_job
from search_api.keeping import searches
from search_api.schemas import SavedSearchRequest, SearchRequest
from tests.fakes import FakeEncoder, document
from tests.search_api.intake import TEXT, a_text, index_folder, told, upload

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("corpus", "indexer", "workbench", "library", "search_api", "mcp_server", "precedent")
YEARS = (2026, 1970, 2199, 2001, 2026)

SHOWN_BY = (
    "indexer.publish",
    "indexer.catalogue",
    "indexer.guard",
    "indexer.noted",
    "precedent.backup.staging",
    "library.collections",
    "search_api.intake.records",
)
"""Modules that write down when something was."""


NO_DEADLINES = (
    "corpus/readers/doc.py", "corpus/sandbox/folder.py", "search_api/intake/tidying.py",
    "search_api/intake/watching.py",
)  # fmt: skip
"""The first three remove what was left behind by what was killed, by its age; the last numbers
events from it, and tells all to whoever has a number that was never given."""


class Clock(datetime):
    """A clock that is set."""

    year_now = 2026

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(cls.year_now, 1, 1, tzinfo=tz or UTC)


@pytest.fixture
def clock() -> Iterator[type[Clock]]:
    """Every clock that dates are taken from."""
    patches = [patch(f"{module}.datetime", Clock) for module in SHOWN_BY]
    patches.append(patch("time.time", lambda: Clock.now().timestamp()))
    for each in patches:
        each.start()
    yield Clock
    for each in patches:
        each.stop()
    Clock.year_now = 2026


def test_publications_follow_each_other_and_the_last_is_served(
    tmp_path: Path, clock: type[Clock]
) -> None:
    for number, year in enumerate(YEARS, 1):
        clock.year_now = year
        made = [document("A/1", f"Edition {number} of the orchard.", title=f"Edition {number}")]
        report = build_from_documents(made, tmp_path, encoder=FakeEncoder())
        assert report.generation == number
        manifest = Manifest.read(current_dir(tmp_path))
        assert manifest.published_at.startswith(str(year))
        engine = Engine(Snapshot.open(tmp_path), FakeEncoder())
        (hit,) = engine.search(SearchRequest(query="orchard")).hits
        assert hit.text == f"Edition {number} of the orchard."
        engine.close()
        again = build_from_documents(made, tmp_path, encoder=FakeEncoder())
        assert (again.generation, again.unchanged) == (number, 1)
    assert verify_files(current_dir(tmp_path)) == []


def test_a_file_is_known_by_its_bytes_whatever_its_dates(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    file = own / "a.en.txt"
    file.write_bytes(TEXT)
    index_folder(own, tmp_path / "index")
    for year in (1971, 2199):
        stamp = datetime(year, 1, 1, tzinfo=UTC).timestamp()
        os.utime(file, (stamp, stamp))
        assert index_folder(own, tmp_path / "index").unchanged == 1
    before = file.stat()
    file.write_bytes(TEXT.replace(b"orchard", b"meadows"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert index_folder(own, tmp_path / "index").updated == 1


def test_jobs_stay_in_the_order_they_came(tmp_path: Path, clock: type[Clock]) -> None:
    folder = UploadFolder(tmp_path)
    folder.jobs.mkdir(parents=True)
    records = Records(folder)
    came = []
    for year in YEARS:
        clock.year_now = year
        record = Record(job=new_job("rebuild"))
        records.add(record)
        came.append(record.job.job_id)
    assert came != sorted(came)
    after = Records(folder)
    after.load()
    assert [record.job.job_id for record in after.all()] == came


def test_a_service_takes_jobs_while_the_clock_jumps(tmp_path: Path, clock: type[Clock]) -> None:
    (tmp_path / "index").mkdir()
    with TestClient(told(tmp_path / "index")) as client:
        jobs = []
        for number, year in enumerate(YEARS):
            clock.year_now = year
            jobs.append(upload(client, {"slow.txt": a_text(f"A/{number}", "One.")}).job_id)
        listed = [job["job_id"] for job in client.get("/v1/jobs").json()["jobs"]]
        assert listed == jobs[::-1]


def test_what_is_new_to_a_saved_search_is_told_whenever_it_came(
    tmp_path: Path, clock: type[Clock]
) -> None:
    library = Library(tmp_path / "library.sqlite")
    held = [document("A/0", "Water comes from wells.")]
    asked = SavedSearchRequest(name="Wells", request=SearchRequest(query="water wells"))
    saved: int | None = None
    for number, year in enumerate(YEARS):
        clock.year_now = year
        build_from_documents(held, tmp_path / "index", encoder=FakeEncoder())
        engine = Engine(Snapshot.open(tmp_path / "index"), FakeEncoder())
        if saved is None:
            saved = searches.save(library, engine, asked).id
        new = searches.changes(library, engine, saved).new
        assert [each.citation for each in new] == ([f"A/{number}, para. 1"] if number else [])
        searches.see(library, engine, saved, engine.generation)
        engine.close()
        held.append(document(f"A/{number + 1}", f"Water wells of village {number}."))


def test_the_collection_used_last_is_first_whatever_the_clock_says(
    tmp_path: Path, clock: type[Clock]
) -> None:
    library = Library(tmp_path / "library.sqlite")
    for year in YEARS[:4]:
        clock.year_now = year
        with library.writing() as connection:
            collections.create(connection, str(year))
    with library.reading() as connection:
        names = [each.name for each in collections.all_collections(connection)]
    assert names == [str(year) for year in reversed(YEARS[:4])]


def test_a_key_ends_by_the_clock_and_a_clock_that_was_wrong_costs_nothing(tmp_path: Path) -> None:
    """Its last day, and the end of the secret before, are days: who sets the clock, sets them."""
    file = KeyFile(tmp_path / "keys.sqlite")
    file.add("guest", ["read"], expires_on=date(2999, 1, 1))
    _, guest = file.add("member", ["read"])
    made, _ = file.rotate("member", keep_old_for=timedelta(days=1))
    ends = datetime.fromisoformat(made.old_until or "")
    written = file.path.read_bytes()
    states = []
    for year in (2026, 1970, 3000, 2026):
        expiring, member = sorted(file.all(), key=lambda key: key.name)
        states.append(expiring.state(date(year, 6, 1)))
        assert member.state(date(year, 6, 1)) == "active"
        assert member.is_of(guest, ends.replace(year=year)) is (year < ends.year)
    assert states == ["active", "active", "expired", "active"]
    assert file.path.read_bytes() == written, "nothing is withdrawn by a clock"


def test_what_a_key_has_spent_is_counted_by_day_whichever_comes_next(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.sqlite")
    key, _ = file.add("guest", ["read"], quota=10)
    for day, expected in (("2026-01-02", 5), ("1970-01-01", 5), ("2199-01-01", 5)):
        assert file.count(day, {key.key_id: 5})[key.key_id] == expected
    assert file.count("2026-01-02", {key.key_id: 1})[key.key_id] == 6


def test_a_backup_is_restored_whenever_it_was_made(tmp_path: Path, clock: type[Clock]) -> None:
    there = Places(tmp_path / "there", tmp_path / "there.sqlite", tmp_path / "models")
    for number, year in enumerate(YEARS, 1):
        clock.year_now = year
        made = [document("A/1", f"Edition {number} of the orchard.", title=f"Edition {number}")]
        build_from_documents(made, tmp_path / "index", encoder=FakeEncoder())
        backup = tmp_path / "backup.zip"
        make_backup(Wanted(tmp_path / "index"), backup)
        restored = restore_backup(backup, there, replace_all=number > 1)
        assert restored.generation is not None
        assert restored.generation > number, "a later one than was there, whatever the year"
        snapshot = Snapshot.open(there.index_dir)
        assert snapshot.texts([0]) == [f"Edition {number} of the orchard."]
        snapshot.close()


def test_nothing_waits_or_expires_by_the_wall_clock() -> None:
    """`time.time` jumps with the clock; deadlines are of `time.monotonic` and the event loop."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\btime\.time(_ns)?\(|\butcnow\(", line)
    ]
    assert [place for place in found if not place.startswith(NO_DEADLINES)] == []
