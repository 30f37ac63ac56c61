"""Many changed objects: by pages where they were created close together, else one by one."""

from __future__ import annotations

from standin import Account, Server
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, Sync, sync


def customers(account: Account, count: int) -> list[str]:
    """So many, oldest first, ten an hour."""
    begin = NOW - (count + 10) * 360
    created = (begin + n * 360 for n in range(count))
    return [account.create("customer", created=time, silent=True)["id"] for time in created]


def change(account: Account, ids: list[str]) -> None:
    for id_ in ids:
        account.update(id_, name=f"changed {id_}")


def spent(server: Server, path: str) -> int:
    return sum(request.operation == path for request in server.requests)


def changed_names(first: Sync, second: Sync) -> set[str]:
    rows = Mirror().load(first.messages).load(second.messages).live("customers").values()
    return {row["id"] for row in rows if row["name"] == f"changed {row['id']}"}


def test_a_block_of_changed_objects_comes_by_pages(account: Account, server: Server) -> None:
    ids = customers(account, 3000)
    first = sync(server, "customers")
    server.clear()
    account.clock.advance(DAY)
    block, lone = ids[1000:1600], [ids[5], ids[2500]]
    change(account, [*block, *lone])
    account.delete(ids[1234])
    second = sync(server, "customers", state=first.state)
    assert changed_names(first, second) == {*block, *lone} - {ids[1234]}
    assert len(second.records("customers")) == len(block) + len(lone)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert list(mirror.flagged("customers")) == [(ids[1234],)]
    assert spent(server, "/v1/customers") <= 1 + 6 + 4
    assert spent(server, "/v1/customers/{id}") <= 6


def test_objects_far_apart_are_fetched_one_by_one(account: Account, server: Server) -> None:
    ids = customers(account, 3000)
    first = sync(server, "customers")
    server.clear()
    account.clock.advance(DAY)
    change(account, ids[::100])
    second = sync(server, "customers", state=first.state)
    assert changed_names(first, second) == set(ids[::100])
    assert spent(server, "/v1/customers/{id}") == 30 - 1  # the newest came with the probe
    assert spent(server, "/v1/customers") <= 2


def test_a_few_are_not_worth_a_probe(account: Account, server: Server) -> None:
    ids = customers(account, 300)
    first = sync(server, "customers")
    server.clear()
    account.clock.advance(DAY)
    change(account, ids[100:110])
    second = sync(server, "customers", state=first.state)
    assert changed_names(first, second) == set(ids[100:110])
    assert spent(server, "/v1/customers/{id}") == 10


def test_a_block_of_which_nothing_is_left(account: Account, server: Server) -> None:
    """Changed and deleted within one second: the events leave open whether they are there."""
    trio = [
        account.create("customer", created=NOW - 100 * DAY + n, silent=True)["id"] for n in range(3)
    ]
    for n in range(50):
        account.create("customer", created=NOW - 90 * DAY + n * DAY, silent=True)
    ids = customers(account, 400)
    first = sync(server, "customers")
    account.clock.advance(DAY)
    change(account, [*ids[-40:], *trio])
    for id_ in trio:
        account.delete(id_)
    second = sync(server, "customers", state=first.state)
    assert second.failure is None
    assert changed_names(first, second) == set(ids[-40:])
    mirror = Mirror().load(first.messages).load(second.messages)
    assert mirror.flagged("customers").keys() == {(id_,) for id_ in trio}
