"""A stream's entry in the documentation."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

from tap_stripe.streams import StripeStream
from tap_stripe.streams.columns import ACCOUNT_ID

from .changes import MEANING, changes, deletions
from .markdown import code, link
from .requests import children, endpoint, permissions, requests

FIRST_VERSION = "0.1.0"
SINCE: Mapping[str, str] = {}
"""The version of tap-stripe that brought a table, for those that the first one did not have."""


def entry(stream: type[StripeStream]) -> list[str]:
    """The lines of a stream's entry."""
    table = stream.table()
    facts = {
        "Read from": endpoint(stream),
        "Key": _key(stream),
        "Changes": changes(stream),
        "Deletions": deletions(stream),
        "Children": ", ".join(link(code(name), "", name) for name in children(stream)),
        "Permissions": permissions(stream),
        "Product": stream.product,
        "Requests": requests(stream),
        "Selected by default": selection(stream),
        "Since": SINCE.get(table, FIRST_VERSION),
    }
    said = [f"- {name}: {text}" for name, text in facts.items() if text]
    return [f"### {table}", "", *_paragraphs(stream), *said, ""]


def overview(stream: type[StripeStream]) -> list[str]:
    """The cells of a stream's row in the table of its area."""
    table = stream.table()
    name, _ = MEANING[stream.change_class()]
    return [link(code(table), "", table), summary(stream), name, selection(stream)]


def summary(stream: type[StripeStream]) -> str:
    """What the table holds, in a line."""
    return _doc(stream).split("\n\n", maxsplit=1)[0].replace("\n", " ")


def selection(stream: type[StripeStream]) -> str:
    """Whether the table is selected unless told otherwise, and why not."""
    reason = stream.off_because()
    return f"no: {reason}" if reason else "yes"


def _key(stream: type[StripeStream]) -> str:
    key = code(*stream.primary_keys)
    if stream.of_platform:
        return f"{key}; connected accounts are not asked"
    if stream.ids_per_account:
        return f"{key}; with connected accounts also {code(ACCOUNT_ID)}"
    return key


def _doc(stream: type[StripeStream]) -> str:
    return inspect.cleandoc(stream.__doc__ or "")


def _paragraphs(stream: type[StripeStream]) -> list[str]:
    paragraphs = _doc(stream).split("\n\n")
    return [line for text in paragraphs for line in (text.replace("\n", " "), "")]
