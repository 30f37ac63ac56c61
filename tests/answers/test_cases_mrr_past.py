"""MRR of closed months: as billed up to September 2026, as events tell it in October."""

from __future__ import annotations

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Item, Story, epoch, moment, story

MONTHS_2026 = [f"2026-{month:02}" for month in range(1, 12)]


def billed_monthly(
    s: Story, subscription: str, item: Item, amount: int, months: list[str], day: str = "10"
) -> None:
    """An invoice for each of the months, from the day to the same day of the next month."""
    for month in months:
        year, number = map(int, month.split("-"))
        following = f"{year + number // 12}-{number % 12 + 1:02}-{day}"
        start = f"{month}-{day}"
        s.invoice(start, s.line(subscription, item, amount, start, following))


def a_renewal_is_due(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(
        item, since="2026-08-25", current_period_end="2026-11-25T00:00:00Z"
    )
    billed_monthly(s, subscription, item, 1000, ["2026-08", "2026-09", "2026-10"], day="25")


@story(a_renewal_is_due)
def test_what_renews_later_this_month_has_not_churned(answers: Answers) -> None:
    assert answers.mrr("2026-08", "2026-09", "2026-10", "2026-11") == [1000] * 4
    assert answers.movements() == [("2026-08", "new", 1000)]


def canceled_at_once(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(
        item, since="2026-03-10", status="canceled", ended_at="2026-06-15", canceled_at="2026-06-15"
    )
    billed_monthly(s, subscription, item, 1000, MONTHS_2026[2:6])


@story(canceled_at_once)
def test_what_is_canceled_at_once_ends_in_that_month_not_with_its_period(answers: Answers) -> None:
    assert answers.mrr("2026-05", "2026-06") == [1000, 0]
    assert answers.movements()[-1] == ("2026-06", "churned", -1000)
    assert answers.ledger()[-1] == ("2026-06-15", "churned", -1000)


def came_back(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(item, since="2026-01-10")
    billed_monthly(s, subscription, item, 1000, ["2026-01", "2026-02", "2026-05", "2026-06"])
    billed_monthly(s, subscription, item, 2000, MONTHS_2026[6:9])
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
    credit = s.line(
        subscription, item, -8000, "2026-05-10", "2027-01-10", proration=True
    )
    switched = Item(monthly, id=item_id)
    s.invoice(
        "2026-05-10", credit, s.line(subscription, switched, 1500, "2026-05-10", "2026-06-10")
    )
    billed_monthly(s, subscription, switched, 1500, MONTHS_2026[5:9])


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
    billed_monthly(s, subscription, kept, 1000, MONTHS_2026[2:4])
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


# From events


def canceled_in_october(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(
        item,
        status="canceled",
        ended_at="2026-10-15",
        cancellation_details={"reason": "payment_failed"},
    )
    s.event(
        subscription,
        "2026-10-15",
        item,
        kind="deleted",
        before={"status": "active", "ended_at": None},
        status="canceled",
    )
    billed_monthly(s, subscription, item, 1000, ["2026-08", "2026-09"])


@story(canceled_in_october)
def test_before_its_first_event_a_subscription_was_what_the_event_says_it_was(
    answers: Answers,
) -> None:
    assert answers.mrr("2026-08", "2026-09", "2026-10") == [1000, 1000, 0]
    assert answers.ledger() == [("2026-08-10", "new", 1000), ("2026-10-15", "churned", -1000)]


def items_changed_twice(s: Story) -> None:
    price = s.price(100)
    subscription = s.subscription(Item(price, 7, id=(item_id := s.books.id("si"))))
    five, three, seven = (Item(price, quantity, id=item_id) for quantity in (5, 3, 7))
    s.event(subscription, "2026-10-10", three, before={"items": [five]})
    s.event(subscription, "2026-11-03", seven, before={"items": [three]})


@story(items_changed_twice)
def test_a_closed_month_shows_the_items_that_it_ended_with(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [300, 700]
    assert answers.ledger() == [
        ("2026-10-01", "new", 500),
        ("2026-10-10", "contraction", -200),
        ("2026-11-03", "expansion", 400),
    ]


def created_in_october(s: Story) -> None:
    item = Item(s.price(900))
    subscription = s.subscription(item, since="2026-10-20")
    s.event(subscription, "2026-10-20", item, kind="created")


@story(created_in_october)
def test_a_subscription_is_not_there_before_it_was_created(answers: Answers) -> None:
    assert answers.ledger() == [("2026-10-20", "new", 900)]
    sources = {row["month"].month: row["mrr_source"] for row in answers.rows("mrr_monthly")}
    assert sources == {10: "events", 11: "subscriptions"}


def pause_ended_in_november(s: Story) -> None:
    item = Item(s.price(900))
    subscription = s.subscription(item)
    s.event(
        subscription,
        "2026-11-05",
        item,
        before={"pause_collection": {"behavior": "void"}},
        pause_collection=None,
    )


@story(pause_ended_in_november)
def test_a_pause_of_the_past_is_seen_in_what_it_was_before(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [0, 900]


def pause_began_in_november(s: Story) -> None:
    item = Item(s.price(900))
    pause = {"behavior": "void"}
    subscription = s.subscription(item, pause_collection=pause)
    s.event(subscription, "2026-11-05", item, before={"pause_collection": None})


@story(pause_began_in_november)
def test_a_pause_does_not_reach_back(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [900, 0]


def ended_in_november(s: Story) -> None:
    item = Item(s.price(900))
    subscription = s.subscription(item, status="canceled", ended_at="2026-11-05")
    s.event(subscription, "2026-11-05", item, kind="deleted", status="canceled")


@story(ended_in_november)
def test_before_an_end_that_tells_nothing_of_the_past_a_subscription_was_active(
    answers: Answers,
) -> None:
    assert answers.mrr("2026-10", "2026-11") == [900, 0]


def two_events_in_a_second(s: Story, ids: tuple[str, str]) -> None:
    price = s.price(100)
    item_id = s.books.id("si")
    subscription = s.subscription(Item(price, 8, id=item_id), latest_invoice="in_2")
    three, eight = Item(price, 3, id=item_id), Item(price, 8, id=item_id)
    seats, billed = ids
    s.event(subscription, "2026-11-05", eight, before={"items": [three]}, latest_invoice="in_1", event_id=seats)
    s.event(subscription, "2026-11-05", eight, before={"latest_invoice": "in_1"}, event_id=billed)


@story(lambda s: two_events_in_a_second(s, ("evt_zz1", "evt_zz2")))
def test_events_of_a_second_come_in_the_order_of_what_they_changed(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [300, 800]


@story(lambda s: two_events_in_a_second(s, ("evt_zz4", "evt_zz3")))
def test_their_ids_say_nothing_of_their_order(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [300, 800]


def discount_that_only_events_tell(s: Story) -> None:
    discount = {
        "object": "discount",
        "id": s.books.id("di"),
        "coupon": {"id": s.coupon(percent_off=50)},
        "customer": s.customer,
        "start": epoch("2026-10-28"),
        "end": None,
    }
    for kind, at in (("created", "2026-10-28"), ("deleted", "2026-11-03")):
        s.books.put(
            "events",
            id=s.books.id("evt"),
            type=f"customer.discount.{kind}",
            created=moment(at),
            data={"object": discount},
        )
    s.subscription(Item(s.price(1000)))


@story(discount_that_only_events_tell)
def test_a_discount_that_was_taken_away_counts_while_it_stood(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [500, 1000]


def in_and_out_within_a_month(s: Story) -> None:
    item = Item(s.price(900))
    subscription = s.subscription(item, since="2026-11-02", status="canceled", ended_at="2026-11-09")
    s.event(subscription, "2026-11-02", item, kind="created", status="active")
    s.event(subscription, "2026-11-09", item, kind="deleted", before={"status": "active"})


@story(in_and_out_within_a_month)
def test_the_ledger_has_what_no_month_ends_with(answers: Answers) -> None:
    assert answers.movements() == []
    assert answers.ledger() == [("2026-11-02", "new", 900), ("2026-11-09", "churned", -900)]


def ends_at_midnight(s: Story) -> None:
    item = Item(s.price(1000))
    subscription = s.subscription(item, status="canceled", ended_at="2026-07-01")
    s.invoice("2026-06-10", s.line(subscription, item, 1000, "2026-06-10", "2026-07-10"))


@story(ends_at_midnight)
def test_what_ends_with_the_month_is_still_in_it(answers: Answers) -> None:
    assert answers.mrr("2026-06", "2026-07") == [1000, 0]
