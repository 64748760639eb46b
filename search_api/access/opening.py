"""Whether the service may open where it is told to: elsewhere than here, with keys alone."""

from __future__ import annotations

import contextlib
import logging

from corpus.errors import ServiceError
from search_api.access.keys import KeyFile
from search_api.settings import Settings, is_loopback

__all__ = ["check_bound", "check_keys"]

_log = logging.getLogger(__name__)

_OUTSIDE = (
    "listen on 127.0.0.1, or make a key (`precedent keys add NAME --scope read`) and set "
    "PRECEDENT_REQUIRE_KEYS=on; PRECEDENT_REQUIRE_KEYS=outside only where something else keeps "
    "others out (docs/access.md)"
)


def check_keys(settings: Settings) -> None:
    """Refuse to serve where others reach the service and nothing would ask who they are.

    Raises:
        ServiceError: keys are off elsewhere than on this machine, or none could open anything.
    """
    if settings.require_keys == "off" and not is_loopback(settings.host):
        cause = "reaches beyond this machine, and keys are switched off"
        raise ServiceError(settings.host, cause, _OUTSIDE)
    if not settings.requires_keys:
        return
    with contextlib.suppress(OSError):
        if settings.keys_file.stat().st_mode & 0o077:
            _log.warning("%s: others than its owner may use it; chmod 600", settings.keys_file)
    if not any(key.state() == "active" for key in KeyFile(settings.keys_file).all()):
        raise ServiceError(
            str(settings.keys_file),
            f"has no key that could be used, and {settings.host} needs one",
            "make one with `precedent keys add NAME --scope read --scope write`",
        )


def check_bound(settings: Settings, address: str) -> None:
    """Refuse to serve where a name that passes for this machine's is not, and tell what is open.

    Args:
        settings: what to run with.
        address: what is listened on, as the system has it.

    Raises:
        ServiceError: it is reached from elsewhere, and needs no key.
    """
    if settings.log_queries:
        _log.warning("queries are logged: PRECEDENT_LOG_QUERIES is on")
    if settings.requires_keys or is_loopback(address):
        return
    if settings.require_keys != "outside":
        cause = f"is {address}, which reaches beyond this machine, and no key is required"
        raise ServiceError(settings.host, cause, _OUTSIDE)
    _log.warning(
        "no key is required on %s: PRECEDENT_REQUIRE_KEYS=outside says that something else keeps "
        "others out",
        address,
    )
