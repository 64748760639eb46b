"""The page is started closed to the network and silent."""

from __future__ import annotations

import os
import sys

import pytest
from streamlit import config

from ui.launch import APP, SERVER, streamlit_command, streamlit_environment

API = "http://127.0.0.1:8000"


def options(command: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for argument in command[5:]:
        name, _, value = argument.removeprefix("--").partition("=")
        found.setdefault(name, []).append(value)
    return found


def test_it_runs_the_page_with_this_python() -> None:
    assert streamlit_command(8501, API)[:5] == [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(SERVER),
    ]
    assert SERVER.is_file()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server.address", "127.0.0.1"),
        ("server.port", "8501"),
        ("server.headless", "true"),
        ("server.fileWatcherType", "none"),
        ("server.enableCORS", "true"),
        ("server.enableXsrfProtection", "true"),
        ("browser.gatherUsageStats", "false"),
        ("client.toolbarMode", "minimal"),
        ("client.showErrorDetails", "none"),
    ],
)
def test_what_privacy_depends_on_is_on_the_command_line(name: str, value: str) -> None:
    assert options(streamlit_command(8501, API))[name] == [value]


def test_only_this_machine_s_names_are_answered() -> None:
    found = options(streamlit_command(8501, API, address="0.0.0.0"))  # noqa: S104
    assert found["server.address"] == ["0.0.0.0"]  # noqa: S104
    assert found["server.allowedHosts"] == ["127.0.0.1", "localhost"]


def test_every_option_is_one_that_streamlit_has() -> None:
    known = set(config.get_config_options())
    assert set(options(streamlit_command(8501, API))) <= known


def test_the_environment_carries_the_address_and_finds_the_package() -> None:
    made = streamlit_environment(API, {"PYTHONPATH": "/elsewhere", "HOME": "/home/x"})
    assert made["PRECEDENT_API_URL"] == API
    assert made["HOME"] == "/home/x"
    assert made["PYTHONPATH"].split(os.pathsep) == [str(APP.parent.parent), "/elsewhere"]
    assert streamlit_environment(API, made)["PYTHONPATH"] == made["PYTHONPATH"]


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://x", "http://", ""])
def test_an_address_that_is_none_ends_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="not the address of a search service"):
        streamlit_command(8501, url)
    with pytest.raises(ValueError, match="not the address of a search service"):
        streamlit_environment(url, {})


def test_a_key_that_would_travel_in_the_open_ends_the_start() -> None:
    given = {"PRECEDENT_API_KEY": "a-secret-of-the-user"}
    with pytest.raises(ValueError, match="https") as raised:
        streamlit_environment("http://search.example:8000", given)
    assert "a-secret" not in str(raised.value)
    allowed = {**given, "PRECEDENT_API_PLAIN_HTTP": "1"}
    assert streamlit_environment("http://search.example:8000", allowed)["PRECEDENT_API_KEY"]
    assert streamlit_environment(API, given)["PRECEDENT_API_KEY"]
