"""The table of endpoints agrees with the official library."""

from __future__ import annotations

import pytest

from standin import facts, official
from standin.router import Router

STREAMS = 26
FACTS = facts.load()


def test_every_list_parameter_has_a_rule() -> None:
    streams = [endpoint for endpoint in FACTS.endpoints if endpoint.stream]
    assert len(streams) == STREAMS
    for endpoint in streams:
        ruled = {*endpoint.filters, *facts.PAGING, "created", endpoint.parent_param}
        assert set(endpoint.params) <= ruled, endpoint.stream


def test_a_parameter_without_a_rule_is_refused() -> None:
    entry = {"path": "/v1/products", "params": "ProductListParams", "object": "product"}
    with pytest.raises(ValueError, match="/v1/products: no rule for the parameter 'ids'"):
        facts.endpoint(entry, FACTS.objects)


def test_names_in_the_table_exist() -> None:
    for name, known in FACTS.objects.items():
        fields = official.fields(official.object_class(name))
        assert {path.split(".")[0] for path in known.expand_only} <= set(fields), name
        assert set(known.nested) <= {f for f, shape in fields.items() if shape.page}, name
        assert set(known.defaults) <= set(fields), name
        for nested in known.nested.values():
            child = official.fields(official.object_class(nested.object))
            assert {nested.by or "id", nested.link or "id"} <= set(child), name
            assert nested.changed_event in {None, *official.event_types()}
    for endpoint in FACTS.endpoints:
        assert endpoint.permission in FACTS.permissions


def test_default_events() -> None:
    def events(name: str) -> list[str | None]:
        known = FACTS.object(name)
        return [known.event(kind) for kind in ("created", "updated", "deleted")]

    assert events("payment_intent") == ["payment_intent.created", None, None]
    assert events("dispute") == ["charge.dispute.created", "charge.dispute.updated", None]
    assert events("invoice_payment") == [None, None, None]
    assert events("tax_id") == [f"customer.tax_id.{k}" for k in ("created", "updated", "deleted")]


def test_routes() -> None:
    router = Router(FACTS.endpoints)
    route = router.find("/v1/transfers/tr_1/reversals/trr_1")
    assert route is not None
    assert (route.endpoint.object, route.parent, route.id) == ("transfer_reversal", "tr_1", "trr_1")
    assert route.operation == "/v1/transfers/{parent}/reversals/{id}"
    assert not route.is_list
    assert router.find("/v1/transfers/tr_1/unknown") is None
    assert router.find("/v1/transfers//reversals") is None
