"""Name what breaks callers between two descriptions of the API.

`python -m tools.api_changes docs/openapi-v1.json docs/openapi.json` prints each change that a
program written for the first could stumble over under the second, and ends with 1 if there is any.
What docs/api.md calls a change that may come within v1 is none: new paths, new parameters and
fields that may be left out, new fields and values in answers, wider bounds of what is taken.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

__all__ = ["breaking_changes", "main"]

_Schema = dict[str, Any]
_Way = Literal["taken", "given"]

_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")


def breaking_changes(old: _Schema, new: _Schema) -> list[str]:
    """Return what breaks callers of `old` under `new`, each in a line that names the place."""
    return list(dict.fromkeys(_Comparison(old, new).changes()))


class _Comparison:
    """Two OpenAPI 3.1 documents."""

    def __init__(self, old: _Schema, new: _Schema) -> None:
        self._old = old
        self._new = new
        self._seen: set[tuple[str, str, _Way]] = set()

    def changes(self) -> Iterator[str]:
        for path, methods in self._old["paths"].items():
            for method, operation in methods.items():
                place = f"{method.upper()} {path}"
                later = self._new["paths"].get(path, {}).get(method)
                if later is None:
                    yield f"{place}: is gone"
                else:
                    yield from self._operation(operation, later, place)

    def _operation(self, old: _Schema, new: _Schema, place: str) -> Iterator[str]:
        if old["operationId"] != new["operationId"]:
            yield f"{place}: is called {new['operationId']}, was {old['operationId']}"
        yield from self._parameters(old, new, place)
        body, later = old.get("requestBody", {}), new.get("requestBody", {})
        if later.get("required") and not body.get("required"):
            yield f"{place}: needs a body"
        yield from self._contents(body, later, f"{place} body", "taken")
        for status, answer in old["responses"].items():
            if status < "400":
                if status not in new["responses"]:
                    yield f"{place}: is not answered with {status} any more"
                else:
                    later = new["responses"][status]
                    yield from self._contents(answer, later, f"{place} {status}", "given")

    def _parameters(self, old: _Schema, new: _Schema, place: str) -> Iterator[str]:
        known = {(one["in"], one["name"]): one for one in old.get("parameters", ())}
        later = {(one["in"], one["name"]): one for one in new.get("parameters", ())}
        for key, one in known.items():
            if key not in later:
                yield f"{place} {key[1]}: is not taken any more"
            else:
                at = f"{place} {key[1]}"
                yield from self._schema(one["schema"], later[key]["schema"], at, "taken")
        for key, one in later.items():
            was_needed = known.get(key, {}).get("required", False)
            if one.get("required", False) and not was_needed:
                yield f"{place} {key[1]}: has to be given"

    def _contents(self, old: _Schema, new: _Schema, place: str, way: _Way) -> Iterator[str]:
        for media_type, described in old.get("content", {}).items():
            later = new.get("content", {}).get(media_type)
            if later is None:
                yield f"{place}: {media_type} is gone"
            else:
                yield from self._schema(
                    described.get("schema", {}), later.get("schema", {}), place, way
                )

    def _schema(self, old: _Schema, new: _Schema, place: str, way: _Way) -> Iterator[str]:
        names = (old.get("$ref", ""), new.get("$ref", ""), way)
        if all(names):
            if names in self._seen:
                return
            self._seen.add(names)
        before, after = self._alternatives(self._old, old), self._alternatives(self._new, new)
        if way == "taken" and before.keys() - after.keys() and "any" not in after:
            yield f"{place}: no {_named(before.keys() - after.keys())} is taken any more"
        if way == "given" and after.keys() - before.keys() and "any" not in before:
            yield f"{place}: may be {_named(after.keys() - before.keys())} now"
        for kind in before.keys() & after.keys():
            yield from self._alike(before[kind], after[kind], place, way)

    def _alternatives(self, document: _Schema, schema: _Schema) -> dict[str, _Schema]:
        """Return what a value may be, by type."""
        while "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        found: dict[str, _Schema] = {}
        for one in schema.get("anyOf", schema.get("oneOf", ())):
            found |= self._alternatives(document, one)
        return found or {schema.get("type", "any"): schema}

    def _alike(self, old: _Schema, new: _Schema, place: str, way: _Way) -> Iterator[str]:
        """Compare two schemas of one type."""
        if way == "taken":
            yield from _narrowed(old, new, place)
        for name, field in old.get("properties", {}).items():
            if name not in new.get("properties", {}):
                yield f"{place}.{name}: is gone"
            else:
                later = new["properties"][name]
                yield from self._schema(field, later, f"{place}.{name}", way)
        for member in ("items", "additionalProperties"):
            inner, later = old.get(member), new.get(member)
            if isinstance(inner, dict) and isinstance(later, dict):
                yield from self._schema(inner, later, f"{place}[]", way)


def _narrowed(old: _Schema, new: _Schema, place: str) -> Iterator[str]:
    """Name what was taken and is not any more."""
    for name in new.get("required", ()):
        if name not in old.get("required", ()):
            yield f"{place}.{name}: has to be given"
    before, after = _values(old), _values(new)
    if after is not None and (before is None or not before <= after):
        gone = "anything else" if before is None else _named(before - after)
        yield f"{place}: {gone} is not taken any more"
    for bound in (*_MOST, *_LEAST):
        limit, was = new.get(bound), old.get(bound)
        is_most = bound in _MOST
        if limit is not None and (was is None or (limit < was if is_most else limit > was)):
            yield f"{place}: {bound} is {limit}, was {'none' if was is None else was}"
    if new.get("pattern") not in (None, old.get("pattern")):
        yield f"{place}: has to be of another form"


def _values(schema: _Schema) -> set[str] | None:
    """Return the values that are taken, or None for all of the type."""
    listed = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if listed is None else {json.dumps(each) for each in listed}


def _named(found: Any) -> str:
    return ", ".join(sorted(found))


def main() -> None:
    """Compare the two files that are named."""
    old, new = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    found = breaking_changes(old, new)
    for each in found:
        sys.stdout.write(f"{each}\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
