"""MRR of every subscription: at the end of each month, and each of its changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tests.answers.truth.agreed import Value, turns, value
from tests.answers.truth.billed import Stretch, stretches
from tests.answers.truth.history import History
from tests.answers.truth.months import month_of, months, next_month, start_of
from tests.answers.truth.records import Sight, Subscription
from tests.answers.truth.rows import Months, every


class Change(NamedTuple):
    """A change of a subscription's MRR."""

    at: int
    subscription: str
    before: int
    after: int


class Mrr:
    """As billed in the months before the account was first seen, as agreed on from then on."""

    def __init__(self, history: History, sight: Sight) -> None:
        self.history, self.sight = history, sight
        self._stretches: dict[str, list[Stretch]] = defaultdict(list)
        for stretch in stretches(history):
            self._stretches[stretch.subscription].append(stretch)

    @cached_property
    def months(self) -> Months:
        """The months of each currency, from the first with anything in it."""
        first: dict[str, int] = {}
        history = self.history
        seen = [(s.currency, s.started) for s in history.subscriptions.values()]
        seen += [(c.tried.currency, c.at) for c in history.charges.values()]
        seen += [
            (i.draft.currency, i.written)
            for i in history.invoices.values()
            if i.status != "discarded"
        ]
        seen += [(r.charge.tried.currency, r.at) for r in history.refunds.values()]
        seen += [(d.charge.tried.currency, d.at) for d in history.disputes.values()]
        for currency, at in seen:
            first[currency] = min(at, first.get(currency, at))
        last = month_of(self.sight.as_of)
        return {code: list(months(month_of(at), last)) for code, at in first.items()}

    @cached_property
    def values(self) -> dict[tuple[str, date], dict[str, Value]]:
        """Value of each subscription that has any, by currency and month."""
        found: dict[tuple[str, date], dict[str, Value]] = {}
        subscriptions = self.history.subscriptions.values()
        for currency, month in every(self.months):
            held = {s.id: self._in(month, s) for s in subscriptions if s.currency == currency}
            found[currency, month] = {id_: one for id_, one in held.items() if one != Value()}
        return found

    @cached_property
    def changes(self) -> list[Change]:
        """Every change of a subscription's MRR, in the order of time, rises first, then of ids."""
        changes = [c for s in self.history.subscriptions.values() for c in self._changes(s)]
        return sorted(changes, key=lambda c: (c.at, c.after < c.before, c.subscription))

    def by_customer(self, currency: str, month: date) -> dict[str, Value]:
        """Value of each customer that has any."""
        totals: dict[str, Value] = defaultdict(Value)
        for subscription, one in self.values.get((currency, month), {}).items():
            totals[self.history.subscriptions[subscription].customer] += one
        return totals

    def paid(self, currency: str, month: date) -> dict[str, int]:
        """MRR of each customer that has any."""
        totals = self.by_customer(currency, month)
        return {customer: one.mrr for customer, one in totals.items() if one.mrr}

    def source(self, month: date) -> str:
        """Where the MRR of a month is read from."""
        if month == month_of(self.sight.as_of):
            return "subscriptions"
        return "invoice_lines" if self.is_billed(month) else "events"

    def is_billed(self, month: date) -> bool:
        """Whether a month was over when the account was first seen."""
        return start_of(next_month(month)) <= self.sight.first_seen

    def _in(self, month: date, subscription: Subscription) -> Value:
        last = min(start_of(next_month(month)) - 1, self.sight.as_of)
        if self.is_billed(month):
            return self._billed(subscription, last)
        return value(self.history, subscription, last)

    def _billed(self, subscription: Subscription, at: int) -> Value:
        found = [s.worth for s in self._stretches[subscription.id] if s.start <= at < s.end]
        return Value(mrr=sum(w.net for w in found), gross=sum(w.gross for w in found))

    def _changes(self, subscription: Subscription) -> Iterator[Change]:
        seen, as_of = self.sight.first_seen, self.sight.as_of
        ends = {m for s in self._stretches[subscription.id] for m in (s.start, s.end)}
        before = 0
        for at in sorted(moment for moment in ends if moment < seen):
            after = self._billed(subscription, at).mrr
            if after != before:
                yield Change(at, subscription.id, before, after)
            before = after
        later = {moment for moment in turns(self.history, subscription) if seen < moment <= as_of}
        for at in (seen, *sorted(later)):
            after = value(self.history, subscription, at).mrr
            if after != before:
                yield Change(at, subscription.id, before, after)
            before = after
