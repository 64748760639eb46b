"""Every operation that tells something, asked for everything that might be a trace."""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from httpx import Response

from search_api.openapi import render

__all__ = ["Asked", "answers_of", "requests_for"]

Asked = tuple[str, str, dict[str, Any] | None]
"""Method, address, body."""

DOCUMENT: dict[str, Any] = json.loads(render())

CHANGING = {
    "create_collection", "change_collection", "remove_collection", "add_entry", "change_entry",
    "remove_entry", "remove_document", "rebuild_index", "upload", "cancel_job", "resume_job",
    "import_library", "wipe_library", "save_search", "change_search", "remove_search",
    "mark_search_seen",
}  # fmt: skip
"""Operations that change something: asked for one by one, in the other tests of this folder."""


def _bodies(words: Sequence[str], passages: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return what is asked of each operation that takes a body."""
    searches = [{"query": word, "k": 50} for word in words]
    citations = [p.partition("@")[0].partition(":")[0].replace("_", "/") for p in passages]
    return {
        "search": [
            *searches,
            {"query": words[0], "group_by_document": True, "explain": True},
            {"query": f'"{words[0]}"', "signals": "lexical"},
            *({"query": f"{citation}, para. 1"} for citation in citations),
        ],
        "search_batch": [
            {"searches": searches},
            {"searches": [{"query": words[0]}, {"query": words[0], "cursor": "none"}]},
        ],
        "compare": [{"first": a, "second": b} for a, b in itertools.pairwise(passages)],
        "export": [
            {"passage_ids": list(passages), "format": "jsonl"},
            {"passage_ids": list(passages), "format": "ris"},
        ],
        "precedents": [{"text": f"1. Urges {' '.join(words)};"}, {"text": words[0]}],
        "table": [{"rows": [{"issue": words[0]}], "format": "csv"}],
        "table_rows": [{"references": [*passages, *(f"{each}, para. 1" for each in citations)]}],
        "read_table": [{"name": "table.csv", "content": "SXNzdWUKV2F0ZXIK"}],
        "trends": [{"queries": [word], "how": how} for word in words for how in _HOW],
        "trends_file": [{"queries": [words[0]]}],
        "trends_words": [{"query": word} for word in words],
        "verify": [{"text": f"{citation}, para. 1"} for citation in citations],
        "statement": [{"text": f"As {citations[0]}, para. 1, says: “{words[0]}”."}],
        "draft_text": [{"name": "draft.txt", "content": "QS9IUkMvMTUvMTYsIHBhcmEuIDEy"}],
    }


def requests_for(
    words: Sequence[str], passages: Sequence[str], documents: Sequence[str]
) -> Iterator[tuple[str, Asked]]:
    """Yield (operation, what is asked of it) for every operation that the document lists.

    One that takes a body and is new has to be given one in `_bodies`.
    """
    bodies = _bodies(words, passages)
    values: dict[str, Sequence[str]] = {
        "passage_id": passages,
        "symbol": documents,
        "named": [*documents, *passages],
        "document": documents,
        "page": ["1"],
        "collection_id": ["1"],
        "search_id": ["1"],
        "job_id": ["20250504-101500-3f2a91"],
    }
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            name = operation["operationId"]
            if name in CHANGING:
                continue
            if "requestBody" in operation:
                yield from ((name, (method, path, body)) for body in bodies[name])
                continue
            for address in _addresses(path, values):
                for question in _questions(operation, words):
                    yield name, (method, address + question, None)


def _addresses(path: str, values: dict[str, Sequence[str]]) -> Iterator[str]:
    names = re.findall(r"\{(\w+)\}", path)
    for chosen in itertools.product(*(values[name] for name in names)):
        address = path
        for name, value in zip(names, chosen, strict=True):
            address = address.replace(f"{{{name}}}", quote(value, safe="/:@~"))
        yield address


def _questions(operation: dict[str, Any], words: Sequence[str]) -> Iterator[str]:
    given = {
        each["name"]: each for each in operation.get("parameters", []) if each["in"] == "query"
    }
    if not given.get("q", {}).get("required"):
        yield ""
    if "q" in given:
        yield from (f"?q={quote(word)}" for word in words)


_HOW = ("words", "meaning")

_VARYING = re.compile(
    r'"(?:\w+_ms|published_at)":\s*(?:"[^"]*"|\{[^}]*\}|[0-9.eE+-]+)|/[^"\s]*/(?:index|library\.sqlite)\b'
)
"""Times, and the folders that one corpus and the other lie in."""


_OWN = {"date", "etag"}
"""Of each service by itself; a tag is of an index, by the name that was drawn for it: that a tag
does not change with what is restricted is tested with one index, in `test_serving`."""


_CURSOR = re.compile(r'(cursor(?:=|":\s*"))([\w-]{16,})')
_SEAL_BYTES = 6


def _opened(found: re.Match[str]) -> str:
    """Return a cursor without its seal and the name of its index, which each service has."""
    sealed = base64.urlsafe_b64decode(found[2] + "=" * (-len(found[2]) % 4))
    what, after, _, generation = json.loads(sealed[_SEAL_BYTES:])
    return f"{found[1]}{what} {after} {generation}"


def answers_of(response: Response) -> tuple[int, dict[str, str], bytes | str]:
    """Return what of an answer must be the same: status, headers, and the body."""
    headers = {name: value for name, value in response.headers.items() if name not in _OWN}
    if "link" in headers:
        headers["link"] = _CURSOR.sub(_opened, headers["link"])
    body = response.content
    if "json" in headers.get("content-type", ""):
        headers.pop("content-length", None)
        return response.status_code, headers, _CURSOR.sub(_opened, _VARYING.sub("", body.decode()))
    if "wordprocessing" in headers.get("content-type", ""):
        headers.pop("content-length", None)
        return response.status_code, headers, b""
    return response.status_code, headers, body
