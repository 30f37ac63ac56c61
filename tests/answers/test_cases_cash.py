"""Money that came in or went back, the balance, and whom it came from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Story, story


def a_month_of_charges(s: Story) -> None:
    s.charge("2026-08-03", 1000)
    s.charge("2026-08-31T23:59:59Z", 500)
    s.charge("2026-09-01", 70)
    s.charge("2026-08-04", 9000, "failed")
    s.charge("2026-08-05", 9000, "pending")
    s.charge("2026-08-06", 9000, captured=False)
    s.charge("2026-08-07", 900, amount_captured=300)


@story(a_month_of_charges)
def test_what_was_captured_of_charges_that_succeeded_is_collected(answers: Answers) -> None:
    row = answers.row("collected_revenue_monthly", "2026-08")
    assert (row["charges_gross_minor"], row["charges_count"]) == (1800, 3)
    assert answers.row("collected_revenue_monthly", "2026-09")["charges_gross_minor"] == 70


@story(a_month_of_charges)
def test_an_uncaptured_authorisation_has_not_failed(answers: Answers) -> None:
    row = answers.row("charge_outcomes_monthly", "2026-08")
    assert (row["failed_count"], row["succeeded_count"], row["pending_count"]) == (1, 4, 1)
    assert row["failure_rate"] == Decimal("0.2")


def refund_in_a_later_month(s: Story) -> None:
    charge = s.charge("2026-08-03", 1000)
    s.refund(charge, "2026-09-02", 400)
    s.refund(charge, "2026-09-03", 100, status="failed")
    s.refund(charge, "2026-09-03", 100, status="pending")


@story(refund_in_a_later_month)
def test_a_refund_belongs_to_its_own_month(answers: Answers) -> None:
    months = ("2026-08", "2026-09")
    rows = [answers.row("collected_revenue_monthly", month) for month in months]
    assert [row["refunds_minor"] for row in rows] == [0, 400]
    assert [row["net_collected_minor"] for row in rows] == [1000, -400]


@story(lambda s: s.refund(None, "2026-08-03", 400))
def test_a_refund_counts_in_a_currency_without_charges(answers: Answers) -> None:
    rows = answers.rows("collected_revenue_monthly")
    assert sorted(row["refunds_minor"] for row in rows) == [0, 0, 0, 400]
    assert answers.row("collected_revenue_monthly", "2026-08")["net_collected_minor"] == -400


@story(lambda s: s.dispute("2026-08-03", 400, "lost"))
def test_a_dispute_counts_in_a_currency_without_charges(answers: Answers) -> None:
    assert answers.row("disputes_monthly", "2026-08")["lost_minor"] == 400


def settled_before_the_first_charge(s: Story) -> None:
    charge = {"payment_intent": s.books.id("pi"), "created": "2026-08-03T00:00:00Z", "amount": 500}
    s.settle(s.books.id("in"), charge)
    s.charge("2026-10-03", 7)


@story(settled_before_the_first_charge)
def test_a_payment_counts_in_a_month_before_all_charges(answers: Answers) -> None:
    row = answers.row("collected_revenue_monthly", "2026-08")
    assert row["invoices_paid_minor"] == 500


def paid_outside_stripe(s: Story) -> None:
    s.invoice(
        "2026-08-03",
        paid_at="2026-09-04",
        amount_paid=800,
        amount_paid_off_stripe=800,
        collection_method="send_invoice",
    )
    invoice = s.invoice("2026-09-03", amount_paid=500)
    s.settle(invoice, s.charge("2026-09-03", 500))
    s.charge("2026-09-05", 60)


@story(paid_outside_stripe)
def test_what_was_paid_outside_stripe_is_shown_apart(answers: Answers) -> None:
    row = answers.row("collected_revenue_monthly", "2026-09")
    assert row["paid_off_stripe_minor"] == 800
    assert (row["charges_gross_minor"], row["invoices_paid_minor"]) == (560, 500)
    assert (row["non_invoice_charges_minor"], row["reconciliation_difference_minor"]) == (60, 0)


def paid_in_the_next_month(s: Story) -> None:
    invoice = s.invoice("2026-08-31", amount_paid=500)
    s.settle(invoice, s.charge("2026-08-31", 500), at="2026-09-02")


@story(paid_in_the_next_month)
def test_a_payment_that_arrives_later_is_a_matter_of_timing(answers: Answers) -> None:
    rows = [answers.row("collected_revenue_monthly", m) for m in ("2026-08", "2026-09")]
    assert [row["timing_minor"] for row in rows] == [500, -500]
    assert [row["invoices_paid_minor"] for row in rows] == [0, 500]
    assert [row["reconciliation_difference_minor"] for row in rows] == [0, 0]


# The balance


def movements(s: Story) -> None:
    s.balance("2026-08-03", "charge", 1000, fee=30)
    s.balance("2026-08-04", "payment", 500, fee=10)
    s.balance("2026-08-05", "refund", -200)
    s.balance("2026-08-06", "refund_failure", 50)
    s.balance("2026-08-07", "adjustment", -300, fee=15, category="dispute")
    s.balance("2026-08-08", "adjustment", 300, category="dispute_reversal")
    s.balance("2026-08-09", "adjustment", 7, category="other_adjustment")
    s.balance("2026-08-10", "stripe_fee", -20)
    s.balance("2026-08-11", "payout", -900)
    s.balance("2026-08-12", "transfer", -11)


@story(movements)
def test_the_balance_is_told_by_category(answers: Answers) -> None:
    row = answers.row("net_revenue_monthly", "2026-08")
    names = ("gross", "refunds", "disputes", "fees", "net", "other", "payouts", "balance_change")
    told = {name: row[f"{name}_minor"] for name in names}
    assert told == {
        "gross": 1500,
        "refunds": -150,
        "disputes": 0,
        "fees": -75,
        "net": 1275,
        "other": -4,
        "payouts": -900,
        "balance_change": 371,
    }


def disputes(s: Story) -> None:
    for number in range(10):
        s.charge(f"2026-08-{number + 1:02}", 100)
    for status in (
        "won",
        "lost",
        "lost",
        "needs_response",
        "warning_closed",
        "warning_needs_response",
        "prevented",
    ):
        s.dispute("2026-08-20", 100, status)


@story(disputes)
def test_disputes_are_won_lost_or_open_and_neither_inquiries_nor_prevented_ones(
    answers: Answers,
) -> None:
    row = answers.row("disputes_monthly", "2026-08")
    assert row["disputes"] == 4
    assert [row[f"{name}_minor"] for name in ("won", "lost", "pending")] == [100, 200, 100]
    assert (row["inquiries"], row["prevented"]) == (2, 1)
    assert row["dispute_rate"] == Decimal("0.4")


# Customers


def guests(s: Story) -> None:
    ann = {"email": "Ann@Example.com", "name": "Ann"}
    s.charge("2026-08-03", 100, customer=None, billing_details=ann)
    s.charge("2026-08-04", 30, customer=None, billing_details={"email": "ann@example.com"})
    s.charge("2026-08-05", 7, customer=None, billing_details=None)


@story(guests)
def test_guests_are_known_by_their_email(answers: Answers) -> None:
    rows = answers.rows("top_customers")
    told = {row["customer_id"]: (row["lifetime_net_minor"], row["rank_lifetime"]) for row in rows}
    assert told == {"guest:ann@example.com": (130, 1), "guest:unknown": (7, 2)}
    assert {row["customer_name"] for row in rows} == {"Ann", None}


def twelve_months(s: Story) -> None:
    s.known_as(
        name="Loyal Ltd", email="Pat@Loyal.Example", metadata={"crm_id": "C-7", "other": "x"}
    )
    old = s.charge("2025-11-22T12:00:00Z", 1000)
    s.charge("2025-11-22T12:00:01Z", 500)
    s.refund(old, "2026-10-01", 200)


@story(twelve_months)
def test_top_customers_are_ranked_by_what_they_paid_less_refunds(answers: Answers) -> None:
    (row,) = answers.rows("top_customers")
    assert (row["lifetime_paid_minor"], row["lifetime_refunded_minor"]) == (1500, 200)
    assert (row["lifetime_net_minor"], row["last_12m_net_minor"]) == (1300, 300)


@story(twelve_months)
def test_a_customer_is_joined_to_the_crm_by_its_metadata_or_its_domain(answers: Answers) -> None:
    (row,) = answers.rows("customers_360", customer_id=answers.story.customer)
    assert (row["crm_id"], row["email_domain"], row["name"]) == (
        "C-7",
        "loyal.example",
        "Loyal Ltd",
    )
    assert f"{row['first_paid_at']:%Y-%m-%d}" == "2025-11-22"
    assert row["currencies"] == answers.story.currency


def never_loaded(s: Story) -> None:
    s.invoice("2026-05-01", customer_name="Old Name", customer_email="old@example.com")
    s.invoice("2026-06-01", customer_name="Left Ltd", customer_email="left@example.com")
    s.charge("2026-06-01", 100)


@story(never_loaded)
def test_a_customer_that_was_deleted_before_the_first_load_has_its_last_name(
    answers: Answers,
) -> None:
    (row,) = answers.rows("customers_360", customer_id=answers.story.customer)
    assert (row["name"], row["is_deleted"]) == ("Left Ltd", True)
    (top,) = answers.rows("top_customers")
    assert top["customer_name"] == "Left Ltd"


@pytest.mark.parametrize("table", ["charges", "subscriptions", "payouts"])
@story(lambda _: None)
def test_freshness_tells_of_every_table_that_was_loaded(answers: Answers, table: str) -> None:
    rows = answers.rows("data_freshness", table_name=table)
    assert len(rows) == (table != "payouts")
