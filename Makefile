# Everything is installed below this directory: the tools in .venv, the tap, the loaders and dbt in
# .meltano. The packages come from the registry, in the versions that constraints/ names.

# The first of these that is new enough; `make PYTHON=… …` names another.
PYTHONS := python3 python3.13 python3.12 python3.11 python3.10
PYTHON = $(firstword $(foreach python,$(PYTHONS),$(shell \
	$(python) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && echo $(python))))
BIN := .venv/bin
INSTALLED := .venv/.installed
PLUGINS := .meltano/.installed

# uv trusts the certificates that the system trusts, as pip does.
export UV_SYSTEM_CERTS := true
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A pipeline starts many Pythons; compiling all they import each time would take most of their time.
unexport PYTHONDONTWRITEBYTECODE
export MELTANO_SEND_ANONYMOUS_USAGE_STATS := false

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(PLUGINS) ## Load a demo account twice, show the warehouse and report on it
	@$(BIN)/python -m demo

.PHONY: test
test: $(PLUGINS) browser ## Run all tests; ARGS='-k name' runs some
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --no-loadscope-reorder $(ARGS)

.PHONY: bench
bench: $(PLUGINS) ## Measure how fast it all is; ARGS='--only cpu,live' measures less
	$(BIN)/python -m bench $(ARGS)

.PHONY: proof
proof: $(PLUGINS) ## Think up 1,000 histories and compare; HISTORIES=100 fewer
	HISTORIES=$(or $(HISTORIES),1000) $(BIN)/python -m pytest tests/proof/test_histories.py tests/proof/test_loaded_histories.py $(ARGS)

.PHONY: mutants
mutants: $(INSTALLED) ## Show that the tests catch deliberate bugs; ARGS='clock' only one
	$(BIN)/python -m tests.proof.mutants $(ARGS)

.PHONY: soak
soak: $(INSTALLED) ## Business and faulty runs without a pause for MINUTES=10
	SOAK_MINUTES=$(or $(MINUTES),10) $(BIN)/python -m pytest tests/proof/test_soak.py $(ARGS)

.PHONY: coverage
coverage: $(PLUGINS) ## Which branches of the tap the tests take
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest tests/api tests/singer tests/sync tests/tap tests/proof $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

.PHONY: lint
lint: $(INSTALLED) ## Check style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.PHONY: audit
audit: $(INSTALLED) ## Look for known vulnerabilities of the pinned packages (needs the internet)
	@for pins in constraints/*.txt; do \
		$(BIN)/uv tool run pip-audit --strict --no-deps --disable-pip --requirement $$pins || exit 1; \
	done

.PHONY: format
format: $(INSTALLED) ## Format the code
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

.PHONY: schemas
schemas: $(INSTALLED) ## Generate schemas/ from Stripe's library
	$(BIN)/python -m scripts.generate_schemas

.PHONY: docs
docs: $(INSTALLED) ## Generate docs/ from the streams
	$(BIN)/python -m scripts.document_streams
	$(BIN)/python -m tests.proof.document

.PHONY: questions
questions: demo browser ## Answer docs/questions.md with a new demo account, and picture its report
	$(BIN)/python -m scripts.answer_questions
	$(BIN)/python -m scripts.picture_report

.PHONY: browser
browser: $(INSTALLED) ## Install the browser that tests the report, where there is none
	@$(if $(BROWSER),true,$(INSTALL_BROWSER))

.PHONY: install
install: $(PLUGINS) ## Install the tools, the tap, the loaders and dbt

# dbt-core 1.12 fetches a part of itself from outside the registry.
DBT_CORE := dbt-core<1.12
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.10 \
	--no-header --no-annotate

# A browser without a screen. Debian has one; elsewhere, and for those who may not install packages,
# Playwright brings its own.
BROWSER := $(firstword $(foreach browser,chromium-headless-shell chromium google-chrome,$(shell \
	command -v $(browser))))
INSTALL_BROWSER = if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes \
		--no-install-recommends chromium-headless-shell fonts-inter fonts-liberation > /dev/null; \
	else $(BIN)/playwright install --only-shell chromium; fi

.PHONY: constraints
constraints: $(INSTALLED) ## Pin the newest versions that fit
	$(COMPILE) pyproject.toml report/pyproject.toml --extra dev --output-file constraints/dev.txt
	$(COMPILE) plugins/loaders/pyproject.toml --extra duckdb --constraint constraints/dev.txt \
		--output-file constraints/target-duckdb.txt
	$(COMPILE) plugins/loaders/pyproject.toml --extra postgres \
		--output-file constraints/target-postgres.txt
	$(COMPILE) report/pyproject.toml --constraint constraints/dev.txt \
		--output-file constraints/stripe-report.txt
	echo target-jsonl | $(COMPILE) - --output-file constraints/target-jsonl.txt
	printf 'meltano[azure,gcs,postgres,s3]~=4.4\nuv\n' | $(COMPILE) - \
		--output-file constraints/container.txt
	(echo dbt-duckdb; echo '$(DBT_CORE)'; grep '^duckdb==' constraints/dev.txt) | $(COMPILE) - \
		--output-file constraints/dbt-duckdb.txt
	(echo dbt-postgres; echo '$(DBT_CORE)') | $(COMPILE) - --output-file constraints/dbt-postgres.txt

.PHONY: clean
clean: ## Remove all that was installed, built or loaded
	rm -rf .venv .meltano build dist output/* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv installs in a second what takes pip half a minute; where it can't reach the registry, pip may.
$(INSTALLED): pyproject.toml report/pyproject.toml constraints/dev.txt
	$(or $(PYTHON),$(error tap-stripe needs Python 3.10 or newer)) -m venv .venv
	@$(BIN)/python -m pip install --quiet --constraint constraints/dev.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints/dev.txt -e '.[dev]' \
		-e report || \
		$(BIN)/python -m pip install --quiet -c constraints/dev.txt -e '.[dev]' -e report
	@touch $@

$(PLUGINS): $(INSTALLED) meltano.yml $(wildcard constraints/* plugins/loaders/pyproject.toml report/pyproject.toml)
	$(BIN)/meltano --log-level warning install || \
		MELTANO_VENV_BACKEND=virtualenv $(BIN)/meltano --log-level warning install
	@touch $@
