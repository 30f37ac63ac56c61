"""Payment cards: what a payment method's id stands for, and how its issuer answers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from standin.demo.dates import add_months, epoch
from standin.demo.dice import token, weighted

_BRANDS = {"visa": 52, "mastercard": 33, "amex": 9, "jcb": 3, "discover": 3}


@dataclass(frozen=True)
class Card:
    """A card. A weak one (low balance, low limit) is declined often."""

    brand: str
    last4: str
    funding: str
    fingerprint: str
    exp_month: int
    exp_year: int
    weak: bool

    @property
    def expires(self) -> int:
        """First second after the month that is printed on the card."""
        return add_months(epoch(self.exp_year, self.exp_month, 1), 1)


@dataclass(frozen=True)
class Answer:
    """What became of one payment attempt; ``code`` is None when it succeeded."""

    type: str
    network_status: str
    seller_message: str
    risk_level: str
    risk_score: int
    code: str | None = None
    decline_code: str | None = None
    message: str | None = None
    reason: str | None = None


_DECLINES: dict[str, tuple[str, str]] = {
    "insufficient_funds": ("card_declined", "Your card has insufficient funds."),
    "generic_decline": ("card_declined", "Your card was declined."),
    "do_not_honor": ("card_declined", "Your card was declined."),
    "expired_card": ("expired_card", "Your card has expired."),
    "processing_error": (
        "processing_error",
        "An error occurred while processing your card. Try again in a little bit.",
    ),
    "authentication_required": (
        "authentication_required",
        "Your card was declined. This transaction requires authentication.",
    ),
}
_DECLINE_WEIGHTS = {
    "insufficient_funds": 50.0,
    "generic_decline": 25.0,
    "do_not_honor": 12.0,
    "processing_error": 6.0,
    "authentication_required": 7.0,
}


def card_of(payment_method: str) -> Card:
    """The card behind a payment method id: payment methods are not objects of this account."""
    rng = Random(payment_method)  # noqa: S311 - repeatable on purpose
    return Card(
        brand=weighted(rng, _BRANDS),
        last4=f"{rng.randrange(10_000):04d}",
        funding=weighted(rng, {"credit": 62, "debit": 33, "prepaid": 5}),
        fingerprint=token(rng, "", 16),
        exp_month=rng.randint(1, 12),
        exp_year=rng.randint(2025, 2031),
        weak=rng.random() < 0.2,
    )


def new_payment_method(rng: Random, now: int) -> str:
    """A payment method id whose card is valid for two months and more."""
    while True:
        payment_method = token(rng, "pm_1")
        if card_of(payment_method).expires > add_months(now, 2):
            return payment_method


def ask(card: Card, now: int, rng: Random, *, first: bool, again: bool) -> Answer:
    """Attempt a payment with a card.

    Radar judges a customer's ``first`` payment more strictly, and an issuer that declined a payment
    is likely to decline it ``again``.
    """
    score = min(99, int(rng.expovariate(1 / 14)) + (8 if first else 0))
    if first and rng.random() < 0.02:
        return Answer(
            type="blocked",
            network_status="not_sent_to_network",
            seller_message="Stripe blocked this payment as too risky.",
            risk_level="highest",
            risk_score=rng.randint(76, 99),
            code="card_declined",
            decline_code="fraudulent",
            message="Your card was declined.",
            reason="highest_risk_level",
        )
    level = "normal" if score < 65 else "elevated"
    decline = _decline(card, now, rng, again=again)
    if decline is None:
        return Answer("authorized", "approved_by_network", "Payment complete.", level, score)
    code, message = _DECLINES[decline]
    return Answer(
        type="issuer_declined",
        network_status="declined_by_network",
        seller_message=f"The bank returned the decline code `{decline}`.",
        risk_level=level,
        risk_score=score,
        code=code,
        decline_code=decline,
        message=message,
        reason=decline,
    )


def _decline(card: Card, now: int, rng: Random, *, again: bool) -> str | None:
    if card.expires <= now:
        return "expired_card"
    chance = 0.26 if card.weak else 0.024
    if rng.random() < (0.65 if again else chance):
        return weighted(rng, _DECLINE_WEIGHTS)
    return None


def payment_method_details(card: Card, amount: int, country: str | None) -> dict[str, Any]:
    """A charge's ``payment_method_details`` for a card."""
    return {
        "type": "card",
        "card": {
            "amount_authorized": amount,
            "authorization_code": None,
            "brand": card.brand,
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": "pass",
                "cvc_check": None,
            },
            "country": country,
            "exp_month": card.exp_month,
            "exp_year": card.exp_year,
            "extended_authorization": {"status": "disabled"},
            "fingerprint": card.fingerprint,
            "funding": card.funding,
            "incremental_authorization": {"status": "unavailable"},
            "installments": None,
            "last4": card.last4,
            "mandate": None,
            "multicapture": {"status": "unavailable"},
            "network": card.brand,
            "network_token": {"used": False},
            "overcapture": {"maximum_amount_capturable": amount, "status": "unavailable"},
            "regulated_status": "unregulated",
            "three_d_secure": None,
            "wallet": None,
        },
    }
