"""Measure retrieval quality on a set in BEIR layout, with the engine that serves users.

The corpus is indexed like any documents, in a cache keyed by its digest and the model's; each `_id`
is a document, its passages are folded back to it by the best. Measures are those of `ir_measures`;
queries without an answer count, with zero.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import ir_measures
from ir_measures import RR, R, nDCG

from corpus.errors import InputError
from corpus.metadata.language import detect_language
from corpus.types import Document, Paragraph, ParagraphKind
from indexer.build import Progress, build_from_documents
from indexer.home import home_dir
from indexer.home import models_dir as default_models_dir
from indexer.models import DEFAULT_MODEL, require
from search_api.engine import Engine
from search_api.schemas import SearchRequest, Signals

__all__ = ["Evaluation", "evaluate"]

MEASURES = (nDCG @ 10, RR @ 10, R @ 10, R @ 100)
_K = 100
_LANGUAGE_SAMPLE = 50
_LAYOUT = 1
"""Raised when a record becomes another document, so that a cached index is brought up to date."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured.

    Attributes:
        dataset: name of the folder.
        split: of the judgements.
        signals: ranked by.
        model: embedding model.
        model_digest: of its weights.
        queries: judged queries, all of which count.
        documents: in the corpus.
        passages: they were split into.
        measures: by name, mean over queries.
        by_query: nDCG@10 of each query, for paired comparison.
        run: score of each document, by query.
    """

    dataset: str
    split: str
    signals: str
    model: str
    model_digest: str
    queries: int
    documents: int
    passages: int
    measures: dict[str, float]
    by_query: dict[str, float]
    run: dict[str, dict[str, float]]

    def as_dict(self) -> dict[str, object]:
        """Return what is worth keeping as JSON: all but the run and the single queries."""
        return {
            "dataset": self.dataset,
            "split": self.split,
            "signals": self.signals,
            "model": self.model,
            "model_digest": self.model_digest,
            "queries": self.queries,
            "documents": self.documents,
            "passages": self.passages,
            "measures": {name: round(value, 4) for name, value in self.measures.items()},
        }


def evaluate(
    folder: Path,
    *,
    split: str = "dev",
    signals: Signals = "hybrid",
    model: str = DEFAULT_MODEL,
    models_dir: Path | None = None,
    cache_dir: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Evaluation:
    """Index a BEIR corpus, run its queries and measure.

    Args:
        folder: holds `corpus.jsonl`, `queries.jsonl` and `qrels/SPLIT.tsv`.
        split: of the judgements.
        signals: to rank by.
        model: embedding model.
        models_dir: where models are installed.
        cache_dir: where indexes of corpora are kept between runs.
        on_progress: told how far indexing and searching have come.

    Raises:
        InputError: the folder is not in BEIR layout, or has no such split.
        ModelError: the model is not installed.
    """
    tell = on_progress or (lambda _progress: None)
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
    digest = require(model, models).digest
    corpus = folder / "corpus.jsonl"
    cache = cache_dir or home_dir() / "evaluate"
    index_dir = cache / f"{folder.name}-{_sha256(corpus)[:12]}-{model}-{digest[:12]}"
    report = build_from_documents(
        _documents(corpus), index_dir, model=model, models_dir=models, progress=on_progress
    )
    engine = Engine.open(index_dir, models_dir=models)
    run: dict[str, dict[str, float]] = {}
    try:
        for number, query in enumerate(wanted, 1):
            request = SearchRequest(
                query=queries[query],
                k=_K,
                signals=signals,
                group_by_document=True,
                highlights=False,
            )
            answer = engine.search(request)
            run[query] = {group.symbol or "": group.score for group in answer.groups}
            tell(Progress("search", number, len(wanted), "query"))
    finally:
        engine.close()
    by_query = {
        each.query_id: each.value for each in ir_measures.iter_calc([nDCG @ 10], judgements, run)
    }
    measured = ir_measures.calc_aggregate(MEASURES, judgements, run)
    return Evaluation(
        dataset=folder.name,
        split=split,
        signals=signals,
        model=model,
        model_digest=digest,
        queries=len(wanted),
        documents=report.documents,
        passages=report.passages,
        measures={str(measure): float(measured[measure]) for measure in MEASURES},
        by_query={query: by_query.get(query, 0.0) for query in wanted},
        run=run,
    )


def _documents(corpus: Path) -> Iterator[Document]:
    """Read a BEIR corpus: each `_id` a document of one paragraph, split only if it is long."""
    language = _language(corpus)
    for record in _records(corpus):
        name = record["_id"]
        written = json.dumps([_LAYOUT, record], sort_keys=True)
        text = record["text"].strip() or record.get("title") or name
        yield Document(
            id=f"{hashlib.sha256(name.encode()).hexdigest()[:16]}",
            symbol=name,
            title=record.get("title") or None,
            kind=None,
            body=None,
            mandate=None,
            country=(),
            session=None,
            agenda_item=None,
            date=None,
            year=None,
            language=record.get("language") or language,
            source=corpus.name,
            sha256=hashlib.sha256(written.encode()).hexdigest(),
            paragraphs=(Paragraph("u1", None, ParagraphKind.BODY, (), (), text),),
        )


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
