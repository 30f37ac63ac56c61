"""Every variable does what docs/metrics.md says of it: all of them, set otherwise, at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.answers import dbt
from tests.answers.alone import Alone
from tests.answers.cases.answers import Answers, Query, duckdb_query
from tests.answers.cases.books import ACCOUNT, NOW, Books
from tests.answers.cases.story import Item, Story, story
from tests.answers.test_project import variables

OTHERWISE = {
    "account_id": ACCOUNT,
    "as_of": NOW,
    "stripe_timezone": "Europe/Berlin",
    "stripe_livemode": "test",
    "reporting_currency": "eur",
    "mrr_statuses": ["active", "unpaid", "trialing"],
    "mrr_include_metered": True,
    "mrr_paused_collection_excluded": ["keep_as_draft"],
    "mrr_subtract_recurring_discounts": False,
    "mrr_subtract_once_discounts": True,
    "churn_timing": "canceled_at",
    "voluntary_reasons": ["payment_failed"],
    "involuntary_reasons": ["cancellation_requested"],
    "net_revenue_month_by": "available_on",
    "crm_id_metadata_key": "salesforce",
}


@pytest.fixture(scope="module")
def asked_otherwise(
    asked_duckdb: Query, duckdb_cases: Path, tmp_path_factory: pytest.TempPathFactory
) -> Query:
    """The marts of the same warehouse, built with other variables."""
    path = tmp_path_factory.mktemp("otherwise") / "cases.duckdb"
    shutil.copy(duckdb_cases, path)
    dbt.run("duckdb", {"DBT_DUCKDB_PATH": str(path)}, "run", **OTHERWISE)
    return duckdb_query(path)


@pytest.fixture
def answers(
    request: pytest.FixtureRequest, asked_otherwise: Query, stories: tuple[Books, dict[str, Story]]
) -> Answers:
    return Answers(asked_otherwise, stories[1][request.node.originalname])


def test_every_variable_but_the_schemas_is_set_otherwise() -> None:
    assert OTHERWISE.keys() == variables().keys() - {"stripe_schema", "output_schema"}


@story(
    lambda s: [
        s.subscription(Item(s.price(1)), status="active"),
        s.subscription(Item(s.price(20)), status="unpaid"),
        s.subscription(Item(s.price(300)), status="past_due"),
    ]
)
def test_other_statuses_can_count(answers: Answers) -> None:
    assert answers.mrr_now == 21


@story(
    lambda s: [
        s.subscription(Item(s.price(1)), status="trialing"),
        s.subscription(Item(s.price(20), trial_until="2026-12-24"), status="active"),
    ]
)
def test_trials_can_count(answers: Answers) -> None:
    """Those of a subscription; an item's own trial has no status."""
    row = answers.row("mrr_monthly", "2026-11")
    assert (row["mrr_minor"], row["trial_mrr_minor"]) == (1, 20)


@story(
    lambda s: [
        s.subscription(Item(s.price(1)), pause_collection={"behavior": "void"}),
        s.subscription(Item(s.price(20)), pause_collection={"behavior": "keep_as_draft"}),
    ]
)
def test_other_pauses_can_count(answers: Answers) -> None:
    assert answers.mrr_now == 1


def used_up(s: Story) -> None:
    item = Item(s.price(5, usage_type="metered"), None)
    subscription = s.subscription(item)
    for amount, start, end in ((700, "08-10", "09-10"), (900, "10-10", "11-10")):
        s.invoice(f"2026-{end}", s.line(subscription, item, amount, f"2026-{start}", f"2026-{end}"))


@story(used_up)
def test_metered_prices_can_count_by_their_newest_billed_period(answers: Answers) -> None:
    """For its own length and seven days: what was billed in September is stale in October."""
    assert answers.mrr("2026-09", "2026-10", "2026-11") == [700, 0, 900]


@story(
    lambda s: s.subscription(
        Item(s.price(1000)),
        discounts=[
            s.discount(s.coupon("once", percent_off=10)),
            s.discount(s.coupon("forever", percent_off=50)),
        ],
    )
)
def test_other_discounts_can_count(answers: Answers) -> None:
    assert answers.mrr_now == 900


@story(
    lambda s: [
        s.subscription(Item(s.price(1))),
        s.subscription(Item(s.price(20)), cancel_at_period_end=True, canceled_at="2026-11-05"),
    ]
)
def test_a_subscription_can_end_when_it_is_canceled(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [21, 1]


def canceled_before_its_end(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(
        item, status="canceled", canceled_at="2026-08-20", ended_at="2026-09-10"
    )
    s.bill(subscription, item, 1000, ["2026-07", "2026-08"])


@story(canceled_before_its_end)
def test_subscriptions_churn_when_their_mrr_does(answers: Answers) -> None:
    rates = [
        answers.row("subscription_churn_monthly", month)["cancel_rate"]
        for month in ("2026-08", "2026-09")
    ]
    assert rates == [1, None]
    assert answers.ledger()[-1] == ("2026-08-20", "churned", -1000)


def ended(s: Story) -> None:
    for reason in ("cancellation_requested", "payment_failed", "payment_disputed"):
        item = Item(s.price(1000))
        subscription = s.subscription(
            item,
            status="canceled",
            ended_at="2026-08-20",
            cancellation_details={"reason": reason},
        )
        s.invoice("2026-08-10", s.line(subscription, item, 1000, "2026-08-10", "2026-09-10"))


@story(ended)
def test_reasons_can_be_sorted_otherwise(answers: Answers) -> None:
    row = answers.row("subscription_churn_monthly", "2026-08")
    assert (row["voluntary"], row["involuntary"], row["other"]) == (1, 1, 1)


@story(lambda s: s.charge("2026-08-31T22:30:00Z", 100))
def test_months_can_begin_elsewhere(answers: Answers) -> None:
    """Half past ten in the evening in UTC is after midnight in Berlin."""
    assert answers.row("collected_revenue_monthly", "2026-09")["charges_gross_minor"] == 100


@story(lambda s: s.balance("2026-08-30", "charge", 100, available_on="2026-09-03"))
def test_net_revenue_can_go_by_when_it_is_available(answers: Answers) -> None:
    assert answers.row("net_revenue_monthly", "2026-09")["gross_minor"] == 100


@story(lambda s: s.charge("2026-08-30", 100), livemode=True)
def test_a_mode_can_be_left_out(answers: Answers) -> None:
    assert answers.rows("collected_revenue_monthly") == []


@story(lambda s: s.known_as(metadata={"crm_id": "C-1", "salesforce": "S-1"}))
def test_the_id_in_the_crm_can_have_another_key(answers: Answers) -> None:
    (row,) = answers.rows("customers_360", customer_id=answers.story.customer)
    assert row["crm_id"] == "S-1"


def test_what_is_available_later_is_in_no_month_yet(alone: Alone) -> None:
    told = Story(Books(), "cus_balance", "usd")
    told.balance("2026-11-02", "charge", 100, available_on="2026-11-09")
    told.balance("2026-11-20", "charge", 500, available_on="2026-12-02")
    alone.load(told.books)
    alone.build(as_of=NOW, net_revenue_month_by="available_on")
    (row,) = alone.answers(told).rows("net_revenue_monthly")
    assert row["gross_minor"] == 100
