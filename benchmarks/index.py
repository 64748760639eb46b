"""Indexing and publication: `python -m benchmarks.index [SOURCE] [--encoder hashed]`.

One JSON Lines file of many documents is indexed in one run, and again unchanged, with one record
changed, and with one document removed. Then each record becomes a file of its own, and the folder
is indexed, again unchanged, with one file changed and with a hundred added. Of every run the report
holds wall and processor time (of this process and its workers) by stage.

With `--encoder hashed` vectors are sums of hashed words, of the same length as the model's and next
to free: everything but the stage `embed` is as with a model. The folder takes over the vectors of
the first index, so that no model has to encode the same texts twice.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from benchmarks.results import save
from indexer.build import BuildReport, build_index, remove_documents
from indexer.catalogue import Catalogue
from indexer.encoder import Encoder, EncoderIdentity, LazyEncoder, Vectors
from indexer.home import models_dir
from indexer.manifest import current_dir
from indexer.models import DEFAULT_MODEL, require

__all__ = ["HashedEncoder", "main"]

_WORD = re.compile(r"\w+")
_HELD_BACK = 100
_SEED = 5


class HashedEncoder:
    """A stand-in for a model: every word adds one to a place of the vector that its hash names."""

    def __init__(self, dim: int = 384, max_tokens: int = 512) -> None:
        """Make an encoder of vectors of length `dim`."""
        self.identity = EncoderIdentity("hashed", "0" * 64, dim, max_tokens, "", "", "f32")
        self.key = f"hashed {'0' * 64}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised."""
        return self._encode(texts)

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return the same twice."""
        return self._encode(texts), self._encode(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return some four tokens for three words, as a model's tokenizer gives."""
        return [len(_WORD.findall(text)) * 4 // 3 + 2 for text in texts]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.identity.dim), np.float32)
        for row, text in enumerate(texts):
            places = [zlib.crc32(word.encode()) % self.identity.dim for word in text.split()]
            np.add.at(vectors[row], places, 1.0)
        vectors[:, 0] += 0.01
        normalised: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normalised


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _timed(run: Callable[[], BuildReport]) -> dict[str, object]:
    """Return what a run reports and what it took, in seconds."""
    wall, cpu = time.perf_counter(), _cpu_s()
    report = run()
    return {
        "wall_s": round(time.perf_counter() - wall, 2),
        "cpu_s": round(_cpu_s() - cpu, 2),
        "stages_s": report.seconds,
        "documents": report.documents,
        "paragraphs": report.paragraphs,
        "passages": report.passages,
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "embedded": report.embedded,
    }


def _records(source: Path) -> list[str]:
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as stream:
        return [line for line in stream if line.strip()]


def _changed(record: str) -> str:
    """Return a record of which the last paragraph says something more."""
    held = json.loads(record)
    held["paragraphs"][-1]["text"] += " The Committee was informed of it anew."
    return json.dumps(held, ensure_ascii=False) + "\n"


def _name(record: str, number: int) -> str:
    return f"{number:06d}-{zlib.crc32(record.encode()):08x}.jsonl"


def _seed_vectors(index_dir: Path, seeded: Path) -> None:
    """Give a new index the vectors of another."""
    with Catalogue(seeded / "catalogue.sqlite") as catalogue:
        connection = catalogue.connection
        connection.execute("ATTACH DATABASE ? AS held", (str(index_dir / "catalogue.sqlite"),))
        connection.execute("INSERT INTO vectors SELECT * FROM held.vectors")
        connection.execute("DETACH DATABASE held")


def _sizes(index_dir: Path) -> dict[str, float]:
    """Return bytes a passage of each part of the snapshot in service."""
    folder = current_dir(index_dir)
    with closing(sqlite3.connect(folder / "serving.sqlite")) as connection:
        (passages,) = connection.execute("SELECT count(*) FROM rows").fetchone()
    sizes: dict[str, int] = {}
    for file in folder.rglob("*"):
        if file.is_file():
            part = file.relative_to(folder).parts[0].partition(".")[0]
            sizes[part] = sizes.get(part, 0) + file.stat().st_size
    return {part: round(size / max(1, passages), 1) for part, size in sorted(sizes.items())}


def _measured(source: Path, encoder: Encoder, scratch: Path) -> Iterator[tuple[str, object]]:
    chance = random.Random(_SEED)  # noqa: S311 - which records, not a secret
    records = _records(source)
    index_dir, copy = scratch / "records", scratch / source.name
    copy.write_bytes(source.read_bytes())

    def index(path: Path, into: Path) -> dict[str, object]:
        return _timed(lambda: build_index([path], into, encoder=encoder))

    yield "one file, indexed", index(copy, index_dir)
    yield "bytes a passage", _sizes(index_dir)
    yield "one file, unchanged", index(copy, index_dir)
    number = chance.randrange(len(records))
    records[number] = _changed(records[number])
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(copy, "wt", encoding="utf-8") as stream:
        stream.writelines(records)
    yield "one file, one record changed", index(copy, index_dir)
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        (gone,) = catalogue.connection.execute(
            "SELECT document_id FROM documents LIMIT 1 OFFSET ?", (number,)
        ).fetchone()
    yield (
        "one document removed",
        _timed(lambda: remove_documents([gone], index_dir, encoder=encoder)),
    )

    folder, of_files = scratch / "files", scratch / "of-files"
    folder.mkdir()
    held_back = set(chance.sample(range(len(records)), min(_HELD_BACK, len(records) // 2)))
    for place, record in enumerate(records):
        if place not in held_back:
            (folder / _name(record, place)).write_text(record, encoding="utf-8")
    _seed_vectors(index_dir, of_files)
    yield "a file a document, indexed", index(folder, of_files)
    yield "a file a document, unchanged", index(folder, of_files)
    path = sorted(folder.iterdir())[number % (len(records) - len(held_back))]
    path.write_text(_changed(path.read_text(encoding="utf-8")), encoding="utf-8")
    yield "a file a document, one changed", index(folder, of_files)
    for place in held_back:
        name = _name(records[place], place)
        (folder / name).write_text(records[place], encoding="utf-8")
    yield f"a file a document, {len(held_back)} added", index(folder, of_files)


def main() -> None:
    """Measure and save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, nargs="?", default=_default_source())
    parser.add_argument("--encoder", default=DEFAULT_MODEL, help="a model's name, or: hashed")
    parser.add_argument("--scratch", type=Path, help="folder to work in; it is left as it is")
    given = parser.parse_args()
    encoder: Encoder = (
        HashedEncoder()
        if given.encoder == "hashed"
        else LazyEncoder(require(given.encoder, models_dir()))
    )
    measured: dict[str, object] = {"source": given.source.name, "encoder": given.encoder}
    with tempfile.TemporaryDirectory() as temporary:
        for name, result in _measured(given.source, encoder, given.scratch or Path(temporary)):
            measured[name] = result
            print(f"{name}: {json.dumps(result)}", flush=True)
    command = f"python -m benchmarks.index {given.source.name} --encoder {given.encoder}"
    save(f"index-{given.encoder}", command, measured)


def _default_source() -> Path:
    data = Path(os.environ.get("PRECEDENT_DATA", "../shared/data"))
    return data / "paragraphs" / "treaty-body-decisions.jsonl.gz"


if __name__ == "__main__":
    main()
