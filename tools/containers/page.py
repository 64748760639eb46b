"""The page as a browser shows it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlencode

import httpx

from tools.containers.life import QUESTION
from tools.containers.report import Report, Unproven

__all__ = ["look_at_page"]

_WAIT_MS = 60_000


def look_at_page(report: Report, url: str, picture: Path | None) -> None:
    """Ask a question on the page, with a browser where there is one, and keep its picture."""
    report.look("the page answers", lambda: _answers(url))
    report.look("the page shows what is found", lambda: _shows(url, picture))


def _answers(url: str) -> tuple[bool, str]:
    answer = httpx.get(url, timeout=20)
    policy = answer.headers.get("content-security-policy", "")
    return answer.is_success and bool(policy), f"{answer.status_code}, {policy[:60]}…"


def _shows(url: str, picture: Path | None) -> tuple[bool, str]:
    chromium = os.environ.get("PRECEDENT_CHROMIUM") or "/usr/bin/chromium"
    if not Path(chromium).exists():
        raise Unproven(f"a browser is needed: {chromium} is not there (PRECEDENT_CHROMIUM)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Unproven("playwright is not installed: `make setup-dev`") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{url}/?{urlencode({'q': QUESTION})}")
        page.locator("article").first.wait_for(timeout=_WAIT_MS)
        page.locator('.stApp[data-test-script-state="notRunning"]').wait_for(timeout=_WAIT_MS)
        shown = page.locator("article").count()
        if picture is not None:
            page.screenshot(path=picture)
        browser.close()
    return shown > 0, f"{shown} passages for {QUESTION!r}"
