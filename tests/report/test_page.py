"""The page in a real browser: it draws everything, asks nobody, and can be read anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from stripe_report.books import Library
from stripe_report.draw.style import DARK, LIGHT
from stripe_report.exhibits import SECTIONS

from tests.report.made_up import SCRIPT
from tests.report.visit import DESKTOP, PHONE, Visit, visit

BOOKS = ["live-usd", "live-jpy", "live-kwd", "test-usd"]
EXHIBITS = [exhibit for section in SECTIONS for exhibit in section.exhibits]


@pytest.fixture(scope="module")
def seen(browser: Browser, page_path: Path) -> Iterator[Visit]:
    """One visit that the tests share."""
    with visit(browser, page_path) as visited:
        yield visited


def go_to(seen: Visit, book: str) -> None:
    seen.choose(book.split("-", maxsplit=1)[0])
    seen.choose(book)


@pytest.mark.parametrize("book", BOOKS)
def test_the_switch_shows_one_book_with_all_its_charts(
    seen: Visit, library: Library, book: str
) -> None:
    go_to(seen, book)

    assert seen.book() == book
    [there] = [one for one in library.books if one.name == book]
    expected = {f"{book}/{one.name}" for one in EXHIBITS if one.show(there)}
    drawn = seen.page.locator(".chart:visible")
    assert {place.get_attribute("data-chart") for place in drawn.all()} == expected
    for place in drawn.all():
        box = place.locator("svg").bounding_box()
        assert box
        assert box["width"] > 300
        assert box["height"] > 40
        marks = place.locator(".mark-rect path, .mark-line path, .mark-symbol path")
        assert marks.count() > 0, place.get_attribute("data-chart")


def test_nothing_is_complained_of_and_nobody_is_asked(seen: Visit) -> None:
    for book in BOOKS:
        go_to(seen, book)
    seen.page.locator(".chart:visible").first.hover()
    assert seen.told == []
    assert seen.requests == []


def test_the_page_forbids_itself_to_ask(seen: Visit) -> None:
    """A script that got in would have nowhere to go."""
    refused = seen.page.evaluate(
        "fetch('https://example.com').then(() => 'went out', () => 'refused')"
    )
    assert refused == "refused"
    # The browser tells of the attempt, so it is taken off what the visit has seen.
    assert "Content Security Policy" in seen.told.pop(0)
    seen.told.clear()
    seen.requests.clear()


def test_amounts_have_their_currency_and_its_decimals(seen: Visit) -> None:
    for book, pattern in (
        ("live-usd", r"USD [\d,]+\.\d\d"),
        ("live-jpy", r"JPY [\d,]+"),
        ("live-kwd", r"KWD [\d,]+\.\d{3}"),
    ):
        go_to(seen, book)
        figures = seen.page.locator(f"#{book} .figure").all_inner_texts()
        amounts = [text for text in figures if text[:3] == book[-3:].upper()]
        assert amounts
        assert all(re.fullmatch(pattern, amount) for amount in amounts), amounts


def test_a_month_tells_its_figures_when_it_is_pointed_at(seen: Visit) -> None:
    go_to(seen, "live-usd")
    chart = seen.page.locator("[data-chart='live-usd/mrr-movements']")
    box = chart.locator("svg").bounding_box()
    assert box
    chart.locator("svg").hover(position={"x": box["width"] - 20, "y": box["height"] / 2})
    told = seen.page.locator("#vg-tooltip-element.visible")
    told.wait_for()
    assert told.locator("h2").inner_text() == "Nov 2026, to date"
    columns = [
        *("At the start", "New", "Expansion", "Reactivated", "Contraction", "Churned"),
        "At the end",
    ]
    assert told.locator("td.key").all_inner_texts() == columns
    for figure in told.locator("td.value").all_inner_texts():
        assert re.fullmatch("USD \N{MINUS SIGN}?[\\d,]+\\.\\d\\d", figure)


def test_what_the_account_has_none_of_says_so(seen: Visit) -> None:
    go_to(seen, "live-kwd")
    told = seen.page.locator("#live-kwd .empty").all_inner_texts()
    assert "No subscription has been paid for in this currency in these months." in told
    assert "Nothing is past due in this currency." in told
    assert any(text.startswith("Nothing settles in this currency") for text in told)


def test_every_exhibit_has_its_definition_and_its_mart(seen: Visit) -> None:
    go_to(seen, "live-usd")
    for exhibit in EXHIBITS:
        article = seen.page.locator(f"#live-usd-{exhibit.name}")
        beside = article.locator("aside").inner_text()
        assert exhibit.definition in beside
        assert exhibit.mart in beside


def test_test_data_is_called_so(seen: Visit) -> None:
    go_to(seen, "test-usd")
    assert seen.page.locator(".badge:visible").count() == 1
    go_to(seen, "live-usd")
    assert seen.page.locator(".badge:visible").count() == 0


def test_names_are_text_whatever_is_in_them(seen: Visit) -> None:
    assert seen.page.title() == "Fjord & Sons <Ltd>"
    go_to(seen, "live-usd")
    assert SCRIPT in seen.page.locator("#live-usd-top-customers td").all_inner_texts()


@pytest.mark.parametrize(
    ("size", "dark"), [(DESKTOP, True), (PHONE, False)], ids=["dark desktop", "light phone"]
)
def test_it_fits_the_window_in_the_colours_of_the_reader(
    browser: Browser, page_path: Path, size: tuple[int, int], *, dark: bool
) -> None:
    with visit(browser, page_path, size, dark=dark) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") == size[0]
        for word in seen.page.locator("svg .mark-text text:visible").all():
            box = word.bounding_box()
            assert box
            assert box["x"] >= 0, word.inner_text()
            assert box["x"] + box["width"] <= size[0], word.text_content()
        bar = seen.page.locator("[data-chart='live-usd/arr'] .mark-line path").first
        colour = bar.evaluate("line => getComputedStyle(line).stroke")
        assert colour == rgb((DARK if dark else LIGHT)["blue"])
        assert seen.told == []


def test_paper_is_light_and_has_neither_switch_nor_a_book_beside(
    browser: Browser, page_path: Path
) -> None:
    with visit(browser, page_path, dark=True) as seen:
        seen.page.emulate_media(media="print")
        paper = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == rgb(LIGHT["paper"])
        assert not seen.page.locator(".switch").is_visible()
        assert seen.page.locator(".book:visible").count() == 1
        assert 4 <= seen.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 9


def rgb(colour: str) -> str:
    """A colour as browsers tell it."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
