"""Verdicts on citations: `python -m benchmarks.verify INDEX`, made by `precedent index`.

Cases are made by rule from the paragraphs of the index and read back from running text, the whole
way: true quotations, with a gap, with one word changed, under another number, under another
document, with words drawn at random, under a number or symbol that does not exist, under a symbol
with its slashes wrong, and sentences with a word left out. Half of the documents, by name, are for
looking at while rules are made (`dev`); the other half is reported (`held-out`).

The threshold of meaning is measured on the dev queries of `gc-citations`: paragraphs of decisions,
their citations cut out, each against the paragraph of a general comment that it cites and against
another paragraph of the same comment.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.results import save
from benchmarks.texts import real_data_dir
from indexer.passages import sentences
from search_api.bench.sources import Source, Sources
from search_api.engine import Engine
from search_api.schemas import VerifyRequest
from workbench.verdicts import NEAR_VERBATIM, SAME_MEANING
from workbench.words import words_of

_SEED = 11
_SPAN = 12
_THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


@dataclass(frozen=True, slots=True)
class Case:
    """A text with one citation, and the verdict it should have."""

    rule: str
    verdict: str
    text: str


def main() -> None:
    """Make the cases, check them, and keep precision and recall of each verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--paragraphs", type=int, default=150, help="that cases are made of (150)")
    parser.add_argument("--part", choices=["dev", "held-out"], default="held-out")
    given = parser.parse_args()
    engine = Engine.open(given.index)
    cases = list(_cases(engine, given.paragraphs, given.part))
    start = time.perf_counter()
    found = [_verdict(engine, case) for case in cases]
    took_s = time.perf_counter() - start
    measured: dict[str, object] = {
        "part": given.part,
        "passages": engine.info().passages,
        "cases": len(cases),
        "milliseconds_a_citation": round(1000 * took_s / max(1, len(cases)), 1),
        "near_verbatim": NEAR_VERBATIM,
        "same_meaning": SAME_MEANING,
        "by_rule": _by_rule(cases, found),
        "by_verdict": _by_verdict(cases, found),
    }
    folder = real_data_dir()
    if folder is not None:
        measured["meaning"] = _meaning(engine, folder / "eval" / "gc-citations")
    print(json.dumps(measured, indent=1, ensure_ascii=False))
    if given.part == "held-out":
        print("kept in", save("verify", "python -m benchmarks.verify INDEX", measured).name)


def _verdict(engine: Engine, case: Case) -> str:
    checks = engine.bench.verify(VerifyRequest(text=case.text)).checks
    return checks[0].verdict if len(checks) == 1 else f"{len(checks)} citations"


def _by_rule(cases: list[Case], found: list[str]) -> dict[str, dict[str, int]]:
    """Count the verdicts on the cases of each rule, most frequent first."""
    rules: dict[str, Counter[str]] = {}
    for case, verdict in zip(cases, found, strict=True):
        rules.setdefault(f"{case.rule}: {case.verdict}", Counter())[verdict] += 1
    return {rule: dict(counts.most_common()) for rule, counts in rules.items()}


def _by_verdict(cases: list[Case], found: list[str]) -> dict[str, dict[str, float]]:
    out = {}
    for verdict in sorted({case.verdict for case in cases}):
        given = [f for case, f in zip(cases, found, strict=True) if case.verdict == verdict]
        said = [case for case, f in zip(cases, found, strict=True) if f == verdict]
        right = given.count(verdict)
        out[verdict] = {
            "cases": len(given),
            "recall": round(right / len(given), 3),
            "precision": round(right / len(said), 3) if said else 0.0,
        }
    return out


def _cases(engine: Engine, count: int, part: str) -> Iterator[Case]:
    draw = random.Random(_SEED)  # noqa: S311
    sources = Sources(engine.snapshot)
    held = [each for each in _documents(sources) if _part(each.document_id) == part]
    vocabulary = sorted({w for s in held for p in s.paragraphs[:40] for w in p.text.split()})
    for source in draw.choices(held, k=count):
        numbered = [p for p in source.paragraphs if (p.number or "").isdecimal()]
        paragraph = draw.choice([p for p in numbered if len(words_of(p.text)) > 2 * _SPAN])
        other = draw.choice(
            [p for p in numbered if p.number != paragraph.number and len(p.text) > 100]
        )
        elsewhere = draw.choice([each for each in held if each is not source])
        words = words_of(paragraph.text)
        first = draw.randrange(len(words) - 2 * _SPAN + 1)
        run = paragraph.text[words[first].start : words[first + _SPAN - 1].end]
        if any(mark in run for mark in '\n“”"«»‘[]…'):
            continue
        here, number = f"{source.symbol}, para. ", paragraph.number
        yield Case("quoted", "right", f"It says “{run}” ({here}{number}).")
        gap = f"{run} … {paragraph.text[words[first + 15].start : words[first + 19].end]}"
        if not any(mark in gap[len(run) + 3 :] for mark in '\n“”"«»‘[]….'):
            yield Case("with a gap", "right", f"It says “{gap}” ({here}{number}).")
        yield Case("one word changed", "misquoted", f"It says “{_changed(run, draw, vocabulary)}” "
                   f"({here}{number}).")  # fmt: skip
        if run not in other.text:
            text = f"It says “{run}” ({here}{other.number})."
            yield Case("another number", "other-paragraph", text)
        if not any(run in p.text for p in elsewhere.paragraphs):
            text = f"It says “{run}” ({elsewhere.symbol}, para. 1)."
            yield Case("another document", "other-document", text)
        noise = " ".join(draw.choices(vocabulary, k=_SPAN)).translate(_QUOTES)
        yield Case("words at random", "not-there", f"It says “{noise}” ({here}{number}).")
        yield Case("no such number", "no-such-paragraph", f"It says “{run}” ({here}9999).")
        yield Case("no such symbol", "not-held", f"It says “{run}” (A/HRC/97/{number}, para. 1).")
        if (source.symbol or "").startswith(("A/HRC/", "CCPR/C/", "CRC/C/", "CEDAW/C/", "CAT/C/")):
            slip = (source.symbol or "").replace("/", "-")
            yield Case("dashes", "malformed", f"It says “{run}” ({slip}, para. {number}).")
        for a, b in sentences(paragraph.text):
            said = paragraph.text[a:b].split()
            if 20 < len(said) < 60 and not set('“”"/[]():;0123456789') & set(" ".join(said)):
                less = " ".join(said[:9] + said[10:]).rstrip(".")
                yield Case("sentence less a word", "right", f"{less} ({here}{number}).")
                break


_QUOTES = str.maketrans(dict.fromkeys("“”\"«»‘’'()[]…/:;", ""))


def _documents(sources: Sources) -> list[Source]:
    snapshot = sources.snapshot
    names = snapshot.columns.values["symbol"].names
    read = [[sources.source(i) for i in snapshot.document_ids_of(name)] for name in names]
    return [
        each
        for group in read
        for each in group
        # Where several documents share a symbol a number names several paragraphs.
        if len(group) == 1 and each.language == "en" and _numbered(each) >= 10
    ]


def _numbered(source: Source) -> int:
    return sum(
        (p.number or "").isdecimal() and len(words_of(p.text)) > 2 * _SPAN
        for p in source.paragraphs
    )


def _part(document_id: str) -> str:
    return "dev" if zlib.crc32(document_id.encode()) % 2 else "held-out"


def _changed(run: str, draw: random.Random, vocabulary: list[str]) -> str:
    words = run.split()
    places = [i for i, word in enumerate(words) if len(word) > 3] or [len(words) // 2]
    at = draw.choice(places)
    plain = [word for word in vocabulary if word.isalpha() and len(word) > 3]
    words[at] = draw.choice([word for word in plain if word.lower() != words[at].lower()])
    return " ".join(words)


def _meaning(engine: Engine, folder: Path, count: int = 300) -> dict[str, object]:
    """Measure how claims compare with what they cite, and with another paragraph of the source."""
    draw = random.Random(_SEED)  # noqa: S311
    corpus = _lines(folder / "corpus.jsonl")
    queries = _lines(folder / "queries.jsonl")
    with (folder / "qrels" / "dev.tsv").open(encoding="utf-8") as stream:
        pairs = [(row[0], row[1]) for row in list(csv.reader(stream, delimiter="\t"))[1:]]
    by_title: dict[str, list[str]] = {}
    for name, (title, _) in corpus.items():
        by_title.setdefault(title, []).append(name)
    cited: list[float] = []
    others: list[float] = []
    for query, gold in draw.sample(pairs, min(count, len(pairs))):
        golds = {name for each, name in pairs if each == query}
        rest = [name for name in by_title[corpus[gold][0]] if name not in golds]
        claim = _vectors(engine, queries[query][1])
        cited.append(float((claim @ _vectors(engine, corpus[gold][1]).T).max()))
        if rest:
            other = _vectors(engine, corpus[draw.choice(rest)][1])
            others.append(float((claim @ other.T).max()))
    return {
        "pairs": len(cited),
        "cited_at_least": {
            str(at): round(float(np.mean(np.array(cited) >= at)), 3) for at in _THRESHOLDS
        },
        "another_at_least": {
            str(at): round(float(np.mean(np.array(others) >= at)), 3) for at in _THRESHOLDS
        },
    }


def _vectors(engine: Engine, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    spans = list(sentences(text))[:12] or [(0, len(text))]
    encoded = engine.encoder.encode_passages([text[a:b] for a, b in spans])
    return engine.snapshot.centring.of_passages(encoded, ["en"] * len(spans))


def _lines(path: Path) -> dict[str, tuple[str, str]]:
    with path.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return {row["_id"]: (row.get("title", ""), row["text"]) for row in rows}


if __name__ == "__main__":
    main()
