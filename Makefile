# Two commands: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c

export VAR_DIR ?= $(CURDIR)/var
PORT ?= 8000
PY := .venv/bin/python
MANAGE := $(PY) manage.py
WORKERS ?= 2
# What the database itself has a say in; how an engine answers is the same on both.
ON_POSTGRES := tests/units tests/disclosures tests/review tests/rules_of_publishing tests/catalog/test_models.py tests/catalog/test_workdays.py tests/pages tests/supervision tests/imports tests/policies tests/guides tests/powers tests/public/test_nul.py \
  $(addprefix tests/channels/test_,postings.py batches.py bundles.py) tests/participation tests/properties/test_participation.py tests/subscriptions tests/properties/test_subscriptions.py \
  tests/properties/test_ledger.py $(addprefix tests/search/test_,outbox.py sweep.py drain.py operations.py suggest.py spelling.py page.py commands.py)

.PHONY: help run test test-lint test-unit test-postgres test-browser test-faults test-elasticsearch9 test-long services stop-services lint format messages lock bench clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## Build what is missing and serve the demo county on http://127.0.0.1:$(PORT)
	@scripts/port_free "$(PORT)"
	scripts/venv
	scripts/prepare_site
	SITE_URL="http://127.0.0.1:$(PORT)" scripts/serve "$(PORT)"

test: ## Everything: services, lint, types, unit, both databases, browser
	@scripts/test_all

test-lint: .venv/test-stamp ## Lint, types, import contracts, templates, migrations
	@scripts/lint

test-unit: .venv/test-stamp ## Tests on SQLite, shuffled and in parallel
	@scripts/with_services $(PY) -m pytest -n $(WORKERS) -m "not browser" --ignore=tests/faults $(ARGS)

test-postgres: .venv/test-stamp ## The tests of database behaviour again, on PostgreSQL
	@scripts/with_services scripts/on_postgres $(PY) -m pytest -n $(WORKERS) $(ON_POSTGRES) $(ARGS)

test-faults: .venv/test-stamp ## Servers killed, hung and full, workers killed: index and database never drift
	@scripts/with_services scripts/on_postgres $(PY) -m pytest -p no:randomly tests/faults $(ARGS)

test-elasticsearch9: .venv/test-stamp ## What speaks to Elasticsearch again on version 9, where a Java for it is there
	@scripts/on_elasticsearch9 $(PY) -m pytest -n $(WORKERS) -m elasticsearch tests/search/test_elastic.py tests/search/test_searching.py tests/search/test_understanding.py tests/search/test_outbox.py $(ARGS)

test-long: .venv/test-stamp ## 1,000 random histories of edits, moves, outages and rebuilds, and 100 on Elasticsearch
	@HISTORIES=1000 scripts/with_services $(PY) -m pytest -p no:randomly -o timeout=7200 --durations=2 tests/properties/test_outbox.py $(ARGS)

test-browser: .venv/test-stamp ## Journeys in a real Chromium against a real server
	@scripts/with_services $(PY) -m pytest -p no:randomly tests/browser $(ARGS)

services: ## Install and start what the tests need: PostgreSQL, Elasticsearch, Chromium
	@scripts/services start

stop-services: ## Stop the services that `make services` started
	@scripts/services stop

lint: test-lint ## The same as test-lint

messages: .venv/test-stamp ## Compile the Chinese words of site/locale
	@$(PY) scripts/compile_messages.py

format: .venv/test-stamp ## Format the Python code
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

lock: .venv/test-stamp ## Compile requirements*.in into pinned, hashed requirements*.txt
	@scripts/lock

bench: .venv/test-stamp ## Measure speed, as ratios in one run; ARGS="search --documents 100000" for a part
	@scripts/with_services $(PY) -m tests.bench $(ARGS)

clean: stop-services ## Throw away the demo's database, index and files
	rm -rf "$(VAR_DIR)"

.venv/test-stamp: requirements.txt requirements-test.txt
	@scripts/venv test
