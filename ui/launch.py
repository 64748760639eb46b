"""How the page is started: bound to this computer, silent, and asking nothing of the network.

Everything that privacy depends on is given on the command line, which Streamlit ranks above the
environment and above the user's own ~/.streamlit/config.toml.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from precedent_client import Client, ServiceError

__all__ = ["streamlit_command", "streamlit_environment"]

APP = Path(__file__).resolve().parent / "app.py"
SERVER = APP.parent / "frame" / "server.py"

LOOPBACK = "127.0.0.1"

_OPTIONS = {
    "server.headless": "true",  # opens no browser, asks for no e-mail address
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "server.enableCORS": "true",  # Streamlit's name for *protection*: other origins are refused
    "server.enableXsrfProtection": "true",
    "server.xsrfCookieSameSite": "strict",
    "server.enableStaticServing": "false",
    "server.enableWebsocketCompression": "true",
    "server.enableAgentApi": "false",
    "server.maxUploadSize": "64",  # megabytes; what the service takes of one file by default
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",  # the traceback goes to the terminal
    "client.showErrorLinks": "false",  # they would send the error to a search engine
    "runner.magicEnabled": "false",
    "logger.level": "warning",
    "theme.font": "sans-serif",  # Streamlit's own, served by it
    "theme.baseFontSize": "15",
    "theme.baseRadius": "small",
    "theme.light.primaryColor": "#1f5a8a",
    "theme.light.backgroundColor": "#fdfdfc",
    "theme.light.secondaryBackgroundColor": "#f3f3f0",
    "theme.light.textColor": "#1d2126",
    "theme.light.linkColor": "#1f5a8a",
    "theme.dark.primaryColor": "#35719f",
    "theme.dark.backgroundColor": "#16191d",
    "theme.dark.secondaryBackgroundColor": "#1f2429",
    "theme.dark.textColor": "#dfe3e7",
    "theme.dark.linkColor": "#8fbfe6",
}


def streamlit_command(port: int, api_url: str, *, address: str = LOOPBACK) -> list[str]:
    """Return the command line that serves the page.

    Args:
        port: Port to listen on.
        api_url: Address of the search service; carried by `streamlit_environment`, and checked here
            so that a typing error ends the start instead of the first search.
        address: Address to listen on. Only a container needs another than loopback; the host name
            check, which keeps other web pages from reaching this one by DNS rebinding, stays.

    Raises:
        ValueError: The address of the service is not one of HTTP.
    """
    _checked(api_url)
    options = {
        "server.address": address,
        "server.port": str(port),
        "browser.serverAddress": LOOPBACK,
        **_OPTIONS,
    }
    command = [sys.executable, "-m", "streamlit", "run", str(SERVER)]
    command += [f"--{name}={value}" for name, value in options.items()]
    return [*command, f"--server.allowedHosts={LOOPBACK}", "--server.allowedHosts=localhost"]


def streamlit_environment(
    api_url: str, environment: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the environment for that command: the caller's, with the service's address.

    Args:
        api_url: Address of the search service.
        environment: What to start from; this process's environment by default.

    Raises:
        ValueError: The address of the service is not one of HTTP, or the key in PRECEDENT_API_KEY
            would travel to it where others can read it.
    """
    given = dict(os.environ if environment is None else environment)
    given["PRECEDENT_API_URL"] = _checked(api_url)
    try:
        Client.from_environment(given).close()
    except ServiceError as error:
        raise ValueError(str(error)) from error
    # Streamlit puts the folder of the script on the path, not that in which `ui` lies.
    root = str(APP.parent.parent)
    paths = [root, *(p for p in given.get("PYTHONPATH", "").split(os.pathsep) if p and p != root)]
    return {
        **given,
        "PYTHONPATH": os.pathsep.join(paths),
    }


def _checked(api_url: str) -> str:
    scheme, _, rest = api_url.partition("://")
    if scheme not in {"http", "https"} or not rest.strip("/"):
        raise ValueError(
            f"{api_url!r} is not the address of a search service: write http://HOST:PORT"
        )
    return api_url
