"""`precedent trend`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precedent.cli.console import (
    Command,
    as_json,
    as_usage,
    index_option,
    json_option,
    printable,
    say,
    view_option,
    wrapped,
)
from precedent.cli.searching import opened
from precedent.cli.years import YEARS

if TYPE_CHECKING:
    from search_api.schemas import Count, Telling, Trend, TrendTable, YearCount

__all__ = ["trend"]

_BAR_WIDTH = 30
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_NAME_WIDTH = 34


@click.command(
    cls=Command,
    examples=[
        'precedent trend "enforced disappearance"',
        """precedent trend '"artificial intelligence"' "digital technology" --year 2010..""",
        'precedent trend "access to a lawyer" --by body --how meaning',
        'precedent trend "enforced disappearance" --telling',
        'precedent trend "counter-terrorism" --by body-year --csv > counts.csv',
    ],
)
@click.argument("queries", nargs=-1, required=True)
@click.option(
    "--by",
    type=click.Choice(["year", "body", "body-year"]),
    default="year",
    show_default=True,
    help="What to count by; body-year with --csv or --json.",
)
@click.option(
    "--how",
    type=click.Choice(["words", "meaning"]),
    default="words",
    show_default=True,
    help="Passages with all words of the query, or those a search finds close to it.",
)
@click.option("--documents", is_flag=True, help="Count documents instead of passages.")
@click.option("--kind", multiple=True, metavar="KIND", help="Document kind (repeatable).")
@click.option("--body", multiple=True, metavar="BODY", help="Who speaks (repeatable).")
@click.option(
    "--country", multiple=True, metavar="CODE", help="Country, ISO 3166-1 alpha-3 (repeatable)."
)
@click.option("--language", multiple=True, metavar="CODE", help="ISO 639-1 (repeatable).")
@click.option("--year", type=YEARS, metavar="Y..Y", help="Year, or span: 2019..2024, 2019.., 2020.")
@click.option("--telling", is_flag=True, help="Tell periods apart by the words of the theme.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for spreadsheets.")
@view_option
@index_option
@json_option
def trend(
    queries: tuple[str, ...],
    by: TrendTable,
    how: str,
    documents: bool,
    kind: tuple[str, ...],
    body: tuple[str, ...],
    country: tuple[str, ...],
    language: tuple[str, ...],
    year: tuple[int | None, int | None] | None,
    telling: bool,
    as_csv: bool,
    index_dir: str | None,
    as_json_: bool,
) -> None:
    """Count how much of each year or body says what is asked for.

    Each of the QUERIES is read as `search` reads it: "quoted words" as they stand, field:value
    filters, a symbol for what mentions it. Beside each count stands how much there is, and the bar
    is of that share: a collection holds more of some years than of others.

    With --telling: which words a theme's passages have in one period more than in the others.
    """
    from search_api.schemas import TellingRequest, TrendFileRequest

    first, last = year or (None, None)
    filters = {
        "kind": kind, "body": body, "country": country, "language": language,
        "year_from": first, "year_to": last,
    }  # fmt: skip
    if telling and (as_csv or len(queries) > 1):
        raise click.UsageError("--telling is of one query, and has no CSV")
    if by == "body-year" and not (as_csv or as_json_ or telling):
        raise click.UsageError("--by body-year needs --csv or --json")
    with as_usage():
        asked = TrendFileRequest.model_validate(
            {"queries": queries, "how": how, "filters": filters, "table": by}
        )
    with opened(index_dir) as engine:
        if telling:
            told = engine.trends.telling(
                TellingRequest(query=queries[0], how=asked.how, filters=asked.filters)
            )
            as_json(told.model_dump(mode="json")) if as_json_ else _print_telling(told)
        elif as_csv:
            click.echo(engine.trends.file(asked).content.decode("utf-8-sig"), nl=False)
        else:
            found = engine.trends.trends(asked)
            if as_json_:
                as_json(found.model_dump(mode="json"))
                return
            for each in found.trends:
                _print(each, by, documents=documents)


def _print(found: Trend, by: TrendTable, *, documents: bool) -> None:
    for warning in found.warnings:
        say(warning)
    if not found.complete:
        say("more reach the bar than were looked at: these counts are too low")
    click.secho(printable(found.query), bold=True)
    counts: list[tuple[str, Count]]
    if by == "year":
        counts = [(str(each.year), each) for each in _from_first(found)]
        if found.undated.of_passages:
            counts.append(("no year", found.undated))
    else:
        counts = [(each.body or "no body", each) for each in found.by_body]
    counts.append(("all", found.total))
    width = min(_NAME_WIDTH, max(len(name) for name, _ in counts))
    most = max((_share(each, documents) for name, each in counts), default=0.0)
    for name, each in counts:
        part, whole = _of(each, documents)
        share = _share(each, documents)
        shown = printable(name[:width]).ljust(width)
        line = f"{shown} {part:>6,} of {whole:>7,} {share:>7.2%} {_bar(share, most)}"
        click.echo(printable(line.rstrip()))
    if found.elsewhere:
        languages = ", ".join(found.languages)
        say(f"counted in {languages} only; {found.elsewhere} more in other languages")


def _from_first(found: Trend) -> list[YearCount]:
    """Return the years from the first that says it."""
    years = list(found.by_year)
    while years and not years[0].passages:
        years.pop(0)
    return years


def _of(count: Count, documents: bool) -> tuple[int, int]:
    if documents:
        return count.documents, count.of_documents
    return count.passages, count.of_passages


def _share(count: Count, documents: bool) -> float:
    part, whole = _of(count, documents)
    return part / whole if whole else 0.0


def _bar(share: float, most: float) -> str:
    eighths = round(8 * _BAR_WIDTH * share / most) if most else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _print_telling(told: Telling) -> None:
    for warning in told.warnings:
        say(warning)
    click.secho(printable(told.query), bold=True)
    if not told.periods:
        say(f"{told.passages} passages with a year: too few to tell periods apart")
    for period in told.periods:
        click.echo(
            f"{period.year_from}–{period.year_to}  {period.passages:,} passages, "
            f"{period.documents:,} documents"
        )
        words = ", ".join(f"{each.word} ({each.z:.1f})" for each in period.words)
        click.echo(wrapped(printable(words or "no word stands out"), "     "))
