"""`precedent search`, `precedent show`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from precedent.cli.console import Command, as_json, index_option, json_option, printable, wrapped

if TYPE_CHECKING:
    from search_api.engine import Engine
    from search_api.schemas import Document, Passage, SearchResponse

__all__ = ["YEARS", "YearRange", "search", "show"]

_NOT_AGREED = {
    "draft": "DRAFT, not agreed language",
    "rejected": "REJECTED, never adopted",
    "superseded": "SUPERSEDED",
}
_PASSAGE_ID = re.compile(r"[^/\s]+:[^/\s]+:[^/\s]+")


class YearRange(click.ParamType[tuple[int | None, int | None]]):
    """A year or a span of years: `2019`, `2019..2024`, `2019..`, `..2024`."""

    name = "years"
    _form = re.compile(r"(?P<first>\d{4})?(?P<dots>\.\.)?(?P<last>\d{4})?")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int | None, int | None]:
        """Return the first and the last year, both inclusive; None where open."""
        if isinstance(value, tuple):
            return value
        match = self._form.fullmatch(str(value).strip())
        if match is None or not (match["first"] or match["last"]):
            self.fail(
                f"{value!r} is not of the form 2019, 2019..2024, 2019.. or ..2024", param, ctx
            )
        first = int(match["first"]) if match["first"] else None
        last = int(match["last"]) if match["last"] else None
        if not match["dots"]:
            last = first
        if first is not None and last is not None and first > last:
            self.fail(f"{value!r} runs backwards", param, ctx)
        return first, last


YEARS = YearRange()


@click.command(
    cls=Command,
    examples=[
        'precedent search "access of detainees to a lawyer of their choice"',
        'precedent search "arbitrary detention" -k 5 --kind resolution --year 2019..2024',
        'precedent search "пытки в местах содержания под стражей" --language en --json',
    ],
)
@click.argument("words", nargs=-1, required=True)
@click.option("-k", "k", type=click.IntRange(1, 200), default=10, show_default=True, help="Hits.")
@click.option("--kind", multiple=True, metavar="KIND", help="Document kind (repeatable).")
@click.option("--body", multiple=True, metavar="BODY", help="Who speaks (repeatable).")
@click.option(
    "--country", multiple=True, metavar="CODE", help="Country, ISO 3166-1 alpha-3 (repeatable)."
)
@click.option("--year", type=YEARS, metavar="Y..Y", help="Year, or span: 2019..2024, 2019.., 2020.")
@click.option(
    "--language",
    multiple=True,
    metavar="CODE",
    help="Language of the text, ISO 639-1 (repeatable).",
)
@click.option(
    "--signals",
    type=click.Choice(["lexical", "dense", "hybrid"]),
    default="hybrid",
    show_default=True,
    help="Rank by words, by meaning, or by both.",
)
@click.option("--group", is_flag=True, help="Show each document once, with its best passages.")
@index_option
@json_option
def search(
    words: tuple[str, ...],
    k: int,
    kind: tuple[str, ...],
    body: tuple[str, ...],
    country: tuple[str, ...],
    year: tuple[int | None, int | None] | None,
    language: tuple[str, ...],
    signals: str,
    group: bool,
    index_dir: str | None,
    as_json_: bool,
) -> None:
    """Search the index; best first, each hit with its citation.

    WORDS are plain words or a pasted paragraph. "Quoted words" must stand in the paragraph as
    quoted, -word excludes (after --, so that it is not read as an option), and a symbol or a
    citation goes straight to it. Values of one filter are alternatives; filters are conjoined.
    """
    from pydantic import ValidationError

    from search_api.schemas import Filters, SearchRequest

    first, last = year or (None, None)
    try:
        filters = Filters.model_validate(
            {
                "kind": kind,
                "body": body,
                "country": country,
                "language": language,
                "year_from": first,
                "year_to": last,
            }
        )
        request = SearchRequest.model_validate(
            {
                "query": " ".join(words),
                "k": k,
                "filters": filters,
                "group_by_document": group,
                "signals": signals,
            }
        )
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        raise click.UsageError(f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from error
    with _opened(index_dir) as engine:
        response = engine.search(request)
    if as_json_:
        as_json(response.model_dump(mode="json"))
    else:
        _print_response(response)


@click.command(
    cls=Command,
    examples=[
        'precedent show "A/HRC/15/16, para. 12"',
        "precedent show A_HRC_15_16:en:12 --json",
        "precedent show A/HRC/15/16 --language en",
    ],
)
@click.argument("reference", nargs=-1, required=True)
@click.option("--language", metavar="CODE", help="Language version, where there are several.")
@index_option
@json_option
def show(
    reference: tuple[str, ...], language: str | None, index_dir: str | None, as_json_: bool
) -> None:
    """Show what stands at a citation, a passage id or a whole symbol.

    With --json: the document, whose `contents` are the passages asked for.
    """
    with _opened(index_dir) as engine:
        document = _find(engine, " ".join(reference), language)
    if as_json_:
        as_json(document.model_dump(mode="json"))
        return
    _print_heading(document)
    for passage in document.contents:
        click.echo()
        _print_passage(passage, titled=False)


@contextmanager
def _opened(index_dir: str | None) -> Iterator[Engine]:
    from indexer.home import default_index_dir, models_dir
    from search_api.engine import Engine

    engine = Engine.open(
        Path(index_dir) if index_dir else default_index_dir(), models_dir=models_dir()
    )
    try:
        yield engine
    finally:
        engine.close()


def _find(engine: Engine, reference: str, language: str | None) -> Document:
    """Return the document with only the passages asked for in `contents`."""
    from corpus.citations import parse_citation
    from corpus.errors import SymbolError, UnknownNameError

    if _PASSAGE_ID.fullmatch(reference):
        passage = engine.passage(reference).passage
        document = engine.document(passage.document_id)
        return document.model_copy(update={"contents": (passage,)})
    try:
        citation = parse_citation(reference)
    except SymbolError:
        return engine.document(reference, language=language)
    document = engine.document(citation.symbol.text, language=language)
    found = _paragraphs(document.contents, citation.paragraphs)
    if not found:
        raise UnknownNameError(
            reference,
            f"{document.symbol} has no such paragraph",
            f'`precedent show "{document.symbol}"` shows those it has',
        )
    return document.model_copy(update={"contents": found})


def _paragraphs(passages: Iterable[Passage], labels: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages of the paragraphs so labelled, in reading order.

    An annex repeats the numbers of the text: the plain label is what a citation means, and only
    where no paragraph has it is the printed number enough.
    """
    held = tuple(passages)
    wanted = set(labels)
    exact = tuple(one for one in held if one.paragraph_id in wanted)
    return exact or tuple(one for one in held if one.number in wanted)


def _print_response(response: SearchResponse) -> None:
    for warning in response.warnings:
        click.echo(printable(warning), err=True)
    if response.groups:
        for group in response.groups:
            click.secho(printable(f"{group.rank}. {group.title or group.symbol}"), bold=True)
            for hit in group.hits:
                click.echo("     ", nl=False)
                _print_passage(hit, f"score {hit.score:.2f}", titled=False)
        return
    for hit in response.hits:
        click.echo(f"{hit.rank:>3}. ", nl=False)
        _print_passage(hit, f"score {hit.score:.2f}")
    if not response.hits:
        click.echo(
            f"No hits among the {response.allowed:,} passages that the filters allow.", err=True
        )


def _print_passage(passage: Passage, score: str = "", *, titled: bool = True) -> None:
    click.secho(printable(passage.citation), bold=True, nl=False)
    facts = [
        passage.kind,
        passage.body,
        ", ".join(passage.country),
        passage.date,
        passage.language,
        _pages(passage.pages),
        f"part {passage.part} of {passage.parts}" if passage.parts > 1 else "",
        score,
    ]
    click.echo("  " + printable(" · ".join(fact for fact in facts if fact)))
    if passage.status in _NOT_AGREED:
        by = f" by {passage.superseded_by}" if passage.superseded_by else ""
        click.secho(printable(f"     {_NOT_AGREED[passage.status]}{by}"), fg="red")
    if titled and passage.title:
        click.secho(wrapped(printable(passage.title), "     "), dim=True)
    click.echo(wrapped(printable(passage.text), "     "))


def _print_heading(document: Document) -> None:
    click.secho(printable(document.symbol or document.document_id), bold=True, nl=False)
    facts = (document.kind, document.body, document.date, document.language)
    click.echo("  " + printable(" · ".join(fact for fact in facts if fact)))
    if document.title:
        click.echo(wrapped(printable(document.title), ""))
    for warning in document.warnings:
        click.echo(printable(f"warning: {warning}"), err=True)


def _pages(pages: tuple[int, ...]) -> str:
    if not pages:
        return ""
    return f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}"
