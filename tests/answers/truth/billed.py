"""MRR as billed: the stretches of time for which invoices show an item of a subscription."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standin.demo.deeds.bills import Billed
from tests.answers.truth.history import History
from tests.answers.truth.pricing import Worth, lasts, monthly
from tests.answers.truth.records import Invoice


@dataclass(frozen=True)
class Stretch:
    """An item of a subscription from a moment up to another, which is not in it."""

    subscription: str
    start: int
    end: int
    worth: Worth


def stands(invoice: Invoice) -> bool:
    """Whether an invoice tells of MRR."""
    paused = invoice.written_off == "subscription_paused"
    return invoice.status in ("paid", "open", "uncollectible") and not paused


def stretches(history: History) -> list[Stretch]:
    """All stretches that the invoices of the business show."""
    periods: dict[str, dict[int, _Period]] = defaultdict(dict)
    prorations: dict[str, list[Billed]] = defaultdict(list)
    for invoice in filter(stands, history.invoices.values()):
        regular: dict[str, list[Billed]] = defaultdict(list)
        for line in invoice.draft.lines:
            if line.item is None or line.price is None:
                continue
            if line.proration:
                prorations[line.item].append(line)
            elif not history.prices[line.price].metered:
                regular[line.item].append(line)
        for item, lines in regular.items():
            periods[item][lines[0].start] = _Period(invoice, lines)
    return [
        found
        for item, by_start in periods.items()
        for found in _of_item(history, by_start, prorations[item])
    ]


@dataclass(frozen=True)
class _Period:
    """The lines of an item for one period."""

    invoice: Invoice
    lines: Sequence[Billed]


def _of_item(
    history: History, periods: dict[int, _Period], prorations: Sequence[Billed]
) -> Iterator[Stretch]:
    starts = {line.start for period in periods.values() for line in period.lines}
    taken_away = {
        line.start
        for line in prorations
        if line.amount < 0
        and line.start not in starts
        and not any(o is not line and o.start == line.start for o in prorations)
    }
    for start, period in periods.items():
        draft = period.invoice.draft
        assert draft.subscription is not None, f"{draft.invoice} bills no subscription"
        over = [history.subscriptions[draft.subscription].ended]
        later = [moment for moment in (*starts, *taken_away) if moment > start]
        end = min(moment for moment in (*over, *later, period.lines[0].end) if moment is not None)
        if end > start:
            yield Stretch(draft.subscription, start, end, _worth(history, period))


def _worth(history: History, period: _Period) -> Worth:
    amount = sum(line.amount for line in period.lines)
    off = sum(
        part
        for line in period.lines
        for discount, part in line.off.items()
        if lasts(history, history.coupon_of[discount])
    )
    price = history.prices[str(period.lines[0].price)]
    assert price.interval is not None, f"{price.price} is paid once"
    return monthly(amount, amount - off, price.interval, period.invoice.draft.included_tax)
