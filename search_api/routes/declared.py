"""Parameters of the query string: only those that a path declares, and each as often as it may be.

One that is passed over would give answers that look filtered and are not. Models of parameters say
so for themselves; here it holds for every path, those that take a body or nothing at all too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

__all__ = ["check_query"]

_LISTS = frozenset({frozenset, list, set, tuple})


async def check_query(request: Request) -> None:
    """Refuse with 422 a parameter that the path does not declare, or that comes once too often.

    Raises:
        RequestValidationError: names each of them; nothing has been done yet.
    """
    route = request.scope.get("route")
    if not request.url.query or not isinstance(route, APIRoute):
        return
    declared = dict(_declared(route.dependant))
    given = request.query_params
    wrong = [
        _error(name, "extra_forbidden", "Extra inputs are not permitted")
        if name not in declared
        else _error(name, "given_twice", "Input should be given once")
        for name in given
        if name not in declared or (not declared[name] and len(given.getlist(name)) > 1)
    ]
    if wrong:
        raise RequestValidationError(wrong)


def _declared(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    """Yield the names of query parameters, each with whether it may be given several times."""
    for parameter in dependant.query_params:
        kind = parameter.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                yield field.alias or name, _is_list(field.annotation)
        else:
            yield parameter.alias, _is_list(kind)
    for each in dependant.dependencies:
        yield from _declared(each)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) in _LISTS or any(_is_list(each) for each in get_args(kind))


def _error(name: str, kind: str, message: str) -> dict[str, Any]:
    return {"type": kind, "loc": ("query", name), "msg": message, "input": None}
