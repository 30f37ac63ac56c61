"""No key shows anywhere: not in messages, logs, files or tracebacks, and no longer part of one.

Stripe itself prints a key's kind and its last four characters, so these may show.
"""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest

from standin import Account, Fault, Server
from tap_stripe.failure import SyncFailedError
from tap_stripe.masking import masked, shown
from tap_stripe.tap import TapStripe
from tests.project import meltano_plugin
from tests.tap.command_line import invoke
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import config, selection, sync
from tests.tap.secret import SECRET, reveals

OTHER_SETTINGS = sorted(
    setting["name"]
    for setting in meltano_plugin("extractors", "tap-stripe")["settings"]
    if setting["name"] != "api_key"
)


@pytest.fixture
def account(account: Account) -> Account:
    """The account, whose own key is as long as Stripe's."""
    account.add_key(SECRET)
    account.secret_key = SECRET
    return account


def test_a_part_of_a_key_is_found() -> None:
    assert reveals(f"x{SECRET[12:18]}y")
    assert not reveals(masked(SECRET))
    assert masked(SECRET) == "rk_live_...E9uZ"


@pytest.mark.parametrize("options", [(), ("--check",), ("--permissions",), ("--about",)])
def test_nothing_that_a_process_leaves_behind_shows_it(
    account: Account, server: Server, tmp_path: Path, options: tuple[str, ...]
) -> None:
    account.create("customer", created=NOW - DAY)
    server.faults.add(Fault(path="/v1/products", status=422, times=None))
    server.faults.add(Fault(path="/v1/prices", kind="reset"))
    settings, folder = tmp_path / "config.json", tmp_path / "run"
    folder.mkdir()
    tables = ("customers", "products", "prices")
    (folder / "catalog.json").write_text(json.dumps(selection(tables)))
    summary = folder / "summary.json"
    settings.write_text(json.dumps(config(server, summary_path=str(summary))))
    line = [sys.executable, "-m", "tap_stripe", "--config", str(settings)]
    run = subprocess.run(
        [*line, "--catalog", str(folder / "catalog.json"), *options],
        capture_output=True,
        check=False,
        text=True,
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "TAP_STRIPE_LOGLEVEL": "DEBUG"},
    )
    assert run.stdout
    left = "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    assert not reveals(run.stdout + run.stderr + left)
    assert summary.exists() is (options == ())


@pytest.mark.parametrize("text", [SECRET, f"https://localhost:1/{SECRET}"])
@pytest.mark.parametrize("name", OTHER_SETTINGS)
def test_a_key_in_another_setting_does_not_show(server: Server, name: str, text: str) -> None:
    code, output, log = invoke(settings=config(server, **{name: text}))
    assert code == 1
    assert not reveals(output + log)


@pytest.mark.parametrize("how", ["error", "html"])
def test_what_others_say_does_not_show_it(server: Server, how: Any) -> None:
    """A proxy, say, that repeats what it was sent."""
    body = {"error": {"message": f"Bearer {SECRET} is not for us.", "type": "x"}}
    server.faults.add(Fault(path="/v1/customers", kind=how, status=400, body=body, times=None))
    run = sync(server, "customers", api_key=SECRET)
    assert run.failure is not None
    assert not reveals(run.failure + run.log)
    if how == "error":
        assert "Bearer rk_live_...E9uZ is not for us." in run.failure


def test_no_traceback_shows_it(server: Server) -> None:
    server.faults.add(Fault(path="/v1/*", status=422, times=None))
    tap = TapStripe(config=config(server, api_key=SECRET), catalog=selection(["customers"]))
    with pytest.raises(SyncFailedError) as failed:
        tap.sync_all()
    told = "".join(traceback.format_exception(failed.value))
    assert "Traceback" in told
    assert not reveals(told)


def test_wrong_values_are_shown_without_keys() -> None:
    assert shown(f"my {SECRET}!") == "'my rk_live_...E9uZ!'"
    assert shown("sk_test_short") == "'sk_test_...'"
    assert shown("last year") == "'last year'"
