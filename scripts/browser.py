"""A browser without a screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")
"""Those that the Makefile looks for."""
ALL_DRAWN = "!document.querySelector('.book:not([hidden]) [data-chart]:not([data-drawn])')"
"""In a report: every chart that is in sight is drawn."""


@contextmanager
def headless_browser() -> Iterator[Browser]:
    """The system's own if there is one, else Playwright's. `make browser` installs one of them."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()
