"""Payments, and what becomes of them."""

from __future__ import annotations

from tests.proof.things import DAY, Object, Things


class Payments(Things):
    """Payments, and what becomes of them."""

    def move_money(self) -> str:
        days = self.account.clock.now() // DAY + self._rng.randint(1, 6)
        made = self.account.create(
            "balance_transaction",
            status="pending",
            currency="eur",
            available_on=days * DAY,
            fee_details=[{"amount": 1, "currency": "eur", "type": "stripe_fee"}],
        )
        return f"transaction {made['id']} is pending"

    def pay(self) -> str:
        charge = self._new_charge()
        return f"charge {charge['id']} has {charge['status']}"

    def refund(self) -> str:
        charge = self._any("charge") or self._new_charge()
        self.account.create("refund", charge=charge["id"], amount=1, currency="eur")
        refunded = charge["amount_refunded"] + 1
        self._change(charge["id"], silent=True, amount_refunded=refunded)
        return f"charge {charge['id']} is refunded"

    def dispute(self) -> str:
        charge = self._any("charge", lambda c: not c["disputed"]) or self._new_charge()
        self._change(charge["id"], silent=True, disputed=True)
        self.account.create("dispute", charge=charge["id"], amount=1, currency="eur")
        return f"charge {charge['id']} is disputed"

    def intend_to_pay(self) -> str:
        return f"payment intent {self._new_intent()['id']} begins"

    def edit_intent(self) -> str:
        intent = self._intent()["id"]
        self._change(intent, silent=True, description=self._words())
        return f"payment intent {intent} is described anew, without an event"

    def end_intent(self) -> str:
        intent = self._intent()["id"]
        status = self._rng.choice(["succeeded", "canceled"])
        self._change(intent, status=status)
        return f"payment intent {intent} has {status}"

    def open_checkout(self) -> str:
        return f"checkout session {self._new_session()['id']} is open, without an event"

    def edit_checkout(self) -> str:
        session = self._session()["id"]
        self._change(session, silent=True, metadata={"note": self._words()})
        return f"checkout session {session} is edited, without an event"

    def end_checkout(self) -> str:
        session = self._session()["id"]
        status = self._rng.choice(["complete", "expired"])
        self._change(session, status=status)
        return f"checkout session {session} is {status}"

    def record_payment(self) -> str:
        return f"payment {self._new_record()['id']} is recorded, without an event"

    def go_on_with_record(self) -> str:
        # Older ones are not looked at again, as documented.
        week_before = self.account.clock.now() - 7 * DAY
        young = self._any("payment_record", lambda record: record["created"] > week_before)
        record = (young or self._new_record())["id"]
        attempt = self.account.create("payment_attempt_record", payment_record=record)["id"]
        self._change(record, silent=True, latest_payment_attempt_record=attempt)
        return f"attempt {attempt} is recorded for payment {record}, without an event"

    def _intent(self) -> Object:
        unpaid = "requires_payment_method"
        return self._any("payment_intent", lambda i: i["status"] == unpaid) or self._new_intent()

    def _new_intent(self) -> Object:
        status = "requires_payment_method"
        return self.account.create("payment_intent", amount=5, currency="eur", status=status)

    def _session(self) -> Object:
        return self._any("checkout.session", lambda s: s["status"] == "open") or self._new_session()

    def _new_session(self) -> Object:
        return self.account.create("checkout.session", mode="payment", status="open")

    def _new_record(self) -> Object:
        return self.account.create("payment_record", description=self._words())
