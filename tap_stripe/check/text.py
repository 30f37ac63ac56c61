"""A check's findings for people, and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tap_stripe.check.findings import Finding, Findings, Status
from tap_stripe.guard import Identity, mode_name
from tap_stripe.permissions import keys_page
from tap_stripe.wording import counted

_FEED = "the change feed"
_CONNECTED = "connected account"


def as_text(findings: Findings) -> str:
    """The findings, a line for the key's account, each feed, table and connected account."""
    return "\n".join(_lines(findings)) + "\n"


def as_json(findings: Findings) -> str:
    """The findings as JSON, the same ones."""
    identity = findings.identity
    livemode = identity.livemode if identity else None
    told = {
        "ok": findings.ok,
        "problems": list(findings.problems),
        "account": identity and {"id": identity.account, "name": identity.name},
        "livemode": livemode,
        "feeds": {n: _entry(found, livemode) for n, found in findings.feeds.items()},
        "tables": {n: _entry(found, livemode) for n, found in findings.tables.items()},
        "accounts": {id_: _entry(found, livemode) for id_, found in findings.accounts.items()},
        "accounts_not_tried": findings.accounts_not_tried,
        "requests": findings.requests,
        "seconds": round(findings.seconds, 3),
    }
    return json.dumps(told, indent=2) + "\n"


def _lines(findings: Findings) -> Iterator[str]:
    if findings.identity is not None:
        yield f"Account: {_account(findings.identity)}"
        yield f"Mode: {_mode(findings.identity)}"
    yield from findings.problems
    livemode = findings.identity.livemode if findings.identity else None
    rows = {f"{name} ({_FEED})": found for name, found in findings.feeds.items()}
    rows |= {name: found for name, found in findings.tables.items() if name not in findings.feeds}
    rows |= {f"{id_} ({_CONNECTED})": found for id_, found in findings.accounts.items()}
    width = max(map(len, rows), default=0)
    for name, found in rows.items():
        yield f"{name:{width}}  {_said(found, livemode)}"
    if findings.tables:
        yield "; ".join(_summary(findings))


def _summary(findings: Findings) -> Iterator[str]:
    """The parts of the last line."""
    readable = _number(findings.tables, Status.OK)
    tables = f"{readable} of {len(findings.tables)} tables can be read"
    yield tables + (_of_events(findings, any_table=readable > 0) if findings.feeds else "")
    if untried := _number(findings.tables, Status.UNTRIED):
        yield f"{untried} not tried"
    if findings.accounts:
        readable = _number(findings.accounts, Status.OK)
        yield f"{readable} of {len(findings.accounts)} connected accounts can be read"
    if findings.accounts_not_tried:
        yield f"{counted(findings.accounts_not_tried, 'more account')} not tried"
    yield f"{counted(findings.requests, 'request')}, {findings.seconds:.1f} s"


def _of_events(findings: Findings, *, any_table: bool) -> str:
    """Goes on from what is said of the tables."""
    if all(found.status is Status.OK for found in findings.feeds.values()):
        return ", and so can the events" if any_table else ", but the events can"
    return ", but not the events" if any_table else ", nor can the events"


def _number(found: Mapping[str, Finding], status: Status) -> int:
    return sum(finding.status is status for finding in found.values())


def _account(identity: Identity) -> str:
    if identity.account is None:
        return "the key may not tell, and need not"
    return f"{identity.account} ({identity.name})" if identity.name else identity.account


def _mode(identity: Identity) -> str:
    if identity.livemode is None:
        return "the key does not tell"
    name = mode_name(livemode=identity.livemode)
    return name if identity.livemode else f"{name} (a sandbox's keys are the same)"


def _said(found: Finding, livemode: bool | None) -> str:  # noqa: FBT001
    status: str = found.status.value
    if found.status is Status.OK:
        return status
    if found.status is Status.UNTRIED:
        return f"{status}: there is nothing yet to ask it for"
    advice = f"; {found.advice}" if found.advice else ""
    if found.status is Status.NO_PERMISSION:
        where = found.where or keys_page(livemode=livemode)
        return f"{status}: {_permission(found)}; switch it on at {where}{advice}"
    request = f" ({found.request_id})" if found.request_id else ""
    return f"{status}: {found.message}{request}{advice}"


def _permission(found: Finding) -> str:
    """The missing permission by Stripe's names for it, or Stripe's words that name none."""
    names = ", ".join(found.permissions)
    if found.permission_name:
        return f"{found.permission_name} ({names})"
    return names or found.message


def _entry(found: Finding, livemode: bool | None) -> dict[str, Any]:  # noqa: FBT001
    lacking = found.status is Status.NO_PERMISSION
    return {
        "status": found.status.name.lower(),
        "permissions": list(found.permissions),
        "permission_name": found.permission_name or None,
        "where": found.where or (keys_page(livemode=livemode) if lacking else None),
        "advice": found.advice or None,
        "message": found.message or None,
        "request_id": found.request_id,
    }
