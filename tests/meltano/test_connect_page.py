"""What docs/connect.md has people do in a warehouse and with a state, done."""

from __future__ import annotations

import json
from pathlib import Path

from standin import Account
from tests.meltano.page import blocks
from tests.meltano.story import story
from tests.tap.conftest import DAY, NOW
from tests.warehouse.warehouses import DELETED_AT, DuckDB, Postgres

PAGE = "docs/connect.md"
RUN = "meltano run tap-stripe target-{}"
CONNECTED = "acct_1A2b3C"


def commands(words: str) -> list[str]:
    """The commands or queries of the page's block that has these words in it."""
    [found] = [block.commands for block in blocks(PAGE) if words in block.text]
    return found


def test_a_table_that_was_made_before_gets_its_new_key(
    tmp_path: Path, postgres_warehouse: Postgres
) -> None:
    [alter] = commands("alter table")
    with story(tmp_path / "project", postgres_warehouse) as told:
        told.project.run(RUN.format("postgres"))
        connected = Account(clock=told.account.clock, id=CONNECTED, seed=2)
        copied = told.account.all("customer")[0]["id"]
        connected.create("customer", id=copied, name="copied", created=NOW - DAY)
        told.account.connect(connected)
        told.query(alter.replace("coupons", "customers"))
        told.project.environment["TAP_STRIPE_CONNECTED_ACCOUNTS"] = "all"
        told.project.run(RUN.format("postgres"))
        rows = told.rows("customers", "account_id", "id")
    assert rows["acct_test", copied]["name"] == "Ann"
    assert rows[CONNECTED, copied]["name"] == "copied"


def test_an_account_goes_for_good(tmp_path: Path, duckdb_warehouse: DuckDB) -> None:
    get, change, put = commands("state get")
    [delete] = commands("delete from")
    assert change.startswith(f"jq '.singer_state.bookmarks[].accounts[]?.ids -= [\"{CONNECTED}\"]'")
    with story(tmp_path / "project", duckdb_warehouse) as told:
        connected = Account(clock=told.account.clock, id=CONNECTED, seed=2)
        connected.create("customer", id="cus_theirs", created=NOW - 90 * DAY)
        told.account.connect(connected)
        told.project.environment["TAP_STRIPE_CONNECTED_ACCOUNTS"] = CONNECTED
        told.project.run(RUN.format("duckdb"))
        command, _, file = get.partition(" > ")
        (told.project.path / file).write_text(told.project.run(command).output)
        state = json.loads((told.project.path / file).read_text())
        for bookmark in state["singer_state"]["bookmarks"].values():
            for entry in bookmark.get("accounts", ()):
                entry["ids"].remove(CONNECTED)  # as the page's jq does
        (told.project.path / change.partition(" > ")[2]).write_text(json.dumps(state))
        told.project.run(put)
        del told.project.environment["TAP_STRIPE_CONNECTED_ACCOUNTS"]
        told.account.clock.advance(DAY)
        log = told.project.run(RUN.format("duckdb")).log
        assert told.rows("customers")["cus_theirs",][DELETED_AT] is None
        assert CONNECTED not in log
        told.query(delete)
        assert ("cus_theirs",) not in told.rows("customers")
        assert CONNECTED not in told.project.run(command).output
