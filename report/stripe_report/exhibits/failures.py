"""Failed payments: how many, what for, and how many came in later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stripe_report.books import Book
from stripe_report.columns import Column, money, number, rate
from stripe_report.draw.monthly import Series
from stripe_report.exhibits.base import Monthly, Section, Shown, show_months
from stripe_report.warehouse import Row

REASON_COLOURS = ("rust", "sand", "plum", "teal", "blue")
"""For the most frequent reasons; the others share one colour."""
OTHERS = "Other reasons"
BLOCKED = "Blocked by Radar"
RECOVERED = money("recovered_minor", "Recovered")
RETRYING = money("retrying_minor", "Still retried")
WAITING = money("waiting_minor", "Waiting")
LOST = money("lost_minor", "Lost")


@dataclass(frozen=True)
class FailedByReason:
    """Failed charges a month by what the bank said. Which reasons there are, the book decides."""

    name: str = "failed-charges"
    title: str = "Failed charges"
    unit: str = "Charges a month, by the bank's reason"
    mart: str = "failed_charges_monthly, charge_outcomes_monthly"
    definition: str = (
        "Charges with the status “failed”, and nothing else; an authorisation that was not "
        "captured has not failed. Each retry is an attempt of its own, so one payment can fail "
        "several times. What Radar blocked never reached a bank. The rate is of all attempts."
    )
    empty: str = "No charge has failed in this currency in these months."

    def show(self, book: Book) -> Shown | None:
        """Draw it; None if nothing failed."""
        reasons = _reasons(book.rows["failed_charges"])
        columns = [number(reason, reason) for reason in reasons]
        return show_months(
            book,
            _wide(book, reasons),
            [
                Series(column, shade)
                for column, shade in zip(columns, reasons.values(), strict=True)
            ],
            [],
            [
                *columns,
                number("failed_count", "Failed in all"),
                money("failed_minor", "Worth"),
                number("failed_payments", "Payments"),
                rate("failure_rate", "Of all attempts"),
            ],
        )


def _reason(row: Row) -> str:
    if row["is_blocked"]:
        return BLOCKED
    words: str = row["failure_code"].replace("_", " ")
    return words[:1].upper() + words[1:]


def _reasons(rows: Sequence[Row]) -> dict[str, str]:
    """The reasons to tell apart and their colours, the most frequent one first."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[_reason(row)] += row["failed_count"]
    banks = [reason for reason, _ in counts.most_common() if reason != BLOCKED]
    named = dict(zip(banks, REASON_COLOURS, strict=False))
    if len(banks) > len(named):
        named[OTHERS] = "slate"
    if BLOCKED in counts:
        named[BLOCKED] = "ink"
    return named


def _wide(book: Book, reasons: dict[str, str]) -> Sequence[Row]:
    """All months, each with the number of failed charges for each reason."""
    months: dict[Any, dict[str, Any]] = {
        row["month"]: dict(row) | dict.fromkeys(reasons, 0) for row in book.rows["charge_outcomes"]
    }
    for row in book.rows["failed_charges"]:
        reason = _reason(row)
        months[row["month"]][reason if reason in reasons else OTHERS] += row["failed_count"]
    return list(months.values())


def _after(days: int) -> Column:
    return money(f"recovered_{days}d_minor", f"Within {days} days")


SECTION = Section(
    "Failed payments",
    "How many charges failed, what are they worth, and how many came in later?",
    [
        FailedByReason(),
        Monthly(
            name="recovery",
            title="What became of invoices whose first charge failed",
            unit="{currency}, by the month of the first failure",
            mart="payment_recovery_monthly",
            definition=(
                "Invoices that are charged automatically and whose first charge failed. "
                "Recovered: paid later. Still retried: Stripe has a next attempt planned. Lost: "
                "void, written off, or the subscription has ended. Young months still change."
            ),
            empty="No first charge of an invoice has failed in this currency in these months.",
            query="recovery",
            bars=[
                Series(RECOVERED, "teal"),
                Series(RETRYING, "sky"),
                Series(WAITING, "slate"),
                Series(LOST, "rust"),
            ],
            columns=[
                RECOVERED,
                RETRYING,
                WAITING,
                LOST,
                *(_after(days) for days in (7, 30, 60)),
                number("failed_invoices", "Invoices"),
                rate("recovery_rate_by_value", "Recovered, by value"),
                rate("recovery_rate", "Recovered, by count"),
            ],
        ),
    ],
)
