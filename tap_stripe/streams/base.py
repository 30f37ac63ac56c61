"""What a stream declares about its Stripe object.

A class per table; its attributes say where Stripe lists the objects and how changes show. The
machinery in `tap_stripe.sync` reads them; nothing is programmed per object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from singer_sdk import Stream
from singer_sdk.helpers.conform import TypeConformanceLevel

from tap_stripe.singer.shape import Shape, compile_shape
from tap_stripe.streams.columns import DELETED_AT, Column

if TYPE_CHECKING:
    from singer_sdk import Tap
    from singer_sdk.helpers.types import Context

    from tap_stripe.streams.cuts import Cut
    from tap_stripe.streams.silent import Silent

_PACKAGED = Path(__file__).parents[1] / "schemas"
_CHECKOUT = Path(__file__).parents[2] / "schemas"


@dataclass(frozen=True)
class NestedList:
    """A list object inside an object, of which Stripe embeds the first ten entries only."""

    field: str
    path: str
    """The endpoint with all entries; `{id}` stands for the object's id."""
    params: tuple[tuple[str, str], ...] = ()
    """Parameters of that endpoint; `{id}` likewise."""


class StripeStream(Stream):
    """A table of Stripe objects."""

    stripe_object: ClassVar[str]
    """The value of the objects' `object` field, by which events are matched."""
    permission: ClassVar[str]
    """What a restricted key needs to read them."""

    path: ClassVar[str] = ""
    """The list endpoint; empty for a table that is only cut out of another's objects."""
    params: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Parameters that every list request carries."""
    variants: ClassVar[tuple[tuple[tuple[str, str], ...], ...]] = ((),)
    """Parameter sets that only together list all objects, each read on its own."""
    created_filter: ClassVar[str | None] = "created"
    created_field: ClassVar[str] = "created"
    paged: ClassVar[bool] = True
    """False for the few lists that come whole and refuse `limit`."""
    expand: ClassVar[tuple[str, ...]] = ()
    """Fields that Stripe sends only when asked."""
    nested: ClassVar[tuple[NestedList, ...]] = ()
    references: ClassVar[tuple[str, ...]] = ()
    """Where Stripe embeds an object whole that has a table of its own: kept as its id."""

    events: ClassVar[tuple[str, ...]] = ()
    """Types of the events that carry the object: how new, changed and deleted ones show."""
    follows: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Other objects whose events mean that this one has changed, and where they hold its id:
    several paths where API versions differ."""
    embeds: ClassVar[Mapping[str, str]] = {}
    """Objects that are embedded whole and may change by themselves, and the filter by which the
    list finds what holds them."""
    deletable: ClassVar[bool] = False
    """Whether objects can vanish in Stripe; their rows are flagged then."""
    silent: ClassVar[Silent | None] = None
    """How changes without an event are found."""
    retention_days: ClassVar[int | None] = None
    """How far back Stripe lists the objects; None: for ever."""

    cuts: ClassVar[tuple[Cut, ...]] = ()
    """Where the table's entries stand in other objects."""
    added: ClassVar[Mapping[str, Column]] = {}
    """Columns beyond the object's own fields."""

    primary_keys: ClassVar[tuple[str, ...]] = ("id",)
    replication_key: ClassVar[str | None] = "created"

    TYPE_CONFORMANCE_LEVEL = TypeConformanceLevel.NONE
    """Records are shaped here already."""

    def __init__(self, tap: Tap) -> None:
        """Load the stream's schema."""
        super().__init__(tap, schema=load_schema(self.name))

    def shaper(self, expanded: Iterable[str], unknown: Callable[[str], None]) -> Shape:
        """Compile how Stripe's objects become this table's records, as selected.

        Args:
            expanded: Paths of references that are asked for in full.
            unknown: Told each field that the schema lacks.
        """
        shape = compile_shape(
            self.schema,
            selected=lambda crumb: self.mask[crumb],
            expanded=frozenset((*expanded, *self.references)),
            unknown=unknown,
        )
        values = {name: added.value for name, added in self.added.items() if added.value}
        flag = {DELETED_AT: None} if self.deletable and self.wants(DELETED_AT) else {}

        def record(stripe_object: dict[str, Any]) -> Any:
            added = {name: value(stripe_object) for name, value in values.items()}
            return shape({**flag, **stripe_object, **added})

        return record

    def wants(self, column: str) -> bool:
        """Whether a column is selected."""
        return column in self.schema["properties"] and self.mask["properties", column]

    def get_records(self, context: Context | None) -> Iterable[dict[str, Any]]:  # noqa: ARG002
        """The newest records, a page at most: what `--test` looks at.

        A sync does not come this way: it reads all streams together, see `tap_stripe.sync`.
        """
        yield from self._tap.look_at(self)  # type: ignore[attr-defined]


def load_schema(stream: str) -> dict[str, Any]:
    """Read the generated schema of a stream, from the wheel or from the checkout.

    Raises:
        FileNotFoundError: There is none; `make schemas` writes it.
    """
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    schema: dict[str, Any] = orjson.loads((folder / f"{stream}.json").read_bytes())
    return schema
