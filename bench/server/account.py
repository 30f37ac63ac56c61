"""What the server answers: which path is asked for, and how."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import orjson

from bench.server.changes import Feed
from bench.server.objects import ObjectKind
from bench.server.stats import Stats
from bench.server.tables import KINDS, Ask, Table
from standin import errors
from standin.limits import Limiter

PREFIX = "/_bench/"
_EVENTS = "/v1/events"
_OWN = "/v1/account"
_OTHER = "obj_"


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    body: list[bytes]
    """JSON, in pieces."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Account:
    """A Stripe account that holds nothing and lists millions."""

    def __init__(
        self, sizes: Mapping[str, int], changed: int, others: int, limiter: Limiter
    ) -> None:
        """Lay out the tables.

        Args:
            sizes: How many objects each table of realistic objects has.
            changed: How many objects changed lately.
            others: How many small objects every other list has.
            limiter: Refuses what Stripe would.
        """
        self.stats = Stats()
        self._limiter = limiter
        self._others = others
        tables = {name: Table(f"/v1/{name}", kind, sizes[name]) for name, kind in KINDS.items()}
        self._tables = {f"/v1/{name}": table for name, table in tables.items()}
        self._feed = Feed(tables, changed)

    def answer(self, target: str) -> Answer:
        """Answer a GET.

        Args:
            target: Path and query.
        """
        path, _, query = target.partition("?")
        if path.startswith(PREFIX):
            return Answer([orjson.dumps(self.stats.shown())])
        if path == _OWN:
            self.stats.count(path, refused=False)
            return Answer([b'{"id":"acct_bench","object":"account"}'])
        name, id_ = self._split(path)
        table = self._tables.get(name) or self._other(name)
        endpoint = name if id_ is None else f"{name}/{{id}}"
        try:
            self._limiter.enter(endpoint)
        except errors.ApiError as error:
            self.stats.count(endpoint, refused=True)
            return _refusal(error)
        self._limiter.leave()
        self.stats.count(endpoint, refused=False)
        if id_ is not None:
            found = table.find(id_)
            if found is None:
                return _refusal(errors.missing_object(404, table.kind.name, id_, "id"))
            return self._sent(found, 1)
        if not path.startswith("/v1/"):
            return Answer([b'{"data":[],"next_page_url":null,"previous_page_url":null}'])
        asked = parse_qsl(query)
        if path == _EVENTS:
            types = [value for key, value in asked if key.startswith("types[")]
            return self._sent(*self._feed.page(_ask(asked), types))
        return self._sent(*table.page(_ask(asked)))

    def _split(self, path: str) -> tuple[str, str | None]:
        """The list that a path belongs to, and the id in it, if it has one."""
        name, _, last = path.rpartition("/")
        return (name, last) if name in self._tables or last.startswith(_OTHER) else (path, None)

    def _sent(self, body: list[bytes], objects: int) -> Answer:
        self.stats.objects += objects
        return Answer(body)

    @functools.lru_cache(maxsize=256)  # noqa: B019  (one account lives as long as the process)
    def _other(self, name: str) -> Table:
        """A list whose objects have a few fields only."""
        kind = ObjectKind(name.rpartition("/")[2].removesuffix("s"), _OTHER, 0)
        return Table(name, kind, self._others)


def _ask(asked: list[tuple[str, str]]) -> Ask:
    given = dict(asked)
    since, after = given.get("created[gte]"), given.get("created[gt]")
    until, before = given.get("created[lte]"), given.get("created[lt]")
    return Ask(
        limit=int(given.get("limit", 10)),
        since=int(after) + 1 if after else int(since) if since else None,
        until=int(before) - 1 if before else int(until) if until else None,
        after=given.get("starting_after"),
    )


def _refusal(error: errors.ApiError) -> Answer:
    return Answer([orjson.dumps(error.body)], error.status, error.headers)
