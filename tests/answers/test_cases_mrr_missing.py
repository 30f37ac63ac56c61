"""MRR where events are missing, or show less than there was."""

from __future__ import annotations

from tests.answers.cases.answers import Answers
from tests.answers.cases.story import Item, Story, story


def ended_unseen(s: Story, **fields: str) -> None:
    item = Item(s.price(900))
    subscription = s.subscription(item, status="canceled", ended_at="2026-11-05", **fields)
    s.bill(subscription, item, 900, ["2026-08", "2026-09"])


@story(ended_unseen)
def test_an_end_that_no_event_tells_is_when_the_subscription_ended(answers: Answers) -> None:
    assert answers.mrr("2026-09", "2026-10", "2026-11") == [900, 900, 0]
    assert answers.ledger() == [("2026-08-10", "new", 900), ("2026-11-05", "churned", -900)]
    assert answers.row("subscription_churn_monthly", "2026-11")["canceled_subscriptions"] == 1


def ended_unseen_on_trial(s: Story) -> None:
    trial_end = "2026-11-05T00:00:00Z"
    s.subscription(
        Item(s.price(900)), status="canceled", ended_at="2026-11-05", trial_end=trial_end
    )


@story(ended_unseen_on_trial)
def test_a_trial_that_ended_unseen_was_a_trial(answers: Answers) -> None:
    row = answers.row("mrr_monthly", "2026-10")
    assert (row["mrr_minor"], row["trial_mrr_minor"]) == (0, 900)


@story(
    lambda s: s.subscription(
        Item(s.price(900)), status="incomplete_expired", ended_at="2026-11-05", since="2026-11-04"
    )
)
def test_what_was_never_paid_for_the_first_time_is_no_end(answers: Answers) -> None:
    assert answers.ledger() == []


def end_without_its_event(s: Story) -> None:
    price = s.price(100)
    item_id = s.books.id("si")
    subscription = s.subscription(
        Item(price, 5, id=item_id), status="canceled", ended_at="2026-11-05"
    )
    five, nine = Item(price, 5, id=item_id), Item(price, 9, id=item_id)
    s.event(subscription, "2026-10-15", five, before={"items": [nine]}, status="active")


@story(end_without_its_event)
def test_until_its_end_a_subscription_is_what_its_last_event_shows(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [500, 0]
    assert answers.ledger()[1:] == [
        ("2026-10-15", "contraction", -400),
        ("2026-11-05", "churned", -500),
    ]


def ended_before_its_only_event(s: Story) -> None:
    item = Item(s.price(900))
    subscription = s.subscription(item, status="canceled", ended_at="2026-11-05")
    s.event(subscription, "2026-11-08", item, before={"metadata": {}})


@story(ended_before_its_only_event)
def test_an_event_after_the_end_tells_nothing_of_the_time_before(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [900, 0]
    assert answers.ledger()[-1] == ("2026-11-05", "churned", -900)


def beginning_without_its_event(s: Story) -> None:
    item = Item(s.price(900))
    subscription = s.subscription(item, since="2026-11-02")
    s.event(subscription, "2026-11-10", item, before={"metadata": {}})


@story(beginning_without_its_event)
def test_no_state_is_older_than_the_subscription(answers: Answers) -> None:
    assert answers.ledger() == [("2026-11-02", "new", 900)]


def twelve_items(s: Story) -> None:
    items = [Item(s.price(100)) for _ in range(12)]
    subscription = s.subscription(*items)
    s.event(subscription, "2026-11-10", *items[:10], before={"metadata": {}}, more=True)


@story(twelve_items)
def test_items_that_an_event_does_not_show_are_those_of_the_table(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [1200, 1200]
    assert answers.ledger() == [("2026-10-01", "new", 1200)]


def twelfth_item_in_november(s: Story) -> None:
    items = [Item(s.price(100)) for _ in range(11)]
    subscription = s.subscription(*items)
    s.item(subscription, Item(s.price(100)), since="2026-11-10")
    s.event(subscription, "2026-11-10", *items[:10], before={"metadata": {}}, more=True)


@story(twelfth_item_in_november)
def test_of_these_only_what_was_there_already(answers: Answers) -> None:
    assert answers.mrr("2026-10", "2026-11") == [1100, 1200]
    assert answers.ledger()[-1] == ("2026-11-10", "expansion", 100)
