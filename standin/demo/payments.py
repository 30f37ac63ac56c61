"""Payment intents and charges: what is asked of a card or bank, and what comes of it."""

from __future__ import annotations

from collections import deque
from typing import Any

from standin.demo.cards import Answer, Card, ask, card_of, payment_method_details
from standin.demo.dates import DAY
from standin.demo.deeds.money import ChargeTried
from standin.demo.desk import Desk, Obj
from standin.demo.dice import token
from standin.demo.treasury import Fee, Treasury

_DESCRIPTOR = "TIDEMARK"


def is_untouched(charge: Obj) -> bool:
    """Whether a charge succeeded and was neither refunded nor disputed."""
    succeeded = charge["status"] == "succeeded"
    return succeeded and not charge["amount_refunded"] and not charge["disputed"]


class Payments:
    """Collects payment intents, by card or by bank transfer."""

    def __init__(self, desk: Desk, treasury: Treasury) -> None:
        self.desk = desk
        self.treasury = treasury
        self._recent: deque[tuple[int, str]] = deque()

    def resume(self) -> None:
        """Recall the charges of the last weeks."""
        for charge in self.desk.all("charge"):
            if charge["status"] == "succeeded":
                self._recent.append((charge["created"], charge["id"]))

    def recent(self) -> list[str]:
        """Ids of the charges that succeeded in the last 60 days."""
        while self._recent and self._recent[0][0] < self.desk.now - 60 * DAY:
            self._recent.popleft()
        return [charge_id for _, charge_id in self._recent]

    def open_intent(
        self,
        amount: int,
        currency: str,
        description: str,
        *,
        customer: Obj | None,
        method: str = "card",
        transfer_group: str | None = None,
    ) -> Obj:
        """A payment intent that waits for a payment (``method``: card or customer_balance)."""
        card = customer["invoice_settings"]["default_payment_method"] if customer else None
        intent_options = {"card": _CARD_OPTIONS} if method == "card" else {method: _BANK_OPTIONS}
        return self.desk.create(
            "payment_intent",
            amount=amount,
            currency=currency,
            customer=customer["id"] if customer else None,
            description=description,
            payment_method=card,
            payment_method_types=[method],
            payment_method_options=intent_options,
            capture_method="automatic",
            confirmation_method="automatic",
            client_secret=token(self.desk.rng, "pi_", 24) + token(self.desk.rng, "_secret_", 25),
            amount_capturable=0,
            amount_received=0,
            amount_details={"tip": {}},
            setup_future_usage="off_session" if customer else None,
            status="requires_payment_method",
            transfer_group=transfer_group,
        )

    def try_card(self, intent_id: str, payment_method: str, *, first: bool = False) -> Obj:
        """Attempt the payment with a card; returns the charge, succeeded or failed."""
        desk, intent = self.desk, self.desk.get(intent_id)
        card = card_of(payment_method)
        error = intent["last_payment_error"]
        again = error is not None and error["payment_method"]["id"] == payment_method
        answer = ask(card, desk.now, desk.rng, first=first, again=again)
        customer = desk.get(intent["customer"]) if intent["customer"] else None
        country = customer["address"]["country"] if customer else "US"
        charge = self._charge(
            intent,
            customer,
            payment_method,
            payment_method_details(card, intent["amount"], country),
            answer,
        )
        if answer.code is None:
            return self._succeed(intent, charge, payment_method)
        desk.announce("charge.failed", charge)
        self._fail(intent, charge, card, answer, payment_method)
        return charge

    def receive_transfer(self, intent_id: str) -> Obj:
        """The customer's bank transfer has come in; returns the succeeded charge."""
        intent = self.desk.get(intent_id)
        method = token(self.desk.rng, "pm_1")
        received = Answer("authorized", "approved_by_network", "Payment complete.", "", 0)
        details = {"type": "customer_balance", "customer_balance": {}}
        customer = self.desk.get(intent["customer"])
        charge = self._charge(intent, customer, method, details, received)
        return self._succeed(intent, charge, method)

    def cancel(self, intent_id: str, reason: str) -> None:
        """Give up a payment intent (``reason`` as in Stripe's cancellation_reason)."""
        self.desk.change(
            intent_id,
            "payment_intent.canceled",
            status="canceled",
            canceled_at=self.desk.now,
            cancellation_reason=reason,
        )

    def _charge(
        self,
        intent: Obj,
        customer: Obj | None,
        payment_method: str,
        details: dict[str, Any],
        answer: Answer,
    ) -> Obj:
        paid = answer.code is None
        by_card = details["type"] == "card"
        charge = self.desk.create(
            "charge",
            silent=True,
            amount=intent["amount"],
            amount_captured=intent["amount"] if paid else 0,
            amount_refunded=0,
            billing_details={
                "address": customer["address"] if customer else _NO_ADDRESS,
                "email": customer["email"] if customer else None,
                "name": customer["name"] if customer else "Guest",
                "phone": None,
                "tax_id": None,
            },
            calculated_statement_descriptor=_DESCRIPTOR if by_card else None,
            captured=paid,
            currency=intent["currency"],
            customer=intent["customer"],
            description=intent["description"],
            disputed=False,
            failure_code=answer.code,
            failure_message=answer.message,
            fraud_details={},
            outcome={
                "advice_code": "try_again_later" if answer.code else None,
                "network_advice_code": None,
                "network_decline_code": "05" if answer.type == "issuer_declined" else None,
                "network_status": answer.network_status,
                "reason": answer.reason,
                "risk_level": answer.risk_level if by_card else "not_assessed",
                "risk_score": answer.risk_score if by_card else None,
                "rule": None,
                "seller_message": answer.seller_message,
                "type": answer.type,
            },
            paid=paid,
            payment_intent=intent["id"],
            payment_method=payment_method,
            payment_method_details=details,
            radar_options={},
            refunded=False,
            status="succeeded" if paid else "failed",
            transfer_group=intent["transfer_group"],
        )
        self.desk.note(
            ChargeTried(
                charge["id"],
                intent["id"],
                intent["customer"],
                intent["currency"],
                intent["amount"],
                answer.code,
                answer.type == "blocked",
            )
        )
        if not paid:
            return charge
        money = self.treasury.settle(intent["amount"], intent["currency"])
        transaction = self.treasury.book(
            "charge" if by_card else "payment",
            charge["id"],
            money,
            intent["description"],
            fees=self.treasury.card_fees(money) if by_card else (_BANK_FEE,),
            available_in_days=3,
        )
        receipt = f"https://pay.stripe.com/receipts/{charge['id']}"
        return self.desk.change(
            charge["id"],
            silent=True,
            balance_transaction=transaction["id"],
            receipt_email=customer["email"] if customer else None,
            receipt_url=receipt,
        )

    def _succeed(self, intent: Obj, charge: Obj, payment_method: str) -> Obj:
        self._recent.append((charge["created"], charge["id"]))
        self.desk.announce("charge.succeeded", charge)
        self.desk.change(
            intent["id"],
            "payment_intent.succeeded",
            amount_received=intent["amount"],
            last_payment_error=None,
            latest_charge=charge["id"],
            payment_method=payment_method,
            status="succeeded",
        )
        return charge

    def _fail(
        self, intent: Obj, charge: Obj, card: Card, answer: Answer, payment_method: str
    ) -> None:
        self.desk.change(
            intent["id"],
            "payment_intent.payment_failed",
            latest_charge=charge["id"],
            status="requires_payment_method",
            payment_method=None,
            last_payment_error={
                "advice_code": "try_again_later",
                "charge": charge["id"],
                "code": answer.code,
                "decline_code": answer.decline_code,
                "doc_url": f"https://stripe.com/docs/error-codes/{answer.code}",
                "message": answer.message,
                "payment_method": {
                    "id": payment_method,
                    "object": "payment_method",
                    "card": {"brand": card.brand, "last4": card.last4},
                    "type": "card",
                },
                "type": "card_error",
            },
        )


_NO_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
_BANK_FEE = Fee(500, "stripe_fee", "Stripe bank transfer fees")
_CARD_OPTIONS = {
    "installments": None,
    "mandate_options": None,
    "network": None,
    "request_three_d_secure": "automatic",
}
_BANK_OPTIONS = {
    "bank_transfer": {"type": "eu_bank_transfer", "eu_bank_transfer": {"country": "IE"}},
    "funding_type": "bank_transfer",
}
