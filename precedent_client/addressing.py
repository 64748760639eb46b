"""Addresses: of the service, of what it is asked for, and whether a key may travel there."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from urllib.parse import quote

import httpx

from precedent_client.errors import ServiceAwayError, UnsafeKeyError
from search_api.schemas import Filters

__all__ = [
    "DEFAULT_URL",
    "KEY_VARIABLE",
    "PLAIN_VARIABLE",
    "URL_VARIABLE",
    "Params",
    "api_url",
    "check_key",
    "checked_url",
    "filter_params",
    "params_of",
    "segment",
    "symbol_path",
]

DEFAULT_URL = "http://127.0.0.1:8000"
URL_VARIABLE = "PRECEDENT_API_URL"
KEY_VARIABLE = "PRECEDENT_API_KEY"
PLAIN_VARIABLE = "PRECEDENT_API_PLAIN_HTTP"

Params = dict[str, list[str]]
"""Parameters of a query string, each with its values."""


def api_url(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address of the search service: PRECEDENT_API_URL, else port 8000 here."""
    return environment.get(URL_VARIABLE) or DEFAULT_URL


def checked_url(url: str) -> str:
    """Return an address without the slash at its end.

    Raises:
        ServiceAwayError: it is none of http or https, or has a name and password in it, which
            would end in messages and logs.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise ServiceAwayError("the address of the service", "cannot be read") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise ServiceAwayError(url, f"no address of a service; one is {DEFAULT_URL}")
    if parsed.userinfo:
        raise ServiceAwayError(
            "the address of the service", f"holds a password; give a key in {KEY_VARIABLE} instead"
        )
    return url.rstrip("/")


def check_key(url: str, key: str, *, plain_http: bool) -> None:
    """Refuse to send a key where others on the way could read it; no message repeats the key.

    Raises:
        UnsafeKeyError: the address is plain http and not this machine's, or the key has characters
            that no key has.
    """
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise UnsafeKeyError(url, "the key has characters that no key has; copy it once more")
    address = httpx.URL(url)
    if address.scheme == "https" or plain_http or _is_this_machine(address.host):
        return
    raise UnsafeKeyError(
        url,
        "a key is not sent over plain http to another machine, where others can read it; use an "
        f"address of https, or set {PLAIN_VARIABLE}=1 (plain_http=True) where the network between "
        "is yours alone",
    )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def segment(key: str) -> str:
    """Return a key quoted, slashes too, so that it stays one part of a path and none above it."""
    quoted = quote(key, safe="")
    return quoted.replace(".", "%2E") if key in {".", ".."} else quoted


def symbol_path(symbol: str) -> str:
    """Return a symbol quoted, its slashes left as they are."""
    return "/".join(segment(part) for part in symbol.split("/"))


def filter_params(filters: Filters | None) -> Params:
    """Return filters as parameters."""
    if filters is None:
        return {}
    params: Params = {
        name: list(values)
        for name in ("kind", "body", "country", "language", "symbol", "status")
        if (values := getattr(filters, name))
    }
    if filters.year_from is not None or filters.year_to is not None:
        params["year"] = [f"{filters.year_from or ''}..{filters.year_to or ''}"]
    return params


def params_of(**values: str | float | bool | None) -> Params:
    """Return parameters, those that are None left out."""
    return {
        name: [str(value).lower() if isinstance(value, bool) else str(value)]
        for name, value in values.items()
        if value is not None
    }
