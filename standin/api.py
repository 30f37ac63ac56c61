"""Stripe's API without HTTP: a request in, an answer out."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from standin import errors, official
from standin.account import Account
from standin.errors import ApiError
from standin.expand import NO_EXPANSION, Expander, Expansion
from standin.facts import Endpoint
from standin.keys import ApiKey
from standin.lists import page, visible_until
from standin.query import Params, check
from standin.router import Route, Router
from standin.store import Row
from standin.v2.api import PREFIX as V2_PREFIX
from standin.v2.api import ApiV2

Data = dict[str, Any]

_EXPAND = {"expand": official.Parameter("list")}


@dataclass(frozen=True)
class Question:
    """A request: ``headers`` by lower-case name, ``params`` as ``query.parse`` gives them."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Params = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """A status, a JSON body, and headers besides those that every answer has."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def refusal(error: ApiError) -> Answer:
    """An error as an answer."""
    return Answer(error.status, orjson.dumps(error.body), error.headers)


class Api:
    """Answers requests from an account's state, or from that of an account connected to it."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._facts = account.ledger.facts
        self._router = Router(self._facts.endpoints)
        self._expander = Expander(self._facts)
        self._v2 = ApiV2(account.v2, account.secret_key)
        self._connected: dict[str, Api] = {}

    def operation(self, path: str) -> str:
        """The unit of Stripe's rate limits that a path belongs to: its pattern, if it has one."""
        route = self._router.find(path) or self._v2.route(path)
        return route.operation if route else path

    def answer(self, question: Question) -> Answer:
        """The answer, errors included."""
        with self._account.lock:
            try:
                return Answer(200, self._body(question))
            except ApiError as error:
                return refusal(error)

    def _body(self, question: Question) -> bytes:
        key = self._authenticate(question.headers)
        version = question.headers.get("stripe-version")
        if version is not None and version not in official.api_versions():
            raise errors.unknown_version(version)
        account = question.headers.get("stripe-account", self._account.id)
        if account == self._account.id:
            return self._own(key, question)
        other = self._acting_for(key, account)
        with other._account.lock:  # noqa: SLF001
            return other._own(key, question)  # noqa: SLF001

    def _acting_for(self, key: ApiKey, account: str) -> Api:
        """What answers for a connected account. Raises ApiError where the key has no access."""
        if not key.connect:
            raise errors.no_connect_permissions()
        if account not in self._account.connected:
            raise errors.foreign_account(key.secret, account)
        if account not in self._connected:
            self._connected[account] = Api(self._account.connected[account])
        return self._connected[account]

    def _own(self, key: ApiKey, question: Question) -> bytes:
        """The answer from this account's own state, to a key that was accepted."""
        if question.method != "GET":
            raise errors.not_reading(question.method, question.path)
        for path, disabled in self._account.disabled.items():
            if question.path == path or question.path.startswith(f"{path}/"):
                raise ApiError(disabled.status, disabled.message)
        if question.path.startswith(V2_PREFIX):
            return self._v2.body(
                question.path,
                question.params,
                question.headers,
                demand=lambda permission: self._demand(key, permission),
            )
        route = self._router.find(question.path)
        if route is None:
            raise errors.unknown_url(question.method, question.path)
        if route.endpoint.test_only and self._account.livemode:
            raise errors.only_in_testmode()
        self._demand(key, route.endpoint.permission)
        if route.is_list:
            return self._list(key, route, question)
        return self._retrieve(key, route, question)

    def _authenticate(self, headers: Mapping[str, str]) -> ApiKey:
        scheme, _, credentials = headers.get("authorization", "").partition(" ")
        secret = credentials.strip()
        if scheme.lower() == "basic":
            secret = _user_name(secret)
        if not secret:
            raise errors.no_key()
        if secret.startswith("pk_"):
            raise errors.publishable_key()
        if secret.startswith("sk_org_") and "stripe-context" not in headers:
            raise errors.organisation_key()
        key = self._account.keyring.keys.get(secret)
        if key is None:
            raise errors.wrong_key(secret)
        if key.expired:
            raise errors.expired_key(secret)
        if key.barred:
            raise errors.barred_key()
        return key

    def _demand(self, key: ApiKey, permission: str | None) -> None:
        if permission is not None and not key.allows(permission):
            label = self._account.permissions[permission]
            raise errors.missing_permission(key.secret, self._account.id, permission, label)

    def _expansion(
        self, key: ApiKey, endpoint: Endpoint, params: Params, *, in_list: bool
    ) -> Expansion:
        if "expand" not in params:
            return NO_EXPANSION
        return self._expander.understand(
            endpoint.objects,
            params["expand"],
            in_list=in_list,
            demand=lambda permission: self._demand(key, permission),
        )

    def _list(self, key: ApiKey, route: Route[Endpoint], question: Question) -> bytes:
        endpoint = route.endpoint
        params = check(question.params, endpoint.params)
        parent = route.parent
        missing = [name for name in endpoint.required if name not in params]
        if missing:
            raise errors.missing_parameter(missing[0])
        if endpoint.parent and endpoint.parent.param:
            parent = params[endpoint.parent.param]
        self._check_parent(endpoint, parent)
        expansion = self._expansion(key, endpoint, params, in_list=True)
        return page(
            self._account,
            endpoint,
            params,
            parent=parent,
            path=question.path,
            expansion=expansion,
        )

    def _check_parent(self, endpoint: Endpoint, parent: str | None) -> None:
        if endpoint.parent is None:
            return
        kind, param = endpoint.parent.object, endpoint.parent.param
        if parent not in self._account.ledger.store.table(kind).rows:
            raise errors.missing_object(400 if param else 404, kind, str(parent), param or kind)

    def _retrieve(self, key: ApiKey, route: Route[Endpoint], question: Question) -> bytes:
        endpoint = route.endpoint
        params = check(question.params, _EXPAND)
        if route.parent is not None:
            self._check_parent(endpoint, route.parent)
        row_id = self._account.id if route.id is None else route.id
        row = self._find(endpoint, row_id, route.parent)
        if isinstance(row, dict):
            return orjson.dumps(row)
        expansion = self._expansion(key, endpoint, params, in_list=False)
        renderer = self._account.ledger.renderer
        return renderer.json(row, expansion.tree, expansion.signature)

    def _find(self, endpoint: Endpoint, object_id: str, parent: str | None) -> Row | Data:
        """A live row, or what is left of a deleted object. Raises ApiError."""
        kind = endpoint.object
        ledger = self._account.ledger
        collection = ledger.store.collection(endpoint.objects)
        if kind == "event":
            ledger.feed.forget_old()
            if object_id in ledger.feed.aged_out:
                raise errors.aged_out(object_id, "id")
        known = ledger.facts.object(kind)
        row_id = known.row_id(object_id, parent)
        row = collection.rows.get(row_id)
        end = visible_until(self._account, kind)
        seen = row is not None and (end is None or row.key.time <= end)
        lookup = endpoint.parent.lookup if endpoint.parent and parent else None
        if row is not None and seen and (lookup is None or lookup.of(row) == parent):
            return row
        if known.retrievable and row_id in collection.deleted:
            return ledger.renderer.gone(collection.deleted[row_id])
        raise errors.missing_object(404, kind, object_id, "id")


def _user_name(credentials: str) -> str:
    """The user name of Basic credentials, or the credentials themselves if they are malformed."""
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[0]
    except ValueError:
        return credentials
