"""`precedent evaluate`: measure search quality on a set of judged queries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.console import Command, keeping
from precedent.cli.progress import ProgressDisplay

if TYPE_CHECKING:
    from indexer.encoder import Precision
    from search_api.schemas import Signals

__all__ = ["evaluate", "trec_run"]


@click.command(
    cls=Command,
    examples=[
        "precedent evaluate eval/scifact --split test",
        "precedent evaluate eval/gc-citations --signals lexical --json bm25.json --run bm25.trec",
    ],
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--split", default="dev", show_default=True, help="Which qrels/SPLIT.tsv to use.")
@click.option(
    "--signals",
    type=click.Choice(["lexical", "dense", "hybrid"]),
    default="hybrid",
    show_default=True,
    help="Rank by words, by meaning, or by both.",
)
@click.option("--rerank", is_flag=True, help="Read the best 20 hits again and reorder them.")
@click.option("--model", metavar="NAME", help="Embedding model [default: the default model].")
@click.option(
    "--precision",
    type=click.Choice(["float", "int8"]),
    default="float",
    show_default=True,
    help="Arithmetic of the model, as of `precedent index`.",
)
@click.option(
    "--json",
    "json_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the measures as JSON; - for stdout.",
)
@click.option(
    "--run",
    "run_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the ranking as a TREC run.",
)
def evaluate(
    folder: Path,
    split: str,
    signals: Signals,
    rerank: bool,
    model: str | None,
    precision: Precision,
    json_file: Path | None,
    run_file: Path | None,
) -> None:
    """Measure search quality on a folder of judged queries.

    FOLDER is laid out as BEIR's sets are: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv. The
    measures are nDCG@10, RR@10, recall@10 and recall@100. The corpus is indexed in a temporary
    place, kept by its digest for the next time, and searched by the engine that serves users. A
    query without an answer counts, with zero.
    """
    from indexer.home import models_dir
    from indexer.models import DEFAULT_MODEL
    from search_api.evaluate import evaluate as measure

    with (
        keeping("the index of the evaluation is kept for the next time"),
        ProgressDisplay() as shown,
    ):
        evaluation = measure(
            folder,
            split=split,
            signals=signals,
            rerank=rerank,
            model=model or DEFAULT_MODEL,
            precision=precision,
            models_dir=models_dir(),
            on_progress=shown,
        )
    ranked = signals + "-reranked" * rerank
    if run_file:
        run_file.write_text(trec_run(evaluation.run, tag=f"precedent-{ranked}"), encoding="utf-8")
    described = json.dumps(evaluation.as_dict(), ensure_ascii=False, indent=1) + "\n"
    if json_file and str(json_file) == "-":
        click.echo(described, nl=False)
        return
    if json_file:
        json_file.write_text(described, encoding="utf-8")
    click.echo(f"{folder.name}, split {split}, {ranked}: {evaluation.queries} queries")
    for name, value in evaluation.measures.items():
        click.echo(f"{name:<8} {value:.4f}")


def trec_run(run: dict[str, dict[str, float]], tag: str) -> str:
    """Return a ranking in TREC's form: `query Q0 document rank score tag`, best first.

    Equal scores are ordered by document id, downwards, as trec_eval orders them.
    """
    lines = []
    for query, scores in run.items():
        ranked = sorted(scores.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)
        lines += [
            f"{query} Q0 {document} {rank} {score:.6f} {tag}"
            for rank, (document, score) in enumerate(ranked, start=1)
        ]
    return "".join(f"{line}\n" for line in lines)
