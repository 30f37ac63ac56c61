"""Payments that failed: what became of them, and what is still owed."""

from __future__ import annotations

from decimal import Decimal

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Story, story


def failures(s: Story) -> None:
    s.charge("2026-08-03", 100, "failed", failure_code="card_declined", payment_intent="pi_a")
    s.charge("2026-08-05", 100, "failed", failure_code="card_declined", payment_intent="pi_a")
    s.charge("2026-08-06", 50, "failed", failure_code="card_declined", payment_intent="pi_b")
    s.charge(
        "2026-08-07",
        700,
        "failed",
        failure_code="card_declined",
        payment_intent="pi_c",
        outcome={"type": "blocked"},
    )
    s.charge("2026-08-08", 10, "failed", payment_intent=None)


@story(failures)
def test_retries_are_attempts_at_one_payment_and_blocks_stand_apart(answers: Answers) -> None:
    told = {
        (row["failure_code"], row["is_blocked"]): (
            row["failed_count"],
            row["failed_payments"],
            row["failed_minor"],
        )
        for row in answers.rows("failed_charges_monthly")
    }
    assert told == {
        ("card_declined", False): (3, 2, 250),
        ("card_declined", True): (1, 1, 700),
        ("unknown", False): (1, 1, 10),
    }
    row = answers.row("charge_outcomes_monthly", "2026-08")
    assert (row["attempts"], row["blocked_count"], row["failed_payments"]) == (5, 1, 4)


def recoveries(s: Story) -> None:
    def failed_first(
        status: str, amount: int, paid_at: str | None = None, **fields: object
    ) -> None:
        paid: dict[str, object] = {"paid_at": paid_at, "amount_paid": amount} if paid_at else {}
        invoice = s.invoice("2026-08-03", status=status, **paid, **fields)
        charge = s.charge("2026-08-03T06:00:00Z", amount, "failed")
        s.settle(invoice, charge, status="paid" if paid_at else "open", at=paid_at)
        if paid_at:
            s.charge(paid_at, amount, payment_intent=charge["payment_intent"])

    failed_first("paid", 1, paid_at="2026-08-10T06:00:00Z")
    failed_first("paid", 20, paid_at="2026-08-10T06:00:01Z")
    failed_first("paid", 300, paid_at="2026-10-20")
    failed_first("open", 4000, next_payment_attempt="2026-11-30T00:00:00Z", amount_remaining=4000)
    failed_first("uncollectible", 50_000)
    failed_first("open", 600_000, amount_remaining=600_000)
    first_succeeded = s.charge("2026-08-03", 7)
    s.settle(s.invoice("2026-08-03", amount_paid=7), first_succeeded)


@story(recoveries)
def test_invoices_whose_first_charge_failed_are_followed(answers: Answers) -> None:
    row = answers.row("payment_recovery_monthly", "2026-08")
    assert (row["failed_invoices"], row["failed_minor"]) == (6, 654_321)
    windows = [row[f"recovered_{days}d_minor"] for days in (7, 14, 30, 60)]
    assert windows == [1, 21, 21, 21]
    assert (row["recovered_invoices"], row["recovered_minor"]) == (3, 321)
    assert (row["retrying_minor"], row["lost_minor"], row["waiting_minor"]) == (
        4000,
        50_000,
        600_000,
    )
    assert row["recovery_rate"] == Decimal("0.5")


def debts(s: Story) -> None:
    s.invoice(
        "2026-07-01",
        status="open",
        number="A-1",
        customer_name="Late Ltd",
        collection_method="send_invoice",
        due_date="2026-08-22T12:00:00Z",
        amount_remaining=100,
    )
    s.invoice(
        "2026-11-01",
        status="open",
        collection_method="send_invoice",
        due_date="2026-11-30T00:00:00Z",
        amount_remaining=100,
    )
    charged = s.invoice("2026-10-01", status="open", attempted=True, amount_remaining=20)
    s.settle(charged, s.charge("2026-10-23T11:00:00Z", 20, "failed"), status="open")
    s.invoice("2026-11-22", status="open", attempted=False, amount_remaining=20)


@story(debts)
def test_open_invoices_age_from_when_they_were_due_or_their_charge_failed(answers: Answers) -> None:
    rows = answers.rows("past_due")
    aged = {(r["amount_remaining_minor"], r["days_past_due"], r["ageing"]) for r in rows}
    assert aged == {(100, 92, "90+"), (20, 30, "0-30")}
    assert {row["customer_name"] for row in rows} == {"Late Ltd", None}


def debits(s: Story) -> None:
    def debited(amount: int, *outcomes: str) -> None:
        invoice = s.invoice("2026-11-02", status="open", attempted=True, amount_remaining=amount)
        for day, outcome in enumerate(outcomes, start=3):
            charge = s.charge(f"2026-11-{day:02}", amount, outcome)
            s.settle(invoice, charge, status="open")

    debited(1, "pending")
    debited(20, "failed", "pending")
    debited(300, "pending", "failed")
    debited(4000, "failed")


@story(debits)
def test_an_invoice_whose_debit_is_under_way_is_not_past_due(answers: Answers) -> None:
    rows = answers.rows("past_due")
    owed = {row["amount_remaining_minor"]: f"{row['past_due_since']:%m-%d}" for row in rows}
    assert owed == {300: "11-04", 4000: "11-03"}
