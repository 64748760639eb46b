"""Publication that goes on from the snapshot before: the same answers as one written whole."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.types import Document, DocumentKind, DocumentStatus, Relation, RelationKind
from indexer.analysis import field_language
from indexer.build import build_from_documents, remove_documents
from indexer.catalogue import Catalogue
from indexer.facets import Selection
from indexer.forward import term_ids
from indexer.lexical import LexicalQuery
from indexer.linking.likeness import folded_words
from indexer.manifest import current_dir
from indexer.publish import publish
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder
from tests.indexer.linking import altered, made, text

PLACED = """
    SELECT document_id, ordinal, part, passage_id, text, row FROM rows
    JOIN passages USING (document_id, ordinal, part) JOIN paragraphs USING (document_id, ordinal)
    ORDER BY document_id, ordinal, part"""


def _index(index_dir: Path, *documents: Document) -> None:
    build_from_documents(documents, index_dir, encoder=FakeEncoder())


def _whole(index_dir: Path, into: Path) -> Snapshot:
    """Publish what the catalogue holds from scratch, without what it keeps of comparisons."""
    into.mkdir()
    with closing(sqlite3.connect(index_dir / "catalogue.sqlite")) as held:
        held.execute("VACUUM INTO ?", (str(into / "catalogue.sqlite"),))
    with Catalogue(into / "catalogue.sqlite") as catalogue:
        for table in ("likenesses", "matched", "candidates", "paired"):
            catalogue.connection.execute(f"DELETE FROM {table}")
        publish(catalogue, into, FakeEncoder().identity)
    return Snapshot.open(into)


def _tables(snapshot: Snapshot) -> dict[str, list[tuple[Any, ...]]]:
    """Return the tables of a snapshot with places for numbers of rows."""
    queries = {
        "documents": "SELECT * FROM documents ORDER BY document_id",
        "paragraphs": "SELECT * FROM paragraphs ORDER BY document_id, ordinal",
        "footnotes": "SELECT * FROM footnotes ORDER BY document_id, ordinal",
        "links": "SELECT * FROM links ORDER BY 1, 2, 3",
        "folds": "SELECT fold, document_id, ordinal, part, preference FROM folds "
        "JOIN rows USING (row) ORDER BY 1, 2, 3, 4",
        "copies": "SELECT * FROM copies ORDER BY 1, 2",
        "failures": "SELECT * FROM failures ORDER BY 1",
    }
    with snapshot.reading() as connection:
        return {name: [tuple(row) for row in connection.execute(q)] for name, q in queries.items()}


def _placed(snapshot: Snapshot) -> dict[tuple[str, int, int], int]:
    with snapshot.reading() as connection:
        return {(row[0], row[1], row[2]): row[5] for row in connection.execute(PLACED)}


def _check_parts(snapshot: Snapshot) -> None:
    """Check that vectors, terms and words of every passage are those of its text."""
    rows = list(_placed(snapshot).values())
    passages = snapshot.passages(rows)
    vectors = snapshot.centring.of_passages(
        FakeEncoder().encode_passages([row["text"] for row in passages]),
        [row["language"] for row in passages],
    )
    flat, offsets = snapshot.forward.terms(np.array(rows, np.int64))
    for i, (row, passage) in enumerate(zip(rows, passages, strict=True)):
        np.testing.assert_allclose(snapshot.vectors.vector(row), vectors[i], atol=2e-3)
        language = field_language(passage["language"])
        terms = term_ids(snapshot.lexical.terms_of(language, passage["text"]))
        assert flat[offsets[i] : offsets[i + 1]].tolist() == terms.tolist()
    found = snapshot.lexical.matching(LexicalQuery(""))
    assert sorted(found.tolist()) == sorted(rows)
    for document_id in {place[0] for place in _placed(snapshot)}:
        within = snapshot.document_rows(document_id)
        assert [row["document_id"] for row in snapshot.passages(within)] == [document_id] * len(
            within
        )


def _check_same(snapshot: Snapshot, whole: Snapshot) -> None:
    mine, theirs = _tables(snapshot), _tables(whole)
    for name, rows in theirs.items():
        assert mine[name] == rows, name
    places = {row: place for place, row in _placed(snapshot).items()}
    other_places = {row: place for place, row in _placed(whole).items()}
    for status in (None, *DocumentStatus):
        selection = Selection({"status": (str(status),)} if status else {})
        found = snapshot.lexical.matching(LexicalQuery("", selection=selection))
        expected = whole.lexical.matching(LexicalQuery("", selection=selection))
        assert sorted(places[row] for row in found) == sorted(other_places[r] for r in expected)
        mask = snapshot.columns.mask(selection)
        if mask is not None:
            assert sorted(np.flatnonzero(mask)) == sorted(found), status


def _random_document(chance: random.Random) -> Document:
    """Draw a document that may be anything to others that are drawn."""
    number, session = chance.randrange(6), chance.randrange(2)
    paragraphs = text(number, paragraphs=chance.choice([6, 7]))
    if chance.random() < 0.3:
        paragraphs[0] = altered(paragraphs[0], at=chance.randrange(30))
    symbol = f"A/HRC/RES/{50 + session}/{number}"
    relations: tuple[Relation, ...] = ()
    kind = DocumentKind.RESOLUTION
    status: DocumentStatus | None = DocumentStatus.ADOPTED_WITHOUT_VOTE
    drawn = chance.random()
    if drawn < 0.3:
        symbol = f"A/HRC/{50 + session}/L.{number}"
        kind, status = DocumentKind.DRAFT_RESOLUTION, DocumentStatus.DRAFT
        if chance.random() < 0.3:
            symbol += "/Rev.1"
    elif drawn < 0.4:
        relations = (Relation(RelationKind.CORRECTS, symbol),)
        symbol, kind, status = f"{symbol}/Corr.1", DocumentKind.RESOLUTION, None
    elif drawn < 0.5:
        relations = (Relation(RelationKind.SUPERSEDES, f"A/HRC/RES/{50 + session}/{number - 1}"),)
    language = chance.choice(["en", "en", "en", "fr"])
    return made(
        symbol,
        paragraphs,
        language,
        kind=kind,
        status=status,
        session=str(50 + session),
        year=2022,
        relations=relations,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_grown_snapshot_is_what_a_whole_one_is(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So few that shingles become formulas, and cease to be, while the index changes.
    monkeypatch.setattr("indexer.linking.candidates._COMMON", 2 + seed)
    chance = random.Random(seed)
    index_dir = tmp_path / "index"
    _index(index_dir, *(made(f"SAMPLE/{n}", text(100 + n)) for n in range(20)))
    grown = 0
    for step in range(8):
        before = Snapshot.open(index_dir)
        held = [row["document_id"] for row in _documents(before)]
        drawn = [_random_document(chance) for _ in range(chance.randrange(1, 4))]
        if step and chance.random() < 0.5:
            gone = chance.choice(held)
            remove_documents([gone], index_dir, encoder=FakeEncoder())
        _index(index_dir, *drawn)
        snapshot = Snapshot.open(index_dir)
        whole = _whole(index_dir, tmp_path / f"whole{step}")
        _check_parts(snapshot)
        _check_same(snapshot, whole)
        grown += snapshot.rows > snapshot.passages_held
        for opened in (before, snapshot, whole):
            opened.close()
    assert grown, "no snapshot had a dead row"


def _documents(snapshot: Snapshot) -> list[sqlite3.Row]:
    with snapshot.reading() as connection:
        return connection.execute("SELECT * FROM documents ORDER BY document_id").fetchall()


def _many(count: int = 12) -> list[Document]:
    return [made(f"SAMPLE/{n}", text(200 + n, paragraphs=4)) for n in range(count)]


def test_what_did_not_change_keeps_its_rows_and_its_files(tmp_path: Path) -> None:
    documents = _many()
    _index(tmp_path, *documents)
    first = Snapshot.open(tmp_path)
    changed = made("SAMPLE/3", text(999, paragraphs=3))
    _index(tmp_path, changed)
    second = Snapshot.open(tmp_path)
    kept = {place: row for place, row in _placed(first).items() if place[0] != changed.id}
    assert kept.items() <= _placed(second).items()
    assert list(second.document_rows(changed.id)) == [48, 49, 50]
    assert second.live is not None
    assert (second.rows, second.passages_held, int(second.live.sum())) == (51, 47, 47)
    shared = [path for path in second.folder.rglob("*") if path.stat().st_nlink > 1]
    assert {path.parent.name for path in shared if path.is_file()} >= {"forward", "lexical"}
    first.close()
    second.close()


def test_the_snapshot_before_answers_as_it_did(tmp_path: Path) -> None:
    documents = _many()
    _index(tmp_path, *documents)
    folder = current_dir(tmp_path)
    content = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    query = LexicalQuery(text(203, paragraphs=1)[0])
    opened = Snapshot.open(tmp_path)
    before = opened.lexical.search(query, 5)
    _index(tmp_path, made("SAMPLE/3", text(999, paragraphs=3)))
    assert {path: path.read_bytes() for path in content} == content
    for snapshot in (opened, Snapshot(folder)):
        rows, scores = snapshot.lexical.search(query, 5)
        assert (rows.tolist(), scores.tolist()) == (before[0].tolist(), before[1].tolist())
        snapshot.close()


def test_dead_rows_are_never_found(tmp_path: Path) -> None:
    _index(tmp_path, *_many())
    words = text(203, paragraphs=1)[0]
    remove_documents(["SAMPLE/3"], tmp_path, encoder=FakeEncoder())
    snapshot = Snapshot.open(tmp_path)
    assert (snapshot.rows, snapshot.passages_held) == (48, 44)
    dead = set(range(48)) - set(_placed(snapshot).values())
    vector = FakeEncoder().encode_queries([words])[0]
    found, _ = snapshot.vectors.search(vector, 48, snapshot.columns.mask(Selection()))
    assert len(found) == 44
    assert not dead & set(found.tolist())
    assert len(snapshot.lexical.search(LexicalQuery(words), 48)[0]) == 0
    assert len(snapshot.lexical.candidates(LexicalQuery(words), 48)[0]) == 0
    snapshot.close()


def test_a_fifth_of_dead_rows_is_the_most(tmp_path: Path) -> None:
    _index(tmp_path, *_many())
    remove_documents(["SAMPLE/0", "SAMPLE/1"], tmp_path, encoder=FakeEncoder())
    assert Snapshot.open(tmp_path).rows == 48
    remove_documents(["SAMPLE/2"], tmp_path, encoder=FakeEncoder())
    assert Snapshot.open(tmp_path).rows == 36


def test_another_catalogue_is_not_gone_on_from(tmp_path: Path) -> None:
    _index(tmp_path, *_many(3))
    for name in ("catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    other = tmp_path / "other"
    _index(other, *(replace(each, title="another") for each in _many(5)))
    (other / "catalogue.sqlite").replace(tmp_path / "catalogue.sqlite")
    _index(tmp_path)
    snapshot = Snapshot.open(tmp_path)
    assert (snapshot.rows, snapshot.passages_held) == (20, 20)
    assert {row["title"] for row in _documents(snapshot)} == {"another"}
    snapshot.close()


def test_one_change_rewrites_no_other_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = [
        made(f"A/HRC/50/L.{n}", text(n), kind="draft-resolution", session="50") for n in range(4)
    ]
    adopted = [
        made(f"A/HRC/RES/50/{n}", text(n), kind="resolution", session="50") for n in range(4)
    ]
    _index(tmp_path, *drafts, *adopted, *_many(20))
    compared: list[str] = []

    def noted(each: str) -> list[str]:
        compared.append(each)
        return folded_words(each)

    monkeypatch.setattr("indexer.linking.near.folded_words", noted)
    changed = text(2)
    changed[0] = altered(changed[0])
    _index(tmp_path, made("A/HRC/RES/50/2", changed, kind="resolution", session="50"))
    assert set(compared) <= {*text(2), *changed}
    assert compared


def test_a_catalogue_restored_from_a_copy_is_published_whole(tmp_path: Path) -> None:
    index_dir, copy = tmp_path / "index", tmp_path / "copy.sqlite"
    _index(index_dir, *_many())
    with closing(sqlite3.connect(index_dir / "catalogue.sqlite")) as held:
        held.execute("VACUUM INTO ?", (str(copy),))
    _index(index_dir, made("SAMPLE/3", text(999, paragraphs=3)))
    for name in ("catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (index_dir / name).unlink(missing_ok=True)
    copy.replace(index_dir / "catalogue.sqlite")
    _index(index_dir, *(made(f"SAMPLE/{n}", text(500 + n, paragraphs=1)) for n in (20, 21, 22)))
    snapshot = Snapshot.open(index_dir)
    whole = _whole(index_dir, tmp_path / "whole")
    _check_parts(snapshot)
    _check_same(snapshot, whole)
    assert snapshot.rows == snapshot.passages_held == 51
    snapshot.close()
    whole.close()
