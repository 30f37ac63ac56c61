"""The table of endpoints agrees with the official library."""

from __future__ import annotations

import pytest

from standin import facts, official
from standin.router import Router

STREAMS = 117
FACTS = facts.load()


def test_every_list_parameter_has_a_rule() -> None:
    streams = [endpoint for endpoint in FACTS.endpoints if endpoint.stream]
    assert len(streams) == STREAMS
    for endpoint in streams:
        ruled = {
            *endpoint.filters,
            *facts.PAGING,
            "created",
            endpoint.parent and endpoint.parent.param,
        }
        assert set(endpoint.params) <= ruled, endpoint.stream


def test_a_parameter_without_a_rule_is_refused() -> None:
    entry = {"path": "/v1/products", "params": "ProductListParams", "object": "product"}
    with pytest.raises(ValueError, match="/v1/products: no rule for the parameter 'ids'"):
        facts.endpoint(entry, FACTS.objects)


def shape_at(object_name: str, path: str) -> official.Shape:
    *way, field = path.split(".")
    cls: type | None = official.object_class(object_name)
    for name in way:
        assert cls is not None
        cls = official.fields(cls)[name].fields
    assert cls is not None
    return official.fields(cls)[field]


def test_names_in_the_table_exist() -> None:
    for name, known in FACTS.objects.items():
        fields = official.fields(official.object_class(name))
        assert {path.split(".")[0] for path in known.expand_only} <= set(fields), name
        assert all(shape_at(name, path).page for path in known.nested), name
        assert set(known.defaults) <= set(fields), name
        for nested in known.nested.values():
            for kind in nested.objects:
                child = official.fields(official.object_class(kind))
                assert nested.by is None or nested.by in child, name
            assert nested.changed_event in {None, *official.event_types()}
        names = [
            f"{known.stem}.{last}" for turns in known.turns.values() for last in turns.values()
        ]
        names += [known.created_event] if known.created_event else []
        names += [f"{nested.events}.deleted" for nested in known.nested.values() if nested.events]
        assert {n for n in names if "{" not in n} <= official.event_types(), name
        for path in (*known.turns, *known.created_if):
            assert shape_at(name, path), name
    for endpoint in FACTS.endpoints:
        assert endpoint.permission in {None, *FACTS.permissions}


def test_default_events() -> None:
    def events(name: str) -> list[str | None]:
        known = FACTS.object(name)
        return [known.event(kind) for kind in ("created", "updated", "deleted")]

    assert events("payment_intent") == ["payment_intent.created", None, None]
    assert events("dispute") == ["charge.dispute.created", "charge.dispute.updated", None]
    assert events("invoice_payment") == [None, None, None]
    assert events("capability") == [None, "capability.updated", None]
    assert events("issuing.card") == ["issuing_card.created", "issuing_card.updated", None]
    # The account's own ones; customers' have events, see test_standin_told.
    assert events("tax_id") == [None, None, None]


def test_routes() -> None:
    router = Router(FACTS.endpoints)
    route = router.find("/v1/transfers/tr_1/reversals/trr_1")
    assert route is not None
    assert (route.endpoint.object, route.parent, route.id) == ("transfer_reversal", "tr_1", "trr_1")
    assert route.operation == "/v1/transfers/{parent}/reversals/{id}"
    assert not route.is_list
    assert router.find("/v1/transfers/tr_1/unknown") is None
    assert router.find("/v1/transfers//reversals") is None
