"""What Stripe refuses, in Stripe's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from standin import Account, Server

Get = Callable[..., requests.Response]

REFUSED = {
    "/v1/charges?limit=101": "limit must be between 1 and 100",
    "/v1/charges?limit=0": "limit must be between 1 and 100",
    "/v1/charges?limit=ten": "Invalid integer: ten",
    "/v1/charges?limit=": "You passed an empty string for 'limit'.",
    "/v1/charges?colour=red": "Received unknown parameter: colour",
    "/v1/charges?colour=red&size=9": "Received unknown parameters: colour, size",
    "/v1/charges?status=paid": "Received unknown parameter: status",
    "/v1/charges?created[after]=3": "Received unknown parameter: created[after]",
    "/v1/charges?created[gte]=2026-11-01": "Invalid integer: 2026-11-01",
    "/v1/charges?created[gte]=1.5": "Invalid integer: 1.5",
    "/v1/charges?starting_after=ch_x": "No such charge: 'ch_x'",
    "/v1/charges?ending_before=ch_x": "No such charge: 'ch_x'",
    "/v1/charges?starting_after=ch_x&ending_before=ch_y": (
        "Received both starting_after and ending_before parameters. Please pass in only one."
    ),
    "/v1/charges?expand=data.customer": "Invalid array: data.customer",
    "/v1/charges?expand[]=customer": (
        "This property cannot be expanded (customer). You may want to try expanding "
        "'data.customer' instead."
    ),
    "/v1/charges?expand[]=data": "This property cannot be expanded (data).",
    "/v1/charges?expand[]=data.colour": "This property cannot be expanded (colour).",
    "/v1/charges?expand[]=data.amount": "This property cannot be expanded (amount).",
    "/v1/subscription_items?subscription=sub_x&expand[]=data.price": "No such subscription",
    "/v1/subscriptions?expand[]=data.items.data.price": "cannot be expanded (price)",
    "/v1/subscriptions?expand[]=data.items.data.price.product": (
        "You cannot expand more than 4 levels of a property. Property: "
        "data.items.data.price.product"
    ),
    "/v1/subscriptions?status=alive": "Invalid status: must be one of active, all, canceled",
    "/v1/prices?active=yes": "Invalid boolean: yes",
    "/v1/subscription_items": "Missing required param: subscription.",
    "/v1/subscription_items?subscription=sub_x": "No such subscription: 'sub_x'",
    "/v1/subscription_items?created[gte]=1": "Received unknown parameter: created",
    "/v1/events?type=customer.created&types[]=customer.updated": (
        "Received both type and types parameters."
    ),
    "/v1/events?types[]=customer.*": "customer.* is not a valid event type",
    "/v1/events?" + "&".join(["types[]=customer.created"] * 21): "up to 20 types",
    "/v1/invoices/in_x": "No such invoice: 'in_x'",
    "/v1/invoices/in_x/lines": "No such invoice: 'in_x'",
    "/v1/customers/cus_x?limit=3": "Received unknown parameter: limit",
    "/v1/colours": "Unrecognized request URL (GET: /v1/colours).",
    "/v1/invoices/in_x/colours": "Unrecognized request URL (GET: /v1/invoices/in_x/colours).",
    "/v1/charges/": "Unrecognized request URL (GET: /v1/charges/).",
}
NOT_FOUND = {"/v1/invoices/in_x", "/v1/invoices/in_x/lines", "/v1/colours", "/v1/charges/",
             "/v1/invoices/in_x/colours"}  # fmt: skip


@pytest.mark.parametrize("path", REFUSED)
def test_refuses(get: Get, path: str) -> None:
    answer = get(path)
    error: dict[str, Any] = answer.json()["error"]
    assert REFUSED[path] in error["message"]
    assert answer.status_code == (404 if path in NOT_FOUND else 400)
    assert error["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("path", "code", "param"),
    [
        ("/v1/charges?colour=red", "parameter_unknown", "colour"),
        ("/v1/charges?starting_after=ch_x", "resource_missing", "starting_after"),
        ("/v1/subscription_items", "parameter_missing", "subscription"),
        ("/v1/invoices/in_x", "resource_missing", "id"),
        (
            "/v1/subscriptions?expand[]=data.items.data.price.product",
            "property_expansion_max_depth",
            "expand",
        ),
    ],
)
def test_codes_and_params(get: Get, path: str, code: str, param: str) -> None:
    error = get(path).json()["error"]
    assert (error["code"], error["param"]) == (code, param)


def test_a_version_must_be_known(get: Get) -> None:
    answer = get("/v1/charges", **{"Stripe-Version": "2099-01-01"})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Invalid Stripe API version: 2099-01-01"
    answer = get("/v1/charges", **{"Stripe-Version": "2026-10-28.endive"})
    assert answer.headers["Stripe-Version"] == "2026-10-28.endive"


def test_headers_of_every_answer(get: Get, account: Account) -> None:
    for path in ("/v1/charges", "/v1/colours"):
        headers = get(path).headers
        assert headers["Content-Type"] == "application/json"
        assert headers["Date"] == "Sun, 01 Nov 2026 00:00:00 GMT"
        assert headers["Request-Id"].startswith("req_")
        assert headers["Stripe-Version"] == "2022-11-15"
    account.clock.advance(61)
    assert get("/v1/charges").headers["Date"] == "Sun, 01 Nov 2026 00:01:01 GMT"


def test_nothing_can_be_written(server: Server, account: Account) -> None:
    key = {"Authorization": f"Bearer {account.secret_key}"}
    answer = requests.post(f"{server.url}/v1/customers", headers=key, timeout=5)
    assert answer.status_code == 405
    assert [(r.method, r.path, r.status) for r in server.requests] == [
        ("POST", "/v1/customers", 405)
    ]


def test_a_product_that_is_not_switched_on(get: Get, account: Account) -> None:
    text = "Your account is not set up to use Issuing."
    account.disable("/v1/issuing", text)
    answer = get("/v1/issuing/cards")
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, text)
    account.enable("/v1/issuing")
    assert get("/v1/issuing/cards").status_code == 200


def test_deleted_objects(get: Get, account: Account) -> None:
    customer = account.create("customer")["id"]
    coupon = account.create("coupon", percent_off=10)["id"]
    account.create("tax_id", parent=customer, type="eu_vat", value="DE1")
    account.delete(customer)
    account.delete(coupon)
    assert get("/v1/customers").json()["data"] == []
    answer = get(f"/v1/customers/{customer}")
    assert answer.json() == {"id": customer, "object": "customer", "deleted": True}
    assert get(f"/v1/customers/{customer}/tax_ids").status_code == 404
    assert get(f"/v1/customers?starting_after={customer}").status_code == 400
    assert get(f"/v1/coupons/{coupon}").status_code == 404


def test_a_url_can_be_too_long(get: Get) -> None:
    answer = get("/v1/charges?customer=" + "x" * 17_000)
    assert (answer.status_code, answer.headers["Content-Type"]) == (414, "text/html")
