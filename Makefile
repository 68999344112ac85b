# Everything a user or CI calls; `make help` lists it.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKS := deploy/requirements
FEEDS ?= sample
STAMP := $(VENV)/.locked
EVAL_STAMP := $(VENV)/.locked-eval

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench eval faults dashboards lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(STAMP): $(LOCKS)/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Dateline needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)") if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCKS)/dev.txt
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(STAMP) ## make the virtual environment from the lock (nothing to do when up to date)

run: setup ## run the wire on this machine: make run [FEEDS=my.opml]
	@exec $(BIN)/dateline up --feeds $(FEEDS)

test: setup ## run the tests
	@$(BIN)/python -m pytest

check: setup ## ruff, mypy --strict and the architecture test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/architecture

bench: setup $(EVAL_STAMP) ## measure the wire, reading, polling and the duplicate index, each against a baseline in the same run
	@$(BIN)/python tests/bench/wire_bench.py
	@$(BIN)/python tests/bench/text_bench.py
	@$(BIN)/python tests/bench/poll_bench.py
	@$(BIN)/python tests/bench/dedup_bench.py

$(EVAL_STAMP): $(LOCKS)/eval.txt $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCKS)/eval.txt
	@touch $@

eval: setup $(EVAL_STAMP) ## measure reading, duplicates, what copies bring, and all of coding on the public data sets, where they are
	@for room in text residue furniture dedup copies; do echo "== $$room"; $(BIN)/python tests/quality/eval_$$room.py; done
	@echo "== coding"; if test -d ../shared/data; then $(BIN)/dateline eval ../shared/data; else echo "skipped: no data sets at ../shared/data"; fi

faults: setup ## kill the wire's processes and check the books
	@$(BIN)/python -m pytest tests/faults

dashboards: setup ## write deploy/grafana/dashboards anew
	@$(BIN)/python -m deploy.grafana.build

lock: ## write the locked requirements anew
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe --strip-extras -o $(LOCKS)/run.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe --strip-extras --extra dev --extra train -o $(LOCKS)/dev.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe --strip-extras --extra eval -c $(LOCKS)/dev.txt -o $(LOCKS)/eval.txt pyproject.toml

clean: ## remove the virtual environment and the caches (never var/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
