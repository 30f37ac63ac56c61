"""All currencies in one, at rates that are supplied, in DuckDB and in PostgreSQL."""

from __future__ import annotations

import pytest

from tests.answers.alone import Alone
from tests.answers.cases.answers import first_of
from tests.answers.cases.books import NOW, Books
from tests.answers.cases.story import Item, Story

RATES = """
insert into stripe_models.exchange_rates (currency, month, rate) values
    ('eur', date '2026-10-01', 1.5), ('gbp', date '2026-10-01', 1.5),
    ('jpy', date '2026-10-01', 0.0065), ('kwd', date '2026-10-01', 3.25),
    ('eur', date '2026-11-01', 2), ('gbp', date '2026-11-01', 2), ('usd', date '2026-11-01', 150)
"""
FIGURES = ("mrr_minor", "net_collected_minor", "net_revenue_minor")


@pytest.fixture
def in_dollars(alone: Alone) -> Alone:
    """Subscriptions in four currencies, a charge in francs, a balance in dinars."""
    books = Books()
    for currency, unit in (("usd", 1000), ("eur", 1001), ("gbp", 1001), ("jpy", 4400)):
        story = Story(books, f"cus_{currency}", currency)
        story.subscription(Item(story.price(unit)))
    Story(books, "cus_chf", "chf").charge("2026-10-03", 100)
    Story(books, "cus_usd", "usd").charge("2026-11-03", 70)
    Story(books, "cus_kwd", "kwd").balance("2026-10-03", "charge", 5120)
    alone.load(books)
    alone.build(as_of=NOW, reporting_currency="usd")
    alone.execute(RATES)
    alone.run("--select", "int_reporting_amounts+", as_of=NOW, reporting_currency="usd")
    return alone


def reported(warehouse: Alone, month: str) -> list[int | None]:
    """The figures of a month."""
    statement = "select * from stripe_marts.reporting_monthly where month = %s"
    (row,) = warehouse.query(statement, [first_of(month)])
    return [row[name] for name in FIGURES]


def test_currencies_are_added_up_at_the_rates_of_the_month(in_dollars: Alone) -> None:
    """MRR is 1000 + 1501.5 + 1501.5 + 2860 cents, rounded once, and no rate of the franc is known.

    A yen has no decimals, a dinar three.
    """
    assert reported(in_dollars, "2026-10") == [6863, None, 1664]


def test_what_is_nothing_needs_no_rate(in_dollars: Alone) -> None:
    """In November there is none of the yen, in which there is MRR, nor of the franc."""
    assert reported(in_dollars, "2026-11") == [None, 70, 0]


def test_the_reporting_currency_may_have_no_decimals(in_dollars: Alone) -> None:
    in_dollars.run("--select", "int_reporting_amounts+", as_of=NOW, reporting_currency="jpy")
    assert reported(in_dollars, "2026-11") == [4400 + 1500 + 40, 105, 0]
    (row,) = in_dollars.query(
        "select mrr from stripe_marts.reporting_monthly where is_running_month"
    )
    assert str(row["mrr"]) == "5940.000"
