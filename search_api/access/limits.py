"""How much may be asked: so many requests a minute, so many a day.

Told as the draft "RateLimit header fields for HTTP" of the IETF has it (draft-ietf-httpapi-
ratelimit-headers-10): `RateLimit-Policy` names the bounds, `RateLimit` what remains of each.
"""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

__all__ = ["AddressBuckets", "Bucket", "Quotas", "Verdict", "address_of", "allowance"]

_MINUTE_S = 60.0
_MOST_ADDRESSES = 4096
"""Addresses remembered; beyond it the one not seen for longest is forgotten."""


class Bucket:
    """A minute's worth of requests, filled again as time goes by.

    Kept as the one number by which such a bucket is known: when it will be full (GCRA). Its size is
    given with each request, so that a bound that is changed holds from then on.
    """

    __slots__ = ("_full_at",)

    def __init__(self) -> None:
        self._full_at = -math.inf

    def take(self, rate: int, now: float, cost: int = 1) -> float:
        """Take `cost` of `rate` a minute; return 0, or the seconds until there are as many.

        What costs more than a whole bucket is let through when it is full, and paid for afterwards.
        """
        lasts = _MINUTE_S / rate * cost
        full_at = max(self._full_at, now) + lasts
        wait = full_at - now - max(_MINUTE_S, lasts)
        if wait > 1e-9:
            return wait
        self._full_at = full_at
        return 0.0

    def give_back(self, rate: int, cost: int = 1) -> None:
        """Put back what was taken; what has flowed back since is not put back twice."""
        self._full_at -= _MINUTE_S / rate * cost

    def remaining(self, rate: int, now: float) -> int:
        """Return how many may come at once."""
        return max(0, int((_MINUTE_S - self.full_in(now)) * rate / _MINUTE_S + 1e-9))

    def full_in(self, now: float) -> float:
        """Return the seconds until it is full."""
        return max(0.0, self._full_at - now)


class AddressBuckets:
    """A bucket for each address that was heard of lately."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, address: str, rate: int, now: float) -> float:
        """Take one of an address's; return 0, or the seconds until there is one."""
        bucket = self._buckets.get(address)
        if bucket is None:
            bucket = self._buckets[address] = Bucket()
            if len(self._buckets) > _MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(address)
        return bucket.take(rate, now)


def address_of(client: tuple[str, int] | None) -> str:
    """Return what stands for a client's address: of IPv6 the network, which is one household."""
    host = client[0] if client else ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:  # a socket file, or a test
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)


class Quotas:
    """Requests that keys have made today (UTC).

    Counted in memory and added to the keys' file once a second: a service that is killed forgets a
    second's worth.
    """

    def __init__(self) -> None:
        self._day = ""
        self._kept: dict[str, int] = {}
        self._new: dict[str, int] = {}

    def take(self, key_id: str, quota: int | None, now: datetime, cost: int = 1) -> bool:
        """Count a request, or what counts as several, unless it is more than the day has left."""
        self._turn(now)
        if quota is not None and self.spent(key_id) + cost > quota:
            return False
        self._new[key_id] = self._new.get(key_id, 0) + cost
        return True

    def give_back(self, key_id: str, now: datetime) -> bool:
        """Take a request off the count; return False where it stays, being in the file already."""
        self._turn(now)
        if self._new.get(key_id, 0) <= 0:
            return False
        self._new[key_id] -= 1
        return True

    def spent(self, key_id: str) -> int:
        """Return the requests that a key has made today."""
        return self._kept.get(key_id, 0) + self._new.get(key_id, 0)

    def _turn(self, now: datetime) -> None:
        day = f"{now:%Y-%m-%d}"
        if day != self._day:
            self._day, self._kept, self._new = day, {}, {}

    def handed_out(self, now: datetime) -> tuple[str, dict[str, int]]:
        """Return the day, and what is not in the file yet."""
        self._turn(now)
        return self._day, dict(self._new)

    def taken_over(self, day: str, added: Mapping[str, int], kept: Mapping[str, int]) -> None:
        """Take over what the file has, now that it has what was handed out."""
        if day != self._day:
            return
        self._kept = dict(kept)
        for key_id, requests in added.items():
            self._new[key_id] = self._new.get(key_id, 0) - requests  # the day may have come again
        self._new = {key_id: left for key_id, left in self._new.items() if left > 0}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request is within what was agreed.

    Attributes:
        retry_after_s: 0, or the seconds to wait.
        bound: what was passed, in words; "" where nothing was.
        headers: for the answer.
    """

    retry_after_s: int = 0
    bound: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def allowance(
    bucket: Bucket,
    quotas: Quotas,
    key_id: str,
    rate: int | None,
    quota: int | None,
    now: float,
    today: datetime,
    cost: int = 1,
    counted: int = 0,
) -> Verdict:
    """Count a request of a key; neither bound is touched by what the other refuses.

    Args:
        bucket: of the key.
        quotas: of all keys.
        key_id: of the key.
        rate: requests a minute, or None.
        quota: requests a day, or None.
        now: seconds of a clock that does not jump.
        today: the time by the clock on the wall, UTC.
        cost: requests that it counts as.
        counted: how many of these the day has counted already.
    """
    wait = 0.0 if rate is None else bucket.take(rate, now, cost)
    until_midnight = _until_midnight(today)
    bound = f"{rate} requests a minute" if wait else ""
    if not wait and not quotas.take(key_id, quota, today, cost - counted):
        wait, bound = until_midnight, f"{quota} requests a day"
        if rate is not None:
            bucket.give_back(rate, cost)
    policies, remaining = [], []
    if rate is not None:
        policies.append(f'"minute";q={rate};w=60')
        left = bucket.remaining(rate, now)
        seconds = bucket.full_in(now)
        remaining.append(f'"minute";r={left};t={math.ceil(seconds)}')
    if quota is not None:
        policies.append(f'"day";q={quota};w=86400')
        left = max(0, quota - quotas.spent(key_id))
        remaining.append(f'"day";r={left};t={math.ceil(until_midnight)}')
    if not policies:
        return Verdict()
    headers = {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(remaining)}
    return Verdict(math.ceil(wait), bound, headers)


def _until_midnight(today: datetime) -> float:
    tomorrow = (today + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (tomorrow.astimezone(UTC) - today).total_seconds()
