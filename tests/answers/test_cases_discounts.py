"""What discounts take off MRR."""

from __future__ import annotations

import pytest

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Item, Story, story


def discounted(
    *coupons: dict[str, object], unit: int = 10_000, every: str = "month"
) -> pytest.MarkDecorator:
    """A subscription to one price with these coupons."""

    def tell(s: Story) -> None:
        ids = [s.discount(s.coupon(**coupon)) for coupon in coupons]  # type: ignore[arg-type]
        s.subscription(Item(s.price(unit, every)), discounts=ids)

    return story(tell)


@discounted({"percent_off": 10}, {"percent_off": 20})
def test_percentages_compound_in_their_order(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-11")
    assert (row["mrr_minor"], row["gross_mrr_minor"], row["discount_minor"]) == (7200, 10_000, 2800)


@discounted({"amount_off": 1000}, {"percent_off": 50})
def test_an_amount_before_a_percentage_is_taken_off_first(answers: Answers) -> None:
    assert answers.mrr_now == 4500


@discounted({"percent_off": 50}, {"amount_off": 1000})
def test_an_amount_after_a_percentage_is_taken_off_last(answers: Answers) -> None:
    assert answers.mrr_now == 4000


@discounted({"duration": "once", "amount_off": 12_000}, unit=120_000, every="year")
def test_a_coupon_for_one_invoice_of_a_yearly_plan_counts_nothing(answers: Answers) -> None:
    assert answers.mrr_now == 10_000


@discounted({"amount_off": 12_000}, unit=120_000, every="year")
def test_an_amount_off_each_year_counts_a_twelfth(answers: Answers) -> None:
    assert answers.mrr_now == 9000


@discounted({"amount_off": 50_000})
def test_mrr_is_never_below_zero(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-11")
    assert (row["mrr_minor"], row["active_customers"]) == (0, 0)


@discounted({"amount_off": 500, "currency": "usd"})
def test_an_amount_in_another_currency_takes_nothing_off(answers: Answers) -> None:
    assert answers.mrr_now == 10_000


def amount_in_several_currencies(s: Story) -> None:
    coupon = s.coupon(amount_off=500, currency="usd")
    s.books.put("coupon_currency_options", coupon=coupon, currency=s.currency, amount_off=470)
    s.subscription(Item(s.price(10_000)), discounts=[s.discount(coupon)])


@story(amount_in_several_currencies)
def test_a_coupon_of_several_currencies_takes_off_that_of_the_subscription(
    answers: Answers,
) -> None:
    assert answers.mrr_now == 9530


def ended_discount(s: Story) -> None:
    coupon = s.coupon("repeating", percent_off=50)
    s.subscription(Item(s.price(1000)), discounts=[s.discount(coupon, "2026-08-10", "2026-11-10")])


@story(ended_discount)
def test_a_repeating_coupon_counts_until_it_ends(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [500, 1000]
    assert answers.ledger()[-1] == ("2026-11-10", "expansion", 500)


def limited_to_a_product(s: Story) -> None:
    storage, seats = s.price(1000), s.price(3000)
    coupon = s.coupon(percent_off=10, products=[storage["product"]])
    s.subscription(Item(storage), Item(seats), discounts=[s.discount(coupon)])


@story(limited_to_a_product)
def test_a_coupon_for_a_product_leaves_the_others_alone(answers: Answers) -> None:
    assert answers.mrr_now == 3900


def on_item_and_subscription(s: Story) -> None:
    own = s.discount(s.coupon(amount_off=500), on="subscription_item")
    shared = s.discount(s.coupon(percent_off=50))
    s.subscription(Item(s.price(1000), discounts=[own]), Item(s.price(2000)), discounts=[shared])


@story(on_item_and_subscription)
def test_the_items_discount_comes_before_the_subscriptions(answers: Answers) -> None:
    assert answers.mrr_now == 250 + 1000


def inherited(s: Story, *, own: bool) -> None:
    s.discount(s.coupon(percent_off=50), on="customer")
    ids = [s.discount(s.coupon(percent_off=10))] if own else []
    s.subscription(Item(s.price(1000)), discounts=ids)


@story(lambda s: inherited(s, own=False))
def test_a_subscription_without_a_discount_inherits_the_customers(answers: Answers) -> None:
    assert answers.mrr_now == 500


@story(lambda s: inherited(s, own=True))
def test_a_subscription_with_a_discount_does_not_inherit(answers: Answers) -> None:
    assert answers.mrr_now == 900


def amount_over_two_items(s: Story, every: str, amount: int) -> None:
    discount = s.discount(s.coupon(amount_off=amount))
    s.subscription(Item(s.price(1000)), Item(s.price(24_000, every)), discounts=[discount])


@story(lambda s: amount_over_two_items(s, "month", 1001))
def test_an_amount_off_is_taken_once_from_all_items(answers: Answers) -> None:
    assert answers.mrr_now == 25_000 - 1001


@story(lambda s: amount_over_two_items(s, "year", 100))
def test_with_mixed_intervals_an_amount_comes_off_what_is_on_every_invoice(
    answers: Answers,
) -> None:
    assert answers.mrr_now == 900 + 2000


def amount_over_a_free_item(s: Story) -> None:
    discount = s.discount(s.coupon(amount_off=1200))
    s.subscription(Item(s.price(0)), Item(s.price(24_000, "year")), discounts=[discount])


@story(amount_over_a_free_item)
def test_an_amount_does_not_come_off_what_is_free(answers: Answers) -> None:
    assert answers.mrr_now == (24_000 - 1200) // 12


def of_a_gone_coupon(s: Story, *, end: str | None = None, is_listed: bool = True) -> None:
    discount = s.discount(s.books.id("gone"), end=end) if is_listed else s.books.id("di")
    item = Item(s.price(1000))
    subscription = s.subscription(item, discounts=[discount])
    s.bill(subscription, item, 1000, ["2026-08", "2026-09"], off=[(discount, 200)])


@story(of_a_gone_coupon)
def test_without_its_coupon_a_discount_takes_off_what_it_took_off_last(answers: Answers) -> None:
    assert answers.mrr("2026-08", "2026-09", "2026-10", "2026-11") == [800] * 4
    assert answers.movements() == [("2026-08", "new", 800)]


@story(lambda s: of_a_gone_coupon(s, end="2026-11-10"))
def test_without_its_coupon_a_discount_ends_all_the_same(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [800, 1000]


@story(lambda s: of_a_gone_coupon(s, is_listed=False))
def test_a_discount_that_no_table_has_runs_while_it_is_held(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [800, 800]


def gone_coupon_over_two_items(s: Story) -> None:
    tenth = s.discount(s.books.id("gone"))
    halved = s.discount(s.coupon(percent_off=50))
    monthly, yearly = Item(s.price(1000)), Item(s.price(24_000, "year"))
    subscription = s.subscription(monthly, yearly, discounts=[tenth, halved])
    start = "2026-08-10"
    s.invoice(
        start,
        s.line(subscription, monthly, 1000, start, "2026-09-10", off=[(tenth, 100), (halved, 450)]),
        s.line(
            subscription, yearly, 24_000, start, "2027-08-10", off=[(tenth, 2400), (halved, 10_800)]
        ),
    )


@story(gone_coupon_over_two_items)
def test_without_its_coupon_a_discount_takes_off_each_item_what_is_billed_of_it(
    answers: Answers,
) -> None:
    """Also where the items have different periods, and before the discounts that come after it."""
    assert answers.mrr("2026-08", "2026-10", "2026-11") == [450 + 900] * 3


def gone_coupon_billed_in_two_amounts(s: Story) -> None:
    discount = s.discount(s.books.id("gone"))
    item = Item(s.price(1000))
    subscription = s.subscription(item, discounts=[discount])
    s.bill(subscription, item, 500, ["2026-08"], off=[(discount, 100)])
    s.bill(subscription, item, 1000, ["2026-09"], off=[(discount, 200)])


@story(gone_coupon_billed_in_two_amounts)
def test_without_its_coupon_the_newest_bill_tells_of_a_discount(answers: Answers) -> None:
    assert answers.mrr("2026-08", "2026-10") == [400, 800]


@discounted({"percent_off": 20, "_sdc_deleted_at": "2026-10-05T00:00:00Z"})
def test_a_coupon_that_was_deleted_takes_off_what_it_did(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [8000, 8000]
