"""What single lists demand, refuse and hide."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from standin import Account, Clock, Server
from standin.facts import Endpoint, load
from tests.standin.conftest import DAY, Get
from tests.standin.making import make

MIDNIGHT = 20_000 * DAY
DEMANDING = [endpoint for endpoint in load().endpoints if endpoint.required]


def ids(answer: requests.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["data"]]


def error(answer: requests.Response) -> tuple[int, str | None, str]:
    body = answer.json()["error"]
    return answer.status_code, body.get("code"), body["message"]


@pytest.mark.parametrize("endpoint", DEMANDING, ids=lambda e: str(e.stream))
def test_required_parameters(get: Get, account: Account, endpoint: Endpoint) -> None:
    parent = endpoint.parent.object if endpoint.parent else "account"
    parent_id = make(account, parent)["id"]
    path = str(endpoint.path).format(parent=parent_id)
    first = endpoint.required[0]
    text = f"Missing required param: {first}."
    assert error(get(path)) == (400, "parameter_missing", text)


def test_required_parts_of_parameters(get: Get) -> None:
    text = "Missing required param: scope[type]."
    answer = get("/v1/apps/secrets?scope[user]=u")
    assert error(answer) == (400, "parameter_missing", text)


def test_lists_that_come_whole(get: Get, account: Account) -> None:
    parent = account.create("account")["id"]
    for number in range(12):
        account.create("capability", id=f"capability_{number}", parent=parent)
        account.create("reporting.report_type", id=f"report.{number}")
    for path in (f"/v1/accounts/{parent}/capabilities", "/v1/reporting/report_types"):
        answer = get(path)
        assert len(ids(answer)) == 12
        assert not answer.json()["has_more"]
        text = "Received unknown parameter: limit"
        assert error(get(f"{path}?limit=10")) == (400, "parameter_unknown", text)
    capability = get(f"/v1/accounts/{parent}/capabilities/capability_3").json()
    assert (capability["id"], capability["account"]) == ("capability_3", parent)


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/v1/accounts/acct_9/persons", 404, "No such account: 'acct_9'"),
        ("/v1/customers/cus_9/payment_methods", 404, "No such customer: 'cus_9'"),
        ("/v1/issuing/tokens?card=ic_9", 400, "No such issuing.card: 'ic_9'"),
        ("/v1/setup_attempts?setup_intent=seti_9", 400, "No such setup_intent: 'seti_9'"),
    ],
)
def test_parents_must_exist(get: Get, path: str, status: int, text: str) -> None:
    assert error(get(path)) == (status, "resource_missing", text)


HIDING: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("/v1/reviews", "review", {"open": False}, None),
    ("/v1/billing/alerts", "billing.alert", {"status": "archived"}, None),
    ("/v1/tax/registrations", "tax.registration", {"status": "expired"}, "status=all"),
    (
        "/v1/invoice_rendering_templates",
        "invoice_rendering_template",
        {"status": "archived"},
        "status=archived",
    ),
    ("/v1/payment_methods", "payment_method", {"type": "custom"}, "type=custom"),
    ("/v1/quotes", "quote", {"test_clock": "clock_1"}, "test_clock=clock_1"),
    (
        "/v1/tax_ids",
        "tax_id",
        {"owner": {"type": "customer", "customer": "cus_1"}},
        "owner[type]=customer&owner[customer]=cus_1",
    ),
]


@pytest.mark.parametrize(("path", "kind", "fields", "asked"), HIDING, ids=lambda v: str(v)[:30])
def test_what_lists_hide(
    get: Get, account: Account, path: str, kind: str, fields: dict[str, Any], asked: str | None
) -> None:
    hidden = account.create(kind, **fields)["id"]
    assert ids(get(path)) == []
    assert get(f"{path}/{hidden}").json()["id"] == hidden
    if asked:
        assert ids(get(f"{path}?{asked}")) == [hidden]


def test_the_platform_is_not_among_its_accounts(get: Get, account: Account) -> None:
    connected = account.create("account")["id"]
    assert ids(get("/v1/accounts")) == [connected]
    assert get("/v1/account").json()["id"] == account.id


def test_a_child_is_found_under_its_own_parent_only(get: Get, account: Account) -> None:
    connected = account.create("account")["id"]
    person = account.create("person", parent=connected)["id"]
    assert get(f"/v1/accounts/{connected}/persons/{person}").json()["id"] == person
    assert get(f"/v1/accounts/{account.id}/persons/{person}").status_code == 404


def test_filters_of_children_besides_their_parent(get: Get, account: Account) -> None:
    for status in ("failed", "succeeded"):
        account.create("treasury.received_credit", financial_account="fa_1", status=status)
    account.create("treasury.financial_account", id="fa_1")
    path = "/v1/treasury/received_credits?financial_account=fa_1"
    assert len(ids(get(path))) == 2
    assert len(ids(get(f"{path}&status=failed"))) == 1


def test_payment_records_between_two_times(get: Get, account: Account) -> None:
    made = [account.create("payment_record", created=time)["id"] for time in (10, 11, 12)]
    assert ids(get("/v1/payment_records?created_after=10&created_before=12")) == [made[1]]
    assert error(get("/v1/payment_records?created[gte]=1"))[1] == "parameter_unknown"


def test_trial_offers_are_found_by_a_time_that_they_do_not_show(get: Get, account: Account) -> None:
    kind = "product_catalog.trial_offer"
    made = [account.create(kind, price="price_1", created=time) for time in (10, 20)]
    assert "created" not in made[0]
    assert ids(get("/v1/product_catalog/trial_offers?created[gt]=10")) == [made[1]["id"]]


def test_meter_event_summaries(get: Get, account: Account) -> None:
    meter = account.create("billing.meter")["id"]
    kind = "billing.meter_event_summary"
    for day in range(3):
        start = MIDNIGHT + day * DAY
        span: dict[str, Any] = {"start_time": start, "end_time": start + DAY}
        account.create(kind, parent=meter, customer="cus_1", window="day", **span)
    whole: dict[str, Any] = {"start_time": MIDNIGHT, "end_time": MIDNIGHT + 3 * DAY}
    total = account.create(kind, parent=meter, customer="cus_1", **whole)["id"]
    path = f"/v1/billing/meters/{meter}/event_summaries?start_time={MIDNIGHT}"
    all_days = f"{path}&end_time={MIDNIGHT + 3 * DAY}"
    assert ids(get(f"{all_days}&customer=cus_1")) == [total]
    assert len(ids(get(f"{all_days}&customer=cus_1&value_grouping_window=day"))) == 3
    assert ids(get(f"{all_days}&customer=cus_2&value_grouping_window=day")) == []
    two_days = f"{path}&end_time={MIDNIGHT + 2 * DAY}&customer=cus_1&value_grouping_window=day"
    assert len(ids(get(two_days))) == 2
    for end, window in ((MIDNIGHT + 30, ""), (MIDNIGHT + 60, "&value_grouping_window=day")):
        answer = get(f"{path}&end_time={end}&customer=cus_1{window}")
        assert "end_time must be aligned" in error(answer)[2]


def test_lists_of_several_kinds(get: Get, account: Account) -> None:
    customer = account.create("customer")["id"]
    made = []
    for number in range(12):
        kind = ("card", "bank_account", "source")[number % 3]
        made.append(account.create(kind, parent=customer)["id"])
    path = f"/v1/customers/{customer}/sources"
    assert ids(get(f"{path}?limit=4")) == made[:-5:-1]
    assert ids(get(f"{path}?starting_after={made[2]}")) == made[1::-1]
    assert ids(get(f"{path}?object=card")) == made[9::-3]
    assert get(f"{path}/{made[1]}").json()["object"] == "bank_account"
    shown = get(f"/v1/customers/{customer}?expand[]=sources").json()["sources"]
    assert [item["id"] for item in shown["data"]] == made[:1:-1]
    assert (shown["has_more"], shown["url"]) == (True, path)
    assert "sources" not in get(f"/v1/customers/{customer}").json()


def test_nested_lists(get: Get, account: Account) -> None:
    connected = account.create("account", external_accounts=[{"object": "card"}] * 11)["id"]
    shown = get(f"/v1/accounts/{connected}").json()["external_accounts"]
    assert [item["object"] for item in shown["data"]] == ["card"] * 10
    assert shown["has_more"]

    intent = account.create("payment_intent", amount_details={"tip": {"amount": 1}})["id"]
    account.create("payment_intent_amount_details_line_item", parent=intent)
    path = f"/v1/payment_intents/{intent}"
    assert "line_items" not in get(path).json()["amount_details"]
    details = get(f"{path}?expand[]=amount_details.line_items").json()["amount_details"]
    assert len(details["line_items"]["data"]) == 1

    quote = account.create("quote", line_items=[{}, {}])["id"]
    upfront = account.create("item", upfront_of=quote)["id"]
    assert len(ids(get(f"/v1/quotes/{quote}/line_items"))) == 2
    assert ids(get(f"/v1/quotes/{quote}/computed_upfront_line_items")) == [upfront]
    expand = "expand[]=computed.upfront.line_items&expand[]=line_items"
    shown = get(f"/v1/quotes/{quote}?{expand}").json()
    assert [i["id"] for i in shown["computed"]["upfront"]["line_items"]["data"]] == [upfront]
    assert len(shown["line_items"]["data"]) == 2
    # Four levels, one of which is `data`.
    answer = get("/v1/quotes?expand[]=data.computed.upfront.line_items")
    assert answer.status_code == 200
    assert get("/v1/quotes?expand[]=data.computed.upfront.line_items.x").status_code == 400


def test_what_only_a_retrieve_expands(get: Get, account: Account) -> None:
    account.create("treasury.financial_account", id="fa_1")
    made = account.create("treasury.transaction", financial_account="fa_1")["id"]
    card = account.create("issuing.card", cardholder="ich_1", number="4000")["id"]
    path = "/v1/treasury/transactions"
    assert get(f"{path}?financial_account=fa_1&expand[]=data.entries").status_code == 400
    assert get(f"{path}/{made}?expand[]=entries").json()["entries"]["data"] == []
    assert get("/v1/issuing/cards?expand[]=data.number").status_code == 400
    assert "number" not in get(f"/v1/issuing/cards/{card}").json()
    assert get(f"/v1/issuing/cards/{card}?expand[]=number").json()["number"] == "4000"


def test_expanding_members_takes_their_parents_permission_only(get: Get, account: Account) -> None:
    account.create("payment_link", line_items=[{}])
    account.add_key("rk_test_1", {"payment_links_read"})
    answer = get("/v1/payment_links?expand[]=data.line_items", key="rk_test_1")
    assert answer.status_code == 200
    assert get("/v1/quotes", key="rk_test_1").status_code == 403


def test_an_order_that_is_not_modelled(get: Get, account: Account) -> None:
    account.create("treasury.financial_account", id="fa_1")
    path = "/v1/treasury/transactions?financial_account=fa_1&order_by"
    assert get(f"{path}=created").status_code == 200
    assert "doesn't know order_by=posted_at" in error(get(f"{path}=posted_at"))[2]


def test_exchange_rates_come_all_at_once(get: Get, account: Account) -> None:
    for number in range(120):
        account.create("exchange_rate", id=f"x{number}")
    assert len(ids(get("/v1/exchange_rates"))) == 120
    assert len(ids(get("/v1/exchange_rates?limit=150"))) == 120


def test_test_clocks_need_a_test_key() -> None:
    with Server(Account(clock=Clock(MIDNIGHT), livemode=True)) as server:
        headers = {"Authorization": f"Bearer {server.account.secret_key}"}
        url = f"{server.url}/v1/test_helpers/test_clocks"
        answer = requests.get(url, headers=headers, timeout=5)
    assert error(answer)[2].startswith("This endpoint is only available in testmode.")


def test_what_is_left_of_deleted_objects(get: Get, account: Account) -> None:
    reader = account.create("terminal.reader")["id"]
    account.delete(reader)
    answer = get(f"/v1/terminal/readers/{reader}")
    assert answer.json() == {"id": reader, "object": "terminal.reader", "deleted": True}
    assert ids(get("/v1/terminal/readers")) == []
    connected = account.create("account")["id"]
    person = account.create("person", parent=connected)["id"]
    account.delete(connected)
    assert account.all("person") == []
    assert get(f"/v1/accounts/{connected}/persons/{person}").status_code == 404
