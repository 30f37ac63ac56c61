"""Does the warehouse hold what the account holds?"""

from __future__ import annotations

from typing import Any

from standin import Account, Server, everything
from tap_stripe.streams import STREAMS
from tap_stripe.times import to_iso
from tests.proof.at_work import tap_of
from tests.proof.things import DAY
from tests.tap.harness import Mirror, Row

_RETENTION = 30 * DAY
Table = dict[tuple[Any, ...], Row]
KEYS = {stream.table(): stream.primary_keys for stream in STREAMS}


class Truth:
    """What the account holds at this moment.

    Which rows there must be, and their plain values, the account itself says. What the tap makes
    of the rest (references, lists inside) is compared with a fresh read of everything.
    """

    def __init__(self, account: Account, server: Server, tables: tuple[str, ...]) -> None:
        """Look at an account through its API, and past it."""
        self._tables = tables
        self._oldest_event = to_iso(account.clock.now() - _RETENTION)
        run = tap_of(*tables).run(server)
        assert run.failure is None, run.failure
        self._fresh = Mirror().load(run.messages)
        self._objects = {
            table: {tuple(o[column] for column in KEYS[table]): o for o in objects}
            for table, objects in everything.contents(account).items()
            if table in tables
        }

    def differences(self, mirror: Mirror) -> str:
        """What is wrong in the warehouse, a line each; empty where it equals the account."""
        lines: list[str] = []
        for table in self._tables:
            kept = self.living(mirror, table)
            lines += _compare(table, kept, self.living(self._fresh, table))
            if table in self._objects:
                lines += _compare_with_objects(table, kept, self._objects[table])
        return "\n".join(lines)

    def living(self, mirror: Mirror, table: str) -> Table:
        """The rows that count as there: events go when Stripe no longer lists them."""
        rows = living(mirror, table)
        if table == "events":
            return {k: row for k, row in rows.items() if row["created"] >= self._oldest_event}
        return rows


def living(mirror: Mirror, table: str) -> Table:
    """The rows of a table that are not flagged, and do not belong to a flagged customer."""
    rows = mirror.live(table)
    if table != "customer_tax_ids":
        return rows
    customers = mirror.live("customers")
    return {key: row for key, row in rows.items() if (row["customer"],) in customers}


def _compare(table: str, kept: Table, fresh: Table) -> list[str]:
    lines = [f"{table} lacks {fresh[key]}" for key in fresh.keys() - kept.keys()]
    lines += [f"{table} should not have {kept[key]}" for key in kept.keys() - fresh.keys()]
    for key in kept.keys() & fresh.keys():
        one, other = kept[key], fresh[key]
        wrong = {c: (one.get(c), other.get(c)) for c in other if one.get(c) != other.get(c)}
        if wrong:
            lines.append(f"{table} {key} has an old value (ours, true): {wrong}")
    return lines


def _compare_with_objects(table: str, kept: Table, true: Table) -> list[str]:
    lines = [f"{table} lacks {key}, which the account has" for key in true.keys() - kept.keys()]
    lines += [f"{table} has {key}, which the account lacks" for key in kept.keys() - true.keys()]
    for key in kept.keys() & true.keys():
        for column, value in true[key].items():
            if column in kept[key] and not _agree(kept[key][column], value):
                line = f"{table} {key} {column} is {kept[key][column]!r}, in the account {value!r}"
                lines.append(line)
    return lines


def _agree(ours: Any, theirs: Any) -> bool:
    """Whether a column holds a plain value of Stripe's; others are not compared here."""
    if not isinstance(theirs, (str, int, float)):
        return True
    is_time = isinstance(theirs, int) and isinstance(ours, str)
    return bool(ours == (to_iso(theirs) if is_time else theirs))
