"""The table of API v2 agrees with the official library."""

from __future__ import annotations

import pytest

from standin import official
from standin.v2 import facts
from standin.v2.filters import TESTS

STREAMS = 18
FACTS = facts.load()


def test_every_list_parameter_has_a_rule() -> None:
    assert len({endpoint.stream for endpoint in FACTS.endpoints}) == STREAMS
    for endpoint in FACTS.endpoints:
        others = {name for name in endpoint.params if name.startswith("created")}
        assert {*endpoint.params} == {*endpoint.filters, *others, "limit"} | (
            {"include"} & {*endpoint.params}
        ), endpoint.stream
        assert {rule.test for rule in endpoint.filters.values()} <= set(TESTS), endpoint.stream


def test_names_in_the_table_exist() -> None:
    for endpoint in FACTS.endpoints:
        fields = official.fields(official.object_class(endpoint.object))
        named = {*endpoint.defaults, *endpoint.times, *endpoint.event_data.values()}
        named |= {watch.path[0] for watch in endpoint.watch}
        named |= {path.split(".")[0] for path in endpoint.hidden}
        named |= {endpoint.link} if endpoint.link else set()
        assert named <= set(fields), endpoint.stream
        assert set(endpoint.max_items) <= set(endpoint.params), endpoint.stream
        assert endpoint.permission in {None, *FACTS.permissions}
        assert (endpoint.parent is None) == ("{parent}" not in endpoint.path)


def test_prefixes_tell_objects_apart() -> None:
    assert len({endpoint.prefix for endpoint in FACTS.endpoints}) == STREAMS


def test_what_is_hidden_comes_from_the_library() -> None:
    hidden = {endpoint.stream: endpoint.hidden for endpoint in FACTS.endpoints if endpoint.hidden}
    assert hidden == {
        "v2_core_accounts": (
            "configuration.customer",
            "configuration.merchant",
            "configuration.recipient",
            "defaults",
            "future_requirements",
            "identity",
            "requirements",
        ),
        "v2_core_event_destinations": ("webhook_endpoint.url",),
        "v2_money_management_financial_accounts": ("storage.deposit_insurance_eligibility",),
    }


def test_a_parameter_without_a_rule_is_refused() -> None:
    known = FACTS.object("v2.core.vault.us_bank_account")
    entry = {
        "stream": known.stream,
        "object": known.object,
        "path": known.path,
        "prefix": known.prefix,
        "params": "core.vault.UsBankAccountListParams",
    }
    with pytest.raises(ValueError, match="no rule for the parameter 'verification_status'"):
        facts.endpoint(entry)


def test_only_deletable_objects_have_a_deleted_event() -> None:
    deleted = {e.object for e in FACTS.endpoints if e.event("deleted")}
    assert deleted == {"v2.core.account_person"}
    assert deleted < {endpoint.object for endpoint in FACTS.endpoints if endpoint.deletable}
