"""Figures as text, tiles, tables: the words are right, also where there is little to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from stripe_report.books import Book, Library, in_order, month_before
from stripe_report.exhibits.failures import OTHERS, FailedByReason
from stripe_report.exhibits.recurring import SECTION as RECURRING
from stripe_report.freshness import freshness_table
from stripe_report.money import Currency, percent
from stripe_report.tiles import tiles


@pytest.mark.parametrize(
    ("exponent", "minor", "text"),
    [
        (2, 123_456_789, "XXX 1,234,567.89"),
        (2, 5, "XXX 0.05"),
        (2, -5, "XXX \N{MINUS SIGN}0.05"),
        (0, 123_456_789, "XXX 123,456,789"),
        (3, 1_234_560, "XXX 1,234.560"),
        # Beyond what a float can hold.
        (2, 90_071_992_547_409_93, "XXX 90,071,992,547,409.93"),
    ],
)
def test_amounts_are_exact(exponent: int, minor: int, text: str) -> None:
    assert Currency("xxx", exponent).text(minor) == text


def test_rates_are_percent_with_one_decimal() -> None:
    assert percent(Decimal("0.0425")) == "4.2 %"
    assert percent(Decimal("-0.031")) == "\N{MINUS SIGN}3.1 %"
    assert percent(Decimal(1)) == "100.0 %"


def test_the_first_book_is_live_and_has_the_most_charges(library: Library) -> None:
    shelves = [(mode, [book.currency.code for book in books]) for mode, books in in_order(library)]
    assert shelves == [("live", ["usd", "jpy", "kwd"]), ("test", ["usd"])]


def test_books_look_back_so_many_months(books: dict[str, Book]) -> None:
    months = [row["month"] for row in books["live-usd"].rows["mrr"]]
    assert months[0] == month_before(months[-1], 23) == date(2024, 12, 1)
    assert len(months) == 24


def test_the_headline_compares_now_with_the_end_of_the_last_month(books: dict[str, Book]) -> None:
    book = books["live-jpy"]
    *_, before, now = book.rows["mrr"]
    mrr = tiles(book)[0]
    assert (mrr.label, mrr.unit) == ("MRR", "JPY")
    assert mrr.figure == f"{now['mrr_minor']:,}"
    assert mrr.change == f"+{100 * (now['mrr_minor'] / before['mrr_minor'] - 1):.1f} %"
    assert mrr.note == "since the end of October"
    assert mrr.better


def test_the_headline_tells_of_the_last_whole_month_what_adds_up(books: dict[str, Book]) -> None:
    book = books["live-usd"]
    *_, october, november = book.rows["collected"]
    assert november["is_running_month"]
    by_label = {tile.label: tile for tile in tiles(book)}
    collected = by_label["Collected in October"]
    assert collected.figure == f"{october['net_collected_minor'] / 100:,.2f}"
    assert collected.note == "against September"
    failed = by_label["Failed charges in October"]
    assert failed.figure == str(book.rows["charge_outcomes"][-2]["failed_count"])
    assert by_label["Past due"].note == "4 invoices, 1 for more than 90 days"


def test_the_headline_of_little_says_what_is_missing(books: dict[str, Book]) -> None:
    notes = {tile.label: (tile.figure, tile.note) for tile in tiles(books["live-kwd"])}
    assert notes["MRR"] == ("\N{EN DASH}", "none in this currency")
    assert notes["Net retention, 12 months"] == ("\N{EN DASH}", "no year to look back on yet")
    assert notes["Past due"] == ("0.000", "nothing is")


def test_a_figure_that_stays_is_neither_better_nor_worse(books: dict[str, Book]) -> None:
    book = books["live-jpy"]
    before, now = book.rows["mrr"][-2:]
    stays = [before, {**now, "mrr_minor": before["mrr_minor"]}]
    mrr = tiles(replace(book, rows={**book.rows, "mrr": stays}))[0]
    assert (mrr.change, mrr.better) == ("unchanged", None)


def test_the_figures_of_a_chart_begin_with_the_running_month(books: dict[str, Book]) -> None:
    shown = RECURRING.exhibits[0].show(books["live-usd"])
    assert shown
    assert shown.table.headings[:2] == ["Month", "MRR, USD"]
    assert [row[0] for row in shown.table.rows[:2]] == ["Nov 2026, to date", "Oct 2026"]
    assert shown.remark
    assert shown.remark.startswith("Up to Sep 2026 rebuilt from the lines of invoices")


def test_every_failed_charge_is_under_one_reason(books: dict[str, Book]) -> None:
    book = books["live-usd"]
    shown = FailedByReason().show(book)
    assert shown
    headings = list(shown.table.headings)
    last = headings.index("Failed in all")
    reasons = headings[1:last]
    assert OTHERS in reasons
    assert "Blocked by Radar" in reasons
    assert len(reasons) == 7
    for row in shown.table.rows:
        assert sum(map(int, row[1:last])) == int(row[last])


def test_freshness_leaves_out_what_no_table_tells(library: Library) -> None:
    table = freshness_table(library.freshness)
    assert table.headings == ["Table", "Rows", "Deleted", "Newest object"]
    assert [row[0] for row in table.rows] == ["charges", "customers", "invoices"]
    ran = [{**row, "last_run_outcome": "ok"} for row in library.freshness]
    assert freshness_table(ran).headings[-1] == "Outcome"
