"""The demo account's report and answers, in DuckDB and in PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser
from stripe_report.books import read_library
from stripe_report.cli import main
from stripe_report.exhibits import SECTIONS
from stripe_report.warehouse import open_warehouse

from scripts.answer_questions.__main__ import PAGE, answered
from tests.demo_run import DemoRun
from tests.report.copies import copy_marts
from tests.report.visit import visit

CUT_OFF = """[...document.querySelectorAll("details")].map(each => each.open = true) &&
[...document.querySelectorAll(".scroll")].filter(place => place.scrollWidth > place.clientWidth)
    .map(place => place.closest("article").id || "freshness")"""
"""JavaScript: the exhibits whose tables, all opened, are wider than a large window has room for."""


def test_the_page_draws_every_chart_of_the_demo_account(
    demo_run: DemoRun, browser: Browser
) -> None:
    with open_warehouse(str(demo_run.warehouse), "stripe_marts") as warehouse:
        books = read_library(warehouse, 24).books
    assert [book.name for book in books] == ["test-usd", "test-eur", "test-gbp", "test-jpy"]
    exhibits = [exhibit for section in SECTIONS for exhibit in section.exhibits]
    assert all(exhibit.show(books[0]) for exhibit in exhibits)
    with visit(browser, demo_run.report) as seen:
        for book in books:
            seen.choose(book.name)
            charts = seen.page.locator(".chart:visible svg").count()
            assert charts == sum(exhibit.show(book) is not None for exhibit in exhibits)
            assert seen.page.evaluate(CUT_OFF) == [], book.name
        assert seen.page.locator(".badge:visible").inner_text().lower() == "test data"
        assert seen.told == []
        assert seen.requests == []


def test_the_questions_have_the_answers_of_the_demo_account(demo_run: DemoRun) -> None:
    assert answered(str(demo_run.warehouse)) == PAGE.read_text("utf-8"), "run make questions"


def test_postgres_gives_the_same_answers_and_the_same_page(
    demo_run: DemoRun, postgres: str, tmp_path: Path
) -> None:
    copy_marts(demo_run.warehouse, postgres)
    assert answered(postgres) == answered(str(demo_run.warehouse))
    pages = []
    for database in (postgres, str(demo_run.warehouse)):
        main(["html", "--database", database, "--output", str(tmp_path)])
        pages.append((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
