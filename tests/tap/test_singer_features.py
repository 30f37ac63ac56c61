"""What the SDK offers every tap works here too: stream maps, flattening, full tables."""

from __future__ import annotations

import json

import pytest

from standin import Account, Server
from tap_stripe.streams import STREAMS
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, selection, sync


@pytest.fixture(autouse=True)
def customers(account: Account) -> None:
    """Three customers."""
    for name in ("Ann", "Bob", "Cid"):
        account.create(
            "customer",
            created=NOW - 90 * DAY,
            name=name,
            metadata={"team": name},
            address={"city": f"{name}'s"},
            balance=len(name),
        )


def test_stream_maps_rename_filter_and_hash(server: Server) -> None:
    maps = {
        "customers": {
            "__alias__": "clients",
            "__filter__": "name != 'Bob'",
            "__else__": None,
            "id": "id",
            "name": "md5(name)",
        }
    }
    run = sync(server, "customers", stream_maps=maps)
    assert run.failure is None
    (schema,) = [m for m in run.messages if m["type"] == "SCHEMA"]
    assert (schema["stream"], set(schema["schema"]["properties"])) == ("clients", {"id", "name"})
    records = run.records("clients")
    assert len(records) == 2
    assert all(record.keys() == {"id", "name"} for record in records)
    assert all(len(record["name"]) == 32 for record in records)


def test_flattening_makes_columns_of_nested_objects(server: Server) -> None:
    run = sync(server, "customers", flattening_enabled=True, flattening_max_depth=1)
    (schema,) = [m for m in run.messages if m["type"] == "SCHEMA"]
    columns = schema["schema"]["properties"].keys()
    assert {"invoice_settings__footer", "address__city"} <= columns
    assert run.failure is None
    records = run.records("customers")
    assert {json.loads(row["metadata"])["team"] for row in records} == {"Ann", "Bob", "Cid"}
    assert {row["address__city"] for row in records} == {"Ann's", "Bob's", "Cid's"}


def test_a_full_table_is_read_anew_each_run_and_what_is_gone_is_called_off(
    account: Account, server: Server
) -> None:
    catalog = selection(["customers"])
    catalog["streams"][0]["replication_method"] = "FULL_TABLE"
    first = sync(server, catalog=catalog)
    gone = account.all("customer")[0]["id"]
    account.clock.advance(DAY)
    account.delete(gone, silent=True)
    second = sync(server, catalog=catalog, state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert len(mirror.live("customers")) == 2
    assert list(mirror.flagged("customers")) == [(gone,)]


def test_what_stripe_lists_for_a_time_only_is_not_called_off(
    account: Account, server: Server
) -> None:
    account.clock.advance(DAY)
    account.create("customer")
    catalog = selection(["events"])
    catalog["streams"][0]["replication_method"] = "FULL_TABLE"
    first = sync(server, catalog=catalog)
    account.clock.advance(40 * DAY)
    second = sync(server, catalog=catalog, state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert first.ids("events") != []
    assert second.ids("events") == []
    assert list(mirror.live("events")) == [(id_,) for id_ in first.ids("events")]


def test_schemas_come_before_records_and_once_per_table(server: Server) -> None:
    run = sync(server)
    schemas = [m["stream"] for m in run.messages if m["type"] == "SCHEMA"]
    selected = [s.table() for s in STREAMS if not s.off_because()]
    assert sorted(schemas) == sorted([*selected, "sync_log"])
    first_record = next(n for n, m in enumerate(run.messages) if m["type"] == "RECORD")
    assert first_record > max(n for n, m in enumerate(run.messages) if m["type"] == "SCHEMA")
    assert run.messages[0]["type"] == "STATE"
    assert run.messages[-1]["type"] == "STATE"
