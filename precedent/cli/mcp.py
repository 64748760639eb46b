"""`precedent mcp`."""

from __future__ import annotations

from pathlib import Path

import click

from precedent.cli.console import Command, Stopped, index_option

__all__ = ["mcp"]


@click.command(
    cls=Command,
    examples=[
        "precedent mcp --index my-index",
        "precedent mcp --api-url http://127.0.0.1:8000",
        "precedent mcp --http --port 8010",
    ],
)
@click.option(
    "--api-url",
    metavar="URL",
    envvar="PRECEDENT_API_URL",
    help="Where `precedent serve` answers; without it, the index is opened here.",
)
@index_option
@click.option("--http", "over_http", is_flag=True, help="Serve over HTTP, not stdin and stdout.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on with --http; elsewhere than on this machine callers need keys.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8010,
    show_default=True,
    help="Port with --http; 0: any free.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Further name under which it is reached with --http; may be repeated.",
)
def mcp(
    api_url: str | None,
    index_dir: str | None,
    over_http: bool,
    host: str,
    port: int,
    names: tuple[str, ...],
) -> None:
    """Offer search, reading and checking to an assistant (MCP).

    The tools of the Model Context Protocol quote documents word for word, with citations; they only
    read. An assistant starts this command itself and talks to it over stdin and stdout; docs/mcp.md
    says how to set it up. Your assistant may send what it reads to its maker.
    """
    from mcp_server.running import log_quietly, opened, reached_at, run_http, run_stdio

    if api_url is not None and index_dir is not None:
        from_line = click.core.ParameterSource.COMMANDLINE
        if click.get_current_context().get_parameter_source("api_url") is from_line:
            raise click.UsageError("give --api-url or --index, not both")
        api_url = None  # of the environment, for the page; the index was asked for
    log_quietly()
    reached = reached_at(host, port) if over_http else None
    with opened(api_url, Path(index_dir) if index_dir else None, reached=reached) as client:
        try:
            if reached is not None:
                run_http(client, reached, names)
                raise Stopped("the tools only read")  # it ends only when it is interrupted
            run_stdio(client)
        except KeyboardInterrupt as interrupt:
            raise Stopped("the tools only read") from interrupt
