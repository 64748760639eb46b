"""Remake the sample documents from their sources, or say whether they are current.

    python -m corpus.sample.build            remake corpus/sample/documents
    python -m corpus.sample.build --check    compare digests only; needs no fonts

Remaking needs the `dev` extra and Debian's fonts-liberation, fonts-dejavu-core and fonts-noto-cjk.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

from corpus.sample import DOCUMENTS_DIR
from corpus.sample.source import SampleSource, read_sources

__all__ = ["DIGESTS_FILE", "GENERATOR_VERSION", "SOURCES_DIR", "build", "problems"]

SOURCES_DIR = Path(__file__).resolve().parent / "sources"
DIGESTS_FILE = Path(__file__).resolve().parent / "DIGESTS.json"
# Raised whenever a layout changes what it writes.
GENERATOR_VERSION = 1

Digests = dict[str, dict[str, str | int]]


def _by_document(sources: list[SampleSource]) -> dict[str, list[SampleSource]]:
    grouped: dict[str, list[SampleSource]] = defaultdict(list)
    for source in sources:
        grouped[source.document_name].append(source)
    return dict(grouped)


def _source_digest(sources: list[SampleSource]) -> str:
    if len(sources) == 1:
        return sources[0].sha256
    return hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()


def _write(sources: list[SampleSource], target: Path) -> None:
    # The layouts need the dev extra, which `--check` and the tests of digests do without.
    from corpus.sample.layout_docx import write_docx
    from corpus.sample.layout_html import write_html
    from corpus.sample.layout_jsonl import write_jsonl
    from corpus.sample.layout_pdf import write_pdf
    from corpus.sample.layout_txt import write_txt

    if target.suffix == ".jsonl":
        write_jsonl(sources, target)
        return
    writers = {".pdf": write_pdf, ".docx": write_docx, ".html": write_html, ".txt": write_txt}
    writers[target.suffix](sources[0], target)


def build(folder: Path = DOCUMENTS_DIR) -> Digests:
    """Write every document into a folder, remove those without a source, and return the digests."""
    folder.mkdir(parents=True, exist_ok=True)
    grouped = _by_document(read_sources(SOURCES_DIR))
    digests: Digests = {}
    for name, sources in sorted(grouped.items()):
        _write(sources, folder / name)
        digests[name] = {
            "source_sha256": _source_digest(sources),
            "generator_version": GENERATOR_VERSION,
            "document_sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
        }
    for path in folder.iterdir():
        if path.name not in grouped:
            path.unlink()
    return digests


def problems() -> list[str]:
    """Return one line for every committed document that does not match its source."""
    noted: Digests = json.loads(DIGESTS_FILE.read_text(encoding="utf-8"))
    grouped = _by_document(read_sources(SOURCES_DIR))
    found = [f"{name}: no source" for name in sorted(noted.keys() - grouped.keys())]
    for name, sources in sorted(grouped.items()):
        entry = noted.get(name, {})
        path = DOCUMENTS_DIR / name
        if entry.get("source_sha256") != _source_digest(sources):
            found.append(f"{name}: its source has changed")
        elif entry.get("generator_version") != GENERATOR_VERSION:
            found.append(f"{name}: made by generator version {entry.get('generator_version')}")
        elif not path.is_file():
            found.append(f"{name}: missing")
        elif entry.get("document_sha256") != hashlib.sha256(path.read_bytes()).hexdigest():
            found.append(f"{name}: changed by hand")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m corpus.sample.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare digests, write nothing")
    if parser.parse_args(arguments).check:
        found = problems()
        remedy = "run python -m corpus.sample.build"
        sys.stdout.writelines(f"{line}; {remedy}\n" for line in found)
        return 1 if found else 0
    digests = build()
    text = json.dumps(digests, indent=1, ensure_ascii=False) + "\n"
    DIGESTS_FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(digests)} documents written to {DOCUMENTS_DIR.name}/\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
