"""Take pictures of every page: `make screenshots`, or `python -m tools.screenshots`.

The sample corpus is indexed, the real service and the real page are started, and Chromium opens
each page at 1440, 1024 and 390 pixels, in light and in dark, into build/screenshots. The few that
the documentation shows are written anew into docs/images with `--docs`, in at most 200 KB each.
"""

from __future__ import annotations

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlencode

from PIL import Image

from precedent.supervision import Program, supervise
from ui.wording.en import draft as draft_texts
from ui.wording.en import verify as verify_texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpus" / "sample"
SIZES = {"1440": (1440, 900), "1024": (1024, 768), "390": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MOST_BYTES = 200_000
START_S = 120.0
SETTLE_MS = 900
"""Charts and fonts come a moment after what is waited for."""

QUESTION = "access of detainees to a lawyer of their choice"
PARAGRAPH = "SAMPLE/2024/SR/1, para. 8"
TREND = ["lawyer", "detention"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to take.

    Attributes:
        name: Of the file.
        address: Of the page, under its root.
        shown: Selector of what must be there first.
        act: What a reader does before it, if anything.
        docs: Whether the documentation shows it, wide and light.
    """

    name: str
    address: str
    shown: str
    act: Callable[[Page], None] | None = None
    docs: bool = False


def _draft(page: Page) -> None:
    statement = (SAMPLE / "statement.txt").read_text(encoding="utf-8")
    page.locator("textarea").first.fill(statement)
    page.get_by_role("button", name=draft_texts.CHECK, exact=True).click()
    page.locator(".p-grade").first.wait_for(timeout=60_000)
    page.get_by_role("button", name=draft_texts.CHECK, exact=True).scroll_into_view_if_needed()
    page.locator("[data-testid=stMain]").evaluate("e => e.scrollBy(0, 620)")


def _verify(page: Page) -> None:
    page.locator("textarea").first.fill(
        f"Detainees should have access to a lawyer ({PARAGRAPH}). The same was said in "
        "SAMPLE/GC/2, para. 3, and in SAMPLE/2031/1, para. 4."
    )
    page.get_by_role("button", name=verify_texts.CHECK, exact=True).click()
    page.locator(".p-verdict").first.wait_for(timeout=60_000)


def _menu(page: Page) -> None:
    if page.locator(".p-menu summary").is_visible():
        page.locator(".p-menu summary").click()


def _context(page: Page) -> None:
    page.get_by_role("button", name="Context").first.click()
    page.locator(".p-context").first.wait_for()


def _collection(page: Page) -> None:
    page.locator("input[type=text]").first.fill("Access to a lawyer")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Access to a lawyer").first.wait_for()


def pictures() -> list[Picture]:
    """Return every picture, in the order of the menu."""
    asked = urlencode({"q": QUESTION})
    drafts = urlencode({"first": "SAMPLE/2024/RES/1", "second": "SAMPLE/2025/RES/1"})
    return [
        Picture("start", "", ".p-tips", _menu),
        Picture("search", f"?{asked}", "article", docs=True),
        Picture("context", f"?{asked}", "article", _context),
        Picture("nothing", f"?{asked}&kind=letter&year=1999", ".p-notice"),
        Picture("read", "read?document=SAMPLE/2024/SR/1&paragraph=8", ".p-marked", docs=True),
        Picture(
            "see", f"see?{urlencode({'q': TREND}, doseq=True)}", "canvas, svg.marks", docs=True
        ),
        Picture("draft", "draft", "textarea", _draft, docs=True),
        Picture("verify", "verify", "textarea", _verify),
        Picture("table", f"table?passage={quote(PARAGRAPH)}", "h1"),
        Picture("compare", f"compare?{drafts}", "h1"),
        Picture("lineage", f"lineage?passage={quote('SAMPLE/2025/RES/1, para. 2')}", "h1"),
        Picture("collections", "collections", "h1", _collection),
        Picture("corpus", "corpus", "h1"),
        Picture("add", "corpus?view=add", "[data-testid=stFileUploader]"),
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _programs(folder: Path) -> list[Program]:
    command = (sys.executable, "-m", "precedent")
    index = str(folder / "index")
    subprocess.run([*command, "index", str(SAMPLE / "documents"), "--index", index], check=True)
    api_port, page_port = _free_port(), _free_port()
    api, page = f"http://127.0.0.1:{api_port}", f"http://127.0.0.1:{page_port}"
    serve = ("serve", "--host", "127.0.0.1", "--port", str(api_port), "--index", index)
    ui = ("ui", "--port", str(page_port), "--api-url", api)
    return [
        Program("the API", (*command, *serve), f"{api}/readyz", folder / "api.log"),
        Program("the page", (*command, *ui), page, folder / "page.log"),
    ]


def _take(browser: Browser, root: str, picture: Picture, out: Path) -> None:
    for name, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            page.set_default_timeout(30_000)
            page.goto(f"{root}/{picture.address}")
            page.locator(picture.shown).first.wait_for(state="attached")
            if picture.act is not None:
                picture.act(page)
            page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()
            page.locator("[data-testid=stSkeleton]").first.wait_for(state="detached")
            page.wait_for_timeout(SETTLE_MS)
            page.screenshot(path=out / f"{picture.name}-{name}-{scheme}.png")
            page.close()


def shrunk(png: bytes) -> bytes:
    """Return a picture of an interface with its 256 commonest colours: a quarter of the bytes."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
    return out.getvalue()


def main() -> None:
    """Start all, take the pictures, and write those of the documentation if asked to."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true", help="write docs/images anew")
    parser.add_argument("--only", nargs="*", help="names of pictures; all by default")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    wanted = [p for p in pictures() if not given.only or p.name in given.only]
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        # What is kept on the pictures is not the reader's own.
        os.environ["PRECEDENT_LIBRARY"] = str(folder / "library.sqlite")
        programs = _programs(folder)
        running.enter_context(supervise(programs, START_S))
        playwright = running.enter_context(sync_playwright())
        chromium = os.environ.get("PRECEDENT_CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in wanted:
            _take(browser, programs[1].ready_url, picture, given.out)
            sys.stdout.write(f"{picture.name}\n")
        browser.close()
    for picture in wanted:
        if given.docs and picture.docs:
            png = shrunk((given.out / f"{picture.name}-1440-light.png").read_bytes())
            if len(png) > MOST_BYTES:
                raise SystemExit(f"{picture.name}: {len(png):,} bytes, more than {MOST_BYTES:,}")
            (ROOT / "docs" / "images" / f"{picture.name}.png").write_bytes(png)


if __name__ == "__main__":
    main()
