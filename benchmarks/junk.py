"""Index a folder of ten thousand files of which half are junk: `python -m benchmarks.junk`.

The good half are small invented texts in five formats; the junk are the bad files that the tests
know (`tests.robustness.zoo`, the cheap ones), each copied with bytes of its own. The real command
runs with the real model, and everything it says is checked against what was put there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.results import save
from corpus.sniff import looks_like_document
from tests.robustness import docx_bytes, pdf_bytes, plain_bytes
from tests.robustness.zoo import SPECIMENS, Specimen

# In each folder, as people keep them.
_PER_FOLDER = 500
_TEXTS = (
    "The people of the river valley asked the council for an answer.",
    "The council gave them one within the month it had named.",
    "The court of the valley heard the case in public, with counsel for both sides.",
    "The school on the hill takes every child of the valley without a fee.",
    "The inspectors saw every cell of the prison and spoke with those held there alone.",
)


def _words(number: int) -> list[str]:
    """Return two paragraphs: texts recur, so that their embedding does not rule what is timed."""
    return [_TEXTS[number % 5], _TEXTS[number // 5 % 5]]


def _pdf(number: int) -> bytes:
    lines = [
        pdf_bytes.Text(113, 90 + 30 * n, f"{n}. {text}") for n, text in enumerate(_words(number), 1)
    ]
    lines.append(pdf_bytes.Text(57, 51, f"SAMPLE/2024/J/{number}", 9, "F2"))
    return pdf_bytes.text_pdf([lines])


def _docx(number: int) -> bytes:
    texts = (f"{n}. {text}" for n, text in enumerate(_words(number), 1))
    body = docx_bytes.paragraph(f"SAMPLE/2024/J/{number}")
    return docx_bytes.docx(body + "".join(map(docx_bytes.paragraph, texts)))


def _html(number: int) -> bytes:
    texts = (f"<p>{n}. {text}</p>" for n, text in enumerate(_words(number), 1))
    return plain_bytes.page(f"<p>SAMPLE/2024/J/{number}</p>{''.join(texts)}")


def _txt(number: int) -> bytes:
    texts = (f"{n}. {text}" for n, text in enumerate(_words(number), 1))
    return "\n\n".join([f"SAMPLE/2024/J/{number}", *texts]).encode()


def _jsonl(number: int) -> bytes:
    paragraphs = [{"number": str(n), "text": t} for n, t in enumerate(_words(number), 1)]
    record = plain_bytes.record(f"SAMPLE/2024/J/{number}", paragraphs=paragraphs)
    return plain_bytes.records(record)


GOOD: dict[str, Callable[[int], bytes]] = {
    ".txt": _txt,
    ".html": _html,
    ".docx": _docx,
    ".pdf": _pdf,
    ".jsonl": _jsonl,
}


def junk_specimens() -> list[Specimen]:
    """Return the bad files that cost little to make and are refused rather than read."""
    return [
        one
        for one in SPECIMENS.values()
        if one.errors and not one.costly and looks_like_document(one.make(), one.name)
    ]


def make_folder(folder: Path, count: int) -> tuple[set[Path], dict[Path, Specimen]]:
    """Fill a folder with `count` files, half of them bad, in turn; return both halves."""
    bad, makers = junk_specimens(), list(GOOD.items())
    made = {one.name: one.make() for one in bad}
    good: set[Path] = set()
    junk: dict[Path, Specimen] = {}
    for number in range(count // 2):
        room = folder / f"{2 * number // _PER_FOLDER:03}"
        room.mkdir(exist_ok=True, parents=True)
        suffix, make = makers[number % len(makers)]
        path = room / f"good-{number:05}{suffix}"
        path.write_bytes(make(number))
        good.add(path)
        one = bad[number % len(bad)]
        path = room / f"junk-{number:05}-{one.name}"
        path.write_bytes(made[one.name])
        junk[path] = one
    return good, junk


def _watch(process: subprocess.Popen[str], peaks: list[int]) -> None:
    """Note the memory of the indexing process itself, in MiB, every half second."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            lines = status.read_text().splitlines()
        except OSError:
            return
        peaks.extend(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))
        time.sleep(0.5)


def index(
    folder: Path, scratch: Path, model: str | None
) -> tuple[int, dict[str, object], str, list[dict[str, object]], list[int]]:
    """Run the command; return (exit code, its JSON, its stderr, its report, memory over time)."""
    report = scratch / "report.jsonl"
    command = [sys.executable, "-m", "precedent", "index", str(folder), "--json"]
    command += ["--index", str(scratch / "index"), "--report", str(report)]
    command += ["--model", model] if model else []
    memory: list[int] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PRECEDENT_OCR": "off"},
    ) as process:  # fmt: skip
        watcher = threading.Thread(target=_watch, args=(process, memory))
        watcher.start()
        out, err = process.communicate()
        watcher.join()
    rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    return process.returncode, json.loads(out), err, rows, memory


def problems(
    code: int, said: dict[str, object], rows: list[dict[str, object]], good: set[Path],
    junk: dict[Path, Specimen],
) -> Iterator[str]:  # fmt: skip
    """Yield what differs from what was put there."""
    if code != 3:
        yield f"exit code {code}, not 3"
    *listed, summary = rows
    if said["documents"] != len(good):
        yield f"{said['documents']} documents of {len(good)}"
    reported: dict[object, dict[str, object]] = {row["source"]: row for row in listed}
    wrong = [path for path in good if str(path) in reported]
    yield from (f"{path}: {reported[str(path)]['reason']}" for path in wrong[:5])
    missing = [path for path in junk if str(path) not in reported]
    yield from (f"{path}: not in the report" for path in missing[:5])
    for path in junk:
        row = reported.get(str(path), {})
        if row and not (row["cause"] and row["remedy"] and row["kind"] != "unreadable"):
            yield f"{path}: {row}"
    if "summary" not in summary:
        yield "the report has no summary"


def main() -> None:
    """Make the folder, index it twice, check and keep what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="files in all (10,000)")
    parser.add_argument("--model", help="embedding model; the default one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        good, junk = make_folder(scratch / "documents", given.files)
        began = time.perf_counter()
        code, said, err, rows, memory = index(scratch / "documents", scratch, given.model)
        first_s = time.perf_counter() - began
        found = list(problems(code, said, rows, good, junk))
        began = time.perf_counter()
        again_code, again, _, _, _ = index(scratch / "documents", scratch, given.model)
        again_s = time.perf_counter() - began
        if again["added"] or again["documents"] != len(good) or again_code != 3:
            found.append(f"the second run: {again_code}, {again['added']} added")
    for problem in found:
        print(problem)
    if found:
        raise SystemExit(1)
    kinds = Counter(str(row["kind"]) for row in rows[:-1])
    tenth = max(1, len(memory) // 10)
    measured: dict[str, object] = {
        "files": given.files,
        "good": len(good),
        "junk": len(junk),
        "kinds_of_junk": len(junk_specimens()),
        "exit_code": code,
        "indexed": said["documents"],
        "passages": said["passages"],
        "not_indexed_by_kind": dict(kinds.most_common()),
        "lines_on_stderr_naming_failures": sum("not indexed" in line for line in err.splitlines()),
        "seconds": round(first_s, 1),
        "seconds_by_stage": said["seconds"],
        "seconds_of_a_second_run": round(again_s, 1),
        "memory_mib": {
            "at_a_tenth": memory[tenth],
            "at_half": memory[len(memory) // 2],
            "peak": max(memory),
        },
    }
    command = f"python -m benchmarks.junk --files {given.files}"
    path = save("junk", command, measured)
    print(json.dumps(measured, indent=1))
    print(f"kept in {path.name}")


if __name__ == "__main__":
    main()
