"""`precedent serve`, `precedent ui`, `precedent demo`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.console import Command, Stopped, index_option, say

if TYPE_CHECKING:
    from indexer.encoder.ahead import EncoderAhead
    from search_api.settings import Settings

__all__ = ["demo", "serve", "ui"]

PAGE_TIMEOUT_S = 60.0
"""The page answers in 2 s; a cold disk takes longer."""

_PORT = click.IntRange(1, 65535)

_ONE_BLAS_THREAD = ("OPENBLAS_NUM_THREADS", "1")
"""Searches run side by side, each on one thread. OpenBLAS would split each product among all cores,
and waits for the next one spinning: a twelfth of the processor time of pasted paragraphs, on two
cores under load."""


@click.command(cls=Command, examples=["precedent serve --port 8000 --index my-index"])
@click.option("--host", metavar="ADDRESS", help="Address to listen on [default: 127.0.0.1].")
@click.option("--port", type=click.IntRange(0, 65535), help="Port [default: 8000]; 0: any free.")
@index_option
def serve(host: str | None, port: int | None, index_dir: str | None) -> None:
    """Serve the index over HTTP.

    It listens on 127.0.0.1, which only this machine reaches; elsewhere it needs a key (`precedent
    keys add`) and does not start without. Further settings are environment variables named
    PRECEDENT_…; docs/api.md lists them. An index published while it runs is taken
    into service without a restart.
    """
    os.environ.setdefault(*_ONE_BLAS_THREAD)  # read once, when numpy is imported
    from search_api.settings import Settings

    settings = Settings.from_environment(
        host=host, port=port, index_dir=Path(index_dir) if index_dir else None
    )
    ahead = _encoder_ahead(settings)  # before the other imports, which take as long as it does
    from search_api.app import serve as serve_api

    # It returns only when interrupted: requests under way have been answered by then.
    serve_api(settings, ahead=ahead)
    raise Stopped("requests under way were answered; the index is as it was")


def _encoder_ahead(settings: Settings) -> EncoderAhead | None:
    """Begin to open the encoder that the index needs; None where there is no index to serve."""
    from corpus.errors import PrecedentError
    from indexer.encoder.ahead import EncoderAhead
    from indexer.home import models_dir
    from indexer.manifest import Manifest, current_dir

    try:
        wanted = Manifest.read(current_dir(settings.index_dir)).encoder
    except PrecedentError:  # told when the index is opened
        return None
    return EncoderAhead(wanted, settings.models_dir or models_dir())


@click.command(cls=Command, examples=["precedent ui --port 8501 --api-url http://127.0.0.1:8000"])
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on; only a container needs another.",
)
@click.option("--port", type=_PORT, default=8501, show_default=True, help="Port to listen on.")
@click.option(
    "--api-url",
    default="http://127.0.0.1:8000",
    show_default=True,
    metavar="URL",
    envvar="PRECEDENT_API_URL",
    help="Where `precedent serve` answers.",
)
def ui(host: str, port: int, api_url: str) -> None:
    """Serve the page people search with.

    The page asks the API at --api-url for all it shows.
    """
    from precedent.supervision import (
        Program,
        interruptible,
        require_free_port,
        supervise,
        watch,
    )
    from ui.launch import streamlit_command, streamlit_environment

    try:
        command = streamlit_command(port, api_url, address=host)
        environment = streamlit_environment(api_url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--api-url") from error
    require_free_port(port, "stop what uses it, or choose another with --port", host)
    answering = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - asks, does not listen
    ready_url = f"http://{answering}:{port}/_stcore/health"
    page = Program("the page", command, ready_url, environment=environment)
    try:
        with interruptible(), supervise([page], PAGE_TIMEOUT_S) as running:
            say(f"page on http://{host}:{port}, asking {api_url}")
            watch(running)
    except KeyboardInterrupt as interrupt:
        raise Stopped("the page keeps nothing; a search lives in its address") from interrupt


@click.command(cls=Command, examples=["precedent demo --no-browser"])
@click.option("--api-port", type=_PORT, default=8000, show_default=True, help="Port of the API.")
@click.option("--ui-port", type=_PORT, default=8501, show_default=True, help="Port of the page.")
@click.option("--no-browser", is_flag=True, help="Do not open the page in a browser.")
def demo(api_port: int, ui_port: int, no_browser: bool) -> None:
    """Start everything on sample documents; Ctrl-C stops it.

    Everything is the API and the page, on this machine only. The first time it obtains the
    embedding model and indexes the sample, about 30 short fictional documents; afterwards it starts
    in seconds. Its index is apart from yours.
    """
    from corpus.sample import QUESTIONS_FILE, documents_dir
    from indexer.home import home_dir
    from precedent.demo import Demo, StepFailedError, first_question, run_demo

    plan = Demo(
        home=home_dir(),
        documents=documents_dir(),
        question=first_question(QUESTIONS_FILE),
        api_port=api_port,
        ui_port=ui_port,
        browser=not no_browser,
    )
    try:
        run_demo(plan, say)
    except StepFailedError as failure:
        raise click.exceptions.Exit(failure.exit_code) from failure
    except KeyboardInterrupt as interrupt:
        raise Stopped(
            f"the API and the page have ended; the model and the index are kept in {plan.home}"
        ) from interrupt
