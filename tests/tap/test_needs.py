"""What `--permissions` prints: of a few tables, of one, of none, and of a platform."""

from __future__ import annotations

import json
from typing import Any

from standin import Server
from tests.tap.command_line import invoke
from tests.tap.harness import selection


def test_permissions_are_printed_without_a_key(server: Server) -> None:
    catalog = selection(["customers", "prices", "tax_ids"])
    code, output, _ = invoke("--permissions", settings={}, catalog=catalog)
    assert code == 0
    form = "https://dashboard.stripe.com/apikeys/create?name=tap-stripe"
    asked = "".join(f"&permissions%5B%5D=rak_{name}_read" for name in ("customer", "event", "plan"))
    assert output.splitlines() == [
        "For the 3 selected tables a restricted key needs Read for:",
        "  customer_read  customers",
        "  event_read     customers, prices",
        "  plan_read      prices",
        "Make it in the dashboard's form, where they are switched on already:",
        f"  {form}{asked}",
        "Stripe does not document all that these need; --check tells it in Stripe's words:",
        "  tax_ids",
    ]
    code, output, _ = invoke("--permissions", "--format=json", settings={}, catalog=catalog)
    told = json.loads(output)
    assert told["permissions"]["event_read"] == ["customers", "prices"]
    assert told["undocumented"] == ["tax_ids"]
    assert server.requests == []


def permissions(*tables: str, **settings: Any) -> tuple[list[str], dict[str, Any]]:
    """The lines printed, and the same as JSON."""
    catalog = selection(tables)
    _, text, _ = invoke("--permissions", settings=settings, catalog=catalog)
    _, told, _ = invoke("--permissions", "--format=json", settings=settings, catalog=catalog)
    return text.splitlines(), json.loads(told)


def test_one_table_is_one() -> None:
    lines, _ = permissions("file_links")
    assert lines[0] == "For the selected table a restricted key needs Read for:"


def test_nothing_selected_is_said_and_fails() -> None:
    nothing: dict[str, Any] = {"streams": []}
    for command in ("--permissions", "--check"):
        settings = {"api_key": "rk_test_1"}
        code, output, _ = invoke(command, settings=settings, catalog=nothing)
        assert code == 1
        assert output.startswith("No table of Stripe's is selected. ")
        assert "https://" not in output
        code, output, _ = invoke(command, "--format=json", settings=settings, catalog=nothing)
        assert code == 1
        assert json.loads(output)["problems"][0].startswith("No table of Stripe's is selected. ")


def test_of_a_platform_the_column_for_connect_is_named_too() -> None:
    tables = ("customers", "application_fees")
    lines, told = permissions(*tables, connected_accounts="acct_1")
    assert told["connect"] == ["customer_read", "event_read"]
    assert "connected_account_read" not in told["permissions"]
    at = lines.index("Connected accounts need these in the form's column for Connect too:")
    assert lines[at + 1] == "  customer_read, event_read"
    assert lines[at + 2].endswith("; see to the column for Connect yourself:")
    lines, told = permissions(*tables)
    assert told["connect"] == []
    assert not any("Connect" in line for line in lines)


def test_to_read_all_accounts_the_key_must_list_them() -> None:
    lines, told = permissions("customers", connected_accounts="all")
    assert told["permissions"]["connected_account_read"] == ["connected_accounts=all"]
    assert list(told["permissions"]) == sorted(told["permissions"])
    assert "rak_connected_account_read" in told["form"]
    assert "  connected_account_read  connected_accounts=all" in lines
    _, told = permissions("accounts", connected_accounts="all")
    assert told["permissions"]["connected_account_read"] == ["accounts", "connected_accounts=all"]
