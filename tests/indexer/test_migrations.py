"""Files of every version there has been, opened by the software of today, and the reverse."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from corpus.errors import IndexMismatchError
from indexer import migrations, schema
from indexer.catalogue import Catalogue
from indexer.check import check_index
from indexer.databases import version_of
from indexer.manifest import current_dir, set_current
from indexer.repair import repair_index
from indexer.schema import CATALOGUE_VERSION
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder

FILES = Path(__file__).with_name("migrations")
VERSIONS = sorted(folder.name for folder in FILES.glob("v*"))


def opened_as(version: str, folder: Path) -> Path:
    """Lay out an index as a version left it: its catalogue, and the manifest of its snapshot."""
    index_dir = folder / "index"
    generation = index_dir / "generations" / "000001"
    generation.mkdir(parents=True)
    with sqlite3.connect(index_dir / "catalogue.sqlite") as connection:
        connection.executescript((FILES / version / "catalogue.sql").read_text())
    connection.close()
    shutil.copy(FILES / version / "manifest.json", generation)
    (index_dir / "CURRENT").write_text("1\n")
    return index_dir


def answers(index_dir: Path, version: str) -> dict[str, str]:
    engine = Engine(Snapshot.open(index_dir), FakeEncoder(dim=8))
    try:
        return {
            question: engine.search(SearchRequest(query=question, k=2)).hits[0].passage_id
            for question in json.loads((FILES / version / "answers.json").read_text())
        }
    finally:
        engine.close()


def test_there_are_files_of_the_first_version_and_of_this_one() -> None:
    assert {"v1", f"v{CATALOGUE_VERSION}"} <= set(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_index_of_any_version_is_brought_up_and_answers_as_before(
    version: str, tmp_path: Path
) -> None:
    index_dir = opened_as(version, tmp_path)
    before = check_index(index_dir)
    assert not before.agrees
    repaired = repair_index(index_dir)
    assert repaired.is_sound, repaired.after
    assert version_of(index_dir / "catalogue.sqlite") == CATALOGUE_VERSION
    expected = json.loads((FILES / version / "answers.json").read_text())
    assert answers(index_dir, version) == {asked: ids[0] for asked, ids in expected.items()}
    assert current_dir(index_dir).name == "000002"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_file_of_before_is_kept_beside(version: str, tmp_path: Path) -> None:
    index_dir = opened_as(version, tmp_path)
    Catalogue(index_dir / "catalogue.sqlite").close()
    kept = migrations.copies_before(index_dir / "catalogue.sqlite")
    if version == f"v{CATALOGUE_VERSION}":
        assert kept == []
        return
    assert [path.name for path in kept] == [f"catalogue.sqlite.{version}"]
    assert f"v{version_of(kept[0])}" == version
    Catalogue(index_dir / "catalogue.sqlite").close()
    assert migrations.copies_before(index_dir / "catalogue.sqlite") == kept


def test_a_step_that_is_cut_short_is_taken_by_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = opened_as("v1", tmp_path) / "catalogue.sqlite"

    third = schema.MIGRATIONS[2]

    def cut_short(connection: sqlite3.Connection) -> None:
        third(connection)
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        steps = (*schema.MIGRATIONS[:2], cut_short, *schema.MIGRATIONS[3:])
        patched.setattr(schema, "MIGRATIONS", steps)
        with pytest.raises(ZeroDivisionError):
            Catalogue(path)
    assert version_of(path) == 2
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'written'").fetchall()
    connection.close()
    assert found == [], "nothing of the step that failed is there"
    with Catalogue(path) as catalogue:
        assert catalogue.count("written") == 3
    assert version_of(path) == CATALOGUE_VERSION


@pytest.mark.parametrize("version", VERSIONS)
def test_a_catalogue_has_the_tables_of_its_version_and_no_others(
    version: str, tmp_path: Path
) -> None:
    """A backup of one that has others is refused, and so is its restoration."""
    path = opened_as(version, tmp_path) / "catalogue.sqlite"
    with sqlite3.connect(path) as connection:
        assert schema.foreign_to_schema(connection) == []
    connection.close()
    with Catalogue(path) as catalogue:
        assert schema.foreign_to_schema(catalogue.connection) == []
        catalogue.connection.execute("CREATE VIEW more AS SELECT 1")
        assert schema.foreign_to_schema(catalogue.connection) == [
            "view more is not as this software makes it"
        ]


def test_a_later_catalogue_is_refused_by_check_and_repair(tmp_path: Path) -> None:
    index_dir = opened_as("v4", tmp_path)
    connection = sqlite3.connect(index_dir / "catalogue.sqlite")
    connection.execute(f"PRAGMA user_version = {CATALOGUE_VERSION + 1}")
    connection.close()
    (found,) = check_index(index_dir).disagreements
    assert found.detail == f"has version 5, this software reads up to {CATALOGUE_VERSION}"
    assert found.remedy == "install the newer Precedent"
    before = (index_dir / "catalogue.sqlite").read_bytes()
    with pytest.raises(IndexMismatchError, match="install the newer Precedent"):
        repair_index(index_dir)
    assert (index_dir / "catalogue.sqlite").read_bytes() == before


def test_a_later_snapshot_is_refused_with_the_way_out(tmp_path: Path) -> None:
    index_dir = opened_as("v4", tmp_path)
    repair_index(index_dir)
    path = current_dir(index_dir) / "manifest.json"
    fields = json.loads(path.read_text())
    fields["snapshot_version"] = 99
    path.write_text(json.dumps(fields))
    with pytest.raises(IndexMismatchError, match=r"version 99.*install the newer Precedent"):
        Snapshot.open(index_dir)
    (found,) = check_index(index_dir).disagreements
    assert "install the newer Precedent" in found.remedy
    with pytest.raises(IndexMismatchError, match="install the newer Precedent"):
        repair_index(index_dir)
    assert current_dir(index_dir) == path.parent, "what a later version published stays"


def test_current_may_name_nothing_that_is_there(tmp_path: Path) -> None:
    index_dir = opened_as("v4", tmp_path)
    repair_index(index_dir)
    set_current(index_dir, 77)
    (found,) = check_index(index_dir).disagreements
    assert (found.kind, found.detail) == ("published", "generation 77 is missing")
    assert repair_index(index_dir).is_sound
    assert current_dir(index_dir).name == "000078"
