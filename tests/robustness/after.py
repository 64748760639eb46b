"""What has to hold of an index after a kill, whenever it came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from indexer.analysis import prepare_words
from indexer.forward import term_ids
from indexer.lexical import LexicalQuery
from indexer.manifest import current_dir, published_generation, verify_files
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder

__all__ = ["committed", "content_of", "look_at_catalogue", "look_at_index"]


def look_at_catalogue(index_dir: Path) -> dict[str, str]:
    """Check a catalogue; return the digest of each document it holds, by id."""
    path = index_dir / "catalogue.sqlite"
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as held:
        (found,) = held.execute("PRAGMA integrity_check").fetchone()
        assert found == "ok", found
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        (tables,) = held.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables:
            return {}
        return dict(held.execute("SELECT document_id, sha256 FROM documents").fetchall())


def committed(told: list[str], held: dict[str, str], before: dict[str, str]) -> None:
    """Check that a catalogue holds what was told to be committed, and nothing else."""
    expected = dict(before)
    for line in told:
        match line.split():
            case ["held", document_id, digest]:
                expected[document_id] = digest
            case ["gone", document_id]:
                expected.pop(document_id)
    changed = {name for name in expected | held if expected.get(name) != held.get(name)}
    said = {line.split()[1] for line in told if line.startswith(("held ", "gone "))}
    assert not changed & said, f"of what was committed {sorted(changed & said)} is not there"
    assert len(changed) <= 1, "the last commit may have come before its line, and no other"


def look_at_index(index_dir: Path) -> int | None:
    """Check that what is in service is whole, row by row; return its generation."""
    generation = published_generation(index_dir)
    if generation is None:
        assert not list(index_dir.glob("CURRENT"))
        return None
    damages = verify_files(current_dir(index_dir))
    assert damages == [], damages
    with closing(Snapshot.open(index_dir)) as snapshot:
        assert snapshot.manifest.generation == generation
        _look_at_rows(snapshot)
    return generation


def _look_at_rows(snapshot: Snapshot) -> None:
    with snapshot.reading() as held:
        rows = [int(row) for (row,) in held.execute("SELECT row FROM rows ORDER BY row")]
    passages = snapshot.passages(rows)
    vectors = snapshot.centring.of_passages(
        FakeEncoder().encode_passages([passage["text"] for passage in passages]),
        [passage["language"] for passage in passages],
    )
    for passage, vector in zip(passages, vectors, strict=True):
        row = passage["row"]
        np.testing.assert_allclose(snapshot.vectors.vector(row), vector, atol=2e-3)
        language = passage["language"]
        analyser = snapshot.lexical._analysers[language]
        words = analyser.analyze(prepare_words(passage["text"], language))
        terms, _ = snapshot.forward.terms(np.array([row]))
        assert terms.tolist() == term_ids(words).tolist()
        edition = passage["title"].lower().replace(" ", "")
        said = passage["text"].split()
        assert said[0].startswith("shared") or said[1] == edition, "of another edition"
    for number in {p["symbol"].rpartition("/")[2] for p in passages}:
        found, _ = snapshot.lexical.search(LexicalQuery(f"unique{number}"), len(rows))
        expected = [p["row"] for p in passages if p["text"].split()[0] == f"unique{number}"]
        assert sorted(found.tolist()) == expected


def content_of(index_dir: Path) -> dict[str, Any]:
    """Return what an index serves, without the numbers that depend on how it came to be."""
    with closing(Snapshot.open(index_dir)) as snapshot, snapshot.reading() as held:
        named = {
            row["row"]: row["passage_id"]
            for row in held.execute(
                "SELECT row, passage_id FROM rows JOIN passages USING (document_id, ordinal, part)"
            )
        }
        folds: dict[int, set[str]] = {}
        for row in held.execute("SELECT fold, row FROM folds"):
            folds.setdefault(row["fold"], set()).add(named[row["row"]])
        tables = {
            name: [tuple(row) for row in held.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3")]
            for name in ("documents", "paragraphs", "passages", "links")
        }
        return {**tables, "folds": sorted(map(sorted, folds.values()))}
