"""Rows that are flagged as deleted: what is gone counts neither now nor in the past."""

from __future__ import annotations

import pytest

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Item, Story, story


def wiped(s: Story) -> None:
    """Test data that was deleted; one charge came after it."""
    item = Item(s.price(1000), discounts=[s.discount(s.coupon(percent_off=10))])
    subscription = s.subscription(item)
    s.event(subscription, "2026-10-05", item, before={"quantity": 2})
    s.bill(subscription, item, 1000, ["2026-07", "2026-08"])
    owed = s.invoice("2026-08-01", status="open", attempted=True, amount_remaining=50)
    s.settle(owed, s.charge("2026-08-01", 50, "failed"), status="open")
    charge = s.charge("2026-08-03", 1000)
    s.settle(s.invoice("2026-08-03", amount_paid=1000), charge)
    s.refund(charge, "2026-08-04", 400)
    s.dispute("2026-08-05", 100, "lost")
    s.balance("2026-08-06", "charge", 1000)
    s.books.wipe(s.currency)
    s.charge("2026-07-20", 7)


@pytest.mark.parametrize(
    ("mart", "column", "total"),
    [
        ("mrr_monthly", "mrr_minor", 0),
        ("collected_revenue_monthly", "net_collected_minor", 7),
        ("collected_revenue_monthly", "refunds_minor", 0),
        ("collected_revenue_monthly", "invoices_paid_minor", 0),
        ("disputes_monthly", "disputed_minor", 0),
        ("charge_outcomes_monthly", "attempts", 1),
        ("payment_recovery_monthly", "failed_invoices", 0),
        ("net_revenue_monthly", "balance_change_minor", 0),
        ("past_due", "amount_remaining_minor", 0),
        ("top_customers", "lifetime_paid_minor", 7),
    ],
)
@story(wiped)
def test_what_was_deleted_counts_nowhere(
    answers: Answers, mart: str, column: str, total: int
) -> None:
    assert sum(row[column] for row in answers.rows(mart)) == total


@story(wiped)
def test_a_deleted_subscription_has_no_history(answers: Answers) -> None:
    assert answers.ledger() == []


def wiped_without_its_invoices(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(item)
    s.event(subscription, "2026-10-05", item, before={"quantity": 2})
    s.books.wipe(s.currency)
    s.bill(subscription, item, 1000, ["2026-07", "2026-08"])


@story(wiped_without_its_invoices)
def test_invoices_of_a_deleted_subscription_are_no_mrr(answers: Answers) -> None:
    assert answers.ledger() == []
    assert answers.mrr("2026-07", "2026-08", "2026-10", "2026-11") == [0, 0, 0, 0]
