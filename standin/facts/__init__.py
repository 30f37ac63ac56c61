"""The facts about Stripe's objects and endpoints: what the JSON files in this folder declare.

A new endpoint is a new entry in the file of its product area; types, defaults, fields and allowed
parameters come from the official package (see ``official``).
"""

from standin.facts.load import PAGING, endpoint, load
from standin.facts.model import Endpoint, Facts, Filter, Hide, Nested, ObjectFacts, Owner, Parent

__all__ = [
    "PAGING",
    "Endpoint",
    "Facts",
    "Filter",
    "Hide",
    "Nested",
    "ObjectFacts",
    "Owner",
    "Parent",
    "endpoint",
    "load",
]
