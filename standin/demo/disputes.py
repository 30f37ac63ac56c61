"""Disputes: a cardholder contests a charge, and the bank decides."""

from __future__ import annotations

from dataclasses import dataclass

from standin.demo.cards import card_of
from standin.demo.contracts import Contracts
from standin.demo.dates import DAY, HOUR
from standin.demo.deeds.money import DisputeClosed, DisputeOpened
from standin.demo.desk import Desk, Obj
from standin.demo.dice import weighted
from standin.demo.treasury import Fee, Treasury

_REASONS = {
    "fraudulent": 50.0,
    "subscription_canceled": 22.0,
    "product_not_received": 8.0,
    "duplicate": 8.0,
    "product_unacceptable": 7.0,
    "general": 5.0,
}
_FEE = 1500
"""Stripe's dispute fee in minor units of the settlement currency; it is never given back."""


@dataclass(eq=False)
class Disputes:
    """Opens disputes and sees them through."""

    desk: Desk
    treasury: Treasury
    contracts: Contracts

    def resume(self) -> None:
        """Take up the disputes that are not decided."""
        for dispute in self.desk.all("dispute"):
            self._follow(dispute)

    def open(self, charge_id: str) -> Obj:
        """A cardholder contests a charge, or (one time in eight) only asks about it."""
        desk, charge = self.desk, self.desk.get(charge_id)
        inquiry = desk.rng.random() < 0.125
        brand = card_of(charge["payment_method"]).brand
        customer = desk.find(charge["customer"]) if charge["customer"] else None
        dispute = desk.create(
            "dispute",
            silent=True,
            amount=charge["amount"],
            balance_transactions=[],
            charge=charge_id,
            currency=charge["currency"],
            enhanced_eligibility_types=[],
            evidence={
                "customer_email_address": customer["email"] if customer else None,
                "customer_name": customer["name"] if customer else None,
            },
            evidence_details={
                "due_by": desk.now + 9 * DAY,
                "has_evidence": False,
                "past_due": False,
                "submission_count": 0,
                "submission_method": "not_submitted",
            },
            is_charge_refundable=inquiry,
            network_reason_code="10.4" if brand == "visa" else "4837",
            payment_intent=charge["payment_intent"],
            payment_method_details={
                "type": "card",
                "card": {
                    "brand": brand,
                    "case_type": "inquiry" if inquiry else "chargeback",
                    "network": brand,
                    "network_reason_code": "10.4" if brand == "visa" else "4837",
                },
            },
            reason=weighted(desk.rng, _REASONS),
            status="warning_needs_response" if inquiry else "needs_response",
        )
        desk.note(DisputeOpened(dispute["id"], charge_id, inquiry))
        desk.change(charge_id, disputed=True)
        if not inquiry:
            self._withdraw(dispute)
        dispute = desk.get(dispute["id"])
        desk.announce("charge.dispute.created", dispute)
        if not inquiry:
            desk.announce("charge.dispute.funds_withdrawn", dispute)
        self._follow(dispute)
        return dispute

    def _follow(self, dispute: Obj) -> None:
        desk = self.desk
        due = max(dispute["evidence_details"]["due_by"], desk.now + HOUR)
        status = dispute["status"]
        if status == "needs_response":
            if desk.rng.random() < 0.7:
                desk.at(desk.rng.randint(desk.now, due), self._respond, dispute["id"])
            else:
                desk.at(due, self._lose, dispute["id"])
        elif status == "under_review":
            desk.at(desk.now + desk.rng.randint(20, 60) * DAY, self._decide, dispute["id"])
        elif status == "warning_needs_response":
            desk.at(due + 60 * DAY, self._close_inquiry, dispute["id"])

    def _respond(self, dispute_id: str) -> None:
        dispute = self.desk.get(dispute_id)
        details = {
            **dispute["evidence_details"],
            "has_evidence": True,
            "submission_count": 1,
            "submission_method": "manual",
        }
        evidence = {
            **dispute["evidence"],
            "product_description": "Analytics software, billed by subscription.",
            "uncategorized_text": "Access log and terms of service are attached.",
        }
        answered = self.desk.change(
            dispute_id, evidence=evidence, evidence_details=details, status="under_review"
        )
        self._follow(answered)

    def _decide(self, dispute_id: str) -> None:
        if self.desk.rng.random() < 0.55:
            self._win(dispute_id)
        else:
            self._lose(dispute_id)

    def _win(self, dispute_id: str) -> None:
        desk, dispute = self.desk, self.desk.get(dispute_id)
        taken = desk.get(dispute["balance_transactions"][0])
        back = self.treasury.book(
            "adjustment",
            dispute_id,
            self.treasury.settle(dispute["amount"], dispute["currency"], taken["exchange_rate"]),
            f"Chargeback reversal for {dispute['charge']}",
            category="dispute_reversal",
        )
        transactions = [*dispute["balance_transactions"], back["id"]]
        desk.change(
            dispute_id,
            "charge.dispute.funds_reinstated",
            "charge.dispute.closed",
            balance_transactions=transactions,
            status="won",
        )
        desk.note(DisputeClosed(dispute_id, "won"))

    def _lose(self, dispute_id: str) -> None:
        dispute = self.desk.change(dispute_id, "charge.dispute.closed", status="lost")
        self.desk.note(DisputeClosed(dispute_id, "lost"))
        customer = self.desk.get(dispute["charge"])["customer"]
        running = self.contracts.of_customer(customer) if customer else []
        if running and self.desk.rng.random() < 0.5:
            self.contracts.end(running[0]["id"], "payment_disputed")

    def _close_inquiry(self, dispute_id: str) -> None:
        dispute = self.desk.change(dispute_id, "charge.dispute.closed", status="warning_closed")
        self.desk.note(DisputeClosed(dispute_id, "warning_closed"))
        self.desk.change(dispute["charge"], disputed=False)

    def _withdraw(self, dispute: Obj) -> None:
        charge = self.desk.get(dispute["charge"])
        paid = self.desk.get(charge["balance_transaction"])
        taken = self.treasury.book(
            "adjustment",
            dispute["id"],
            self.treasury.settle(-dispute["amount"], dispute["currency"], paid["exchange_rate"]),
            f"Chargeback withdrawal for {charge['id']}",
            category="dispute",
            fees=(Fee(_FEE, "stripe_fee", "Dispute fee"),),
        )
        self.desk.change(dispute["id"], silent=True, balance_transactions=[taken["id"]])
