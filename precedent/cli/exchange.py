"""`precedent collections export` and `import`: what is kept, as a file that can be handed on."""

from __future__ import annotations

from pathlib import Path

import click

from precedent.cli.console import Command, as_json, json_option, printable, say, view_option
from precedent.cli.library import collection_named, kept, seen

__all__ = ["export", "import_"]

_MOST_BYTES = 256 << 20


@click.command(
    "export",
    cls=Command,
    examples=[
        "precedent collections export -o library.json",
        "precedent collections export Counsel -o counsel.json",
    ],
)
@click.argument("name", required=False)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="File to write; without it, to stdout.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@view_option
def export(name: str | None, output: Path | None, force: bool) -> None:
    """Write a collection, or everything that is kept, as JSON.

    The file can be taken in on another machine (`precedent collections import`). For Word, BibTeX
    and the like: `precedent collections show NAME --json | precedent export -`. Passages of
    restricted collections are left out, unless --restricted names them.
    """
    from corpus.disk import write_whole
    from corpus.errors import InputError
    from search_api.keeping.exchange import export_file

    held = seen()
    file = export_file(held, None if name is None else collection_named(held, name).id)
    if output is None:
        click.echo(file.content, nl=True)
        return
    if output.exists() and not force:
        raise InputError(str(output), "is there already", "give --force, or another name")
    write_whole(output, file.content)
    say(f"{output}: written")


@click.command(
    "import", cls=Command, examples=["precedent collections import counsel.json --merge"]
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--merge", "how", flag_value="merge", help="Add what same-named ones lack.")
@click.option("--rename", "how", flag_value="rename", help="Give names that are taken a number.")
@json_option
def import_(file: Path, how: str | None, as_json_: bool) -> None:
    """Take in a file of collections and saved searches.

    Nothing is overwritten: where a name is taken, the file is refused whole, unless --merge or
    --rename says what to do.
    """
    from corpus.errors import InputError
    from search_api.keeping.exchange import read_file, take_in
    from search_api.schemas import LibraryImport

    if file.stat().st_size > _MOST_BYTES:
        raise InputError(str(file), f"is larger than {_MOST_BYTES:,} bytes", "import it in parts")
    given = read_file(file.read_bytes(), str(file))
    asked = LibraryImport.model_validate({"file": given, "on_conflict": how or "refuse"})
    done = take_in(kept(), asked)
    if as_json_:
        as_json(done.model_dump(mode="json"))
        return
    for made in done.collections:
        click.echo(printable(f"made: {made}"))
    for merged in done.merged:
        click.echo(printable(f"added to: {merged}"))
    for saved in done.searches:
        click.echo(printable(f"saved search: {saved}"))
    click.echo(f"passages added: {done.entries}, there already: {done.left_out}")
