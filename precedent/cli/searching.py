"""`precedent search`, `precedent show`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.answers import print_heading, print_passage, print_response
from precedent.cli.console import (
    Command,
    as_json,
    as_usage,
    chosen_view,
    index_option,
    json_option,
    view_option,
)
from precedent.cli.filters import filter_options, filters_of

if TYPE_CHECKING:
    from search_api.engine import Engine
    from search_api.schemas import Document, Passage

__all__ = ["opened", "search", "show"]

_PASSAGE_ID = re.compile(r"[^/\s]+:[^/\s]+:[^/\s]+")


@click.command(
    cls=Command,
    examples=[
        'precedent search "access of detainees to a lawyer of their choice"',
        'precedent search "arbitrary detention" -k 5 --kind resolution --year 2019..2024',
        'precedent search "пытки в местах содержания под стражей" --language en --json',
        """precedent search '"lawyer of their choice"' country:Belarus year:2010..""",
        "precedent search -- counsel -military -country:BLR",
        'precedent search "moratorium on the death penalty" --sort newest',
    ],
)
@click.argument("words", nargs=-1, required=True)
@click.option("-k", "k", type=click.IntRange(1, 200), default=10, show_default=True, help="Hits.")
@filter_options
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "authority"]),
    default="relevance",
    show_default=True,
    help="Order of the hits; the last three order what is near enough to the question.",
)
@click.option(
    "--rerank",
    is_flag=True,
    help="Read the best 20 hits again and reorder them: short questions in English only; slower.",
)
@click.option("--group", is_flag=True, help="Show each document once, with its best passages.")
@click.option("--explain", is_flag=True, help="Say of each hit why it is one.")
@view_option
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
    sort: str,
    status: tuple[str, ...],
    rerank: bool,
    group: bool,
    explain: bool,
    index_dir: str | None,
    as_json_: bool,
) -> None:
    """Search the index; best first, each hit with its citation.

    WORDS are plain words or a pasted paragraph. "Quoted words" must stand in the paragraph as
    quoted, -word and -"quoted words" exclude (after --, so that they are not read as options),
    and field:value filters as the options do; -field:value excludes. Fields are kind, body,
    country, language, symbol, status and year (2019, 2019-2024, 2019.., >=2019); a value may be a
    code, a name or a known abbreviation, in quotation marks if it has spaces.

    A symbol, its address or a citation ("A/HRC/15/16, para. 12") goes straight there; beside
    other words the search stays inside that document. Values of one filter are alternatives;
    filters are conjoined. What is malformed is read as plain words, with a warning.
    """
    from search_api.schemas import SearchRequest

    with as_usage():
        filters = filters_of(
            kind=kind, body=body, country=country, language=language, status=status, year=year
        )
        request = SearchRequest.model_validate(
            {
                "query": " ".join(words),
                "k": k,
                "filters": filters,
                "group_by_document": group,
                "signals": signals,
                "sort": sort,
                "explain": explain,
                "rerank": rerank,
            }
        )
    with opened(index_dir) as engine:
        response = engine.search(request)
    if as_json_:
        as_json(response.model_dump(mode="json"))
    else:
        print_response(response)


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
@view_option
@index_option
@json_option
def show(
    reference: tuple[str, ...], language: str | None, index_dir: str | None, as_json_: bool
) -> None:
    """Show what stands at a citation, a passage id or a whole symbol.

    With --json: the document, whose `contents` are the passages asked for.
    """
    with opened(index_dir) as engine:
        document = _find(engine, " ".join(reference), language)
    if as_json_:
        as_json(document.model_dump(mode="json"))
        return
    print_heading(document)
    for passage in document.contents:
        click.echo()
        print_passage(passage, titled=False)


@contextmanager
def opened(index_dir: str | None) -> Iterator[Engine]:
    """Yield the engine of the index that `--index` names, or of the default one.

    It is of the public view, or of the one that `--restricted` names.
    """
    from indexer.home import default_index_dir, models_dir
    from indexer.restricted.place import published_view_dir
    from search_api.engine import Engine

    folder = Path(index_dir) if index_dir else default_index_dir()
    engine = Engine.open(published_view_dir(folder, chosen_view()), models_dir=models_dir())
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
