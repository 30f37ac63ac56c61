"""Every way in which an answer can fail, and what becomes of the run.

Whatever the outcome, the next undisturbed run has everything.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import trustme

from standin import Account, Clock, Fault, Server
from standin.faults import Kind
from tap_stripe.times import to_iso
from tests.proof.at_work import AT_ONCE, tap_of
from tests.proof.promise import promise, promise_each
from tests.proof.tls import TlsServer
from tests.proof.truth import Truth
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, Sync

TABLES = ("customers", "products", "radar_value_lists")
REASONS = (
    "global-rate",
    "endpoint-rate",
    "global-concurrency",
    "endpoint-concurrency",
    "resource-specific",
)
PASSES = "Tried again: the run ends well and nothing is missing"
GIVES_UP = "Given up after nine tries: the table fails in one line, the others are complete"
REFUSED = "Not tried again: the table fails in Stripe's words, the others are complete"


@dataclass(frozen=True)
class Case:
    """A fault of the list of customers, what becomes of it, and what the failure's line says."""

    fault: str
    outcome: str
    order: Fault
    says: str = ""


def rate_limited(**headers: str) -> Fault:
    """Five refusals in a row."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(status=429, headers=named, times=5)


HASTY = replace(AT_ONCE, read_seconds=0.5)
"""Does not wait long for an answer."""
CASES = (
    *(
        Case(f"429 `{reason}`", PASSES, rate_limited(Stripe_Rate_Limited_Reason=reason))
        for reason in REASONS
    ),
    *(
        Case(
            f"429 `{reason}` with `Retry-After`",
            PASSES,
            rate_limited(Stripe_Rate_Limited_Reason=reason, Retry_After="0.01"),
        )
        for reason in REASONS
    ),
    Case("429 with a `Retry-After` that is no number", PASSES, rate_limited(Retry_After="soon")),
    Case("429 without end", GIVES_UP, Fault(status=429, times=None), "gave up after 9 tries"),
    *(Case(f"{n}", PASSES, Fault(status=n, times=3)) for n in (409, 500, 502, 503, 504)),
    Case("500 without end", GIVES_UP, Fault(status=500, times=None), "gave up after 9 tries"),
    Case("An HTML page with 503", PASSES, Fault(kind="html", status=503, times=3)),
    Case("An HTML page with 200", PASSES, Fault(kind="html", status=200, times=3)),
    Case(
        "HTML pages with 200 without end",
        GIVES_UP,
        Fault(kind="html", status=200, times=None),
        "is not a JSON object",
    ),
    Case("Truncated body", PASSES, Fault(kind="truncated", times=3)),
    Case("Malformed JSON", PASSES, Fault(kind="malformed", times=3)),
    Case("Connection reset", PASSES, Fault(kind="reset", times=3)),
    Case("Resets without end", GIVES_UP, Fault(kind="reset", times=None), "broke: "),
    Case("No answer in time", PASSES, Fault(kind="hang", times=2, seconds=5)),
    Case("No answer at all", GIVES_UP, Fault(kind="hang", times=None, seconds=5), "imed out"),
    Case(
        "JSON, but no list",
        "The table fails in one line, the others are complete",
        Fault(status=200, body={"object": "page"}),
        "did not answer with a list",
    ),
    Case(
        "400 in the middle of a list",
        REFUSED,
        Fault(status=400, body={"error": {"message": "Not today."}}, skip=1),
        "Not today.",
    ),
    Case(
        "An error whose parts are of unexpected types",
        REFUSED,
        Fault(status=400, body={"error": {"message": {"a": 1}, "code": 7, "param": [1]}}),
        "{'a': 1}",
    ),
    Case(
        "500 with `Stripe-Should-Retry: false`",
        REFUSED,
        Fault(status=500, headers={"Stripe-Should-Retry": "false"}),
        "An error occurred",
    ),
    Case(
        "Redirect to another host",
        "Not followed: the table fails in one line, the others are complete",
        Fault(status=302, headers={"Location": "https://elsewhere.invalid/"}, body={}),
        "unexpected redirect",
    ),
)


@pytest.fixture
def account() -> Account:
    account = Account(clock=Clock(NOW), id="acct_test", seed=1, longest_page=3)
    for n in range(8):
        account.create("customer", created=NOW - (90 - n) * DAY)
        account.create("product", created=NOW - (90 - n) * DAY, name=f"{n}")
        account.create("radar.value_list", created=NOW - (90 - n) * DAY, alias=f"{n}", name=f"{n}")
    return account


@pytest.fixture
def server(account: Account) -> Iterator[Server]:
    with Server(account) as server:
        yield server


def check(account: Account, server: Server, *runs: Sync) -> None:
    """Another run after these, undisturbed, has everything."""
    server.faults.clear()
    again = tap_of(*TABLES).run(server, runs[-1].state if runs[-1].messages else None)
    assert again.failure is None
    mirror = Mirror()
    for run in (*runs, again):
        mirror.load(run.messages)
    assert not Truth(account, server, TABLES).differences(mirror)


@promise_each(CASES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault)
def test_a_list_that_fails(account: Account, server: Server, case: Case) -> None:
    server.faults.add(replace(case.order, path="/v1/customers"))
    retry = HASTY if case.order.kind == "hang" else AT_ONCE
    run = tap_of(*TABLES).run(server, retry=retry, direct=False)
    if not case.says:
        assert run.failure is None
        assert "(0 of them tries after a failure)" not in run.log
        assert not Truth(account, server, TABLES).differences(Mirror().load(run.messages))
    else:
        assert run.failure is not None
        assert run.failure.startswith("1 of the tables")
        assert case.says in run.failure
        assert "Traceback" not in run.log
        assert {row["name"] for row in run.records("products")} == {f"{n}" for n in range(8)}
        assert sum(r.path == "/v1/customers" for r in server.requests) <= 10
    check(account, server, run)


@promise("`Retry-After` of a day, or none of this world", "Two minutes are waited at most")
@pytest.mark.parametrize("seconds", ["86400", "inf", "nan", "-1"])
def test_no_answer_makes_the_run_wait_for_ever(
    account: Account, server: Server, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    fault = Fault(path="/v1/customers", status=429, headers={"Retry-After": seconds})
    server.faults.add(fault)
    run = tap_of(*TABLES).run(server)
    assert run.failure is None
    assert max(pauses) <= AT_ONCE.longest_obeyed
    check(account, server, run)


@promise(
    "The object behind the cursor is deleted between two pages",
    "The page is asked for by time, or the list from its beginning: nothing is missing",
)
@pytest.mark.parametrize("path", ["/v1/customers", "/v1/products", "/v1/radar/value_lists"])
def test_a_cursor_that_is_gone(account: Account, server: Server, path: str) -> None:
    gone: list[str] = []

    def delete(request: Any) -> None:
        cursor = request.params.get("starting_after")
        if request.path == path and cursor and len(gone) < 2:
            gone.append(cursor)
            account.delete(cursor)

    server.on_request(delete)
    first = tap_of(*TABLES).run(server)
    assert first.failure is None
    assert len(gone) == 2
    check(account, server, first)


@promise(
    "A 404 that is not Stripe's where a changed object is asked for",
    "Nothing counts as gone: the table fails in one line, and the next run has the change",
)
@pytest.mark.parametrize("kind", ["html", "error"])
def test_a_404_of_nobody(account: Account, server: Server, kind: Kind) -> None:
    first = tap_of(*TABLES).run(server)
    account.clock.advance(DAY)
    changed = account.all("customer")[0]["id"]
    account.update(changed, name="changed")
    server.faults.add(Fault(f"/v1/customers/{changed}", kind, 404, body={"error": {}}))
    second = tap_of(*TABLES).run(server, first.state)
    assert second.failure is not None
    assert "customers" in second.failure
    mirror = Mirror().load(first.messages).load(second.messages)
    assert mirror.flagged("customers") == {}
    check(account, server, first, second)


@promise("The key expires in the middle of a run", "The run ends in Stripe's words")
def test_a_key_that_expires(account: Account, server: Server) -> None:
    account.add_key("sk_test_second")
    server.on_request(
        lambda request: (
            account.expire_key("sk_test_second") if "starting_after" in request.params else None
        )
    )
    run = tap_of(*TABLES).run(server, api_key="sk_test_second")
    assert run.failure is not None
    assert "Expired API Key" in run.failure
    check(account, server, run)


@promise("The machine's clock is wrong by hours", "It is not asked: time is Stripe's")
@pytest.mark.parametrize("hours", [-5, 5])
def test_a_wrong_clock(
    account: Account, server: Server, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + hours * 3600)
    run = tap_of(*TABLES).run(server)
    assert run.bookmark("customers")["replication_key_value"] == to_iso(NOW - 300)
    account.clock.advance(60)
    account.create("customer")
    check(account, server, run)


@promise("A proxy breaks the `Date` header", "The run ends before it reads anything")
def test_no_clock(account: Account, server: Server) -> None:
    for _ in range(100):
        server.faults.add(
            Fault(status=200, body={"id": "acct_test"}, headers={"Date": "yesterday"})
        )
    run = tap_of(*TABLES).run(server)
    assert run.failure is not None
    assert "do not tell Stripe's time" in run.failure
    assert not run.messages
    check(account, server, run)


@promise("The account's own answer is none", "The run ends before it reads anything, in one line")
def test_no_account(account: Account, server: Server) -> None:
    server.faults.add(Fault("/v1/account", status=200, body={"id": 7}))
    run = tap_of(*TABLES).run(server)
    assert run.failure == "/v1/account did not answer with an account"
    assert not run.messages
    check(account, server, run)


@promise("The host's name is unknown", "Given up after nine tries, in one line")
def test_a_name_that_nobody_knows(account: Account, server: Server) -> None:
    run = tap_of(*TABLES).run(server, direct=False, api_url="https://stripe.invalid")
    assert run.failure is not None
    assert "NameResolutionError" in run.failure
    assert "gave up after 9 tries" in run.failure
    assert account.secret_key not in run.failure + run.log
    check(account, server, run)


@promise("The server's certificate is not to be trusted", "The run ends at once; no key is sent")
def test_a_certificate_of_nobody(account: Account, server: Server) -> None:
    with TlsServer(trustme.CA()) as imposter:
        run = tap_of(*TABLES).run(server, direct=False, api_url=imposter.url)
    assert run.failure is not None
    assert run.failure.startswith("No safe connection")
    assert "\n" not in run.failure
    assert imposter.heard == []
    check(account, server, run)


@promise("One table fails", "One line in the log and in the error, without a traceback")
def test_a_failure_is_one_line(server: Server) -> None:
    server.faults.add(Fault(path="/v1/customers", status=400, times=None))
    run = tap_of(*TABLES).run(server)
    errors = [line for line in run.log.splitlines() if line.startswith("ERROR")]
    assert len(errors) == 1
    assert json.dumps(run.state["bookmarks"]).count("customers") == 0


@promise(
    "Stripe forgets an event while the feed is read, which no run has seen yet",
    "Its tables are read anew as soon as that could happen",
)
def test_an_event_that_is_forgotten_meanwhile(account: Account, server: Server) -> None:
    account.delays["event"] = 250
    customer = account.all("customer")[0]
    account.update(customer["id"], name="told late", at=NOW - 240)
    account.update(customer["id"], name="before", silent=True)
    first = tap_of("customers").run(server)
    account.update(customer["id"], name="told late", silent=True)
    account.clock.set(NOW - 300 + 30 * DAY)

    def time_passes(request: Any) -> None:
        if request.path in ("/v1/customers", "/v1/events") and request.params["limit"] != "1":
            account.clock.advance(100)  # not yet when the run asks whose key it has, and the time

    server.on_request(time_passes)
    second = tap_of("customers").run(server, first.state)
    assert second.failure is None
    rows = Mirror().load(first.messages).load(second.messages).live("customers")
    assert rows[customer["id"],]["name"] == "told late"
