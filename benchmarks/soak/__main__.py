"""The command: see the package."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.results import RESULTS_DIR, save
from benchmarks.serve import Server, serving
from benchmarks.soak import judging
from benchmarks.soak.asking import Answer, Asked, Asker, Client
from benchmarks.soak.changing import Changes
from benchmarks.soak.mix import Mix
from benchmarks.soak.watching import Sample, watch

P99_BOUND_MS = 1000.0
"""Of a rate that can be sustained: nobody who searches takes a second for a fault."""

_STEPS = (2, 4, 6, 8, 12, 16, 24, 32, 48, 64)
_STEP_S = 15.0
_SHARE = 0.5
"""Of the rate that was still answered in time, what is asked for half an hour: indexing and
publishing take their part of the processors besides."""

_MOST_MINUTES = 120.0
_TIMES = 4.0
_IMPATIENT_S = 1.0
_SAMPLE_S = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how much.

    Attributes:
        minutes: of the sustained part.
        rate: requests a second, or None to find it.
        upload_every_s: seconds between uploads.
        overload_s: of the overload.
    """

    minutes: float
    rate: float | None
    upload_every_s: float
    overload_s: float


async def find_rate(client: Client, mix: Mix) -> tuple[float, list[dict[str, float]]]:
    """Ask faster and faster until answers come late or not; return a share of the last good."""
    steps: list[dict[str, float]] = []
    good = float(_STEPS[0])
    for rate in _STEPS:
        asker = Asker(client, mix.one)
        await asker.ask(rate, _STEP_S)
        latencies = [each.latency_s * 1000 for each in asker.answers]
        p99 = float(np.percentile(latencies, 99))
        errors = sum(map(judging.is_error, asker.answers))
        steps.append({"rate_per_s": rate, "p99_ms": round(p99, 1), "errors": errors})
        if p99 > P99_BOUND_MS or errors:
            break
        good = float(rate)
    return good * _SHARE, steps


async def sustain(
    server: Server, index: Path, client: Client, mix: Mix, plan: Plan, rate: float
) -> dict[str, object]:
    """Ask, upload, publish, remove and keep at once, and watch."""
    asker, other = Asker(client, mix.one), Asker(client, mix.one)
    changes = Changes(other, mix)
    samples: list[Sample] = []
    seconds = plan.minutes * 60
    until = time.perf_counter() + seconds
    watching = asyncio.create_task(watch(server, index, _SAMPLE_S, samples))
    await asyncio.gather(
        asker.ask(rate, seconds),
        changes.corpus(plan.upload_every_s, until),
        changes.collection(2.0, until),
    )
    watching.cancel()
    answers = [*asker.answers, *other.answers]
    failed = [each for each in answers if judging.is_error(each)]
    every = max(1, len(samples) // 60)
    return {
        "requests": len(answers),
        "errors": len(failed) + asker.late,
        "errors_told": sorted({f"{e.kind}: {e.status} {e.told}".strip() for e in failed}),
        "asked": judging.by_kind(asker.answers) | {"all": _all(asker.answers)},
        "beside": judging.by_kind(other.answers),
        "memory": judging.memory(samples),
        "publications": judging.publications(changes.publications, asker.answers),
        "samples": [each.told() for each in samples[::every]],
    }


def _all(answers: Sequence[Answer]) -> dict[str, float]:
    whole = [Answer("all", one.due, one.latency_s, one.status) for one in answers]
    return judging.by_kind(whole)["all"]


async def overload(client: Client, mix: Mix, rate: float, seconds: float) -> dict[str, object]:
    """Ask too much; a fifth of those who ask leave after a second. Then see when it is over."""
    patient, impatient = Asker(client, mix.one, seed=2), Asker(client, mix.one, seed=3)
    await asyncio.gather(
        patient.ask(rate * 0.8, seconds), impatient.ask(rate * 0.2, seconds, _IMPATIENT_S)
    )
    ended = time.perf_counter()
    probe = Asker(client, mix.one)
    quick = 0
    while quick < 5 and time.perf_counter() < ended + 60:
        body = json.dumps({"query": mix.words(4)}).encode()
        await probe.one(Asked("probe", "POST", "/v1/search", body))
        last = probe.answers[-1]
        in_time = not judging.is_error(last) and last.latency_s * 1000 < P99_BOUND_MS
        quick = quick + 1 if in_time else 0
    recovery = probe.answers[-5].due - ended if quick == 5 else float("inf")
    told = judging.overload([*patient.answers, *impatient.answers], rate, max(0.0, recovery))
    return told | {"not_sent": patient.late + impatient.late}


async def soak(server: Server, index: Path, plan: Plan) -> dict[str, object]:
    """Do all of it."""
    mix = Mix(index)
    client = Client(server.port)
    warm = Asker(client, mix.one)
    await warm.ask(2.0, 5.0)
    steps: list[dict[str, float]] = []
    rate = plan.rate
    if rate is None:
        rate, steps = await find_rate(client, mix)
    print(f"{rate:g} requests a second for {plan.minutes:g} minutes", flush=True)
    sustained = await sustain(server, index, client, mix, plan, rate)
    over = await overload(client, mix, rate * _TIMES, plan.overload_s)
    client.close()
    info = server.get("/v1/info")
    assert isinstance(info, dict)
    return {
        "passages": info["passages"],
        "model": info["model"]["name"],
        "minutes": plan.minutes,
        "rate_per_s": rate,
        "p99_bound_ms": P99_BOUND_MS,
        "rates_tried": steps,
        "load_average_at_the_end": round(os.getloadavg()[1], 2),
        **sustained,
        "overload": over,
    }


def main() -> None:
    """Soak, tell and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, nargs="?", help="copied first, and never written to")
    parser.add_argument("--minutes", type=float, default=30.0, help="of the sustained part (30)")
    parser.add_argument("--rate", default="auto", help="requests a second, or auto (auto)")
    parser.add_argument("--upload-every", type=float, default=45.0, help="seconds (45)")
    parser.add_argument("--overload", type=float, default=60.0, help="seconds (60)")
    parser.add_argument("--scratch", type=Path, help="folder to copy the index into")
    parser.add_argument("--json", action="store_true", help="print the whole result")
    parser.add_argument("--no-save", action="store_true", help="print only")
    parser.add_argument("--table", action="store_true", help="print what was kept as a table")
    given = parser.parse_args()
    if given.table:
        print(judging.table(json.loads((RESULTS_DIR / "soak.json").read_text())))
        return
    if given.index is None:
        parser.error("name an index")
    rate = None if given.rate == "auto" else float(given.rate)
    minutes = min(given.minutes, _MOST_MINUTES)
    plan = Plan(minutes, rate, given.upload_every, given.overload)
    with tempfile.TemporaryDirectory(dir=given.scratch) as scratch:
        index = Path(scratch) / "index"
        shutil.copytree(given.index, index)
        library = {"PRECEDENT_LIBRARY": str(Path(scratch) / "library.sqlite")}
        with serving(index, library) as server:
            measured = asyncio.run(soak(server, index, plan))
    shown = measured if given.json else {k: v for k, v in measured.items() if k != "samples"}
    print(json.dumps(shown, indent=1))
    if not given.no_save:
        command = f"python -m benchmarks.soak INDEX --minutes {minutes:g}"
        print("kept in", save("soak", command, measured).name)


if __name__ == "__main__":
    main()
