# What a newcomer and a contributor need. `make demo` and `make test` are the two to know.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
MODEL ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test setup setup-dev model format check-format lint types layers unit lock openapi docs bill offline containers screenshots clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(VENV)/.base ## Start the API and the page on the sample documents; Ctrl-C stops both
	@trap : INT; $(BIN)/precedent demo || [ $$? -eq 130 ]

test: setup-dev check-format lint types layers model unit ## All that a contribution must pass

setup: $(VENV)/.base ## Make .venv with what runs Precedent

setup-dev: $(VENV)/.dev ## Make .venv with what builds and tests it too

model: $(VENV)/.base ## Obtain and verify the embedding model, unless it is there
	@echo "== model"
	@$(BIN)/precedent models pull $(MODEL)

format: $(VENV)/.dev ## Rewrite the code in the house format
	$(BIN)/ruff check --fix --select I .
	$(BIN)/ruff format .

check-format: $(VENV)/.dev ## Fail where `make format` would change something
	@echo "== format"
	@$(BIN)/ruff format --check .

lint: $(VENV)/.dev ## Lint
	@echo "== lint"
	@$(BIN)/ruff check .

types: $(VENV)/.dev ## Check types
	@echo "== types"
	@$(BIN)/mypy

layers: $(VENV)/.dev ## Check that imports run one way
	@echo "== layers"
	@$(BIN)/lint-imports

unit: $(VENV)/.dev ## Run the tests: unit, integration, browser, documentation
	@echo "== tests"
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --durations 25 -p no:rerunfailures -m "not browser"
	@echo "== tests in a browser"
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m browser \
		--reruns 1 --max-suite-reruns 3 --rerun-show-tracebacks

lock: $(VENV)/.dev ## Remake requirements/*.txt from pyproject.toml
	$(BIN)/python tools/lock.py

openapi: $(VENV)/.dev ## Remake the committed description of the API
	$(BIN)/python -m search_api.openapi > docs/openapi.json

docs: $(VENV)/.dev ## Remake the documentation made from the code
	$(BIN)/python -m precedent.cli.reference

bill: $(VENV)/.dev ## Remake the bill of materials and the list of licences
	$(BIN)/python -m tools.bill_of_materials

offline: $(VENV)/.dev model ## Run the tests where there is no network; tell whom anything tried to reach
	$(BIN)/python -m tools.offline $(MAKE) unit

containers: $(VENV)/.dev ## Build the container images, run them, and see whether they keep their promises
	$(BIN)/python -m tools.containers

screenshots: $(VENV)/.dev model ## Take pictures of every page; those the documentation shows are rewritten
	$(BIN)/python -m tools.screenshots --docs

clean: ## Remove the environment and caches; models and indexes stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Debian ships python3 without ensurepip unless python3-venv is installed; its pip can still fill a
# bare environment.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else \
		"python %d.%d: Precedent needs 3.11 or later; name one with PYTHON=python3.11" % sys.version_info[:2])'
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
		echo "python3-venv is missing; making the environment without it"; rm -rf $(VENV); \
		$(PYTHON) -m venv --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $@ install --quiet pip; }

# The stamps are older than the locks after a pull that changed them, and then the environment is
# brought up to date; otherwise nothing is done.
$(VENV)/.base: requirements/base.txt requirements/torch.txt pyproject.toml | $(BIN)/python
	@echo "== installing pinned dependencies into $(VENV) (2 GB; some minutes the first time)"
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements/base.txt
	@$(PIP) install --quiet -r requirements/torch.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "== installing pinned development dependencies into $(VENV)"
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements/dev.txt
	@touch $@
