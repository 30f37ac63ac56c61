"""The Stripe balance: a transaction for every movement of money, and when it becomes available."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from standin.demo.dates import DAY, working_days_later
from standin.demo.deeds.money import MoneyMoved
from standin.demo.desk import Desk, Obj
from standin.demo.pricing import rounded

SETTLED_AS_IS = ("usd", "eur", "gbp")
"""Currencies with a bank account of their own; everything else is converted to US dollars."""

_CATEGORIES = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "refund_failure": "refund_failure",
    "payment_refund": "refund",
    "payout": "payout",
    "payout_failure": "payout_reversal",
    "transfer": "transfer",
    "transfer_refund": "transfer_reversal",
    "stripe_fee": "fee",
}


@dataclass(frozen=True)
class Fee:
    """A part of a transaction's fee in settlement currency: ``stripe_fee`` or ``tax``."""

    amount: int
    type: str
    description: str


@dataclass(frozen=True)
class Money:
    """An amount in settlement currency, with the rate when it was converted."""

    amount: int
    currency: str
    exchange_rate: float | None


class Treasury:
    """Books balance transactions and turns pending ones into available ones."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._available: dict[str, list[str]] = defaultdict(list)
        self._pending: dict[int, list[str]] = defaultdict(list)

    def resume(self) -> None:
        """Work out from the transactions what becomes available and what was not paid out."""
        paid_out = {payout["currency"]: payout["created"] for payout in self.desk.all("payout")}
        for transaction in self.desk.all("balance_transaction"):
            currency = transaction["currency"]
            if transaction["status"] == "pending":
                self._await(transaction)
            elif transaction["available_on"] > paid_out.get(currency, 0):
                self._available[currency].append(transaction["id"])

    def available(self, currency: str) -> int:
        """The balance in a settlement currency that a payout can take."""
        return sum(self.desk.get(found)["net"] for found in self._available[currency])

    def pay_out(self, payout: Obj) -> Obj:
        """Book a payout of all that is available in its currency."""
        currency = payout["currency"]
        leaving = self.book(
            "payout", payout["id"], Money(-payout["amount"], currency, None), "STRIPE PAYOUT"
        )
        for transaction_id in self._available.pop(currency):
            self.desk.change(transaction_id, silent=True, payout=payout["id"])
        return leaving

    def settle(self, amount: int, currency: str, rate: float | None = None) -> Money:
        """Convert to the settlement currency, at the day's rate unless one is given."""
        if currency in SETTLED_AS_IS:
            return Money(amount, currency, None)
        rate = rate or self._rate_of_the_day()
        return Money(rounded(Decimal(amount) * Decimal(str(rate))), "usd", rate)

    def book(
        self,
        kind: str,
        source: str | None,
        money: Money,
        description: str,
        *,
        category: str | None = None,
        fees: tuple[Fee, ...] = (),
        available_in_days: int = 0,
    ) -> Obj:
        """Book a movement; a positive amount comes in. Without days it is available at once."""
        fee = sum(part.amount for part in fees)
        now = self.desk.now
        available_on = working_days_later(now, available_in_days) if available_in_days else now
        transaction = self.desk.create(
            "balance_transaction",
            silent=True,
            amount=money.amount,
            currency=money.currency,
            exchange_rate=money.exchange_rate,
            fee=fee,
            fee_details=[
                {
                    "amount": part.amount,
                    "application": None,
                    "currency": money.currency,
                    "description": part.description,
                    "type": part.type,
                }
                for part in fees
            ],
            net=money.amount - fee,
            type=kind,
            reporting_category=category or _CATEGORIES[kind],
            balance_type="payments",
            source=source,
            description=description,
            available_on=available_on,
            status="pending" if available_in_days else "available",
        )
        charged: dict[str, int] = defaultdict(int)
        for part in fees:
            charged[part.type] += part.amount
        self.desk.note(
            MoneyMoved(
                transaction["id"],
                transaction["reporting_category"],
                money.currency,
                money.amount,
                dict(charged),
            )
        )
        if available_in_days:
            self._await(transaction)
        else:
            self._available[money.currency].append(transaction["id"])
        return transaction

    def card_fees(self, money: Money) -> tuple[Fee, ...]:
        """Stripe's fee for a card payment, and the tax on it where it is due."""
        if money.exchange_rate is not None:
            share, fixed, label = Decimal("0.0525"), 30, "Stripe processing and conversion fees"
        elif money.currency == "usd":
            share, fixed, label = Decimal("0.029"), 30, "Stripe processing fees"
        else:
            share, fixed, label = Decimal("0.015"), 25, "Stripe processing fees"
        fee = Fee(rounded(money.amount * share) + fixed, "stripe_fee", label)
        if money.currency != "eur":
            return (fee,)
        # The seller is Irish: only fees invoiced in euros carry VAT.
        return fee, Fee(rounded(fee.amount * Decimal("0.23")), "tax", "VAT")

    def _rate_of_the_day(self) -> float:
        """US cents for one yen: drifts slowly around 0.66."""
        day = self.desk.now // DAY
        return round(0.66 + 0.03 * math.sin(day / 60) + 0.004 * math.sin(day * 1.7), 6)

    def _await(self, transaction: Obj) -> None:
        due = transaction["available_on"]
        if due not in self._pending:
            self.desk.at(due, self._release, due)
        self._pending[due].append(transaction["id"])

    def _release(self, due: int) -> None:
        for transaction_id in self._pending.pop(due):
            # Stripe announces this change with no event.
            transaction = self.desk.change(transaction_id, silent=True, status="available")
            self._available[transaction["currency"]].append(transaction_id)
