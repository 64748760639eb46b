"""What `benchmarks.soak` concludes of what it saw: growth is found, and a peak is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.soak.asking import Answer
from benchmarks.soak.changing import Publication
from benchmarks.soak.judging import by_kind, memory, overload, publications
from benchmarks.soak.watching import Sample

STEADY = Sample(at_s=0, rss_mb=900, pss_mb=850, own_mb=600, children_mb=0, files=80, threads=40,
                disk_mb=400, generations=2, cpu_s=0)  # fmt: skip


def half_an_hour(**grown: float) -> list[Sample]:
    """Return samples of half an hour in which some figures grow by so much in all, with noise."""
    noise = np.random.default_rng(5)
    samples = []
    for number in range(360):
        rising = {name: getattr(STEADY, name) + by * number / 359 for name, by in grown.items()}
        one = replace(STEADY, at_s=number * 5.0, cpu_s=number * 2.0, **rising)
        samples.append(replace(one, rss_mb=one.rss_mb + noise.normal(0, 5)))
    return samples


def test_what_stays_is_flat() -> None:
    told = memory(half_an_hour())
    assert told["verdict"] == "flat"
    assert told["cores_busy"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    "grown", [{"own_mb": 120}, {"files": 30}, {"threads": 8}, {"disk_mb": 200}, {"generations": 9}]
)
def test_what_grows_for_half_an_hour_is_found(grown: dict[str, float]) -> None:
    assert memory(half_an_hour(**grown))["verdict"] == "grows"


def test_a_peak_is_no_growth() -> None:
    samples = half_an_hour()
    for number in range(300, 340):  # two generations in memory, late in the run
        samples[number] = replace(samples[number], rss_mb=1500, own_mb=1100)
    told = memory(samples)
    assert told["verdict"] == "flat"
    assert told["rss_mb"]["max"] >= 1500  # type: ignore[index]


def test_every_request_without_its_answer_is_an_error() -> None:
    answers = [Answer("search", n, 0.1, status) for n, status in enumerate((200, 204, 404, 503, 0))]
    assert by_kind(answers)["search"]["errors"] == 3


def test_searches_are_told_apart_by_what_went_on_beside_them() -> None:
    done = [Publication("upload", began=10, done=14, served=15, state="done")]
    answers = [Answer("new search", at, 0.3 if at in (12, 14) else 0.1, 200) for at in range(30)]
    told = publications(done, answers)
    assert told["searches_meanwhile"]["requests"] == 6  # type: ignore[index]
    assert told["searches_while_none"]["max_ms"] == pytest.approx(100)  # type: ignore[index]
    assert told["longest_search_at_a_swap_ms"] == pytest.approx(300)


def test_a_refusal_is_no_fault_but_must_say_when_to_come_back() -> None:
    answers = [
        Answer("search", 0, 0.2, 200),
        Answer("search", 1, 0.01, 503, retry_after=True),
        Answer("search", 2, 0.01, 429),
        Answer("search", 3, 0.01, 500),
        Answer("search", 4, 1.0, 0, told="TimeoutError"),
    ]
    told = overload(answers, rate=4, recovery_s=0.4)
    assert (told["refused"], told["refused_without_retry_after"]) == (2, 1)
    assert (told["faults"], told["left_by_themselves"]) == (1, 1)
