"""Invented companies, people and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST = _words(
    "Ada Amir Anna Arjun Beatriz Bram Carla Chloe Daan Diego Elena Emma Felix Fatima Grace Hana "
    "Hugo Ines Ivan Jonas Julia Kenji Lara Leon Lucia Maya Mei Milan Nadia Noah Olga Omar Paula "
    "Priya Quinn Rosa Ruth Sam Sofia Tariq Theo Uma Viktor Wanda Yara Yuki Zoe"
)
_LAST = _words(
    "Abbott Adler Baker Becker Bianchi Castro Chen Clarke Costa Diaz Dubois Evans Fischer Garcia "
    "Hansen Hoffmann Ito Jansen Keller Khan Kowalski Laurent Lopez Martin Meyer Moreau Mori Nagy "
    "Novak Okafor Patel Petrov Quist Rossi Sato Silva Smit Tanaka Vos Weber Wright Young Zhang"
)
_THINGS = _words(
    "Amber Anchor Aspen Beacon Birch Bramble Canopy Cedar Cobalt Compass Copper Delta Ember Falcon "
    "Fjord Granite Harbor Hazel Indigo Juniper Kestrel Lantern Larch Maple Meridian Nimbus Onyx "
    "Orchard Pebble Pioneer Quarry Raven Saffron Sequoia Summit Thistle Umber Vector Willow Zephyr"
)
_TRADES = _words(
    "Analytics Bakery Biotech Books Clinics Coffee Consulting Design Energy Foods Freight Games "
    "Health Homes Hotels Insurance Labs Legal Logistics Media Motors Outdoor Partners Pharma "
    "Robotics Security Software Sports Studio Systems Textiles Travel Wines Works"
)


@dataclass(frozen=True)
class Place:
    """A city as postal addresses name it."""

    country: str
    city: str
    postal_code: str
    state: str | None
    street: str


_PLACES = {
    "usd": (
        Place("US", "San Francisco", "94107", "CA", "Brannan Street"),
        Place("US", "New York", "10013", "NY", "Hudson Street"),
        Place("US", "Austin", "78701", "TX", "Congress Avenue"),
        Place("US", "Portland", "97205", "OR", "Alder Street"),
        Place("CA", "Toronto", "M5V 2T6", "ON", "King Street West"),
    ),
    "eur": (
        Place("DE", "Berlin", "10119", None, "Torstraße"),
        Place("FR", "Lyon", "69002", None, "Rue Mercière"),
        Place("NL", "Utrecht", "3511", None, "Oudegracht"),
        Place("ES", "Valencia", "46003", None, "Calle de la Paz"),
        Place("IE", "Dublin", "D02 XE80", None, "Camden Street"),
    ),
    "gbp": (
        Place("GB", "London", "EC2A 4NE", None, "Great Eastern Street"),
        Place("GB", "Leeds", "LS1 4DY", None, "Wellington Street"),
    ),
    "jpy": (
        Place("JP", "Tokyo", "150-0001", "Tokyo", "Jingumae"),
        Place("JP", "Osaka", "530-0001", "Osaka", "Umeda"),
    ),
}
TAX_ID_TYPES = {"DE": "eu_vat", "FR": "eu_vat", "NL": "eu_vat", "ES": "eu_vat", "IE": "eu_vat"} | {
    "GB": "gb_vat",
    "JP": "jp_cn",
    "US": "us_ein",
    "CA": "ca_bn",
}


def person(rng: Random) -> str:
    """A person's full name."""
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def company(rng: Random) -> str:
    """A company's name."""
    return f"{rng.choice(_THINGS)} {rng.choice(_TRADES)}"


def email(name: str, company_name: str, number: int) -> str:
    """An address under a reserved domain, unique by the number."""
    mailbox = name.lower().replace(" ", ".")
    return f"{mailbox}@{company_name.lower().replace(' ', '-')}-{number}.example"


def address(rng: Random, currency: str) -> dict[str, str | None]:
    """A postal address in a country where the currency is used."""
    place = rng.choice(_PLACES[currency])
    return {
        "city": place.city,
        "country": place.country,
        "line1": f"{rng.randint(1, 180)} {place.street}",
        "line2": None,
        "postal_code": place.postal_code,
        "state": place.state,
    }


def tax_number(rng: Random, country: str) -> str:
    """A tax number in the form of its country."""
    digits = f"{rng.randrange(10**9):09d}"
    kind = TAX_ID_TYPES[country]
    if kind == "eu_vat":
        return country + digits
    return {
        "gb_vat": f"GB{digits}",
        "jp_cn": f"7{digits}{rng.randrange(1000):03d}",
        "us_ein": f"{digits[:2]}-{digits[2:]}",
        "ca_bn": digits,
    }[kind]
