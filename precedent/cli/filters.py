"""Filters of a search, as every command takes them that searches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from precedent.cli.years import YEARS

if TYPE_CHECKING:
    from search_api.schemas import Filters

__all__ = ["filter_options", "filters_of"]

_OPTIONS = (
    click.option("--kind", multiple=True, metavar="KIND", help="Document kind (repeatable)."),
    click.option("--body", multiple=True, metavar="BODY", help="Who speaks (repeatable)."),
    click.option(
        "--country", multiple=True, metavar="CODE", help="Country, ISO 3166-1 alpha-3 (repeatable)."
    ),
    click.option(
        "--year", type=YEARS, metavar="Y..Y", help="Year, or span: 2019..2024, 2019.., 2020."
    ),
    click.option(
        "--language",
        multiple=True,
        metavar="CODE",
        help="Language of the text, ISO 639-1 (repeatable).",
    ),
    click.option(
        "--signals",
        type=click.Choice(["lexical", "dense", "hybrid"]),
        default="hybrid",
        show_default=True,
        help="Rank by words, by meaning, or by both.",
    ),
    click.option(
        "--status", multiple=True, metavar="STATUS", help="How the text stands (repeatable)."
    ),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of `filters_of`, and `--signals`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def filters_of(
    *,
    kind: Sequence[str],
    body: Sequence[str],
    country: Sequence[str],
    language: Sequence[str],
    status: Sequence[str],
    year: tuple[int | None, int | None] | None,
) -> Filters:
    """Return what a hit must be.

    Raises:
        pydantic.ValidationError: a value is out of bounds.
    """
    from search_api.schemas import Filters

    first, last = year or (None, None)
    return Filters.model_validate(
        {
            "kind": kind,
            "body": body,
            "country": country,
            "language": language,
            "status": status,
            "year_from": first,
            "year_to": last,
        }
    )
