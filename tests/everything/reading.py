"""Reads every list of an account over HTTP, page by page, as a plain client would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import requests

from standin import Account, Server
from standin import facts as v1
from standin.v2 import facts as v2

DAY = 86_400
Params = dict[str, Any]
Objects = list[dict[str, Any]]

# The requests that only together show all objects of a list.
VARIANTS: Mapping[str, tuple[Params, ...]] = {
    "apps_secrets": ({"scope[type]": "account"},),
    "invoice_rendering_templates": ({"status": "active"}, {"status": "archived"}),
    "payment_methods": ({}, {"type": "custom"}),
    "prices": ({"active": "true"}, {"active": "false"}),
    "subscriptions": ({"status": "all"},),
    "tax_locations": ({"type": "performance"},),
    "tax_registrations": ({"status": "all"},),
    "v2_core_accounts": ({}, {"closed": "true"}),
    "v2_money_management_financial_accounts": (
        {"statuses[0]": "open", "statuses[1]": "pending", "statuses[2]": "closed"},
    ),
}


class Client:
    """Asks a server for lists."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {server.account.secret_key}"
        self._session.headers["Stripe-Version"] = "2026-10-28.endive"

    def close(self) -> None:
        self._session.close()

    def every_list(self) -> dict[str, Objects]:
        """What the lists show, by stream."""
        found = {e.stream: self._v1(e) for e in v1.load().endpoints if e.path and e.stream}
        return {**found, **{e.stream: self._v2(e) for e in v2.load().endpoints}}

    def _v1(self, endpoint: v1.Endpoint) -> Objects:
        account = self._server.account
        found: Objects = []
        for fixed, (path, params) in product(
            VARIANTS.get(str(endpoint.stream), ({},)), _askings(account, endpoint)
        ):
            found += self._pages_v1(path, {**fixed, **params}, paged="limit" in endpoint.params)
        return found

    def _pages_v1(self, path: str, params: Params, *, paged: bool) -> Iterator[dict[str, Any]]:
        asked = {**params, "limit": 100} if paged else dict(params)
        while True:
            page = self._get(path, asked)
            yield from page["data"]
            if not page["has_more"]:
                return
            asked["starting_after"] = page["data"][-1]["id"]

    def _v2(self, endpoint: v2.Endpoint) -> Objects:
        paths = [endpoint.path]
        if endpoint.parent:
            parents = self._server.account.v2.all(endpoint.parent)
            paths = [endpoint.path.format(parent=parent["id"]) for parent in parents]
        found: Objects = []
        for fixed, path in product(VARIANTS.get(endpoint.stream, ({},)), paths):
            url, params = path, {**fixed, "limit": "7"}
            while url:
                page = self._get(url, params)
                found += page["data"]
                url, params = page["next_page_url"], {}
        return found

    def _get(self, path: str, params: Params) -> dict[str, Any]:
        response = self._session.get(self._server.url + path, params=params, timeout=10)
        assert response.status_code == 200, f"{path} {params}: {response.text}"
        answer: dict[str, Any] = response.json()
        return answer


def _askings(account: Account, endpoint: v1.Endpoint) -> Iterator[tuple[str, Params]]:
    """The path and parameters of each request that the list takes: one per parent."""
    path, parent = str(endpoint.path), endpoint.parent
    if parent is None:
        yield path, {}
        return
    for row in account.all(parent.object):
        if row["id"] == account.id:
            continue  # no list of accounts shows the account itself
        params = {parent.param: row["id"]} if parent.param else {}
        for more in _needed(account, endpoint, row):
            yield path.format(parent=row["id"]), {**params, **more}


def _needed(account: Account, endpoint: v1.Endpoint, parent: dict[str, Any]) -> Iterator[Params]:
    """What a list wants to know beyond the parent."""
    if endpoint.stream == "financial_connections_account_owners":
        yield {"ownership": parent["ownership"]}
    elif endpoint.stream == "billing_meter_event_summaries":
        now = account.clock.now() // DAY * DAY
        span = {"start_time": now - 500 * DAY, "end_time": now + DAY}
        for customer in account.all("customer"):
            yield {"customer": customer["id"], "value_grouping_window": "day", **span}
    else:
        yield {}
