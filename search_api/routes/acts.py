"""Whether a caller may do what is asked, and the audit log's note of who did what."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from corpus.errors import PrecedentError
from search_api.access.audit import AuditLog
from search_api.access.caller import caller_of
from search_api.access.door import Door
from search_api.access.errors import ScopeError
from search_api.access.request_id import current_request_id
from search_api.access.scopes import OPEN_PATHS, needed
from search_api.problems import kind_of

__all__ = ["AUDITED", "Act", "audited", "charge", "check_scope", "goes_on"]

AUDITED = frozenset({"cancel_job", "rebuild_index", "remove_document", "resume_job", "upload"})
"""Operations that are noted, also where they are refused for want of a scope."""

_BEGUN = "act_begun"
"""In the state of a request: an act is under way, which is not given up with its client."""


@dataclass(slots=True)
class Act:
    """What is noted of an act; whoever does it fills in what it comes to.

    Attributes:
        object: what it is done to.
        details: more of it.
    """

    object: str
    details: dict[str, Any] = field(default_factory=dict)


@contextlib.asynccontextmanager
async def audited(request: Request, act: str, object_: str = "") -> AsyncIterator[Act]:
    """Note an act with its outcome; one that could not be noted is not begun.

    Once begun it goes on without its client (`goes_on`): a thread cannot be called back, so that a
    request given up would be noted as failed for what is done all the same.

    Raises:
        ServiceError: the log cannot be written.
    """
    log: AuditLog | None = request.app.state.audit
    doing = Act(object_)
    if log is None:
        yield doing
        return
    await asyncio.to_thread(log.check_writable)
    setattr(request.state, _BEGUN, True)
    outcome = "failed"
    try:
        yield doing
        outcome = "accepted"
    except asyncio.CancelledError:
        outcome = "unknown: the service stopped amid it"
        raise
    except PrecedentError as error:
        kind = kind_of(error)
        outcome = f"refused: {kind.name}" if kind else outcome
        raise
    finally:
        await asyncio.shield(asyncio.to_thread(_note, log, request, act, doing, outcome))


def goes_on(state: Mapping[str, Any]) -> bool:
    """Tell by the state of a request whether it goes on when its client has gone."""
    return bool(state.get(_BEGUN))


async def check_scope(request: Request) -> None:
    """Refuse what the caller's key does not allow; runs before every path of the application.

    Raises:
        ScopeError: names the scope that is needed.
    """
    if request.scope["path"] in OPEN_PATHS:
        return
    operation = getattr(request.scope.get("route"), "operation_id", None) or ""
    scope = needed(operation, request.scope["method"])
    if caller_of(request).may(scope):
        return
    log: AuditLog | None = request.app.state.audit
    if log is not None and operation in AUDITED:
        object_ = " ".join(str(value) for value in request.path_params.values())
        refused = Act(object_)
        await asyncio.to_thread(_note, log, request, operation, refused, f"refused: lacks {scope}")
    cause = f"lacks the scope {scope}, which this needs"
    raise ScopeError("the key", cause, "ask for a key that has it")


def charge(request: Request, requests: int) -> None:
    """Count a request that holds several as these, against the rate and the quota of its key.

    Raises:
        RateError: that is more than the key has left.
        InputError: that is more than the key ever has.
    """
    door: Door | None = request.app.state.door
    if door is not None:
        door.charge(caller_of(request).key_id, requests)


def _note(log: AuditLog, request: Request, act: str, doing: Act, outcome: str) -> None:
    details = {**doing.details, "request_id": current_request_id.get()}
    log.note(act, doing.object, outcome, actor=caller_of(request).actor, details=details)
