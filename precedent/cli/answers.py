"""Documents, passages and hits as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precedent.cli.console import printable, wrapped

if TYPE_CHECKING:
    from search_api.schemas import Document, Hit, Passage, SearchResponse

__all__ = ["print_heading", "print_passage", "print_response"]


def print_response(response: SearchResponse) -> None:
    """Print the hits of a search, and to stderr how it was read."""
    for warning in response.warnings:
        click.echo(printable(warning), err=True)
    if read := _read_as(response):
        click.echo(printable(read), err=True)
    for suggestion in response.suggestions:
        click.echo(printable(f"did you mean: {suggestion.query}"), err=True)
    if (told := response.sorted_by) is not None:
        click.echo(
            f"{told.sort}: of {told.candidates:,} passages ranked, the {told.near:,} that are near "
            "enough",
            err=True,
        )
    if response.groups:
        for group in response.groups:
            click.secho(printable(f"{group.rank}. {group.title or group.symbol}"), bold=True)
            for hit in group.hits:
                click.echo("     ", nl=False)
                print_passage(hit, f"score {hit.score:.2f}", titled=False)
                _print_reasons(hit)
        return
    for hit in response.hits:
        click.echo(f"{hit.rank:>3}. ", nl=False)
        print_passage(hit, f"score {hit.score:.2f}")
        _print_reasons(hit)
    if not response.hits:
        click.echo(
            f"No hits among the {response.allowed:,} passages that the filters allow.", err=True
        )
        _print_ways_out(response)


def _print_ways_out(response: SearchResponse) -> None:
    """Say which part of a search left nothing, the nearest way out first."""
    for each in response.quoted:
        click.echo(
            printable(f'"{each.phrase}" stands in {each.passages:,} of them by itself'), err=True
        )
    for way in response.removed:
        if way.hits:
            values = " or ".join(way.values)
            told = f"without {way.field} {values}: {way.hits:,} ranked"
            click.echo(printable(told + (f"  ({way.query})" if way.query else "")), err=True)


def _print_reasons(hit: Hit) -> None:
    """Print why a hit is one, where that was asked for: then its sentence or its run is known."""
    why, scores = hit.why, hit.scores
    if why is None or (why.run is None and why.sentence is None):
        return
    reasons = []
    if why.words:
        reasons.append(f"words: {', '.join(why.words)}")
    if why.run is not None:
        reasons.append(f'in a row: "{hit.text[why.run.start : why.run.end]}"')
    if scores.dense is not None:
        reasons.append(f"meaning {scores.dense:.2f}")
    if why.sentence is not None:
        sentence = hit.text[why.sentence.start : why.sentence.end]
        if sentence != hit.text.strip():  # the whole of it stands above
            reasons.append(f'nearest sentence ({why.sentence.score:.2f}): "{sentence}"')
    for reason in reasons:
        click.secho(wrapped(printable(reason), "     > "), dim=True)


def _read_as(response: SearchResponse) -> str:
    """Write how a query was read, where it had operators; else nothing."""
    read = response.read_as
    parts = [f'"{phrase}"' for phrase in read.phrases]
    parts += [f'without "{word}"' for word in read.excluded]
    for each in read.filters:
        parts.append(f"{'without ' * each.excluded}{each.field} {' or '.join(each.values)}")
    return f"read as: {'; '.join([read.words, *parts])}" if parts else ""


def print_passage(passage: Passage, score: str = "", *, titled: bool = True) -> None:
    """Print a passage under its citation, with what it is worth as precedent."""
    click.secho(printable(passage.citation), bold=True, nl=False)
    facts = [
        passage.kind,
        passage.body,
        ", ".join(passage.country),
        passage.date,
        passage.language,
        _standing(passage),
        _pages(passage.pages),
        f"part {passage.part} of {passage.parts}" if passage.parts > 1 else "",
        score,
    ]
    click.echo("  " + printable(" · ".join(fact for fact in facts if fact)))
    standing = passage.standing
    if passage.restricted is not None:
        click.secho(f"     RESTRICTED ({passage.restricted}): not to be quoted in public", fg="red")
    if not standing.counts:
        click.secho(printable(f"     {standing.label.upper()}: {standing.why}"), fg="red")
    if standing.vote_in_doubt:
        click.secho(printable(f"     tally in doubt: {standing.vote_in_doubt}"), fg="red")
    if titled and passage.title:
        click.secho(wrapped(printable(passage.title), "     "), dim=True)
    click.echo(wrapped(printable(passage.text), "     "))


def print_heading(document: Document) -> None:
    """Print what a document is."""
    click.secho(printable(document.symbol or document.document_id), bold=True, nl=False)
    facts = (document.kind, document.body, document.date, document.language)
    click.echo("  " + printable(" · ".join(fact for fact in facts if fact)))
    if document.title:
        click.echo(wrapped(printable(document.title), ""))
    for warning in document.warnings:
        click.echo(printable(f"warning: {warning}"), err=True)


def _standing(passage: Passage) -> str:
    """Write how a text that counts was adopted or said, where that is known."""
    standing = passage.standing
    if not standing.counts or standing.name == "unknown":
        return ""
    tally = f" {'–'.join(map(str, standing.vote))}" if standing.vote else ""
    return f"{standing.label.lower()}{tally}"


def _pages(pages: tuple[int, ...]) -> str:
    if not pages:
        return ""
    return f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}"
