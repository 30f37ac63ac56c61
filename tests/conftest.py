"""Fixtures that every area of the tests can ask for."""

pytest_plugins = ["tests.warehouse.fixtures"]
