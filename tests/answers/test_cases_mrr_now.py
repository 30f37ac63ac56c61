"""MRR of the running month: what subscriptions are worth as they are, on 22 November 2026."""

from __future__ import annotations

import pytest

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Item, Story, story


@story(lambda s: s.subscription(Item(s.price(1200, "month", 3), 2)))
def test_a_quarterly_price_counts_a_third_times_its_quantity(answers: Answers) -> None:
    assert answers.mrr_now == 800


@story(lambda s: s.subscription(Item(s.price(10_000, "year"))))
def test_a_yearly_price_counts_a_twelfth_rounded_half_up(answers: Answers) -> None:
    assert answers.mrr_now == 833


@story(lambda s: s.subscription(Item(s.price(6, "year"))))
def test_half_a_minor_unit_is_rounded_up(answers: Answers) -> None:
    assert answers.mrr_now == 1


@story(lambda s: s.subscription(Item(s.price(300, "week", 2))))
def test_a_price_of_two_weeks_counts_26_twelfths(answers: Answers) -> None:
    assert answers.mrr_now == 650


@story(lambda s: s.subscription(Item(s.price(24, "day"))))
def test_a_daily_price_counts_365_twelfths(answers: Answers) -> None:
    assert answers.mrr_now == 730


@story(lambda s: s.subscription(Item(s.price(700), None)))
def test_no_quantity_on_a_licensed_price_is_one(answers: Answers) -> None:
    assert answers.mrr_now == 700


@story(lambda s: s.subscription(Item(s.price(700), 1), Item(s.price(1200, "year"), 1)))
def test_items_with_different_intervals_add_up(answers: Answers) -> None:
    assert answers.mrr_now == 800


@story(lambda s: s.subscription(Item(s.price(500, usage_type="metered"), None), Item(s.price(900))))
def test_a_metered_price_counts_nothing(answers: Answers) -> None:
    assert answers.mrr_now == 900


def tiers(mode: str) -> pytest.MarkDecorator:
    """100 units: the first 10 at 50 and 1000 flat, up to 100 at 40, then 30."""
    return story(
        lambda s: s.subscription(
            Item(s.tiered(mode, (10, "50", 1000), (100, "40", 0), (None, "30", 5)), 101)
        )
    )


@tiers("volume")
def test_volume_tiers_price_all_units_alike(answers: Answers) -> None:
    assert answers.mrr_now == 101 * 30 + 5


@tiers("graduated")
def test_graduated_tiers_price_each_part_of_the_quantity(answers: Answers) -> None:
    assert answers.mrr_now == 10 * 50 + 1000 + 90 * 40 + 1 * 30 + 5


@story(lambda s: s.subscription(Item(s.tiered("volume", (10, "50", 0), (None, "40", 0)), 10)))
def test_the_last_quantity_of_a_tier_belongs_to_it(answers: Answers) -> None:
    assert answers.mrr_now == 500


def packages(rounding: str) -> pytest.MarkDecorator:
    """21 units of a price per ten."""
    return story(
        lambda s: s.subscription(
            Item(s.price(100, transform_quantity={"divide_by": 10, "round": rounding}), 21)
        )
    )


@packages("up")
def test_packages_are_rounded_up(answers: Answers) -> None:
    assert answers.mrr_now == 300


@packages("down")
def test_packages_are_rounded_down(answers: Answers) -> None:
    assert answers.mrr_now == 200


@story(lambda s: s.subscription(Item(s.price("0.125", "month"), 100)))
def test_a_fraction_of_a_minor_unit_is_rounded_after_the_quantity(answers: Answers) -> None:
    assert answers.mrr_now == 13


def in_another_currency(s: Story) -> None:
    price = s.price(500, currency="usd")
    s.books.put(
        "price_currency_options",
        price=price["id"],
        currency=s.currency,
        unit_amount_decimal="470",
    )
    s.subscription(Item(price, 2))


@story(in_another_currency)
def test_a_price_of_several_currencies_counts_in_that_of_the_subscription(answers: Answers) -> None:
    assert answers.mrr_now == 940


# What does not count


@story(lambda s: s.subscription(Item(s.price(900)), status="trialing"))
def test_a_trial_counts_nothing_and_is_shown_apart(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-11")
    assert (row["mrr_minor"], row["trial_mrr_minor"], row["active_customers"]) == (0, 900, 0)


@story(lambda s: s.subscription(Item(s.price(900), trial_until="2026-12-01"), Item(s.price(100))))
def test_an_item_on_a_trial_of_its_own_counts_nothing(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-11")
    assert (row["mrr_minor"], row["trial_mrr_minor"]) == (100, 900)


@story(lambda s: s.subscription(Item(s.price(900), trial_until="2026-11-10")))
def test_an_item_counts_from_the_end_of_its_trial(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [0, 900]
    assert answers.ledger() == [("2026-11-10", "new", 900)]


@story(lambda s: s.subscription(Item(s.price(0))))
def test_a_free_plan_is_no_active_subscription(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-11")
    assert (row["mrr_minor"], row["active_customers"], row["active_subscriptions"]) == (0, 0, 0)


def every_status(s: Story) -> None:
    s.subscription(Item(s.price(1)), status="active")
    s.subscription(Item(s.price(20)), status="past_due")
    for status in ("unpaid", "incomplete", "incomplete_expired", "paused", "canceled"):
        s.subscription(Item(s.price(1000)), status=status)


@story(every_status)
def test_only_active_and_past_due_subscriptions_count(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-11")
    assert (row["mrr_minor"], row["past_due_mrr_minor"]) == (21, 20)
    assert (row["active_subscriptions"], row["active_customers"]) == (2, 1)


def paused_collection(s: Story) -> None:
    for number, behavior in enumerate(("void", "mark_uncollectible", "keep_as_draft")):
        s.subscription(Item(s.price(10**number)), pause_collection={"behavior": behavior})


@story(paused_collection)
def test_paused_collection_counts_only_while_drafts_are_kept(answers: Answers) -> None:
    assert answers.mrr_now == 100


@story(
    lambda s: [
        s.subscription(Item(s.price(300)), cancel_at_period_end=True),
        s.subscription(Item(s.price(40)), cancel_at="2026-12-24"),
        s.subscription(Item(s.price(5))),
    ]
)
def test_a_subscription_that_is_set_to_end_still_counts(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-11")
    assert (row["mrr_minor"], row["scheduled_churn_mrr_minor"]) == (345, 340)


# Tax


def taxed(s: Story, *, inclusive: bool, exempt: str = "none") -> None:
    s.known_as(tax_exempt=exempt)
    rate = s.tax_rate(10, inclusive=inclusive)
    s.subscription(Item(s.price(1100)), default_tax_rates=[rate])


@story(lambda s: taxed(s, inclusive=True))
def test_tax_inside_a_price_is_taken_out(answers: Answers) -> None:
    assert answers.mrr_now == 1000


@story(lambda s: taxed(s, inclusive=False))
def test_tax_on_top_of_a_price_is_not_in_it(answers: Answers) -> None:
    assert answers.mrr_now == 1100


@story(lambda s: taxed(s, inclusive=True, exempt="reverse"))
def test_who_pays_the_tax_himself_pays_no_tax_inside_a_price(answers: Answers) -> None:
    assert answers.mrr_now == 1100


# Currencies


def three_currencies(s: Story) -> None:
    for currency, unit in (("jpy", 4400), ("kwd", 5120), ("ugx", 500), ("isk", 700)):
        price = s.price(unit, currency=currency)
        s.subscription(Item(price), currency=currency)


@story(three_currencies)
def test_minor_units_are_stripes_own(answers: Answers) -> None:
    customer = answers.story.customer
    rows = answers.rows("mrr_customer_monthly", customer_id=customer)
    amounts = {row["currency"]: str(row["mrr"]) for row in rows if row["month"].month == 11}
    assert amounts == {"jpy": "4400.000", "kwd": "5.120", "ugx": "5.000", "isk": "7.000"}


@story(lambda s: s.subscription(Item(s.price(900)), livemode=True))
def test_live_and_test_mode_are_apart(answers: Answers) -> None:
    assert {row["livemode"] for row in answers.rows("mrr_monthly")} == {True}


def read_with_two_keys(s: Story) -> None:
    s.balance("2026-08-03", "charge", 1000, livemode=True)
    s.balance("2026-08-04", "charge", 500, livemode=False)


@story(read_with_two_keys)
def test_a_transaction_is_of_the_mode_that_it_was_read_in(answers: Answers) -> None:
    rows = answers.rows("net_revenue_monthly")
    assert {row["livemode"]: row["gross_minor"] for row in rows if row["gross_minor"]} == {
        True: 1000,
        False: 500,
    }


@story(lambda s: s.subscription(Item(s.price(900))))
def test_arr_is_twelve_times_mrr(answers: Answers) -> None:
    assert answers.row("arr_monthly", "2026-11")["arr_minor"] == 10_800
