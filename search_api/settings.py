"""Settings of the service, described and bounded in one place.

Each is read from the environment once, at start, and then frozen. The name of its variable is
`PRECEDENT_` and the field's name in capitals, but for the two folders, whose variables are those
that every other command reads: `PRECEDENT_INDEX` and `PRECEDENT_MODELS`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus.errors import InputError
from indexer.home import default_index_dir

__all__ = ["Settings", "variable_name"]

_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_FOLDERS = {"index_dir": "PRECEDENT_INDEX", "models_dir": "PRECEDENT_MODELS"}


def variable_name(field: str) -> str:
    """Return the environment variable that sets a field of `Settings`."""
    return _FOLDERS.get(field, f"PRECEDENT_{field.upper()}")


class Settings(BaseModel):
    """What the service runs with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="Address to listen on. The default is reachable from this machine only.",
    )
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one."
    )
    index_dir: Path = Field(
        default_factory=default_index_dir, description="Folder of the published index."
    )
    models_dir: Path | None = Field(
        default=None,
        description="Folder of embedding models; by default the one of `precedent models`.",
    )
    allowed_hosts: tuple[str, ...] = Field(
        default=(),
        description=(
            "Names, separated by commas, that a request's Host header may carry beside "
            "localhost, 127.0.0.1, [::1], testserver and `host`. All others are refused, so that "
            "a page on the web cannot reach the service by pointing its own name at this machine."
        ),
    )
    max_body_bytes: int = Field(
        default=262_144, ge=1024, le=16_777_216, description="Longest request body, in bytes."
    )
    engine_threads: int = Field(
        default=min(4, os.cpu_count() or 1),
        ge=1,
        le=64,
        description="Searches answered at the same time.",
    )
    max_waiting: int = Field(
        default=64,
        ge=1,
        le=10_000,
        description="Requests that may wait for a thread; more are refused.",
    )
    request_timeout_s: float = Field(
        default=30.0,
        gt=0,
        le=600,
        description="Longest that one answer may take, waiting included.",
    )
    body_timeout_s: float = Field(
        default=10.0, gt=0, le=600, description="Longest that a request may take to arrive."
    )
    poll_s: float = Field(
        default=1.0,
        ge=0.01,
        le=3600,
        description="Seconds between looks for a newly published index.",
    )
    reopen_s: float = Field(
        default=10.0,
        ge=0,
        le=3600,
        description="Seconds before an index that did not open is tried again.",
    )
    shutdown_timeout_s: int = Field(
        default=5,
        ge=1,
        le=300,
        description="Seconds that requests in flight are given when stopping.",
    )
    access_log: bool = Field(
        default=False,
        description=(
            "Log each request: method, path and status, never the query string. Off by default, "
            "because a path can tell which document was read."
        ),
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe message that is logged."
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _name_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        names = tuple(name.lower() for name in value)
        for name in names:
            if not _HOST_NAME.fullmatch(name):
                raise ValueError(f"{name!r} is not a host name without a port")
        return names

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: object) -> Self:
        """Read settings from `PRECEDENT_*`; what is `given` (and not None) takes precedence.

        Raises:
            InputError: a value is out of bounds or not of its kind; names the variable, or the
                field where it was given.
        """
        values: dict[str, object] = {
            field: environment[variable_name(field)]
            for field in cls.model_fields
            if environment.get(variable_name(field))
        }
        values.update({field: value for field, value in given.items() if value is not None})
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = str(first["loc"][0])
            subject = field if given.get(field) is not None else variable_name(field)
            known = cls.model_fields.get(field)
            raise InputError(
                subject,
                f"{first['msg']} (got {values[field]!r})",
                f"what it sets: {known.description}" if known else "no such setting",
            ) from error
