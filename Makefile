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

.PHONY: help run test test-lint test-unit test-postgres test-browser services stop-services lint format lock bench clean

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
	@scripts/with_services $(PY) -m pytest -n $(WORKERS) -m "not browser" $(ARGS)

test-postgres: .venv/test-stamp ## The tests of database behaviour again, on PostgreSQL
	@scripts/with_services scripts/on_postgres $(PY) -m pytest -n $(WORKERS) tests/units tests/disclosures tests/catalog/test_models.py tests/catalog/test_workdays.py tests/search tests/pages tests/supervision $(ARGS)

test-browser: .venv/test-stamp ## Journeys in a real Chromium against a real server
	@scripts/with_services $(PY) -m pytest -p no:randomly tests/browser $(ARGS)

services: ## Install and start what the tests need: PostgreSQL, Elasticsearch, Chromium
	@scripts/services start

stop-services: ## Stop the services that `make services` started
	@scripts/services stop

lint: test-lint ## The same as test-lint

format: .venv/test-stamp ## Format the Python code
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

lock: .venv/test-stamp ## Compile requirements*.in into pinned, hashed requirements*.txt
	@scripts/lock

bench: .venv/test-stamp ## Measure bulk speed, as ratios in one run
	@$(PY) -m tests.bench $(ARGS)

clean: stop-services ## Throw away the demo's database, index and files
	rm -rf "$(VAR_DIR)"

.venv/test-stamp: requirements.txt requirements-test.txt
	@scripts/venv test
