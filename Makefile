# Everything runs in .venv, built from the lock files by a pinned uv. Python 3.11+ and make are all you need.
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
UV := VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv

.PHONY: demo test check mutations bench gallery screens texts vendor lock format clean run-env dev-env

run-env: $(VENV)/.run-stamp
dev-env: $(VENV)/.dev-stamp

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.run-stamp: requirements.lock pyproject.toml | $(BIN)/uv
	$(UV) pip install --quiet --compile-bytecode --require-hashes --requirement requirements.lock
	$(UV) pip install --quiet --no-deps --editable .
	$(BIN)/python -m compileall -q src
	touch $@

$(VENV)/.dev-stamp: requirements-dev.lock $(VENV)/.run-stamp
	$(UV) pip install --quiet --compile-bytecode --require-hashes --requirement requirements-dev.lock
	touch $@

demo: run-env  ## plan the case that ships with Comity
	$(BIN)/comity plan examples/phishing --on 2026-11-24

test: dev-env  ## run every test, a file to a core, and those of the node a second time on PostgreSQL where it is installed
	$(BIN)/pytest --numprocesses auto --dist loadfile
	$(BIN)/python tools/postgres.py --or-skip $(BIN)/pytest --numprocesses auto --dist loadfile tests/node

check: dev-env  ## what CI runs beside the tests: lint, format, types, import contracts, derived files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/comity law check
	$(BIN)/comity law build --check
	$(BIN)/python -m comity.plan.schemas
	$(BIN)/python -m comity.letters.schemas
	$(BIN)/python tools/texts.py --check

mutations: dev-env  ## over 40,000 changes to a package and 75 kills: many minutes, so not in every test run
	MUTATIONS=12000 KILLS=25 STEP=1 $(BIN)/pytest tests/properties/test_package_mutations.py tests/faults \
	  tests/vectors/test_package_interop.py

bench: dev-env  ## print the figures that docs and README name, with machine and versions
	$(BIN)/python -m bench

gallery: dev-env  ## build docs/gallery: pages of letters as pictures
	$(BIN)/python tools/gallery.py

screens: dev-env  ## pictures of every page of the node, in build/screens
	mkdir -p build/screens
	SCREENS=build/screens $(BIN)/pytest tests/journeys/test_journey_node_pages.py

texts: dev-env  ## gather the texts of the node's pages into src/comity/node/locale and compile these
	$(BIN)/python tools/texts.py

vendor: dev-env  ## fetch the scripts of others that the node's pages use, at the versions written down
	$(BIN)/python tools/vendor.py

format: dev-env
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: | $(BIN)/uv  ## choose versions anew; commit the result
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra node --output-file requirements.lock pyproject.toml
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra node --group dev --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .coverage
