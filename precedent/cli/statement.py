"""`precedent statement`: length, speaking time and formalities of a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precedent.cli.console import Command, as_json, json_option, printable, say

if TYPE_CHECKING:
    from search_api.schemas import StatementReport

__all__ = ["statement"]


@click.command(
    cls=Command, examples=["precedent statement draft.docx", "precedent statement - --pace 110"]
)
@click.argument("file", metavar="FILE")
@click.option(
    "--pace",
    type=click.IntRange(40, 400),
    metavar="WORDS",
    help="Words a minute (of Chinese: characters); by default one that is usual in the language.",
)
@json_option
def statement(file: str, pace: int | None, as_json_: bool) -> None:
    """Count the words of a statement, and its speaking time.

    FILE is DOCX, TXT, PDF or HTML, or - for standard input. Words are those between spaces, as word
    processors count them; title and quotations are counted, notes are counted apart. Held against
    the limits of written statements (1,500 or 2,000 words) and the two minutes of oral ones.
    """
    from precedent.cli.drafts import read_file
    from search_api.bench.stating import report
    from search_api.schemas import StatementRequest
    from search_api.schemas.statement import MAX_STATEMENT_CHARACTERS

    draft = read_file(file)
    for warning in draft.warnings:
        say(warning)
    text = draft.text
    if len(text) > MAX_STATEMENT_CHARACTERS:
        from corpus.errors import LimitExceededError

        cause = f"more than {MAX_STATEMENT_CHARACTERS:,} characters, no statement"
        raise LimitExceededError(file, cause, "give the statement alone")
    found = report(StatementRequest(text=text, words_a_minute=pace))
    if as_json_:
        as_json(found.model_dump(mode="json"))
        return
    _print(found, text)


def _print(found: StatementReport, text: str) -> None:
    parts = [f"title {found.title}", f"quoted {found.quoted}", f"notes apart {found.notes}"]
    click.secho(f"{found.words:,} {found.unit}", bold=True, nl=False)
    click.echo(f"  ({', '.join(parts)})")
    for limit in found.limits:
        verdict = f"{limit.over:,} too many" if limit.over else "within"
        click.secho(
            f"  written, {limit.status}: {limit.words:,}  {verdict}",
            fg="red" if limit.over else None,
        )
        if limit.passed_at is not None:
            before = " ".join(text[: limit.passed_at].split()[-8:])
            click.echo(printable(f"    the limit is reached at: … {before}"))
    minutes, seconds = divmod(found.seconds, 60)
    pace = f"at {found.words_a_minute} {found.unit} a minute"
    click.echo(f"  read aloud: {minutes} min {seconds:02} s {pace}")
    for time in found.times:
        verdict = f"{time.over:,} too many" if time.over else "within"
        click.echo(f"    in {time.seconds / 60:g} min: {time.words:,} {found.unit}  {verdict}")
    for hint in found.hints:
        click.echo(printable(f"  ! {hint}"))
