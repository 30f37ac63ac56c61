"""What is wrong with the settings that were given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tap_stripe.guard import MODES
from tap_stripe.masking import has_key, shown
from tap_stripe.settings import ALL_ACCOUNTS, listed_accounts
from tap_stripe.times import to_epoch

_DEPTH = "flattening_max_depth"
_AT_LEAST = {
    "lookback_seconds": 0,
    "requests_per_second": 1,
    "concurrency": 1,
    _DEPTH: 0,
    "flattening_max_key_length": 1,
}
"""The whole numbers, and the least that each may be."""


def problems(config: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with the settings, a line each. No line shows a secret.

    Args:
        config: The settings as given, those that the SDK brings for every tap included.
    """
    checks = {
        "api_key": _api_key,
        "start_date": _start_date,
        "account_id": _account_id,
        "connected_accounts": _connected_accounts,
        "livemode": _mode,
        "accept_other_account": _boolean,
        "api_url": _api_url,
        "summary_path": _text,
        "stream_maps": _object,
        "stream_map_config": _object,
        "faker_config": _object,
        "flattening_enabled": _boolean,
        "flattening_separator": _text,
    }
    found = [(name, check(config.get(name))) for name, check in checks.items()]
    found += [(name, _integer(config.get(name), least)) for name, least in _AT_LEAST.items()]
    found.append((_DEPTH, _flattening(config)))
    return [f"Setting {name}: {problem}" for name, problem in found if problem]


def _api_key(value: Any) -> str | None:
    if value is None or value == "":
        return (
            "it is missing. Make a restricted key that may read what you want to sync at "
            "https://dashboard.stripe.com/apikeys and set TAP_STRIPE_API_KEY"
        )
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]+", value):
        return "this is no Stripe key: keys are one word, such as rk_live_... or sk_test_..."
    return None


def _start_date(value: Any) -> str | None:
    if value is None:
        return None
    try:
        to_epoch(value)
    except (AttributeError, ValueError, TypeError):
        return f"{shown(value)} is no ISO 8601 date, such as 2024-01-01 or 2024-01-01T00:00:00Z"
    return None


def _account_id(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and re.fullmatch(r"acct_\w+", value)):
        return None
    return f"{shown(value)} is no account id, such as acct_1A2b3C"


def _mode(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value in MODES):
        return None
    return f"{shown(value)} is no mode: it is live or test"


def _connected_accounts(value: Any) -> str | None:
    if value is None or value == ALL_ACCOUNTS:
        return None
    if not isinstance(value, str) and not _are_texts(value):
        return "these are no account ids, such as acct_1A2b3C, acct_4D5e6F"
    wrong = [id_ for id_ in listed_accounts(value) if _account_id(id_)]
    return f"{_account_id(wrong[0])}, and not {ALL_ACCOUNTS}" if wrong else None


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _api_url(value: Any) -> str | None:
    if value is None:
        return None
    if problem := _text(value):
        return problem
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        return "this is no URL, such as https://api.stripe.com"
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        return "the key would travel unencrypted: use https"
    return None


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        return "this is no text"
    return "there is a key in it, which belongs in api_key" if has_key(value) else None


def _flattening(config: Mapping[str, Any]) -> str | None:
    if config.get("flattening_enabled") is True and config.get(_DEPTH) is None:
        return "it is missing, but flattening_enabled is true"
    return None


def _object(value: Any) -> str | None:
    return None if value is None or isinstance(value, dict) else "this is no JSON object"


def _boolean(value: Any) -> str | None:
    return None if value is None or isinstance(value, bool) else "this is neither true nor false"


def _integer(value: Any, least: int) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        return f"{shown(value)} is no whole number of at least {least}"
    return None
