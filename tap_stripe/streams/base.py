"""What a stream declares about its Stripe object.

A class per table; its attributes say where Stripe lists the objects and how changes show. The
machinery in `tap_stripe.sync` reads them; nothing is programmed per object.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from singer_sdk import Stream
from singer_sdk.helpers.conform import TypeConformanceLevel
from singer_sdk.singerlib import Metadata

from tap_stripe.api import CREATED, Listing, Paging, Range
from tap_stripe.singer.shape import Shape, compile_shape
from tap_stripe.streams.columns import ACCOUNT_ID, DELETED_AT, MODE, Column

if TYPE_CHECKING:
    from singer_sdk import Tap
    from singer_sdk.helpers.types import Context
    from singer_sdk.singerlib import Catalog

    from tap_stripe.api.client import Params
    from tap_stripe.streams.cuts import Cut
    from tap_stripe.streams.silent import Silent

_PACKAGED = Path(__file__).parents[1] / "schemas"
_CHECKOUT = Path(__file__).parents[2] / "schemas"

EVENTS, THIN_EVENTS = "events", "v2_core_events"
"""The streams that tell what has changed in others: of API v1, of API v2."""


class ChangeClass(Enum):
    """How changes of a table's objects are found."""

    EVENTS = "events"
    """Every change has an event."""
    PARENT = "parent"
    """The entries stand in other objects, and come again whenever those change."""
    WATCHED = "watched"
    """Events, and open objects are looked at in each run."""
    RECENT = "recent"
    """What was created lately is read again in each run."""
    PENDING = "pending"
    """What had not settled is met again in each run."""
    IMMUTABLE = "immutable"
    """Nothing ever changes; new objects are read."""
    REREAD = "reread"
    """No event tells: the whole table is read in each run."""


@dataclass(frozen=True)
class NestedList:
    """A list object inside an object, of which Stripe embeds the first ten entries only."""

    field: str
    """Where it stands; dots lead into inner objects."""
    path: str
    """The endpoint with all entries; `{id}` stands for the object's id."""
    params: tuple[tuple[str, str], ...] = ()
    """Parameters of that endpoint; `{id}` likewise."""


@dataclass(frozen=True)
class ListedPer:
    """A list that is asked for once per object of another list."""

    parent: str
    """Name of the stream with those objects."""
    param: str
    """The parameter that takes their ids."""


class StripeStream(Stream):
    """A table of Stripe objects."""

    stripe_object: ClassVar[str | tuple[str, ...]]
    """The value of the objects' `object` field, by which events are matched; several where a list
    is mixed; empty where all columns are the table's own."""
    permissions: ClassVar[tuple[str, ...]] = ()
    """What a restricted key needs to read them; empty where Stripe does not document it."""
    product: ClassVar[str] = ""
    """The product of Stripe's that an account must have switched on."""

    optional: ClassVar[str] = ""
    """Why the table is not selected unless asked for, where that is a matter of taste."""

    path: ClassVar[str] = ""
    """The list endpoint; empty for a table that is only cut out of another's objects."""
    params: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Parameters that every list request carries."""
    variants: ClassVar[tuple[tuple[tuple[str, str], ...], ...]] = ((),)
    """Parameter sets that only together list all objects, each read on its own."""
    listed_per: ClassVar[ListedPer | None] = None
    """Where the list is one of another object's."""
    range: ClassVar[Range | None] = CREATED
    created_field: ClassVar[str] = "created"
    paging: ClassVar[Paging] = Paging.CURSOR
    unlisted: ClassVar[bool] = False
    """Whether the list leaves out objects that events and retrieval still show."""
    expand: ClassVar[tuple[str, ...]] = ()
    """Fields that Stripe sends only when asked."""
    include: ClassVar[tuple[str, ...]] = ()
    """Fields that Stripe sends only when an object is retrieved alone (API v2)."""
    nested: ClassVar[tuple[NestedList, ...]] = ()
    references: ClassVar[tuple[str, ...]] = ()
    """Where Stripe embeds an object whole that has a table of its own: kept as its id."""

    events: ClassVar[tuple[str, ...]] = ()
    """Types of the events that carry the object: how new, changed and deleted ones show."""
    feed: ClassVar[str] = EVENTS
    """The stream that has those events."""
    follows: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Other objects whose events mean that this one (or the parent of a table's entries) has
    changed, and where they hold its id: several paths where API versions differ."""
    embeds: ClassVar[Mapping[str, str]] = {}
    """Objects that are embedded whole and may change by themselves, and the filter by which the
    list finds what holds them."""
    removed_by: ClassVar[tuple[str, ...]] = (".deleted",)
    """How the types of events end that take an entry out of its parent."""
    deletable: ClassVar[bool] = False
    """Whether objects can vanish in Stripe; their rows are flagged then."""
    permanent: ClassVar[bool] = False
    """Whether no object ever leaves the list, so that a full re-read has no rows to call off."""
    silent: ClassVar[Silent | None] = None
    """How changes without an event are found."""
    unseen: ClassVar[str] = ""
    """Which changes stay unseen, and when they are caught up."""
    retention_days: ClassVar[int | None] = None
    """How far back Stripe lists the objects; None: for ever."""

    of_platform: ClassVar[bool] = False
    """Whether connected accounts are not asked: only a platform has such objects, or they are
    Stripe's own and the same for everybody."""
    ids_per_account: ClassVar[bool] = False
    """Whether another account may have the same key. Then `account_id` is part of it, once
    connected accounts are synced."""

    cuts: ClassVar[tuple[Cut, ...]] = ()
    """Where the table's entries stand in other objects."""
    added: ClassVar[Mapping[str, Column]] = {}
    """Columns beyond the object's own fields."""
    modeless: ClassVar[bool] = False
    """Whether not each object says its mode (`livemode`): the run's key says it then."""

    primary_keys: ClassVar[tuple[str, ...]] = ("id",)
    replication_key: ClassVar[str | None] = "created"
    """None where nothing tells what is new or changed: the whole table is read in each run."""

    TYPE_CONFORMANCE_LEVEL = TypeConformanceLevel.NONE
    """Records are shaped here already."""

    def __init__(self, tap: Tap) -> None:
        """Load the stream's schema."""
        super().__init__(tap, schema=load_schema(self.name))
        self.mapping = threading.Lock()
        """Held while the stream maps work on a record: several sources and accounts share them."""
        self._complete_key()

    def apply_catalog(self, catalog: Catalog) -> None:
        """Take over the choices of a catalog; the key is what the settings ask for."""
        super().apply_catalog(catalog)
        self._complete_key()
        if entry := catalog.get_stream(self.name):
            for key in self.primary_keys:  # a catalog made before may leave one out
                if column := entry.metadata.get(("properties", key)):
                    column.inclusion = Metadata.InclusionType.AUTOMATIC

    def _complete_key(self) -> None:
        """Tell the rows of several accounts apart, where their ids don't."""
        is_told = not self.ids_per_account or ACCOUNT_ID in self.primary_keys
        if self.config.get("connected_accounts") and not is_told:
            self.primary_keys = (ACCOUNT_ID, *self.primary_keys)  # type: ignore[misc]

    @classmethod
    def table(cls) -> str:
        """The stream's name, which the SDK declares on instances only."""
        return str(vars(cls)["name"])

    @classmethod
    def objects(cls) -> tuple[str, ...]:
        """Names of the Stripe objects in the table, as their `object` field has them."""
        names = cls.stripe_object
        return names if isinstance(names, tuple) else (names,)

    @classmethod
    def change_class(cls) -> ChangeClass:
        """How the table learns of changes, as the other attributes declare it."""
        if cls.replication_key is None:
            return ChangeClass.REREAD
        if cls.silent is not None:
            return ChangeClass(cls.silent.change_class)
        if cls.cuts:
            return ChangeClass.PARENT
        return ChangeClass.EVENTS if cls.events or cls.follows else ChangeClass.IMMUTABLE

    @property
    def calls_off(self) -> bool:
        """Whether a full re-read shows which rows have gone in Stripe.

        It does not where nothing can go, nor where Stripe stops listing what is still true.
        """
        return not self.permanent and self.retention_days is None

    @classmethod
    def off_because(cls) -> str:
        """Why the table is not selected unless asked for; empty where it is."""
        if any(cut.costs_requests for cut in cls.cuts):
            return "a request for each object of its parent"
        if cls.include:
            return "a request for each object"
        return f"needs {cls.product}" if cls.product else cls.optional

    @property
    def selected_by_default(self) -> bool:  # type: ignore[override]
        """Whether the catalog selects the table unless told otherwise."""
        return not self.off_because()

    @property
    def selected(self) -> bool:
        """Whether the catalog selects the table.

        For one that the catalog lacks, the SDK would work through all of its columns first.
        """
        catalog = self._tap.input_catalog
        if self._mask is None and catalog is not None and self.name not in catalog:
            return False
        return super().selected

    @selected.setter
    def selected(self, value: bool | None) -> None:
        self.metadata.root.selected = value
        self._mask = self.metadata.resolve_selection()

    @classmethod
    def listing(cls, params: Params = ()) -> Listing:
        """The list of the objects.

        Args:
            params: Parameters beyond the stream's own.
        """
        query = (*cls.params, *params)
        return Listing(cls.path, query, cls.range, cls.created_field, cls.paging)

    def shaper(self, expanded: Iterable[str], unknown: Callable[[str], None]) -> Shape:
        """Compile how Stripe's objects become this table's records, as selected.

        Args:
            expanded: Paths of references that are asked for in full.
            unknown: Told each field that the schema lacks.
        """
        # Where only some objects say their mode, all take it from the run; see `shared`.
        supplied = {("properties", MODE)} if self.modeless else set()
        shape = compile_shape(
            self.schema,
            selected=lambda crumb: self.mask[crumb] and crumb not in supplied,
            expanded=frozenset((*expanded, *self.references)),
            unknown=unknown,
        )
        values = {name: added.value for name, added in self.added.items() if added.value}
        flagged = self.deletable and self.wants(DELETED_AT)
        if not values and not flagged:
            return shape

        def record(stripe_object: dict[str, Any]) -> Any:
            if values:
                added = {name: value(stripe_object) for name, value in values.items()}
                stripe_object = {**stripe_object, **added}
            shaped = shape(stripe_object)
            if flagged and DELETED_AT not in shaped:
                shaped = shaped if shaped is not stripe_object else {**stripe_object}
                shaped[DELETED_AT] = None
            return shaped

        return record

    def shared(self, account: str | None, *, livemode: bool | None) -> dict[str, Any]:
        """The columns, as selected, that have one value in all records of an account.

        Args:
            account: The account's id; None where the key may not tell it.
            livemode: The key's mode; None where it doesn't show.
        """
        columns: dict[str, Any] = {ACCOUNT_ID: account}
        if self.modeless:
            columns[MODE] = livemode
        return {name: value for name, value in columns.items() if self.wants(name)}

    def wants(self, column: str) -> bool:
        """Whether a column is selected; a dot leads into an inner object, which counts whole."""
        name, _, _ = column.partition(".")
        return name in self.schema["properties"] and self.mask["properties", name]

    def get_records(self, context: Context | None) -> Iterable[dict[str, Any]]:  # noqa: ARG002
        """The newest records, a page at most: what `--test` looks at.

        A sync does not come this way: it reads all streams together, see `tap_stripe.sync`.
        """
        yield from self._tap.look_at(self)  # type: ignore[attr-defined]


class StripeV2Stream(StripeStream):
    """A table of objects of API v2, which has pages, times and events of its own."""

    paging = Paging.URL
    feed = THIN_EVENTS


def load_schema(stream: str) -> dict[str, Any]:
    """Read the generated schema of a stream, from the wheel or from the checkout.

    Raises:
        FileNotFoundError: There is none; `make schemas` writes it.
    """
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    schema: dict[str, Any] = orjson.loads((folder / f"{stream}.json").read_bytes())
    return schema
