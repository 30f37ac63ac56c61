"""API v2 without HTTP: a question whose key was accepted, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from standin.errors import no_key, unknown_url
from standin.query import check
from standin.router import Route, Router
from standin.store import Row
from standin.v2 import errors
from standin.v2.facts import EVENT, Endpoint
from standin.v2.include import shown
from standin.v2.lists import page
from standin.v2.resources import Resources

PREFIX = "/v2/"
Params = dict[str, Any]


class ApiV2:
    """Answers from the objects of ``account.v2``; ``secret`` seals its page tokens."""

    def __init__(self, resources: Resources, secret: str) -> None:
        self._resources = resources
        self._secret = secret
        self._router = Router(resources.facts.endpoints)

    def route(self, path: str) -> Route[Endpoint] | None:
        """What a path leads to."""
        return self._router.find(path)

    def body(
        self,
        path: str,
        params: Params,
        headers: Mapping[str, str],
        demand: Callable[[str | None], None],
    ) -> bytes:
        """The answer to a GET. ``demand`` is called with the permission that it takes.

        Raises ApiError.
        """
        if not headers.get("authorization", "").lower().startswith("bearer "):
            raise no_key()
        if "stripe-version" not in headers:
            raise errors.no_version()
        route = self.route(path)
        if route is None:
            raise unknown_url("GET", path)
        demand(route.endpoint.permission)
        if route.endpoint.object == EVENT:
            self._resources.feed.forget_old()
        self._check_parent(route)
        if route.is_list:
            answer = page(
                self._resources,
                route.endpoint,
                params,
                path=path,
                parent=route.parent,
                secret=self._secret,
            )
        else:
            included = check(params, route.endpoint.retrieve_params).get("include", ())
            row = self._find(route)
            answer = shown(self._resources.store, route.endpoint, row, included)
        return orjson.dumps(answer)

    def _check_parent(self, route: Route[Endpoint]) -> None:
        parent = route.endpoint.parent
        if parent and route.parent not in self._resources.store.table(parent).rows:
            raise errors.not_found()

    def _find(self, route: Route[Endpoint]) -> Row:
        endpoint = route.endpoint
        row = self._resources.store.table(endpoint.object).rows.get(str(route.id))
        until = self._resources.visible_until(endpoint)
        if row is None or (until is not None and row.key.time > until):
            raise errors.not_found()
        if endpoint.link and row.data[endpoint.link] != route.parent:
            raise errors.not_found()
        return row
