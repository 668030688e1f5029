# `make help` lists what there is.  Everything is fetched by package managers into .venv and node_modules.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
SOURCES := $(wildcard static/css/* static/js/* static/images/* static/build.mjs)
export RECRUIT_ENV ?= demo
# Keep what was compiled, even where the surroundings say not to: every process would compile it all again as it starts.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check bench tour assets clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: $(VENV)/run-time static/dist/manifest.json ## start the service with demo data on SQLite: http://127.0.0.1:8000
	@$(BIN)/python -m recruit.start

test: $(VENV)/development static/dist/manifest.json ## every test on SQLite and PostgreSQL, browser, linters, types, contracts
	@$(BIN)/python -m tests.everything

check: $(VENV)/development static/dist/manifest.json ## linters, types, import contracts, templates: fast
	@$(BIN)/python -m tests.everything check

bench: $(VENV)/development static/dist/manifest.json ## figures: rates as ratios to a bare page, on this machine
	@$(BIN)/python -m tests.bench

tour: $(VENV)/development static/dist/manifest.json ## a screenshot of every main page, for every role, into tour/
	@$(BIN)/python -m tests.tour

assets: static/dist/manifest.json ## build style sheet and scripts

clean: ## remove what was built and fetched; data in instance/ stays
	rm -rf $(VENV) node_modules static/dist tour .mypy_cache .ruff_cache .pytest_cache

# Set-up, each step only when its lock file has changed.
$(VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run-time: requirements.txt | $(VENV)/pip
	@echo "Fetching what the service needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt | $(VENV)/pip
	@echo "Fetching what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@ $(VENV)/run-time

node_modules/ready: package-lock.json .npmrc | $(VENV)/run-time
	@echo "Fetching the front end's packages …"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --silent --no-progress
	@touch $@

static/dist/manifest.json: $(SOURCES) node_modules/ready
	@echo "Building the front end …"
	@$(BIN)/node static/build.mjs
