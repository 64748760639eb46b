"""The documentation: links lead somewhere, commands exist, and nothing ties it to one machine."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from precedent.cli import cli

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", ".git", "node_modules", "build", "dist"}
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not SKIPPED.intersection(path.relative_to(ROOT).parts)
    and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return the anchors that a page's headings make, as code hosts derive them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    plain = (re.sub(r"[`*]|\[|\]\([^)]*\)", "", title) for title in HEADING.findall(text))
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def shell_lines() -> list[str]:
    """Return every command line that the README and CONTRIBUTING tell people to run."""
    lines = []
    for name in ("README.md", "CONTRIBUTING.md", "requirements/README.md"):
        for block in FENCE.findall((ROOT / name).read_text(encoding="utf-8")):
            lines += [
                line.split("  #")[0].strip()
                for line in block.replace("\\\n", " ").splitlines()
                if line.strip() and not line.startswith("#")
            ]
    return lines


@pytest.mark.parametrize(
    "line", [line for line in shell_lines() if re.search(r"(^|/)precedent ", line)]
)
def test_precedent_commands_in_the_documentation_exist(line: str) -> None:
    words = shlex.split(line[line.index("precedent ") :])
    command: click.Command = cli
    rest = words[1:]
    while isinstance(command, click.Group):
        assert rest[0] in command.commands
        command = command.commands[rest[0]]
        rest = rest[1:]
    flags = {flag for option in command.params for flag in option.opts}
    used = {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
    assert used <= flags


@pytest.mark.parametrize("line", [line for line in shell_lines() if re.search(r"\bmake ", line)])
def test_make_targets_in_the_documentation_exist(line: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = re.findall(r"\bmake ([a-z-]+)", line)
    assert named
    assert set(named) <= targets


def test_the_readme_has_the_two_commands_and_their_plain_forms() -> None:
    lines = shell_lines()
    for needed in ("make demo", "make test"):
        assert needed in lines
    assert any(line.endswith("precedent demo") for line in lines)
    assert any(line.endswith("pytest") for line in lines)


def test_paths_named_in_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:docs|corpus|benchmarks|requirements|tests|search_api)/[\w./-]*)`", text
    )
    missing = [path for path in named if not (ROOT / path).exists()]
    assert missing == []


def test_changelog_knows_the_version_or_has_unreleased() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings
    assert headings[0] in {"Unreleased", version}


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda page: page.stem
)
def test_a_decision_has_its_five_parts_in_order(page: Path) -> None:
    parts = re.findall(r"\*\*(\w+)\.\*\*", page.read_text(encoding="utf-8"))
    assert parts == ["Context", "Options", "Decision", "Evidence", "Consequence"]


def test_there_are_five_first_decisions() -> None:
    names = sorted(page.name for page in (ROOT / "docs" / "adr").glob("*.md"))
    assert [name[:4] for name in names][:5] == ["0001", "0002", "0003", "0004", "0005"]
