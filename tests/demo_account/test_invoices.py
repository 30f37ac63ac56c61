"""Invoices add up: lines, discounts, taxes, balances, payments and credit notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.demo_account.pictures import Obj, Picture


def _lines(demo: Picture) -> dict[str, list[Obj]]:
    return demo.by("line_item", "invoice")


def _exclusive(taxes: list[dict[str, Any]]) -> int:
    return sum(tax["amount"] for tax in taxes if tax["tax_behavior"] == "exclusive")


def test_totals_are_the_sums_of_the_lines(demo: Picture) -> None:
    lines = _lines(demo)
    for invoice in demo.all("invoice"):
        own = lines[invoice["id"]]
        discounts = sum(entry["amount"] for entry in invoice["total_discount_amounts"])
        assert invoice["subtotal"] == sum(line["amount"] for line in own)
        assert invoice["total"] == invoice["subtotal"] - discounts + _exclusive(
            invoice["total_taxes"]
        )
        assert invoice["total_excluding_tax"] == invoice["total"] - sum(
            tax["amount"] for tax in invoice["total_taxes"]
        )


def test_discounts_and_taxes_are_the_sums_of_the_lines(demo: Picture) -> None:
    lines = _lines(demo)
    for invoice in demo.all("invoice"):
        discounts: Counter[str] = Counter()
        taxes: Counter[str] = Counter()
        for line in lines[invoice["id"]]:
            for entry in line["discount_amounts"]:
                discounts[entry["discount"]] += entry["amount"]
            for tax in line["taxes"]:
                taxes[tax["tax_rate_details"]["tax_rate"]] += tax["amount"]
        assert discounts == {e["discount"]: e["amount"] for e in invoice["total_discount_amounts"]}
        assert taxes == {
            tax["tax_rate_details"]["tax_rate"]: tax["amount"] for tax in invoice["total_taxes"]
        }


def test_a_line_is_taxed_on_what_is_left_after_discounts(demo: Picture) -> None:
    for line in demo.all("line_item"):
        net = line["amount"] - sum(entry["amount"] for entry in line["discount_amounts"])
        for tax in line["taxes"]:
            rate = demo.get("tax_rate", tax["tax_rate_details"]["tax_rate"])
            if tax["taxability_reason"] == "reverse_charge":
                assert tax["amount"] == 0
                continue
            percentage = Decimal(str(rate["percentage"]))
            exact = Decimal(tax["taxable_amount"]) * percentage / 100
            assert abs(tax["amount"] - exact) <= 1
            inclusive = rate["inclusive"]
            assert tax["taxable_amount"] == (net - tax["amount"] if inclusive else net)


def test_licensed_lines_are_unit_times_quantity(demo: Picture) -> None:
    for line in demo.all("line_item"):
        parent = line["parent"]["subscription_item_details"]
        if parent and not parent["proration"]:
            unit = Decimal(line["pricing"]["unit_amount_decimal"])
            exact = (unit * line["quantity"]).quantize(Decimal(1), ROUND_HALF_UP)
            assert line["amount"] == exact


def test_what_is_due_what_was_paid_and_what_remains(demo: Picture) -> None:
    for invoice in demo.all("invoice"):
        assert invoice["amount_remaining"] == invoice["amount_due"] - invoice["amount_paid"]
        if invoice["status"] == "draft":
            continue
        balance = invoice["total"] + invoice["starting_balance"]
        credited = invoice["pre_payment_credit_notes_amount"]
        assert invoice["amount_due"] == max(0, balance) - credited
        assert invoice["ending_balance"] == min(0, balance)
        assert (invoice["status"] == "paid") == (invoice["amount_remaining"] == 0)


def test_customer_balances_follow_from_invoices_and_credit_notes(demo: Picture) -> None:
    expected: Counter[str] = Counter()
    for invoice in demo.all("invoice"):
        if invoice["status"] != "draft":
            moved = invoice["ending_balance"] - invoice["starting_balance"]
            expected[invoice["customer"]] += moved
    for note in demo.all("credit_note"):
        if note["customer_balance_transaction"]:
            expected[note["customer"]] -= note["amount"]
    for customer in demo.all("customer"):
        assert customer["balance"] == expected[customer["id"]]


def test_numbers_run_without_holes_per_customer(demo: Picture) -> None:
    numbers = defaultdict(list)
    for invoice in demo.all("invoice"):
        assert (invoice["number"] is None) == (invoice["status"] == "draft")
        if invoice["number"]:
            prefix, _, number = invoice["number"].rpartition("-")
            numbers[prefix].append(int(number))
    for found in numbers.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def test_every_settled_invoice_shows_how_it_was_settled(demo: Picture) -> None:
    payments = demo.by("invoice_payment", "invoice")
    for invoice in demo.all("invoice"):
        received = invoice["amount_paid"] - invoice["amount_paid_off_stripe"] \
            if invoice["amount_paid_off_stripe"] else invoice["amount_paid"]  # fmt: skip
        paid = [p for p in payments.get(invoice["id"], []) if p["status"] == "paid"]
        assert sum(payment["amount_paid"] for payment in paid) == received
        for payment in paid:
            intent = demo.get("payment_intent", payment["payment"]["payment_intent"])
            assert intent["status"] == "succeeded"
            assert intent["amount_received"] == payment["amount_paid"]
        moments = invoice["status_transitions"]
        assert (moments["paid_at"] is not None) == (invoice["status"] == "paid")
        assert (moments["voided_at"] is not None) == (invoice["status"] == "void")
        lost = invoice["status"] == "uncollectible"
        assert (moments["marked_uncollectible_at"] is not None) == lost


def test_attempts_are_counted_from_the_charges(demo: Picture) -> None:
    charges = demo.by("charge", "payment_intent")
    for payment in demo.all("invoice_payment"):
        invoice = demo.get("invoice", payment["invoice"])
        attempts = charges.get(payment["payment"]["payment_intent"], [])
        if invoice["collection_method"] == "charge_automatically" and attempts:
            assert invoice["attempted"]
            # Payments that a customer starts by hand don't count.
            assert 1 <= invoice["attempt_count"] <= len(attempts)


def test_invoiced_items_are_on_their_invoice(demo: Picture) -> None:
    on_lines = {}
    for line in demo.all("line_item"):
        details = line["parent"][line["parent"]["type"]]
        if details["invoice_item"]:
            on_lines[details["invoice_item"]] = line
    for item in demo.all("invoiceitem"):
        if item["invoice"] is None:
            assert item["id"] not in on_lines
        else:
            line = on_lines[item["id"]]
            assert (line["invoice"], line["amount"]) == (item["invoice"], item["amount"])


def test_credit_notes_add_up_and_show_on_the_invoice(demo: Picture) -> None:
    lines = demo.account.children
    credited: dict[str, Counter[str]] = defaultdict(Counter)
    for note in demo.all("credit_note"):
        own = lines(note["id"], "lines")
        assert note["subtotal"] == sum(line["amount"] for line in own)
        assert note["discount_amount"] == sum(line["discount_amount"] for line in own)
        assert (
            note["total"]
            == note["amount"]
            == note["subtotal"] - note["discount_amount"] + _exclusive(note["total_taxes"])
        )
        refunded = sum(entry["amount_refunded"] for entry in note["refunds"])
        to_balance = note["amount"] if note["customer_balance_transaction"] else 0
        assert note["post_payment_amount"] == refunded + to_balance
        credited[note["invoice"]][note["type"]] += note["amount"]
    for invoice in demo.all("invoice"):
        for kind in ("pre_payment", "post_payment"):
            shown = invoice[f"{kind}_credit_notes_amount"]
            assert shown == credited[invoice["id"]][kind]


def test_some_invoices_have_more_lines_than_a_page(before: Picture) -> None:
    sizes = Counter(len(lines) for lines in _lines(before).values())
    assert {11, 13, 14} & set(sizes) or {15, 25} & set(sizes)
    assert max(sizes) > 130
    assert sum(count for size, count in sizes.items() if size > 10) >= 10
