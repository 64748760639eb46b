"""Figures of a run, and whether it was as it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from benchmarks.soak.asking import Answer
from benchmarks.soak.changing import Publication
from benchmarks.soak.watching import Sample

__all__ = ["GROWTH_SHARE", "by_kind", "memory", "overload", "publications", "table"]

GROWTH_SHARE = 0.05
"""Flat is what grows by no more of its mean than this over the last two thirds of the run, or by no
more than these: connections come and go, and a generation has its size."""

_SLACK = {
    "rss_mb": 20.0,
    "pss_mb": 20.0,
    "own_mb": 20.0,
    "files": 8.0,
    "threads": 2.0,
    "disk_mb": 20.0,
    "generations": 1.0,
}


def _ms(latencies: Sequence[float]) -> dict[str, float]:
    held = np.array(latencies) * 1000
    points = {f"p{each}_ms": round(float(np.percentile(held, each)), 1) for each in (50, 95, 99)}
    return points | {"max_ms": round(float(held.max()), 1)}


def is_error(answer: Answer) -> bool:
    """Tell whether a request did not get what it asked for."""
    return not 200 <= answer.status < 300


def by_kind(answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """Return count, errors and latencies of each kind of request."""
    kinds = dict.fromkeys(sorted({each.kind for each in answers}))
    told: dict[str, dict[str, float]] = {}
    for kind in kinds:
        held = [each for each in answers if each.kind == kind]
        errors = sum(map(is_error, held))
        told[kind] = {"requests": len(held), "errors": errors} | _ms([e.latency_s for e in held])
    return told


def slope(at: Sequence[float], values: Sequence[float]) -> float:
    """Return the Theil-Sen slope: the median of those of all pairs.

    While a generation is changed over two of them are in memory; a line fitted by least squares
    follows wherever such a peak happens to stand.
    """
    x, y = np.array(at), np.array(values)
    first, second = np.triu_indices(len(x), 1)
    return float(np.median((y[second] - y[first]) / (x[second] - x[first])))


def memory(samples: Sequence[Sample]) -> dict[str, object]:
    """Return how much was taken, and whether that grew over the last two thirds."""
    late = samples[len(samples) // 3 :]
    at = [each.at_s for each in late]
    told: dict[str, object] = {
        "bound_share": GROWTH_SHARE,
        "slack": _SLACK,
        "over_s": round(at[-1] - at[0]),
    }
    flat = True
    for name, slack in _SLACK.items():
        values = [float(getattr(each, name)) for each in late]
        grown = slope(at, values) * (at[-1] - at[0])
        share = grown / float(np.mean(values))
        flat = flat and (share <= GROWTH_SHARE or grown <= slack)
        told[name] = {
            "mean": round(float(np.mean(values)), 1),
            "max": round(max(float(getattr(each, name)) for each in samples), 1),
            "grown": round(grown, 2),
            "grown_share": round(share, 4),
        }
    seconds = samples[-1].at_s - samples[0].at_s
    cores = (samples[-1].cpu_s - samples[0].cpu_s) / seconds
    children = max(each.children_mb for each in samples)
    return told | {
        "verdict": "flat" if flat else "grows",
        "jobs_max_mb": round(children, 1),
        "cores_busy": round(cores, 2),
    }


def publications(done: Sequence[Publication], answers: Sequence[Answer]) -> dict[str, object]:
    """Return how long changes took, and what searching felt of them."""
    felt = [each for each in answers if each.kind in ("new search", "repeated search")]
    during: list[float] = []
    pauses: list[float] = []
    quiet: list[float] = []
    for each in felt:
        jobs = [one for one in done if one.began <= each.due <= one.served]
        (during if jobs else quiet).append(each.latency_s)
    for one in done:
        swapped = [e.latency_s for e in felt if one.done - 2 <= e.due <= one.served + 0.5]
        pauses.append(max(swapped, default=0.0))
    told: dict[str, object] = {
        "count": len(done),
        "states": dict(Counter(each.state for each in done)),
    }
    if not done or not during or not quiet:
        return told
    return told | {
        "asked_to_done_s": round(float(np.median([each.done - each.began for each in done])), 1),
        "done_to_served_s": round(float(np.median([each.served - each.done for each in done])), 1),
        "searches_while_none": {"requests": len(quiet)} | _ms(quiet),
        "searches_meanwhile": {"requests": len(during)} | _ms(during),
        "longest_search_at_a_swap_ms": round(max(pauses) * 1000, 1),
    }


def overload(answers: Sequence[Answer], rate: float, recovery_s: float) -> dict[str, object]:
    """Return what became of those who asked too much."""
    answered = [each.latency_s for each in answers if not is_error(each)]
    refused = [each for each in answers if each.status in (429, 503)]
    statuses = Counter(str(each.status) if each.status else each.told for each in answers)
    gone = statuses.get("TimeoutError", 0)
    return {
        "rate_per_s": rate,
        "requests": len(answers),
        "shares": {each: round(n / len(answers), 4) for each, n in sorted(statuses.items())},
        "left_by_themselves": gone,
        "refused": len(refused),
        "refused_without_retry_after": sum(not each.retry_after for each in refused),
        "faults": sum(each.status >= 500 and each.status != 503 for each in answers),
        "answered": _ms(answered) if answered else {},
        "refused_latency": _ms([each.latency_s for each in refused]) if refused else {},
        "recovery_s": round(recovery_s, 1),
    }


def table(kept: dict[str, object]) -> str:
    """Return a kept result as the table of `docs/serving.md`."""
    kinds: dict[str, dict[str, float]] = kept["asked"]  # type: ignore[assignment]
    rows = [
        f"| {kind} | {one['requests']:,.0f} | {one['errors']:.0f} | {one['p50_ms']:,.0f} | "
        f"{one['p95_ms']:,.0f} | {one['p99_ms']:,.0f} | {one['max_ms']:,.0f} |"
        for kind, one in kinds.items()
    ]
    head = "| request | asked | errors | p50 ms | p95 ms | p99 ms | longest ms |"
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|---:|", *rows])
