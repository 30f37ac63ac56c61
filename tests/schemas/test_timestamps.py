"""Which fields become times: a wrong one would turn an amount into a date, or a date into 1970.

``timestamps.txt`` and ``numbers.txt`` hold the decision on every integer field of the package, as
it was reviewed by eye. A new version of the package that brings an integer field fails here until
someone has put the field's path into the one or its name into the other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.generate_schemas.fieldtypes import Scalar
from scripts.generate_schemas.package import object_class
from scripts.generate_schemas.schema import object_schema
from scripts.generate_schemas.timestamps import is_time_text, is_unix_time
from tests.schemas.walk import fields

INTEGER = Scalar("integer")
TEXT = Scalar("string")


def reviewed(name: str) -> list[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def times() -> list[str]:
    found = set()
    for path, field, owner, kind in fields():
        is_time = (kind == INTEGER and is_unix_time(field.name, field.doc)) or (
            kind == TEXT and owner.is_v2 and is_time_text(field.name, field.doc)
        )
        if is_time:
            found.add(path)
    return sorted(found)


def test_times_are_the_reviewed_ones() -> None:
    assert times() == reviewed("timestamps.txt")


def test_all_other_integers_are_reviewed_numbers() -> None:
    numbers = {
        field.name
        for _, field, _, kind in fields()
        if kind == INTEGER and not is_unix_time(field.name, field.doc)
    }
    assert sorted(numbers) == reviewed("numbers.txt")


def test_a_name_means_the_same_everywhere() -> None:
    names_of_times = {path.rpartition(".")[2] for path in reviewed("timestamps.txt")}
    assert names_of_times.isdisjoint(reviewed("numbers.txt"))


@pytest.mark.parametrize(
    ("name", "doc", "expected"),
    [
        ("created", "", True),
        ("billed_until", "", True),
        ("billing_cycle_anchor", "", True),
        ("shipping_moment", "Measured in seconds since the Unix epoch.", True),
        ("days_until_due", "Number of days a customer has to pay.", False),
        ("day_of_month", "The day of the month of the billing_cycle_anchor.", False),
        (
            "exp_year",
            "Four-digit number representing the card's expiration year.",
            False,
        ),
        ("expires_after_days", "The number of days before a voucher expires.", False),
        (
            "last_seen_at",
            "Timestamp is measured in milliseconds since the Unix epoch.",
            False,
        ),
    ],
)
def test_integer_is_a_time_by_name_or_docstring(name: str, doc: str, *, expected: bool) -> None:
    assert is_unix_time(name, doc) is expected


def test_text_is_a_time_in_api_v2_only() -> None:
    account = object_schema("v2.core.account")["properties"]
    assert account["created"]["format"] == "date-time"

    # API v1 has one text field of this name; what it holds isn't RFC 3339.
    assert is_time_text("available_at", "")
    assert not object_class("source_transaction").is_v2
    paper_check = object_schema("source_transaction")["properties"]["paper_check"]
    assert "format" not in paper_check["properties"]["available_at"]


def test_day_without_time_is_no_time() -> None:
    assert not is_time_text("execute_on", "The date, in YYYY-MM-DD format.")
    assert not is_time_text("fiscal_year_end", "The close-out date, e.g. 2023-12-31.")
    assert is_time_text("created", "For example: 2022-09-18T13:22:18.123Z.")
