"""Under Meltano: the check as a command, and the guard over a state that Meltano has kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from standin import Account, Clock, Server
from tests.project import ROOT

NOW = 1793523600
DAY = 86_400
KEY = "rk_test_restricted"
TABLES = ("customers", "prices")


@pytest.fixture
def account() -> Account:
    """An account with a customer, and a key that may read customers only."""
    account = Account(clock=Clock(NOW), id="acct_test", seed=1)
    account.create("customer", created=NOW - DAY)
    account.add_key(KEY, {"customer_read", "event_read"})
    return account


def meltano(
    folder: Path, server: Server, key: str, *arguments: str, tables: Iterable[str] = TABLES
) -> tuple[int, str, str]:
    """Exit code, output and log of a Meltano command with a state of its own."""
    ran = subprocess.run(
        [Path(sys.executable).with_name("meltano"), *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", str(folder)),
            "MELTANO_DATABASE_URI": f"sqlite:///{folder / 'meltano.db'}",
            "MELTANO_SEND_ANONYMOUS_USAGE_STATS": "false",
            "TAP_STRIPE_API_KEY": key,
            "TAP_STRIPE_API_URL": server.url,
            "TAP_STRIPE_REQUESTS_PER_SECOND": "10000",
            "TAP_STRIPE__SELECT": json.dumps([f"{table}.*" for table in tables]),
            "TARGET_JSONL_DESTINATION_PATH": str(folder),
        },
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_the_check_is_a_command(account: Account, tmp_path: Path) -> None:
    with Server(account) as server:
        code, output, log = meltano(
            tmp_path, server, KEY, "invoke", "--no-install", "tap-stripe:check-json"
        )
    assert code == 1, log
    found = json.loads(output)
    assert found["account"]["id"] == "acct_test"
    assert {name: entry["status"] for name, entry in found["tables"].items()} == {
        "customers": "ok",
        "prices": "no_permission",
    }


@pytest.mark.parametrize(
    ("permissions", "exit_code", "words"),
    [
        ({"event_read"}, 1, "The key may read none of the selected tables: tap-stripe --check"),
        ({"event_read", "customer_read"}, 0, "Plugin configuration is valid"),
    ],
    ids=["a key that may read nothing", "an empty account"],
)
def test_meltanos_own_test_tells_a_key_that_may_read_nothing_from_an_empty_account(
    tmp_path: Path, permissions: set[str], exit_code: int, words: str
) -> None:
    empty = Account(clock=Clock(NOW), id="acct_test", seed=1)
    empty.add_key(KEY, permissions)
    tables = (*TABLES, "sync_log")
    with Server(empty) as server:
        code, output, log = meltano(
            tmp_path, server, KEY, "config", "test", "tap-stripe", tables=tables
        )
    assert code == exit_code, output + log
    assert words in output + log


def test_a_state_that_meltano_kept_is_guarded(account: Account, tmp_path: Path) -> None:
    run = ("run", "--no-install", "tap-stripe", "target-jsonl")
    with Server(account) as server:
        code, output, log = meltano(tmp_path, server, KEY, *run)
        assert code == 0, output + log
    other = Account(clock=Clock(NOW + DAY), id="acct_test", livemode=True, seed=2)
    with Server(other) as server:
        code, output, log = meltano(tmp_path, server, other.secret_key, *run)
        assert code == 1
        assert "The state was made in test mode, but the key is of live mode" in output + log
        assert {request.path for request in server.requests} == {"/v1/account"}
