"""The document that the browser opens: Streamlit's, with what it lacks.

It names the page, has a link past the navigation and loads `frame.js`. The scripts that a page of
ours always needs are asked for at once, where Streamlit finds them out one after another, each a
round trip; the font waits until they are here. On a line of 400 kbit/s and 400 ms this and the
packing bring the question's box after 20 s instead of 52 (`benchmarks/page.py`). The inline script
that Streamlit has is left out, so that no script in the page needs to be allowed.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from ui.frame.pages import PAGES

__all__ = ["Front", "document"]

_FILES = {
    "/frame.js": ("frame.js", "text/javascript"),
    "/typed.js": ("typed.js", "text/javascript"),
    "/favicon.svg": ("favicon.svg", "image/svg+xml"),
}
"""Address → file of this folder and what it is."""

_HERE = Path(__file__).resolve().parent
_INLINE_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NO_SCRIPTS = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_ADVERT = re.compile(r"<link\s+rel=\"service-desc\"[^>]*>")
_FONT = re.compile(r"<link\s+rel=\"preload\"[^>]*?as=\"font\"[^>]*>", re.DOTALL)
_ICON = '<link rel="shortcut icon" href="./favicon.png" />'
_ROOT = '<div id="root"></div>'
_NEEDED = ("Html", "purify.es", "TextInput", "Button", "Checkbox", "Multiselect", "Selectbox")
"""Scripts of the elements that the search page draws."""

_IMPORTED = re.compile(r"""(?:from|import)"\./([^"]+\.js)\"""")


class Front:
    """Middleware that answers for the document and its script."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the address of a page; leave all else to the application."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        if scope["path"] in _FILES:
            name, media_type = _FILES[scope["path"]]
            answer = _answer(_text(name), media_type, scope)
        elif scope["path"].strip("/") in _addresses():
            answer = _answer(document(), "text/html", scope)
        else:
            await self._app(scope, receive, send)
            return
        await answer(scope, receive, send)


@cache
def document() -> str:
    """Return the HTML of every page, before Streamlit fills it."""
    given = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    for unwanted in (_COMMENT, _NO_SCRIPTS, _INLINE_SCRIPT, _ADVERT, _FONT):
        given = unwanted.sub("", given)
    given = given.replace("<title>Streamlit</title>", "<title>Precedent</title>")
    given = given.replace(_ICON, '<link rel="icon" href="./favicon.svg" type="image/svg+xml" />')
    early = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n'
        for name in _needed()
        if name not in given
    )
    return given.replace("</head>", f"{early}</head>").replace(_ROOT, _text("frame.html"))


def _needed() -> list[str]:
    """Return the scripts of `_NEEDED` with all that they import."""
    folder = Path(file_util.get_static_dir()) / "static" / "js"
    found = {path.name for name in _NEEDED for path in folder.glob(f"{name}.*.js")}
    waiting = list(found)
    while waiting:
        source = (folder / waiting.pop()).read_text(encoding="utf-8")
        new = set(_IMPORTED.findall(source)) - found
        found |= new
        waiting += new
    return sorted(found)


@cache
def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _addresses() -> frozenset[str]:
    return frozenset({"", *(page.path for page in PAGES)})


@cache
def _gzipped(content: str) -> bytes:
    return gzip.compress(content.encode(), 9, mtime=0)


def _answer(content: str, media_type: str, scope: Scope) -> Response:
    headers = {"cache-control": "no-cache", "vary": "Accept-Encoding"}
    if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(_gzipped(content), headers=headers, media_type=media_type)
    return Response(content, headers=headers, media_type=media_type)
