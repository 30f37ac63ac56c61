"""MRR of closed months from events: October 2026."""

from __future__ import annotations

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Item, Story, epoch, moment, story


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
    s.bill(subscription, item, 1000, ["2026-08", "2026-09"])


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
    s.event(
        subscription,
        "2026-11-05",
        eight,
        before={"items": [three]},
        latest_invoice="in_1",
        event_id=seats,
    )
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
    subscription = s.subscription(
        item, since="2026-11-02", status="canceled", ended_at="2026-11-09"
    )
    s.event(subscription, "2026-11-02", item, kind="created", status="active")
    s.event(subscription, "2026-11-09", item, kind="deleted", before={"status": "active"})


@story(in_and_out_within_a_month)
def test_the_ledger_has_what_no_month_ends_with(answers: Answers) -> None:
    assert answers.movements() == []
    assert answers.ledger() == [("2026-11-02", "new", 900), ("2026-11-09", "churned", -900)]


def replaced(s: Story, *, old_first: bool) -> None:
    at = "2026-11-05"
    for is_old in (old_first, not old_first):
        item = Item(s.price(900))
        if is_old:
            subscription = s.subscription(item, status="canceled", ended_at=at)
            s.event(subscription, at, item, kind="deleted", before={"status": "active"})
        else:
            subscription = s.subscription(item, since=at)
            s.event(subscription, at, item, kind="created")


STAYED = [
    ("2026-10-01", "new", 900),
    ("2026-11-05", "expansion", 900),
    ("2026-11-05", "contraction", -900),
]


@story(lambda s: replaced(s, old_first=True))
def test_who_replaces_a_subscription_was_never_gone(answers: Answers) -> None:
    assert answers.ledger() == STAYED


@story(lambda s: replaced(s, old_first=False))
def test_whichever_of_the_two_has_the_lower_id(answers: Answers) -> None:
    assert answers.ledger() == STAYED


@story(lambda s: [s.subscription(Item(s.price(900)), id=id_) for id_ in ("sub_b", "sub_C")])
def test_subscriptions_that_begin_together_are_in_the_order_of_their_ids_bytes(
    answers: Answers,
) -> None:
    rows = sorted(answers.rows("mrr_ledger"), key=lambda row: row["sequence"])
    assert [row["subscription_id"] for row in rows] == ["sub_C", "sub_b"]
