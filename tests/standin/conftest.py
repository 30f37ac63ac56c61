"""An account with a few objects of every kind, and clients to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any

import pytest
import requests
import stripe

from standin import Account, Clock, Server, official

NOW = datetime(2026, 11, 1, tzinfo=timezone.utc)
DAY = 24 * 3600

Get = Callable[..., requests.Response]
Fill = Callable[[], dict[str, Any]]


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def account(clock: Clock) -> Account:
    return Account(clock=clock, seed=7)


@pytest.fixture
def server(account: Account) -> Iterator[Server]:
    with Server(account) as running:
        yield running


@pytest.fixture
def get(server: Server) -> Iterator[Get]:
    """``get("/v1/charges?limit=3")``, or with another key or more headers."""
    with requests.Session() as session:

        def send(path: str, *, key: str | None = None, **headers: str) -> requests.Response:
            bearer = {"Authorization": f"Bearer {key or server.account.secret_key}"}
            return session.get(server.url + path, headers={**bearer, **headers}, timeout=10)

        yield send


@pytest.fixture
def ask(get: Get) -> Get:
    """``get`` with the version that API v2 asks for."""

    def send(path: str, **more: str) -> requests.Response:
        return get(path, **{"Stripe-Version": official.PRESENT_VERSION, **more})

    return send


@pytest.fixture
def ids(ask: Get) -> Callable[[str], list[str]]:
    """The ids that a list answers with."""
    return lambda path: [item["id"] for item in ask(path).json()["data"]]


@pytest.fixture
def client(server: Server) -> stripe.StripeClient:
    return stripe.StripeClient(
        server.account.secret_key, base_addresses={"api": server.url}, max_network_retries=0
    )


@pytest.fixture
def fill(account: Account) -> Fill:
    """Call it for one object of every kind (see ``_fill``)."""
    return lambda: _fill(account)


@pytest.fixture
def business(account: Account, fill: Fill) -> Account:
    """The account with three or more objects of every kind."""
    for _ in range(3):
        fill()
        account.clock.advance(3600)
    return account


def _fill(account: Account) -> dict[str, Any]:
    """One object of every kind, some lists of more than ten members, one thing canceled."""
    product = account.create("product", name="Seats")
    price = account.create(
        "price",
        product=product["id"],
        billing_scheme="tiered",
        tiers_mode="graduated",
        tiers=[{"up_to": 5, "unit_amount": 900}, {"up_to": None, "unit_amount": 700}],
        type="recurring",
        recurring={"interval": "month", "interval_count": 1, "usage_type": "licensed"},
        currency_options={"eur": {"unit_amount": 850}},
    )
    account.create("price", product=product["id"], active=False, unit_amount=100)
    coupon = account.create("coupon", percent_off=20, applies_to={"products": [product["id"]]})
    account.create("promotion_code", promotion={"type": "coupon", "coupon": coupon["id"]})
    tax_rate = account.create("tax_rate", percentage=19, display_name="VAT")
    customer = account.create("customer", email="ada@example.com")
    account.create("tax_id", parent=customer["id"], type="eu_vat", value="DE123")
    discount = account.create(
        "discount", customer=customer["id"], source={"type": "coupon", "coupon": coupon["id"]}
    )
    account.update(customer["id"], discount=discount["id"])
    subscription = account.create(
        "subscription",
        customer=customer["id"],
        default_tax_rates=[tax_rate["id"]],
        discounts=[discount["id"]],
        items=[
            {
                "price": price["id"],
                "plan": price["id"],
                "quantity": number,
                "current_period_start": account.clock.now(),
                "current_period_end": account.clock.now() + 30 * DAY,
            }
            for number in range(1, 13)
        ],
    )
    account.create("subscription_schedule", customer=customer["id"])
    account.create("invoiceitem", customer=customer["id"], amount=500)
    invoice = account.create(
        "invoice",
        customer=customer["id"],
        parent={
            "type": "subscription_details",
            "subscription_details": {"subscription": subscription["id"]},
        },
        discounts=[discount["id"]],
        lines=[
            {
                "amount": 100 * number,
                "pricing": {"type": "price_details", "price_details": {"price": price["id"]}},
                "parent": {
                    "type": "subscription_item_details",
                    "subscription_item_details": {"subscription": subscription["id"]},
                },
            }
            for number in range(1, 16)
        ],
    )
    intent = account.create("payment_intent", amount=7800, customer=customer["id"])
    charge = account.create("charge", amount=7800, payment_intent=intent["id"])
    account.update(intent["id"], latest_charge=charge["id"])
    account.create(
        "invoice_payment",
        invoice=invoice["id"],
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
    )
    account.update(invoice["id"], status="paid", events=("invoice.paid", "invoice.updated"))
    refund = account.create("refund", charge=charge["id"], payment_intent=intent["id"], amount=100)
    account.create("dispute", charge=charge["id"], payment_intent=intent["id"], amount=7800)
    account.create(
        "credit_note",
        customer=customer["id"],
        invoice=invoice["id"],
        refunds=[{"refund": refund["id"], "amount_refunded": 100}],
        lines=[{"amount": 10} for _ in range(11)],
    )
    payout = account.create("payout", amount=7000)
    account.create("balance_transaction", amount=7800, source=charge["id"], payout=payout["id"])
    transfer = account.create("transfer", amount=1200)
    for _ in range(11):
        account.create("transfer_reversal", parent=transfer["id"], amount=100)
    canceled = account.create("subscription", customer=customer["id"])
    account.update(canceled["id"], status="canceled", event="customer.subscription.deleted")
    gone = account.create("customer", email="gone@example.com")
    account.delete(gone["id"])
    return {"customer": customer, "subscription": subscription, "invoice": invoice}
