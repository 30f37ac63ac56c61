"""Each command and query of docs/operate.md does what the page says, in both warehouses."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from standin import Fault
from tests.meltano.few_tables import TABLES
from tests.meltano.page import address_rules, blocks, headings
from tests.meltano.story import EMAIL, PHONE, Story, story
from tests.tap.conftest import DAY
from tests.warehouse.warehouses import DELETED_AT, DuckDB, Postgres, Warehouse

PAGE = "docs/operate.md"
SELECTED = set(TABLES) - {"accounts"}
"""Those of the few tables that are selected by default."""


def test_every_command_does_what_the_page_says(
    tmp_path: Path, duckdb_warehouse: DuckDB, postgres_warehouse: Postgres
) -> None:
    """From the first load to the removal, as the page has it: in both warehouses at once."""
    warehouses: dict[str, Warehouse] = {"duckdb": duckdb_warehouse, "postgres": postgres_warehouse}
    with ThreadPoolExecutor() as threads:
        stories = [threads.submit(tell, tmp_path / n, w) for n, w in warehouses.items()]
    for told in stories:
        told.result()


def test_every_section_is_held() -> None:
    assert list(SECTIONS) == list(sections())


def sections() -> dict[str, list[str]]:
    """The commands and queries of each section."""
    found: dict[str, list[str]] = {heading: [] for heading in headings(PAGE, level=3)}
    for block in blocks(PAGE):
        if block.language in ("sh", "sql"):
            found[block.heading].extend(block.commands)
    return found


def tell(directory: Path, warehouse: Warehouse) -> None:
    """Run the page from its beginning to its end."""
    with story(directory, warehouse) as told:
        for heading, commands in sections().items():
            if heading in OF_NO_WAREHOUSE and told.loader != "duckdb":
                continue
            told.commands = list(commands)
            SECTIONS[heading](told)
            assert told.commands == [], f"{heading}: not run"


def sync_now(told: Story) -> None:
    told.run_next()
    assert len(told.rows("customers")) == len(told.rows("products")) == 3
    assert len(told.rows("invoice_line_items")) == 2


def on_a_schedule(told: Story) -> None:
    for interval in (None, "*/15 * * * *", "@daily", "@hourly"):
        told.run_next()
        [schedule] = told.meltano_yml()["schedules"]
        assert schedule["job"] == f"stripe-to-{told.loader}"
        assert interval in (None, schedule["interval"])
    told.account.clock.advance(DAY)
    customer = told.account.all("customer")[0]
    told.account.update(customer["id"], name="Bob")
    told.run_next()
    assert told.rows("customers")[customer["id"],]["name"] == "Bob"
    assert sent(told, "customers") == (0, 1, 0)


def two_at_once(told: Story) -> None:
    run = f"meltano run tap-stripe target-{told.loader}"
    told.server.clear()
    told.server.faults.add(Fault(path="/v1/products", kind="hang"))
    with told.project.running(run) as first:
        while not asked(told, "/v1/products"):
            assert first.process.is_alive()
            time.sleep(0.05)
        with told.project.running(run) as second:
            refused = second.wait()
        assert refused.code == 1
        words = f"Another 'dev:tap-stripe-to-target-{told.loader}' pipeline is already running"
        assert words in refused.log
        first.process.terminate()
        assert first.wait().code != 0


def pause_and_resume(told: Story) -> None:
    for interval in ("@manual", "@hourly"):
        told.run_next()
        assert told.meltano_yml()["schedules"][0]["interval"] == interval


def how_the_last_run_went(told: Story) -> None:
    told.account.clock.advance(DAY)
    told.account.create("customer", name="Cid")
    told.server.faults.add(Fault(path="/v1/products", status=422, times=None))
    with told.project.running(f"meltano run tap-stripe target-{told.loader}") as command:
        assert command.wait().code != 0
    told.server.faults.clear()
    by_table = {row["table_name"]: row for row in told.query_next()}
    assert by_table.keys() == SELECTED
    assert (by_table["customers"]["outcome"], by_table["customers"]["new_rows"]) == ("ok", 1)
    assert by_table["products"]["outcome"] == "failed"
    assert "req_" in by_table["products"]["error"]
    fresh = {row["table_name"]: row for row in told.query_next()}
    assert fresh["customers"]["synced_until"] > fresh["products"]["synced_until"]
    told.run_next()
    summary = json.loads((told.project.path / "output" / "summary.json").read_text())
    assert summary["outcome"] == summary["tables"]["products"]["outcome"] == "ok"
    assert summary["run_id"] == told.last_run()["products"]["run_id"]


def what_is_selected(told: Story) -> None:
    selected, everything = told.run_next().output, told.run_next().output
    assert "customers.email" in selected
    assert "accounts.id" not in selected
    assert "accounts.id" in everything
    told.run_next()
    assert rules(told)[-1] == "accounts.*"


def a_table_off_and_on_again(told: Story) -> None:
    run = f"meltano run tap-stripe target-{told.loader}"
    changed, gone, *_ = told.account.all("product")
    told.run_next()
    told.account.clock.advance(20 * DAY)
    told.account.update(changed["id"], name="changed while off")
    told.account.delete(gone["id"])
    new = told.account.create("product", name="created while off")
    told.server.clear()
    told.project.run(run)
    assert asked(told, "/v1/products") == 0
    told.account.clock.advance(20 * DAY)
    told.run_next()
    told.project.run(run)
    rows = told.rows("products")
    assert rows[changed["id"],]["name"] == "changed while off"
    assert rows[gone["id"],][DELETED_AT] is not None
    assert rows[new["id"],]["name"] == "created while off"
    assert [row for row in rows.values() if row[DELETED_AT] is None] == [
        row for row in rows.values() if row["id"] != gone["id"]
    ]


def columns(told: Story) -> None:
    told.run_next(2)
    told.add_rules(address_rules())
    output = told.run_next().output
    messages = [json.loads(line) for line in output.splitlines()]
    customers = [m["record"] for m in messages if m.get("stream") == "customers" and "record" in m]
    assert [row["shipping"]["address"]["city"] for row in customers[:3]] == ["Berlin"] * 3
    assert "customer_email" not in str([m["schema"] for m in messages if m["type"] == "SCHEMA"])
    assert EMAIL not in output
    assert PHONE not in output


def ready_made_sets(told: Story) -> None:
    told.account.clock.advance(DAY)
    told.account.create("customer", name="Dan")
    told.run_next(2)
    assert told.last_run().keys() == SELECTED - {"v2_core_events"}
    assert sent(told, "customers") == (1, 0, 0)


def full_refresh_of_a_table(told: Story) -> None:
    told.account.clock.advance(DAY)
    gone = told.account.all("product")[-1]
    told.account.delete(gone["id"], silent=True)
    told.run_next()
    flagged = [key for (key,), row in told.rows("products").items() if row[DELETED_AT] is not None]
    assert gone["id"] in flagged
    assert len(flagged) == 2
    alive = len(told.account.all("product"))
    assert sent(told, "products") == (alive, 0, 0)


def reset(told: Story) -> None:
    told.run_next()
    told.query_next()
    assert told.warehouse.tables() == []
    told.run_next()
    assert len(told.rows("products")) == len(told.account.all("product"))


def remove(told: Story) -> None:
    told.run_next(2)
    assert "schedules" not in told.meltano_yml()
    states = told.project.run("meltano state list").output
    assert f"dev:tap-stripe-to-target-{told.loader}" not in states


SECTIONS: dict[str, Callable[[Story], None]] = {
    "Sync now": sync_now,
    "On a schedule": on_a_schedule,
    "Two at once": two_at_once,
    "Pause and resume": pause_and_resume,
    "How the last run went": how_the_last_run_went,
    "What is selected": what_is_selected,
    "A table off and on again": a_table_off_and_on_again,
    "Columns": columns,
    "Ready-made sets": ready_made_sets,
    "Full refresh of a table": full_refresh_of_a_table,
    "Reset": reset,
    "Remove": remove,
}
"""What each section of the page promises."""


OF_NO_WAREHOUSE = ("What is selected", "Columns")
"""Sections whose commands load nothing: once is enough."""


def sent(told: Story, table: str) -> tuple[Any, ...]:
    """New, changed and deleted rows that the last run sent to a table."""
    row = told.last_run()[table]
    return row["new_rows"], row["changed_rows"], row["deleted_rows"]


def rules(told: Story) -> list[str]:
    """The rules by which Meltano selects."""
    chosen: list[str] = told.meltano_yml()["plugins"]["extractors"][0]["select"]
    return chosen


def asked(told: Story, path: str) -> int:
    """How often the tap asked for a list."""
    return sum(request.path == path for request in told.server.requests)
