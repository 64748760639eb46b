"""A set of questions with judged answers, in BEIR layout, and the index of its corpus.

Thakur and others, "BEIR: a heterogeneous benchmark for zero-shot evaluation of information
retrieval models" (2021), describe the layout: `corpus.jsonl`, `queries.jsonl`, `qrels/SPLIT.tsv`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

import ir_measures

from corpus.errors import InputError
from corpus.metadata.language import detect_language
from corpus.plain import plain_document
from corpus.types import Document
from indexer.build import BuildReport, Progress, build_from_documents
from indexer.encoder import Precision, digest_of
from indexer.home import home_dir
from indexer.home import models_dir as default_models_dir
from indexer.models import DEFAULT_MODEL, require
from search_api.engine import Engine

__all__ = ["EvaluationSet", "Names", "judged_names", "open_set"]

_LANGUAGE_SAMPLE = 50
_LAYOUT = 2
"""Raised when a record becomes another document: what was cached before is another index."""

Names = Mapping[tuple[str, str], str]
"""The `_id` of a paragraph by the symbol of its document and its label there."""


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Questions, judgements, and an engine over the corpus they are about.

    Attributes:
        queries: text by id, of the judged ones, by id.
        judgements: of the split.
        names: what the corpus calls each paragraph.
        engine: over the corpus; whoever opened the set closes it.
        report: of the indexing.
        model_digest: of the weights.
    """

    queries: dict[str, str]
    judgements: list[ir_measures.Qrel]
    names: Names
    engine: Engine
    report: BuildReport
    model_digest: str

    @property
    def of_documents(self) -> bool:
        """Whether each document of the corpus has one paragraph, so that documents are found."""
        return len({symbol for symbol, _ in self.names}) == len(self.names)


def open_set(
    folder: Path,
    *,
    split: str = "dev",
    model: str = DEFAULT_MODEL,
    precision: Precision = "float",
    models_dir: Path | None = None,
    cache_dir: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> EvaluationSet:
    """Index the corpus of a set, where that was not done before, and open it.

    Args and errors as of `search_api.evaluate.evaluate`.
    """
    judgements = _judgements(folder, split)
    queries = {record["_id"]: record["text"] for record in _records(folder / "queries.jsonl")}
    wanted = sorted({each.query_id for each in judgements})
    if missing := [query for query in wanted if query not in queries]:
        raise InputError(
            str(folder / "queries.jsonl"),
            f"has no text of {len(missing)} judged queries, {missing[0]} among them",
            "complete the file",
        )
    models = models_dir or default_models_dir()
    digest = digest_of(require(model, models), int8=precision == "int8")
    corpus = folder / "corpus.jsonl"
    cache = cache_dir or home_dir() / "evaluate"
    name = f"{folder.name}-{_sha256(corpus)[:12]}-{model}-{digest[:12]}-{_LAYOUT}"
    name += "-int8" if precision == "int8" else ""
    report = build_from_documents(
        _documents(corpus),
        cache / name,
        model=model,
        models_dir=models,
        progress=on_progress,
        precision=precision,
    )
    return EvaluationSet(
        queries={query: queries[query] for query in wanted},
        judgements=judgements,
        names=judged_names(corpus),
        engine=Engine.open(cache / name, models_dir=models),
        report=report,
        model_digest=digest,
    )


def _documents(corpus: Path) -> Iterator[Document]:
    """Read a BEIR corpus: each `_id` a paragraph, split only if it is long.

    Neighbours whose ids differ only in what stands after the last "#" are paragraphs of one
    document, as they are where people search; any other `_id` is a document of one paragraph.
    """
    language = _language(corpus)
    for name, group in groupby(_records(corpus), key=lambda record: _document_of(record["_id"])):
        records = list(group)
        written = json.dumps([_LAYOUT, *records], sort_keys=True)
        yield plain_document(
            hashlib.sha256(name.encode()).hexdigest()[:16],
            name,
            [(f"u{number}", None, _text(record)) for number, record in enumerate(records, 1)],
            language=records[0].get("language") or language,
            source=corpus.name,
            sha256=hashlib.sha256(written.encode()).hexdigest(),
            title=records[0].get("title") or None,
        )


def _document_of(record_id: str) -> str:
    document, mark, _ = record_id.rpartition("#")
    return document if mark else record_id


def _text(record: dict[str, str]) -> str:
    return record["text"].strip() or record.get("title") or record["_id"]


def judged_names(corpus: Path) -> Names:
    """Return the `_id` of each paragraph by the symbol of its document and its label there."""
    names = {}
    for name, group in groupby(_records(corpus), key=lambda record: _document_of(record["_id"])):
        for number, record in enumerate(group, 1):
            names[name, f"u{number}"] = record["_id"]
    return names


def _language(corpus: Path) -> str | None:
    sample = [record["text"] for record in islice(_records(corpus), _LANGUAGE_SAMPLE)]
    return detect_language("\n".join(sample)[:20_000])


def _judgements(folder: Path, split: str) -> list[ir_measures.Qrel]:
    path = folder / "qrels" / f"{split}.tsv"
    if not path.is_file():
        held = sorted(each.stem for each in (folder / "qrels").glob("*.tsv"))
        raise InputError(
            str(path), "is missing", f"splits there: {', '.join(held) or 'none'} (--split)"
        )
    lines = path.read_text().splitlines()
    rows = [line.split("\t") for line in lines[1:] if line.strip()]
    return [ir_measures.Qrel(query, document, int(score)) for query, document, score in rows]


def _records(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise InputError(str(path), "is missing", "give a folder in BEIR layout")
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise InputError(
                    f"{path}, line {number}", "is not JSON", "mend the line"
                ) from error


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
