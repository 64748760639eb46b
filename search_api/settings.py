"""Settings of the service, described and bounded in one place.

Each is read from the environment once, at start, and then frozen. The name of its variable is
`PRECEDENT_` and the field's name in capitals, but for what other commands read as well:
`PRECEDENT_INDEX`, `PRECEDENT_MODELS`, `PRECEDENT_LIBRARY`, `PRECEDENT_KEYS` and `PRECEDENT_AUDIT`.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from corpus.errors import InputError
from corpus.restricted import is_name
from indexer.home import default_index_dir
from library.place import library_path
from search_api.access.place import NO_AUDIT, audit_path, keys_path

__all__ = ["Settings", "is_loopback", "variable_name"]

_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_PLACES = {
    "index_dir": "PRECEDENT_INDEX",
    "models_dir": "PRECEDENT_MODELS",
    "library_file": "PRECEDENT_LIBRARY",
    "keys_file": "PRECEDENT_KEYS",
    "audit_file": "PRECEDENT_AUDIT",
}
_ORIGIN = re.compile(r"https?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?")


def is_loopback(host: str) -> bool:
    """Tell whether an address is one that only this machine reaches."""
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:  # a name; only this one is sure, and `127.example` is one too
        return host.lower() == "localhost"


def variable_name(field: str) -> str:
    """Return the environment variable that sets a field of `Settings`."""
    return _PLACES.get(field, f"PRECEDENT_{field.upper()}")


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
    library_file: Path = Field(
        default_factory=library_path,
        description="File of collections and saved searches; made when the first is kept.",
    )
    allowed_hosts: tuple[str, ...] = Field(
        default=(),
        description=(
            "Names, separated by commas, that a request's Host header may carry beside "
            "localhost, 127.0.0.1, [::1] and `host`. All others are refused, so that a page on the "
            "web cannot reach the service by pointing its own name at this machine."
        ),
    )
    cors_origins: tuple[str, ...] = Field(
        default=(),
        description=(
            "Origins, separated by commas, whose pages may ask and read answers in a browser, such "
            "as https://search.example.org. No page of another address may, by default."
        ),
    )
    require_keys: Literal["auto", "on", "off", "outside"] = Field(
        default="auto",
        description=(
            "Whether requests need a key; auto: unless it listens on this machine only. off: none, "
            "and it listens on this machine only. outside: none on any address, because others "
            "are kept out by something else: a container's ports, a proxy that asks who it is."
        ),
    )
    keys_file: Path = Field(
        default_factory=keys_path, description="File of the keys; `precedent keys add` makes it."
    )
    audit_file: Path | None = Field(
        default_factory=audit_path,
        description="File in which uploads and administrative acts are noted; off: none are.",
    )
    address_rate: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="Requests a minute from one address where no key is needed; none: any number.",
    )
    uploads: Literal["auto", "on", "off"] = Field(
        default="auto",
        description=(
            "Whether documents may be uploaded and removed, and the index rebuilt, through the "
            "service; auto: where it listens on this machine only, or needs a key."
        ),
    )
    local_restricted: tuple[str, ...] = Field(
        default=(),
        description=(
            "Names, separated by commas, of the restricted collections that whoever needs no key "
            "may see; only where the service listens on this machine alone (docs/restricted.md)."
        ),
    )
    view_idle_s: float = Field(
        default=600.0,
        gt=0,
        le=86_400,
        description="Seconds without a request after which a restricted view is closed.",
    )
    max_upload_files: int = Field(
        default=500, ge=1, le=10_000, description="Most files in one upload."
    )
    max_upload_file_bytes: int = Field(
        default=67_108_864, ge=1024, le=268_435_456, description="Longest uploaded file, in bytes."
    )
    max_upload_bytes: int = Field(
        default=268_435_456, ge=1024, le=4_294_967_296, description="Longest upload, in bytes."
    )
    max_body_bytes: int = Field(
        default=4_194_304, ge=1024, le=16_777_216, description="Longest request body, in bytes."
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
    max_connections: int = Field(
        default=256,
        ge=1,
        le=10_000,
        description=(
            "Connections open at the same time. Where they are taken, one without a request gives "
            "way; where all have one, a client is told to come back."
        ),
    )
    max_streams: int = Field(
        default=32,
        ge=1,
        le=10_000,
        description="Answers sent line by line or event by event at the same time.",
    )
    max_unsent_bytes: int = Field(
        default=268_435_456,
        ge=1_048_576,
        description="Bytes of answers that clients have not taken; past it, the slowest are cut.",
    )
    head_timeout_s: float = Field(
        default=10.0, gt=0, le=600, description="Longest that a request's headers may take."
    )
    keep_alive_s: int = Field(
        default=30, ge=1, le=600, description="Longest that a connection is kept without a request."
    )
    taking_timeout_s: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="Seconds in which a client must take 1 KiB each of an answer, or is cut off.",
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
    log_format: Literal["text", "json"] = Field(
        default="text",
        description=(
            "text: lines for people. json: an object a line, for programs, and one for each "
            "request with its operation, status and time."
        ),
    )
    log_queries: bool = Field(
        default=False,
        description=(
            "Log what is searched. Whoever reads the log then knows what people look for; meant "
            "for finding a fault, with data of one's own."
        ),
    )
    metrics: bool = Field(
        default=True,
        description="Answer /metrics, for Prometheus; a key with `admin`, where keys are needed.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe message that is logged."
    )

    @property
    def takes_uploads(self) -> bool:
        """Whether the corpus may be changed through the service."""
        closed = is_loopback(self.host) or self.requires_keys
        return self.uploads == "on" or (self.uploads == "auto" and closed)

    @property
    def requires_keys(self) -> bool:
        """Whether requests need a key."""
        return self.require_keys == "on" or (
            self.require_keys == "auto" and not is_loopback(self.host)
        )

    @field_validator("audit_file", mode="before")
    @classmethod
    def _no_file(cls, value: object) -> object:
        return None if value == NO_AUDIT else value

    @field_validator("cors_origins")
    @classmethod
    def _name_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        names = tuple(name.lower().rstrip("/") for name in value)
        for name in names:
            if not _ORIGIN.fullmatch(name):
                raise ValueError(f"{name!r} is not an origin such as https://search.example.org")
        return names

    @field_validator("allowed_hosts", "cors_origins", "local_restricted", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("local_restricted")
    @classmethod
    def _name_collections(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if not is_name(name):
                raise ValueError(f"{name!r} is not one to forty of a-z, 0-9 and -")
        return value

    @field_validator("local_restricted")
    @classmethod
    def _keep_local(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        host = str(info.data.get("host", ""))
        if value and not is_loopback(host):
            raise ValueError(f"are shown without a key on this machine only, not on {host}")
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
