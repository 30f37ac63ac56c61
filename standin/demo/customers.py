"""Customers: sign-up, tax ids, new cards, edits and departures."""

from __future__ import annotations

from typing import Any

from standin.demo.cards import new_payment_method
from standin.demo.catalog import Catalog
from standin.demo.deeds.offers import CustomerSignedUp
from standin.demo.desk import Desk, Obj
from standin.demo.dice import token, weighted
from standin.demo.people import TAX_ID_TYPES, address, company, email, person, tax_number

_CURRENCIES = {"usd": 52.0, "eur": 28.0, "gbp": 12.0, "jpy": 8.0}
_LOCALES = {"DE": "de", "FR": "fr", "NL": "nl", "ES": "es", "JP": "ja"}
REVERSE_CHARGE_COUNTRIES = ("DE", "FR", "NL", "ES")
"""EU countries other than the seller's (Ireland), where a business accounts for VAT itself."""

VERIFIABLE = ("eu_vat", "gb_vat")
"""Types of tax id that Stripe checks with an authority."""


class Customers:
    """Signs customers up and keeps their records."""

    def __init__(self, desk: Desk, catalog: Catalog) -> None:
        self.desk = desk
        self.catalog = catalog
        self._known = len(desk.all("customer"))

    def sign_up(self, *, pays_by_card: bool = True, currency: str | None = None) -> Obj:
        """A new customer, with a card on file unless the customer pays by bank transfer."""
        rng = self.desk.rng
        self._known += 1
        currency = currency or weighted(rng, _CURRENCIES)
        home, business, contact = address(rng, currency), company(rng), person(rng)
        card = new_payment_method(rng, self.desk.now) if pays_by_card else None
        locale = _LOCALES.get(str(home["country"]), "en")
        fields: dict[str, Any] = {
            "name": business,
            "email": email(contact, business, self._known),
            "description": f"{contact}, {business}",
            "phone": f"+1555{rng.randrange(10**7):07d}",
            "address": home,
            "balance": 0,
            "currency": currency,
            "delinquent": False,
            "invoice_prefix": token(rng, "", 8).upper(),
            "next_invoice_sequence": 1,
            "preferred_locales": [locale],
            "tax_exempt": "none",
            "invoice_settings": {
                "custom_fields": None,
                "default_payment_method": card,
                "footer": None,
                "rendering_options": None,
            },
            "metadata": {
                "crm_id": f"CRM-{self._known:05d}",
                "source": weighted(rng, {"search": 4.0, "referral": 3.0, "event": 1.0}),
            },
        }
        customer = self.desk.create("customer", **fields)
        self.desk.note(
            CustomerSignedUp(
                customer["id"], business, fields["email"], fields["metadata"]["crm_id"]
            )
        )
        if home["country"] in TAX_ID_TYPES and rng.random() < 0.4:
            self.add_tax_id(customer["id"])
        return self.desk.get(customer["id"])

    def add_tax_id(self, customer_id: str) -> None:
        """Record a tax number; a valid one from another EU country makes VAT reverse-charged."""
        rng, customer = self.desk.rng, self.desk.get(customer_id)
        country = customer["address"]["country"]
        kind = TAX_ID_TYPES[country]
        verifiable = kind in VERIFIABLE
        tax_id = self.desk.create(
            "tax_id",
            parent=customer_id,
            customer=customer_id,
            country=country,
            type=kind,
            value=tax_number(rng, country),
            owner={
                "account": None,
                "application": None,
                "customer": customer_id,
                "customer_account": None,
                "type": "customer",
            },
            verification={
                "status": "pending" if verifiable else "unavailable",
                "verified_address": None,
                "verified_name": None,
            },
        )
        if verifiable:
            self.desk.at(self.desk.now + rng.randint(60, 7200), self._verify, tax_id["id"])
        if country in REVERSE_CHARGE_COUNTRIES:
            self.desk.change(customer_id, tax_exempt="reverse")

    def resume(self) -> None:
        """Take up what was under way: verifications of tax ids."""
        for tax_id in self.desk.all("tax_id"):
            if tax_id["verification"]["status"] == "pending":
                self.desk.at(self.desk.now + 1800, self._verify, tax_id["id"])

    def tax_rate_of(self, customer: Obj) -> str | None:
        """The tax rate for a customer's place, or None where none is collected."""
        home = customer["address"]
        return self.catalog.tax_rate(home["country"], home["state"])

    def give_new_card(self, customer_id: str) -> None:
        """Put another card on file."""
        customer = self.desk.get(customer_id)
        card = new_payment_method(self.desk.rng, self.desk.now)
        settings = {**customer["invoice_settings"], "default_payment_method": card}
        self.desk.change(customer_id, invoice_settings=settings)

    def check_tax_id_again(self, tax_id: str) -> None:
        """The authority's answer about a tax id turns round."""
        status = self.desk.get(tax_id)["verification"]["status"]
        self._record_verification(tax_id, good=status != "verified")

    def _verify(self, tax_id: str) -> None:
        if self.desk.find(tax_id):
            self._record_verification(tax_id, good=self.desk.rng.random() < 0.9)

    def _record_verification(self, tax_id: str, *, good: bool) -> None:
        owner = self.desk.get(self.desk.get(tax_id)["customer"])
        verification = {
            "status": "verified" if good else "unverified",
            "verified_address": owner["address"]["line1"] if good else None,
            "verified_name": owner["name"] if good else None,
        }
        self.desk.change(tax_id, verification=verification)
