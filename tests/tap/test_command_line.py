"""The command line: settings that are wrong, what `--about` says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standin import Server
from tap_stripe.streams import STREAMS
from tap_stripe.streams.cuts import AskedFor
from tap_stripe.sync.log import SyncLog
from tap_stripe.tap import TapStripe
from tests.tap.command_line import invoke
from tests.tap.harness import config


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("api_key", ""),
        ("api_key", ["sk_live_secret"]),
        ("api_key", "sk_live_secret with a blank"),
        ("start_date", "last year"),
        ("start_date", 2024),
        ("account_id", "cus_1"),
        ("connected_accounts", "acct_1, everything"),
        ("connected_accounts", ["acct_1", "everything"]),
        ("connected_accounts", [1]),
        ("livemode", "sandbox"),
        ("livemode", ["live"]),
        ("accept_other_account", "true"),
        ("api_url", "api.stripe.com"),
        ("api_url", "http://api.stripe.com"),
        ("api_url", "http://[::1"),
        ("api_url", "https://api.stripe.com/rk_live_secretsecret"),
        ("lookback_seconds", -1),
        ("lookback_seconds", "300"),
        ("requests_per_second", 0),
        ("concurrency", 2.5),
        ("summary_path", 7),
        ("stream_maps", "customers"),
        ("stream_maps", {"customers": 7}),
        ("flattening_enabled", "true"),
        ("flattening_max_depth", "2"),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--test",), ("--test=schema",), ("--check",)])
def test_a_bad_setting_is_one_line_that_names_it(
    name: str, value: object, arguments: tuple[str, ...]
) -> None:
    code, output, log = invoke(*arguments, settings={"api_key": "sk_test_x", name: value})
    assert code == 1
    told = [line for line in (output + log).splitlines() if "Setting" in line]
    assert len(told) == 1
    assert told[0].removeprefix("ERROR ").startswith(f"Setting {name}: ")
    assert "secret" not in output + log


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("concurrency", "many"),
        ("lookback_seconds", "1.5"),
        ("accept_other_account", "maybe"),
        ("stream_maps", "{"),
        ("flattening_enabled", "2"),
    ],
)
def test_a_bad_setting_in_the_environment_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv("TAP_STRIPE_API_KEY", "sk_test_x")
    monkeypatch.setenv(f"TAP_STRIPE_{name.upper()}", text)
    code, output, log = invoke("--config=ENV")
    assert code == 1
    told = [line for line in (output + log).splitlines() if line.startswith("ERROR")]
    assert len(told) == 1
    assert f"Setting {name}: " in told[0]


def test_settings_in_the_environment_have_the_types_of_those_in_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = {
        "api_key": "sk_test_x",
        "account_id": "",
        "concurrency": "4",
        "accept_other_account": "Yes",
        "stream_maps": '{"customers": {"id": "id"}}',
    }
    for name, text in texts.items():
        monkeypatch.setenv(f"TAP_STRIPE_{name.upper()}", text)
    config = TapStripe(parse_env_config=True).config
    assert config["concurrency"] == 4
    assert config["accept_other_account"] is True
    assert config["stream_maps"] == {"customers": {"id": "id"}}
    assert "account_id" not in config


@pytest.mark.parametrize("content", ["no JSON", "[1]", None])
@pytest.mark.parametrize("option", ["--config", "--catalog", "--state"])
def test_a_bad_file_is_one_line_that_names_its_option(
    tmp_path: Path, option: str, content: str | None
) -> None:
    file = tmp_path / "file.json"
    if content is not None:
        file.write_text(content)
    code, output, _ = invoke(option, str(file), settings={"api_key": "sk_test_x"})
    assert code == 2
    assert f"Invalid value for {option}" in output.replace("'", "")
    assert "Traceback" not in output


def test_a_missing_key_says_where_to_make_one() -> None:
    code, _, log = invoke(settings={})
    assert code == 1
    assert "https://dashboard.stripe.com/apikeys" in log


def test_about_names_every_setting_and_capability() -> None:
    code, output, _ = invoke("--about", "--format", "json")
    assert code == 0
    about = json.loads(output)
    settings = about["settings"]["properties"]
    assert {"api_key", "start_date", "account_id", "api_url"} <= settings.keys()
    assert settings["api_key"]["secret"] is True
    assert "batch" not in about["capabilities"]


def test_discovery_needs_no_key_and_lists_every_table() -> None:
    code, output, _ = invoke("--discover")
    assert code == 0
    streams = json.loads(output)["streams"]
    assert {stream["tap_stream_id"] for stream in streams} == {
        *(s.table() for s in STREAMS),
        SyncLog.name,
    }
    for stream in streams:
        incremental = stream["replication_method"] == "INCREMENTAL"
        key = "started_at" if stream["tap_stream_id"] == SyncLog.name else "created"
        assert stream.get("replication_key") == (key if incremental else None)
    assert len(output.encode()) < 6_000_000
    assert max(map(len, output.splitlines())) < 2**16  # what asyncio's readers take


def test_tables_that_cost_a_request_per_object_are_not_selected_unless_asked_for() -> None:
    streams = json.loads(invoke("--discover")[1])["streams"]
    selected = {
        stream["tap_stream_id"]
        for stream in streams
        for entry in stream["metadata"]
        if entry["breadcrumb"] == [] and entry["metadata"]["selected"]
    }
    costly = {s.table() for s in STREAMS if any(isinstance(c, AskedFor) for c in s.cuts)}
    assert len(costly) > 10
    assert selected == {SyncLog.name, *(s.table() for s in STREAMS if not s.off_because())}
    assert costly.isdisjoint(selected)
    assert {"customers", "invoices", "payment_methods", "checkout_sessions"} <= selected


def test_a_refused_key_is_one_line_and_a_failure(server: Server) -> None:
    code, _, log = invoke(settings=config(server, api_key="sk_test_wrong_1234"))
    assert code == 1
    (line,) = [line for line in log.splitlines() if line.startswith("ERROR")]
    assert "Invalid API Key provided" in line
