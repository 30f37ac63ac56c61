"""MRR as agreed on: what the terms of a subscription are worth at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.answers.truth.history import History
from tests.answers.truth.pricing import Worth, worth
from tests.answers.truth.records import Subscription

COUNTING = ("active", "past_due")
NOT_COLLECTED = ("void", "mark_uncollectible")


@dataclass(frozen=True)
class Value:
    """What a subscription adds to the metrics at a moment, in minor units."""

    mrr: int = 0
    gross: int = 0
    trial: int = 0
    past_due: int = 0
    scheduled_churn: int = 0

    def __add__(self, other: Value) -> Value:
        return Value(
            self.mrr + other.mrr,
            self.gross + other.gross,
            self.trial + other.trial,
            self.past_due + other.past_due,
            self.scheduled_churn + other.scheduled_churn,
        )


def value(history: History, subscription: Subscription, at: int) -> Value:
    """The value of a subscription by its terms at a moment."""
    terms = subscription.terms(at)
    if terms is None or terms.paused in NOT_COLLECTED:
        return Value()
    if terms.status == "trialing":
        return Value(trial=worth(history, subscription, terms.items, at).net)
    if terms.status not in COUNTING:
        return Value()
    found: Worth = worth(history, subscription, terms.items, at)
    return Value(
        mrr=found.net,
        gross=found.gross,
        past_due=found.net if terms.status == "past_due" else 0,
        scheduled_churn=found.net if terms.has_notice else 0,
    )


def turns(history: History, subscription: Subscription) -> Iterator[int]:
    """The moments at which the value of a subscription may change."""
    yield from subscription.moments
    items = {
        item.id
        for moment in subscription.moments
        for terms in [subscription.terms(moment)]
        if terms
        for item in terms.items
    }
    for owner in (subscription.customer, subscription.id, *items):
        for discount in history.discounts_of[owner]:
            yield from (
                moment
                for moment in (discount.granted, discount.ends, discount.ended)
                if moment is not None
            )
