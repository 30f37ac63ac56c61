"""Movements, churn and retention, customer by customer."""

from __future__ import annotations

from decimal import Decimal

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Item, Story, story


def another(s: Story, name: str) -> Story:
    """Another customer with the same currency."""
    return Story(s.books, f"{s.customer}_{name}", s.currency)


def bill(s: Story, months: dict[str, int], **fields: object) -> None:
    """Monthly invoices: the amount of each month, from its 5th to the 5th of the next."""
    item = Item(s.price(1))
    fields.setdefault("status", "canceled")
    fields.setdefault("ended_at", "2026-09-30")
    subscription = s.subscription(item, since="2025-01-05", **fields)
    for month, amount in months.items():
        s.bill(subscription, item, amount, [month], day="05")


def four_customers(s: Story) -> None:
    bill(another(s, "grows"), {"2026-06": 1000, "2026-07": 1500})
    bill(another(s, "shrinks"), {"2026-06": 1000, "2026-07": 400})
    bill(another(s, "leaves"), {"2026-06": 2000})
    bill(another(s, "joins"), {"2026-07": 700})


@story(four_customers)
def test_a_month_is_told_by_its_movements(answers: Answers) -> None:
    row = answers.row("retention_monthly", "2026-07")
    names = ("starting_mrr", "new", "reactivated", "expansion", "contraction", "churned")
    told = [row[f"{name}_minor"] for name in (*names, "ending_mrr")]
    assert told == [4000, 700, 0, 500, -600, -2000, 2600]
    assert (row["starting_customers"], row["new_customers"], row["churned_customers"]) == (3, 1, 1)


@story(four_customers)
def test_rates_are_what_they_say(answers: Answers) -> None:
    row = answers.row("retention_monthly", "2026-07")
    assert row["logo_churn_rate"] == Decimal("0.333333")
    assert row["gross_mrr_churn_rate"] == Decimal("0.65")
    assert row["net_mrr_churn_rate"] == Decimal("0.525")
    assert row["nrr_monthly"] == Decimal("0.475")
    assert row["grr_monthly"] == Decimal("0.35")
    assert row["nrr_12m"] is None


def a_year_apart(s: Story) -> None:
    bill(another(s, "grew"), {"2025-06": 1000, "2026-06": 1600})
    bill(another(s, "shrank"), {"2025-06": 1000, "2026-06": 500})
    bill(another(s, "left"), {"2025-06": 1000})
    bill(another(s, "came"), {"2026-06": 9000})
    went_abroad = another(s, "went abroad")
    bill(went_abroad, {"2025-06": 1000})
    bill(Story(s.books, went_abroad.customer, "sek"), {"2026-06": 5000})


@story(a_year_apart)
def test_retention_of_a_year_follows_the_customers_of_a_year_ago(answers: Answers) -> None:
    row = answers.row("retention_monthly", "2026-06")
    assert row["nrr_12m"] == Decimal("0.525")
    assert row["grr_12m"] == Decimal("0.375")
    assert answers.row("retention_monthly", "2026-05")["nrr_12m"] is None


def two_subscriptions(s: Story) -> None:
    bill(s, {"2026-05": 1000, "2026-06": 1000})
    bill(s, {"2026-06": 500, "2026-07": 500})


@story(two_subscriptions)
def test_a_further_subscription_is_expansion_and_the_end_of_one_contraction(
    answers: Answers,
) -> None:
    assert answers.movements() == [
        ("2026-05", "new", 1000),
        ("2026-06", "expansion", 500),
        ("2026-07", "contraction", -1000),
        ("2026-08", "churned", -500),
    ]


def a_customer_with_two_currencies(s: Story) -> None:
    bill(s, {"2026-05": 1000, "2026-06": 1000})
    bill(Story(s.books, s.customer, "sek"), {"2026-06": 5000})


@story(a_customer_with_two_currencies)
def test_currencies_of_a_customer_are_never_added_up(answers: Answers) -> None:
    assert answers.movements() == [("2026-05", "new", 1000), ("2026-07", "churned", -1000)]
    in_sek = answers.rows("mrr_movements", currency="sek", customer_id=answers.story.customer)
    assert {(r["movement"], r["change_minor"]) for r in in_sek} == {
        ("new", 5000),
        ("churned", -5000),
    }


def ended_for_reasons(s: Story) -> None:
    reasons = {
        "asked": "cancellation_requested",
        "unpaid": "payment_failed",
        "disputed": "payment_disputed",
        "unknown": None,
    }
    for name, reason in reasons.items():
        bill(
            another(s, name),
            {"2026-06": 1000},
            ended_at="2026-07-02",
            cancellation_details={"reason": reason},
        )
    bill(another(s, "stays"), {"2026-06": 1000, "2026-07": 1000}, status="active", ended_at=None)
    bill(another(s, "never paid"), {}, ended_at="2026-07-02")


@story(ended_for_reasons)
def test_ended_subscriptions_are_told_apart_by_who_ended_them(answers: Answers) -> None:
    row = answers.row("subscription_churn_monthly", "2026-07")
    assert row["paying_subscriptions_at_start"] == 5
    assert row["canceled_subscriptions"] == 4
    assert (row["voluntary"], row["involuntary"], row["other"]) == (1, 2, 1)
    assert row["cancel_rate"] == Decimal("0.8")


def deleted_customer(s: Story) -> None:
    s.known_as(name="Gone Ltd", _sdc_deleted_at="2026-08-01T00:00:00Z")
    bill(s, {"2026-06": 1000})


@story(deleted_customer)
def test_a_deleted_customer_keeps_its_history(answers: Answers) -> None:
    assert answers.mrr("2026-06", "2026-07") == [1000, 0]
    (row,) = answers.rows("customers_360", customer_id=answers.story.customer)
    assert (row["name"], row["is_deleted"]) == ("Gone Ltd", True)
