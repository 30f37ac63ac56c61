"""MRR of closed months as billed: up to September 2026."""

from __future__ import annotations

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Item, Story, story

MONTHS_2026 = [f"2026-{month:02}" for month in range(1, 12)]


def a_renewal_is_due(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(
        item, since="2026-08-25", current_period_end="2026-11-25T00:00:00Z"
    )
    s.bill(subscription, item, 1000, ["2026-08", "2026-09", "2026-10"], day="25")


@story(a_renewal_is_due)
def test_what_renews_later_this_month_has_not_churned(answers: Answers) -> None:
    assert answers.mrr("2026-08", "2026-09", "2026-10", "2026-11") == [1000] * 4
    assert answers.movements() == [("2026-08", "new", 1000)]


def canceled_at_once(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(
        item, since="2026-03-10", status="canceled", ended_at="2026-06-15", canceled_at="2026-06-15"
    )
    s.bill(subscription, item, 1000, MONTHS_2026[2:6])


@story(canceled_at_once)
def test_what_is_canceled_at_once_ends_in_that_month_not_with_its_period(answers: Answers) -> None:
    assert answers.mrr("2026-05", "2026-06") == [1000, 0]
    assert answers.movements()[-1] == ("2026-06", "churned", -1000)
    assert answers.ledger()[-1] == ("2026-06-15", "churned", -1000)


def came_back(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(item, since="2026-01-10")
    s.bill(subscription, item, 1000, ["2026-01", "2026-02", "2026-05", "2026-06"])
    s.bill(subscription, item, 2000, MONTHS_2026[6:9])
    s.event(subscription, "2026-10-02", item)


@story(came_back)
def test_a_return_is_called_a_return(answers: Answers) -> None:
    assert answers.movements() == [
        ("2026-01", "new", 1000),
        ("2026-03", "churned", -1000),
        ("2026-05", "reactivated", 1000),
        ("2026-07", "expansion", 1000),
        ("2026-10", "contraction", -1000),
    ]


def yearly_then_monthly(s: Story) -> None:
    item = Item(s.price(12_000, "year"))
    monthly = s.price(1500)
    subscription = s.subscription(Item(monthly, id=(item_id := s.books.id("si"))))
    item.id = item_id
    s.invoice("2026-01-10", s.line(subscription, item, 12_000, "2026-01-10", "2027-01-10"))
    credit = s.line(subscription, item, -8000, "2026-05-10", "2027-01-10", proration=True)
    switched = Item(monthly, id=item_id)
    s.invoice(
        "2026-05-10", credit, s.line(subscription, switched, 1500, "2026-05-10", "2026-06-10")
    )
    s.bill(subscription, switched, 1500, MONTHS_2026[5:9])


@story(yearly_then_monthly)
def test_a_switch_from_yearly_to_monthly_leaves_the_past_as_it_was(answers: Answers) -> None:
    assert answers.mrr("2026-01", "2026-04", "2026-05", "2026-09", "2026-11") == [
        1000,
        1000,
        1500,
        1500,
        1500,
    ]


def removed_item(s: Story) -> None:
    kept, removed = Item(s.price(1000)), Item(s.price(12_000, "year"))
    subscription = s.subscription(kept)
    s.invoice(
        "2026-02-10",
        s.line(subscription, kept, 1000, "2026-02-10", "2026-03-10"),
        s.line(subscription, removed, 12_000, "2026-02-10", "2027-02-10"),
    )
    s.bill(subscription, kept, 1000, MONTHS_2026[2:4])
    s.invoice(
        "2026-05-10",
        s.line(subscription, kept, 1000, "2026-05-10", "2026-06-10"),
        s.line(subscription, removed, -9000, "2026-04-20", "2027-02-10", proration=True),
    )


@story(removed_item)
def test_a_removed_item_counts_until_it_is_credited(answers: Answers) -> None:
    assert answers.mrr("2026-02", "2026-03", "2026-04", "2026-05") == [2000, 2000, 1000, 1000]


def more_seats_within_a_year(s: Story) -> None:
    price = s.price(1200, "year")
    item = Item(price, 10)
    subscription = s.subscription(Item(price, 20, id=(item_id := s.books.id("si"))))
    item.id = item_id
    s.invoice("2026-03-10", s.line(subscription, item, 12_000, "2026-03-10", "2027-03-10"))
    s.invoice(
        "2026-06-10",
        s.line(subscription, item, -9000, "2026-06-10", "2027-03-10", proration=True),
        s.line(subscription, item, 18_000, "2026-06-10", "2027-03-10", proration=True),
    )


@story(more_seats_within_a_year)
def test_prorations_count_nothing_until_the_change_is_seen(answers: Answers) -> None:
    assert answers.mrr("2026-03", "2026-06", "2026-09", "2026-10") == [1000, 1000, 1000, 2000]
    changes = {row["source"]: row["change_minor"] for row in answers.rows("mrr_ledger")}
    assert changes == {"invoice_lines": 1000, "first_seen": 1000}


def invoices_that_do_not_count(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(item, status="canceled", ended_at="2026-08-01")
    periods = ["2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10", "2026-05-10", "2026-06-10"]
    statuses = ["paid", "void", "draft", "open", "uncollectible"]
    for status, start, end in zip(statuses, periods, periods[1:], strict=False):
        s.invoice(start, s.line(subscription, item, 1000, start, end), status=status)
    s.invoice(
        "2026-06-10",
        s.line(subscription, item, 1000, "2026-06-10", "2026-07-10"),
        status="uncollectible",
        status_details={"uncollectible": {"reason": "subscription_paused"}},
    )


@story(invoices_that_do_not_count)
def test_only_invoices_that_stand_count_as_billed(answers: Answers) -> None:
    assert answers.mrr(*MONTHS_2026[:6]) == [1000, 0, 0, 1000, 1000, 0]


def tiers_on_lines(s: Story) -> None:
    item = Item(s.tiered("graduated", (10, "50", 0), (None, "40", 0)), 20)
    subscription = s.subscription(item)
    lines = [
        s.line(subscription, item, amount, "2026-09-10", "2026-10-10") for amount in (500, 400)
    ]
    s.invoice("2026-09-10", *lines)


@story(tiers_on_lines)
def test_the_lines_of_tiers_belong_together(answers: Answers) -> None:
    assert answers.mrr("2026-09", "2026-10") == [900, 900]
    assert answers.movements() == [("2026-09", "new", 900)]


def discounts_on_lines(s: Story) -> None:
    item = Item(s.price(12_000, "year"))
    subscription = s.subscription(item)
    forever = s.discount(s.coupon(percent_off=10))
    once = s.discount(s.coupon("once", percent_off=50))
    line = s.line(
        subscription, item, 12_000, "2026-04-10", "2027-04-10", off=[(forever, 1200), (once, 5400)]
    )
    s.invoice("2026-04-10", line)


@story(discounts_on_lines)
def test_of_billed_discounts_those_for_one_invoice_count_nothing(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-09")
    assert (row["mrr_minor"], row["gross_mrr_minor"]) == (900, 1000)


def tax_on_lines(s: Story) -> None:
    item = Item(s.price(1100))
    subscription = s.subscription(item)
    tax = {
        "amount": 100,
        "tax_behavior": "inclusive",
        "tax_rate_details": {"tax_rate": s.tax_rate(10, inclusive=True)},
    }
    s.invoice(
        "2026-09-10",
        s.line(subscription, item, 1100, "2026-09-10", "2026-10-10", taxes=[tax]),
    )


@story(tax_on_lines)
def test_automatic_tax_is_taken_out_as_it_was_billed(answers: Answers) -> None:
    assert answers.mrr("2026-09", "2026-10", "2026-11") == [1000, 1000, 1000]


def nothing_left_to_tax(s: Story) -> None:
    item = Item(s.price(1100))
    subscription = s.subscription(item, status="canceled", ended_at="2026-09-20")
    free = s.discount(s.coupon("once", percent_off=100))
    for month, taxable in (("07", 0), ("08", 1100)):
        tax = {
            "amount": 0,
            "taxable_amount": taxable,
            "tax_behavior": "inclusive",
            "tax_rate_details": {"tax_rate": s.tax_rate(10, inclusive=True)},
        }
        start, end = f"2026-{month}-10", f"2026-{int(month) + 1:02}-10"
        off = [] if taxable else [(free, 1100)]
        s.invoice(start, s.line(subscription, item, 1100, start, end, off=off, taxes=[tax]))


@story(nothing_left_to_tax)
def test_tax_is_taken_out_where_a_discount_left_nothing_but_not_where_none_is_due(
    answers: Answers,
) -> None:
    assert answers.mrr("2026-07", "2026-08") == [1000, 1100]


def three_hundred_lines(s: Story) -> None:
    items = [Item(s.price(100 + number)) for number in range(300)]
    subscription = s.subscription(*items)
    s.invoice(
        "2026-09-10",
        *(
            s.line(subscription, item, 100 + number, "2026-09-10", "2026-10-10")
            for number, item in enumerate(items)
        ),
    )


@story(three_hundred_lines)
def test_an_invoice_of_300_lines_counts_whole(answers: Answers) -> None:
    expected = sum(range(100, 400))
    assert answers.mrr("2026-09", "2026-11") == [expected, expected]


def ends_at_midnight(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(item, status="canceled", ended_at="2026-07-01")
    s.invoice("2026-06-10", s.line(subscription, item, 1000, "2026-06-10", "2026-07-10"))


@story(ends_at_midnight)
def test_what_ends_with_the_month_is_still_in_it(answers: Answers) -> None:
    assert answers.mrr("2026-06", "2026-07") == [1000, 0]
