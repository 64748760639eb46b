"""docs/mcp.md says what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mcp_server.asking import MAX_AROUND, MAX_CHECKED, MAX_FOUND
from mcp_server.http import PATH
from mcp_server.quoting import MAX_QUOTED_CHARACTERS
from precedent.cli.mcp import mcp

PAGE = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text(encoding="utf-8")
CONFIGURATIONS = re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("written", CONFIGURATIONS)
def test_the_command_takes_what_a_configuration_gives(written: str) -> None:
    given = json.loads(written)["mcpServers"]["precedent"]
    assert given["command"] == "precedent"
    assert given["args"][0] == "mcp"
    context = mcp.make_context("mcp", given["args"][1:])
    assert context.params["index_dir"] or context.params["api_url"]


def test_the_table_has_every_tool_and_the_bounds_are_the_real_ones() -> None:
    names = re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)
    assert names == ["search", "read_paragraph", "verify_citation", "lineage"]
    assert f"`k` (8, at most {MAX_FOUND})" in PAGE
    assert f"`k` (10, at most {MAX_CHECKED})" in PAGE
    assert f"(at most {MAX_AROUND})" in PAGE
    assert f"{MAX_QUOTED_CHARACTERS:,} characters" in PAGE
    assert f":8010{PATH}" in PAGE
