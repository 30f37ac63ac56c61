"""Objects that are kept as ids: the streams say where they stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scripts.generate_schemas.expansion import EXPAND_ONLY, KEPT_AS_IDS
from scripts.generate_schemas.fieldtypes import Array, Embedded, Map, Page, read_type
from scripts.generate_schemas.package import StripeClass
from scripts.generate_schemas.schema import find
from tap_stripe.streams import STREAMS, StripeStream


def kept_as_ids(owner: StripeClass, path: str, name: str) -> Iterator[str]:
    """Paths of fields that hold one such object.

    Of arrays the shape knows by itself.
    """
    for field in owner.fields():
        if f"{name}.{path}{field.name}" in EXPAND_ONLY:
            continue
        kind = read_type(field.annotation, owner)
        is_array = isinstance(kind, Array)
        while isinstance(kind, (Array, Page, Map)):
            kind = kind.value if isinstance(kind, Map) else kind.item
        for part in kind.classes if isinstance(kind, Embedded) else ():
            if part.object_name is None:
                yield from kept_as_ids(part, f"{path}{field.name}.", name)
            elif part.object_name in KEPT_AS_IDS and not is_array:
                yield f"{path}{field.name}"


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream.name)
def test_the_stream_names_every_object_that_is_kept_as_its_id(
    stream: type[StripeStream],
) -> None:
    found = [
        path
        for name in filter(None, stream.objects())
        for path in kept_as_ids(find(name)[0], "", name)
    ]
    assert sorted(stream.references) == sorted(set(found))
