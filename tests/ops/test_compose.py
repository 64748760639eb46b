"""The compose file: valid, confined, and reachable from this machine only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.errors import ServiceError
from search_api.access.opening import check_keys
from search_api.settings import Settings, variable_name

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ["indexer", "api", "page"]


def compose_command() -> list[str] | None:
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    if shutil.which("docker"):
        plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if plugin.returncode == 0:
            return ["docker", "compose"]
    return None


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    """Return the file as docker compose resolves it, or skip."""
    command = compose_command()
    if command is None:
        pytest.skip("no docker-compose here; `apt-get install docker-compose` has one")
    environment = {name: value for name, value in os.environ.items() if "PRECEDENT" not in name}
    done = subprocess.run(
        [*command, "config"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    resolved: dict[str, Any] = yaml.safe_load(done.stdout)
    return resolved


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest, config: dict[str, Any]) -> dict[str, Any]:
    one: dict[str, Any] = config["services"][request.param]
    return one


def test_has_the_three_services(config: dict[str, Any]) -> None:
    assert sorted(config["services"]) == sorted(SERVICES)


def test_each_service_is_confined(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].split(":")[0] not in {"", "0", "root"}
    assert not service.get("privileged")
    assert not service.get("cap_add")
    assert service.get("network_mode") != "host"


@pytest.mark.parametrize("name", ["api", "page"])
def test_ports_are_published_to_this_machine_only(config: dict[str, Any], name: str) -> None:
    ports = config["services"][name]["ports"]
    assert ports
    for port in ports:
        host = port["host_ip"] if isinstance(port, dict) else str(port).rsplit(":", 2)[0]
        assert host == "127.0.0.1"


def test_indexer_publishes_nothing_and_runs_once(config: dict[str, Any]) -> None:
    indexer = config["services"]["indexer"]
    assert "ports" not in indexer
    assert indexer["restart"] == "no"


def test_the_api_cannot_write_the_index(config: dict[str, Any]) -> None:
    assert volumes(config, "api") == {"/data": False, "/library": True}


def test_the_library_is_on_a_volume_that_the_image_makes_for_its_user(
    config: dict[str, Any],
) -> None:
    file = config["services"]["api"]["environment"]["PRECEDENT_LIBRARY"]
    assert file == "/library/library.sqlite"
    assert re.search(r"install -d -o precedent .*/library", (ROOT / "Dockerfile").read_text())


def test_no_key_is_asked_for_only_because_the_ports_let_in_this_machine_alone(
    config: dict[str, Any],
) -> None:
    api = config["services"]["api"]
    variables = {
        field: api["environment"][variable_name(field)]
        for field in Settings.model_fields
        if variable_name(field) in api["environment"]
    }
    settings = Settings.model_validate(variables)
    assert settings.require_keys == "outside"
    assert not settings.takes_uploads
    check_keys(settings)  # it starts
    stricter = {**variables, "require_keys": "auto", "keys_file": "none.sqlite"}
    with pytest.raises(ServiceError, match="has no key"):  # and would not without being told
        check_keys(Settings.model_validate(stricter))


def test_the_page_has_no_volume(config: dict[str, Any]) -> None:
    assert volumes(config, "page") == {}


def test_documents_are_read_only_for_the_indexer(config: dict[str, Any]) -> None:
    assert volumes(config, "indexer") == {"/data": True, "/documents": False}


def test_a_misspelt_folder_of_documents_is_not_made(config: dict[str, Any]) -> None:
    """The short form has the engine make it, and nothing says that nothing was indexed."""
    (documents,) = [
        volume
        for volume in config["services"]["indexer"]["volumes"]
        if isinstance(volume, dict) and volume["target"] == "/documents"
    ]
    assert documents["type"] == "bind"
    assert not documents.get("bind", {}).get("create_host_path", False)


@pytest.mark.parametrize("name", ["api", "page"])
def test_no_word_of_a_health_check_has_a_blank(config: dict[str, Any], name: str) -> None:
    """Podman 4 divides them at blanks, whereupon a service never becomes healthy."""
    words = config["services"][name]["healthcheck"]["test"]
    assert not [word for word in words if " " in word]


def test_the_page_takes_no_strangers_image(config: dict[str, Any]) -> None:
    page = config["services"]["page"]
    assert page["image"] == config["services"]["api"]["image"]
    assert page["pull_policy"] == "never"


def volumes(config: dict[str, Any], name: str) -> dict[str, bool]:
    """Return whether each mount of a service can be written, by its place in the container."""
    found = {}
    for volume in config["services"][name].get("volumes", []):
        if isinstance(volume, dict):
            found[volume["target"]] = not volume.get("read_only", False)
        else:
            parts = str(volume).split(":")
            found[parts[1]] = "ro" not in parts[2:]
    return found


def test_the_order_is_index_then_api_then_page(config: dict[str, Any]) -> None:
    services = config["services"]
    index_done = services["api"]["depends_on"]["indexer"]["condition"]
    assert index_done == "service_completed_successfully"
    assert services["page"]["depends_on"]["api"]["condition"] == "service_healthy"
    assert "/readyz" in " ".join(services["api"]["healthcheck"]["test"])


def test_the_api_answers_to_the_name_the_page_calls_it_by(config: dict[str, Any]) -> None:
    command = config["services"]["page"]["command"]
    url = command[command.index("--api-url") + 1]
    assert url == "http://api:8000"
    assert config["services"]["api"]["environment"]["PRECEDENT_ALLOWED_HOSTS"] == "api"


def test_every_command_is_one_that_precedent_has(config: dict[str, Any]) -> None:
    from precedent.cli.reference import commands

    names = {name for name, _, _ in commands()}
    for name in SERVICES:
        line = " ".join(config["services"][name]["command"])
        for group in re.findall(r"precedent [a-z]+(?: pull)?", line):
            assert group in names


def test_the_image_is_built_from_the_lock_and_runs_as_nobody() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes --no-deps -r requirements/base.txt" in dockerfile
    stages = re.split(r"^FROM ", dockerfile, flags=re.MULTILINE)[1:]
    assert len(stages) == 2
    for stage in stages:
        assert re.findall(r"^USER (\w+)", stage, re.MULTILINE)[-1] == "precedent"


def test_what_the_image_copies_is_let_through_by_dockerignore() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for line in re.findall(r"^COPY (.+)$", dockerfile, re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert copied <= allowed
    assert all((ROOT / source).exists() for source in copied)
