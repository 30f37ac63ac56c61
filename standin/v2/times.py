"""Moments: milliseconds since 1970 inside, RFC 3339 on the wire."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)
_SENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def milliseconds(seconds: float) -> int:
    """Unix seconds in milliseconds."""
    return round(seconds * 1000)


def text(moment: int) -> str:
    """A moment as Stripe sends it, e.g. ``2026-10-28T09:00:00.000Z``."""
    shown = (_EPOCH + timedelta(milliseconds=moment)).isoformat(timespec="milliseconds")
    return shown.replace("+00:00", "Z")


def parse(value: str) -> int:
    """A moment from RFC 3339, cut to the millisecond. Raises ValueError."""
    match = _MOMENT.fullmatch(value)
    if match is None:
        raise ValueError(f"not an RFC 3339 date and time: {value!r}")
    clock, fraction, zone = match.groups(default="")
    whole = datetime.fromisoformat(clock + zone.replace("Z", "+00:00"))
    return (whole - _EPOCH) // timedelta(milliseconds=1) + int(fraction[:3].ljust(3, "0"))


def check(value: Any, path: str = "") -> None:
    """See that every time in an object is as Stripe sends it. Raises ValueError."""
    if isinstance(value, list):
        for member in value:
            check(member, f"{path}[]")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name != "metadata":  # its keys are anyone's
                check(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, str) and _is_time(path) and not _SENT.fullmatch(value):
        raise ValueError(f"{path} must be like 2026-10-28T09:00:00.000Z, not {value!r}")


def _is_time(path: str) -> bool:
    name = path.rpartition(".")[2]
    return name in {"created", "updated", "expires"} or name.endswith("_at")
