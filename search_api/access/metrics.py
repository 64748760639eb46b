"""Figures for Prometheus: how much is asked, how long it takes, how much is turned away.

Labels are operations and statuses, of which there are few; never a query, a symbol, an address or a
path, which would tell who looks for what, and of which there is no end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

__all__ = ["MEDIA_TYPE", "Metrics", "State"]

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_REFUSED: Final = {401: "key", 403: "scope", 429: "rate", 503: "busy"}

State = Callable[[], Iterator[tuple[str, str, dict[str, float]]]]
"""Yields (name, description, value by label) of figures that are looked up when they are asked for;
the label "" stands for none."""


class Metrics:
    """The figures of one application, in a registry of their own."""

    def __init__(self, state: State) -> None:
        """Take what to look up at each reading."""
        self._registry = CollectorRegistry(auto_describe=False)
        self._requests = Counter(
            "precedent_requests",
            "Requests answered, by operation and status.",
            ["operation", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "precedent_request_seconds",
            "Time to the end of the answer, by operation.",
            ["operation"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._refused = Counter(
            "precedent_refused",
            "Requests turned away: without a key or scope, beyond a rate, or for want of room.",
            ["why"],
            registry=self._registry,
        )
        self._in_flight = Gauge(
            "precedent_requests_in_flight", "Requests under way.", registry=self._registry
        )
        for why in _REFUSED.values():
            self._refused.labels(why)
        self._children: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
        self._registry.register(_Looked(state))

    def begun(self) -> None:
        """Count a request that has come."""
        self._in_flight.inc()

    def ended(self, operation: str, status: int, took_s: float) -> None:
        """Count a request that is answered."""
        self._in_flight.dec()
        child = self._children.get((operation, status))
        if child is None:  # looking a label up takes most of the time
            child = (
                self._requests.labels(operation, str(status)),
                self._seconds.labels(operation),
            )
            self._children[operation, status] = child
        child[0].inc()
        child[1].observe(took_s)
        if status in _REFUSED:
            self._refused.labels(_REFUSED[status]).inc()

    def text(self) -> bytes:
        """Return all of it as Prometheus reads it."""
        return generate_latest(self._registry)


class _Looked(Collector):
    """Figures that are looked up when they are asked for."""

    def __init__(self, state: State) -> None:
        self._state = state

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield each figure as it is now."""
        for name, description, values in self._state():
            label = next(iter(values), "")
            labels = ["state"] if label else []
            family = GaugeMetricFamily(name, description, labels=labels)
            for key, value in values.items():
                family.add_metric([key] if labels else [], value)
            yield family
