"""A visit to the report in a browser, in which everything that happens is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from scripts.browser import ALL_DRAWN

DESKTOP, PHONE = (1280, 900), (390, 844)


@dataclass
class Visit:
    """What a visitor sees, and what the browser had to say."""

    page: Page
    told: list[str] = field(default_factory=list)
    """Messages of the console, whatever their kind, and errors that nobody caught."""
    requests: list[str] = field(default_factory=list)
    """Addresses that the page asked for, beside its own."""

    def choose(self, value: str) -> None:
        """Click on a mode, or on a currency by its book, and wait for the charts."""
        self.page.locator(f"label:has(input[value={value}])").click()
        self.wait()

    def wait(self) -> None:
        """Wait until every chart that is in sight is drawn."""
        self.page.wait_for_function(ALL_DRAWN, timeout=120_000)

    def book(self) -> str:
        """The book that is shown."""
        [shown] = self.page.locator(".book:visible").all()
        name = shown.get_attribute("id")
        assert name
        return name


@contextmanager
def visit(
    browser: Browser, path: Path, size: tuple[int, int] = DESKTOP, *, dark: bool = False
) -> Iterator[Visit]:
    """Open the page in a window of this size and wait until it is drawn."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    visit = Visit(page)
    page.on("console", lambda message: visit.told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: visit.told.append(str(error)))
    page.on("request", lambda request: visit.requests.append(request.url))
    page.goto(path.as_uri())
    visit.requests.remove(path.as_uri())
    visit.wait()
    yield visit
    context.close()
