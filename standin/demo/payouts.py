"""Automatic payouts: the available balance goes to the bank, and Stripe's own bill is paid."""

from __future__ import annotations

from standin.demo.dates import (
    DAY,
    HOUR,
    add_months,
    is_working_day,
    midnight,
    utc,
    working_days_later,
)
from standin.demo.desk import Desk, Obj
from standin.demo.dice import token
from standin.demo.treasury import SETTLED_AS_IS, Money, Treasury

_MINIMUM = 100
_DAILY = ("usd",)
"""Currencies paid out on each working day; the others every Monday."""


class Payouts:
    """Pays the available balance out and follows each payout to the bank."""

    def __init__(self, desk: Desk, treasury: Treasury) -> None:
        self.desk = desk
        self.treasury = treasury
        bank = desk.account.id.removeprefix("acct_")
        self._banks = {code: f"ba_{code}{bank}" for code in SETTLED_AS_IS}

    def resume(self) -> None:
        """Follow the payouts that are on their way."""
        for payout in self.desk.all("payout"):
            if payout["status"] == "in_transit":
                self._follow(payout)

    def work(self, day: int) -> None:
        """Plan a day's payouts (02:00 UTC) and, on the first of a month, Stripe's fees."""
        if utc(day).day == 1:
            self.desk.at(day + HOUR, self._pay_stripe, day)
        if is_working_day(day):
            self.desk.at(day + 2 * HOUR, self._pay_out, day)

    def _pay_out(self, day: int) -> None:
        monday = utc(day).weekday() == 0
        for currency in SETTLED_AS_IS:
            amount = self.treasury.available(currency)
            if amount >= _MINIMUM and (monday or currency in _DAILY):
                self._send(amount, currency)

    def _send(self, amount: int, currency: str) -> None:
        payout = self.desk.create(
            "payout",
            silent=True,
            amount=amount,
            currency=currency,
            arrival_date=working_days_later(self.desk.now, 2),
            automatic=True,
            description="STRIPE PAYOUT",
            destination=self._banks[currency],
            method="standard",
            reconciliation_status="in_progress",
            source_type="card",
            status="in_transit",
            trace_id={"status": "pending", "value": None},
            type="bank_account",
        )
        transaction = self.treasury.pay_out(payout)
        payout = self.desk.change(payout["id"], silent=True, balance_transaction=transaction["id"])
        self.desk.announce("payout.created", payout)
        self._follow(payout)

    def _follow(self, payout: Obj) -> None:
        fails = self.desk.rng.random() < 0.006
        self.desk.at(
            max(payout["arrival_date"] + HOUR, self.desk.now),
            self._fail if fails else self._arrive,
            payout["id"],
        )

    def _arrive(self, payout_id: str) -> None:
        self.desk.change(
            payout_id,
            "payout.paid",
            "payout.reconciliation_completed",
            status="paid",
            reconciliation_status="completed",
            trace_id={"status": "supported", "value": token(self.desk.rng, "", 18).upper()},
        )

    def _fail(self, payout_id: str) -> None:
        """The bank sends the money back; the next payout takes it along."""
        payout = self.desk.get(payout_id)
        back = self.treasury.book(
            "payout_failure",
            payout_id,
            Money(payout["amount"], payout["currency"], None),
            "STRIPE PAYOUT FAILURE",
        )
        self.desk.change(
            payout_id,
            "payout.failed",
            status="failed",
            failure_code="could_not_process",
            failure_message="The bank was unable to process this transfer.",
            failure_balance_transaction=back["id"],
            reconciliation_status="completed",
        )

    def _pay_stripe(self, day: int) -> None:
        """The monthly bill for Billing and Radar, taken from the euro balance."""
        last_month = add_months(day, -1)
        charges = sum(
            last_month <= charge["created"] < midnight(day) for charge in self.desk.all("charge")
        )
        if charges:
            period = f"{utc(last_month):%Y-%m-%d} - {utc(day - DAY):%Y-%m-%d}"
            self.treasury.book(
                "stripe_fee",
                None,
                Money(-7 * charges, "eur", None),
                f"Billing - Usage Fee ({period})",
            )
