"""What a restricted key needs for a table is what reading it takes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tap_stripe.permissions import is_documented, parents
from tap_stripe.streams import STREAMS, StripeStream
from tests.project import ROOT

CUT = [stream for stream in STREAMS if stream.cuts]
IN_PAGES = [stream for stream in CUT if not any(cut.costs_requests for cut in stream.cuts)]


def of(streams: Iterable[type[StripeStream]]) -> set[str]:
    return {name for stream in streams for name in stream.permissions}


@pytest.mark.parametrize("stream", IN_PAGES, ids=lambda stream: str(stream.table()))
def test_a_table_cut_from_pages_needs_what_the_pages_need(stream: type[StripeStream]) -> None:
    assert set(stream.permissions) == of(parents(stream))


@pytest.mark.parametrize("stream", CUT, ids=lambda stream: str(stream.table()))
def test_a_table_needs_the_product_of_its_parent(stream: type[StripeStream]) -> None:
    assert {stream.product} == {parent.product for parent in parents(stream)}


def test_the_readme_says_of_how_many_tables_the_permissions_are_not_known() -> None:
    unknown = [stream for stream in STREAMS if not is_documented(stream)]
    default = [stream for stream in unknown if not stream.off_because()]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"For {len(unknown)} tables, {len(default)} of them selected by default" in text
