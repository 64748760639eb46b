"""Grow an index: `python -m benchmarks.grow INDEX TARGET --passages 100000`, for measuring scale.

Real passages are recombined, because no hundred thousand more of the kind are at hand. A grown
passage is a real one of which one word in seven is a word of a second real passage of the same
language, and its vector is 0.86 of the first's and 0.14 of the second's, brought back to length 1:
frequencies of words, lengths and the narrow cone that a model's vectors lie in stay as they were,
and no two texts are equal. A grown document takes its metadata, and how many passages it has, from
a real one, and its passages from anywhere, so that it is nobody's near-duplicate. What it cannot
stand for: a collection this size would have more distinct words and more subjects.

The collection itself is kept, so questions find their real answers among the grown ones.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.copying import copy_catalogue
from indexer.catalogue import Catalogue, text_key
from indexer.manifest import Manifest, current_dir
from indexer.publish import publish

__all__ = ["Pool", "grow", "main"]

_SEED = 11
SECOND_SHARE = 1 / 7
"""Of the words, and of the vector, that a second passage gives."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Real passages of one language.

    Attributes:
        texts: their words.
        vectors: (n, dim) float32.
    """

    texts: list[str]
    vectors: NDArray[np.float32]

    def draw(self, chance: random.Random) -> tuple[str, bytes]:
        """Return a new passage: its text, and its vector as the catalogue keeps it."""
        one, other = chance.randrange(len(self.texts)), chance.randrange(len(self.texts))
        words, more = self.texts[one].split(), self.texts[other].split()
        for place in range(len(words)):
            if chance.random() < SECOND_SHARE:
                words[place] = chance.choice(more)
        mixed = (1 - SECOND_SHARE) * self.vectors[one] + SECOND_SHARE * self.vectors[other]
        return " ".join(words), (mixed / np.linalg.norm(mixed)).astype("<f2").tobytes()


def grow(source: Path, target: Path, passages: int) -> Manifest:
    """Copy an index into an empty folder, fill it up to so many passages and publish it."""
    target.mkdir(parents=True)
    identity = Manifest.read(current_dir(source)).encoder
    with Catalogue(copy_catalogue(source, target)) as catalogue:
        connection = catalogue.connection
        connection.execute("PRAGMA synchronous = OFF")
        pools = _pools(connection, identity.digest)
        with catalogue.transaction():
            connection.execute("PRAGMA defer_foreign_keys = ON")
            left = passages - catalogue.count("passages")
            for template in _templates(connection, left, pools):
                _write(connection, template, pools[template.language], identity.digest)
        catalogue.put("change", str(catalogue.change + 1))
        return publish(catalogue, target, identity)


@dataclass(frozen=True, slots=True)
class _Template:
    number: int
    document_id: str
    language: str
    passages: int


def _pools(connection: sqlite3.Connection, digest: str) -> dict[str, Pool]:
    rows = connection.execute(
        'SELECT d.language, substr(g.text, p.start + 1, p."end" - p.start), v.vector '
        "FROM passages p JOIN paragraphs g USING (document_id, ordinal) "
        "JOIN documents d USING (document_id) JOIN vectors v USING (text_sha256) "
        "WHERE v.model_digest = ? AND d.language IS NOT NULL",
        (digest,),
    )
    held: dict[str, tuple[list[str], list[bytes]]] = {}
    for language, text, vector in rows:
        if text.split():
            texts, vectors = held.setdefault(language, ([], []))
            texts.append(text)
            vectors.append(vector)
    return {
        language: Pool(texts, np.stack([np.frombuffer(v, "<f2") for v in vectors]).astype("f4"))
        for language, (texts, vectors) in held.items()
    }


def _templates(
    connection: sqlite3.Connection, passages: int, pools: dict[str, Pool]
) -> Iterator[_Template]:
    """Yield documents to grow from, again and again, until they hold so many passages."""
    rows = connection.execute(
        "SELECT document_id, language, count(*) FROM documents JOIN passages USING (document_id) "
        "GROUP BY document_id ORDER BY document_id"
    ).fetchall()
    real = [row for row in rows if row[1] in pools]
    number = 0
    while passages > 0:
        document_id, language, count = real[number % len(real)]
        yield _Template(number, document_id, language, min(count, passages))
        passages -= count
        number += 1


def _write(connection: sqlite3.Connection, template: _Template, pool: Pool, digest: str) -> None:
    chance = random.Random(_SEED + template.number)  # noqa: S311
    symbol = f"GROWN/{template.number:06d}"
    document_id = f"GROWN_{template.number:06d}:{template.language}"
    found = connection.execute(
        "SELECT * FROM documents WHERE document_id = ?", (template.document_id,)
    )
    names = [column[0] for column in found.description]
    given = dict(zip(names, found.fetchone(), strict=True)) | {
        "document_id": document_id,
        "symbol": symbol,
        "source": f"{symbol}.grown",
        "sha256": hashlib.sha256(symbol.encode()).hexdigest(),
        "status": None,
        "superseded_by": None,
        "relations": "[]",
        "job_number": None,
    }
    places = ",".join("?" * len(given))
    connection.execute(f"INSERT INTO documents VALUES ({places})", tuple(given.values()))  # noqa: S608
    drawn = [pool.draw(chance) for _ in range(template.passages)]
    connection.executemany(
        "INSERT INTO paragraphs (document_id, ordinal, paragraph_id, number, kind, section, pages, "
        "text) VALUES (?, ?, ?, ?, 'body', '[]', '[1]', ?)",
        [(document_id, i, str(i + 1), str(i + 1), text) for i, (text, _) in enumerate(drawn)],
    )
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, 1, 1, 0, ?, ?, ?)",
        [
            (document_id, i, len(text), f"{document_id}:{i + 1}", text_key(text))
            for i, (text, _) in enumerate(drawn)
        ],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO vectors (text_sha256, model_digest, vector) VALUES (?, ?, ?)",
        [(text_key(text), digest, vector) for text, vector in drawn],
    )


def main() -> None:
    """Grow an index and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, help="a real index; it is only read")
    parser.add_argument("target", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--passages", type=int, default=100_000, help="in all (100000)")
    given = parser.parse_args()
    manifest = grow(given.index, given.target, given.passages)
    print(f"{manifest.documents} documents, {manifest.passages} passages in {given.target}")


if __name__ == "__main__":
    main()
