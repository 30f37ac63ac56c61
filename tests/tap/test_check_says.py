"""What the check says of what it found: the last line, and refusals that need their own advice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from standin import Account, Fault, Server
from tests.tap.command_line import invoke
from tests.tap.harness import config, selection, sync

KEY = "rk_test_restricted"
NO_RESTRICTED_KEY = (
    "The provided key 'rk_test_***' does not have the required permissions for this endpoint on "
    "account 'acct_test'. This is a restricted API key, but the required permissions are not "
    "available for use by restricted keys."
)
ADVICE = "use a secret key, which begins with sk_, or deselect the table"


@pytest.mark.parametrize(
    ("permissions", "tables", "words"),
    [
        (["customer_read", "event_read"], ["customers"], "1 of 1 tables can be read, and so can t"),
        (["event_read"], ["customers"], "0 of 1 tables can be read, but the events can; "),
        (["customer_read"], ["customers"], "1 of 1 tables can be read, but not the events; "),
        ([], ["customers"], "0 of 1 tables can be read, nor can the events; "),
        (["file_read"], ["file_links"], "1 of 1 tables can be read; 2 requests, "),
        (
            ["customer_read", "event_read", "balance_transaction_source_read"],
            ["customers", "customer_balance_transactions"],
            "1 of 2 tables can be read, and so can the events; 1 not tried; ",
        ),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else None,
)
def test_the_last_line_counts_tables_apart_from_events(
    account: Account, server: Server, permissions: Iterable[str], tables: list[str], words: str
) -> None:
    account.add_key(KEY, set(permissions) & account.permissions.keys())
    settings = config(server, api_key=KEY)
    _, output, _ = invoke("--check", settings=settings, catalog=selection(tables))
    assert output.splitlines()[-1].startswith(words)


def refused(server: Server) -> dict[str, Any]:
    """Settings with which Stripe lets no restricted key read customers."""
    body = {"error": {"message": NO_RESTRICTED_KEY, "type": "invalid_request_error"}}
    server.faults.add(Fault(path="/v1/customers", status=403, body=body, times=None))
    return config(server)


def test_what_no_restricted_key_may_read_is_no_missing_permission(server: Server) -> None:
    settings = refused(server)
    catalog = selection(["customers"])
    code, output, _ = invoke("--check", settings=settings, catalog=catalog)
    assert code == 1
    (said,) = [line for line in output.splitlines() if line.startswith("customers")]
    assert f"no restricted key: {NO_RESTRICTED_KEY} (req_" in said
    assert said.endswith(f"; {ADVICE}")
    _, output, _ = invoke("--check", "--format", "json", settings=settings, catalog=catalog)
    found = json.loads(output)["tables"]["customers"]
    assert (found["status"], found["advice"]) == ("no_restricted_key", ADVICE)
    assert found["permissions"] == []


def test_a_sync_gives_the_same_advice_where_it_skips_the_table(server: Server) -> None:
    refused(server)
    run = sync(server, "customers", "products")
    (line,) = [line for line in run.log.splitlines() if line.startswith("WARNING customers")]
    assert NO_RESTRICTED_KEY in line
    assert line.endswith(f"; {ADVICE}")
