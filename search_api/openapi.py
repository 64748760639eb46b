"""Write the OpenAPI document: `python -m search_api.openapi > docs/openapi.json`."""

from __future__ import annotations

import json
import sys

from search_api.app import create_app
from search_api.settings import Settings

__all__ = ["main", "render"]


def render() -> str:
    """Return the document as it is committed: the same text for the same code."""
    return json.dumps(create_app(Settings()).openapi(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the document to standard output."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(render())


if __name__ == "__main__":
    main()
