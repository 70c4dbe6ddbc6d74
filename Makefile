# `make` lists what can be run. `make run` and `make test` set up everything they need.
PY ?= python3
PORT ?= 8000
KIND ?=
K ?=
ONLY ?=
PEERS := var/bench/peers
V := .venv
BIN := $(V)/bin
UV := env -u UV_PYTHON -u VIRTUAL_ENV -u UV_SYSTEM_PYTHON $(BIN)/uv
INSTALL := $(UV) pip install -q --python $(BIN)/python
STATIC := $(shell find src/kaeden/web/static -type f 2>/dev/null)
PO := $(wildcard src/kaeden/locale/*/LC_MESSAGES/django.po)
CODE := src tests scripts bench

export KAEDEN_HOME ?= $(CURDIR)/var
export KAEDEN_SECRET_KEY_FILE ?= $(KAEDEN_HOME)/secret_key
export DJANGO_SETTINGS_MODULE ?= kaeden.config.settings
# The environment's own interpreter decides, not one that a machine has set.
unexport PYTHONHOME PYTHONPATH

help:  ## list what can be run
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: export KAEDEN_DEMO = 1
run: $(V)/.run var/.static  ## set up everything, load the demo, serve on PORT (8000)
	@$(BIN)/kaeden serve --port $(PORT) --check
	@$(BIN)/kaeden demo
	@$(BIN)/kaeden serve --port $(PORT)

test: $(V)/.dev  ## set up everything and run all tests (KIND=unit K=shrink for some)
	@sh scripts/test_packages.sh
	$(BIN)/python scripts/run_tests.py --kind "$(KIND)" --match "$(K)"

check: $(V)/.dev  ## format, lint, types, fences, templates, dependencies, spelling
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'src/*.html')
	$(BIN)/djlint --quiet --lint src/kaeden/web/templates
	$(BIN)/deptry .
	$(BIN)/python -m numpydoc.hooks.validate_docstrings $$(git ls-files 'src/kaeden_stats/[!_]*.py')
	$(BIN)/codespell $$(git ls-files)

fix: $(V)/.dev  ## repair what a machine can repair
	$(BIN)/ruff check --fix -q $(CODE) || true
	$(BIN)/ruff format -q $(CODE)
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'src/*.html') || true

bench: $(V)/.dev var/.static  ## speed, as ratios in one run
	$(BIN)/python -m bench $(ONLY)

bench-peers: $(V)/.uv  ## install the peers that the bench compares with
	$(UV) venv -q --clear --python $(BIN)/python $(PEERS)
	$(UV) pip install -q --compile-bytecode --python $(PEERS)/bin/python -r bench/engine/fits/peers.txt
	$(UV) venv -q --clear --python $(BIN)/python var/bench/staggered
	$(UV) pip install -q --compile-bytecode --python var/bench/staggered/bin/python -r bench/engine/fits/staggered.txt

bench-docs: $(V)/.dev  ## take what the bench measured into the docs
	$(BIN)/python -m bench.engine.docs

wheels: $(V)/.dev  ## build Kæden, and its statistics alone, into dist
	$(BIN)/hatchling build -t wheel
	cd packages/kaeden-stats && ../../$(BIN)/hatchling build -t wheel -d ../../dist

lock: $(V)/.uv  ## pin the newest versions that fit pyproject.toml
	$(UV) pip compile -q --upgrade --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group build -o requirements.lock
	$(UV) pip compile -q --upgrade --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group build --group dev -o requirements-dev.lock

messages: $(V)/.dev  ## collect texts to translate (needs GNU gettext)
	cd src/kaeden && ../../$(BIN)/python -m django makemessages -l da --no-location --no-wrap -v0 -i vendor

$(V)/.uv:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; PY=python3.12 make run chooses another one.")'
	@$(PY) -c 'import ensurepip, venv' || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "Setting up Python's environment …"
	@$(PY) -m venv $(V)
	@$(BIN)/python -m pip install -q --disable-pip-version-check 'uv==0.13.9'
	@touch $@

$(V)/.run: $(V)/.uv requirements.lock $(PO)
	@echo "Installing the locked dependencies …"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(MAKE) -s $(V)/.kaeden
	@touch $@

$(V)/.dev: $(V)/.uv requirements-dev.lock $(PO)
	@echo "Installing the locked dependencies for development …"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(MAKE) -s $(V)/.kaeden
	@touch $@ $(V)/.run

.PHONY: $(V)/.kaeden
$(V)/.kaeden: $(KAEDEN_SECRET_KEY_FILE)
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(BIN)/pybabel -q compile -d src/kaeden/locale -D django

$(KAEDEN_SECRET_KEY_FILE):
	@mkdir -p $(@D)
	@umask 077 && $(PY) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

var/.static: $(STATIC) | $(V)/.run
	@echo "Collecting static files …"
	@mkdir -p var && $(BIN)/python -m django collectstatic --noinput --clear -v0
	@touch $@

.PHONY: help run test check fix bench bench-peers bench-docs wheels lock messages
