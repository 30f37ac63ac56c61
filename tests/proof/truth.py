"""Does the warehouse hold what the account holds?"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from standin import Account, Server, everything
from tap_stripe.streams import STREAMS
from tap_stripe.streams.columns import DELETED_AT
from tap_stripe.times import to_epoch, to_iso
from tests.proof.at_work import tap_of
from tests.proof.tables import WATCHED
from tests.proof.things import DAY
from tests.tap.everything import holders
from tests.tap.harness import Mirror, Row

Table = dict[tuple[Any, ...], Row]
STREAM = {stream.table(): stream for stream in STREAMS}
KEYS = {table: stream.primary_keys for table, stream in STREAM.items()}


class Truth:
    """What the account holds at this moment.

    Which rows there must be, and their plain values, the account itself says. What the tap makes
    of the rest (references, lists inside) is compared with a fresh read of everything.
    """

    def __init__(self, account: Account, server: Server, tables: tuple[str, ...]) -> None:
        """Look at an account through its API, and past it."""
        self._tables = tables
        self._now = account.clock.now()
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
            fresh = self._fresh.live(table)
            kept = living(mirror, table, listed=fresh)
            if (days := STREAM[table].retention_days) is not None:
                oldest = self._now - days * DAY
                kept = {k: row for k, row in kept.items() if to_epoch(row["created"]) >= oldest}
            lines += self._compare(table, kept, fresh)
            if table in self._objects:
                lines += self._compare_with_objects(table, kept, self._objects[table])
        return "\n".join(lines)

    def _compare(self, table: str, kept: Table, fresh: Table) -> list[str]:
        lines = [f"{table} lacks {fresh[key]}" for key in fresh.keys() - kept.keys()]
        lines += [f"{table} should not have {kept[key]}" for key in kept.keys() - fresh.keys()]
        for key in kept.keys() & fresh.keys():
            one, other = kept[key], fresh[key]
            wrong = {
                column: (one.get(column), other.get(column))
                for column in other
                if one.get(column) != other.get(column)
                and not self._unwatched(table, other, column)
            }
            if wrong:
                lines.append(f"{table} {key} has an old value (ours, true): {wrong}")
        return lines

    def _compare_with_objects(self, table: str, kept: Table, true: Table) -> list[str]:
        lines = [f"{table} lacks {key}, which the account has" for key in true.keys() - kept.keys()]
        lines += [
            f"{table} has {key}, which the account lacks" for key in kept.keys() - true.keys()
        ]
        for key in kept.keys() & true.keys():
            row = kept[key]
            lines += [
                f"{table} {key} {column} is {row[column]!r}, in the account {value!r}"
                for column, value in true[key].items()
                if column in row
                and not _agree(row[column], value)
                and not self._unwatched(table, row, column)
            ]
        return lines

    def _unwatched(self, table: str, row: Row, column: str) -> bool:
        """Whether a column changes without an event, in an object that is no longer watched."""
        watched, days = WATCHED.get(table, ("", 0))
        return column == watched and to_epoch(row["created"]) <= self._now - days * DAY


def living(mirror: Mirror, table: str, *, listed: Container[Any] = ()) -> Table:
    """The rows of a table that are there.

    Gone is what is flagged, and what belongs to something flagged, unless Stripe still lists it.
    """
    return {
        key: row
        for key, row in mirror.live(table).items()
        if key in listed or not _belongs_to_flagged(mirror, table, row)
    }


def _belongs_to_flagged(mirror: Mirror, table: str, row: Row) -> bool:
    holding = (mirror.tables[name].get((id_,), {}) for name, id_ in holders(STREAM[table], row))
    return any(holder.get(DELETED_AT) is not None for holder in holding)


def _agree(ours: Any, theirs: Any) -> bool:
    """Whether a column holds a plain value of Stripe's; others are not compared here."""
    if not isinstance(theirs, (str, int, float)):
        return True
    is_time = isinstance(theirs, int) and isinstance(ours, str)
    return bool(ours == (to_iso(theirs) if is_time else theirs))
