"""`precedent verify`: do the sources of a draft say what it says they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.answers import print_passage
from precedent.cli.console import (
    Command,
    as_json,
    index_option,
    json_option,
    printable,
    say,
    view_option,
    wrapped,
)
from precedent.cli.searching import opened

if TYPE_CHECKING:
    from search_api.engine import Engine
    from search_api.schemas import CitationCheck, Evidence

__all__ = ["verify"]

_COLOURS = {
    "right": "green",
    "paraphrased": "green",
    "nothing-claimed": None,
    "not-held": "yellow",
}


@dataclass(frozen=True, slots=True)
class _Checked:
    """How many citations are checked; a step of progress."""

    done: int
    total: int | None
    stage: str = "checking"
    unit: str = "citation"


@click.command(
    cls=Command,
    examples=[
        "precedent verify draft.docx",
        'precedent verify "A/HRC/15/16, para. 12" --claim "detainees had access to a lawyer"',
        "precedent verify draft.txt --json",
    ],
)
@click.argument("source", metavar="FILE_OR_CITATION")
@click.option("--claim", metavar="WORDS", help="What the citation is said to say.")
@click.option(
    "--wrong",
    is_flag=True,
    help="Show only what is not right or paraphrased, and what has a caution (a draft, say).",
)
@view_option
@index_option
@json_option
def verify(
    source: str, claim: str | None, wrong: bool, index_dir: str | None, as_json_: bool
) -> None:
    """Check citations: does the paragraph say what it is said to say?

    FILE_OR_CITATION is a draft (DOCX, TXT, PDF, HTML; - for standard input), whose every citation
    is checked with the words around it, or one citation, with --claim. Quoted words must stand
    there as they are; "…" and [brackets] are understood. Ctrl-C keeps what was checked till then.
    """
    from search_api.schemas import VerifyRequest

    one = claim is not None or _is_citation(source)
    text = source if one else _words_of(source)
    with opened(index_dir) as engine:
        if one:
            response = engine.bench.verify(VerifyRequest(text=text, claim=claim))
            checks, total = list(response.checks), response.total
            for warning in response.warnings:
                say(warning)
        else:
            checks, total = _checked(engine, text)
    if as_json_:
        shown = [each.model_dump(mode="json") for each in _wanted(checks, wrong)]
        as_json({"total": total, "checked": len(checks), "checks": shown})
        return
    for check in _wanted(checks, wrong):
        _print(check)
    _print_summary(checks, total)


def _words_of(source: str) -> str:
    from precedent.cli.drafts import read_file

    draft = read_file(source)
    for warning in draft.warnings:
        say(warning)
    return draft.text


def _wanted(checks: list[CitationCheck], wrong: bool) -> list[CitationCheck]:
    """Leave out what needs no look: right words of a draft or of a superseded text need one."""
    good = {"right", "paraphrased"}
    return [each for each in checks if not wrong or each.cautions or each.verdict not in good]


def _is_citation(source: str) -> bool:
    """Tell a citation from the name of a file: it names a document and there is no such file."""
    from workbench.references import find_references

    return source != "-" and not Path(source).exists() and bool(find_references(source))


def _checked(engine: Engine, text: str) -> tuple[list[CitationCheck], int]:
    """Return the checks of a text's citations; those made so far where the user interrupts."""
    from precedent.cli.progress import ProgressDisplay

    total, coming = engine.bench.checks_of(text)
    checks: list[CitationCheck] = []
    if not total:
        words = "No citation was found in it." if text.strip() else "There is no text to check."
        say(words)
        return checks, total
    with ProgressDisplay() as display:
        try:
            for check in coming:
                checks.append(check)
                display(_Checked(len(checks), total))
        except KeyboardInterrupt:
            say(f"stopped after {len(checks)} of {total} citations; these follow")
    return checks, total


def _print(check: CitationCheck) -> None:
    click.secho(
        f"{check.number:>3}. {check.verdict.upper()}",
        fg=_COLOURS.get(check.verdict, "red"),
        bold=True,
        nl=False,
    )
    note = f" (note {check.note})" if check.note else ""
    click.echo(printable(f"  {' '.join(check.citation.split())}{note}"))
    if check.read_as and check.read_as not in check.citation:
        click.echo(printable(f"     read as {check.read_as}"))
    click.echo(wrapped(printable(check.explanation), "     "))
    for caution in check.cautions:
        click.secho(wrapped(printable(f"! {caution}"), "     "), fg="red")
    if check.claim and check.verdict != "right":
        marked = f"“{check.claim}”" if check.quoted else check.claim
        click.echo(wrapped(printable(f"claimed: {marked}"), "     "))
    if check.evidence is not None and check.verdict != "right":
        for line in _differences(check.evidence):
            click.echo(wrapped(printable(line), "     "))
        click.echo("     ", nl=False)
        print_passage(check.evidence.passage, titled=False)
    click.echo()


def _differences(evidence: Evidence) -> Iterator[str]:
    """Yield what a claim changed of its source, a line each."""
    for change in evidence.changes:
        claimed = evidence.compared[slice(*change.claimed)]
        source = evidence.text[slice(*change.source)]
        if change.kind == "inserted":
            yield f"left out: “{source}”"
        elif change.kind == "deleted":
            yield f"added: “{claimed}”"
        else:
            yield f"changed: “{claimed}”, in the source “{source}”"


def _print_summary(checks: list[CitationCheck], total: int) -> None:
    if not checks:
        return
    counts = Counter(check.verdict for check in checks)
    listed = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    of = "" if len(checks) == total else f" of {total}"
    say(f"{len(checks)}{of} citation{'s' * (total != 1)}: {listed}")
