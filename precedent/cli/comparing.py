"""`precedent compare`."""

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
    view_option,
    wrapped,
)
from precedent.cli.differences import print_marked, verb_words
from precedent.cli.searching import opened

if TYPE_CHECKING:
    from search_api.schemas import CompareCounts, ComparedDocument, ComparedParagraph, Comparison

__all__ = ["compare"]


@click.command(
    cls=Command,
    examples=[
        "precedent compare A/HRC/15/L.16 A/HRC/RES/15/16",
        "precedent compare A_HRC_15_16:en A_HRC_15_16:fr",
        'precedent compare "A/HRC/RES/15/16, para. 3" "A/HRC/RES/18/2, para. 4" --json',
    ],
)
@click.argument("first")
@click.argument("second")
@click.option("--language", metavar="CODE", help="Language version, where there are several.")
@click.option("--all", "all_", is_flag=True, help="Print unchanged paragraphs too.")
@view_option
@index_option
@json_option
def compare(
    first: str,
    second: str,
    language: str | None,
    all_: bool,
    index_dir: str | None,
    as_json_: bool,
) -> None:
    """Compare two documents or two paragraphs, the earlier one first.

    FIRST and SECOND are symbols or document ids, or both citations or passage ids. Paragraphs are
    paired by wording, then meaning; versions of one text in two languages by number. [-Gone-] and
    {+new+} words are marked. What was lost stands where it stood.
    """
    from search_api.schemas import CompareRequest

    with as_usage():
        request = CompareRequest(first=first, second=second, language=language)
    with opened(index_dir) as engine:
        found = engine.bench.compare(request)
    if as_json_:
        as_json(found.model_dump(mode="json"))
    else:
        _print(found, all_=all_)


def _print(found: Comparison, *, all_: bool) -> None:
    _print_document("from", found.first)
    _print_document("to", found.second)
    if found.link:
        click.echo(f"the first is, to the second: {found.link}")
    click.secho(_counted(found.counts), bold=True)
    left_out = 0
    for each in found.paragraphs:
        if each.became == "unchanged" and not each.moved and not all_ and found.of == "documents":
            left_out += 1
            continue
        click.echo()
        _print_paragraph(each)
    if left_out:
        click.echo(f"\n{left_out} unchanged left out; --all prints them.", err=True)


def _print_document(side: str, document: ComparedDocument) -> None:
    name = document.symbol or document.document_id
    facts = (document.kind, document.date, document.language, document.title)
    click.echo(printable(f"{side:<4} {name}  " + " · ".join(fact for fact in facts if fact)))


def _counted(counts: CompareCounts) -> str:
    held = counts.model_dump()
    return ", ".join(f"{held[name]} {name}" for name in held if held[name]) or "nothing to compare"


def _print_paragraph(each: ComparedParagraph) -> None:
    places = [passage.citation for passage in (each.first, each.second) if passage is not None]
    facts = ["moved"] if each.moved else []
    if each.similarity is not None and each.became == "changed":
        facts.append(f"similarity {each.similarity:.2f}")
    facts.append(verb_words(each.verb))
    shown = " · ".join(fact for fact in facts if fact)
    click.secho(printable(f"{each.became.upper()}  {' → '.join(places)}"), bold=True, nl=False)
    click.echo(printable(f"  {shown}" if shown else ""))
    if each.within is not None:
        how = "merged into" if each.became == "lost" else "split from"
        click.echo(printable(f"     {how} {each.within.citation}"))
    if each.first is not None and each.second is not None and each.became == "changed":
        print_marked(each.first.text, each.second.text, each.words)
        return
    texts = [passage.text for passage in (each.first, each.second) if passage is not None]
    for text in texts if each.became == "translated" else texts[-1:]:
        click.echo(wrapped(printable(text), "     "))
