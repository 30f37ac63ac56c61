"""Fixtures that every area of the tests can ask for."""

import platformdirs

# The PostgreSQL server's lock is kept there. Where the directory is missing, it would be kept where
# the first user of the machine bars it to the others.
platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)

pytest_plugins = ["tests.warehouse.fixtures", "tests.demo_run"]
