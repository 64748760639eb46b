"""Set real paragraphs in the templates of UN offices, read them back, and compare.

`python -m benchmarks.roundtrip` takes reports, general comments and decisions of the shared real
data (whose paragraphs people have numbered), sets each as PDF in every template of
`benchmarks.typesetter`, and counts the numbers found, those invented, and the paragraphs whose
words come back as they were. It tests reading on many more texts than there are files; what
typesetters do by hand (tables, boxes, odd breaks) it does not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.results import save
from benchmarks.typesetter import TEMPLATES, Setting, Template, set_pdf
from corpus.errors import ReadError
from corpus.sandbox.pool import ParsingPool
from corpus.types import Document, ParagraphKind

_SETS = ("special-rapporteur-reports", "general-comments", "treaty-body-decisions")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
_EDGE_WORDS = 4
_NOTE_EVERY = 6
_NOTE_WORDS = 6
_SHORTEST = 40
_LARGEST_STEP = 1


@dataclass(slots=True)
class Tally:
    """What was set and what came back."""

    documents: int = 0
    whole: int = 0
    paragraphs: int = 0
    found: int = 0
    invented: int = 0
    clean: int = 0
    equal: int = 0
    notes: int = 0
    notes_attached: int = 0
    misses: list[str] = field(default_factory=list)


def _records(folder: Path, each: int) -> Iterator[dict[str, Any]]:
    """Yield every n-th record of each set, so that `each` of them come from it."""
    for name in _SETS:
        with gzip.open(folder / "paragraphs" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            lines = file.readlines()
        for line in lines[:: max(1, len(lines) // each)][:each]:
            yield json.loads(line)


def settings_of(record: dict[str, Any]) -> list[Setting]:
    """Return what to set of a record: its numbered paragraphs, with their headings.

    Numbers that do not go on from those before are left out: in the records they are numbered
    headings and lists, which a template sets otherwise.
    """
    settings: list[Setting] = []
    section = None
    counted = 0
    last = (0, 0)
    for paragraph in record["paragraphs"]:
        number = str(paragraph.get("number") or "")
        text = _printable(paragraph.get("text") or "")
        if not _NUMBER.fullmatch(number) or len(text) < _SHORTEST:
            continue
        whole, _, part = number.partition(".")
        if (place := (int(whole), int(part or 0))) <= last or place[0] > last[0] + _LARGEST_STEP:
            continue
        last = place
        if (heading := paragraph.get("section")) and heading != section:
            section = heading
            settings.append(Setting(None, _printable(str(heading).split(" > ")[-1])))
        counted += 1
        note = " ".join(["On this see", *text.split()[-_NOTE_WORDS:]])
        settings.append(Setting(number, text, None if counted % _NOTE_EVERY else note))
    return settings


def _printable(text: str) -> str:
    """Fold white space and leave out what PDF's own fonts cannot print."""
    return " ".join(text.encode("cp1252", "ignore").decode("cp1252").split())


def _compare(settings: list[Setting], document: Document | None, name: str, tally: Tally) -> None:
    wanted = [setting for setting in settings if setting.number is not None]
    tally.documents += 1
    tally.paragraphs += len(wanted)
    tally.notes += sum(setting.note is not None for setting in wanted)
    if document is None:
        tally.misses.append(f"{name}: not read")
        return
    read: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        if paragraph.number is not None and paragraph.kind is not ParagraphKind.HEADING:
            read.setdefault(paragraph.number, []).append(paragraph.text)
    numbers = {setting.number for setting in wanted}
    tally.invented += sum(len(texts) for number, texts in read.items() if number not in numbers)
    holders = {paragraph.id for paragraph in document.paragraphs if paragraph.number in numbers}
    tally.notes_attached += sum(note.paragraph_id in holders for note in document.footnotes)
    missing = 0
    for setting in wanted:
        words = setting.text.split()
        given = _taken(read.get(setting.number or "", []), words)
        missing += given is None
        given = given or []
        clean = words[:_EDGE_WORDS] == given[:_EDGE_WORDS]
        clean = clean and words[-_EDGE_WORDS:] == given[-_EDGE_WORDS:]
        tally.clean += clean
        tally.equal += words == given
        if not clean:
            ends = f"{' '.join(given[:4])} … {' '.join(given[-4:])}"
            tally.misses.append(f"{name}, {setting.number}: {ends}")
    tally.found += len(wanted) - missing
    tally.whole += not missing


def _taken(texts: list[str], words: list[str]) -> list[str] | None:
    """Take, of the paragraphs read under a number, the one that begins as it should, or the first.

    A number may stand in several parts of a document.
    """
    if not texts:
        return None
    begun = (i for i, text in enumerate(texts) if text.split()[:2] == words[:2])
    return texts.pop(next(begun, 0)).split()


def _measure(records: list[dict[str, Any]], template: Template, folder: Path) -> Tally:
    tally = Tally()
    made: dict[Path, list[Setting]] = {}
    for number, record in enumerate(records):
        if len(settings := settings_of(record)) < 3:
            continue
        target = folder / f"{number}.pdf"
        set_pdf(settings, template, target, symbol=f"SAMPLE/2024/SR/{number + 1}", job="24-00001")
        made[target] = settings
    with ParsingPool(workers=2) as pool:
        for path, outcome in pool.run(made):
            document = None if isinstance(outcome, ReadError) else outcome[0]
            name = f"{template.name}: {records[int(path.stem)]['symbol']}"
            _compare(made[path], document, name, tally)
    return tally


def main() -> None:
    """Measure every template, print the misses on request, and keep the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=60, help="documents of each set (60)")
    parser.add_argument("--misses", action="store_true", help="print them; keep nothing")
    given = parser.parse_args()
    records = list(_records(Path(os.environ.get("PRECEDENT_DATA", "../shared/data")), given.each))
    report: dict[str, object] = {"documents_of_each_set": given.each, "sets": list(_SETS)}
    templates: dict[str, object] = {}
    for template in TEMPLATES:
        with tempfile.TemporaryDirectory() as folder:
            tally = _measure(records, template, Path(folder))
        counts = {
            "documents": tally.documents,
            "paragraphs": tally.paragraphs,
            "numbers_found": round(tally.found / tally.paragraphs, 5),
            "numbers_invented": tally.invented,
            "documents_without_a_miss": round(tally.whole / tally.documents, 4),
            "clean_start_and_end": round(tally.clean / tally.paragraphs, 5),
            "same_words": round(tally.equal / tally.paragraphs, 5),
            "notes_tied_to_a_paragraph": round(tally.notes_attached / tally.notes, 4),
        }
        templates[template.name] = counts
        print(template.name, counts)
        if given.misses:
            print(*tally.misses, sep="\n")
    if not given.misses:
        command = "python -m benchmarks.roundtrip"
        print("kept in", save("roundtrip", command, report | {"templates": templates}).name)


if __name__ == "__main__":
    main()
