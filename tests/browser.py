"""A real browser (Debian's Chromium) on the real server, for tests of the page; nothing but the server can be reached."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from kg.serve.explorer import page

ROOT = Path(__file__).parent.parent
PATIENCE = 30_000
"""Milliseconds that anything may take to appear on a busy machine."""
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"


def needed() -> str:
    """Return the browser; without it or the built page the test is skipped here and fails in CI."""
    program = shutil.which("chromium")
    missing = [
        *(["chromium (apt-get install chromium)"] if program is None else []),
        *(["the built page (make web)"] if not (page.FOLDER / "index.html").is_file() or not AXE.is_file() else []),
    ]
    if missing or program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"missing: {', '.join(missing)}")
    return program


class Visit:
    """A window on the page: what it asked for outside, and what went wrong."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.outside: list[str] = []
        self.problems: list[str] = []
        context.route("**/*", self._pass)
        self.page: Page = context.new_page()
        self.page.on("console", lambda m: self.problems.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))

    def _pass(self, route: Route) -> None:
        if route.request.url.startswith((self.address + "/", "data:")):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def open(self, state: str = "#/events") -> Page:
        """Open the page in a state, and wait until what it shows is there."""
        self.page.goto(f"{self.address}/{state}")
        self.page.get_by_role("main").wait_for()
        return self.page

    def faults(self) -> list[str]:
        """Return the serious faults that axe-core finds in what is shown now."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{fault['id']}: {node['html'][:120]}"
            for fault in found["violations"]
            if fault["impact"] in {"serious", "critical"}
            for node in fault["nodes"]
        ]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser while the block does; there is one at a time."""
    root = os.geteuid() == 0
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=needed(), args=["--no-sandbox"] if root else [], chromium_sandbox=not root
        )
        try:
            yield running
        finally:
            running.close()


@contextmanager
def visiting(
    running: Browser, address: str, *, width: int = 1440, height: int = 900, dark: bool = False
) -> Iterator[Visit]:
    """Open a window on the page while the block does."""
    context = running.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield Visit(context, address)
    finally:
        context.close()
