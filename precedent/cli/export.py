"""`precedent export`, `precedent table`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from precedent.cli.console import (
    Command,
    as_usage,
    index_option,
    say,
    view_option,
)
from precedent.cli.searching import opened

__all__ = ["export", "references_of", "table"]

_FORMATS = ("un", "oscola", "chicago", "bibtex", "ris", "csv", "json", "docx")
_STDIN = "-"
_NO_PASSAGES = frozenset({"also_in", "why", "scores"})
"""Parts of answers that name passages beside those that were found, or none."""

_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="File to write; without it, to stdout.",
)  # fmt: skip
_force = click.option("--force", is_flag=True, help="Write over a file that is there.")


@click.command(
    cls=Command,
    examples=[
        "precedent export --format docx -o quotes.docx A_HRC_15_16:en:12 A_HRC_15_16:en:14",
        'precedent export --format oscola "A/HRC/15/16, para. 12"',
        "precedent export --format ris -o hits.ris -",
    ],
)
@click.argument("passages", nargs=-1, required=True, metavar="PASSAGE...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="un",
    show_default=True,
    help="Footnotes as text (un, oscola, chicago), a bibliography, a table, JSON or Word.",
)
@click.option("--title", default="Passages", show_default=True, help="Of the Word document.")
@click.option(
    "--notes",
    type=click.Choice(_FORMATS[:3]),
    default="un",
    show_default=True,
    help="Form of the footnotes of a Word document.",
)
@click.option("--ibid", is_flag=True, help="Write “ibid.” where a note cites what the last did.")
@_output
@_force
@view_option
@index_option
def export(
    passages: tuple[str, ...],
    format_: str,
    title: str,
    notes: str,
    ibid: bool,
    output: Path | None,
    force: bool,
    index_dir: str | None,
) -> None:
    """Put passages into a file, each with its citation.

    PASSAGE is a passage id, a citation ("A/HRC/15/16, para. 12"), or - to take the passages of an
    answer from stdin, as in `precedent search ... --json | precedent export -`. What is no
    precedent, such as a draft, says so in every format. What is not in the index is named on
    stderr; the rest is exported.
    """
    from corpus.errors import UnknownNameError
    from search_api.bench.exporting import passages_named
    from search_api.schemas import ExportRequest

    _check_output(output, force=force, binary=format_ == "docx")
    references = [each for given in passages for each in references_of(given)]
    with opened(index_dir) as engine:
        found, missing = passages_named(engine.snapshot, references)
        for each in missing:
            say(f"left out: {each}")
        if not found:
            raise UnknownNameError("export", "no passage is left", "check the names above")
        ids = tuple(passage.passage_id for passage in found)
        with as_usage():
            request = ExportRequest.model_validate(
                {
                    "passage_ids": ids,
                    "format": format_,
                    "title": title,
                    "citation_form": notes,
                    "ibid": ibid,
                }
            )
        file = engine.bench.export(request)
    _write(file.content, output, f"{len(ids)} passages" if len(ids) > 1 else "1 passage")


@click.command(
    cls=Command,
    examples=[
        "precedent table proposals.csv -o proposals.docx",
        'precedent table --passage "A/HRC/RES/59/25, para. 4" -o proposals.csv',
    ],
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--passage",
    "passages",
    multiple=True,
    metavar="PASSAGE",
    help="Add a row from a passage id or a citation (repeatable).",
)
@click.option("--title", default="Negotiation table", show_default=True, help="Over the table.")
@_output
@_force
@view_option
@index_option
def table(
    file: Path | None,
    passages: tuple[str, ...],
    title: str,
    output: Path | None,
    force: bool,
    index_dir: str | None,
) -> None:
    """Make a negotiation table, as Word or as CSV.

    Its columns are Issue, Suggested language, Where inserted, UN reference and Justification. FILE
    is a CSV file with these columns, as `precedent table -o FILE.csv`, the page or a spreadsheet
    saved it. The ending of the output says what is made: .docx is Word, A4 landscape; .csv, and
    stdout, is CSV to go on with. A row from a passage that is no precedent says so.
    """
    from corpus.errors import InputError
    from search_api.bench.tabling import read_table, table_file
    from search_api.schemas import TableRequest

    ending = (output.suffix.lower() if output else "") or ".csv"
    if ending not in {".csv", ".docx"}:
        raise InputError(str(output), "is neither .docx nor .csv", "name the output so")
    if file is None and not passages:
        raise click.UsageError("nothing to make a table of: give FILE or --passage")
    _check_output(output, force=force, binary=False)
    rows = list(read_table(file.read_bytes(), file.name).rows) if file else []
    if passages:
        with opened(index_dir) as engine:
            added = engine.bench.table_rows(passages)
        rows += added.rows
        for each in added.missing:
            say(f"left out: {each}")
        if not rows:
            raise InputError("table", "no row is left", "check the ids and citations named above")
    request = TableRequest.model_validate(
        {"rows": [row.model_dump() for row in rows], "format": ending[1:], "title": title}
    )
    _write(table_file(request).content, output, f"{len(rows)} rows" if len(rows) > 1 else "1 row")


def references_of(given: str) -> Iterator[str]:
    """Yield what is given, or for - the passages that the JSON on stdin holds, in its order."""
    if given != _STDIN:
        yield given
        return
    from corpus.errors import InputError

    how = "give it the output of `precedent search ... --json`"
    try:
        held = json.loads(sys.stdin.read())
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError("stdin", f"is not JSON: {error}", how) from error
    found = list(dict.fromkeys(_ids(held)))
    if not found:
        raise InputError("stdin", "holds no passage", how)
    yield from found


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        own = value.get("passage_id")
        if isinstance(own, str):
            yield own
        for name, held in value.items():
            if name not in _NO_PASSAGES:
                yield from _ids(held)
    elif isinstance(value, list):
        for held in value:
            yield from _ids(held)


def _check_output(output: Path | None, *, force: bool, binary: bool) -> None:
    """Refuse what would be lost, before any work is done."""
    from corpus.errors import InputError

    if output is None:
        if binary and sys.stdout.isatty():
            raise InputError("stdout", "a Word document is nothing for a terminal", "give -o FILE")
        return
    if output.exists() and not force:
        raise InputError(str(output), "is there already", "give --force, or another name")


def _write(content: bytes, output: Path | None, what: str) -> None:
    from corpus.disk import write_whole

    if output is None:
        sys.stdout.buffer.write(content)
        return
    write_whole(output, content)
    say(f"{output}: {what}")
