"""Over HTTP each call is answered with the key that came with it, and with no other's."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest
from mcp import Client as McpClient
from mcp.client.streamable_http import streamable_http_client

from corpus.errors import InputError, ServiceError
from indexer.restricted.place import view_dir
from mcp_server import running
from mcp_server.callers import asks_by_caller
from mcp_server.http import PATH, http_app
from mcp_server.inside import INSIDE_URL, InsideService
from mcp_server.running import opened, reached_at, run_http
from mcp_server.server import build_server
from precedent_client import Client
from search_api.access.keys import KeyFile
from search_api.app import create_app
from search_api.settings import Settings
from tests.restricted.world import Record, index, jsonl
from tests.search_api.fake_engine import fake_settings
from tests.search_api.intake import SmallIndex

HOST, PORT = "192.0.2.7", 8010
SECRET = "zebrafinch"
HELD = "A_HRC_70_1@alpha:en"
PUBLIC = Record("A/HRC/90/1", ("Detainees wait for a lawyer.", "The gate is shut."))
RESTRICTED = Record("A/HRC/70/1", (f"The witness {SECRET} waits for a lawyer.",))
CITATION = "A/HRC/70/1, para. 1"

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("callers")
    index(jsonl(folder / "public" / "first.jsonl", [PUBLIC]), folder / "index")
    held = jsonl(folder / "alpha" / "held.jsonl", [RESTRICTED])
    index(held, folder / "index", restricted="alpha")
    return folder / "index"


@pytest.fixture(scope="module")
def keys_file(index_dir: Path) -> Path:
    return index_dir.parent / "keys.sqlite"


@pytest.fixture(scope="module")
def keys(keys_file: Path) -> dict[str, str]:
    file = KeyFile(keys_file)
    scopes = {"insider": ["read", "restricted:alpha"], "outsider": ["read"], "writer": ["write"]}
    return {name: file.add(name, given)[1] for name, given in scopes.items()}


@pytest.fixture(scope="module")
def client(index_dir: Path, keys_file: Path, keys: dict[str, str]) -> Iterator[Client]:
    """A client without a key, of a service that needs one."""
    settings = fake_settings(
        index_dir=index_dir,
        require_keys="on",
        keys_file=keys_file,
        library_file=index_dir.parent / "library.sqlite",
    )
    app = create_app(
        settings, SmallIndex(index_dir), None, lambda view: SmallIndex(view_dir(index_dir, view))
    )
    with InsideService(app) as service, Client(INSIDE_URL, transport=service, retries=0) as made:
        yield made


@contextlib.asynccontextmanager
async def served(client: Client) -> AsyncIterator[Any]:
    """Give the application that `precedent mcp --http --host 192.0.2.7` serves."""
    tools = build_server(client, asks=asks_by_caller(client, keys_are_needed=True))
    app: Any = http_app(tools, HOST, PORT, keys_are_needed=True)
    async with app._app.router.lifespan_context(app._app):
        yield app


@contextlib.asynccontextmanager
async def assistant(app: Any, key: str, mode: Any = "auto") -> AsyncIterator[McpClient]:
    """Give the official client of a caller."""
    url = f"http://{HOST}:{PORT}{PATH}"
    headers = {"authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), headers=headers) as http,
        McpClient(streamable_http_client(url, http_client=http), mode=mode) as made,
    ):
        yield made


ASKED: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": f"witness {SECRET} lawyer"}),
    ("search", {"query": CITATION}),
    ("read_paragraph", {"reference": f"{HELD}:1"}),
    ("read_paragraph", {"reference": CITATION}),
    ("verify_citation", {"text": f"The witness waits ({CITATION})."}),
    ("lineage", {"reference": f"{HELD}:1"}),
]
"""What tells of the restricted document to who may see it; nothing here repeats its words but the
first, and answers repeat no query."""


async def told(made: McpClient, tool: str, arguments: dict[str, Any]) -> str:
    answer = await made.call_tool(tool, arguments)
    return json.dumps([answer.structured_content, [each.text for each in answer.content]])  # type: ignore[union-attr]


def sees(answer: str) -> bool:
    return SECRET in answer


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_two_callers_in_turn_and_at_once_are_each_answered_with_their_own_key(
    client: Client, keys: dict[str, str], mode: str
) -> None:
    async def ask() -> None:
        async with (
            served(client) as app,
            assistant(app, keys["insider"], mode) as insider,
            assistant(app, keys["outsider"], mode) as outsider,
        ):
            for tool, arguments in ASKED:  # in turn
                assert sees(await told(insider, tool, arguments)), (tool, arguments)
                assert not sees(await told(outsider, tool, arguments)), (tool, arguments)
                assert sees(await told(insider, tool, arguments)), (tool, arguments)
            callers = {"insider": insider, "outsider": outsider}
            found: dict[str, list[bool]] = {name: [] for name in callers}

            async def once(name: str, tool: str, arguments: dict[str, Any]) -> None:
                found[name].append(sees(await told(callers[name], tool, arguments)))

            async with anyio.create_task_group() as group:  # at once
                for tool, arguments in ASKED * 4:
                    for name in callers:
                        group.start_soon(once, name, tool, arguments)
            assert found["insider"] == [True] * len(ASKED) * 4
            assert found["outsider"] == [False] * len(ASKED) * 4

    anyio.run(ask)


def test_who_may_not_see_it_is_answered_as_if_it_were_not_there(
    client: Client, keys: dict[str, str]
) -> None:
    async def ask() -> list[str]:
        async with served(client) as app, assistant(app, keys["outsider"]) as outsider:
            answers = []
            for number in ("70", "71"):  # the second is nowhere
                asked = {"reference": HELD.replace("70", number) + ":1"}
                answers.append(await told(outsider, "read_paragraph", asked))
            return [each.replace("A_HRC_71", "A_HRC_70") for each in answers]

    hidden, nowhere = anyio.run(ask)
    marks = [each.partition("QUOTATION ")[2][:8] for each in (hidden, nowhere)]
    assert hidden.replace(marks[0], "") == nowhere.replace(marks[1], "")


@pytest.mark.parametrize("key", ["prk_aaaaaaaa_" + "a" * 43, "nonsense", "writer"])
def test_a_key_that_does_not_open_it_finds_nothing(
    client: Client, keys: dict[str, str], key: str
) -> None:
    async def ask() -> tuple[bool, str]:
        async with served(client) as app, assistant(app, keys.get(key, key)) as made:
            answer = await made.call_tool("search", {"query": SECRET})
            return answer.is_error, answer.content[0].text  # type: ignore[union-attr]

    is_error, said = anyio.run(ask)
    assert is_error
    assert "key" in said


def test_a_session_is_no_key(client: Client, keys: dict[str, str]) -> None:
    """The id of another caller's session, guessed or overheard, gives nothing of his."""

    async def ask() -> list[bool]:
        call = {"name": "search", "arguments": {"query": f"witness {SECRET} lawyer"}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        async with served(client) as app, httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app), base_url=f"http://{HOST}:{PORT}"
        ) as http:  # fmt: skip
            answers = []
            for name in ("insider", "outsider", "insider"):
                headers = {"authorization": f"Bearer {keys[name]}", "mcp-session-id": "0" * 32}
                answer = await http.post(PATH, json=body, headers={**HEADERS, **headers})
                assert answer.status_code == 200
                assert "mcp-session-id" not in answer.headers
                answers.append(sees(answer.text))
            return answers

    assert anyio.run(ask) == [True, False, True]


# Where it opens ----------------------------------------------------------------------------------


def answering(status: int) -> Client:
    """Return a client of a service at an address."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert "authorization" not in request.headers
        assert request.url.path == "/v1/info"
        if status == 200:
            info = {"title": "Unauthorized", "status": 200, "detail": ""}
            return httpx.Response(200, json=info)
        return httpx.Response(status, json={"title": "x", "status": status, "detail": "no key"})

    return Client("http://127.0.0.1:1", transport=httpx.MockTransport(answer), retries=0)


@pytest.fixture
def listened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note where it would listen, and stop there."""
    at: list[str] = []

    def listen_on(settings: Settings) -> Any:
        at.append(settings.host)
        raise ServiceError("the test", "stops here")

    monkeypatch.setattr(running, "listen_on", listen_on)
    return at


def test_elsewhere_it_opens_over_a_service_that_asks_for_keys(listened: list[str]) -> None:
    with pytest.raises(ServiceError, match="stops here"):
        run_http(answering(401), reached_at(HOST, 0, {}))
    assert listened == [HOST]


@pytest.mark.parametrize(
    ("status", "cause"),
    [(200, "fields are not as expected"), (404, "cannot be asked"), (503, "cannot be asked")],
)
def test_elsewhere_it_does_not_open_where_that_is_not_sure(
    listened: list[str], status: int, cause: str
) -> None:
    with pytest.raises(ServiceError, match=cause):
        run_http(answering(status), reached_at(HOST, 0, {}))
    assert listened == []


def test_elsewhere_it_does_not_open_over_a_service_that_shows_everybody_everything(
    listened: list[str], index_dir: Path
) -> None:
    app = create_app(fake_settings(index_dir=index_dir), SmallIndex(index_dir))
    with InsideService(app) as service, Client(INSIDE_URL, transport=service) as client:
        with pytest.raises(ServiceError, match=r"asks for no key.*PRECEDENT_REQUIRE_KEYS=on"):
            run_http(client, reached_at(HOST, 0, {}))
        assert listened == []
        asks = asks_by_caller(client, keys_are_needed=True)
        # Nor is anything asked of it once it was started again like that.
        said = anyio.run(refused_at, build_server(client, asks=asks))
    assert "PRECEDENT_REQUIRE_KEYS=on" in said


async def refused_at(server: Any) -> str:
    async with McpClient(server) as made:
        answer = await made.call_tool("search", {"query": "lawyer"})
        assert answer.is_error
        return str(answer.content[0].text)  # type: ignore[union-attr]


@pytest.mark.parametrize("keys", ["off", "outside", "on", "auto"])
def test_what_the_keys_are_set_to_decides_as_it_does_for_the_service(
    keys: str, index_dir: Path, tmp_path: Path
) -> None:
    given = {"PRECEDENT_REQUIRE_KEYS": keys, "PRECEDENT_KEYS": str(tmp_path / "keys.sqlite")}
    reached = reached_at(HOST, 0, given)
    assert reached.requires_keys is (keys in {"on", "auto"})
    assert reached_at("127.0.0.1", 0, given).requires_keys is (keys == "on")
    refused = {
        "off": "keys are switched off",
        "on": "has no key that could be used",
        "auto": "has no key that could be used",
    }
    held = opened(None, index_dir, {}, reached=reached)
    if keys == "outside":
        with held:
            pass
    else:
        with pytest.raises(ServiceError, match=refused[keys]), held:
            pass


def test_a_service_elsewhere_is_not_shown_keys_in_the_open(listened: list[str]) -> None:
    reached = reached_at(HOST, 0, {})
    with (
        opened("http://search.example", None, {}, reached=reached) as client,
        pytest.raises(InputError, match="https"),
    ):
        run_http(client, reached)
    assert listened == []


def test_over_http_the_key_of_the_environment_is_nobody_s() -> None:
    given = {"PRECEDENT_API_KEY": "prk_of_who_started_it"}
    for reached, shown in ((None, True), (reached_at("127.0.0.1", 0, {}), False)):
        with opened("https://search.example", None, given, reached=reached) as client:
            assert bool(client._connection._authorization) is shown


# The client --------------------------------------------------------------------------------------


def test_what_one_caller_is_given_to_remember_does_not_go_along_with_another() -> None:
    shown: list[tuple[str | None, str | None]] = []
    lock = threading.Lock()

    def answer(request: httpx.Request) -> httpx.Response:
        with lock:
            shown.append((request.headers.get("authorization"), request.headers.get("cookie")))
        return httpx.Response(
            200, json={"status": "ok"}, headers={"set-cookie": "session=one; Path=/"}
        )

    with Client("http://127.0.0.1:1", key="own", transport=httpx.MockTransport(answer)) as client:
        for each in (client, client.with_key("prk_a"), client.with_key(None), client):
            each.healthz()
    assert shown == [("Bearer own", None), ("Bearer prk_a", None), (None, None),
                     ("Bearer own", None)]  # fmt: skip
