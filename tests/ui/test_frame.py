"""The frame around the pages, without a browser: its line, its tab, what it serves."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import net_util
from streamlit.web.server.server_util import is_url_from_allowed_origins

from ui.frame.bar import bar
from ui.frame.front import Front, document
from ui.frame.headers import HEADERS, Headers
from ui.frame.origins import ask_nobody
from ui.frame.packed import Packed, _files
from ui.frame.pages import PAGES
from ui.frame.tab import tab_title
from ui.wording import language
from ui.wording.en import frame as texts

ROOMS = {room.path: room for room in PAGES}


@pytest.fixture
def client() -> TestClient:
    async def other(request: object) -> PlainTextResponse:
        return PlainTextResponse("Streamlit's own")

    layers = [Middleware(Headers), Middleware(Front), Middleware(Packed)]
    return TestClient(Starlette(routes=[Route("/{rest:path}", other)], middleware=layers))


@pytest.mark.parametrize("room", PAGES, ids=lambda room: room.path)
def test_every_page_is_there_and_has_a_name(room: object) -> None:
    assert find_spec(room.module) is not None  # type: ignore[attr-defined]
    assert room.path in texts.PAGES  # type: ignore[attr-defined]


def links(drawn: object) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', str(drawn))


def test_the_line_links_to_every_page_and_marks_the_one_shown() -> None:
    drawn = bar(ROOMS["compare"], language="en", carried={}, params={})
    wide, _, phone = str(drawn).partition('<details class="p-menu"')
    named = [texts.PAGES[room.path] for room in PAGES if room.in_menu]
    for part in (wide, phone):
        pages = part.partition("<nav")[2].partition("</nav>")[0]
        assert [name for _, name in links(pages)] == named
    assert re.findall(r'aria-current="page"[^>]*>(\w+)<', wide) == ["Compare"]
    assert links(wide)[0] == ("./", "Precedent")


def test_the_choice_of_a_language_keeps_the_page_and_the_links_keep_the_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(language.LANGUAGES, "eo", "Esperanto")
    params = {"q": ["a lawyer"], "lang": ["eo"]}
    drawn = str(bar(ROOMS["search"], language="eo", carried={"lang": "eo"}, params=params))
    assert ("./compare?lang=eo", "Compare") in links(drawn)
    assert ("./?q=a+lawyer&amp;lang=en", "English") in links(drawn)
    assert ("./?q=a+lawyer&amp;lang=eo", "Esperanto") in links(drawn)
    assert "<summary>Esperanto</summary>" in drawn


@pytest.mark.parametrize(
    ("path", "params", "title"),
    [
        ("search", {}, "Search · Precedent"),
        ("search", {"q": ["a lawyer"]}, "a lawyer · Search · Precedent"),
        ("lineage", {"passage": ["X/1, para. 2"]}, "X/1, para. 2 · Lineage · Precedent"),
        ("search", {"q": ["x" * 200]}, f"{'x' * 79}… · Search · Precedent"),
        ("search", {"q": [" "]}, "Search · Precedent"),
    ],
)
def test_the_tab_names_what_is_shown(path: str, params: dict[str, list[str]], title: str) -> None:
    assert tab_title(ROOMS[path], params) == title


@pytest.mark.parametrize("path", ["/", "/compare", "/search"])
def test_the_document_needs_no_script_in_itself_and_asks_nobody(
    client: TestClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.text == document()
    assert not re.findall(r"<script(?![^>]*\bsrc=)", answer.text)
    assert not re.findall(r"""(?:src|href)="(?!\./|#)""", answer.text)
    assert 'id="root"' in answer.text
    assert 'id="skip"' in answer.text
    assert "<title>Precedent</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/frame.js", "/typed.js", "/favicon.svg"])
def test_files_of_the_frame_are_served(client: TestClient, path: str) -> None:
    assert client.get(path).text != "Streamlit's own"


def test_scripts_are_packed_and_kept_and_everything_else_left_alone(client: TestClient) -> None:
    path, file = next((p, f) for p, f in _files().items() if p.startswith("/static/js/index."))
    packed = client.get(path)
    assert packed.content == file.read_bytes()
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < file.stat().st_size / 2
    assert "immutable" in packed.headers["cache-control"]
    assert client.get(path, headers={"Accept-Encoding": "identity"}).text == "Streamlit's own"
    for other in ("/static/js/../../index.html", "/static/js/none.js", "/_stcore/health"):
        assert client.get(other).text == "Streamlit's own"
    assert client.post("/").text == "Method Not Allowed"


def test_a_browser_that_takes_no_gzip_gets_the_document(client: TestClient) -> None:
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == document()


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for path in ("/", "/frame.js", "/elsewhere"):
        told = client.get(path).headers
        assert {name: told[name] for name in HEADERS} == HEADERS


def test_the_policy_names_no_host_and_no_script_of_the_page() -> None:
    scripts = next(
        rule for rule in HEADERS["content-security-policy"].split("; ") if "script-src" in rule
    )
    assert scripts == "script-src 'self' blob:"
    assert "http" not in HEADERS["content-security-policy"]
    assert "*" not in HEADERS["content-security-policy"]


def test_another_site_s_request_is_refused_without_asking_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, timeout: asked.append(url))
    for name in ("get_internal_ip", "get_external_ip"):
        monkeypatch.setattr(net_util, name, getattr(net_util, name))  # put back afterwards
    ask_nobody()
    assert not is_url_from_allowed_origins("http://other.example")
    assert is_url_from_allowed_origins("http://127.0.0.1:8501")
    assert not asked
