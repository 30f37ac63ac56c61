"""All tables at once, from an account that has objects of every kind."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from standin import Account, Clock, Server, everything
from tap_stripe.streams import STREAMS
from tap_stripe.streams.base import load_schema
from tap_stripe.streams.cuts import AskedFor
from tests.proof.at_work import tap_of
from tests.tap.conftest import DAY, NOW
from tests.tap.everything import Comparison
from tests.tap.harness import Mirror, Sync, sync
from tests.tap.usage import add_usage

EACH = 130
"""Objects of each kind: more than a page for most."""
TABLES = {stream.table(): stream for stream in STREAMS}


@pytest.fixture(scope="module")
def account() -> Account:
    """An account with objects of every kind."""
    account = Account(clock=Clock(NOW), seed=1)
    everything.fill(account, each=EACH, seed=1)
    add_usage(account, NOW)
    return account


@pytest.fixture(scope="module")
def server(account: Account) -> Iterator[Server]:
    """Stripe's API with that account."""
    with Server(account) as server:
        yield server


@pytest.fixture(scope="module")
def run(server: Server) -> Sync:
    """One full sync of everything."""
    return sync(server, *TABLES)


def test_the_run_ends_well_and_nothing_is_refused(run: Sync, server: Server) -> None:
    assert run.failure is None
    assert "skipped" not in run.log
    assert "does not know" not in run.log
    assert [r for r in server.requests if r.status != 200] == []


def test_every_object_of_every_collection_comes_exactly_once(run: Sync, account: Account) -> None:
    contents = everything.contents(account)
    assert len(contents) == 135
    assert contents.keys() <= TABLES.keys()
    sent = Counter(m["stream"] for m in run.messages if m["type"] == "RECORD")
    # Usage is read of subscribers to a price with the meter only, see test_asked_for.
    for name in contents.keys() - {"billing_meter_event_summaries"}:
        keys = TABLES[name].primary_keys
        records = run.records(name)
        assert len({tuple(r[key] for key in keys) for r in records}) == len(records), name
        assert sent[name] == len(contents[name]) > 0, name
        assert Counter(r["id"] for r in records) == Counter(o["id"] for o in contents[name]), name


def test_tables_cut_out_of_others_have_entries_too(run: Sync) -> None:
    sent = Counter(m["stream"] for m in run.messages if m["type"] == "RECORD")
    assert [name for name in TABLES if not sent[name]] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_record_fits_its_schema(run: Sync, name: str) -> None:
    validator = Draft7Validator(load_schema(name))
    for record in run.records(name):
        error = next(validator.iter_errors(record), None)
        assert error is None, (list(error.absolute_path), error.message[:200])
        assert record.keys() <= validator.schema["properties"].keys()


def test_every_record_says_its_mode(run: Sync) -> None:
    records = [m for m in run.messages if m["type"] == "RECORD"]
    assert {m["stream"] for m in records if m["record"]["livemode"] is not False} == set()


def test_the_run_costs_its_pages_and_what_is_asked_for_object_by_object(
    run: Sync, server: Server, account: Account
) -> None:
    contents = everything.contents(account)
    lists = {s.path: s.table() for s in STREAMS if s.path}
    asked = [c for s in STREAMS for c in s.cuts if isinstance(c, AskedFor)]
    spent = Counter(r.operation for r in server.requests)
    # The check of the key and of the change feed, once per run.
    spent["/v1/events"] -= 1
    for cut in asked:
        if cut.path in lists:  # a list that is also asked for object by object
            names = dict(cut.params).keys()
            spent[cut.path] -= sum(
                r.operation == cut.path and names <= r.params.keys() for r in server.requests
            )
    for path, name in lists.items():
        variants = len(TABLES[name].variants)
        if (per := TABLES[name].listed_per) is not None:
            variants *= len(contents[per.parent])
        assert spent[path] <= len(contents[name]) / 100 + 3 * variants, path
    beyond = sum(spent.values()) - sum(spent[path] for path in lists)
    parents = sum(len(contents[cut.parent]) for cut in asked)
    included = sum(len(contents[s.table()]) for s in STREAMS if s.include)
    truncated = 2 * len([s for s in STREAMS if s.nested])
    assert beyond <= parents * 1.2 + included + truncated


@pytest.mark.parametrize("seed", range(3))
def test_tables_kept_in_step_equal_a_fresh_read(seed: int) -> None:
    account = Account(clock=Clock(NOW), seed=seed)
    everything.fill(account, each=25, seed=seed)
    rng = random.Random(seed)
    kept, state, stories = Mirror(), None, []
    tap = tap_of(*TABLES, off=())
    with Server(account) as server:
        for round_ in range(4):
            for _ in range(3 if round_ else 0):
                account.clock.advance(rng.randint(600, 3 * DAY))
                stories += everything.happen(account, rng, steps=100)
            account.clock.advance(600)
            run = tap.run(server, state)
            assert run.failure is None
            kept.load(run.messages)
            state = run.state
        fresh = Mirror().load(tap.run(server).messages)
    comparison = Comparison(kept, fresh, last_run=account.clock.now())
    differences = comparison.differences()
    assert not differences, _told(differences, stories)
    assert sum(len(kept.flagged(name)) for name in TABLES) > 30


def _told(differences: dict[str, list[Any]], stories: list[str]) -> str:
    """What differs, and what happened to it."""
    lines = []
    for name, wrong in differences.items():
        for what in wrong[:3]:
            ids = {story.split()[2] for story in stories if story.split()[2] in str(what)}
            lines.append(f"{name}: {str(what)[:400]}")
            lines += [f"    {story}" for story in stories if story.split()[2] in ids]
    return "\n".join(lines)
