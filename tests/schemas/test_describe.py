"""How types of the package become JSON Schema, on objects that show one thing each."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.generate_schemas import describe
from scripts.generate_schemas.describe import Place
from scripts.generate_schemas.fieldtypes import Embedded
from scripts.generate_schemas.package import object_class
from scripts.generate_schemas.schema import object_schema, stream_schema
from scripts.generate_schemas.text import first_sentence
from tap_stripe.streams.payments import Charges

TEXT = {"type": ["string", "null"]}


def at(object_name: str, path: str) -> Any:
    """The schema of a field of an object, found by names of properties; ``[]`` is an item."""
    part: Any = object_schema(object_name)
    for name in path.split("."):
        inside = part.get("items") or part.get("additionalProperties")
        part = inside if name == "[]" else part["properties"][name]
    return {keyword: value for keyword, value in part.items() if keyword != "description"}


@pytest.mark.parametrize(
    ("object_name", "path", "expected"),
    [
        ("charge", "customer", TEXT),
        ("charge", "outcome.rule", TEXT),
        ("subscription", "discounts", {"type": ["array", "null"], "items": TEXT}),
        ("price", "unit_amount_decimal", TEXT),
        ("price", "recurring.interval", TEXT),
        ("price", "livemode", {"type": ["boolean", "null"]}),
        ("price", "metadata", {"type": ["object", "null"], "additionalProperties": TEXT}),
        ("coupon", "percent_off", {"type": ["number", "null"]}),
        ("event", "data.object", {"type": ["object", "null"]}),
        ("invoice", "lines.object", TEXT),
        ("invoice", "lines.has_more", {"type": ["boolean", "null"]}),
        ("invoice", "lines.data.[].pricing.price_details.price", TEXT),
        ("customer", "discount.start", {**TEXT, "format": "date-time"}),
        ("charge", "payment_method_details.card.exp_year", {"type": ["integer", "null"]}),
        ("tax.registration", "country_options.us.local_amusement_tax.jurisdiction", TEXT),
        ("v2.money_management.inbound_transfer", "from.payment_method.type", TEXT),
        ("v2.commerce.product_catalog_import", "status_details.processing.success_count", TEXT),
    ],
)
def test_field(object_name: str, path: str, expected: dict[str, Any]) -> None:
    assert at(object_name, path) == expected


def test_name_on_the_wire_replaces_that_of_the_class() -> None:
    transfer = object_schema("v2.money_management.inbound_transfer")["properties"]
    assert "from" in transfer
    assert "from_" not in transfer


def test_object_inside_itself_is_cut() -> None:
    inner = at("payment_intent", "last_payment_error.payment_intent")["properties"]
    assert inner["created"]["format"] == "date-time"
    assert inner["last_payment_error"] == {"type": ["object", "null"]}


def test_large_object_is_described_by_its_direct_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "last_payment_error.payment_method"
    assert "exp_year" in at("payment_intent", path)["properties"]["card"]["properties"]

    monkeypatch.setattr(describe, "EMBEDDED_LIMIT", 1_000)
    shallow = at("payment_intent", path)["properties"]
    assert shallow["created"]["format"] == "date-time"
    assert shallow["card"] == {"type": ["object", "null"]}


def test_place_for_several_classes_has_the_fields_of_all() -> None:
    source = at("charge", "source")["properties"]
    # A card's, a bank account's, a source's and an account's.
    assert {"exp_year", "routing_number", "redirect", "capabilities"} <= source.keys()


@pytest.mark.parametrize("names", [("account", "bank_account"), ("bank_account", "account")])
def test_field_that_differs_between_classes_is_open(names: tuple[str, ...]) -> None:
    classes = tuple(object_class(name) for name in names)
    schema = describe.embedded(Embedded(classes), Place("charge.source"))
    assert schema["properties"]["requirements"] == {"type": ["object", "null"]}


def test_part_of_an_object_is_found_by_its_field() -> None:
    part = object_schema("balance_transaction.fee_details")["properties"]
    assert list(part) == ["amount", "application", "currency", "description", "type"]


@pytest.mark.parametrize("name", ["order", "charge.orders", "charge.nonsense", "order.items"])
def test_unknown_object_is_an_error(name: str) -> None:
    with pytest.raises(LookupError):
        object_schema(name)


def test_key_that_is_no_column_is_an_error() -> None:
    class Orders(Charges):
        primary_keys = ("id", "order")

    with pytest.raises(LookupError, match="order"):
        stream_schema(Orders)


@pytest.mark.parametrize(
    ("doc", "sentence"),
    [
        ("", ""),
        ("No full stop", "No full stop"),
        ("First. Second.", "First."),
        ("Over\ntwo lines.\n\nNext paragraph.", "Over two lines."),
        ("See the [guide](https://stripe.com/docs(here)) first. Then go.", "See the guide first."),
        ("Some, e.g. Visa, are known. Others aren't.", "Some, e.g. Visa, are known."),
        ("Is `a.b` set? Yes.", "Is `a.b` set?"),
        ("word " * 100, "word " * 59 + "…"),
    ],
)
def test_first_sentence(doc: str, sentence: str) -> None:
    assert first_sentence(doc) == sentence
