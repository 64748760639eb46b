"""Every kind of disagreement is made, and seen, and named with what mends it; then it is mended."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexBusyError, IndexDamagedError, NoIndexError, StorageError
from indexer.build import build_from_documents, remove_documents
from indexer.catalogue import Catalogue
from indexer.check import check_index
from indexer.checksums import record_of
from indexer.guard import only_writer
from indexer.lexical import LexicalEntry, LexicalWriter
from indexer.manifest import Manifest, current_dir
from indexer.publish import publish
from indexer.repair import repair_index
from indexer.salvage import salvage
from indexer.snapshot import Snapshot
from indexer.snapshot_files import sound_snapshots
from search_api.engine import Engine
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder, document

WORDS = (
    *("orchard", "well", "gate", "lawyer", "river", "school"),
    *("stone", "letter", "winter", "harbour", "bread", "market"),
)
ONE = "SAMPLE_2024_SR_1:en"
Answers = list[list[tuple[str, float]]]


def texts(number: int) -> list[str]:
    return [f"The {WORDS[(number + n) % 12]} of place {number} is {WORDS[n]}." for n in range(5)]


def made_in(folder: Path) -> None:
    documents = [document(f"SAMPLE/2024/SR/{n}", *texts(n)) for n in range(1, 7)]
    documents.append(document("SAMPLE/2024/SR/2", "Le puits.", "La porte.", language="fr"))
    build_from_documents(documents, folder, encoder=FakeEncoder())
    changed = document("SAMPLE/2024/SR/6", "The orchard is another.", *texts(6)[1:])
    build_from_documents([changed], folder, encoder=FakeEncoder())  # a snapshot that grew


def made_whole(folder: Path) -> None:
    """Publish whole, as a repair does: what is common to a language is measured then."""
    with Catalogue(folder / "catalogue.sqlite") as catalogue:
        publish(catalogue, folder, FakeEncoder().identity, whole=True)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound") / "index"
    made_in(folder)
    assert check_index(folder).agrees, "a snapshot that grew"
    made_whole(folder)
    return folder


@pytest.fixture(scope="module")
def answers(sound: Path) -> Answers:
    return asked(sound)


@pytest.fixture
def index_dir(sound: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound, tmp_path / "index")


def asked(index_dir: Path) -> Answers:
    engine = Engine(Snapshot.open(index_dir), FakeEncoder())
    try:
        return [
            [
                (hit.passage_id, round(hit.score, 3))
                for hit in engine.search(SearchRequest(query=q)).hits
            ]
            for q in ("the well of the school", "lawyer", "SAMPLE/2024/SR/3, para. 2")
        ]
    finally:
        engine.close()


def sealed(folder: Path) -> None:
    """Write down that files are as they should be: what is left is for the rows to tell."""
    manifest = Manifest.read(folder)
    files = {name: record_of(folder / name) for name in manifest.files}
    fields = {name: getattr(manifest, name) for name in manifest.__slots__}
    Manifest(**{**fields, "files": files}).write(folder)


def execute(path: Path, *statements: str) -> None:
    with sqlite3.connect(path, isolation_level=None) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def of_serving(*statements: str) -> Callable[[Path], None]:
    def change(index_dir: Path) -> None:
        folder = current_dir(index_dir)
        execute(folder / "serving.sqlite", *statements)
        sealed(folder)

    return change


def of_catalogue(*statements: str) -> Callable[[Path], None]:
    return lambda index_dir: execute(index_dir / "catalogue.sqlite", *statements)


def of_manifest(**changes: object) -> Callable[[Path], None]:
    def change(index_dir: Path) -> None:
        manifest = Manifest.read(current_dir(index_dir))
        fields = {name: getattr(manifest, name) for name in manifest.__slots__}
        Manifest(**{**fields, **changes}).write(current_dir(index_dir))

    return change


def of_words(index_dir: Path) -> None:
    """Put the words of another text under a row."""
    folder = current_dir(index_dir)
    scratch = folder.with_name("words")
    with LexicalWriter.opened(scratch, folder / "lexical", 1) as words:
        facets = {"language": ("en",), "symbol": ("SAMPLE/2024/SR/1",), "kind": ("note",)}
        words.remove([0])
        words.add(LexicalEntry(0, "The harbour of stone.", "Title", "en", facets, 1999))
    shutil.rmtree(folder / "lexical")
    scratch.rename(folder / "lexical")
    _rewritten(folder)


def of_lost_words(index_dir: Path) -> None:
    folder = current_dir(index_dir)
    scratch = folder.with_name("words")
    with LexicalWriter.opened(scratch, folder / "lexical", 1) as words:
        words.remove([3])
    shutil.rmtree(folder / "lexical")
    scratch.rename(folder / "lexical")
    _rewritten(folder)


def _rewritten(folder: Path) -> None:
    manifest = Manifest.read(folder)
    fields = {name: getattr(manifest, name) for name in manifest.__slots__}
    kept = {name: r for name, r in manifest.files.items() if not name.startswith("lexical")}
    for path in sorted((folder / "lexical").iterdir()):
        if path.suffix != ".lock":
            kept[f"lexical/{path.name}"] = record_of(path)
    Manifest(**{**fields, "files": kept}).write(folder)


def of_terms(index_dir: Path) -> None:
    folder = current_dir(index_dir)
    path = sorted((folder / "forward").glob("*.terms"))[0]
    content = np.frombuffer(path.read_bytes(), "<u4").copy()
    content[0] += 1
    path.unlink()
    path.write_bytes(content.tobytes())
    sealed(folder)


def of_vectors(index_dir: Path) -> None:
    folder = current_dir(index_dir)
    path = next(path for path in folder.glob("vectors.*-*") if path.suffix != ".rabitq")
    content = bytearray(path.read_bytes())
    content[-2:] = (np.float16(0.9)).tobytes()
    path.unlink()
    path.write_bytes(bytes(content))
    sealed(folder)


def of_file(index_dir: Path) -> None:
    path = current_dir(index_dir) / "centring.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(bytes(content))


def of_current(index_dir: Path) -> None:
    (index_dir / "CURRENT").write_text("nonsense\n")


def of_lost_generation(index_dir: Path) -> None:
    shutil.rmtree(index_dir / "generations")


def of_lost_catalogue(index_dir: Path) -> None:
    (index_dir / "catalogue.sqlite").unlink()


def of_pages(index_dir: Path) -> None:
    path = index_dir / "catalogue.sqlite"
    execute(path, "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE")
    with path.open("r+b") as stream:
        for page in range(8, path.stat().st_size // 4096, 5):
            stream.seek(page * 4096)
            stream.write(b"\x7f" * 4096)


P = f"document_id = '{ONE}'"
DISAGREEMENTS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "text of a paragraph": (
        of_serving(f"UPDATE paragraphs SET text = 'Other.' || text WHERE {P} AND ordinal = 0"),
        "documents", "another text than in the catalogue",
    ),
    "place of a passage": (
        of_serving(f'UPDATE passages SET "end" = "end" - 1 WHERE {P} AND ordinal = 1'),
        "documents", "another end than in the catalogue",
    ),
    "title of a document": (
        of_serving(f"UPDATE documents SET title = 'Another' WHERE {P}"),
        "documents", "another title than in the catalogue",
    ),
    "a passage gone": (
        of_serving(f"DELETE FROM passages WHERE {P} AND ordinal = 2"),
        "documents", "is in the catalogue and not in the snapshot",
    ),
    "a row gone": (
        of_serving(f"DELETE FROM rows WHERE {P} AND ordinal = 2"), "rows", "has no row",
    ),
    "a row of nothing": (
        of_serving("INSERT INTO rows VALUES (999, 'nobody', 0, 0)"), "rows", "is no row: there are",
    ),
    "rows out of order": (
        of_serving(
            f"UPDATE rows SET ordinal = 9 WHERE {P} AND ordinal = 0",
            f"UPDATE rows SET ordinal = 0 WHERE {P} AND ordinal = 1",
            f"UPDATE rows SET ordinal = 1 WHERE {P} AND ordinal = 9",
        ),
        "rows", "its rows are not in reading order",
    ),
    "standing": (
        of_serving(f"UPDATE documents SET status = 'superseded' WHERE {P}"),
        "derived", "does not follow from the catalogue",
    ),
    "a link": (
        of_serving("DELETE FROM links WHERE document_id = 'SAMPLE_2024_SR_2:fr'"),
        "derived", "is missing",
    ),
    "a link to nothing": (
        of_serving(f"INSERT INTO links VALUES ('{ONE}', 'revises', 'nobody', NULL, NULL)"),
        "derived", "is a link of a document that is not there",
    ),
    "counts": (of_manifest(paragraphs=1), "counts", "1 in the manifest"),
    "another catalogue": (of_manifest(catalogue="0" * 16), "published", "another catalogue"),
    "a later state": (of_manifest(change=999), "published", "from a later state"),
    "words of another text": (of_words, "words", "is listed under other words than its text has"),
    "words gone": (of_lost_words, "words", "is not among the words"),
    "terms": (of_terms, "terms", "its terms are not those of its text"),
    "vectors": (of_vectors, "vectors", "its vector in the snapshot is not the catalogue's"),
    "a file": (of_file, "file", "sha256"),
    "CURRENT": (of_current, "published", "does not name a generation"),
    "generations gone": (of_lost_generation, "published", "is missing"),
    "catalogue gone": (of_lost_catalogue, "catalogue", "is missing"),
    "pages of the catalogue": (of_pages, "catalogue", ""),
    "a digest": (
        of_catalogue(f"UPDATE passages SET text_sha256 = zeroblob(32) WHERE {P} AND ordinal = 0"),
        "text", "its text has another digest",
    ),
    "a vector of the catalogue": (
        of_catalogue(
            "UPDATE vectors SET vector = zeroblob(128) WHERE text_sha256 IN "
            f"(SELECT text_sha256 FROM passages WHERE {P} AND ordinal = 0)"
        ),
        "vector", "is not of length 1",
    ),
    "a vector cut short": (
        of_catalogue(
            "UPDATE vectors SET vector = substr(vector, 1, 10) WHERE text_sha256 IN "
            f"(SELECT text_sha256 FROM passages WHERE {P} AND ordinal = 0)"
        ),
        "vector", "has 5 numbers, not 64",
    ),
    "a vector gone": (
        of_catalogue(
            "DELETE FROM vectors WHERE text_sha256 IN "
            f"(SELECT text_sha256 FROM passages WHERE {P} AND ordinal = 0)"
        ),
        "unembedded", "1 of its passages have no vector in the catalogue",
    ),
}  # fmt: skip


def test_what_is_sound_agrees_and_is_left_alone(index_dir: Path) -> None:
    report = check_index(index_dir)
    assert report.disagreements == []
    assert (report.checked.documents, report.checked.passages) == (7, 32)
    assert report.checked.vectors == 32
    assert report.checked.files == len(Manifest.read(current_dir(index_dir)).files)
    assert check_index(index_dir, quick=True).agrees
    assert repair_index(index_dir).steps == []
    assert current_dir(index_dir).name == "000003"


@pytest.mark.parametrize("name", DISAGREEMENTS)
def test_a_disagreement_is_named_and_repaired_without_an_encoder(
    index_dir: Path, name: str, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, kind, detail = DISAGREEMENTS[name]
    make(index_dir)
    report = check_index(index_dir)
    found = [each for each in report.disagreements if each.kind == kind and detail in each.detail]
    assert found, report.disagreements
    assert "precedent" in found[0].remedy

    monkeypatch.setattr(FakeEncoder, "encode_passages", _no_encoder)
    monkeypatch.setattr("indexer.build.require", _no_encoder)
    repaired = repair_index(index_dir)
    assert repaired.is_sound, repaired.after
    monkeypatch.undo()
    found = asked(index_dir)
    if not repaired.recovered:
        assert found == answers
    else:  # the parallel sentences and phrases, which questions are held to, are not embedded again
        for ours, theirs in zip(found, answers, strict=True):
            assert ours[0][0] == theirs[0][0]
            assert len(dict(ours).keys() & dict(theirs).keys()) >= 0.8 * len(theirs)


def _no_encoder(*_: object) -> None:
    raise AssertionError("nothing is embedded")


def test_a_dry_run_tells_and_does_nothing(index_dir: Path) -> None:
    of_pages(index_dir)
    damaged = (index_dir / "catalogue.sqlite").read_bytes()
    planned = repair_index(index_dir, dry_run=True)
    assert [step.split()[0] for step in planned.steps] == ["salvage", "publish"]
    assert (planned.after, planned.is_sound) == (None, False)
    assert (index_dir / "catalogue.sqlite").read_bytes() == damaged


def test_the_damaged_catalogue_is_kept(index_dir: Path) -> None:
    of_pages(index_dir)
    damaged = (index_dir / "catalogue.sqlite").read_bytes()
    repaired = repair_index(index_dir)
    (kept,) = repaired.kept
    assert Path(kept).read_bytes() == damaged
    assert repaired.salvaged is not None
    assert all(each.edition is not None for each in repaired.salvaged.lost)


def test_what_cannot_be_salvaged_is_named(index_dir: Path) -> None:
    """A document that no snapshot has, and whose paragraph is gone from the catalogue."""
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        catalogue.write(
            document("SAMPLE/2024/SR/9", "Never published.", "Nor this."),
            origin="nine.txt", reading="1", max_tokens=64, count_tokens=FakeEncoder().count_tokens,
        )  # fmt: skip
    of_catalogue(
        "UPDATE paragraphs SET text = 'Other words.' WHERE document_id = 'SAMPLE_2024_SR_9:en'"
    )(index_dir)
    repaired = repair_index(index_dir)
    assert repaired.salvaged is not None
    (lost,) = repaired.salvaged.lost
    assert (lost.document_id, lost.source, lost.edition) == (
        "SAMPLE_2024_SR_9:en",
        "nine.txt",
        None,
    )
    assert repaired.salvaged.documents == 7
    assert repaired.is_sound


def test_where_nothing_can_be_read_everything_is_left_as_it_is(index_dir: Path) -> None:
    path = index_dir / "catalogue.sqlite"
    execute(path, "PRAGMA journal_mode = DELETE")
    path.write_bytes(b"no database at all" * 1000)
    shutil.rmtree(index_dir / "generations")
    with pytest.raises(IndexDamagedError, match=r"no document can be read.*restore a backup"):
        repair_index(index_dir)
    assert path.read_bytes().startswith(b"no database")
    assert sorted(each.name for each in index_dir.iterdir()) == [
        "CURRENT",
        "catalogue.sqlite",
        "lock",
    ]


@pytest.mark.parametrize("how", ["exclusive", "unreadable"])
def test_a_catalogue_that_cannot_be_had_now_is_not_taken_for_a_damaged_one(
    index_dir: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """It holds a document that was never published, which a salvage would lose."""
    path = index_dir / "catalogue.sqlite"
    with Catalogue(path) as catalogue:
        catalogue.write(
            document("SAMPLE/2024/SR/9", "Never published."),
            origin="nine.txt", reading="1", max_tokens=64, count_tokens=FakeEncoder().count_tokens,
        )  # fmt: skip
    real = sqlite3.connect
    holder = real(path, isolation_level=None)
    if how == "exclusive":
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{**k, "timeout": 0.05}))
    else:
        holder.close()
        refused = sqlite3.OperationalError("disk I/O error")
        refused.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        refused.sqlite_errorname = "SQLITE_IOERR_READ"

        def failing(*_: object, **__: object) -> None:
            raise refused

        monkeypatch.setattr("indexer.check.index.read_database", failing)
    expected = IndexBusyError if how == "exclusive" else StorageError
    with pytest.raises(expected, match=r"another program has it open|fails, or was full"):
        repair_index(index_dir)
    holder.close()
    assert list(index_dir.glob("*damaged*")) == []
    with Catalogue(path) as catalogue:
        assert catalogue.count("documents") == 8


def test_a_removed_document_does_not_come_back(index_dir: Path) -> None:
    """Its snapshot has it still; the catalogue, which can be read, has it no more."""
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        catalogue.remove("SAMPLE/2024/SR/3")
    of_catalogue(f"UPDATE passages SET text_sha256 = zeroblob(32) WHERE {P} AND ordinal = 0")(
        index_dir
    )
    repaired = repair_index(index_dir)
    assert repaired.is_sound
    snapshot = Snapshot.open(index_dir)
    assert snapshot.document_ids_of("SAMPLE/2024/SR/3") == []
    snapshot.close()


ODD = {
    "a text": f"UPDATE paragraphs SET text = CAST(text AS BLOB) WHERE {P} AND ordinal = 0",
    "a vector": "UPDATE vectors SET vector = CAST('x' AS TEXT) WHERE text_sha256 = "
    "(SELECT text_sha256 FROM passages LIMIT 1)",
    "a place": f"UPDATE passages SET start = 'x' WHERE {P} AND ordinal = 0",
    "the model": "UPDATE state SET value = CAST(value AS BLOB) WHERE key = 'model'",
    "the count of changes": "UPDATE state SET value = CAST('x' AS BLOB) WHERE key = 'change'",
    "a name": f"UPDATE documents SET document_id = CAST(document_id AS BLOB) WHERE {P}",
    "an origin": f"UPDATE origins SET source = CAST(source AS BLOB) WHERE {P}",
}


@pytest.mark.parametrize("name", ODD)
def test_a_value_of_another_type_is_damage_and_costs_no_document(
    index_dir: Path, answers: Answers, name: str
) -> None:
    """A flipped bit of a type is nothing that SQLite sees."""
    execute(index_dir / "catalogue.sqlite", "PRAGMA foreign_keys = OFF", ODD[name])
    report = check_index(index_dir)
    assert report.is_catalogue_damaged
    repaired = repair_index(index_dir)
    assert repaired.is_sound, [str(each) for each in repaired.after.disagreements]  # type: ignore[union-attr]
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        assert catalogue.count("documents") == 7
    assert asked(index_dir) == answers


def test_a_removed_document_does_not_come_back_from_an_older_snapshot(index_dir: Path) -> None:
    """Nothing of the catalogue can be read, and a generation from before the removal is kept."""
    remove_documents(["SAMPLE/2024/SR/3"], index_dir, encoder=FakeEncoder())
    older, newer = sorted(int(each.name) for each in (index_dir / "generations").iterdir())
    assert older < newer
    path = index_dir / "catalogue.sqlite"
    execute(path, "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE")
    path.write_bytes(b"no database at all" * 1000)
    repaired = repair_index(index_dir)
    assert repaired.is_sound
    with Catalogue(path) as catalogue:
        held = {row[0] for row in catalogue.connection.execute("SELECT symbol FROM documents")}
    assert "SAMPLE/2024/SR/3" not in held
    assert len(held) == 5


def test_vectors_are_worked_out_from_a_snapshot_to_the_last_bit_but_one(
    sound: Path, tmp_path: Path
) -> None:
    with Catalogue(sound / "catalogue.sqlite") as catalogue:
        kept = dict(catalogue.connection.execute("SELECT text_sha256, vector FROM vectors"))
    found = salvage(None, sound_snapshots(sound), tmp_path / "catalogue.sqlite")
    assert (found.documents, found.missing) == (7, 0)
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        held = catalogue.connection.execute("SELECT text_sha256, vector FROM vectors").fetchall()
    assert len(held) == found.recovered > 20
    for key, vector in held:
        np.testing.assert_allclose(
            np.frombuffer(vector, "<f2"), np.frombuffer(kept[key], "<f2"), atol=2e-3
        )


def test_what_is_not_published_yet_is_said(index_dir: Path) -> None:
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        catalogue.write(
            document("SAMPLE/2024/SR/9", "Fresh."), origin="nine.txt", reading="1", max_tokens=64,
            count_tokens=FakeEncoder().count_tokens,
        )  # fmt: skip
        catalogue.remove("SAMPLE/2024/SR/3")
    report = check_index(index_dir)
    assert {(each.kind, each.subject) for each in report.disagreements} == {
        ("unembedded", "SAMPLE_2024_SR_9:en"),
        ("unpublished", "SAMPLE_2024_SR_3:en"),
    }
    repaired = repair_index(index_dir)
    assert repaired.waiting == ("SAMPLE_2024_SR_9:en",)
    assert repaired.after is not None
    assert repaired.after.counts() == {"unembedded": 1}
    report = build_from_documents([], index_dir, encoder=FakeEncoder())
    assert (report.embedded, report.documents) == (1, 7)
    assert check_index(index_dir).agrees


def test_a_repair_waits_for_no_indexer_and_a_check_minds_none(index_dir: Path) -> None:
    with only_writer(index_dir):
        assert check_index(index_dir).agrees
        with pytest.raises(IndexBusyError):
            repair_index(index_dir)


def test_a_check_makes_nothing_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        check_index(tmp_path / "nowhere")
    with pytest.raises(NoIndexError):
        repair_index(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_index_agrees(tmp_path: Path) -> None:
    build_from_documents([document("SAMPLE/1", "One.")], tmp_path, encoder=FakeEncoder())
    remove_documents(["SAMPLE/1"], tmp_path, encoder=FakeEncoder())
    assert check_index(tmp_path).agrees


def test_an_uploaded_file_is_compared_with_its_digest(index_dir: Path) -> None:
    place = index_dir / "uploads" / "files" / ("0" * 64)
    place.mkdir(parents=True)
    (place / "note.txt").write_text("not those bytes")
    (found,) = check_index(index_dir).disagreements
    assert (found.kind, found.detail) == ("original", "is not the file that was uploaded")


def test_a_model_that_is_not_there_is_named(index_dir: Path, tmp_path: Path) -> None:
    (found,) = check_index(index_dir, models_dir=tmp_path / "models").disagreements
    assert found.kind == "model"


def test_coded_vectors_are_looked_at_too(tmp_path: Path) -> None:
    documents = [
        document(f"SAMPLE/{n}", *(f"Word{n}x{i} and word{i}." for i in range(60)))
        for n in range(20)
    ]
    build_from_documents(documents, tmp_path, encoder=FakeEncoder())
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.put("vector_index", "rabitq")
    build_from_documents([document("SAMPLE/99", "More.")], tmp_path, encoder=FakeEncoder())
    snapshot = Snapshot.open(tmp_path)
    assert any(coded for _, coded in snapshot.vectors.segments)
    snapshot.close()
    assert check_index(tmp_path).agrees
